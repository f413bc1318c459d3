"""Evidence with a verdict, from every source that has any: what the counting counts and the plot is drawn from.

Of a piece of evidence only the rule, the factors that hold, and whether it is right are kept: no text, no name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from annotated import UNDIRECTED, Said, sources

from minex.evaluation.corpora import read_corpus
from minex.evaluation.corpus import corpus_truth, given_mentions, judgeable
from minex.evaluation.gold import sets
from minex.evaluation.gold.records import Problems
from minex.evaluation.items import Places, Statement, Truth, found_statement
from minex.evaluation.match import match
from minex.exchange.typemap import BUILT_IN
from minex.extraction.pairs.reader import RULE as WEIGHED
from minex.extraction.pairs.reader import UNDOUBTED
from minex.model import Document, Evidence, Failure, Passage, PassageKind, Reading, Span
from minex.pipeline import Pipeline

CORPORA = {"cg": "relations/cg_train.jsonl", "pathway": "relations/pathway_train.jsonl"}
"""Openly licensed (CC BY-SA 3.0, BioNLP shared task 2013), and counted on their first half."""
ONLY_FIGURES = {"scai": "relations/scai_train.jsonl"}
"""For a figure and never for a count: academic use only."""
REGULATION = frozenset({"increases", "decreases", "activates", "inhibits", "promotes", "suppresses", "regulates"})
"""What these two have events of, as pairs; binding, correlation and levels they do not judge."""
READERS = {
    "mirna-gene": "judgements",
    "other": "judgements",
    "by rule": "judgements by rule",
    "links, names given": "judgements by rule",
    # minex curate: chosen by doubt or by people, so it tells rules apart and nothing of precision as a whole.
    "curated": "judgements by rule",
}
"""Samples of gold/judgements: drawn at random, and drawn by rule."""
TEXTS = ("text/mirna_crc.jsonl", "text/mirna_panc.jsonl")
GIVEN = LOOSE = frozenset({*CORPORA, *ONLY_FIGURES})
"""Their mentions are given; that a pair is related is all that is asked, for direction and sign are rough."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One piece of evidence: where from, by which rule, which factors hold, whether it is right.

    `key` is where it stands, to lay two readings of one text over each other.
    """

    source: str
    document: str
    rule: str
    factors: tuple[tuple[str, int], ...]
    right: bool
    confidence: float
    key: tuple[str, int, int, str]


def verdict(source: str, evidence: Evidence, right: bool) -> Verdict:
    """Return a verdict on a piece of evidence."""
    factors = tuple(
        (each.what, each.times)
        for each in evidence.reasons[1:]
        # Mentions that are given have no concept, which says nothing of them.
        if each.what != "unlinked" or source not in GIVEN
    )
    key = (evidence.document, evidence.subject.start, evidence.object.start, evidence.predicate)
    return Verdict(source, evidence.document, evidence.rule, factors, right, evidence.confidence, key)


def restatements(pipeline: Pipeline) -> dict[str, list[Verdict]]:
    """Return the verdicts on the gold set's restatements, by half: direction, sign and denial too."""
    truths = sets.restatements(Problems())
    found: dict[str, list[Verdict]] = {"development": [], "held": []}
    for truth, reading in zip(truths, _read(pipeline, ((each.document, None) for each in truths)), strict=True):
        for half, said in _by_unit(truth, reading, strict=True):
            found[half].extend(verdict("restatements", evidence, right) for evidence, right in said)
    return found


