"""Documents in: one reader a file format, chosen by what the file holds and never by its name.

To add a format, write a module with a `FORMAT` and put it into :data:`FORMATS`; the first whose `sniff`
says yes reads the file, so plain text, which would take anything, stays last.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from minex.errors import InputError
from minex.formats import jats, jsonl, medline, plaintext, sniff
from minex.formats.base import Format, Items, Limits, Source, Taken, open_source, utf8_error
from minex.model import Document, Failure

__all__ = ["DEFAULT_LIMITS", "FORMATS", "Format", "Limits", "read", "sniff_format"]

FORMATS: tuple[Format, ...] = (medline.FORMAT, jats.FORMAT, jsonl.FORMAT, plaintext.FORMAT)
"""The formats that are read, in the order in which they are asked."""

DEFAULT_LIMITS = Limits()


def read(
    path: Path | str, *, limits: Limits = DEFAULT_LIMITS, taken: Taken | None = None
) -> Iterator[Document | Failure]:
    """Read a file: each document that it holds, and a :class:`Failure` for each thing in it that cannot be read.

    The file may be gzipped. A file that as a whole cannot be read (missing, empty, of no known format, not
    UTF-8, XML that declares entities) raises :class:`InputError` at once, before anything is yielded. Trouble
    further on is yielded where it stands, and reading goes on after it where the format allows. `taken` is called
    with the number of bytes each time some are read from the file, compressed as they are.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "in.jsonl")
        ...     _ = file.write_text('{"id": "PMID:1", "text": "miR-21 targets PTEN."}' + chr(10) + "{bad}")
        ...     for item in read(file):
        ...         print(type(item).__name__, getattr(item, "code", item.id if hasattr(item, "id") else ""))
        Document PMID:1
        Failure json
    """
    source = open_source(path, limits, taken)
    try:
        items = sniff_format(source.head, source.path).read(source, limits)
        first = next(items, None)
    except BaseException:
        source.stream.close()
        raise
    if first is None:
        source.stream.close()
        raise InputError("empty", "the file holds no document", where=source.path, cure="check the download")
    return _closing(source, chain((first,), items))


def sniff_format(head: bytes, where: str = "") -> Format:
    """Return the format that a file's first bytes show; one that is not read is an `unknown-format` error.

    Examples:
        >>> sniff_format(b'{"id": "PMID:1", "text": "..."}').name
        'JSONL'
    """
    for known in FORMATS:
        if known.sniff(head):
            return known
    strange = sniff.stranger(head)
    if strange is None and (error := _not_utf8(head, where)) is not None:
        raise error
    name, cure = strange or ("nothing known", "see the list of formats")
    names = ", ".join(known.name for known in FORMATS)
    raise InputError("unknown-format", f"the file looks like {name}; minex reads {names}", where=where, cure=cure)


def _not_utf8(head: bytes, where: str) -> InputError | None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        cure = "convert it with: iconv -f UTF-16 -t UTF-8 IN > OUT"
        return InputError("not-utf8", "the file is UTF-16, not UTF-8", where=where, cure=cure)
    return utf8_error(head, where, final=False)


def _closing(source: Source, items: Items) -> Items:
    with source:
        yield from items
