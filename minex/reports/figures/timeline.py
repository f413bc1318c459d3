"""How much was said in which year, and how much of it for the first time."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from minex.reports.figures.selection import EVIDENCE, Selection

_YEARS = f"""
WITH said AS (SELECT * FROM ({EVIDENCE}) WHERE year IS NOT NULL),
first AS (SELECT triple, min(year) AS year FROM said GROUP BY triple)
SELECT s.year, count(DISTINCT s.triple), count(DISTINCT f.triple), count(DISTINCT s.document)
FROM said s LEFT JOIN first f ON f.triple = s.triple AND f.year = s.year
GROUP BY s.year ORDER BY s.year
"""  # noqa: S608 - our own SQL


@dataclass(frozen=True, slots=True)
class Year:
    """A year: triples said in papers of it, those of them that no earlier paper said, and the papers."""

    year: int
    triples: int = 0
    new: int = 0
    documents: int = 0


def timeline(connection: sqlite3.Connection, selection: Selection | None = None) -> tuple[Year, ...]:
    """Count the triples of a selection year by year, from the first year to the last, empty ones included."""
    rows = connection.execute(_YEARS, (selection or Selection()).parameters)
    found = {row[0]: Year(*row) for row in rows}
    if not found:
        return ()
    return tuple(found.get(year, Year(year)) for year in range(min(found), max(found) + 1))
