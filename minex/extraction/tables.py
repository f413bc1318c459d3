"""Rows of a summary table: the first column's factor is the subject of what the other cells say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from minex.extraction.claims import Claim
from minex.model import Mention, Passage, Sentence, Span

_SYMBOL = re.compile(r"\b[A-Z][A-Z0-9-]+\b")
_FACTORS = frozenset({"MIRNA", "GENE", "LNCRNA", "VESICLE"})
_UP = re.compile(r"\b(?:increas|up|elevat|high|induc|rise|rais|enhanc)\w*", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:decreas|down|reduc|low|inhibit|fall|suppress)\w*", re.IGNORECASE)
RESPONSE_RULE = "table_response_column"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's header and its span in the document."""

    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A table row as a sentence, its cells, and the factors that it is about."""

    cells: tuple[Cell, ...]
    factors: tuple[Mention, ...]

    def clauses(self) -> tuple[Cell, ...]:
        """Return the cells that may say something of the factor: all but the first."""
        return self.cells[1:]


def read_row(passage: Passage, passage_start: int, sentence: Sentence, mentions: Sequence[Mention]) -> Row | None:
    """Return the row that a sentence of a table passage is, or None if it names no factor in its first cell."""
    at = bisect_left(passage.cells, sentence.start - passage_start, key=lambda cell: cell.start)
    number = passage.cells[at].row if at < len(passage.cells) else None
    # A sentence has no space at its ends, so that an empty first cell lies before it.
    while at and passage.cells[at - 1].row == number:
        at -= 1
    cells = tuple(
        Cell(cell.header, passage_start + cell.start, passage_start + cell.end)
        for cell in takewhile(lambda cell: cell.row == number, islice(passage.cells, at, None))
    )
    if len(cells) < 2:
        return None
    first = cells[0]
    named = [
        each for each in mentions if each.type in _FACTORS and first.start <= each.start and each.end <= first.end
    ]
    factors = [each for each in named if each.type != "VESICLE"]
    if not factors and not _names_another(passage.text[passage.cells[at].start : passage.cells[at].end], named):
        factors = named
    return Row(cells, tuple(factors)) if factors else None


def _names_another(cell: str, named: Sequence[Mention]) -> bool:
    """Return whether a cell has a symbol that is no mention: *Exosomal XYZ* is about XYZ, whatever that is."""
    for each in named:
        cell = cell.replace(each.text, " ")
    return _SYMBOL.search(cell) is not None


def header_conditions(row: Row, before: Sequence[Mention]) -> dict[Cell, Mention]:
    """Return the condition that each cell's header names, as the nearest mention before the row.

    A header has no place of its own in the text; the condition that it names does, in the caption or above.
    """
    nearest: dict[str, Mention] = {}
    for mention in sorted(before, key=lambda mention: -mention.start):
        if mention.type == "CONDITION":
            nearest.setdefault(mention.name.lower(), mention)
    found: dict[Cell, Mention] = {}
    for cell in row.clauses():
        named = next((mention for name, mention in nearest.items() if name in cell.header.lower()), None)
        if named is not None:
            found[cell] = named
    return found


def response_claims(row: Row, text: str, before: Sequence[Mention]) -> list[Claim]:
    """Return the claims of response columns: a condition named in the header, up or down in the cell.

    Parameters:
        row: the row.
        text: the document's text.
        before: the document's mentions before the row.
    """
    claims: list[Claim] = []
    for cell, condition in header_conditions(row, before).items():
        content = text[cell.start : cell.end]
        up, down = _UP.search(content), _DOWN.search(content)
        word = up or down
        if word is None or (up and down):
            continue
        for factor in row.factors:
            claims.append(
                Claim(
                    condition,
                    "increases" if up else "decreases",
                    factor,
                    rule=RESPONSE_RULE,
                    priority=90,
                    trigger=Span(cell.start + word.start(), cell.start + word.end()),
                )
            )
    return claims
