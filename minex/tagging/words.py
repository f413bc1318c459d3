"""A sentence's tokens for scispaCy's abbreviation detector: spaCy's, cut word by word and remembered.

A text has few different words, and spaCy's tokenizer looks at one at a time; so each is cut once a process, and
what the detector reads is no `Doc` but a list that has what it asks of one. That takes half of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from minex.cutting import cut
from minex.memory import zone

if TYPE_CHECKING:
    from spacy.language import Language

# Words one space apart. Other white space is a token of its own, and there the tokenizer reads the whole text.
_PLAIN = re.compile(r"\S+(?: \S+)*")


@dataclass(slots=True)
class Word:
    """A token as spaCy has it: its text, also with the space after it, and where it starts."""

    text: str
    text_with_ws: str
    start: int

    def __len__(self) -> int:
        return len(self.text)


class Words:
    """A stretch of tokens, which is to scispaCy's functions what spaCy's `Doc` and `Span` are."""

    __slots__ = ("_words",)

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Words: ...
    def __getitem__(self, index: int | slice) -> Word | Words:
        return Words(self._words[index]) if isinstance(index, slice) else self._words[index]

    @property
    def text(self) -> str:
        """The text without the space after its last token."""
        if not self._words:
            return ""
        return "".join([*(word.text_with_ws for word in self._words[:-1]), self._words[-1].text])

    @property
    def start_char(self) -> int:
        return self._words[0].start

    @property
    def end_char(self) -> int:
        return self._words[-1].start + len(self._words[-1].text)


def tokens(text: str) -> Words:
    """Return the tokens of a text.

    Examples:
        >>> [(word.text, word.start) for word in tokens("prostate cancer (PCA).")]
        [('prostate', 0), ('cancer', 9), ('(', 16), ('PCA', 17), (')', 20), ('.', 21)]
    """
    nlp = _pipeline()
    if not _PLAIN.fullmatch(text):
        with zone(nlp):
            return Words([Word(token.text, token.text_with_ws, token.idx) for token in nlp.make_doc(text)])
    words: list[Word] = []
    start = 0
    for word in text.split(" "):
        for part in cut(nlp, word):
            words.append(Word(part, part, start))
            start += len(part)
        words[-1].text_with_ws += " "
        start += 1
    words[-1].text_with_ws = words[-1].text
    return Words(words)


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    """Return the tokenizer that scispaCy's detector works on; its words need no shapes and prefixes."""
    import spacy

    nlp = spacy.blank("en")
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    return nlp
