"""The reader of plain text: bytes -> text -> :class:`Document`."""

from __future__ import annotations

from minex.errors import InputError
from minex.formats.base import Format, Items, Limits, Source, utf8_error
from minex.formats.sniff import is_binary, stranger
from minex.model import Document, Passage, SourceMap


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
    yield parse_text(data.decode("utf-8"), source.name)


FORMAT = Format("plain text", sniff, read)


def parse_text(text: str, name: str) -> Document:
    """Return the document of a plain text: `name` is its file's, for the id."""
    return Document(f"text:{name}", (Passage(text, source=SourceMap(((0, 0),))),), source=name)
