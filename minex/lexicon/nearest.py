"""What a long name means that no list has as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from minex.lexicon.lexicon import Candidate, Lexicon

THRESHOLD = 0.8
"""How alike names must be: below it, on one half of NCBI-disease, what was found was wrong."""


@dataclass(frozen=True, slots=True)
class Near:
    """What a name is taken for, by which name of it, and how alike the two are."""

    candidate: Candidate
    name: str
    similarity: float


@lru_cache(maxsize=1 << 14)
def nearest(lexicon: Lexicon, name: str) -> Near | None:
    """Return what a long name means that no list has as it is written, None if that is not sure.

    Examples:
        >>> near = nearest(Lexicon.load(), "breast-ovarian cancer syndromes")
        >>> near.name, near.candidate.id, round(near.similarity, 2)
        ('breast and ovarian cancer syndrome', 'DOID:5683', 0.95)
        >>> nearest(Lexicon.load(), "hypoxic state") is None
        True
    """
    known, similarity = next(iter(lexicon.near_names.like(name)), ("", 0.0))
    candidates = lexicon.candidates(known) if similarity >= THRESHOLD else ()
    if not candidates or any(other.status == candidates[0].status for other in candidates[1:]):
        return None  # of two that are as good none is sure
    return Near(candidates[0], known, similarity)
