"""The whole flow: the same readings whichever way they are made, and one bad document harms no other."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import pytest

from minex.extraction.extractor import DocumentPlan, Extractor
from minex.formats import read
from minex.model import Document, Evidence, Failure, Mention, Passage, PassageKind, Reading, Sentence, Status
from minex.pipeline import Pipeline
from minex.resources import find
from minex.syntax.parse import Parse
from minex.syntax.pipeline import ParseRequest, SyntaxModel, load

GOOD = Document("good", (Passage("miR-21 inhibits PTEN in lung cancer."),))


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    found = list(read(find("corpus/demo") / "abstracts.jsonl"))
    return [each for each in found if isinstance(each, Document)]


@pytest.fixture(scope="module")
def plain() -> Pipeline:
    """The yardstick: every sentence is parsed."""
    return Pipeline(plain=True)


@pytest.fixture(scope="module")
def readings(pipeline: Pipeline, documents: list[Document]) -> list[Reading | Failure]:
    return list(pipeline.read(documents))


def only(items: list[Reading | Failure]) -> list[Reading]:
    assert not [item for item in items if isinstance(item, Failure)]
    return [item for item in items if isinstance(item, Reading)]


def test_every_document_gives_a_reading_in_order(
    documents: list[Document], readings: list[Reading | Failure]
) -> None:
    assert [reading.document for reading in only(readings)] == documents
    assert sum(len(reading.evidence) for reading in only(readings)) > 200


def test_the_plain_way_gives_the_same_evidence(
    plain: Pipeline, documents: list[Document], readings: list[Reading | Failure]
) -> None:
    """The demonstration's abstracts are dense with statements: most sentences name what could be joined."""
    for quick, slow in zip(only(readings), only(list(plain.read(documents))), strict=True):
        assert quick.mentions == slow.mentions
        assert quick.evidence == slow.evidence, quick.document.id
    assert any(evidence.stand_ins for reading in only(readings) for evidence in reading.evidence)


def test_the_plain_way_parses_every_sentence(pipeline: Pipeline, plain: Pipeline) -> None:
    document = Document("x", (Passage("Nothing was known. miR-21 was found. miR-21 inhibits PTEN."),))
    assert (len(pipeline.plan(document).requests), len(plain.plan(document).requests)) == (1, 3)


def test_the_plain_way_gives_the_same_whatever_words_join_whatever_things(
    pipeline: Pipeline, plain: Pipeline
) -> None:
    """Trigger words by chance between names by chance: what the filter skips gives nothing."""
    chance = random.Random(8)  # noqa: S311
    names = ["miR-21", "PTEN", "MALAT1", "glioma", "invasion", "exosomes", "hypoxia", "cisplatin", "Diabetes"]
    forms = sorted(pipeline.rules.triggers)
    shapes = [
        "{0} {1} {2}.",
        "{0} was {1} by {2}.",
        "{0} {1} in {2} and {4}.",
        "The {1} of {0} by {2}.",
        "{1} of {0} led to {3} {4}.",
    ]
    said = [
        chance.choice(shapes).format(
            chance.choice(names),
            chance.choice(forms),
            chance.choice(names),
            chance.choice(forms),
            chance.choice(names),
        )
        for _ in range(600)
    ]
    documents = [Document(str(number), (Passage(text),)) for number, text in enumerate(said)]
    quick, slow = only(list(pipeline.read(documents))), only(list(plain.read(documents)))
    assert [reading.evidence for reading in quick] == [reading.evidence for reading in slow]
    skipped = [document for document in documents if not pipeline.plan(document).requests]
    assert len(skipped) > 100
    assert sum(bool(reading.evidence) for reading in quick) > 50


def test_the_plain_way_gives_the_same_where_sentences_refer_to_each_other(
    pipeline: Pipeline, plain: Pipeline
) -> None:
    """Each sentence after each: what refers, what could be meant, and what could not."""
    said = [
        "miR-21 was raised in the serum.",
        "We studied miR-155 and PTEN.",
        "MALAT1 and miR-21 were found.",
        "Nothing was known of the samples.",
        "It inhibits PDCD4.",
        "This miRNA is upregulated in glioma, and its knockdown reduced invasion.",
        "Both genes were inhibited by miR-34a.",
        "Drugs inhibit it in glioma.",
    ]
    documents = [
        Document(f"{one}-{two}", (Passage(f"{said[one]} {said[two]} {said[two - 1]}"),))
        for one in range(len(said))
        for two in range(len(said))
    ]
    quick, slow = only(list(pipeline.read(documents))), only(list(plain.read(documents)))
    assert quick == slow
    assert sum(bool(evidence.references) for reading in quick for evidence in reading.evidence) > 10


def test_another_order_and_other_batches_give_the_same_readings(
    pipeline: Pipeline, documents: list[Document], readings: list[Reading | Failure]
) -> None:
    expected = {reading.document.id: reading for reading in only(readings)}
    shuffled = documents[:]
    random.Random(3).shuffle(shuffled)  # noqa: S311
    for reading in only(list(pipeline.read(shuffled))):
        assert reading == expected[reading.document.id]
    for document in documents[:12]:
        assert list(pipeline.read([document])) == [expected[document.id]]


