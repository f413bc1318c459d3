"""Annotated corpora in: one reader a file format, chosen by what the file holds and never by its name."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from minex.errors import InputError
from minex.evaluation.corpora import bioc, bioc_json, brat, iob, jsonl, pubtator
from minex.evaluation.corpora.base import (
    AnnotatedDocument,
    Argument,
    CorpusFormat,
    CorpusItems,
    GoldMention,
    GoldRelation,
)
from minex.evaluation.corpora.draft import unique
from minex.formats import DEFAULT_LIMITS, sniff
from minex.formats.base import Limits, Source, open_source

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

FORMATS: tuple[CorpusFormat, ...] = (bioc.FORMAT, bioc_json.FORMAT, pubtator.FORMAT, jsonl.FORMAT, iob.FORMAT)
"""The formats of one file, in the order in which they are asked; brat's is a text and a file beside it."""


def read_corpus(path: Path | str, *, limits: Limits = DEFAULT_LIMITS) -> CorpusItems:
    """Read an annotated corpus: each document, and before it a :class:`Failure` for each problem in it.

    `path` is a file, gzipped or not, or a folder of brat's pairs, or one file of such a pair. A document of which
    some mentions or relations are wrong comes without those; one whose offsets are all wrong, or whose id came
    before, does not come.

    Raises:
        InputError: before anything is yielded, if the file as a whole cannot be read.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "gold.txt")
        ...     right, wrong = ("7", "0", "6", "miR-21", "Gene"), ("7", "12", "16", "TP53", "Gene")
        ...     rows = [("7|t|miR-21 hits PTEN",), right, wrong]
        ...     _ = file.write_text(chr(10).join(chr(9).join(row) for row in rows))
        ...     for item in read_corpus(file):
        ...         print(getattr(item, "code", "") or [each.text for each in item.mentions])
        mention-text
        ['miR-21']
    """
    place = Path(path)
    stems = brat.pairs(place)
    if stems is not None:
        return _started(brat.read_pairs(stems, limits, place if place.is_dir() else None), str(path))
    source = open_source(place, limits)
    try:
        found = _format_of(source).read(source, limits)
        return _closing(source, _started(found, source.path))
    except BaseException:
        source.stream.close()
        raise


def _format_of(source: Source) -> CorpusFormat:
    for known in FORMATS:
        if known.sniff(source.head):
            return known
    if brat.sniff(source.head):
        cure = f"name it {Path(source.path).stem}.ann and put its text beside it, as .txt"
        raise InputError("unknown-format", "the file looks like brat's annotations", where=source.path, cure=cure)
    name, cure = sniff.stranger(source.head) or ("nothing known", "")
    names = ", ".join(known.name for known in FORMATS)
    message = f"the file looks like {name}; corpora are read as {names}, or as a folder of brat's .ann and .txt"
    raise InputError("unknown-format", message, where=source.path, cure=cure)


def _started(items: CorpusItems, where: str) -> CorpusItems:
    """Return the items with the first one read, so that trouble with the whole file is raised at once."""
    items = unique(items)
    first = next(items, None)
    if first is None:
        raise InputError("empty", "the file holds no document", where=where, cure="check the download")
    return chain((first,), items)


def _closing(source: Source, items: CorpusItems) -> CorpusItems:
    with source:
        yield from items
