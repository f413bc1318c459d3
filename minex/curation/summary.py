"""What verdicts say of the rules: how often each was right, and judgements as `training/precision` reads them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from minex.store.verdict_tables import RIGHT, SIGN
from minex.store.verdicts import Verdict

_Z = 1.959964
"""Standard deviations of a 95% interval."""

SAMPLE = "curated"
"""What these judgements are called: chosen by people or by doubt, so they say something of rules alone."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How often evidence of a rule was judged right; of `sign` of the wrong ones only the sign was."""

    rule: str
    right: int
    wrong: int
    sign: int

    @property
    def judged(self) -> int:
        """How many were judged."""
        return self.right + self.wrong

    @property
    def precision(self) -> float:
        """The share that was right."""
        return self.right / self.judged

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval of the precision."""
        return wilson(self.right, self.judged)


def wilson(right: int, all_: int) -> tuple[float, float]:
    """Return Wilson's 95% interval of a share, which is honest for few and for none.

    Examples:
        >>> [round(end, 3) for end in wilson(64, 75)]
        [0.756, 0.916]
        >>> [round(end, 3) for end in wilson(3, 3)]
        [0.439, 1.0]
    """
    if not all_:
        return 0.0, 1.0
    share, spread = right / all_, _Z**2 / all_
    middle = share + spread / 2
    reach = _Z * math.sqrt(share * (1 - share) / all_ + spread / (4 * all_))
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def by_rule(verdicts: Iterable[Verdict]) -> list[Precision]:
    """Return the precision of each rule that was judged, most judged first, and of all together at the end."""
    counted: dict[str, list[int]] = {}
    for each in verdicts:
        for name in (each.rule, ""):
            right, wrong, sign = counted.get(name, (0, 0, 0))
            is_right = each.verdict == RIGHT
            counted[name] = [right + is_right, wrong + (not is_right), sign + (each.verdict == SIGN)]
    everything = counted.pop("", None)
    found = [Precision(name, *counts) for name, counts in counted.items()]
    found.sort(key=lambda each: (-each.judged, each.rule))
    return [*found, Precision("all", *everything)] if everything else []


def lines(found: list[Precision]) -> Iterator[str]:
    """Yield the precisions as lines of text."""
    if not found:
        yield "nothing is judged yet"
        return
    width = max(len(each.rule) for each in found)
    yield f"{'rule':<{width}}  judged  right  wrong  of which sign  precision  95% interval"
    for each in found:
        low, high = each.interval
        counts = f"{each.judged:>6}  {each.right:>5}  {each.wrong:>5}  {each.sign:>13}"
        yield f"{each.rule:<{width}}  {counts}  {each.precision:>9.3f}  {low:.3f} to {high:.3f}"


def judgement(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as a line of gold/judgements; it holds no text of a paper but the two names."""
    return {
        "document": verdict.document,
        "sentence": [verdict.sentence_start, verdict.sentence_end],
        "subject_span": [verdict.subject_start, verdict.subject_end],
        "object_span": [verdict.object_start, verdict.object_end],
        "subject": verdict.subject,
        "object": verdict.object,
        "predicate": verdict.predicate,
        "negated": bool(verdict.negated),
        "rule": verdict.rule,
        "sample": SAMPLE,
        "verdict": "right" if verdict.verdict == RIGHT else "wrong",
        "class": "wrong sign" if verdict.verdict == SIGN else "",
        "reason": verdict.note,
        "given": False,
    }