def test_more_documents_than_a_batch_holds_come_back_in_order(pipeline: Pipeline) -> None:
    many = [Document(f"x:{number}", GOOD.passages) for number in range(700)]
    found = only(list(pipeline.read(iter(many))))
    assert [reading.document.id for reading in found] == [document.id for document in many]
    assert {len(reading.evidence) for reading in found} == {1}


def test_two_pipelines_give_the_same(
    pipeline: Pipeline, documents: list[Document], readings: list[Reading | Failure]
) -> None:
    other = Pipeline()
    assert list(other.read(documents)) == readings
    assert (other.versions, other.fingerprint) == (pipeline.versions, pipeline.fingerprint)
    assert set(other.versions) == {"minex", "model", "lexicon", "rules"}


def test_documents_are_taken_as_they_are_needed(pipeline: Pipeline) -> None:
    taken = 0

    def endless() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield Document(f"x:{taken}", GOOD.passages)

    found = pipeline.read(endless())
    assert isinstance(next(found), Reading)
    assert taken < 2000


class FragileSyntax(SyntaxModel):
    """The real parser, broken by a sentence."""

    def parse(self, requests: Iterable[ParseRequest], batch_size: int = 128) -> Iterator[Parse | None]:
        for request in requests:
            if "unparsable" in request.text:
                raise ValueError("no parse today")
            yield from super().parse([request])


class FragileExtractor(Extractor):
    """The real extractor, broken by a document."""

    def evidence(self, plan: DocumentPlan, parses: Iterable[Parse | None]) -> tuple[Evidence, ...]:
        if plan.document.id == "extract":
            raise ValueError("no evidence today")
        return super().evidence(plan, parses)


class Fragile(Pipeline):
    """The real pipeline, broken by a document whose id names the stage."""

    def __init__(self) -> None:
        super().__init__()
        self.extractor = FragileExtractor(self.rules)

    @cached_property
    def syntax(self) -> SyntaxModel:
        real = load()
        return FragileSyntax(real.nlp, real.name, real.version, real.path)

    def mentions(self, document: Document, *rest: Any, **more: Any) -> tuple[Mention, ...]:
        if document.id == "tag":
            raise ValueError("no tags today")
        return super().mentions(document, *rest, **more)


@pytest.mark.parametrize("stage", ["tag", "parse", "extract"])
def test_a_document_that_breaks_a_stage_is_a_failure_and_the_others_are_read(stage: str) -> None:
    text = "The unparsable miR-21 inhibits PTEN." if stage == "parse" else GOOD.text
    bad = Document(stage, (Passage(text),), source="in.jsonl#2")
    last = Document("last", GOOD.passages)
    first, failure, second = Fragile().read([GOOD, bad, last])
    assert isinstance(failure, Failure)
    assert (failure.stage, failure.code, failure.document) == (stage, "ValueError", stage)
    assert failure.where == "in.jsonl#2"
    assert " today (in " in failure.message
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert first.evidence
    assert len(second.evidence) == len(first.evidence)


def test_a_deleted_document_gives_an_empty_reading(pipeline: Pipeline) -> None:
    gone = Document("PMID:1", GOOD.passages, status=Status.DELETED)
    assert list(pipeline.read([gone])) == [Reading(gone)]


@pytest.mark.parametrize(
    "passages",
    [
        (),
        (Passage(""),),
        (Passage("\n"), Passage(" ")),
        (Passage("x" * 100_000),),
        (Passage("(" * 5_000),),
        (Passage("miR-21 " * 3_000),),
        (Passage("PTEN, " * 2_000 + "inhibits miR-21."),),
        (Passage("", "t", PassageKind.TABLE),),
        (Passage("1 2 miR-21", "refs", PassageKind.REFERENCES),),
    ],
)
def test_odd_documents_are_read(pipeline: Pipeline, passages: tuple[Passage, ...]) -> None:
    (reading,) = pipeline.read([Document("odd", passages)])
    assert isinstance(reading, Reading)
    assert reading.document.id == "odd"


def test_sentences_and_mentions_lie_in_the_text_and_mentions_do_not_overlap(
    readings: list[Reading | Failure],
) -> None:
    for reading in only(readings):
        text = reading.document.text
        ends = 0
        for sentence in reading.sentences:
            assert isinstance(sentence, Sentence)
            assert ends <= sentence.start < sentence.end <= len(text)
            ends = sentence.end
        ends = 0
        for mention in reading.mentions:
            assert text[mention.start : mention.end] == mention.text
            assert mention.start >= ends
            ends = mention.end


def test_evidence_names_its_document_and_stays_in_its_sentence(readings: list[Reading | Failure]) -> None:
    for reading in only(readings):
        for evidence in reading.evidence:
            assert evidence.document == reading.document.id
            arguments = (evidence.subject.span, evidence.object.span)
            named = [span for span in arguments if evidence.sentence.contains(span)]
            # What a word stands for may be named in the sentence before.
            assert len(named) == 2 or (named and evidence.stand_ins)
            assert all(evidence.sentence.contains(span) for span in evidence.stand_ins)
            assert 0 < evidence.confidence <= 1


def test_time_is_charged_to_the_stages(pipeline: Pipeline) -> None:
    list(pipeline.read([GOOD]))
    assert {"sentences", "tagging", "parsing", "matching"} <= set(pipeline.timings.seconds)
