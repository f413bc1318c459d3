"""The reader of plain text: bytes -> text -> :class:`Document`."""

from __future__ import annotations

from minex.errors import InputError
from minex.formats.base import Format, Items, Limits, Source, utf8_error
from minex.formats.plaintext.blocks import Block, Segmenter
from minex.formats.plaintext.lines import Line, split_lines
from minex.formats.plaintext.shapes import DOI
from minex.formats.plaintext.splice import Words, spliced
from minex.formats.sniff import is_binary, stranger
from minex.model import Document, Passage

_FRONT_LINES = 60


def sniff(head: bytes) -> bool:
    """Return whether the bytes are UTF-8 text that looks like no other format."""
    return stranger(head) is None and not is_binary(head) and utf8_error(head, "", final=False) is None


def read(source: Source, limits: Limits) -> Items:
    """Yield the file as one document."""
    data = source.stream.read(limits.document_bytes + 1)
    if len(data) > limits.document_bytes:
        raise InputError(
            "too-long",
            f"the text is longer than {limits.document_bytes} bytes",
            where=source.path,
            cure="split it",
        )
    error = utf8_error(data, source.path)
    if error is not None:
        raise error
    if data.count(b"\n") > limits.document_lines:
        message = f"the text has more than {limits.document_lines:,} lines"
        raise InputError("too-long", message, where=source.path, cure="split it")
    yield parse_text(data.decode("utf-8"), source.name)


FORMAT = Format("plain text", sniff, read)


def parse_text(text: str, name: str) -> Document:
    """Return the document of a plain text, `name` being its file's.

    Lines are joined and words mended, headings, captions, tables and references told apart; what only the
    page needs (running heads, page numbers) is left out. Every passage maps back: `document.to_source` gives
    the code point of `text`, carriage returns and a byte order mark counted.

    Examples:
        >>> document = parse_text("Results\\nHypoxia made pro-\\ngress.\\n", "note.txt")
        >>> [(passage.kind.value, passage.text) for passage in document.passages]
        [('title', 'Results'), ('text', 'Hypoxia made progress.')]
    """
    lines = split_lines(text)
    words = Words([line.text for line in lines])
    passages = []
    title = ""
    for block in Segmenter(lines, words).blocks():
        passage = _passage(block, words)
        if not passage.text.strip():
            continue
        title = title or (passage.text if block.is_title else "")
        passages.append(passage)
    return Document(f"text:{name}", tuple(passages), doi=_doi(lines), title=title, source=name)


def _passage(block: Block, words: Words) -> Passage:
    if block.table is not None:
        return block.table.passage(block.section, words)
    text, source = spliced(block.lines, words)
    return Passage(text, block.section, block.kind, source)


def _doi(lines: list[Line]) -> str | None:
    """Return the DOI that stands on the first page, before the text begins in earnest."""
    for line in lines[:_FRONT_LINES]:
        if match := DOI.search(line.text):
            return match[0]
    return None
