"""Corpora written for a test, and read."""

from __future__ import annotations

from pathlib import Path

from minex.evaluation.corpora import AnnotatedDocument, read_corpus
from minex.model import Failure


def read_all(path: Path) -> tuple[list[AnnotatedDocument], list[Failure]]:
    """Return the documents and the failures of a corpus, in order."""
    items = list(read_corpus(path))
    return (
        [item for item in items if isinstance(item, AnnotatedDocument)],
        [item for item in items if isinstance(item, Failure)],
    )


def read_text(folder: Path, text: str, name: str = "corpus.txt") -> tuple[list[AnnotatedDocument], list[Failure]]:
    """Return what a file of this text holds, its line ends and characters as they are."""
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return read_all(path)


def covered(document: AnnotatedDocument) -> list[tuple[str, str]]:
    """Return each mention's type and what the document's text has at its place."""
    text = document.document.text
    return [(each.type, text[each.start : each.end]) for each in document.mentions]
