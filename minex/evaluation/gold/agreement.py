"""How far two passes agree: F1 of one against the other, of statements and of mentions by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from minex.evaluation.figures import Count
from minex.evaluation.gold.passes import Annotation, Mention, Reader
from minex.evaluation.gold.records import TYPES
from minex.evaluation.items import SYMMETRIC
from minex.model import PREDICATE_SIGNS


def statements_of(units: dict[str, Annotation], *, loose: bool) -> set[tuple[object, ...]]:
    """Return a pass's asked statements; strict ones with direction, sign and negation."""
    found: set[tuple[object, ...]] = set()
    for unit, annotation in units.items():
        for said in annotation.statements:
            if "inferred" in said.marks:
                continue
            one, two = (name.casefold() for name in said.names)
            if loose or (said.predicate in SYMMETRIC and one > two):
                one, two = sorted((one, two))
            rest = () if loose else (PREDICATE_SIGNS[said.predicate], "neg" in said.marks)
            found.add((unit, one, two, *rest))
    return found


def mentions_of(units: dict[str, Annotation], key: Callable[[Mention], tuple[object, ...]]) -> Counter[object]:
    """Return a pass's mentions, each as what is compared of it."""
    return Counter((unit, *key(each)) for unit, annotation in units.items() for each in annotation.mentions)


def f1(one: Counter[Any], two: Counter[Any]) -> float:
    """Return the F1 of one pass against the other; it is the same whichever is taken for the truth."""
    both = (one & two).total()
    value = Count(both, two.total() - both, one.total() - both).f1
    return 1.0 if value is None else value


def agreement(first: Path, second: Path) -> dict[str, float]:
    """Return the F1 between two folders of passes: statements, and mentions by type and by name."""
    passes = [_passes(folder) for folder in (first, second)]
    result = {
        f"statements, {how}": f1(*(Counter(statements_of(each, loose=how == "loose")) for each in passes))
        for how in ("strict", "loose")
    }
    spans = [mentions_of(each, lambda mention: (mention.type, mention.surface, mention.number)) for each in passes]
    names = [mentions_of(each, lambda mention: (mention.type, mention.name.casefold())) for each in passes]
    result["mentions, spans"] = f1(*spans)
    result["mentions, names"] = f1(*names)
    for kind in sorted(TYPES):
        of_kind = [Counter({each: n for each, n in one.items() if each[1] == kind}) for one in spans]  # type: ignore[index]
        if any(of_kind):
            result[f"mentions, {kind}"] = f1(*of_kind)
    return result


def _passes(folder: Path) -> dict[str, Annotation]:
    units: dict[str, Annotation] = {}
    for path in sorted(folder.glob("*.txt")):
        units |= Reader(path).units
    return units
