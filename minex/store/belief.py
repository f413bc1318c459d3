"""Belief: how sure the evidence makes us of a triple, as a pure function that anyone can redo by hand.

Each document is one witness, however often it repeats itself. What a witness weighs is the confidence of its
best sentence, halved if that is hedged. Sentences that report another's finding (cited, background, review)
would count one finding many times; so all of them together make **one** further witness, as strong as the
best of them, halved. With `c` for the weight of a witness:

    S = sum of -ln(1 - c) over the witnesses for it      A = the same over those against it
    belief = (1 - exp(-S)) * S / (S + A)

Where confidences come from, docs/confidence.md tells. The first factor is the noisy-or, `1 - product of (1 - c)`;
the second is the share of the weight that speaks for it. One more witness for never lowers a belief, one more
against never raises it.

Sums are whole numbers, of billionths. So they are the same whatever the order of documents, and the writer adds
a new document to them without a look at all the others. They stand in the `triple` table: the sum is shown.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

HEDGED_WEIGHT = 0.5
"""What a hedged sentence (*may inhibit*) counts of its confidence."""

SECOND_HAND_WEIGHT = 0.5
"""What the one witness counts that stands for all cited, background and review sentences."""

CERTAINTY_LIMIT = 0.99
"""No single witness is surer than this, so that no belief is ever closed to what comes later."""

UNITS = 10**9
"""How many units a sum has for each 1 of -ln(1 - c)."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What belief looks at in one piece of evidence of an active document.

    `against` is true where the sentence denies the claim.
    """

    document: str
    confidence: float
    own: bool = True
    hedged: bool = False
    against: bool = False


@lru_cache(maxsize=4096)
def weigh(confidence: float, own: bool, hedged: bool) -> int:
    """Return what one sentence adds to a sum, if it is the best of its document.

    Examples:
        >>> weigh(0.8, True, False)
        1609437912
    """
    certainty = confidence * (HEDGED_WEIGHT if hedged else 1.0) * (1.0 if own else SECOND_HAND_WEIGHT)
    return round(-math.log1p(-min(certainty, CERTAINTY_LIMIT)) * UNITS)


@dataclass(slots=True)
class Tally:
    """The sums behind a belief: documents for and against, and the best second-hand sentence of each side."""

    support: int = 0
    opposition: int = 0
    second_hand: int = 0
    second_hand_against: int = 0
    affirming: int = 0
    """Documents that affirm it, at first or second hand."""
    denying: int = 0
    """Documents that deny it."""

    def add_document(self, sentences: Iterable[tuple[int, bool, bool]]) -> None:
        """Add all that one document says: (weight, own, against) for each sentence."""
        support = opposition = 0
        affirming = denying = False
        for weight, own, against in sentences:
            if against:
                denying = True
                if own:
                    opposition = max(opposition, weight)
                else:
                    self.second_hand_against = max(self.second_hand_against, weight)
            else:
                affirming = True
                if own:
                    support = max(support, weight)
                else:
                    self.second_hand = max(self.second_hand, weight)
        self.support += support
        self.opposition += opposition
        self.affirming += affirming
        self.denying += denying

    def belief(self, contrary: Tally | None = None) -> float:
        """Return how sure this makes us; what speaks for the `contrary` claim speaks against this one."""
        support = self.support + self.second_hand
        if not support:
            return 0.0
        if contrary is None:
            against = self.opposition + self.second_hand_against
        else:
            second_hand = max(self.second_hand_against, contrary.second_hand)
            against = self.opposition + contrary.support + second_hand
        return round(-math.expm1(-support / UNITS) * support / (support + against), 6)


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
    documents: dict[str, list[tuple[int, bool, bool]]] = defaultdict(list)
    for one in witnesses:
        documents[one.document].append((weigh(one.confidence, one.own, one.hedged), one.own, one.against))
    tally = Tally()
    for sentences in documents.values():
        tally.add_document(sentences)
    return tally.belief()
