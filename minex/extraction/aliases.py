"""What is given in its long and its short form, as two mentions: *programmed cell death 4 (PDCD4)*.

Where minex tags itself, both have one concept, and a pair of concepts is one piece of evidence. Of mentions that
are given it knows the names alone, and names that differ are different pairs. So what is said of one form is said
of the other, where the pair has a miRNA: corpora of miRNAs mark both forms as related, those of events (BioNLP CG
and PC) only the form that their event stands at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from minex.extraction.claims import Claim
from minex.model import Mention, MentionType

_OPENING = re.compile(r"\s?\(\s?")
_CLOSING = re.compile(r"\s?\)")


def other_forms(text: str, mentions: Sequence[Mention]) -> dict[Mention, Mention]:
    """Return, for each mention beside another form of itself, that form.

    Parameters:
        text: the document's text.
        mentions: those of one sentence, in order.
    """
    found: dict[Mention, Mention] = {}
    for first, second in pairwise(mentions):
        bracket = first.type == second.type and _OPENING.fullmatch(text, first.end, second.start)
        if bracket and _CLOSING.match(text, second.end):
            found[first] = second
            found[second] = first
    return found


def spread(claims: Iterable[Claim], forms: dict[Mention, Mention]) -> Iterator[Claim]:
    """Yield claims of a miRNA and a form once more, with the other form in its place."""
    for claim in claims:
        if MentionType.MIRNA not in (claim.subject.type, claim.object.type):
            continue
        subjects = [claim.subject, forms.get(claim.subject)]
        objects = [claim.object, forms.get(claim.object)]
        for subject in filter(None, subjects):
            for object_ in filter(None, objects):
                if (subject, object_) != (claim.subject, claim.object):
                    yield replace(claim, subject=subject, object=object_)
