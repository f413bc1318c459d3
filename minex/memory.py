"""A vocabulary that does not grow for ever, and does not forget the words that every text has."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

KEPT_WORDS = 30_000
"""Words met first are kept: by Zipf's law they are most of what comes later, and making one costs 50 µs."""


def zone(nlp: Language) -> AbstractContextManager[Any]:
    """Return a context for work with a pipeline: once its vocabulary is large, new words are let go after it.

    spaCy's memory zones alone would forget *the* after every batch.
    """
    return nullcontext(nlp) if len(nlp.vocab) < KEPT_WORDS else nlp.memory_zone()
