"""What an annotated corpus is, in whatever format it came: documents with their gold mentions and relations.

Offsets are code points of :attr:`Document.text`, end exclusive, whatever the file counted. Types, ids and
predicates stay as given: what they mean to minex is the evaluation's decision, not the reader's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from minex.evaluation.corpora.kinds import split_ids
from minex.formats.base import Limits, Source
from minex.model import Document, Failure

Argument = int | str
"""What a relation joins: a mention, by its index, or whatever a concept names, by the concept's id."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A span that a corpus annotates; `concepts` are ids as given, and `id` is the file's own name for it.

    `discontinuous` says that the corpus names several stretches and `start` and `end` cover them all;
    `trigger` that the span is the word of an event rather than a thing.
    """

    start: int
    end: int
    text: str
    type: str
    concepts: tuple[str, ...] = ()
    id: str = ""
    discontinuous: bool = False
    trigger: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """What a corpus says of two things, or of a pair that it says nothing holds of (`positive` is false).

    `sign` is 1 (raises), -1 (lowers), 0 (says neither) or None (the corpus has no signs, or none for this
    type). `directed` is False for a symmetric relation and None where the corpus does not tell. `negated` and
    `hedged` are None where the corpus does not mark them. `other_label` is what the corpus's second set of
    labels says of the pair, if it has one. `where` is the file and line, and `id` the file's own name.
    """

    subject: Argument
    object: Argument
    type: str = ""
    sign: int | None = None
    directed: bool | None = None
    negated: bool | None = None
    hedged: bool | None = None
    positive: bool = True
    other_label: bool | None = None
    id: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with what a corpus says of it; `where` is the file and the line at which it begins.

    minex's own output repeats no text: read as gold, such a document has no passages, and only its mentions
    have texts.
    """

    document: Document
    mentions: tuple[GoldMention, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    where: str = ""

    def mentions_of(self, argument: Argument) -> tuple[int, ...]:
        """Return the indices of the mentions that an argument of a relation may mean, in order.

        An id means each mention of the concept, and several ids in one (BioRED's `D017180|D014693`) each mention
        of all of them. Where no mention has the id it means each of exactly this text: some corpora relate names.

        Examples:
            >>> from minex.model import Passage
            >>> text = Document("d", (Passage("BCL2 and Bcl-2"),))
            >>> one = GoldMention(0, 4, "BCL2", "Gene", ("596",))
            >>> two = GoldMention(9, 14, "Bcl-2", "Gene", ("596",))
            >>> AnnotatedDocument(text, (one, two)).mentions_of("596")
            (0, 1)
        """
        return (argument,) if isinstance(argument, int) else mentions_named(self.mentions, argument)


def mentions_named(mentions: Sequence[GoldMention], argument: str) -> tuple[int, ...]:
    """Return the indices of the mentions that an id means, or else a name; see `AnnotatedDocument.mentions_of`."""
    ids = {argument}
    found = tuple(index for index, each in enumerate(mentions) if ids.issubset(each.concepts))
    if not found and (ids := set(split_ids(argument))):
        found = tuple(index for index, each in enumerate(mentions) if ids.issubset(each.concepts))
    return found or tuple(index for index, each in enumerate(mentions) if each.text == argument)


CorpusItems = Iterator[AnnotatedDocument | Failure]


@dataclass(frozen=True, slots=True)
class CorpusFormat:
    """A corpus format: its name for people, how its first bytes are known, and its reader.

    `read` yields what the file holds, in order; it raises :class:`InputError` only before the first item.
    """

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[Source, Limits], CorpusItems]
