"""A word's tokens, as a spaCy tokenizer cuts them, without asking it each time.

A tokenizer looks at one word at a time, and a text has few different ones: each is cut once a process. Most new
ones are not cut at all, as the tokenizer's own expressions say in a tenth of the time that a `Doc` takes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from minex.memory import zone

if TYPE_CHECKING:
    from spacy.language import Language


@lru_cache(maxsize=1 << 16)
def cut(nlp: Language, word: str) -> tuple[str, ...]:
    """Return the tokens of a word, which white space surrounds.

    Examples:
        >>> import spacy
        >>> cut(spacy.blank("en"), "(PCA).")
        ('(', 'PCA', ')', '.')
    """
    return (word,) if _is_whole(nlp, word) else _tokens(nlp, word)


def _is_whole(nlp: Language, word: str) -> bool:
    """Return whether a tokenizer has nothing to cut off: no exception, prefix, suffix or infix."""
    tokenizer: Any = nlp.tokenizer
    if type(tokenizer).__module__ != "spacy.tokenizer" or word in tokenizer.rules:
        return False
    ends = (tokenizer.prefix_search, tokenizer.suffix_search)
    if any(found is not None and found.end() > found.start() for find in ends if find for found in (find(word),)):
        return False
    return tokenizer.infix_finditer is None or next(iter(tokenizer.infix_finditer(word)), None) is None


def _tokens(nlp: Language, word: str) -> tuple[str, ...]:
    with zone(nlp):
        return tuple(token.text for token in nlp.make_doc(word))