def judgements(pipeline: Pipeline, data: Path) -> list[Verdict]:
    """Return the readers' verdicts on what minex reads now, by sample; of what it reads no more there is none."""
    wanted: dict[str, list[dict[str, object]]] = {}
    for path in sorted((sets.folder() / "judgements").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            judged = json.loads(line)
            if judged["sample"] not in READERS:
                continue  # what was mended after it was judged wrong is read no more: the rest would look too good
            wanted.setdefault(judged["document"], []).append(judged)
    documents = [each for each in _abstracts(data) if each.id in wanted]
    readings = list(_read(pipeline, ((each, None) for each in documents)))
    found = []
    for given in (False, True):
        # Links read only mentions that are given; the tagger's own were.
        again = [(each.document, each.mentions) for each in readings] if given else []
        for reading in _read(pipeline, again) if given else readings:
            for judged in wanted[reading.document.id]:
                same = [each for each in reading.evidence if _is_the_one(judged, each)]
                if same and bool(judged.get("given")) is given:
                    found.append(verdict(READERS[str(judged["sample"])], same[0], judged["verdict"] == "right"))
    return found


def annotated(pipeline: Pipeline, data: Path, updates: Path) -> list[Verdict]:
    """Return the verdicts of the annotated sentences' held quarter; what is judged otherwise there is left out."""
    held = [each for each in sources(data, updates) if each.held]
    found = []
    for source, reading in zip(held, _read(pipeline, ((each.document, each.given) for each in held)), strict=True):
        keys = {mention.span: mention.key for mention in reading.mentions}
        for evidence in reading.evidence:
            sentence = source.sentences.get(evidence.sentence.start)
            asked = sentence is not None and {evidence.subject.span, evidence.object.span} <= sentence.mentions
            if sentence is None or not asked or evidence.rule in (WEIGHED, *UNDOUBTED):
                continue
            found.append(
                verdict("annotated", evidence, any(_says(evidence, each, keys) for each in sentence.said))
            )
    return found


def _says(evidence: Evidence, said: Said, keys: dict[Span, str]) -> bool:
    """Return whether evidence is a statement of the annotation: direction where there is one, sign, denial."""
    pair = (keys.get(said.subject), keys.get(said.object))
    undirected = said.code == "~" or evidence.predicate in UNDIRECTED
    found = (evidence.subject.key, evidence.object.key)
    same = found == pair or (undirected and found == pair[::-1])
    return same and evidence.sign == said.sign and evidence.negated == said.negated


def corpus(pipeline: Pipeline, data: Path, source: str, half: int) -> list[Verdict]:
    """Return the verdicts of a corpus on every second document, its mentions given."""
    path = data / {**CORPORA, **ONLY_FIGURES}[source]
    items = [each for each in read_corpus(path) if not isinstance(each, Failure) and each.document.passages]
    items = items[half::2]
    given = [given_mentions(each, BUILT_IN, pipeline.lexicon) for each in items]
    readings = list(_read(pipeline, [(each.document, one) for each, one in zip(items, given, strict=True)]))
    truths = [
        corpus_truth(each, one, reading.mentions)
        for each, one, reading in zip(items, given, readings, strict=True)
    ]
    marked = frozenset(mention.type for mentions in given for mention in mentions)
    types = frozenset(kind for each in truths for kind in each.types)
    listed = any(each.negatives for each in truths)
    found = []
    for truth, reading in zip(truths, readings, strict=True):
        seen = judgeable(reading, truth, marked, types, listed=listed)
        for _, said in _by_unit(truth.truth, seen, strict=source not in LOOSE):
            asked = [each for each in said if source not in CORPORA or each[0].predicate in REGULATION]
            found.extend(verdict(source, evidence, right) for evidence, right in asked)
    return found


def _read(pipeline: Pipeline, wanted: Iterable[tuple[Document, object]]) -> Iterator[Reading]:
    for result in pipeline.read_tagged(wanted):  # type: ignore[arg-type]
        if isinstance(result, Failure):
            raise SystemExit(f"{result.document}: {result.message}")
        yield result


def _by_unit(truth: Truth, reading: Reading, *, strict: bool) -> Iterator[tuple[str, list[tuple[Evidence, bool]]]]:
    """Yield each unit's half and its evidence with verdicts; what says again what was said has none."""
    places = Places(truth.units)
    keys = {mention.span: mention.key for mention in reading.mentions}
    said: list[list[tuple[Evidence, Statement]]] = [[] for _ in truth.units]
    for evidence in reading.evidence:
        number = places.at((evidence.object.start, evidence.subject.start, evidence.sentence.start))
        if number is not None:
            said[number].append((evidence, found_statement(evidence, keys)))
    for unit, found in zip(truth.units, said, strict=True):
        result = match(unit.statements, [statement for _, statement in found], "pair", strict=strict)
        right = [(found[number][0], True) for _, number in result.pairs]
        yield unit.half, [*right, *((found[number][0], False) for number in result.wrong)]


def _abstracts(data: Path) -> Iterator[Document]:
    seen: set[str] = set()
    for name in TEXTS:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            id_ = f"PMID:{int(record['PMID'])}"
            if record["Abstract"] and id_ not in seen:
                seen.add(id_)
                yield Document(
                    id_, (Passage(record["Title"] or "", kind=PassageKind.TITLE), Passage(record["Abstract"]))
                )


def _is_the_one(judged: dict[str, object], evidence: Evidence) -> bool:
    spans = [[each.start, each.end] for each in (evidence.subject, evidence.object)]
    return (
        [judged["subject_span"], judged["object_span"]] == spans
        and judged["predicate"] == evidence.predicate
        and judged["negated"] == evidence.negated
    )


def by_document(verdicts: Sequence[Verdict], parts: int) -> list[list[Verdict]]:
    """Divide verdicts into parts of whole documents, the same at every call."""
    order = sorted({each.document for each in verdicts})
    part = {document: number % parts for number, document in enumerate(order)}
    return [[each for each in verdicts if part[each.document] == number] for number in range(parts)]
