"""Which factors are studied in which cancers, by how many papers, and whether their level is up or down there."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from dataclasses import dataclass

from minex.reports.figures.selection import Selection

_DOCUMENTS = """
SELECT f.factor, n.name, f.cancer, c.name, f.document,
       max(f.other = f.cancer AND f.predicate = 'up_in' AND NOT f.negated),
       max(f.other = f.cancer AND f.predicate = 'down_in' AND NOT f.negated)
FROM factor_in_cancer f
JOIN concept n ON n.id = f.factor
JOIN concept c ON c.id = f.cancer
WHERE (:factor IS NULL OR f.factor IN (SELECT value FROM json_each(:factor)))
  AND (:cancer IS NULL OR f.cancer IN (SELECT value FROM json_each(:cancer)))
GROUP BY f.factor, f.cancer, f.document
"""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Papers on a factor in a cancer; `up` and `down` are those that found its level higher or lower there."""

    documents: int = 0
    up: int = 0
    down: int = 0

    @property
    def level(self) -> str:
        """`up`, `down`, `both` where papers disagree, or empty."""
        if self.up and self.down:
            return "both"
        return "up" if self.up else "down" if self.down else ""


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Factors and cancers as (id, name), those of most papers first; cells by (factor id, cancer id)."""

    factors: tuple[tuple[str, str], ...]
    cancers: tuple[tuple[str, str], ...]
    cells: dict[tuple[str, str], HeatCell]
    factors_left_out: int = 0
    cancers_left_out: int = 0

    @property
    def most(self) -> int:
        """The most papers that any cell has."""
        return max((cell.documents for cell in self.cells.values()), default=0)

    def step(self, cell: HeatCell) -> int:
        """Return how dark a cell is, 1 to 5: by the root of its papers, for one factor has most of them."""
        return min(5, 1 + int(5 * math.sqrt((cell.documents - 1) / max(1, self.most))))


def heatmap(
    connection: sqlite3.Connection, selection: Selection | None = None, *, factors: int = 25, cancers: int = 12
) -> Heatmap:
    """Count papers for each factor and cancer of a selection.

    Parameters:
        connection: to an open database, narrowed to a query or not.
        selection: what it is about; default: all.
        factors: how many factors at the most.
        cancers: how many cancers at the most.
    """
    rows = connection.execute(_DOCUMENTS, (selection or Selection()).parameters).fetchall()
    names = {id_: name for row in rows for id_, name in ((row[0], row[1]), (row[2], row[3]))}
    documents: dict[tuple[str, str], list[int]] = {}
    for factor, _, cancer, _, _, up, down in rows:
        counted = documents.setdefault((factor, cancer), [0, 0, 0])
        for place, number in enumerate((1, up, down)):
            counted[place] += number
    cancer_ids = _most({(row[2], row[4]) for row in rows}, names)
    shown_cancers = cancer_ids[:cancers]
    # A factor that stands in none of the columns would be an empty line.
    factor_ids = _most({(row[0], row[4]) for row in rows if row[2] in set(shown_cancers)}, names)
    shown_factors = factor_ids[:factors]
    cells = {
        (factor, cancer): HeatCell(*documents[factor, cancer])
        for factor in shown_factors
        for cancer in shown_cancers
        if (factor, cancer) in documents
    }
    return Heatmap(
        tuple((id_, names[id_]) for id_ in shown_factors),
        tuple((id_, names[id_]) for id_ in shown_cancers),
        cells,
        len({row[0] for row in rows}) - len(shown_factors),
        len(cancer_ids) - len(shown_cancers),
    )


def _most(pairs: set[tuple[str, str]], names: dict[str, str]) -> list[str]:
    """Return concepts by how many documents they stand in, most first."""
    counts = Counter(id_ for id_, _ in pairs)
    return sorted(counts, key=lambda id_: (-counts[id_], names[id_].casefold(), id_))
