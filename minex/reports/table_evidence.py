"""The evidence behind the cells of a review's table, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minex.errors import UsageError
from minex.reports import wording
from minex.reports.evidence import Piece, by_number
from minex.reports.table import CELLS, Row, Support, ask, supports
from minex.store import Store

HEADINGS = {
    "response_to_hypoxia": "response to hypoxia",
    "biological_function": "biological function",
    "mechanism": "mechanism",
    "level_in_cancer": "level in the cancer",
    "factor": "vesicle",
    "": "other statements",
}
"""What the cells are called for people; the empty one has what stands in no cell."""

COLUMNS = (
    *("row_id", "cell", "subject", "predicate", "sign", "object", "negated", "hedged", "origin", "sentence"),
    *("document", "pmid", "year", "section", "confidence", "rule", "evidence_id"),
)
_NEAR = 5
_NO_ROWS = "minex table shows the rows there are"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row, with all evidence that bears on it; `said` is what stands in it."""

    name: str
    said: str
    pieces: tuple[Piece, ...]

    @property
    def heading(self) -> str:
        """What the cell is called for people."""
        return HEADINGS[self.name]


def row_named(store: Store, name: str, *, query: str | None = None, merge: bool = False) -> Row:
    """Return the one row that somebody means by its id or by *factor@cancer* in names.

    Parameters:
        merge: the row is of a merged table.

    Raises:
        UsageError: if there is no such row, with rows that there are.
    """
    factor, mark, cancer = name.rpartition("@")
    if not mark or not factor.strip() or not cancer.strip():
        cure = 'give its row_id, or FACTOR@CANCER, such as "miR-21@lung cancer"'
        raise UsageError("row-form", f"{name!r} names no row", cure=cure)
    table = ask(store, factors=[factor], cancers=[cancer], query=query, rollup=merge, merge=merge)
    if not table.rows:
        others = ask(store, factors=[factor], query=query).rows[:_NEAR]
        rows = ", ".join(f"{row.factor_name}@{row.cancer}" for row in others)
        cure = f"rows of it are {rows}; --merge makes one of what is below" if rows else _NO_ROWS
        raise UsageError("row-unknown", f"the table has no row {name!r}", cure=cure)
    return table.rows[0]


def cells(store: Store, rows: Sequence[Row], told: Iterable[Support]) -> dict[str, list[Cell]]:
    """Return by row_id the cells of some rows, each with its evidence, newest first.

    Parameters:
        told: which evidence stands behind which cell, :func:`minex.reports.table.supports`.
    """
    wanted = {row.row_id for row in rows}
    placed: dict[tuple[str, str], list[int]] = {}
    for each in told:
        if each.row_id in wanted:
            placed.setdefault((each.row_id, each.cell), []).append(each.evidence_nr)
    numbers = sorted({number for some in placed.values() for number in some})
    pieces = {piece.nr: piece for piece in by_number(store.connection, numbers)}
    order = {number: place for place, number in enumerate(pieces)}
    found: dict[str, list[Cell]] = {}
    for row in rows:
        made = []
        for name in (*CELLS, ""):
            behind = placed.get((row.row_id, name), [])
            if behind:
                said = row.vesicle if name == "factor" else str(getattr(row, name)) if name else ""
                mine = tuple(pieces[number] for number in sorted(set(behind), key=order.__getitem__))
                made.append(Cell(name, said, mine))
        found[row.row_id] = made
    return found


def of_row(store: Store, name: str, *, query: str | None = None, merge: bool = False) -> tuple[Row, list[Cell]]:
    """Return a row that is named as in :func:`row_named`, with its cells and their evidence."""
    row = row_named(store, name, query=query, merge=merge)
    ids = {"factors": [row.factor_id], "cancers": [row.cancer_id]}
    told = supports(store, **ids, query=query, rollup=merge, merge=merge)
    return row, cells(store, [row], told)[row.row_id]


def claim(piece: Piece) -> str:
    """Return what a piece of evidence says, in words, with its marks: *miR-21 inhibits PTEN (negated)*."""
    marks = f" ({', '.join(piece.marks)})" if piece.marks else ""
    return wording.plain(f"{piece.subject} {piece.predicate} {piece.object}{marks}")


def source(piece: Piece) -> str:
    """Return where a piece of evidence stands: *PMID 123, 2018*."""
    name = f"PMID {piece.pmid}" if piece.pmid else piece.document
    return f"{name}, {piece.year}" if piece.year else name


def listed(row_id: str, behind: Iterable[Cell]) -> list[tuple[object, ...]]:
    """Return the evidence of a row as lines of a list with :data:`COLUMNS`."""
    return [
        (
            *(row_id, cell.name, piece.subject, piece.predicate, piece.sign, piece.object),
            *(int(piece.negated), int(piece.hedged), piece.origin, piece.sentence),
            *(piece.document, piece.pmid, piece.year, piece.section, piece.confidence, piece.rule, piece.id),
        )
        for cell in behind
        for piece in cell.pieces
    ]
