"""Which evidence is worth a look first: that of the least certain triples, or of the most influential ones.

A triple gives one piece, the surest that nobody has judged, for that is what its belief hangs on most.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from minex.errors import UsageError
from minex.reports.evidence import Piece, by_number
from minex.reports.selection import Filters, Selection

_SCORES = {
    "uncertain": "-abs(t.rolled_belief - 0.5)",
    "influential": "(ds.number + os.number) * t.belief / max(t.document_count, 1.0)",
}
ORDERS: dict[str, str] = {
    "uncertain": "least certain first: whose belief, all predicates of a sign together, lies nearest to 0.5",
    "influential": "most influential first: how many triples share a concept, times the belief, by document",
}
"""The orders that triples can be gone through in, and what they mean."""

_QUEUE = """
WITH degree AS MATERIALIZED (
    SELECT concept, count(*) AS number
    FROM (SELECT subject AS concept FROM triple WHERE evidence_count > 0
          UNION ALL SELECT object FROM triple WHERE evidence_count > 0)
    GROUP BY concept
),
best AS (
    SELECT e.nr, e.triple, row_number() OVER (PARTITION BY e.triple ORDER BY e.confidence DESC, e.id) AS place
    FROM evidence e
    JOIN document d ON d.id = e.document AND d.status = 'active'
    JOIN triple t ON t.id = e.triple
    WHERE {conditions} AND {unjudged}
)
SELECT b.nr, t.rolled_belief, t.document_count
FROM best b
JOIN triple t ON t.id = b.triple
LEFT JOIN degree ds ON ds.concept = t.subject
LEFT JOIN degree os ON os.concept = t.object
WHERE b.place = 1
ORDER BY t.right_count > 0, {score} DESC, t.id
LIMIT :most
"""
_UNJUDGED = "NOT EXISTS (SELECT 1 FROM verdict v WHERE v.evidence = e.id)"
_UNJUDGED_BY = "NOT EXISTS (SELECT 1 FROM verdict v WHERE v.evidence = e.id AND v.who = :who)"


@dataclass(frozen=True, slots=True)
class Due:
    """A piece of evidence to be judged, and how much its triple is believed now, over how many documents."""

    piece: Piece
    belief: float
    documents: int


def due(
    connection: sqlite3.Connection,
    *,
    order: str = "uncertain",
    most: int = 50,
    filters: Filters | None = None,
    again_by: str | None = None,
) -> list[Due]:
    """Return what to judge, in order.

    Parameters:
        connection: an open database.
        order: a key of :data:`ORDERS`.
        most: how many pieces at the most.
        filters: which triples and evidence.
        again_by: give what this person has not judged, though others have.

    Raises:
        UsageError: for an unknown order, name or query.
    """
    if order not in _SCORES:
        raise UsageError("order", f"there is no order {order!r}", cure=f"allowed: {', '.join(ORDERS)}")
    conditions, parameters = Selection(connection, filters).conditions()
    unjudged = _UNJUDGED if again_by is None else _UNJUDGED_BY
    sql = _QUEUE.format(conditions=conditions, unjudged=unjudged, score=_SCORES[order])
    rows = connection.execute(sql, {**parameters, "most": most, "who": again_by or ""}).fetchall()
    pieces = {piece.nr: piece for piece in by_number(connection, [row[0] for row in rows])}
    return [Due(pieces[nr], belief, documents) for nr, belief, documents in rows]
