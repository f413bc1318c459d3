"""Any annotated corpus as truth: its sentences are the units, its relations the statements.

Relations between ids are asked of every sentence that names both; one whose two sides never share a sentence is
not asked of a reader of sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from minex.evaluation.corpora import AnnotatedDocument, GoldMention, GoldRelation
from minex.evaluation.items import Argument, Statement, Truth, Unit
from minex.lexicon import Lexicon
from minex.model import Evidence, Mention, MentionType, Reading, Sentence, Span
from minex.syntax.sentences import split_document

_SIGNED = {1: "increases", -1: "decreases", 0: "associated_with"}
"""Predicates that stand for the signs of a corpus; only the sign is compared."""

_XREFS = {
    "GENE": ("NCBIGene:",),
    "CANCER": ("MESH:", "OMIM:"),
    "DISEASE": ("MESH:", "OMIM:"),
    "CHEMICAL": ("MESH:",),
}


@dataclass(frozen=True, slots=True)
class CorpusTruth:
    """A corpus document as truth, its mentions as minex is given them, and what it can judge.

    `types` are the pairs of types that the document relates, `listed` the pairs of things of which it says
    anything, `negatives` whether it names pairs that do not hold, `unmapped` how many of its relations join a
    type without a mapping.
    """

    truth: Truth
    given: tuple[Mention, ...]
    types: frozenset[frozenset[str]]
    listed: frozenset[frozenset[str]]
    negatives: bool
    unmapped: int


def corpus_truth(annotated: AnnotatedDocument, types: Mapping[str, str], lexicon: Lexicon) -> CorpusTruth:
    """Return a corpus document as truth.

    Types without a mapping keep their own name and take part in nothing; ids that the lexicon has as
    cross-references (NCBI Gene, MeSH) become its own.
    """
    given = tuple(_mention(each, types, lexicon) for each in annotated.mentions)
    native = [each for each in given if each.type in MentionType.__members__]
    units: list[Unit] = []
    for number, sentence in enumerate(split_document(annotated.document), start=1):
        here = tuple(each for each in native if sentence.start <= each.start < sentence.end)
        statements = tuple(_statements(annotated, given, sentence))
        place = f"{annotated.where or annotated.document.id} sentence {number}"
        span = Span(sentence.start, sentence.end)
        units.append(Unit(str(number), place, span, mentions=here, statements=statements))
    sides = [
        (given[one], given[two])
        for relation in annotated.relations
        for one in annotated.mentions_of(relation.subject)
        for two in annotated.mentions_of(relation.object)
    ]
    known = [(one, two) for one, two in sides if {one.type, two.type} <= set(MentionType.__members__)]
    return CorpusTruth(
        Truth(annotated.document, tuple(units)),
        given,
        frozenset(frozenset((one.type, two.type)) for one, two in known),
        frozenset(frozenset((one.key, two.key)) for one, two in known),
        any(not relation.positive for relation in annotated.relations),
        len(sides) - len(known),
    )


def judgeable(reading: Reading, truth: CorpusTruth, types: frozenset[frozenset[str]], *, listed: bool) -> Reading:
    """Return a reading with only the evidence that a corpus can judge.

    A corpus that lists pairs which do not hold judges the pairs that it lists; any other judges every pair of
    `types`, those that it relates anywhere.
    """

    def judged(evidence: Evidence) -> bool:
        if listed:
            return frozenset((evidence.subject.key, evidence.object.key)) in truth.listed
        return frozenset((evidence.subject.type, evidence.object.type)) in types

    return replace(reading, evidence=tuple(filter(judged, reading.evidence)))


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


def _statements(annotated: AnnotatedDocument, given: Sequence[Mention], sentence: Sentence) -> Iterator[Statement]:
    """Yield what a corpus says in a sentence, each pair of names once; a pair said to hold nowhere is none."""
    said: dict[tuple[str, str], Statement] = {}
    for relation in annotated.relations:
        if not relation.positive:
            continue
        for subject in _here(annotated, given, relation.subject, sentence):
            for object in _here(annotated, given, relation.object, sentence):
                if subject.key == object.key or not {subject.type, object.type} <= set(MentionType.__members__):
                    continue
                key = (min(subject.key, object.key), max(subject.key, object.key))
                statement = _statement(relation, subject, object, given, sentence)
                # Of several relations of one pair the one that says most stays.
                if key not in said or (said[key].inferred, said[key].unsigned) > (
                    statement.inferred,
                    statement.unsigned,
                ):
                    said[key] = statement
    yield from said.values()


def _here(
    annotated: AnnotatedDocument, given: Sequence[Mention], argument: int | str, sentence: Sentence
) -> list[Mention]:
    found = [given[number] for number in annotated.mentions_of(argument)]
    return [each for each in found if sentence.start <= each.start < sentence.end]


def _statement(
    relation: GoldRelation, subject: Mention, object: Mention, given: Sequence[Mention], sentence: Sentence
) -> Statement:
    def argument(mention: Mention) -> Argument:
        spans = tuple(
            each.span for each in given if each.key == mention.key and sentence.start <= each.start < sentence.end
        )
        return Argument(mention.type, mention.name, mention.concepts, spans)

    symmetric = relation.sign == 0 or relation.directed is False
    return Statement(
        argument(subject),
        "associated_with" if symmetric and not relation.sign else _SIGNED[relation.sign or 0],
        argument(object),
        negated=bool(relation.negated),
        hedged=bool(relation.hedged),
        unsigned=relation.sign is None or (relation.directed is None and relation.sign != 0),
    )
