"""XML files cut into records by bytes, each parsed on its own: what every XML format shares.

So memory stays flat, one damaged record costs only itself, and no entity, external or not, can be declared for a
record: a document type declaration with entities is refused before the first record, and no DTD is ever loaded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from minex.errors import InputError
from minex.formats.base import Limits, Source
from minex.formats.sniff import doctype, doctype_end
from minex.formats.weight import refuse_heavy_xml
from minex.model import Failure

_CLOSING = {b"<!--": b"-->", b"<?": b"?>", b"<!DOCTYPE": b">"}
_TAG_END = re.compile(rb"\s*>")
_BLANK = b" \t\r\n\xef\xbb\xbf"
_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s\"'>]+)\s+(SYSTEM|PUBLIC)?\s*(?:\"([^\"]*)\"|'([^']*)')?")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_POSITION = re.compile(r",? ?line \d+, column \d+.*$")
_CHUNK = 1 << 18
_TAIL = 64
"""Bytes kept at a buffer's end: no opening token is longer."""

AGAIN = "download or export the file again"


@dataclass(frozen=True)
class Shape:
    """What a format's file is made of, by element names: `roots` hold `records`; `unread` are passed over whole.

    What else stands between the records is told as an error.
    """

    roots: tuple[bytes, ...]
    records: tuple[bytes, ...]
    unread: tuple[bytes, ...] = ()
    token: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        roots, records = b"|".join(self.roots), b"|".join(self.records)
        unread = b"|".join(self.unread) or rb"(?!)"
        pattern = (
            rb"<!--|<\?|<!DOCTYPE|<(?P<root>" + roots + rb")(?=[\s>/])|</(?P<end>" + roots + rb")\s*>"
            rb"|<(?P<record>" + records + rb")(?=[\s>/])|<(?P<unread>" + unread + rb")(?=[\s>/])"
        )
        object.__setattr__(self, "token", re.compile(pattern))


@dataclass(slots=True)
class Piece:
    """One record's bytes, where they begin in the decompressed file, and what is wrong with them, if known."""

    kind: bytes
    data: bytes
    offset: int
    trouble: InputError | None = None


class Pieces:
    """The records of a file, cut out by bytes; what stands between them and is no record is told as an error."""

    def __init__(self, source: Source, limits: Limits, shape: Shape) -> None:
        self._source = source
        self._shape = shape
        self._limit = limits.record_bytes
        self._buffer = b""
        self._at = 0
        self._base = 0
        self._ended = False
        self._error: InputError | None = None
        self._open: list[bytes] = []
        self._told = False
        self._declared = False
        self._end_of: dict[bytes, int] = {}
        """Where in the file the next end of a kind of record is known to stand."""

    def __iter__(self) -> Iterator[Piece | InputError]:
        while True:
            match = self._shape.token.search(self._buffer, self._at)
            end = match.start() if match else len(self._buffer) - (0 if self._ended else _TAIL)
            gap = self._buffer[self._at : max(end, self._at)]
            if gap.strip(_BLANK if self._offset == 0 else None):
                yield self._stray(gap)
            self._at += len(gap)
            if match is None:
                if self._ended:
                    break
                self._fill()
                continue
            if match["record"]:
                yield self._record(match["record"])
            elif match["end"]:
                self._close(match["end"])
                self._at = match.end()
            elif not (self._skip_element(match["unread"]) if match["unread"] else self._skip(match[0])):
                yield self._cut(f"within {match[0].decode()}")
        if self._open and not self._told:
            yield self._cut(f"before </{self._open[-1].decode()}>")
        if self._error is not None:
            yield self._error

    @property
    def _offset(self) -> int:
        """Where in the decompressed file the next byte to look at stands."""
        return self._base + self._at

    def _skip(self, token: bytes) -> bool:
        """Go past a comment, an instruction, a declaration or a root's opening tag; return whether it ends."""
        end = None
        if token == b"<!DOCTYPE" and not self._declared:
            # A file has one; of more, as in files joined, none has an inside, and each would be sought to the end.
            end, self._declared = doctype_end(self._buffer, self._at), True
        end = end or self._find(_CLOSING.get(token, b">"))
        if end is None:
            self._at = len(self._buffer)
            return False
        if token not in _CLOSING and self._buffer[end - 2 : end] != b"/>":
            self._open.append(token[1:])
        self._at = end
        return True

    def _skip_element(self, name: bytes) -> bool:
        """Go past an element of which nothing is read; return whether it ends."""
        end = self._find(b">")
        if end is not None and self._buffer[end - 2 : end] != b"/>":
            end = self._find(b"</" + name, _TAG_END)
        self._at = len(self._buffer) if end is None else end
        return end is not None

    def _close(self, root: bytes) -> None:
        """Take note that a root ends, and with it all that it holds."""
        if root in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(root) :]

    def _record(self, kind: bytes) -> Piece:
        opening = self._find(b">")
        empty = opening is not None and self._buffer[opening - 2 : opening] == b"/>"
        end = opening if empty else self._end(kind)
        start, offset = self._at, self._offset
        if end is None:
            if not self._ended:
                return self._oversized(kind)
            self._at = len(self._buffer)
            return Piece(kind, self._buffer[start:], offset, self._cut(f"within <{kind.decode()}>"))
        trouble = None
        nested = re.compile(rb"<" + kind + rb"(?=[\s>/])").search(self._buffer, start + 1, end)
        if nested is not None:
            # The record lost its end; what follows is whole again.
            end = nested.start()
            message = f"<{kind.decode()}> has no end before the next begins"
            trouble = InputError("xml-invalid", message, cure=AGAIN)
        self._at = end
        return Piece(kind, self._buffer[start:end], offset, trouble)

    def _end(self, kind: bytes) -> int | None:
        """Return where the record that begins here ends; those that lost their ends share the next one."""
        known = self._end_of.get(kind, 0)
        if known <= self._offset:
            end = self._find(b"</" + kind, _TAG_END)
            known = self._end_of[kind] = 0 if end is None else self._base + end
        return known - self._base if known else None

    def _oversized(self, kind: bytes) -> Piece:
        """Go past a record beyond the limit, holding none of it but its beginning."""
        trouble = InputError(
            "record-too-long", f"the record is longer than {self._limit} bytes", cure="raise the limit"
        )
        piece = Piece(kind, self._buffer[self._at : self._at + 4096], self._offset, trouble)
        while (end := self._find(b"</" + kind, _TAG_END)) is None and not self._ended:
            self._at = max(len(self._buffer) - _TAIL, self._at)
        if end is None:
            piece.trouble = self._cut(f"within <{kind.decode()}>")
        self._at = len(self._buffer) if end is None else end
        return piece

    def _find(self, needle: bytes, then: re.Pattern[bytes] | None = None) -> int | None:
        """Return where the needle ends, and what has to follow it.

        Reads on until it is found; None if the file ends before, or the limit is passed.
        """
        seen = 0
        while True:
            at = self._buffer.find(needle, self._at + seen)
            while at >= 0:
                if then is None:
                    return at + len(needle)
                if match := then.match(self._buffer, at + len(needle)):
                    return match.end()
                at = self._buffer.find(needle, at + 1)
            if self._ended or len(self._buffer) - self._at > self._limit:
                return None
            seen = max(len(self._buffer) - self._at - _TAIL, 0)
            self._fill()

    def _fill(self) -> None:
        try:
            chunk = self._source.stream.read1(_CHUNK)
        except InputError as error:
            self._error, chunk = error, b""
        except OSError as error:
            self._error, chunk = InputError("unreadable", f"the file cannot be read ({error.strerror})"), b""
        self._ended = not chunk
        self._buffer = self._buffer[self._at :] + chunk
        self._base += self._at
        self._at = 0

    def _stray(self, gap: bytes) -> InputError:
        shown = b" ".join(gap.split())[:40].decode("utf-8", "replace")
        where = f"{self._source.path}, byte {self._offset}"
        return InputError("xml-stray", f"{shown!r} stands between the records", where=where, cure=AGAIN)

    def _cut(self, place: str) -> InputError:
        """Return the error for an end too early, once: the decompressor's own, which knows why, if it has one."""
        self._told = True
        if self._error is not None:
            error, self._error = self._error, None
            return error
        size = self._base + len(self._buffer)
        where = f"{self._source.path}, byte {size}"
        return InputError("xml-cut", f"the file ends after {size} bytes, {place}", where=where, cure=AGAIN)


