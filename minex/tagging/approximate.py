"""Long names of diseases, cancers and processes that no list has as they are written: the last resort.

A head that no other name covers (*syndrome*, *deficiencies*) is read with the words before it, the longest
stretch first, and linked where the lexicon has the same words in other forms. Never a symbol, a gene or a miRNA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minex.lexicon import Lexicon
from minex.lexicon.approximate import SHORTEST
from minex.lexicon.nearest import Near, nearest
from minex.model import Mention
from minex.tagging.spans import Taken

_MOST_WORDS = 5
_FARTHEST = 90
# First letters are left out so that a capital makes no difference: a plain search is far faster than a pattern.
_HEADS = {
    "yndrome": "s?",
    "isease": "s?",
    "isorder": "s?",
    "nfection": "s?",
    "ransition": "s?",
    "alformation": "s?",
    "eficienc": "y|ies",
    "ystroph": "y|ies",
    "nomal": "y|ies",
    "opath": "y|ies",
    "yspla": "sias?",
    "aemi": "as?",
    "olari": "[sz]ation",
}
_ENDS = {head: re.compile(rf"{head}(?:{end})(?!\w)") for head, end in _HEADS.items()}
_BEFORE = re.compile(r"[^\W_][\w'’-]*(?: [^\W_][\w'’-]*)*$")
_NO_PART = re.compile(
    r"the|a|an|of|and|or|in|with|for|from|by|to|on|at|as|is|are|was|were|be|been|that|which|this|these|those|such|its|"
    r"their|his|her|our|we|it|they|not?|nor|but|than|both|all|other|any|each|between|ha[dsv]e?|who|when|where|after|"
    r"before|during|also|only|more|most|very|may|can|into|under|over|via|per",
    re.IGNORECASE,
)


def find(text: str, lexicon: Lexicon, taken: Taken) -> Iterator[Mention]:
    """Yield the long names whose heads nothing else covers.

    Examples:
        >>> text = "It is a rare X-linked disorder."
        >>> [(mention.text, mention.name) for mention in find(text, Lexicon.load(), Taken(()))]
        [('X-linked disorder', 'X-linked monogenic disease')]
    """
    for head, end in _heads(text):
        if not taken.free(head, end):
            continue
        for start in _beginnings(text, head):
            near = nearest(lexicon, text[start:end]) if end - start >= SHORTEST else None
            if near is not None:
                yield mention(lexicon, start, text[start:end], near)
                break


def is_long(name: str) -> bool:
    """Return whether a name has words enough to be known by its words.

    Examples:
        >>> is_long("X-linked disorder"), is_long("P-glycoprotein"), is_long("the spread of cells")
        (True, False, False)
    """
    words = name.split()
    return len(words) > 1 and not _NO_PART.fullmatch(words[0])


def mention(lexicon: Lexicon, start: int, text: str, near: Near) -> Mention:
    """Return a name in a text as a mention of what it is taken for."""
    one = near.candidate
    return Mention(start, start + len(text), text, str(one.type), (one.id,), lexicon.name(one.id), "approximate")


def _heads(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words begin to read like a head of a long name, and where they end."""
    for head, pattern in _ENDS.items():
        at = text.find(head)
        while at >= 0:
            whole = pattern.match(text, at)
            if whole:
                yield at, whole.end()
            at = text.find(head, at + 1)


def _beginnings(text: str, head: int) -> Iterator[int]:
    """Yield where names with a head may begin, the longest first: at words that could belong to them."""
    before = _BEFORE.search(text, max(0, head - _FARTHEST), head + 1)
    if before is None:
        return
    words = before[0].split(" ")
    first = len(words) - 1
    while first and len(words) - first < _MOST_WORDS and not _NO_PART.fullmatch(words[first - 1]):
        first -= 1
    at = before.start() + sum(len(word) + 1 for word in words[:first])
    for word in words[first:]:
        yield at
        at += len(word) + 1
