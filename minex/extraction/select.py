"""Rival claims settled: at most one for a sentence, a pair of concepts and a sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from minex.extraction.claims import Claim
from minex.model import Span

_STANDS_BESIDE = "carried_by"
"""Where something is does not rival what it does: this claim without a sign stands beside one with."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The claim that won, further mentions of its concepts in the sentence, and the rules that it beat."""

    claim: Claim
    also: tuple[Span, ...] = ()
    overridden: tuple[str, ...] = ()


def settle(claims: Iterable[Claim]) -> list[Settled]:
    """Return the claims that stand, in the order of the text.

    Of claims with one pair and one sign the rule of highest priority wins. A claim that says how (a sign)
    beats one that only says that (`regulates`, `binds`); opposite signs stand together only if two triggers
    of the same priority say them.
    """
    by_pair: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        by_pair.setdefault((claim.subject.key, claim.object.key), []).append(claim)
    settled = [each for rivals in by_pair.values() for each in _settle_pair(rivals)]
    return sorted(
        settled, key=lambda each: (each.claim.trigger.start, each.claim.subject.start, each.claim.object.start)
    )


def _rank(claim: Claim) -> tuple[int, float, int, int]:
    distance = abs(claim.subject.start - claim.trigger.start) + abs(claim.object.start - claim.trigger.start)
    return (claim.priority, claim.confidence, -distance, -claim.trigger.start)


def _settle_pair(rivals: list[Claim]) -> list[Settled]:
    signed = [claim for claim in rivals if claim.sign]
    beside = [claim for claim in rivals if claim.predicate == _STANDS_BESIDE]
    winners: list[Claim] = []
    for sign in (1, -1):
        same = [claim for claim in signed if claim.sign == sign]
        if same:
            winners.append(max(same, key=_rank))
    if len(winners) == 2:
        first, second = winners
        if first.trigger == second.trigger or first.priority != second.priority:
            winners = [max(winners, key=_rank)]
    unsigned = beside or ([] if signed else rivals)
    if unsigned:
        winners.append(max(unsigned, key=_rank))
    return [_with_company(winner, rivals) for winner in winners]


def _with_company(winner: Claim, rivals: list[Claim]) -> Settled:
    spans = {(winner.subject.start, winner.subject.end), (winner.object.start, winner.object.end)}
    also: list[Span] = []
    rules: list[str] = []
    for claim in rivals:
        if claim.rule != winner.rule and claim.rule not in rules:
            rules.append(claim.rule)
        if claim.sign != winner.sign:
            continue
        for mention in (claim.subject, claim.object):
            if (mention.start, mention.end) not in spans:
                spans.add((mention.start, mention.end))
                also.append(mention.span)
    # A reporter assay in the same breath makes the winner direct, whichever rule saw it.
    if winner.sign == -1 and any(claim.direct and claim.sign <= 0 for claim in rivals):
        direct = next(claim for claim in rivals if claim.direct and claim.sign <= 0)
        winner = replace(winner, direct=True, predicate=_direct_predicate(winner, direct))
    return Settled(winner, tuple(also), tuple(rules))


def _direct_predicate(winner: Claim, direct: Claim) -> str:
    return "targets" if direct.predicate == "targets" else winner.predicate
