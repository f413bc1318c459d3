"""Which found statement answers which gold statement, at three levels and two strictnesses.

Levels: *evidence* (a unit, and both mentions' places), *pair* (a unit and two names), *document* (two names).
Loose: the pair is joined, whichever way. Strict: direction, sign and negation too. What strict matching joins,
loose matching joins too, so that it is never lower.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from minex.evaluation.items import SYMMETRIC, Argument, Statement

LEVELS = ("evidence", "pair", "document")
STRICTNESS = ("loose", "strict")

Same = Callable[[Argument, Argument], bool]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of (gold, found) that answer each other, and what is left over on both sides, as indices."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    wrong: tuple[int, ...]


def match(gold: Sequence[Statement], found: Sequence[Statement], level: str, *, strict: bool) -> Matching:
    """Match what stands in one unit (in one document at the document level): as many pairs as can be.

    A found statement that answers only a gold statement which is not asked for (it needs inference, or the strict
    look cannot judge it) is neither right nor wrong. One that says again what is answered already is neither, and
    a gold statement that asks again for it is not missed.
    """
    same: Same = Argument.touches if level == "evidence" else Argument.same
    answers = answers_strictly if strict else answers_loosely
    asked = [number for number, each in enumerate(gold) if is_asked(each, strict=strict)]
    unasked = [each for each in gold if not is_asked(each, strict=strict)]
    joint = most_pairs([gold[number] for number in asked], found, lambda one, two: answers(one, two, same))
    pairs = tuple((asked[one], two) for one, two in joint)
    answered, taken = dict(pairs), {number for _, number in pairs}
    joined = [gold[number] for number in answered]
    missed = tuple(
        number
        for number in asked
        if number not in answered and not any(answers(gold[number], each, same) for each in joined)
    )
    wrong = tuple(
        number
        for number, each in enumerate(found)
        if number not in taken
        and not any(answers_loosely(other, each, same) for other in unasked)
        and not any(answers(other, each, same) for other in joined)
    )
    return Matching(pairs, missed, wrong)


def is_asked(gold: Statement, *, strict: bool) -> bool:
    """Return whether a look asks for a gold statement."""
    return not gold.inferred and not (strict and gold.unsigned)


def most_pairs(ones: Sequence[T], twos: Sequence[T], fit: Callable[[T, T], bool]) -> list[tuple[int, int]]:
    """Return as many pairs that fit as there can be, as indices, each in one pair, in order.

    Taken one by one, the first would take what only a later one fits, and the figures would hang on the order.

    Examples:
        >>> most_pairs("ab", "ab", lambda one, two: one == "a" or two == "a")
        [(0, 1), (1, 0)]
    """
    edges = [(i, j) for i, one in enumerate(ones) for j, two in enumerate(twos) if fit(one, two)]
    if len({one for one, _ in edges}) == len(edges) == len({two for _, two in edges}):
        return edges
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    rows, columns = zip(*edges, strict=True)
    graph = csr_matrix(([True] * len(edges), (rows, columns)), shape=(len(ones), len(twos)))
    partners = maximum_bipartite_matching(graph, perm_type="column")
    return [(one, int(two)) for one, two in enumerate(partners) if two >= 0]


def answers_loosely(gold: Statement, found: Statement, same: Same) -> bool:
    """Return whether both join the same pair, whichever way round."""
    return (same(gold.subject, found.subject) and same(gold.object, found.object)) or (
        same(gold.subject, found.object) and same(gold.object, found.subject)
    )


def answers_strictly(gold: Statement, found: Statement, same: Same) -> bool:
    """Return whether both say the same: pair, direction, sign, negation; it is the same from either side."""
    if gold.sign != found.sign or gold.negated != found.negated:
        return False
    if same(gold.subject, found.subject) and same(gold.object, found.object):
        return True
    return bool(SYMMETRIC & {gold.predicate, found.predicate}) and answers_loosely(gold, found, same)


def distinct(statements: Sequence[Statement]) -> list[Statement]:
    """Return a document's statements, each said once: what the document level counts.

    What is stated anywhere is not inferred, and what is signed anywhere is signed: these come first.
    """
    kept: list[Statement] = []
    for each in sorted(statements, key=lambda statement: (statement.inferred, statement.unsigned)):
        if not any(answers_strictly(other, each, Argument.same) for other in kept):
            kept.append(each)
    return kept
