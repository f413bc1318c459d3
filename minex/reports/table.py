"""The living table of a review: one row a factor and cancer, each cell with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from minex.reports.names import CANCERS, FACTORS, Asked, check_query, understand
from minex.store import Store
from minex.store.review import REVIEW_EVIDENCE, REVIEW_TABLE, narrowed

CELLS = ("response_to_hypoxia", "biological_function", "mechanism", "level_in_cancer", "factor")
"""The columns that evidence stands behind; `factor` for the vesicle that its name tells."""

_PAIRS = "WITH pair AS (SELECT DISTINCT factor, cancer FROM factor_in_cancer) SELECT * FROM pair"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the view `review_table`, whose columns the fields are."""

    factor: str
    cancer: str
    response_to_hypoxia: str
    biological_function: str
    mechanism: str
    evidence_count: int
    document_count: int
    belief: float
    pmids: str
    first_year: int | None
    last_year: int | None
    level_in_cancer: str
    contradicted: int
    negated_count: int
    hedged_count: int
    factor_name: str
    factor_type: str
    vesicle: str
    factor_id: str
    cancer_id: str
    row_id: str


COLUMNS = tuple(field.name for field in fields(Row))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, best supported first, and what was asked for.

    `factors` and `cancers` are what was asked, each with those concepts below it that gave rows; `documents` is
    how many documents of the query the database has, None if none was asked for. `merged`: rows are of what was
    asked.
    """

    rows: tuple[Row, ...]
    factors: tuple[Asked, ...] = ()
    cancers: tuple[Asked, ...] = ()
    query: str | None = None
    documents: int | None = None
    merged: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader has to know of how the table came about: what was collected, and of which documents."""
        told = [asked.note for asked in (*self.factors, *self.cancers) if asked.note]
        if any(asked.below for asked in (*self.factors, *self.cancers)):
            told.append("In the row of what was asked for." if self.merged else "Each in a row of its own.")
        if self.query is not None:
            told.append(
                f"Only documents of the query {self.query}: {self.documents:,} of them are in this database."
            )
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Support:
    """A piece of evidence behind a cell: its number, and whether it speaks against what the cell says."""

    row_id: str
    cell: str
    evidence_nr: int
    evidence_id: str
    subject: str
    predicate: str
    sign: int
    object: str
    negated: bool
    document: str


def ask(
    store: Store,
    *,
    factors: Sequence[str] = (),
    cancers: Sequence[str] = (),
    query: str | None = None,
    rollup: bool = True,
    merge: bool = False,
) -> Table:
    """Return the table of some factors, cancers or a saved query's documents; of everything, if nothing is asked.

    Parameters:
        factors: names or ids of miRNAs, genes and lncRNAs.
        cancers: names or ids of cancers.
        query: name of a saved query: only documents that it found count.
        rollup: whether a name collects what is below it.
        merge: put what a name collects into one row, that of the name.

    Raises:
        UsageError: if a name means nothing here, with names that are near, or there is no such query.
    """
    scope = _Scope.of(store, factors, cancers, query, rollup)
    rows = store.select(scope.sql(REVIEW_TABLE, merge=merge) + _ORDER, scope.parameters).rows
    below = (
        scope.pairs(store)
        if merge
        else {(row[COLUMNS.index("factor_id")], row[COLUMNS.index("cancer_id")]) for row in rows}
    )
    return Table(
        tuple(Row(*row) for row in rows),
        tuple(each.heard({factor for factor, _ in below}) for each in scope.factors),
        tuple(each.heard({cancer for _, cancer in below}) for each in scope.cancers),
        query,
        _documents(store, query),
        merge,
    )


def supports(
    store: Store,
    *,
    factors: Sequence[str] = (),
    cancers: Sequence[str] = (),
    query: str | None = None,
    rollup: bool = True,
    merge: bool = False,
) -> list[Support]:
    """Return which evidence stands behind which cell of the table that :func:`ask` gives."""
    scope = _Scope.of(store, factors, cancers, query, rollup)
    sql = scope.sql(REVIEW_EVIDENCE, merge=merge)
    columns = ", ".join(field.name for field in fields(Support))
    asked = f"SELECT {columns} FROM ({sql}) ORDER BY row_id, cell, document, evidence_nr"  # noqa: S608
    return [Support(*row) for row in store.select(asked, scope.parameters).rows]


_ORDER = "ORDER BY r.document_count DESC, r.belief DESC, factor, cancer"


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is asked for, understood."""

    factors: tuple[Asked, ...]
    cancers: tuple[Asked, ...]
    query: str | None

    @classmethod
    def of(
        cls, store: Store, factors: Sequence[str], cancers: Sequence[str], query: str | None, rollup: bool
    ) -> _Scope:
        if query is not None:
            check_query(store.connection, query)
        return cls(
            tuple(understand(store.connection, word, FACTORS, rollup=rollup) for word in factors),
            tuple(understand(store.connection, word, CANCERS, rollup=rollup) for word in cancers),
            query,
        )

    @property
    def asked(self) -> tuple[str, ...]:
        named = (("factors", self.factors), ("cancers", self.cancers), ("query", self.query))
        return tuple(name for name, value in named if value)

    @property
    def parameters(self) -> Mapping[str, Any]:
        values = {"factors": _ids(self.factors), "cancers": _ids(self.cancers), "query": self.query}
        return {name: values[name] for name in self.asked}

    def sql(self, sql: str, *, merge: bool) -> str:
        return narrowed(sql, *self.asked, merge=merge) if self.asked else sql

    def pairs(self, store: Store) -> set[tuple[str, str]]:
        """Return the factors and cancers that give rows, before they are merged."""
        rows = store.select(narrowed(_PAIRS, *self.asked), self.parameters).rows
        return {(factor, cancer) for factor, cancer in rows}


def _ids(asked: Iterable[Asked]) -> str:
    """Return each id with the one that it was asked by; of two that ask for the same, the first."""
    ids: dict[str, str] = {}
    for each in asked:
        ids = each.ids | ids
    return json.dumps(ids)


def _documents(store: Store, query: str | None) -> int | None:
    if query is None:
        return None
    sql = """
        SELECT count(*) FROM query_hit h JOIN document d ON d.id = h.document AND d.status = 'active'
        WHERE h.query = ? AND h.status <> 'unmatched'
    """
    ((count,),) = store.select(sql, (query,)).rows
    return int(count)
