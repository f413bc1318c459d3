"""What each triple amounts to: counts, years and beliefs, made again for what a transaction touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from minex.store.belief import Witness, belief
from minex.store.encode import Row

# All evidence for every triple of the touched pairs. A triple without evidence gives one row of nulls, and
# evidence of a document that does not count has `active` 0: both must be told apart.
_EVIDENCE = """
SELECT t.subject, t.object, t.id, t.sign, e.document, d.status = 'active', d.year,
       e.confidence, e.origin = 'own', e.negated, e.hedged, e.direct
FROM touched x
JOIN triple t ON t.subject = x.subject AND t.object = x.object
LEFT JOIN evidence e ON e.triple = t.id
LEFT JOIN document d ON d.id = e.document
ORDER BY t.subject, t.object
"""

_UPDATE = """
UPDATE triple SET belief = ?, evidence_count = ?, document_count = ?, negated_count = ?, hedged_count = ?,
    direct_count = ?, first_year = ?, last_year = ?, rolled_belief = ?, rolled_document_count = ?,
    contrary_document_count = ?
WHERE id = ?
"""


class Said(NamedTuple):
    """A row of :data:`_EVIDENCE`."""

    subject: str
    object: str
    triple: str
    sign: int
    document: str | None
    active: int
    year: int | None
    confidence: float
    own: int
    negated: int
    hedged: int
    direct: int

    def witness(self, *, against: bool) -> Witness:
        return Witness(self.document or "", self.confidence, bool(self.own), bool(self.hedged), against)


def recount(connection: sqlite3.Connection, pairs: Iterable[tuple[str, str]]) -> None:
    """Count again and believe anew every triple of the given (subject, object) pairs; drop those without evidence.

    By pair and not by triple, because the predicates of a pair support and contradict each other.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (subject TEXT, object TEXT)")
    connection.execute("DELETE FROM touched")
    connection.executemany("INSERT INTO touched VALUES (?, ?)", pairs)
    rows = map(Said._make, connection.execute(_EVIDENCE))
    updates: list[Row] = []
    orphans: list[Row] = []
    for _, group in groupby(rows, key=lambda said: (said.subject, said.object)):
        pair = list(group)
        updates.extend(_updates(pair))
        orphans.extend((said.triple,) for said in pair if said.document is None)
    connection.executemany(_UPDATE, updates)
    connection.executemany("DELETE FROM triple WHERE id = ?", orphans)


def _updates(pair: list[Said]) -> Iterator[Row]:
    triples: dict[str, list[Said]] = {}
    for said in pair:
        triples.setdefault(said.triple, []).append(said)
    counting = [said for said in pair if said.active]
    rolled: dict[int, Row] = {}
    for triple, all_of_it in triples.items():
        sign = all_of_it[0].sign
        if sign not in rolled:
            rolled[sign] = _roll(counting, sign)
        mine = [said for said in all_of_it if said.active]
        years = [said.year for said in mine if said.year is not None]
        yield (
            belief([said.witness(against=bool(said.negated)) for said in mine]),
            len(mine),
            len({said.document for said in mine}),
            sum(said.negated for said in mine),
            sum(said.hedged for said in mine),
            sum(said.direct for said in mine),
            min(years, default=None),
            max(years, default=None),
            *rolled[sign],
            triple,
        )


def _roll(counting: list[Said], sign: int) -> Row:
    """Return belief, documents for and documents against (subject, sign, object).

    Against it are those that deny it, and those that affirm the opposite. Who denies the opposite is silent.
    """
    witnesses = [said.witness(against=bool(said.negated)) for said in counting if said.sign == sign]
    if sign:
        witnesses += [said.witness(against=True) for said in counting if said.sign == -sign and not said.negated]
    return (
        belief(witnesses),
        len({witness.document for witness in witnesses if not witness.against}),
        len({witness.document for witness in witnesses if witness.against}),
    )
