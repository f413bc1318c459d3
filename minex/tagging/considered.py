"""What every name in a document could have meant, and why it was taken for what it was: for people who ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minex.lexicon import Lexicon, Match
from minex.lexicon.nearest import nearest
from minex.model import Document, Mention, Sentence
from minex.tagging.resolution import Weighed, weigh
from minex.tagging.tagger import Tagger

KINDS = ("curated name", "symbol or label", "full name", "alias", "former name", "related name")
"""What the status of a candidate says in words."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A name in a text, its candidates, best first, and the id of the one that it was taken for, if any.

    `of_species` is the gene of another species that stands for the chosen one, for the text is about that species.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Weighed, ...]
    chosen: str = ""
    of_species: str = ""


def consider(lexicon: Lexicon, document: Document, sentences: Sequence[Sentence]) -> list[Considered]:
    """Return what the names of a document that the lexicon knows could mean, in their order.

    What the document defines itself, and miRNAs, are not among them: there is nothing to choose.

    Examples:
        >>> from minex.model import Passage
        >>> document = Document("text:1", (Passage("the PTEN gene"),))
        >>> (name,) = consider(Lexicon.load(), document, [Sentence(0, len(document.text))])
        >>> name.text, name.chosen, name.candidates[0].evidence
        ('PTEN', 'HGNC:9588', ('beside a word of genes',))
    """
    watching = _Watching(lexicon)
    mentions = watching.tag(document, sentences)
    linked = {(mention.start, mention.end): mention.concepts[0] for mention in mentions if mention.concepts}
    found = []
    for match, weighed in sorted(watching.seen, key=lambda one: one[0].start):
        id = linked.get((match.start, match.end), "")
        # A gene of mouse or rat is below the human one, which is what the lexicon has names of.
        wanted = ((id,), lexicon.ancestors(id) if id else ())
        chosen = next((w.candidate.id for ids in wanted for w in weighed if w.candidate.id in ids), "")
        other = id if chosen and chosen != id else ""
        found.append(Considered(match.start, match.end, match.text, weighed, chosen, other))
    found += [_by_likeness(lexicon, mention) for mention in mentions if mention.finder == "approximate"]
    return sorted(found, key=lambda name: (name.start, name.end))


def _by_likeness(lexicon: Lexicon, mention: Mention) -> Considered:
    near = nearest(lexicon, mention.text)
    seen = (Weighed(near.candidate, round(near.similarity, 3), (f"approximately {near.name!r}",)),) if near else ()
    return Considered(mention.start, mention.end, mention.text, seen, mention.concepts[0])


class _Watching(Tagger):
    """The tagger itself, looked at while it works, so that what is told cannot differ from what is done."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon)
        self.seen: list[tuple[Match, tuple[Weighed, ...]]] = []
        self._dropped: tuple[Weighed, ...] = ()

    def _supported(self, match: Match, *others: Any) -> tuple[Match, frozenset[str]]:
        left, supported = super()._supported(match, *others)
        gone = (candidate for candidate in match.candidates if candidate not in left.candidates)
        self._dropped = tuple(Weighed(each, 0.0, ("no word of the document supports it",)) for each in gone)
        return left, supported

    def _from_match(
        self,
        match: Match,
        text: str,
        known: Mapping[str, frozenset[str]],
        shouted: bool,
        among_genes: bool,
        supported: frozenset[str],
    ) -> Mention | None:
        weighed = weigh(match, text, known, shouted, among_genes, supported)
        self.seen.append((match, (*weighed, *self._dropped)))
        return super()._from_match(match, text, known, shouted, among_genes, supported)
