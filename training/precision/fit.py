"""From verdicts to log-odds: one small logistic regression with strong priors, solved by Newton's method.

    log-odds(right) = strictness of the source + rule + factors that hold
    rule ~ Normal(its class, RULE)      class ~ Normal(all, CLASS)      factor ~ Normal(EXPECTED, FACTOR)

A source has a strictness of its own: rules were written on the restatements, and the corpora's events leave out
much that a text says. So a source tells which rules are better than others, and the readers' verdicts, whose
strictness is zero, tell how good they are. A rule without a verdict gets what its class has.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from judged import Verdict
from numpy.typing import NDArray

from minex.extraction.confidence import FACTORS

ANCHORS = frozenset({"judgements", "judgements by rule"})
"""What people will read is judged as these were."""
CLASS, RULE, FACTOR, SOURCE = 0.4, 0.5, 0.4, 3.0
"""How far (one standard deviation, in log-odds) each is expected to lie from what stands above it."""
WEIGHTS = {"cg": 0.5, "pathway": 0.5}
"""What a verdict counts, 1 if not said: a corpus's are of pairs alone, with mentions given."""
EXPECTED_ALL = 1.4
EXPECTED = {
    "hedged": -0.1,
    "reference": -0.5,
    "step": -0.1,
    "listed": -0.2,
    "agreed": 0.2,
    "disputed": -0.5,
    "far": -0.2,
    "long": -0.1,
    "mended": -0.2,
    "unlinked": -0.3,
    "likely words": 0.6,
    "doubtful words": -1.0,
}
"""What a factor was expected to weigh before anything was counted; 0 where nothing was."""
EXPECTED_CLASS = {"link": -2.0}
"""And a class: what no construction joins is the weakest evidence of a relation."""


@dataclass(frozen=True)
class Fit:
    """What was fitted, in log-odds."""

    everything: float
    classes: Mapping[str, float]
    rules: Mapping[str, float]
    factors: Mapping[str, float]
    sources: Mapping[str, float]

    def probability(self, verdict: Verdict, kinds: Mapping[str, str]) -> float:
        """Return how likely a piece of evidence is right, by the strictness of the anchor."""
        start = self.rules.get(verdict.rule, self.classes.get(kinds[verdict.rule], self.everything))
        return sigmoid(start + sum(self.factors.get(name, 0.0) * times for name, times in verdict.factors))


def sigmoid(value: float) -> float:
    """Return the probability of log-odds."""
    return float(1 / (1 + np.exp(-value)))


def fit(verdicts: Sequence[Verdict], kinds: Mapping[str, str]) -> Fit:
    """Fit the model to verdicts.

    Parameters:
        verdicts: what was judged.
        kinds: the class of each rule, also of those without a verdict.
    """
    classes = sorted(set(kinds.values()))
    sources = sorted({each.source for each in verdicts} - ANCHORS)
    names: list[tuple[str, str]] = [
        ("all", ""),
        *(("class", each) for each in classes),
        *(("rule", each) for each in sorted(kinds)),
        *(("factor", each) for each in FACTORS),
        *(("source", each) for each in sources),
    ]
    place = {name: number for number, name in enumerate(names)}
    spread = {"all": 2.0, "class": CLASS, "rule": RULE, "factor": FACTOR, "source": SOURCE}
    expected = {"factor": EXPECTED, "class": EXPECTED_CLASS, "all": {"": EXPECTED_ALL}}
    mean = np.array([expected.get(kind, {}).get(name, 0.0) for kind, name in names])
    rows = np.zeros((len(verdicts), len(names)))
    for number, each in enumerate(verdicts):
        for name in (("all", ""), ("class", kinds[each.rule]), ("rule", each.rule), ("source", each.source)):
            if name in place:
                rows[number, place[name]] = 1.0
        for factor, times in each.factors:
            rows[number, place["factor", factor]] = times
    right = np.array([each.right for each in verdicts], dtype=float)
    weights = np.array([WEIGHTS.get(each.source, 1.0) for each in verdicts])
    precision = np.array([spread[kind] ** -2 for kind, _ in names])
    solved = _newton(rows, right, weights, mean, precision)
    value = dict(zip(names, solved.tolist(), strict=True))
    everything = value["all", ""]
    of_class = {name: everything + value["class", name] for name in classes}
    return Fit(
        everything,
        of_class,
        {name: of_class[kind] + value["rule", name] for name, kind in kinds.items()},
        {name: value["factor", name] for name in FACTORS},
        {name: value["source", name] for name in sources},
    )


def _newton(
    rows: NDArray[np.float64],
    right: NDArray[np.float64],
    weights: NDArray[np.float64],
    mean: NDArray[np.float64],
    precision: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the most likely values; with these priors there is one maximum, and a few steps find it."""
    values = mean.copy()
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(rows @ values)))
        slope = rows.T @ (weights * (right - chance)) - precision * (values - mean)
        curve = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + np.diag(precision)
        step = np.linalg.solve(curve, slope)
        values = values + step
        if np.abs(step).max() < 1e-9:
            break
    return values


def brier(pairs: Iterable[tuple[float, bool]]) -> float:
    """Return the mean squared distance between what was said and what was so; 0 is perfect."""
    return float(np.mean([(said - so) ** 2 for said, so in pairs]))


def bins(pairs: Iterable[tuple[float, bool]], count: int = 5) -> list[tuple[float, float, int]]:
    """Return (mean said, share right, how many) of groups of equal size, by what was said."""
    ordered = list(pairs)
    # Much is given the same: in what order that falls into groups must not hang on whether it is right.
    random.Random(0).shuffle(ordered)  # noqa: S311
    ordered.sort(key=lambda pair: pair[0])
    groups = [group for group in np.array_split(np.array(ordered, dtype=float), count) if len(group)]
    return [(float(group[:, 0].mean()), float(group[:, 1].mean()), len(group)) for group in groups]


def calibration_error(pairs: Sequence[tuple[float, bool]], count: int = 5) -> float:
    """Return the expected calibration error: how far groups lie from what was said of them, by their size."""
    return sum(abs(said - so) * number for said, so, number in bins(pairs, count)) / len(pairs)
