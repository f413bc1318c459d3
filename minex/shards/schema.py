"""What stands in a shard: a row a document with all that was found in it, a row a failure, a row a concept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as arrow

from minex.model import (
    CONTEXT_SLOTS,
    Concept,
    Context,
    Document,
    Evidence,
    Failure,
    Mention,
    MentionType,
    Origin,
    Passage,
    PassageKind,
    Reading,
    Reason,
    Record,
    Reference,
    Sentence,
    SourceMap,
    Span,
    Status,
    TableCell,
)
from minex.shards.columns import Choice, Column, ListOf, Plain, Struct, Text


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a reading (`document` with what was found), what failed (with its document, if there is one), or
    what the lexicon knows of a concept that a reading names.
    """

    document: Document | None = None
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    failure: Failure | None = None
    concept: Concept | None = None

    @classmethod
    def of(cls, found: Reading | Failure, document: Document | None = None) -> Row:
        """Return the row of a reading, or of a failure with the document that it is of."""
        if isinstance(found, Failure):
            return cls(document, failure=found)
        return cls(found.document, found.sentences, found.mentions, found.evidence)

    def reading(self, document: Document) -> Reading:
        """Return the reading, of the document as it is to be stored."""
        return Reading(document, self.sentences, self.mentions, self.evidence)


_int = Plain(arrow.int64())
_int_or_none = Plain(arrow.int64(), optional=True)
_float = Plain(arrow.float64())
_bool = Plain(arrow.bool_())
_text = Text()
_text_or_none = Text(optional=True)
_texts = ListOf(_text)


def _pair(first: str, second: str, column: Column) -> Struct:
    return Struct(lambda a, b: (a, b), {first: column, second: column}, get=lambda pair: pair)


SPAN = Struct(Span, {"start": _int, "end": _int})
SENTENCE = Struct(
    Sentence, {"start": _int, "end": _int, "passage": _int, "kind": Choice(PassageKind), "section": _text}
)
MENTION = Struct(
    Mention,
    {
        "start": _int,
        "end": _int,
        "text": _text,
        "type": _text,
        "concepts": _texts,
        "name": _text,
        "finder": _text,
        "given_type": _text_or_none,
    },
)
CONTEXT = Struct(
    Context,
    {**{slot: ListOf(MENTION) for slot in CONTEXT_SLOTS}, "sources": ListOf(_pair("slot", "source", _text))},
)
REASON = Struct(Reason, {"what": _text, "times": _int, "log_odds": _float})
EVIDENCE = Struct(
    Evidence,
    {
        "document": _text,
        "subject": MENTION,
        "predicate": _text,
        "object": MENTION,
        "sentence": SPAN,
        "rule": _text,
        "trigger": SPAN.or_none(),
        "direct": _bool,
        "negated": _bool,
        "hedged": _bool,
        "correlation": _int_or_none,
        "manipulation": _texts,
        "method": _texts,
        "context": CONTEXT,
        "origin": Choice(Origin),
        "confidence": _float,
        "also": ListOf(SPAN),
        "overridden": _texts,
        "references": _texts,
        "stand_ins": ListOf(SPAN),
        "reasons": ListOf(REASON),
    },
)
CELL = Struct(TableCell, {"row": _int, "header": _text, "start": _int, "end": _int})
SOURCE = Struct(
    lambda anchors: SourceMap(anchors),
    {"anchors": ListOf(_pair("offset", "source_offset", _int))},
    get=lambda source: (source.anchors,),
    optional=True,
)
PASSAGE = Struct(
    Passage,
    {"text": _text, "section": _text, "kind": Choice(PassageKind), "source": SOURCE, "cells": ListOf(CELL)},
)
REFERENCE = Struct(Reference, {"kind": _text, "pmid": _text_or_none, "text": _text})
_RECORD: dict[str, Column] = {
    "id": _text,
    "passages": ListOf(PASSAGE),
    "pmid": _text_or_none,
    "pmcid": _text_or_none,
    "doi": _text_or_none,
    "title": _text,
    "journal": _text,
    "date": _text,
    "language": _text,
    "pubtypes": _texts,
    "mesh": _texts,
    "references": ListOf(REFERENCE),
    "status": Choice(Status),
    "status_reason": _text,
    "source": _text,
    "record": Choice(Record),
    "version": _int,
}
RECORD = Struct(Document, _RECORD)
"""A document without parts: its parts themselves have none."""
DOCUMENT = Struct(Document, {**_RECORD, "parts": ListOf(RECORD)}, optional=True)
FAILURE = Struct(
    Failure,
    {
        "stage": _text,
        "code": _text,
        "message": _text,
        "where": _text,
        "document": _text_or_none,
        "record": Choice(Record, optional=True),
    },
    optional=True,
)
CONCEPT = Struct(
    Concept,
    {"id": _text, "type": Choice(MentionType), "name": _text, "parents": _texts, "xrefs": _texts},
    optional=True,
)
ROW = Struct(
    Row,
    {
        "document": DOCUMENT,
        "sentences": ListOf(SENTENCE),
        "mentions": ListOf(MENTION),
        "evidence": ListOf(EVIDENCE),
        "failure": FAILURE,
        "concept": CONCEPT,
    },
)

SCHEMA = arrow.schema(ROW.fields)
"""The columns of a shard."""

DESCRIPTIONS: dict[str, str] = {
    "document": "The publication with its text; empty in a row of a concept or of what could not be read at all.",
    "document.passages": "Its title, paragraphs, captions and tables; `text` offsets elsewhere point into them "
    "joined by one line feed, and count code points.",
    "document.passages.source": "Where characters stand in the file that was read: pairs of offsets.",
    "document.passages.cells": "A table's cells: row, the column's header, and the span in the passage.",
    "document.references": "Notices that tie it to other publications, such as its retraction.",
    "document.record": "What tells of it: `citation`, `article` or `text`; `version` is PubMed's of a citation.",
    "document.source": "The file, and the record's number in it.",
    "document.parts": "The records that were made one document, each with the fields of a document.",
    "sentences": "Start, end, number of the passage, kind of passage, heading.",
    "mentions": "Start, end, text, type, concepts (CURIEs, the best first), name, what found it.",
    "evidence": "A sentence that says one thing of a pair: subject, predicate, object (mentions), `sentence` and "
    "`trigger` (spans), rule, and what the table `evidence` of a database has.",
    "evidence.context": "A list of mentions a slot, and in `sources` where each slot was read.",
    "evidence.reasons": "The terms of the sum that `confidence` is made of.",
    "failure": "Stage, code, message and place of what failed, and of which document and record.",
    "concept": "What the lexicon knows of a concept that a mention of this shard names, or that is above one.",
}
"""What the columns mean, as far as their names do not say it."""


def listing() -> Iterator[tuple[str, str, str]]:
    """Yield each described column: its name with dots, its type, and what it means."""
    for name, what in DESCRIPTIONS.items():
        yield name, _kind(name), what


def _kind(name: str) -> str:
    column: Column = ROW
    for word in name.split("."):
        inner = column.inner if isinstance(column, ListOf) else column
        if not isinstance(inner, Struct):
            raise KeyError(name)
        column = inner.columns[word]
    if isinstance(column, ListOf):
        return "list"
    return "struct" if isinstance(column, Struct) else str(column.kind)
