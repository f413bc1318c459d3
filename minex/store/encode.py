"""A reading as rows, ready for `executemany`: everything that can go wrong in one document goes wrong here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from minex.model import (
    CONTEXT_SLOTS,
    PREDICATE_SIGNS,
    Document,
    Evidence,
    Mention,
    Origin,
    Passage,
    PassageKind,
    Reading,
    Span,
    Triple,
)

Row = tuple[Any, ...]

Said = tuple[str, float, int, int, int, int, "str | None"]
"""What a sentence says: triple, confidence, whether the finding is its own, negated, hedged, direct, verdict."""

TEXT_KEY = "text:"
"""How the concept id of an unlinked mention begins: `text:GENE:foxp9`."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Encoded:
    """The rows of what was read of one document. Evidence and context lack their number, which the writer gives.

    `evidence` rows lack `nr` and `run_id`; a `context` row begins with the position of its evidence.
    `triples` are (id, subject, predicate, object, sign), `said` what each piece of evidence says, for
    :mod:`minex.store.counts`, as yet without a verdict. `named` is what the text itself calls concepts that
    the lexicon may not know: (concept, type, name).
    """

    id: str
    document: Document
    kept: bool
    passages: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    context: list[Row] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    triples: dict[str, Row] = field(default_factory=dict)
    named: set[tuple[str, str, str]] = field(default_factory=set)


