"""Where mentions may stand: sentences, stretches taken, how far the meaning of a short form reaches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from minex.model import Mention, Sentence
from minex.tagging.abbreviations import Definition


def without_overlap(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield mentions without overlap: miRNAs, then the longest; of two as long, what the document defines."""
    taken = Taken(())
    for mention in sorted(
        mentions, key=lambda m: (m.finder != "mirna", m.start - m.end, m.finder != "abbreviation", m.start)
    ):
        if taken.free(mention.start, mention.end):
            taken.add(mention.start, mention.end)
            yield mention


class Meanings:
    """What a document's short forms mean, and from where on: a later definition does not reach back."""

    def __init__(self, defined: Iterable[tuple[Definition, Mention | None]]) -> None:
        self._by_short: dict[str, list[tuple[int, Mention | None]]] = {}
        for definition, meaning in defined:
            self._by_short.setdefault(definition.short, []).append((definition.start, meaning))

    def __iter__(self) -> Iterator[Mention | None]:
        return (meaning for meanings in self._by_short.values() for _, meaning in meanings)

    def __contains__(self, short: str) -> bool:
        return short in self._by_short

    @property
    def shorts(self) -> frozenset[str]:
        return frozenset(self._by_short)

    def at(self, short: str, place: int) -> Mention | None:
        """Return what a short form means at a place: as defined last before it, else as defined first."""
        meanings = self._by_short[short]
        before = [meaning for start, meaning in meanings if start <= place]
        return before[-1] if before else meanings[0][1]


class Taken:
    """Which stretches of a text already belong to a mention."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((mention.start, mention.end) for mention in mentions):
            if not self._ends or start >= self._ends[-1]:
                self._starts.append(start)
                self._ends.append(end)
            else:
                self._ends[-1] = max(end, self._ends[-1])

    def add(self, start: int, end: int) -> None:
        """Take a stretch that is free."""
        index = bisect_right(self._starts, start)
        self._starts.insert(index, start)
        self._ends.insert(index, end)

    def free(self, start: int, end: int) -> bool:
        index = bisect_right(self._ends, start)
        return index == len(self._starts) or self._starts[index] >= end


class Sentences:
    """A document's sentences, asked by offset."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._shouted: dict[int, bool] = {}

    def holds(self, start: int, end: int) -> bool:
        """Return whether a span lies within one sentence."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._sentences[index].end

    def text_at(self, offset: int) -> str:
        """Return the sentence at an offset."""
        sentence = self._sentences[max(bisect_right(self._starts, offset) - 1, 0)]
        return self._text[sentence.start : sentence.end]

    def shouted(self, offset: int) -> bool:
        """Return whether the sentence at an offset is written in capitals."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        if index not in self._shouted:
            inside = self._text[self._sentences[index].start : self._sentences[index].end]
            upper = sum(map(str.isupper, inside))
            lower = sum(map(str.islower, inside))
            self._shouted[index] = upper > 20 and upper > 3 * lower
        return self._shouted[index]
