"""Any reading that the model allows, and many that no pipeline would make, for property-based tests."""

from __future__ import annotations

from enum import Enum

from hypothesis import strategies as some

from minex.model import (
    PREDICATE_SIGNS,
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
from minex.shards.schema import Row

# Lone surrogates, the sign by which they are escaped, NUL: whatever a JSON string can hold.
text = some.text(some.characters(codec=None) | some.sampled_from("\x10\x00\ud83d\udc00"), max_size=12)
number = some.integers(0, 1 << 62)
maybe = some.none()


def few(what: some.SearchStrategy[object]) -> some.SearchStrategy[tuple[object, ...]]:
    return some.lists(what, max_size=2).map(tuple)


def word(words: type[Enum]) -> some.SearchStrategy[Enum]:
    return some.sampled_from(words)


spans = some.tuples(number, number).map(lambda pair: Span(min(pair), max(pair)))
sentences = some.builds(Sentence, number, number, number, word(PassageKind), text)
mentions = some.builds(Mention, number, number, text, text, few(text), text, text, given_type=maybe | text)
slots = {name: few(mentions) for name in ("cancer", "condition", "vesicle", "cell_line", "cell_type", "species")}
contexts = some.builds(Context, **slots, sources=few(some.tuples(text, text)))
evidence = some.builds(
    Evidence,
    document=text,
    subject=mentions,
    predicate=some.sampled_from(sorted(PREDICATE_SIGNS)),
    object=mentions,
    sentence=spans,
    rule=text,
    trigger=maybe | spans,
    direct=some.booleans(),
    negated=some.booleans(),
    hedged=some.booleans(),
    correlation=some.sampled_from([None, -1, 1]),
    manipulation=few(text),
    method=few(text),
    context=contexts,
    origin=word(Origin),
    confidence=some.floats(0, 1),
    also=few(spans),
    overridden=few(text),
    references=few(text),
    stand_ins=few(spans),
    reasons=few(some.builds(Reason, text, some.integers(0, 9), some.floats(allow_nan=False))),
)
cells = some.builds(TableCell, number, text, number, number)
sources = some.builds(SourceMap, few(some.tuples(number, number)))
passages = some.builds(Passage, text, text, word(PassageKind), maybe | sources, few(cells))


def _documents(parts: some.SearchStrategy[tuple[object, ...]]) -> some.SearchStrategy[Document]:
    return some.builds(
        Document,
        id=text,
        passages=few(passages),
        pmid=maybe | text,
        pmcid=maybe | text,
        doi=maybe | text,
        title=text,
        journal=text,
        date=text,
        language=text,
        pubtypes=few(text),
        mesh=few(text),
        references=few(some.builds(Reference, text, maybe | text, text)),
        status=word(Status),
        status_reason=text,
        source=text,
        record=word(Record),
        version=some.integers(-(1 << 40), 1 << 40),
        parts=parts,
    )


documents = _documents(few(_documents(some.just(()))))
failures = some.builds(Failure, text, text, text, text, document=maybe | text, record=maybe | word(Record))
concepts = some.builds(Concept, text, word(MentionType), text, few(text), few(text))
readings = some.builds(Reading, documents, few(sentences), few(mentions), few(evidence))
rows = some.one_of(
    readings.map(Row.of),
    some.builds(Row.of, failures, maybe | documents),
    some.builds(Row, concept=concepts),
)
