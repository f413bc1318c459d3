"""Long forms and short forms that were given as mentions of their own: *long name (LN)*.

minex's own tagging gives both one concept. Mentions that others give may have none: then what is said of the one
is said of the other, which the brackets say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from minex.extraction.claims import Claim
from minex.model import Mention

_OPENS = re.compile(r"\s*[(\[]\s*")
_CLOSES = re.compile(r"\s*[)\],;]")


def same_things(mentions: Sequence[Mention], text: str) -> dict[Mention, Mention]:
    """Return for each mention the one that the brackets around it, or behind it, call the same.

    Parameters:
        mentions: those of one sentence, in order.
        text: the document's text.

    Example:
        >>> long, short = Mention(0, 13, "interleukin-6", "GENE"), Mention(15, 19, "IL-6", "GENE")
        >>> same_things([long, short], "interleukin-6 (IL-6) rose.")[short].text
        'interleukin-6'
    """
    same: dict[Mention, Mention] = {}
    for first, second in pairwise(mentions):
        if (
            first.type == second.type
            and _OPENS.fullmatch(text, first.end, max(first.end, second.start))
            and _CLOSES.match(text, second.end)
        ):
            same[first], same[second] = second, first
    return same


def said_of_both(claims: Iterable[Claim], mentions: Sequence[Mention], text: str) -> Iterator[Claim]:
    """Yield the claims, and each again for the other name of what it is about."""
    same = same_things(mentions, text)
    for claim in claims:
        for subject in (claim.subject, same.get(claim.subject)):
            for target in (claim.object, same.get(claim.object)):
                if subject is not None and target is not None and subject.key != target.key:
                    yield replace(claim, subject=subject, object=target)
