"""An annotated corpus as truth: what it asks, what it can judge."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from minex.evaluation.corpora import AnnotatedDocument, GoldMention, GoldRelation
from minex.evaluation.corpus import CorpusTruth, corpus_truth, given_mentions, judgeable
from minex.evaluation.items import Statement, Truth
from minex.evaluation.runs import Run, run_corpus
from minex.exchange.typemap import BUILT_IN
from minex.lexicon import Lexicon
from minex.model import Document, Mention, Passage, Reading, Span
from minex.pipeline import Pipeline
from tests.evaluation.making import found, named

TEXT = "miR-21 inhibits PTEN. TP53 activates BAX in glioma."


@pytest.fixture(scope="module")
def lexicon(pipeline: Pipeline) -> Lexicon:
    return pipeline.lexicon


def marked(surface: str, type: str = "GENE", *concepts: str, text: str = TEXT) -> GoldMention:
    start = text.index(surface)
    return GoldMention(start, start + len(surface), surface, type, concepts)


MENTIONS = (marked("miR-21", "MIRNA"), marked("PTEN"), marked("TP53"), marked("BAX"), marked("glioma", "DISEASE"))


def truth(
    lexicon: Lexicon, *relations: GoldRelation, mentions: tuple[GoldMention, ...] = MENTIONS, **more: Any
) -> CorpusTruth:
    annotated = AnnotatedDocument(Document("d", (Passage(TEXT),)), mentions, relations, "c.jsonl:1")
    return corpus_truth(annotated, given_mentions(annotated, BUILT_IN, lexicon), **more)


def asked(corpus: CorpusTruth) -> list[list[Statement]]:
    return [list(unit.statements) for unit in corpus.truth.units]


def test_the_units_are_the_sentences_and_each_asks_for_its_own_pairs(lexicon: Lexicon) -> None:
    corpus = truth(lexicon, GoldRelation(0, 1, sign=-1), GoldRelation(2, 3, sign=1), GoldRelation(0, 3, sign=1))
    assert [list(map(str, unit)) for unit in asked(corpus)] == [["miR-21 decreases PTEN"], ["TP53 increases BAX"]]
    assert [[each.text for each in unit.mentions] for unit in corpus.truth.units] == [
        ["miR-21", "PTEN"],
        ["TP53", "BAX", "glioma"],
    ]


def test_a_relation_without_a_sign_asks_for_the_pair_alone(lexicon: Lexicon) -> None:
    ((one,), _) = asked(truth(lexicon, GoldRelation(0, 1)))
    assert one.unsigned
    ((one,), _) = asked(truth(lexicon, GoldRelation(0, 1, sign=1, directed=None)))
    assert one.unsigned
    ((one,), _) = asked(truth(lexicon, GoldRelation(0, 1, sign=1, directed=True)))
    assert not one.unsigned


def test_of_two_relations_of_a_pair_the_one_that_says_more_is_asked(lexicon: Lexicon) -> None:
    signed = GoldRelation(0, 1, sign=-1, directed=True)
    for relations in ((signed, GoldRelation(0, 1)), (GoldRelation(1, 0), signed)):
        ((one,), _) = asked(truth(lexicon, *relations))
        assert (str(one), one.unsigned) == ("miR-21 decreases PTEN", False)


def test_a_pair_that_does_not_hold_is_not_asked_and_can_be_judged(lexicon: Lexicon) -> None:
    corpus = truth(lexicon, GoldRelation(0, 1, positive=False))
    assert asked(corpus) == [[], []]
    assert corpus.negatives
    assert corpus.listed == {frozenset(("text:MIRNA:mir-21", "text:GENE:pten"))}


def test_what_can_be_no_side_of_a_statement_is_not_asked_and_is_counted(lexicon: Lexicon) -> None:
    odd = (marked("miR-21", "WIDGET"), marked("PTEN"))
    corpus = truth(lexicon, GoldRelation(0, 1, sign=1), mentions=odd)
    assert asked(corpus) == [[], []]
    assert corpus.unasked == 1


def test_relations_between_ids_are_asked_of_the_document(lexicon: Lexicon) -> None:
    ids = (marked("miR-21", "MIRNA", "x:21"), marked("PTEN", "GENE", "x:1"), marked("BAX", "GENE", "x:2"))
    corpus = truth(
        lexicon, GoldRelation("x:21", "x:1", sign=-1), GoldRelation("x:21", "x:2", sign=1), mentions=ids
    )
    (unit,) = corpus.truth.units
    assert unit.kind == "document"
    assert list(map(str, unit.statements)) == ["miR-21 decreases PTEN"]


def test_an_id_that_the_lexicon_knows_as_anothers_becomes_its_own(lexicon: Lexicon) -> None:
    corpus = truth(lexicon, mentions=(marked("PTEN", "GENE", "5728"), marked("TP53", "GENE", "HGNC:11998")))
    assert [each.concepts for unit in corpus.truth.units for each in unit.mentions] == [
        ("HGNC:9588",),
        ("HGNC:11998",),
    ]


def test_an_unlinked_name_is_what_minex_takes_it_for(lexicon: Lexicon) -> None:
    """A corpus that links nothing was held against linked names: nothing was ever judged right or wrong."""
    linked = Mention(16, 20, "PTEN", "GENE", ("HGNC:9588",), "PTEN")
    corpus = truth(lexicon, GoldRelation(0, 1, sign=-1), found=(linked,))
    ((one,), _) = asked(corpus)
    assert one.object.concepts == ("HGNC:9588",)
    assert one.subject.concepts == ()
    of_another_type = Mention(16, 20, "PTEN", "CELL_LINE", ("x:1",), "other")
    ((one,), _) = asked(truth(lexicon, GoldRelation(0, 1, sign=-1), found=(of_another_type,)))
    assert one.object.concepts == ()


MIR, PTEN = named(TEXT, "miR-21", "MIRNA"), named(TEXT, "PTEN")
TP53, GLIOMA = named(TEXT, "TP53"), named(TEXT, "glioma", "CANCER")
READING = Reading(
    Document("d", (Passage(TEXT),)),
    mentions=(MIR, PTEN, TP53, GLIOMA, named(TEXT, "activates", "METHOD")),
    evidence=(found(MIR, "inhibits", PTEN), found(MIR, "inhibits", TP53), found(TP53, "suppresses", GLIOMA)),
)
KINDS = frozenset({"MIRNA", "GENE", "DISEASE"})
TYPES = frozenset({frozenset({"MIRNA", "GENE"})})


def kept(corpus: CorpusTruth, types: frozenset[frozenset[str]] = TYPES, *, listed: bool = False) -> Reading:
    return judgeable(READING, corpus, KINDS, types, listed=listed)


def test_pairs_of_types_that_the_corpus_relates_are_judged(lexicon: Lexicon) -> None:
    assert [each.object.text for each in kept(truth(lexicon)).evidence] == ["PTEN", "TP53"]


def test_where_pairs_are_listed_these_are_judged(lexicon: Lexicon) -> None:
    corpus = truth(lexicon, GoldRelation(0, 1, positive=False))
    assert [each.object.text for each in kept(corpus, listed=True).evidence] == ["PTEN"]


def test_by_sentences_no_pair_is_judged_of_which_the_sentence_before_names_one(lexicon: Lexicon) -> None:
    first, *_ = READING.evidence
    elsewhere = replace(READING, evidence=(replace(first, sentence=Span(PTEN.start, len(TEXT))),))
    by_sentence = truth(lexicon)
    (unit, *_) = by_sentence.truth.units
    whole = Truth(by_sentence.truth.document, (replace(unit, kind="document"),))
    for corpus, judged in ((by_sentence, 0), (replace(by_sentence, truth=whole), 1)):
        assert len(judgeable(elsewhere, corpus, KINDS, TYPES, listed=False).evidence) == judged


def test_mentions_of_a_type_that_the_corpus_does_not_mark_are_not_judged(lexicon: Lexicon) -> None:
    """Each cell line and method that minex found was counted as wrong in a corpus of genes."""
    assert "METHOD" not in {each.type for each in kept(truth(lexicon)).mentions}


def test_a_corpus_that_does_not_tell_cancers_from_diseases_is_not_asked_to(lexicon: Lexicon) -> None:
    types = frozenset({frozenset({"GENE", "DISEASE"})})
    reading = kept(truth(lexicon), types)
    assert [each.object.type for each in reading.evidence] == ["DISEASE"]
    assert "DISEASE" in {each.type for each in reading.mentions}
    assert "CANCER" in {
        each.type for each in judgeable(READING, truth(lexicon), KINDS | {"CANCER"}, types, listed=False).mentions
    }


SENTENCES = ("miR-21 inhibits PTEN.", "TP53 activates BAX.", "miR-155 inhibits SOCS1.")
PAIRS = (("miR-21", "MIRNA", "PTEN", -1), ("TP53", "GENE", "BAX", 1), ("miR-155", "MIRNA", "SOCS1", -1))


def corpus_file(tmp_path: Path, *broken: str) -> Path:
    lines = list(broken)
    for number, (text, (one, kind, two, sign)) in enumerate(zip(SENTENCES, PAIRS, strict=True)):
        mentions = [
            {
                "start": text.index(surface),
                "end": text.index(surface) + len(surface),
                "text": surface,
                "type": type,
            }
            for surface, type in ((one, kind), (two, "GENE"))
        ]
        triple = {"subject": 0, "object": 1, "sign": sign}
        lines.append(json.dumps({"id": f"d{number}", "text": text, "mentions": mentions, "triples": [triple]}))
    file = tmp_path / "corpus.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def recall(run: Run) -> float:
    (part,) = run.parts
    return float(part.figures["statements"]["pair"]["loose"]["recall"])


@pytest.mark.parametrize("given", [True, False])
def test_a_corpus_without_ids_is_evaluated_with_its_mentions_and_without(
    pipeline: Pipeline, tmp_path: Path, given: bool
) -> None:
    run = run_corpus(pipeline, corpus_file(tmp_path), BUILT_IN, given_mentions=given)
    assert run.problems == []
    assert recall(run) == 1
    figures = run.parts[0].figures
    assert set(figures["mentions"]["exact"]) == {"MIRNA", "GENE"}
    assert figures["concepts"] == figures["context"] == figures["marks"] == {}


def test_both_halves_together_are_the_corpus(pipeline: Pipeline, tmp_path: Path) -> None:
    file = corpus_file(tmp_path)
    assert [run_corpus(pipeline, file, BUILT_IN, half=half).parts[0].figures["documents"] for half in (0, 1)] == [
        2,
        1,
    ]


def test_a_document_whose_offsets_do_not_match_its_text_is_named_and_the_rest_evaluated(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    shifted = {"start": 3, "end": 7, "text": "PTEN", "type": "GENE"}
    broken = json.dumps({"id": "bad", "text": SENTENCES[0], "mentions": [shifted]})
    run = run_corpus(pipeline, corpus_file(tmp_path, broken, "{"), BUILT_IN)
    places = [each.where for each in run.problems]
    assert {f"{tmp_path / 'corpus.jsonl'}:1", f"{tmp_path / 'corpus.jsonl'}:2"} <= set(places)
    assert recall(run) == 1


def test_unsigned_pairs_are_facts_that_runs_can_be_compared_by(pipeline: Pipeline, tmp_path: Path) -> None:
    file = corpus_file(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace('"sign": -1', '"sign": null'), encoding="utf-8")
    (part,) = run_corpus(pipeline, file, BUILT_IN).parts
    assert len(part.facts) == 3
    assert all(part.facts.values())
