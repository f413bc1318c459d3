"""Any annotated corpus as truth: its sentences are the units, its relations the statements.

Where a corpus relates ids, it speaks of whole documents: these are the units then. A pair that never shares a
sentence is not asked of a reader of sentences, nor judged where a word such as *it* stands for one of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from minex.evaluation.corpora import AnnotatedDocument, GoldMention, GoldRelation
from minex.evaluation.items import Argument, Statement, Truth, Unit
from minex.evaluation.match import distinct
from minex.lexicon import Lexicon
from minex.model import Evidence, Mention, MentionType, Reading, Span
from minex.syntax.sentences import split_document

_SIGNED = {1: "increases", -1: "decreases", 0: "associated_with"}
"""Predicates that stand for the signs of a corpus; only the sign is compared."""

_SIDES = frozenset({"MIRNA", "GENE", "LNCRNA", "CANCER", "DISEASE", "CONDITION", "VESICLE", "PROCESS", "CHEMICAL"})
"""What can be a side of a statement; cells, species and methods are its context."""

_ILLNESSES = frozenset({"CANCER", "DISEASE"})

_XREFS = {
    "GENE": ("NCBIGene:",),
    "CANCER": ("MESH:", "OMIM:"),
    "DISEASE": ("MESH:", "OMIM:"),
    "CHEMICAL": ("MESH:",),
}


@dataclass(frozen=True, slots=True)
class CorpusTruth:
    """A corpus document as truth, and what it can judge.

    `types` are the pairs of types that the document relates, `listed` the pairs of things of which it says
    anything, `negatives` whether it names pairs that do not hold, `unasked` how many pairs of mentions it
    relates of which one can be no side of a statement.
    """

    truth: Truth
    types: frozenset[frozenset[str]]
    listed: frozenset[frozenset[str]]
    negatives: bool
    unasked: int


def given_mentions(
    annotated: AnnotatedDocument, types: Mapping[str, str], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return a corpus document's mentions as minex is given them.

    Types without a mapping keep their own name and take part in nothing; ids that the lexicon has as
    cross-references (NCBI Gene, MeSH) become its own.
    """
    return tuple(_mention(each, types, lexicon) for each in annotated.mentions)


def corpus_truth(
    annotated: AnnotatedDocument, given: Sequence[Mention], found: Sequence[Mention] = ()
) -> CorpusTruth:
    """Return a corpus document as truth, from its mentions as minex is given them.

    A mention that the corpus does not link is what minex takes it for (`found`): its names cannot be compared.
    """
    given = tuple(each if each.concepts else _linked(each, found) for each in given)
    native = [each for each in given if each.type in MentionType.__members__]
    where = annotated.where or annotated.document.id
    sentences = [Span(each.start, each.end) for each in split_document(annotated.document)]
    said = [_statements(annotated, given, span) for span in sentences]
    if any(isinstance(side, str) for each in annotated.relations for side in (each.subject, each.object)):
        whole = Span(0, len(annotated.document.text))
        statements = distinct([each for unit in said for each in unit])
        units = [Unit("all", where, whole, "document", "", tuple(native), tuple(statements))]
    else:
        units = [
            Unit(str(number), f"{where} sentence", span, "text", "", _within(native, span), tuple(statements))
            for number, (span, statements) in enumerate(zip(sentences, said, strict=True), start=1)
        ]
    sides = [
        (given[one], given[two])
        for relation in annotated.relations
        for one in annotated.mentions_of(relation.subject)
        for two in annotated.mentions_of(relation.object)
    ]
    known = [(one, two) for one, two in sides if {one.type, two.type} <= _SIDES]
    return CorpusTruth(
        Truth(annotated.document, tuple(units)),
        frozenset(frozenset((one.type, two.type)) for one, two in known),
        frozenset(frozenset((one.key, two.key)) for one, two in known),
        any(not relation.positive for relation in annotated.relations),
        len(sides) - len(known),
    )


