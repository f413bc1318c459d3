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
    agreed: bool = False
    """Whether another rule read the same pair with the same sign."""
    disputed: bool = False
    """Whether a rule read the pair with the opposite sign."""


def settle(claims: Iterable[Claim]) -> list[Settled]:
    """Return the claims that stand, in the order of the text.

    Of claims with one pair and one sign the rule of highest priority wins. A claim that says how (a sign)
    beats one that only says that (`regulates`, `binds`). Of opposite signs the better read one stands: in 3,000
    pieces of evidence no sentence was found that said both of one pair, and eleven that were misread so.
    """
    by_pair: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        by_pair.setdefault((claim.subject.key, claim.object.key), []).append(claim)
    settled = [each for rivals in by_pair.values() for each in _settle_pair(rivals)]
    return sorted(
        settled, key=lambda each: (each.claim.trigger.start, each.claim.subject.start, each.claim.object.start)
    )


def said_by(claims: Iterable[Claim]) -> list[tuple[str, str, int, str]]:
    """Return what stands of some claims: the keys of subject and object, sign and predicate, in order and once."""
    stands = (settled.claim for settled in settle(claims))
    return sorted({(each.subject.key, each.object.key, each.sign, each.predicate) for each in stands})


def _rank(claim: Claim) -> tuple[int, int, int, int, int]:
    distance = abs(claim.subject.start - claim.trigger.start) + abs(claim.object.start - claim.trigger.start)
    return (claim.priority, -len(claim.references), -claim.steps, -distance, -claim.trigger.start)


def _settle_pair(rivals: list[Claim]) -> list[Settled]:
    signed = [claim for claim in rivals if claim.sign]
    beside = [claim for claim in rivals if claim.predicate == _STANDS_BESIDE]
    slots = [[claim for claim in signed if claim.sign == sign] for sign in (1, -1)]
    winners = [(_best(slot), slot) for slot in slots if slot]
    if len(winners) == 2:
        # What the sentence names is read better than what a word of it stands for.
        winners = [max(winners, key=lambda pair: (not pair[0].references, _rank(pair[0])))]
    unsigned = [claim for claim in rivals if not claim.sign and claim.predicate != _STANDS_BESIDE]
    if beside:
        winners.append((_best(beside), beside))
    elif unsigned and not signed:
        winners.append((_best(unsigned), unsigned))
    disputed = len({claim.sign for claim in signed}) == 2
    # What only says that there is an effect is beaten by what says which.
    return [
        replace(_with_company(winner, [*slot, *unsigned] if winner.sign else slot), disputed=disputed)
        for winner, slot in winners
    ]


def _best(slot: list[Claim]) -> Claim:
    """Return the claim of highest rank; what another verb affirms is not lost to what this one denies.

    *X lowered Y but did not target it* affirms the one and denies the other, and has one place for both.
    """
    best = max(slot, key=_rank)
    if best.negated:
        affirmed = [claim for claim in slot if not claim.negated and claim.trigger != best.trigger]
        return max(affirmed, key=_rank, default=best)
    return best


def _with_company(winner: Claim, slot: list[Claim]) -> Settled:
    spans = {(winner.subject.start, winner.subject.end), (winner.object.start, winner.object.end)}
    also: list[Span] = []
    alike = [claim for claim in slot if claim.negated == winner.negated]
    for claim in alike:
        for mention in (claim.subject, claim.object):
            if claim.sign == winner.sign and (mention.start, mention.end) not in spans:
                spans.add((mention.start, mention.end))
                also.append(mention.span)
    rules = dict.fromkeys(claim.rule for claim in slot if claim.rule != winner.rule)
    # A reporter assay in the same breath makes the winner direct, whichever rule saw it.
    direct = next((claim for claim in alike if claim.direct and claim.sign <= 0), None)
    if winner.sign == -1 and direct is not None:
        predicate = "targets" if direct.predicate == "targets" else winner.predicate
        winner = replace(winner, direct=True, predicate=predicate)
    agreed = any(claim.rule != winner.rule and claim.sign == winner.sign for claim in alike)
    return Settled(winner, tuple(also), tuple(rules), agreed)
