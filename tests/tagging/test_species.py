"""Whose gene a name means: people's, unless the words beside it or the whole document say otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.model import Document, Passage, Sentence
from minex.tagging.tagger import Tagger


@pytest.fixture(scope="module")
def tagger():
    return Tagger()


def genes(tagger, *sentences):
    """Return the genes of a document: text, name and the database of the best id."""
    spans, at = [], 0
    for sentence in sentences:
        spans.append(Sentence(at, at + len(sentence)))
        at += len(sentence) + 1
    mentions = tagger.tag(Document("text:1", (Passage(" ".join(sentences)),)), spans)
    return [
        (m.text, m.name, m.concepts[0].partition(":")[0] if m.concepts else "")
        for m in mentions
        if m.type == "GENE"
    ]


def test_a_gene_is_a_human_one_where_nothing_is_said(tagger):
    assert genes(tagger, "PTEN was lost.") == [("PTEN", "PTEN", "HGNC")]


@pytest.mark.parametrize(
    ("sentence", "gene"),
    [
        ("The murine Foxp3 was lost in patients.", ("Foxp3", "Foxp3", "MGI")),
        ("The mouse p53 gene was cloned; human cells were used.", ("p53", "Trp53", "MGI")),
        ("The rat PTEN protein was bound.", ("PTEN", "Pten", "RGD")),
        ("The human PTEN gene was put into mice, and these mice were bred.", ("PTEN", "PTEN", "HGNC")),
        ("The Drosophila PTEN gene was cut; patients were seen.", ("PTEN", "PTEN", "")),
    ],
)
def test_the_word_before_a_name_says_whose_it_is(tagger, sentence, gene):
    assert gene in genes(tagger, sentence)


def test_a_document_on_mice_speaks_of_their_genes(tagger):
    found = genes(tagger, "Knockout mice were bred.", "Wild-type mice were the control.", "Foxp3 was lost.")
    assert found == [("Foxp3", "Foxp3", "MGI")]


def test_in_a_sentence_on_people_the_genes_are_theirs(tagger):
    found = genes(tagger, "Knockout mice were bred, and mice died.", "In patients PTEN was lost.")
    assert found == [("PTEN", "PTEN", "HGNC")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nude mice were injected with the cells.",
        "A mouse monoclonal antibody was used.",
        "It was expressed in Escherichia coli.",
        "A yeast two-hybrid screen was run.",
        "HeLa cells were put into SCID mice.",
    ],
)
def test_hosts_and_reagents_say_nothing(tagger, sentence):
    assert genes(tagger, "PTEN was lost.", sentence) == [("PTEN", "PTEN", "HGNC")]


def test_the_human_gene_stands_after_the_mouse_s_and_above_it(tagger):
    (mention,) = (
        m
        for m in tagger.tag(Document("d", (Passage("Mouse Trp53 fell."),)), [Sentence(0, 17)])
        if m.type == "GENE"
    )
    assert mention.concepts == ("MGI:98834", "HGNC:11998")
    assert "HGNC:11998" in tagger.lexicon.ancestors("MGI:98834")
    assert tagger.lexicon.concept("MGI:98834").name == "Trp53"


@given(
    st.lists(st.sampled_from(["mice", "patients", "PTEN", "murine", "Foxp3", "rat", "yeast", ".", "HeLa cells"]))
)
@settings(max_examples=50, deadline=None)
def test_the_species_never_changes_where_names_stand(parts):
    tagger = Tagger()
    text = " ".join(parts)
    whole = [Sentence(0, len(text))] if text else []
    first = tagger.tag(Document("d", (Passage(text),)), whole)
    assert first == tagger.tag(Document("d", (Passage(text),)), whole)
    assert all(text[m.start : m.end] == m.text for m in first)
    assert all(len(m.concepts) <= 2 for m in first)
