"""PubMed XML: sets of citations as PubMed's files and its efetch give them, read in flat memory.

The file is cut into records by bytes and each record is parsed on its own. So memory stays flat, one damaged
record costs only itself, and no entity, external or not, can be declared for a record: a document type
declaration with entities is refused before the first record, and no DTD is ever loaded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from minex.errors import InputError
from minex.formats.base import Format, Items, Limits, Source
from minex.formats.citation import book_document, citation_document
from minex.formats.sniff import doctype, xml_root
from minex.model import Document, Failure, Status

_ROOTS = frozenset(
    {
        b"PubmedArticleSet",
        b"PubmedArticle",
        b"MedlineCitationSet",
        b"MedlineCitation",
        b"PubmedBookArticle",
        b"DeleteCitation",
    }
)
_TOKEN = re.compile(
    rb"<!--|<\?|<!DOCTYPE|<(?:PubmedArticleSet|MedlineCitationSet|PubmedBookArticleSet)(?=[\s>/])"
    rb"|</(?:PubmedArticleSet|MedlineCitationSet|PubmedBookArticleSet)\s*>"
    rb"|<(PubmedArticle|PubmedBookArticle|MedlineCitation|DeleteCitation)(?=[\s>/])"
)
_CLOSING = {b"<!--": b"-->", b"<?": b"?>", b"<!DOCTYPE": b">"}
_TAG_END = re.compile(rb"\s*>")
_UNREAD = (
    (b"<AuthorList", b"</AuthorList>"),
    (b"<History", b"</History>"),
    (b"<ReferenceList", b"</ReferenceList>"),
)
"""Long lists of which nothing is read, in the order in which they stand; the last may stand several times."""

_BLANK = b" \t\r\n\xef\xbb\xbf"
_ENTITY = re.compile(rb"<!ENTITY\s+(%\s+)?([^\s\"'>]+)\s+(SYSTEM|PUBLIC)?\s*(?:\"([^\"]*)\"|'([^']*)')?")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_PMID = re.compile(rb"<PMID[^>]*>\s*(\d+)\s*</PMID>")
_POSITION = re.compile(r",? ?line \d+, column \d+.*$")
_CHUNK = 1 << 18
_TAIL = 64
"""Bytes kept at a buffer's end: no opening token is longer."""

_AGAIN = "download or export the file again"


def sniff(head: bytes) -> bool:
    """Return whether the root element is one of PubMed's."""
    return xml_root(head) in _ROOTS


def read(source: Source, limits: Limits) -> Items:
    """Yield each citation as a document, and each deleted PMID as a document of status `deleted`."""
    _refuse_entities(source)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=_encoding(source),
    )
    number = 0
    for piece in _Pieces(source, limits):
        if isinstance(piece, InputError):
            yield source.failure(piece)
            continue
        if piece.kind == b"DeleteCitation":
            yield from _deleted(piece, parser, source)
            continue
        number += 1
        if piece.trouble is not None:
            yield _failure(piece.trouble, piece, number, source)
            continue
        try:
            yield _document(piece, parser, f"{source.name}#{number}")
        except InputError as error:
            yield _failure(error, piece, number, source)


FORMAT = Format("PubMed XML", sniff, read)


@dataclass(slots=True)
class _Piece:
    """One record's bytes, where they begin in the decompressed file, and what is wrong with them, if known."""

    kind: bytes
    data: bytes
    offset: int
    trouble: InputError | None = None


