"""What is told of a choice is what was done: the candidates of each name, with evidence and reasons."""

from __future__ import annotations

import pytest

from minex.lexicon import Lexicon
from minex.model import Document, Passage
from minex.syntax.sentences import split_document
from minex.tagging.considered import Considered, consider
from minex.tagging.tagger import Tagger


def considered(text: str) -> dict[str, Considered]:
    document = Document("text:1", (Passage(text),))
    return {name.text: name for name in consider(Lexicon.load(), document, split_document(document))}


def test_what_speaks_for_a_candidate_is_told() -> None:
    name = considered("We looked at the PTEN gene.")["PTEN"]
    best = name.candidates[0]
    assert (name.chosen, best.evidence) == ("HGNC:9588", ("beside a word of genes",))
    assert best.score > 1


def test_why_a_candidate_is_refused_is_told() -> None:
    name = considered("AGS rose.")["AGS"]
    assert name.chosen == ""
    assert [(w.candidate.type, w.score, w.evidence) for w in name.candidates] == [
        ("CELL_LINE", 0.0, ("without the word cell or line beside it",))
    ]
    beside = considered("AGS cells grew.")["AGS"]
    assert beside.chosen == name.candidates[0].candidate.id
    assert "beside the word cell or line" in beside.candidates[0].evidence


def test_what_only_words_of_the_document_could_support_is_told_when_they_are_missing() -> None:
    refused = [w for w in considered("TF was high.")["TF"].candidates if not w.score]
    assert any("no word of the document supports it" in w.evidence for w in refused)


def test_of_two_that_are_as_good_none_is_taken() -> None:
    name = considered("ACC2 rose.")["ACC2"]
    assert name.chosen == ""
    assert name.candidates[0].score == name.candidates[1].score > 0


def test_of_an_illness_and_its_kinds_the_wider_is_taken() -> None:
    name = considered("Cholangiocellular carcinomas were resected.")["Cholangiocellular carcinomas"]
    assert Lexicon.load().name(name.chosen) == "cholangiocarcinoma"


def test_a_gene_of_another_species_is_told_to_stand_for_the_chosen_one() -> None:
    name = considered("In mice, Trp53 was lost. Mouse Trp53 was deleted in C57BL/6 mice.")["Trp53"]
    assert (name.chosen, name.of_species) == ("HGNC:11998", "MGI:98834")


@pytest.mark.parametrize("text", ["", "We went home.", "miR-21 inhibits PTEN and AKT in HeLa cells (HCC)."])
def test_looking_changes_nothing(text: str) -> None:
    document = Document("text:1", (Passage(text),))
    sentences = split_document(document)
    tagger = Tagger(Lexicon.load())
    before = tagger.tag(document, sentences)
    names = consider(tagger.lexicon, document, sentences)
    assert tagger.tag(document, sentences) == before
    assert names == consider(tagger.lexicon, document, sentences)
