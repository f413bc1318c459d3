"""Annotated corpora in: one reader a file format, chosen by what the file holds and never by its name."""

from __future__ import annotations

from pathlib import Path

from minex.errors import InputError
from minex.evaluation.corpora.base import (
    AnnotatedDocument,
    Argument,
    CorpusFormat,
    CorpusItems,
    GoldMention,
    GoldRelation,
)
from minex.formats import DEFAULT_LIMITS
from minex.formats.base import Limits

__all__ = [
    "FORMATS",
    "AnnotatedDocument",
    "Argument",
    "CorpusFormat",
    "CorpusItems",
    "GoldMention",
    "GoldRelation",
    "read_corpus",
]

FORMATS: tuple[CorpusFormat, ...] = ()
"""The formats that are read, in the order in which they are asked."""


def read_corpus(path: Path | str, *, limits: Limits = DEFAULT_LIMITS) -> CorpusItems:
    """Read an annotated corpus: each document, and a :class:`Failure` for each problem in it.

    Raises:
        InputError: before anything is yielded, if the file as a whole cannot be read.
    """
    raise InputError("unknown-format", "no corpus is read yet", where=str(path))
