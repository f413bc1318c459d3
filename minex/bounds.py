"""What of a document was passed over because no person writes such a sentence: told, never silent."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import isqrt

from minex.extraction.arguments import MAX_ARGUMENTS
from minex.extraction.claims import MAX_PAIRS, MAX_SURFACE
from minex.extraction.extractor import DocumentPlan
from minex.syntax.parse import Parse
from minex.syntax.pipeline import MAX_TOKENS

CROWDED = 2 * isqrt(MAX_PAIRS)
"""Below so many mentions a sentence cannot have more pairs than are made."""


def notices(plan: DocumentPlan, parses: Sequence[Parse | None]) -> tuple[str, ...]:
    """Return what its reader should know of a document: which sentences are read in part, and why."""
    return tuple(_notices(plan, parses))


def _notices(plan: DocumentPlan, parses: Sequence[Parse | None]) -> Iterator[str]:
    name = plan.document.id
    for request, parse in zip(plan.requests, parses, strict=True):
        if parse is None and request.text.strip():
            yield (
                f"{name}: the sentence at {request.start} ({len(request.text):,} characters) has more than "
                f"{MAX_TOKENS} words and was not parsed"
            )
    starts = [mention.start for mention in plan.mentions]
    for sentence in plan.sentences:
        crowd = bisect_left(starts, sentence.end) - bisect_left(starts, sentence.start)
        if crowd > CROWDED:
            yield (
                f"{name}: the sentence at {sentence.start} names {crowd:,} things; its lists are read up to "
                f"{MAX_ARGUMENTS} members and {MAX_PAIRS} pairs"
            )
        if sentence.end - sentence.start > MAX_SURFACE:
            yield f"{name}: word patterns were not tried in the sentence at {sentence.start}, which is too long"
