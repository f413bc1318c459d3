"""A name that is given in its long and its short form: what is said of the one is said of the other."""

from __future__ import annotations

from minex.extraction.aliases import other_forms
from minex.model import Document, Mention, Passage
from minex.pipeline import Pipeline

TEXT = "miR-21 suppressed programmed cell death 4 (PDCD4) in these cells."


def at(word: str, type: str, text: str = TEXT) -> Mention:
    start = text.index(word)
    return Mention(start, start + len(word), word, type, name=word, finder="given")


def read(pipeline: Pipeline, text: str, *given: Mention) -> set[tuple[str, str, str]]:
    (reading,) = pipeline.read_tagged([(Document("text:1", (Passage(text),)), given)])
    return {(each.subject.text, each.predicate, each.object.text) for each in reading.evidence}


def test_both_forms_of_a_mirnas_target_are_related(pipeline: Pipeline) -> None:
    given = at("miR-21", "MIRNA"), at("programmed cell death 4", "GENE"), at("PDCD4", "GENE")
    assert read(pipeline, TEXT, *given) == {
        ("miR-21", "inhibits", "programmed cell death 4"),
        ("miR-21", "inhibits", "PDCD4"),
    }


def test_of_two_genes_only_the_form_that_is_read_is_related(pipeline: Pipeline) -> None:
    text = TEXT.replace("miR-21", "STAT3")
    given = at("STAT3", "GENE", text), at("programmed cell death 4", "GENE", text), at("PDCD4", "GENE", text)
    assert len(read(pipeline, text, *given)) == 1


def test_tagged_names_have_a_concept_and_are_related_once(pipeline: Pipeline) -> None:
    (reading,) = pipeline.read([Document("text:1", (Passage(TEXT),))])
    assert [(each.predicate, each.object.name) for each in reading.evidence] == [("inhibits", "PDCD4")]


def test_forms_are_of_one_type_and_alone_in_the_bracket() -> None:
    text = "PTEN (miR-21), PDCD4 (TPM1, a gene) and cyclin D1 (CCND1)"
    names = [("PTEN", "GENE"), ("miR-21", "MIRNA"), ("PDCD4", "GENE"), ("TPM1", "GENE")]
    mentions = [at(word, type, text) for word, type in [*names, ("cyclin D1", "GENE"), ("CCND1", "GENE")]]
    forms = other_forms(text, mentions)
    assert {one.text: other.text for one, other in forms.items()} == {"cyclin D1": "CCND1", "CCND1": "cyclin D1"}
