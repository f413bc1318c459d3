"""Which found statement answers which gold statement, at three levels and two strictnesses.

Levels: *evidence* (a unit, and both mentions' places), *pair* (a unit and two names), *document* (two names).
Loose: the pair is joined, whichever way. Strict: direction, sign and negation too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minex.evaluation.items import SYMMETRIC, Argument, Statement

LEVELS = ("evidence", "pair", "document")
STRICTNESS = ("loose", "strict")

Same = Callable[[Argument, Argument], bool]


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of (gold, found) that answer each other, and what is left over on both sides, as indices."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    wrong: tuple[int, ...]


def match(gold: Sequence[Statement], found: Sequence[Statement], level: str, *, strict: bool) -> Matching:
    """Match what stands in one unit (in one document at the document level), one to one.

    A found statement that answers only a gold statement which is not asked for (it needs inference, or the strict
    look cannot judge it) is neither right nor wrong.
    Loose matching joins what strict matching joins first, so that it is never lower.
    """
    same: Same = Argument.touches if level == "evidence" else Argument.same
    asked = [number for number, each in enumerate(gold) if not each.inferred and not (strict and each.unsigned)]
    unasked = [each for number, each in enumerate(gold) if number not in set(asked)]
    open_found = dict(enumerate(found))
    pairs: list[tuple[int, int]] = []
    for test in (answers_strictly,) if strict else (answers_strictly, answers_loosely):
        taken = {number for number, _ in pairs}
        for number in asked:
            if number in taken:
                continue
            hit = next((n for n, each in open_found.items() if test(gold[number], each, same)), None)
            if hit is not None:
                del open_found[hit]
                pairs.append((number, hit))
    answered = {number for number, _ in pairs}
    # A second statement of a pair that the loose view has joined already is the same answer twice, not a new one.
    wrong = tuple(
        n
        for n, each in open_found.items()
        if not any(answers_loosely(other, each, same) for other in unasked)
        and (strict or not any(answers_loosely(gold[number], each, same) for number in answered))
    )
    missed = tuple(number for number in asked if number not in answered)
    if not strict:
        joined = [gold[number] for number in answered]
        missed = tuple(
            number for number in missed if not any(answers_loosely(gold[number], each, same) for each in joined)
        )
    return Matching(tuple(pairs), missed, wrong)


def answers_loosely(gold: Statement, found: Statement, same: Same) -> bool:
    """Return whether both join the same pair, whichever way round."""
    return (same(gold.subject, found.subject) and same(gold.object, found.object)) or (
        same(gold.subject, found.object) and same(gold.object, found.subject)
    )


def answers_strictly(gold: Statement, found: Statement, same: Same) -> bool:
    """Return whether both say the same: pair, direction, sign, negation."""
    if gold.sign != found.sign or gold.negated != found.negated:
        return False
    if same(gold.subject, found.subject) and same(gold.object, found.object):
        return True
    return gold.predicate in SYMMETRIC and answers_loosely(gold, found, same)


def distinct(statements: Sequence[Statement], *, strict: bool) -> list[Statement]:
    """Return a document's statements, each said once: what the document level counts.

    What is stated anywhere is not inferred, and comes first.
    """
    kept: list[Statement] = []
    for each in sorted(statements, key=lambda statement: statement.inferred):
        test = answers_strictly if strict else answers_loosely
        if not any(test(other, each, Argument.same) for other in kept):
            kept.append(each)
    return kept