class _Pieces:
    """The records of a file, cut out by bytes; what stands between them and is no record is told as an error."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limit = limits.record_bytes
        self._buffer = b""
        self._at = 0
        self._base = 0
        self._ended = False
        self._error: InputError | None = None
        self._open: bytes | None = None
        self._told = False

    def __iter__(self) -> Iterator[_Piece | InputError]:
        while True:
            match = _TOKEN.search(self._buffer, self._at)
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
            if match[1]:
                yield self._record(match[1])
            elif match[0].startswith(b"</"):
                self._open = None
                self._at = match.end()
            elif not self._skip(match[0]):
                yield self._cut(f"within {match[0].decode()}")
        if self._open is not None and not self._told:
            yield self._cut(f"before </{self._open.decode()}>")
        if self._error is not None:
            yield self._error

    @property
    def _offset(self) -> int:
        """Where in the decompressed file the next byte to look at stands."""
        return self._base + self._at

    def _skip(self, token: bytes) -> bool:
        """Go past a comment, an instruction, a declaration or a root's opening tag; return whether it ends."""
        closing = _CLOSING.get(token, b">")
        end = self._find(closing)
        if end is None:
            self._at = len(self._buffer)
            return False
        if token not in _CLOSING:
            self._open = None if self._buffer[end - 2 : end] == b"/>" else token[1:]
        self._at = end
        return True

    def _record(self, kind: bytes) -> _Piece:
        opening = self._find(b">")
        empty = opening is not None and self._buffer[opening - 2 : opening] == b"/>"
        end = opening if empty else self._find(b"</" + kind, _TAG_END)
        start, offset = self._at, self._offset
        if end is None:
            if not self._ended:
                return self._oversized(kind)
            self._at = len(self._buffer)
            return _Piece(kind, self._buffer[start:], offset, self._cut(f"within <{kind.decode()}>"))
        trouble = None
        nested = self._buffer.find(b"<" + kind, start + 1, end)
        if nested >= 0:
            # The record lost its end; what follows is whole again.
            end = nested
            message = f"<{kind.decode()}> has no end before the next begins"
            trouble = InputError("xml-invalid", message, cure=_AGAIN)
        self._at = end
        return _Piece(kind, self._buffer[start:end], offset, trouble)

    def _oversized(self, kind: bytes) -> _Piece:
        """Go past a record beyond the limit, holding none of it but its beginning."""
        trouble = InputError(
            "record-too-long", f"the record is longer than {self._limit} bytes", cure="raise the limit"
        )
        piece = _Piece(kind, self._buffer[self._at : self._at + 4096], self._offset, trouble)
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
        return InputError("xml-stray", f"{shown!r} stands between the records", where=where, cure=_AGAIN)

    def _cut(self, place: str) -> InputError:
        """Return the error for an end too early, once: the decompressor's own, which knows why, if it has one."""
        self._told = True
        if self._error is not None:
            error, self._error = self._error, None
            return error
        size = self._base + len(self._buffer)
        where = f"{self._source.path}, byte {size}"
        return InputError("xml-cut", f"the file ends after {size} bytes, {place}", where=where, cure=_AGAIN)


def _document(piece: _Piece, parser: etree.XMLParser, source: str) -> Document:
    element = _parse(piece, parser)
    if piece.kind == b"PubmedBookArticle":
        return book_document(element, source)
    return citation_document(element, source)


def _parse(piece: _Piece, parser: etree.XMLParser) -> etree._Element:
    try:
        return etree.fromstring(_shortened(piece), parser)
    except etree.XMLSyntaxError as error:
        message = _POSITION.sub("", str(error.msg)).strip() or "not well-formed"
        raise InputError("xml-invalid", f"the record is not well-formed XML: {message}", cure=_AGAIN) from None


def _shortened(piece: _Piece) -> bytes:
    """Return a record without the lists of which nothing is read: half of PubMed's bytes and parsing time."""
    data = piece.data
    if piece.kind != b"PubmedArticle" or (b"!" in data and b"<!" in data):
        return data
    kept: list[bytes] = []
    at = 0
    for opening, closing in _UNREAD:
        start = data.find(opening, at)
        if start < 0:
            continue
        end = data.rfind(closing, start) if opening == b"<ReferenceList" else data.find(closing, start)
        if end >= 0:
            kept.append(data[at:start])
            at = end + len(closing)
    kept.append(data[at:])
    return b"".join(kept)


def _deleted(piece: _Piece, parser: etree.XMLParser, source: Source) -> Items:
    place = f"{source.path}, byte {piece.offset}"
    if piece.trouble is None:
        try:
            found = [(element.text or "").strip() for element in _parse(piece, parser).iter("PMID")]
        except InputError as error:
            piece.trouble = error
    if piece.trouble is not None:
        # The PMIDs that stand there whole are deleted all the same.
        found = [match.decode() for match in _PMID.findall(piece.data)]
    for pmid in found:
        if pmid.isdecimal():
            reason = f"DeleteCitation in {source.name}"
            yield Document(
                f"PMID:{pmid}",
                pmid=pmid,
                status=Status.DELETED,
                status_reason=reason,
                source=f"{source.name}#DeleteCitation",
            )
        else:
            yield Failure("read", "bad-pmid", f"{pmid!r} in DeleteCitation is no PMID", place)
    if piece.trouble is not None:
        yield source.failure(
            InputError(piece.trouble.code, piece.trouble.message, where=place, cure=piece.trouble.cure)
        )


def _failure(error: InputError, piece: _Piece, number: int, source: Source) -> Failure:
    match = _PMID.search(piece.data)
    where = f"{source.path}, record {number}, byte {piece.offset}"
    known = f"PMID:{match[1].decode()}" if match else None
    return source.failure(InputError(error.code, error.message, where=where, cure=error.cure), known)


def _refuse_entities(source: Source) -> None:
    declared = doctype(source.head)
    if declared is None:
        return
    if not declared.endswith(b">"):
        raise InputError(
            "xml-doctype", "the document type declaration does not end", where=source.path, cure=_AGAIN
        )
    found = [match.groups() for match in _ENTITY.finditer(declared)]
    if not found and b"<!ENTITY" not in declared:
        return
    names = ", ".join((name or b"?").decode("utf-8", "replace") for _, name, *_ in found[:3]) + (
        ", ..." if len(found) > 3 else ""
    )
    cure = "PubMed's own files declare none: fetch the file from PubMed"
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
