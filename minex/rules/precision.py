"""How often each rule is right: what was counted, else what its class gives, else what its author says.

`patterns/precision.json` is made by `training/precision/count.py`, never by hand. A user's own rule was not
counted: it starts where its class does, or at the `confidence` that the user gives it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from minex.errors import PatternError

CLASSES = ("verb", "noun", "adjective", "compound", "surface", "link", "table")
UNCOUNTED = 0.75
"""Where nothing was counted at all, in a folder that stands alone."""


class Reader(Protocol):
    """A rule that reads statements: a frame, a surface pattern or a link."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str:
        """Its class, by what it is made of: a new rule has one without being told."""
        ...

    @property
    def confidence(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often a rule is right, and how that is known, in words."""

    value: float
    known: str


@dataclass(frozen=True, slots=True)
class Precision:
    """What evidence starts from, and what raises or lowers it.

    `rules` and `classes` are probabilities, `factors` are added to their log-odds.
    """

    rules: Mapping[str, RulePrecision] = field(default_factory=dict)
    classes: Mapping[str, float] = field(default_factory=dict)
    factors: Mapping[str, float] = field(default_factory=dict)

    def of(self, rule: str, kind: str) -> RulePrecision:
        """Return the precision of a rule; without one, that of its class."""
        return self.rules.get(rule) or self._of_class(kind)

    def _of_class(self, kind: str) -> RulePrecision:
        return RulePrecision(self.classes.get(kind, UNCOUNTED), f"as {kind} rules are")

    def laid_over(self, rules: Iterable[Reader], own: Collection[str], *, shipped: bool) -> Precision:
        """Return it for a set of rules.

        Parameters:
            rules: the rules.
            own: names of those that the counted ones are not, whatever they are called.
            shipped: whether the others are minex's; theirs is counted, and no `confidence` of theirs is read.
        """
        known = {name: each for name, each in self.rules.items() if name not in own}
        for rule in rules:
            mine = rule.name in own or not shipped
            if mine and rule.confidence is not None and rule.name not in known:
                known[rule.name] = RulePrecision(rule.confidence, "as its author says")
            elif rule.name not in known:
                known[rule.name] = self._of_class(rule.kind)
        return Precision(known, self.classes, self.factors)


def read_precision(path: Path) -> Precision:
    """Read what was counted; a missing file is nothing counted.

    Raises:
        PatternError: if the file is not one that the counting makes.
    """
    if not path.is_file():
        return Precision()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Precision(
            {name: _rule(each) for name, each in data["rules"].items()},
            {name: _probability(each["precision"]) for name, each in data["classes"].items()},
            {name: float(each["log_odds"]) for name, each in data["factors"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        cure = "make it anew: python training/precision/count.py"
        raise PatternError(
            "pattern", f"this is no file of counts ({error})", where=str(path), cure=cure
        ) from error


def _rule(given: Mapping[str, Any]) -> RulePrecision:
    right, wrong = (sum(int(each[place]) for each in given["counts"].values()) for place in (0, 1))
    known = f"counted on {right + wrong}" if right + wrong else f"as {given['class']} rules are"
    return RulePrecision(_probability(given["precision"]), known)


def _probability(value: Any) -> float:
    if not 0 < float(value) < 1:
        raise ValueError(f"{value!r} is no probability")
    return float(value)
