"""Why a statement was missed or made up: errors grouped by cause, each with its place and rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minex.evaluation.items import Argument, Statement, Unit
from minex.evaluation.match import answers_loosely
from minex.evaluation.score import Judged
from minex.model import Mention


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error: `kind` is `missed` or `wrong`, `cause` the class that it is counted in.

    `statement` is what the gold set says where something was missed, and what minex says where it is wrong.
    """

    kind: str
    cause: str
    place: str
    unit: str
    statement: str
    rule: str = ""


def mistakes(judged: Judged) -> Iterator[Mistake]:
    """Yield a unit's errors, as the strict look at pairs of names sees them."""
    unit = judged.unit
    unsigned = (number for number in judged.loose.missed if unit.statements[number].unsigned)
    for number in sorted({*judged.strict.missed, *unsigned}):
        gold = unit.statements[number]
        yield Mistake("missed", _why_missed(gold, judged), unit.place, unit.id, str(gold))
    for number in judged.strict.wrong:
        found = judged.statements[number]
        yield Mistake("wrong", _why_wrong(found, judged), unit.place, unit.id, str(found), found.rule)


def _why_missed(gold: Statement, judged: Judged) -> str:
    # Only what is wrong was perhaps meant for it: what is right answers another statement of the same pair.
    wrong = (judged.statements[number] for number in judged.strict.wrong)
    near = next((each for each in wrong if answers_loosely(gold, each, Argument.same)), None)
    if near is not None:
        return _difference(gold, near)
    for side in (gold.subject, gold.object):
        if side.spans and (cause := _name_trouble(side, judged.mentions)):
            return cause
    if not gold.subject.spans or not gold.object.spans:
        return "an argument that the unit does not name"
    return "no rule joins them" if gold.unsigned else f"no rule joins them: {gold.predicate}"


def _difference(gold: Statement, found: Statement) -> str:
    if gold.negated != found.negated:
        return "negation"
    if gold.sign != found.sign:
        return f"sign: {gold.predicate} read as {found.predicate}"
    return "direction"


def _name_trouble(side: Argument, mentions: Sequence[Mention]) -> str | None:
    there = [each for each in mentions if any(span.overlaps(each.span) for span in side.spans)]
    if not there:
        return f"name not found: {side.type}"
    if any(side.same(Argument(each.type, each.name or each.text, each.concepts)) for each in there):
        return None
    if all(each.type != side.type for each in there):
        return f"name of another type: {side.type} as {there[0].type}"
    return f"name linked otherwise: {side.type}"


def _why_wrong(found: Statement, judged: Judged) -> str:
    unit = judged.unit
    near = next((each for each in unit.statements if answers_loosely(each, found, Argument.same)), None)
    if near is not None:
        return _difference(near, found)
    for side in (found.subject, found.object):
        if cause := _name_excess(side, unit):
            return cause
    return f"not said: {found.predicate}"


def _name_excess(side: Argument, unit: Unit) -> str | None:
    there = [each for each in unit.mentions if any(span.overlaps(each.span) for span in side.spans)]
    if not there:
        return f"name made up: {side.type}"
    if any(side.same(Argument(each.type, each.name, each.concepts)) for each in there):
        return None
    if all(each.type != side.type for each in there):
        return f"name of another type: {there[0].type} as {side.type}"
    return f"name linked otherwise: {side.type}"
