"""How sure one piece of evidence is: the precision of its rule, and what in the sentence raises or lowers it.

Confidence is a sum of log-odds, so that it can be shown and redone by hand: `1 / (1 + exp(-sum))`. What a factor
weighs was fitted (`training/precision/`) and stands in `patterns/precision.json`; docs/confidence.md tells how.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from minex.extraction.select import Settled
from minex.extraction.tables import RESPONSE_RULE
from minex.model import Context, Document, PassageKind, Reason, Sentence
from minex.rules.precision import Precision

FACTORS: Mapping[str, str] = {
    "hedged": "the claim is marked as a guess",
    "negated": "the claim is denied",
    "reference": "a word (*it*, *this miRNA*) was taken for one of the two",
    "step": "a step down from where the rule looks to one of the two: *levels of X*, a list's second (up to six)",
    "listed": "the same words gave five pairs or more at once",
    "agreed": "another rule reads the same",
    "disputed": "another rule reads the opposite",
    "far": "twenty words or more lie between the two",
    "long": "the sentence has fifty words or more",
    "mended": "the parser's tree could not be right and was mended",
    "unlinked": "one of the two has no concept",
    "title": "the sentence is a title",
    "likely words": "the words around the two make it likely (0.9 or more)",
    "doubtful words": "the words around the two make it less likely than not",
    "cancer from elsewhere": "the cancer was taken from the title or the aim",
}
"""What may weigh, and when it does."""

LIMITS = (0.02, 0.99)
"""No sentence is surer or less sure than this."""


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability.

    Examples:
        >>> round(log_odds(0.8), 3)
        1.386
    """
    return math.log(probability / (1 - probability))


def probability(reasons: Iterable[Reason]) -> float:
    """Return the probability that a sum of reasons stands for, with three digits.

    Examples:
        >>> probability([Reason("active_verb", 1, 2.0), Reason("step", 2, -0.8)])
        0.769
    """
    least, most = LIMITS
    return round(min(max(1 / (1 + math.exp(-sum(each.log_odds for each in reasons))), least), most), 3)


def reasons_of(
    precision: Precision, settled: Settled, document: Document, sentence: Sentence, context: Context
) -> tuple[Reason, ...]:
    """Return what makes a settled claim so sure: the precision of its rule, then each factor that holds.

    What was weighed has its own probability, in which everything that stands in the sentence has its part.
    """
    claim = settled.claim
    if claim.sure is not None:
        least, most = LIMITS
        return (
            Reason(f"{claim.rule}, as likely as they make it", 1, log_odds(min(max(claim.sure, least), most))),
        )
    start = precision.of(claim.rule, "table" if claim.rule == RESPONSE_RULE else "verb")
    reasons = [Reason(f"{claim.rule}, {start.known}", 1, log_odds(start.value))]
    for name, times in holding(settled, document, sentence, context).items():
        reasons.append(Reason(name, times, times * precision.factors.get(name, 0.0)))
    return tuple(reasons)


def holding(settled: Settled, document: Document, sentence: Sentence, context: Context) -> dict[str, int]:
    """Return how many times each factor holds for a settled claim, of those that do."""
    claim = settled.claim
    sides = (claim.subject, claim.object)
    first, last = min(side.end for side in sides), max(side.start for side in sides)
    words = len(document.text[sentence.start : sentence.end].split())
    facts = {
        "hedged": claim.hedged,
        "negated": claim.negated,
        "reference": len(claim.references),
        "step": 0 if claim.references else min(claim.steps, 6),
        "listed": claim.listed >= 5,
        "agreed": settled.agreed,
        "disputed": settled.disputed,
        "far": first < last and len(document.text[first:last].split()) >= 20,
        "long": words >= 50,
        "mended": claim.mended,
        "unlinked": not all(side.concepts for side in sides),
        "likely words": claim.likely is not None and claim.likely >= 0.9,
        "doubtful words": claim.likely is not None and claim.likely < 0.5,
        "title": sentence.kind is PassageKind.TITLE,
        "cancer from elsewhere": dict(context.sources).get("cancer", "sentence") not in ("sentence", "header"),
    }
    return {name: int(facts[name]) for name in FACTORS if facts[name]}