def make_parser(source: Source) -> etree.XMLParser:
    """Return a parser for a file's records that opens nothing and expands nothing.

    Raises:
        InputError: if the file is in an encoding that is not read.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=_encoding(source),
    )


def parse(data: bytes, parser: etree.XMLParser) -> etree._Element:
    """Return a record's element.

    Raises:
        InputError: if the record is not well-formed, or has more elements than can be held.
    """
    refuse_heavy_xml(data)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = _POSITION.sub("", str(error.msg)).strip() or "not well-formed"
        raise InputError("xml-invalid", f"the record is not well-formed XML: {message}", cure=AGAIN) from None


def failure_in(piece: Piece, error: InputError, number: int, source: Source, document: str | None) -> Failure:
    """Return an error met in a record as the row that names the record and where it begins."""
    where = f"{source.path}, record {number}, byte {piece.offset}"
    return source.failure(InputError(error.code, error.message, where=where, cure=error.cure), document)


def refuse_entities(source: Source, cure: str) -> None:
    """Raise :class:`InputError` if a file's document type declaration declares entities, or does not end.

    A declaration that only names its DTD is no harm: it is never loaded.
    """
    declared = doctype(source.head)
    if declared is None:
        return
    if not declared.endswith(b">"):
        raise InputError(
            "xml-doctype", "the document type declaration does not end", where=source.path, cure=AGAIN
        )
    found = [match.groups() for match in _ENTITY.finditer(declared)]
    if not found and b"<!ENTITY" not in declared:
        return
    names = ", ".join((name or b"?").decode("utf-8", "replace") for _, name, *_ in found[:3]) + (
        ", ..." if len(found) > 3 else ""
    )
    for _, name, external, double, single in found:
        if external:
            target = (double or single or b"?").decode("utf-8", "replace")
            called = f"{name.decode('utf-8', 'replace')} ({target})"
            message = f"the file declares the external entity {called}, which minex never opens"
            raise InputError("xml-external-entity", message, where=source.path, cure=cure)
    raise InputError(
        "xml-entity",
        f"the file declares entities ({names}), which minex does not expand",
        where=source.path,
        cure=cure,
    )


def _encoding(source: Source) -> str:
    match = _ENCODING.match(source.head.removeprefix(b"\xef\xbb\xbf"))
    name = match[1].decode() if match else "utf-8"
    try:
        found = codecs.lookup(name).name
    except LookupError:
        found = ""
    if found not in ("utf-8", "ascii", "iso8859-1", "cp1252"):
        message, cure = f"the XML is declared to be {name}", f"convert it with: iconv -f {name} -t UTF-8 IN > OUT"
        raise InputError("not-utf8", message, where=source.path, cure=cure)
    return {"iso8859-1": "iso-8859-1", "cp1252": "windows-1252"}.get(found, "utf-8")