def clean(text: str) -> str:
    """Return text that UTF-8 can hold: lone surrogates, one for one, as U+FFFD.

    Examples:
        >>> clean("miR-21 \\ud83d")
        'miR-21 �'
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


# json.dumps would make an encoder at each call.
to_json = json.JSONEncoder(ensure_ascii=False).encode
"""Turn an object into JSON that keeps letters as they are."""

# What a word of a fixed set is written as. An enum's own str() is Python, and costs as much as the rest of a row.
_plain = str.__str__


@lru_cache(maxsize=65536)
def _json_words(words: tuple[str, ...]) -> str:
    return to_json([clean(word) for word in words])


def _json_list(words: tuple[str, ...]) -> str:
    """Return words as JSON, for columns that are empty in most rows."""
    return _json_words(words) if words else "[]"


def _json_spans(spans: tuple[Span, ...]) -> str:
    return to_json([[span.start, span.end] for span in spans]) if spans else "[]"


@lru_cache(maxsize=65536)
def _triple_id(subject: str, predicate: str, object: str) -> str:
    return Triple.make_id(subject, predicate, object)


def encode(reading: Reading, id_: str, *, keep_all: bool) -> Encoded:
    """Turn a reading into rows of the document with an id.

    Raises:
        ValueError: if an offset lies outside the document, a predicate is unknown or a confidence is not from
            0 to 1. (KeyError and TypeError may come from objects that break the model's types.)
    """
    document = reading.document
    encoded = Encoded(id_, document, keep_all or bool(reading.evidence))
    if encoded.kept:
        encoded.passages = [
            (id_, number, start, start + len(p.text), str(p.kind), clean(p.section), clean(p.text), *_places(p))
            for number, (start, p) in enumerate(zip(document.passage_starts, document.passages, strict=True))
        ]
        rows = _EvidenceRows(encoded, clean(document.text))
        rows.add_mentions(reading.mentions)
        for position, evidence in enumerate(reading.evidence):
            rows.add(position, evidence)
    return encoded


def _places(passage: Passage) -> tuple[str | None, str | None]:
    """Return a passage's cells and anchors as JSON: with them the document can be read again from the database."""
    cells = [[cell.row, clean(cell.header), cell.start, cell.end] for cell in passage.cells]
    is_table = cells or passage.kind is PassageKind.TABLE
    return (
        to_json(cells) if is_table else None,
        to_json(passage.source.anchors) if passage.source is not None else None,
    )


def encode_described(document: Document, *, kept: bool) -> Row:
    """Return a document's row from its id to its notices; of one that is not kept only identity and year."""
    identity = (clean(document.id), *(id_ and clean(id_) for id_ in (document.pmid, document.pmcid, document.doi)))
    if not kept:
        return (*identity, None, None, None, document.year, None, None, None, None)
    notices = [{"kind": r.kind, "pmid": r.pmid, "text": clean(r.text)} for r in document.references]
    return (
        *identity,
        clean(document.title),
        clean(document.journal),
        clean(document.date),
        document.year,
        clean(document.language),
        _json_words(document.pubtypes),
        _json_words(document.mesh),
        to_json(notices),
    )


def evidence_id(document: str, triple: str, sentence: str, negated: bool, again: int = 1) -> str:
    """Return a content hash that offsets do not enter, so that it survives a change elsewhere in the text.

    Parameters:
        again: which of several equal sentences of the document it is, from 1.
    """
    base = f"{document}\x1f{triple}\x1f{int(negated)}\x1f{sentence}".encode()
    return hashlib.sha256(base if again == 1 else b"%b\x1f%d" % (base, again)).hexdigest()[:16]


class _EvidenceRows:
    """Builds the rows of one document; remembers what it has seen of it."""

    def __init__(self, encoded: Encoded, text: str) -> None:
        self.encoded = encoded
        self.document = encoded.document
        self.id = encoded.id
        self.text = text
        self.length = len(text)
        self.mapped = any(passage.source is not None for passage in self.document.passages)
        self.keys: dict[int, str] = {}
        self.seen: set[tuple[int, int, str, str]] = set()
        self.ids: set[str] = set()
        self.sentences: dict[tuple[int, int], tuple[str, str, int | None, int | None]] = {}

    def add_mentions(self, mentions: Sequence[Mention]) -> None:
        """Write down mentions, the innermost loop of the store; :meth:`key` tells what of one is written."""
        keys, seen, length, document = self.keys, self.seen, self.length, self.id
        name_it, write = self.encoded.named.add, self.encoded.mentions.append
        for mention in mentions:
            start, end, text, concepts = mention.start, mention.end, mention.text, mention.concepts
            name = mention.name or text
            if not (concepts and text.isascii() and name.isascii()) or mention.given_type is not None:
                self.key(mention)
                continue
            key = concepts[0]
            if not (0 <= start < end <= length and key.isascii()):
                self.key(mention)
                continue
            keys[id(mention)] = key
            type_ = _plain(mention.type)
            place = (start, end, type_, key)
            if place not in seen:
                seen.add(place)
                name_it((key, type_, name))
                write((document, start, end, text, type_, key, name, _json_words(concepts), mention.finder, None))

    def key(self, mention: Mention) -> str:
        """Return a mention's concept id, and write the mention down if this is the first that is seen of it."""
        known = self.keys.get(id(mention))
        if known is not None:
            return known
        start, end, text, type_ = mention.start, mention.end, mention.text, _plain(mention.type)
        if not 0 <= start < end <= self.length:
            raise ValueError(f"the mention {text!r} at {start}-{end} lies outside the text")
        name = mention.name or text
        text, name, key = clean(text), clean(name), clean(mention.key)
        self.keys[id(mention)] = key
        place = (start, end, type_, key)
        if place not in self.seen:
            self.seen.add(place)
            self.encoded.named.add((key, type_, name))
            self.encoded.mentions.append(
                (
                    self.id,
                    start,
                    end,
                    text,
                    type_,
                    key,
                    name,
                    _json_list(mention.concepts),
                    mention.finder,
                    mention.given_type and clean(mention.given_type),
                )
            )
        return key

    def add(self, position: int, evidence: Evidence) -> None:
        """Write one piece of evidence with its triple and its context."""
        subject, object_, trigger = evidence.subject, evidence.object, evidence.trigger
        predicate = evidence.predicate
        sign = PREDICATE_SIGNS.get(predicate)
        if sign is None:
            raise ValueError(f"{predicate!r} is no predicate; known are {', '.join(PREDICATE_SIGNS)}")
        if not 0.0 <= evidence.confidence <= 1.0:
            raise ValueError(f"a confidence is from 0 to 1, not {evidence.confidence}")
        subject_key, object_key = self.key(subject), self.key(object_)
        triple = _triple_id(subject_key, predicate, object_key)
        if triple not in self.encoded.triples:
            self.encoded.triples[triple] = (triple, subject_key, predicate, object_key, sign)
        sentence, section, source_start, source_end = self.sentence(evidence.sentence)
        direct, negated, hedged = int(evidence.direct), int(evidence.negated), int(evidence.hedged)
        own = int(evidence.origin is Origin.OWN)
        self.encoded.said.append((triple, evidence.confidence, own, negated, hedged, direct, None))
        self.encoded.evidence.append(
            (
                self.evidence_id(triple, sentence, evidence.negated),
                triple,
                self.id,
                sentence,
                evidence.sentence.start,
                evidence.sentence.end,
                subject.start,
                subject.end,
                clean(subject.text),
                _plain(subject.type),
                object_.start,
                object_.end,
                clean(object_.text),
                _plain(object_.type),
                trigger.start if trigger else None,
                trigger.end if trigger else None,
                self.text[trigger.start : trigger.end] if trigger else None,
                predicate,
                sign,
                direct,
                negated,
                hedged,
                evidence.correlation,
                _json_list(evidence.manipulation),
                _json_list(evidence.method),
                _json_spans((*evidence.also, *evidence.stand_ins)),
                clean(evidence.rule),
                _json_list(evidence.overridden),
                evidence.confidence,
                _plain(evidence.origin),
                section,
                source_start,
                source_end,
            )
        )
        self.add_context(position, evidence, subject_key)

    def add_context(self, position: int, evidence: Evidence, subject_key: str) -> None:
        context = evidence.context
        sources = dict(context.sources)
        for slot in CONTEXT_SLOTS:
            mentions: tuple[Mention, ...] = getattr(context, slot)
            if mentions:
                source = sources.get(slot, "sentence")
                self.encoded.context.extend(
                    (position, slot, self.key(m), clean(m.name or m.text), m.start, m.end, source, subject_key)
                    for m in mentions
                )

    def sentence(self, span: Span) -> tuple[str, str, int | None, int | None]:
        """Return a sentence's text, its section, and where it stands in the file."""
        place = span.start, span.end
        known = self.sentences.get(place)
        if known is None:
            if span.end > len(self.text):
                raise ValueError(f"the sentence at {span.start}-{span.end} lies outside the text")
            passages = self.document.passages
            section = clean(passages[self.document.passage_at(span.start)].section) if passages else ""
            start = end = None
            if self.mapped and len(span):
                start = self.document.to_source(span.start)
                # The end is exclusive, and may be another line of the file: go by the last character.
                last = self.document.to_source(span.end - 1)
                end = None if last is None else last + 1
            known = self.sentences[place] = (self.text[span.start : span.end], section, start, end)
        return known

    def evidence_id(self, triple: str, sentence: str, negated: bool) -> str:
        made = evidence_id(self.id, triple, sentence, negated)
        again = 1
        while made in self.ids:
            again += 1
            made = evidence_id(self.id, triple, sentence, negated, again)
        self.ids.add(made)
        return made