def judgeable(
    reading: Reading,
    truth: CorpusTruth,
    kinds: frozenset[str],
    types: frozenset[frozenset[str]],
    *,
    listed: bool,
) -> Reading:
    """Return a reading with only what a corpus can judge: mentions of `kinds`, the types that it marks anywhere.

    A corpus that lists pairs which do not hold judges the pairs that it lists; any other judges every pair of
    `types`, those that it relates anywhere. Where it does not tell cancers from other diseases, neither is asked.
    Where its sentences are the units it judges no pair of which one side is named in the sentence before.
    """
    by_sentence = all(unit.kind != "document" for unit in truth.truth.units)
    blur = "DISEASE" in kinds and "CANCER" not in kinds

    def seen(mention: Mention) -> Mention:
        return replace(mention, type="DISEASE") if blur and mention.type == "CANCER" else mention

    def judged(evidence: Evidence) -> bool:
        if by_sentence and not all(
            evidence.sentence.contains(each.span) for each in (evidence.subject, evidence.object)
        ):
            return False
        if listed:
            return frozenset((evidence.subject.key, evidence.object.key)) in truth.listed
        return frozenset((evidence.subject.type, evidence.object.type)) in types

    evidence = (replace(each, subject=seen(each.subject), object=seen(each.object)) for each in reading.evidence)
    mentions = tuple(each for each in map(seen, reading.mentions) if each.type in kinds)
    return replace(reading, mentions=mentions, evidence=tuple(filter(judged, evidence)))


def _linked(mention: Mention, found: Sequence[Mention]) -> Mention:
    """Return an unlinked mention with the concept of what was found in its place, of its type, if anything was."""
    there = [each for each in found if each.concepts and each.span.overlaps(mention.span)]
    alike = [each for each in there if each.type == mention.type or {each.type, mention.type} <= _ILLNESSES]
    best = max(alike, key=lambda each: each.span == mention.span, default=None)
    return mention if best is None else replace(mention, concepts=best.concepts, name=best.name or best.text)


def _mention(mention: GoldMention, types: Mapping[str, str], lexicon: Lexicon) -> Mention:
    kind = types.get(mention.type, mention.type)
    concepts = tuple(_concept(kind, each, lexicon) for each in mention.concepts)
    return Mention(
        mention.start, mention.end, mention.text, kind, concepts, mention.text, "given", given_type=mention.type
    )


def _concept(kind: str, id: str, lexicon: Lexicon) -> str:
    if lexicon.concept(id) is not None:
        return id
    for prefix in ("", *_XREFS.get(kind, ())):
        if (known := lexicon.by_xref(prefix + id)) is not None:
            return known
    return id


def _within(mentions: Iterable[Mention], span: Span) -> tuple[Mention, ...]:
    return tuple(each for each in mentions if span.start <= each.start < span.end)


def _statements(annotated: AnnotatedDocument, given: Sequence[Mention], span: Span) -> list[Statement]:
    """Return what a corpus says in a sentence, each pair of names once."""
    said: dict[frozenset[str], Statement] = {}
    for relation in annotated.relations:
        if not relation.positive:
            continue
        sides = (
            _within((given[n] for n in annotated.mentions_of(side)), span)
            for side in (relation.subject, relation.object)
        )
        for subject, object in product(*sides):
            if subject.key == object.key or not {subject.type, object.type} <= _SIDES:
                continue
            pair = frozenset((subject.key, object.key))
            statement = _statement(relation, subject, object, _within(given, span))
            # Of several relations of one pair the one that says most stays.
            if pair not in said or said[pair].unsigned > statement.unsigned:
                said[pair] = statement
    return list(said.values())


def _statement(relation: GoldRelation, subject: Mention, object: Mention, here: Sequence[Mention]) -> Statement:
    def argument(mention: Mention) -> Argument:
        spans = tuple(each.span for each in here if each.key == mention.key)
        return Argument(mention.type, mention.name, mention.concepts, spans)

    return Statement(
        argument(subject),
        _SIGNED[relation.sign or 0],
        argument(object),
        negated=bool(relation.negated),
        hedged=bool(relation.hedged),
        unsigned=relation.sign is None or (relation.directed is None and relation.sign != 0),
    )
