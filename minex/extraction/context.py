"""Where a statement was observed: cancer, oxygen, vesicle, cells, species.

Taken from the sentence (in a table also from the headers); for a slot that it leaves open, from the document's
title, then from the sentence that states its aim. A title often names a cancer more loosely (*oral cancer*) than
its abstract does (*oral squamous cell carcinoma*): then it is the abstract's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from minex.model import CONTEXT_SLOTS, Context, Document, Mention, PassageKind, Sentence

_SLOT_OF_TYPE = {
    "CANCER": "cancer",
    "CONDITION": "condition",
    "VESICLE": "vesicle",
    "CELL_LINE": "cell_line",
    "CELL_TYPE": "cell_type",
    "SPECIES": "species",
}
# A vesicle or an oxygen condition of the title does not hold for each sentence; a cancer and a species do.
_INHERITED = ("cancer", "species")
_ANY_CANCER = "DOID:162"
"""Of a paper on tumours as such no one cancer is told by naming it somewhere."""
_AIM = re.compile(
    r"\b(?:aim|aimed|purpose|objective|we (?:investigated|examined|studied|explored|sought))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class ContextReader:
    """The contexts of one document's sentences."""

    document: Document
    title: tuple[Mention, ...]
    aim: tuple[Mention, ...]
    title_source: str = "title"

    @classmethod
    def of(
        cls,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        above: Callable[[str], Collection[str]] = lambda id: (),
    ) -> ContextReader:
        """Collect what the title and the aims name.

        Parameters:
            above: what lies above a concept.
        """
        titles = [each for each in sentences if each.kind is PassageKind.TITLE and each.passage == 0]
        # A text in one piece mostly begins with its title; what is taken from there says so.
        source = "title" if titles else "first sentence"
        titles = titles or list(sentences[:1])
        aims = [each for each in sentences if _AIM.search(document.text, each.start, each.end)][:2]
        exactly = _exactly(mentions, above)
        return cls(document, exactly(_within(titles, mentions)), exactly(_within(aims, mentions)), source)

    def read(
        self, mentions: Sequence[Mention], arguments: Iterable[Mention], headers: Sequence[Mention] = ()
    ) -> Context:
        """Return the context of a statement, from its sentence's mentions other than its own arguments.

        `headers` are what the header of a table's row names: it holds for the row.
        """
        arguments = tuple(arguments)
        own = {mention.key for mention in arguments}
        # What is said of a cancer is said of it, whatever the title is about.
        named = {_SLOT_OF_TYPE[mention.type] for mention in arguments if mention.type in _SLOT_OF_TYPE}
        slots: dict[str, tuple[Mention, ...]] = {}
        sources: list[tuple[str, str]] = []
        places = (("sentence", mentions), ("header", headers), (self.title_source, self.title), ("aim", self.aim))
        for source, candidates in places:
            found = _slots(candidates, own)
            for slot, values in found.items():
                inherited = slot in _INHERITED and slot not in named
                if slot not in slots and (source in ("sentence", "header") or inherited):
                    slots[slot] = values
                    sources.append((slot, source))
        return Context(**slots, sources=tuple(sorted(sources)))


def _within(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(
        mention
        for mention in mentions
        if any(sentence.start <= mention.start and mention.end <= sentence.end for sentence in sentences)
    )


def _exactly(
    mentions: Sequence[Mention], above: Callable[[str], Collection[str]]
) -> Callable[[Iterable[Mention]], tuple[Mention, ...]]:
    """Return what puts for a cancer the one kind of it that the document names, if it names no two kinds."""
    cancers: dict[str, Mention] = {}
    for mention in mentions:
        if mention.type == "CANCER" and mention.concepts:
            cancers.setdefault(mention.key, mention)

    def one(mention: Mention) -> Mention:
        if mention.key not in cancers or mention.key == _ANY_CANCER:
            return mention
        below = [key for key in cancers if mention.key in above(key)]
        ends = [key for key in below if all(key == other or other in above(key) for other in below)]
        return cancers[ends[0]] if ends else mention

    return lambda found: tuple(one(mention) for mention in found)


def _slots(mentions: Iterable[Mention], without: set[str]) -> dict[str, tuple[Mention, ...]]:
    slots: dict[str, dict[str, Mention]] = {}
    for mention in mentions:
        slot = _SLOT_OF_TYPE.get(mention.type)
        if slot is not None and mention.key not in without:
            slots.setdefault(slot, {}).setdefault(mention.key, mention)
    return {slot: tuple(slots[slot].values()) for slot in CONTEXT_SLOTS if slot in slots}
