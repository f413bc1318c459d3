"""The bundled NER: what it finds, what of that becomes a mention, and that nobody gets it unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minex.lexicon import Lexicon
from minex.model import Document, Passage, Reading, Sentence
from minex.ner import reader as module
from minex.ner.propose import propose
from minex.ner.reader import BUNDLED, NameReader, load
from minex.pipeline import Pipeline
from minex.syntax.sentences import split_document

# The label scheme of scispaCy's en_ner_bionlp13cg_md.
LABELS = {
    "Amino_acid",
    "Anatomical_system",
    "Cancer",
    "Cell",
    "Cellular_component",
    "Developing_anatomical_structure",
    "Gene_or_gene_product",
    "Immaterial_anatomical_entity",
    "Multi-tissue_structure",
    "Organ",
    "Organism",
    "Organism_subdivision",
    "Organism_substance",
    "Pathological_formation",
    "Simple_chemical",
    "Tissue",
}


@pytest.fixture(scope="module")
def names() -> NameReader:
    return load(Lexicon.load())


@pytest.fixture(scope="module")
def with_ner() -> Pipeline:
    return Pipeline(ner=True)


def test_labels_are_those_of_scispacy(names: NameReader) -> None:
    assert set(names.nlp.get_pipe("ner").labels) == LABELS  # type: ignore[attr-defined]


def test_spans_are_those_of_the_document(names: NameReader) -> None:
    text = "A first one. Mice with hepatocellular carcinoma lacked the PTEN protein."
    found = {entity.text: entity for entity in names.entities(text, [Sentence(13, len(text))], [])}
    assert found["hepatocellular carcinoma"].label == "Cancer"
    assert found["Mice"].label == "Organism"
    assert all(text[entity.start : entity.end] == entity.text for entity in found.values())


def test_two_readings_give_the_same(names: NameReader) -> None:
    text = "VEGF from bladder tumours drives angiogenesis in mice given cisplatin."
    once, twice = (list(names.entities(text, [Sentence(0, len(text))], [])) for _ in range(2))
    assert once == twice
    assert once


def test_an_empty_sentence_and_a_very_long_one_have_no_names(names: NameReader) -> None:
    text = " " + "PTEN " * (module.MAX_WORDS + 1)
    assert not list(names.entities(text, [Sentence(0, 1), Sentence(1, len(text))], []))


def proposed(pipeline: Pipeline, text: str) -> list[tuple[str, str, str]]:
    document = Document("text:1", (Passage(text),))
    sentences = split_document(document)
    assert pipeline.names is not None
    mentions = list(pipeline.tagger.tag(document, sentences))
    return [(m.text, m.type, m.name) for m in propose(pipeline.names, text, sentences, mentions)]


def test_what_is_proposed_has_one_concept_and_touches_no_mention(with_ner: Pipeline) -> None:
    text = "miR-21 lowered NAV-3 in tumor tissue, and a XYZQ7 protein in gastric cancer of mice."
    document = Document("text:1", (Passage(text),))
    sentences = split_document(document)
    known = with_ner.tagger.tag(document, sentences)
    assert with_ner.names is not None
    for mention in propose(with_ner.names, text, sentences, known):
        assert mention.finder == "ner"
        assert len(mention.concepts) == 1
        assert not any(m.start < mention.end and mention.start < m.end for m in known)
        assert mention.text not in ("XYZQ7", "tumor")


def test_a_sentence_without_any_mention_is_not_read(with_ner: Pipeline) -> None:
    assert proposed(with_ner, "Nothing of interest was seen in the study.") == []


def test_the_ner_is_an_option_and_another_model_in_the_ledger(pipeline: Pipeline, with_ner: Pipeline) -> None:
    assert pipeline.names is None
    assert with_ner.names is not None
    assert with_ner.versions["model"] == f"{pipeline.versions['model']}+{with_ner.names.identity}"
    assert with_ner.fingerprint != pipeline.fingerprint


def test_with_it_every_document_has_at_least_the_mentions_that_it_had(
    pipeline: Pipeline, with_ner: Pipeline
) -> None:
    documents = [
        Document("text:1", (Passage("miR-21 inhibits PTEN in lung cancer."),)),
        Document("text:2", (Passage("miR-21 lowered NAV-3. NAV-3 was low."),)),
    ]
    for without, more in zip(pipeline.read(documents), with_ner.read(documents), strict=True):
        assert isinstance(without, Reading)
        assert isinstance(more, Reading)
        assert set(without.mentions) <= set(more.mentions)


def test_what_ships_is_small_says_its_licence_and_holds_no_text() -> None:
    files = [file for file in BUNDLED.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 6_500_000
    meta = json.loads((BUNDLED / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC BY-SA 3.0"
    assert meta["performance"]["ents_f"] >= 0.76
    assert json.loads((BUNDLED / "vocab" / "strings.json").read_text(encoding="utf-8")) == []
    assert "/" not in (BUNDLED / "config.cfg").read_text(encoding="utf-8").split("[system]")[0]


def test_a_damaged_ner_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUNDLED", tmp_path)
    load.cache_clear()
    with pytest.raises(module.ModelError, match="does not load"):
        load(Lexicon.load())
    load.cache_clear()
