"""What an export gives: triples and evidence of active documents, narrowed as asked, row by row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from minex.reports.names import check_query, understand
from minex.store.sync_tables import STILL_FOUND
from minex.store.verdict_tables import COUNTS_STILL

_AT_ONCE = 1000
"""How many rows SQLite hands out at a time."""

_BELOW = """
IN (SELECT a.concept FROM concept_ancestor a WHERE a.ancestor IN (SELECT value FROM json_each(:{0})))
"""
_COUNTS = "t.evidence_count > 0"
_FROM_EVIDENCE = """
evidence e
JOIN document d ON d.id = e.document AND d.status = 'active'
JOIN triple t ON t.id = e.triple
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for. Names of one kind are alternatives; what is below a name counts as that name.

    Parameters:
        query: only documents that a saved query still finds.
        factors: only triples of which one side is one of these.
        cancers: only evidence observed in one of these, or that speaks of it.
        min_belief: only triples that are believed at least so much.
    """

    query: str | None = None
    factors: tuple[str, ...] = ()
    cancers: tuple[str, ...] = ()
    min_belief: float = 0.0


class Selection:
    """The filters over one database. What a person judged wrong is never part of it.

    Raises:
        UsageError: for a query or a name that the database does not have.
    """

    def __init__(self, connection: sqlite3.Connection, filters: Filters | None = None) -> None:
        self.connection = connection
        filters = filters or Filters()
        self._parameters: dict[str, Any] = {}
        self._of_triple = [_COUNTS]
        self._of_evidence: list[str] = []
        if filters.min_belief:
            self._parameters["min_belief"] = filters.min_belief
            self._of_triple.append("t.belief >= :min_belief")
        if filters.factors:
            self._parameters["factors"] = _concepts(connection, filters.factors)
            below = _BELOW.format("factors")
            self._of_triple.append(f"(t.subject {below} OR t.object {below})")
        if filters.cancers:
            self._parameters["cancers"] = _concepts(connection, filters.cancers)
            below = _BELOW.format("cancers")
            inside = f"SELECT x.evidence FROM context x WHERE x.slot = 'cancer' AND x.concept {below}"  # noqa: S608
            self._of_evidence.append(f"(t.subject {below} OR t.object {below} OR e.nr IN ({inside}))")
        if filters.query is not None:
            check_query(connection, filters.query)
            self._parameters["query"] = filters.query
            found = f"SELECT document FROM query_hit WHERE query = :query AND {STILL_FOUND}"  # noqa: S608
            self._of_evidence.append(f"e.document IN ({found})")

    @property
    def narrowed(self) -> bool:
        """Whether anything but all is asked for."""
        return bool(self._parameters)

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """Return what is asked for as SQL over `e`, `d`, `t`, with its parameters; also what was judged wrong."""
        asked = [each for each in (*self._of_triple, *self._of_evidence) if each != _COUNTS]
        return " AND ".join(["TRUE", *asked]), dict(self._parameters)

    def triples(self, columns: str, *, order: str = "s.name, o.name, t.predicate, t.id") -> Iterator[sqlite3.Row]:
        """Yield rows of columns over `t` (triple), `s` (its subject) and `o` (its object)."""
        conditions = list(self._of_triple)
        if self._of_evidence:
            some = " AND ".join(["e.triple = t.id", COUNTS_STILL, *self._of_evidence])
            joined = "evidence e JOIN document d ON d.id = e.document AND d.status = 'active'"
            conditions.append(f"EXISTS (SELECT 1 FROM {joined} WHERE {some})")  # noqa: S608
        sql = f"""
            SELECT {columns} FROM triple t
            JOIN concept s ON s.id = t.subject
            JOIN concept o ON o.id = t.object
            WHERE {" AND ".join(conditions)} ORDER BY {order}
        """  # noqa: S608 - our own names
        return self._rows(sql)

    def evidence(
        self, columns: str, *, triple: str | None = None, document: str | None = None
    ) -> Iterator[sqlite3.Row]:
        """Yield rows of columns over `e` (evidence), `d` (document), `t`, `s` and `o`, by document and place.

        Parameters:
            triple: only evidence for this triple.
            document: only evidence of this document.
        """
        conditions = [*self._of_triple, COUNTS_STILL, *self._of_evidence]
        more: dict[str, Any] = {}
        for name, value in (("triple", triple), ("document", document)):
            if value is not None:
                conditions.append(f"e.{name} = :{name}")
                more[name] = value
        sql = f"""
            SELECT {columns} FROM {_FROM_EVIDENCE}
            JOIN concept s ON s.id = t.subject
            JOIN concept o ON o.id = t.object
            WHERE {" AND ".join(conditions)} ORDER BY e.document, e.sentence_start, e.nr
        """  # noqa: S608 - our own names
        return self._rows(sql, more)

    def documents(self) -> Iterator[str]:
        """Yield the ids of active documents: those with such evidence, or all if nothing is narrowed."""
        if not self.narrowed:
            yield from self._first("SELECT id FROM document WHERE status = 'active' ORDER BY id")
            return
        conditions = " AND ".join([*self._of_triple, COUNTS_STILL, *self._of_evidence])
        yield from self._first(
            f"SELECT DISTINCT e.document FROM {_FROM_EVIDENCE} WHERE {conditions} ORDER BY 1"  # noqa: S608
        )

    def _first(self, sql: str) -> Iterator[str]:
        return (str(row[0]) for row in self._rows(sql))

    def _rows(self, sql: str, more: dict[str, Any] | None = None) -> Iterator[sqlite3.Row]:
        cursor = self.connection.cursor()
        cursor.row_factory = sqlite3.Row
        cursor.arraysize = _AT_ONCE
        cursor.execute(sql, {**self._parameters, **(more or {})})
        while rows := cursor.fetchmany():
            yield from rows


def _concepts(connection: sqlite3.Connection, names: Sequence[str]) -> str:
    """Return as JSON the ids of all concepts that names mean; what is below them, the SQL collects."""
    return json.dumps([id_ for name in names for id_, _ in understand(connection, name, rollup=False).means])
