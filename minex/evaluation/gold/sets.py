"""The shipped gold set as truths: the restatements on any machine, the documents where their copies are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from minex.errors import InputError
from minex.evaluation.gold.records import (
    GoldDocument,
    Problems,
    Restatement,
    load_document,
    load_restatements,
    read_statements,
    usable,
)
from minex.evaluation.items import Truth, Unit
from minex.model import Document, Passage, PassageKind, Span, TableCell
from minex.resources import find

DOCUMENTS = ("review.jsonl", "study.jsonl")
_JOINT = " | "


@cache
def folder() -> Path:
    """Return where the gold set lies."""
    return find("gold")


def documents(problems: Problems, source: Path | None = None) -> list[GoldDocument]:
    """Return the gold set's documents; one whose file cannot be read is told and left out."""
    golds: list[GoldDocument] = []
    for name in DOCUMENTS:
        try:
            golds.append(load_document((source or folder()) / name, problems))
        except InputError as error:
            problems.add(error.code, error.message, error.where)
    return golds


def restatements(problems: Problems, source: Path | None = None) -> list[Truth]:
    """Return the restatements as truths, each a document of one unit."""
    return [
        _truth(each, problems) for each in load_restatements((source or folder()) / "restatements.jsonl", problems)
    ]


def _truth(restatement: Restatement, problems: Problems) -> Truth:
    document = Document(f"gold:{restatement.id}", _passages(restatement))
    start = document.passage_starts[-1]
    mentions = tuple(
        replace(each, start=start + each.start, end=start + each.end) for each in restatement.mentions
    )
    there = usable(mentions, restatement.place, problems)
    statements = read_statements(restatement.statements, mentions, restatement.place, problems)
    span = Span(start, start + len(restatement.text))
    kind = "table" if restatement.cells else "text"
    unit = Unit(restatement.id, restatement.place, span, kind, restatement.half, there, statements)
    return Truth(document, (unit,))


def _passages(restatement: Restatement) -> tuple[Passage, ...]:
    if not restatement.cells:
        return (Passage(restatement.text),)
    cells: list[TableCell] = []
    start = 0
    for header, cell in zip(restatement.header, restatement.cells, strict=True):
        cells.append(TableCell(0, header, start, start + len(cell)))
        start += len(cell) + len(_JOINT)
    caption = (Passage(restatement.caption, kind=PassageKind.CAPTION),) if restatement.caption else ()
    return *caption, Passage(restatement.text, restatement.caption, PassageKind.TABLE, cells=tuple(cells))
