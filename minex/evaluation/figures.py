"""Precision, recall and F1, with bootstrap intervals over the units that were judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_RESAMPLES = 2000
_AT_ONCE = 4_000_000
"""Numbers drawn in one go: bounds the memory that a corpus of many documents takes."""
_SEED = 20180926


@dataclass(frozen=True, slots=True)
class Count:
    """What was found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Right among found, None where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Right among what there is, None where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both, None where nothing is there and nothing was found.

        Examples:
            >>> Count(right=3, wrong=1, missed=3).f1
            0.6
        """
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


@dataclass(slots=True)
class Tally:
    """Counts by cluster (a unit or a document): what the bootstrap draws from."""

    clusters: dict[str, Count] = field(default_factory=dict)

    def add(self, cluster: str, count: Count) -> None:
        """Add a cluster's counts; one that is empty is kept, for it was judged too."""
        self.clusters[cluster] = self.clusters.get(cluster, Count()) + count

    @property
    def total(self) -> Count:
        return sum(self.clusters.values(), Count())

    def figures(self, *, intervals: bool = True) -> dict[str, Any]:
        """Return the figures as the JSON of a run holds them: counts, ratios, 95% intervals.

        Examples:
            >>> tally = Tally()
            >>> tally.add("a", Count(1, 0, 1))
            >>> tally.figures(intervals=False)
            {'right': 1, 'wrong': 0, 'missed': 1, 'precision': 1.0, 'recall': 0.5, 'f1': 0.6667}
        """
        total = self.total
        result: dict[str, Any] = {"right": total.right, "wrong": total.wrong, "missed": total.missed}
        for name in ("precision", "recall", "f1"):
            value = getattr(total, name)
            result[name] = None if value is None else round(value, 4)
        if intervals:
            result["intervals"] = _intervals(self.clusters.values())
        return result


def _intervals(clusters: Iterable[Count]) -> dict[str, list[float] | None]:
    """Return percentile bootstrap intervals (95%), the clusters drawn with replacement (scipy.stats.bootstrap).

    A cluster that has nothing to do with a ratio is not drawn for it, so that no draw is without a ratio; there is
    no interval where fewer than two clusters are left.
    """
    from scipy.stats import bootstrap

    rows = np.array([(each.right, each.wrong, each.missed) for each in clusters], dtype=float).reshape(-1, 3)
    parts = {
        "precision": (rows[:, 0], rows[:, 0] + rows[:, 1]),
        "recall": (rows[:, 0], rows[:, 0] + rows[:, 2]),
        "f1": (2 * rows[:, 0], 2 * rows[:, 0] + rows[:, 1] + rows[:, 2]),
    }
    result: dict[str, list[float] | None] = {}
    for name, (part, whole) in parts.items():
        has = whole > 0
        if has.sum() < 2:
            result[name] = None
            continue
        drawn = bootstrap(
            (part[has], whole[has]),
            _ratio,
            paired=True,
            vectorized=True,
            n_resamples=_RESAMPLES,
            batch=max(1, _AT_ONCE // int(has.sum())),
            method="percentile",
            rng=np.random.default_rng(_SEED),
        )
        interval = drawn.confidence_interval
        result[name] = [round(float(interval.low), 4), round(float(interval.high), 4)]
    return result


def _ratio(part: Any, whole: Any, axis: int = -1) -> Any:
    return part.sum(axis=axis) / whole.sum(axis=axis)
