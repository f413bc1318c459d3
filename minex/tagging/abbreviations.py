"""Short forms that a document defines, by scispaCy's detector, one sentence at a time.

Schwartz and Hearst's algorithm, as scispaCy has it, looks for *long form (short form)*. It is run on a
sentence's own tokens and only where there is a bracket, so a long form never reaches into another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

from minex.memory import zone
from minex.model import Sentence

# (SHORT), also of two words, or SHORT (long form). The detector is dear; most brackets hold neither.
_BRACKET = re.compile(
    r"[(\[](?=[^()\[\]]*[A-Z])[^()\[\]\s;,=]{2,12}(?:\s[^()\[\]\s;,=]{1,8})?[)\]]"
    r"|\b(?=[a-zα-ω0-9-]*[A-Z])[\w-]{2,10}\s\([A-Za-zα-ω][^()]{6,80}\)"
)
_LONGEST_SENTENCE = 2000


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form with the span of the long form that defines it."""

    short: str
    start: int
    end: int
    long: str


def find_definitions(text: str, sentences: Iterable[Sentence]) -> list[Definition]:
    """Return the definitions of a document's sentences, in order.

    Examples:
        >>> text = "We studied prostate cancer (PCA)."
        >>> [(d.short, d.long) for d in find_definitions(text, [Sentence(0, len(text))])]
        [('PCA', 'prostate cancer')]
    """
    found: list[Definition] = []
    for sentence in sentences:
        inside = text[sentence.start : sentence.end]
        if len(inside) <= _LONGEST_SENTENCE and _BRACKET.search(inside):
            found.extend(_in_sentence(inside, sentence.start))
    return found


def _in_sentence(inside: str, offset: int) -> list[Definition]:
    from scispacy.abbreviation import filter_matches, find_abbreviation

    nlp, matcher = _pipeline()
    found = []
    with zone(nlp):
        doc = nlp.make_doc(inside)
        brackets = [(name, start + 1, end - 1) for name, start, end in matcher(doc)]
        for long_candidate, short_candidate in filter_matches(brackets, doc):
            short, long = find_abbreviation(long_candidate, short_candidate)
            if long is not None and _plausible(short.text, long.text):
                start, end = offset + long.start_char, offset + long.end_char
                found.append(Definition(short.text, start, end, long.text))
    return sorted(set(found), key=lambda d: (d.start, d.end, d.short))


def _plausible(short: str, long: str) -> bool:
    """Return whether a short form is one: not a word, not longer than what it stands for."""
    return 2 <= len(short) <= 12 and len(long) > len(short) and any(c.isupper() for c in short)


@lru_cache(maxsize=1)
def _pipeline() -> tuple[Language, Any]:
    """Return a tokenizer and the matcher of scispaCy's detector: what stands in round brackets."""
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("en")
    matcher = Matcher(nlp.vocab)
    matcher.add("parenthesis", [[{"ORTH": "("}, {"OP": "+"}, {"ORTH": ")"}]])
    return nlp, matcher


def occurrences(text: str, shorts: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return where short forms stand in a text, also in the plural: start, end, short form.

    Examples:
        >>> occurrences("EVs and an EV, not EVA", ["EV"])
        [(0, 3, 'EV'), (11, 13, 'EV')]
    """
    if not shorts:
        return []
    either = "|".join(re.escape(short) for short in sorted(set(shorts), key=lambda s: (-len(s), s)))
    pattern = re.compile(rf"(?<![^\W]|_)(?P<short>{either})s?(?![^\W]|_)")
    return [(match.start(), match.end(), match["short"]) for match in pattern.finditer(text)]
