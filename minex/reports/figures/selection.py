"""What a figure is about: everything, one factor, one cancer, with all that is below them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from minex.reports.names import understand
from minex.store.verdict_tables import COUNTS_STILL

EVIDENCE = f"""
SELECT e.nr, e.document, e.negated, d.year,
       t.id AS triple, t.subject, t.object, t.predicate, t.sign, t.rolled_belief AS belief
FROM evidence e
JOIN document d ON d.id = e.document AND d.status = 'active'
JOIN triple t ON t.id = e.triple
WHERE {COUNTS_STILL}
  AND (:factor IS NULL OR t.subject IN (SELECT value FROM json_each(:factor))
                       OR t.object IN (SELECT value FROM json_each(:factor)))
  AND (:cancer IS NULL OR t.subject IN (SELECT value FROM json_each(:cancer))
                       OR t.object IN (SELECT value FROM json_each(:cancer))
                       OR EXISTS (SELECT 1 FROM context x WHERE x.evidence = e.nr AND x.slot = 'cancer'
                                  AND x.concept IN (SELECT value FROM json_each(:cancer))))
"""  # noqa: S608 - our own words
"""All evidence of a selection: with the factor at either end, with the cancer at an end or as context."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Concepts that a figure is about; `None` is all of them."""

    factor: frozenset[str] | None = None
    cancer: frozenset[str] | None = None

    @property
    def parameters(self) -> dict[str, str | None]:
        """What :data:`EVIDENCE` is asked with."""
        return {"factor": _listed(self.factor), "cancer": _listed(self.cancer)}


def select(connection: sqlite3.Connection, factor: str | None = None, cancer: str | None = None) -> Selection:
    """Find the concepts of given names or ids, with all that is below them: arms of a miRNA, subtypes of a cancer.

    Raises:
        UsageError: if nothing in the database is called so.
    """
    ids = [None if name is None else frozenset(understand(connection, name).ids) for name in (factor, cancer)]
    return Selection(*ids)


def _listed(ids: frozenset[str] | None) -> str | None:
    return None if ids is None else json.dumps(sorted(ids))
