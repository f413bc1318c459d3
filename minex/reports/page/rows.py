"""The rows of the review table, each cell with the statements and sentences that it was made from."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from minex.reports.evidence import Piece, of_triples
from minex.store.verdict_tables import COUNTS_STILL

CELLS: dict[str, str] = {
    "level": "Level in this cancer",
    "vesicle": "Carried by",
    "response": "Response to conditions",
    "function": "Biological function",
    "mechanism": "Mechanism",
    "other": "Further statements",
}
"""The roles of the view `factor_in_cancer`, in the order in which a reader meets them."""

_COLUMNS = (
    "factor", "cancer", "response_to_hypoxia", "biological_function", "mechanism", "evidence_count",
    "document_count", "belief", "pmids", "first_year", "last_year", "factor_type", "factor_id", "cancer_id",
)  # fmt: skip
_ROWS = f"""
SELECT {", ".join(_COLUMNS)} FROM review_table
ORDER BY document_count DESC, belief DESC, factor_name, cancer, factor_id, cancer_id
"""  # noqa: S608 - our own names
_BEHIND = "SELECT factor, cancer, role, triple, evidence FROM factor_in_cancer"
_BELIEFS = "SELECT id, belief FROM triple"
_OTHERS = f"""
SELECT t.id FROM triple t
JOIN evidence e ON e.triple = t.id
JOIN document d ON d.id = e.document AND d.status = 'active'
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
WHERE {COUNTS_STILL}
GROUP BY t.id ORDER BY count(DISTINCT e.document) DESC, t.belief DESC, s.name, t.predicate, o.name, t.id
"""  # noqa: S608 - our own words

_Behind = dict[tuple[str, str], dict[str, dict[str, set[int]]]]
"""For a factor and a cancer, by role, the evidence of each triple."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple with some of its sentences, the newest and surest first; `left_out` more there are.

    `number` is the triple's in this report, which the network's edges name as well.
    """

    number: int
    subject: str
    predicate: str
    object: str
    belief: float
    documents: int
    pieces: tuple[Piece, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands behind one cell of a row."""

    role: str
    statements: tuple[Statement, ...]

    @property
    def title(self) -> str:
        """What the cell tells."""
        return CELLS[self.role]

    @property
    def sentences(self) -> int:
        """How many sentences there are, those left out included."""
        return sum(len(each.pieces) + each.left_out for each in self.statements)

    @property
    def denied(self) -> int:
        """How many of the sentences shown deny what they are about."""
        return sum(piece.negated for each in self.statements for piece in each.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """A factor in a cancer, as the view `review_table` has it, with what is behind its cells."""

    number: int
    factor: str
    cancer: str
    response: str
    function: str
    mechanism: str
    evidence: int
    documents: int
    belief: float
    references: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    factor_type: str
    factor_id: str
    cancer_id: str
    cells: tuple[Cell, ...]

    def cell(self, role: str) -> Cell | None:
        """Return what is behind a cell, if anything is."""
        return next((cell for cell in self.cells if cell.role == role), None)

    @property
    def years(self) -> str:
        """The first and the last year, once if they are one."""
        known = dict.fromkeys(year for year in (self.first_year, self.last_year) if year is not None)
        return "\N{EN DASH}".join(map(str, known))

    @property
    def contradicted(self) -> bool:
        """Whether the literature says a thing of a cell and its opposite: the view then gives both counts."""
        both = " against "
        return " and decreased" in self.response or any(
            both in words for words in (self.response, self.function, self.mechanism)
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, those of most papers first, and statements of which no cancer is known, or that stand in no row.

    `left_out` and `rest_left_out` say how many more there are.
    """

    rows: tuple[Row, ...]
    rest: tuple[Statement, ...]
    left_out: int = 0
    rest_left_out: int = 0
    papers: tuple[Piece, ...] = ()
    """A piece of each document that is quoted, the newest first."""
    numbers: dict[str, int] = field(default_factory=dict)
    """The number of each triple in this report."""


def table(connection: sqlite3.Connection, *, limit: int, sentences: int = 25) -> Table:
    """Gather the review table with its evidence.

    Parameters:
        connection: to an open database, narrowed to a query or not.
        limit: how many rows, and how many further statements, at the most.
        sentences: how many sentences a statement has in one cell at the most.
    """
    columns = connection.execute(_ROWS).fetchall()
    behind: _Behind = defaultdict(lambda: defaultdict(dict))
    for factor, cancer, role, triple, number in connection.execute(_BEHIND):
        behind[factor, cancer][role].setdefault(triple, set()).add(number)
    shown = [dict(zip(_COLUMNS, row, strict=True)) for row in columns[:limit]]
    known = {(row["factor_id"], row["cancer_id"]) for row in shown}
    told = {triple for key in known for triples in behind[key].values() for triple in triples}
    others = _others(connection, told)
    triples = _Statements(connection, sorted({*told, *others[:limit]}), sentences)
    rows = tuple(_row(number, row, behind, triples) for number, row in enumerate(shown, 1))
    rest = tuple(triples.whole(triple) for triple in others[:limit])
    left_out, rest_left_out = len(columns) - len(shown), len(others) - len(rest)
    return Table(rows, rest, left_out, rest_left_out, triples.papers(), triples.numbers)


def _others(connection: sqlite3.Connection, told: set[str]) -> list[str]:
    """Return the triples that stand in no row, those of most documents first."""
    return [id_ for (id_,) in connection.execute(_OTHERS) if id_ not in told]


class _Statements:
    """The triples of a report with their evidence."""

    def __init__(self, connection: sqlite3.Connection, triples: Sequence[str], most: int) -> None:
        self._most = most
        self._beliefs = dict(connection.execute(_BELIEFS))
        self._pieces: dict[str, list[Piece]] = defaultdict(list)
        for piece in of_triples(connection, triples):
            self._pieces[piece.triple].append(piece)
        self.numbers = {triple: number for number, triple in enumerate(triples)}

    def whole(self, triple: str) -> Statement:
        """Return a triple with all its evidence."""
        return self._make(triple, self._pieces[triple])

    def some(self, triple: str, numbers: set[int]) -> Statement:
        """Return a triple with the evidence of these numbers."""
        return self._make(triple, [piece for piece in self._pieces[triple] if piece.nr in numbers])

    def papers(self) -> tuple[Piece, ...]:
        """Return a piece of each document that is quoted, the newest first."""
        first = {piece.document: piece for pieces in self._pieces.values() for piece in pieces}
        return tuple(sorted(first.values(), key=lambda piece: (-(piece.year or 0), piece.document)))

    def _make(self, triple: str, pieces: list[Piece]) -> Statement:
        first = pieces[0]
        shown = tuple(pieces[: self._most])
        return Statement(
            self.numbers[triple],
            first.subject,
            first.predicate,
            first.object,
            self._beliefs[triple],
            len({piece.document for piece in pieces}),
            shown,
            len(pieces) - len(shown),
        )


def _row(number: int, row: dict[str, Any], behind: _Behind, triples: _Statements) -> Row:
    key = row["factor_id"], row["cancer_id"]
    cells = tuple(
        Cell(role, _ordered(triples.some(triple, numbers) for triple, numbers in behind[key][role].items()))
        for role in CELLS
        if role in behind[key]
    )
    return Row(
        number=number,
        factor=row["factor"],
        cancer=row["cancer"],
        response=row["response_to_hypoxia"],
        function=row["biological_function"],
        mechanism=row["mechanism"],
        evidence=row["evidence_count"],
        documents=row["document_count"],
        belief=row["belief"],
        references=tuple((row["pmids"] or "").split(", ")),
        first_year=row["first_year"],
        last_year=row["last_year"],
        factor_type=row["factor_type"],
        factor_id=row["factor_id"],
        cancer_id=row["cancer_id"],
        cells=cells,
    )


def _ordered(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(
        sorted(
            statements, key=lambda each: (-each.documents, -each.belief, each.subject, each.predicate, each.object)
        )
    )
