"""Belief: how sure the evidence makes us of a triple, as a pure function that anyone can redo by hand.

Each document is one witness, however often it repeats itself. What a witness weighs is the confidence of its
best sentence, halved if that is hedged. Sentences that report another's finding (cited, background, review)
would count one finding many times; so all of them together make **one** further witness, as strong as the
best of them, halved. With `c` for the weight of a witness, `for` and `against`:

    S = sum of -ln(1 - c) over the witnesses for it      A = the same over those against it (negated)
    belief = (1 - exp(-S)) * S / (S + A)

The first factor is the noisy-or, `1 - product of (1 - c)`; the second is the share of the weight that speaks
for it. One more witness for never lowers a belief, one more against never raises it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

HEDGED_WEIGHT = 0.5
"""What a hedged sentence (*may inhibit*) counts of its confidence."""

SECOND_HAND_WEIGHT = 0.5
"""What the one witness counts that stands for all cited, background and review sentences."""

CERTAINTY_LIMIT = 0.99
"""No single witness is surer than this, so that no belief is ever closed to what comes later."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What belief looks at in one piece of evidence of an active document.

    `against` is true where the sentence denies the claim, or affirms its opposite.
    """

    document: str
    confidence: float
    own: bool = True
    hedged: bool = False
    against: bool = False


def belief(witnesses: Iterable[Witness]) -> float:
    """Return how sure the witnesses make us, from 0 to 1, whatever their order.

    Examples:
        >>> belief([Witness("PMID:1", 0.8)])
        0.8
        >>> belief([Witness("PMID:1", 0.8), Witness("PMID:1", 0.6)])  # it repeats itself
        0.8
        >>> belief([Witness("PMID:1", 0.8), Witness("PMID:2", 0.8)])
        0.96
        >>> belief([Witness("PMID:3", 0.8, own=False), Witness("PMID:4", 0.8, own=False)])
        0.4
        >>> belief([Witness("PMID:1", 0.8), Witness("PMID:2", 0.8, against=True)])
        0.4
        >>> belief([])
        0.0
    """
    best: tuple[dict[str, float], dict[str, float]] = (defaultdict(float), defaultdict(float))
    second_hand = [0.0, 0.0]
    for witness in witnesses:
        side = int(witness.against)
        weight = witness.confidence * (HEDGED_WEIGHT if witness.hedged else 1.0)
        if witness.own:
            best[side][witness.document] = max(best[side][witness.document], weight)
        else:
            second_hand[side] = max(second_hand[side], weight * SECOND_HAND_WEIGHT)
    support, opposition = (
        # fsum is exact, so the order of documents cannot show in the last digit.
        math.fsum(
            -math.log1p(-min(weight, CERTAINTY_LIMIT)) for weight in (*best[side].values(), second_hand[side])
        )
        for side in (0, 1)
    )
    if support <= 0.0:
        return 0.0
    return round(-math.expm1(-support) * support / (support + opposition), 6)
