"""How far two passes agree: F1 of one against the other, of statements and of mentions by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from minex.errors import InputError
from minex.evaluation.figures import Count
from minex.evaluation.gold.passes import Annotation, Mention, Reader
from minex.evaluation.gold.records import TYPES
from minex.evaluation.items import Argument, Statement
from minex.evaluation.match import answers_strictly, distinct, most_pairs


def statements_of(annotation: Annotation) -> list[Statement]:
    """Return what a pass says in a unit and asks for, each once."""
    said = [
        Statement(Argument("", one), each.predicate, Argument("", two), negated="neg" in each.marks)
        for each in annotation.statements
        if "inferred" not in each.marks
        for one, two in (each.names,)
    ]
    return distinct(said)


def statements_f1(one: dict[str, Annotation], two: dict[str, Annotation], *, strict: bool) -> float:
    """Return the F1 of two passes' statements: with direction, sign and negation, or of the pairs alone."""
    total = Count()
    for unit in one.keys() | two.keys():
        left, right = (statements_of(each[unit]) if unit in each else [] for each in (one, two))
        if strict:
            both = len(most_pairs(left, right, lambda a, b: answers_strictly(a, b, Argument.same)))
            total += Count(both, len(right) - both, len(left) - both)
        else:
            ours, theirs = ({_pair(each) for each in side} for side in (left, right))
            total += Count(len(ours & theirs), len(theirs - ours), len(ours - theirs))
    return 1.0 if total.f1 is None else total.f1


def _pair(statement: Statement) -> frozenset[str]:
    return frozenset((statement.subject.name.casefold(), statement.object.name.casefold()))


def mentions_of(units: dict[str, Annotation], key: Callable[[Mention], tuple[object, ...]]) -> Counter[object]:
    """Return a pass's mentions, each as what is compared of it."""
    return Counter((unit, *key(each)) for unit, annotation in units.items() for each in annotation.mentions)


def f1(one: Counter[Any], two: Counter[Any]) -> float:
    """Return the F1 of one pass against the other; it is the same whichever is taken for the truth."""
    both = (one & two).total()
    value = Count(both, two.total() - both, one.total() - both).f1
    return 1.0 if value is None else value


def agreement(first: Path, second: Path) -> dict[str, float]:
    """Return the F1 between two folders of passes: statements, and mentions by type and by name.

    Raises:
        InputError: if a folder holds no pass, or a pass has errors.
    """
    passes = [_passes(folder) for folder in (first, second)]
    result = {
        f"statements, {how}": statements_f1(passes[0], passes[1], strict=how == "strict")
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
        reader = Reader(path)
        if reader.errors:
            raise InputError("pass", "; ".join(reader.errors), cure="see minex gold check")
        units |= reader.units
    if not units:
        raise InputError("no-pass", "the folder holds no pass (*.txt)", where=str(folder), cure="check the path")
    return units
