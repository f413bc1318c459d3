"""Short forms mean what the document says, from where it says it, and never across a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.formats import read
from minex.model import Document, Passage, Sentence
from minex.syntax.sentences import split_document
from minex.tagging.abbreviations import find_definitions
from minex.tagging.tagger import Tagger

REVIEW = Path("/work/shared/data/documents/review.txt")


@pytest.fixture(scope="module")
def tagger():
    return Tagger()


def tag(tagger, text):
    document = Document("d", (Passage(text),))
    return tagger.tag(document, split_document(document))


def names(tagger, text, short):
    return [m.name for m in tag(tagger, text) if m.text == short]


@pytest.mark.parametrize(
    ("sentence", "short", "long"),
    [
        ("They saw drug-resistant multiple myeloma (DR-MM).", "DR-MM", "drug-resistant multiple myeloma"),
        ("Tumor-derived microvesicles (TD-MVs) rose.", "TD-MVs", "Tumor-derived microvesicles"),
        ("Interleukin-6 (IL-6) rose.", "IL-6", "Interleukin-6"),
    ],
)
def test_a_short_form_may_have_a_hyphen(sentence, short, long):
    found = find_definitions(sentence, [Sentence(0, len(sentence))])
    assert [(d.short, d.long) for d in found] == [(short, long)]


def test_a_short_form_has_its_meaning_all_through_the_document(tagger):
    text = "CC was seen. Colon cancer (CC) is common. Later, CC spread."
    assert names(tagger, text, "CC") == ["colon cancer"] * 3


def test_a_later_definition_does_not_reach_back(tagger):
    text = "Colon cancer (CC) is common. CC spread. Cervical cancer (CC) is another. CC was cured."
    assert names(tagger, text, "CC") == ["colon cancer", "colon cancer", "cervical cancer", "cervical cancer"]


def test_from_a_definition_on_that_names_nothing_a_short_form_names_nothing(tagger):
    text = "Colon cancer (CC) is common. CC spread. The control condition (CC) was water. CC was cheap."
    assert names(tagger, text, "CC") == ["colon cancer", "colon cancer"]


def test_a_definition_does_not_cross_a_sentence(tagger):
    assert names(tagger, "We saw colon cancer. (CC) was common, and CC spread.", "CC") == []


@pytest.mark.skipif(not REVIEW.exists(), reason=f"the review is not here: {REVIEW}")
@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("NSCLC", "lung non-small cell carcinoma"),
        ("OSCC", "oral squamous cell carcinoma"),
        ("GBM", "glioblastoma"),
        ("NPC", "nasopharynx carcinoma"),
        ("HR-MM", "multiple myeloma"),
        ("TAM", "tumor-associated macrophage"),
        ("MDSC", "myeloid-derived suppressor cell"),
        ("EMT", "epithelial to mesenchymal transition"),
        ("HUVEC", "HUVEC"),
        ("TD-MV", "microvesicle"),
    ],
)
def test_the_review_s_short_forms_come_out_right(tagger, short, name):
    (document,) = (each for each in read(REVIEW) if isinstance(each, Document))
    found = [m.name for m in tagger.tag(document, split_document(document)) if m.text.removesuffix("s") == short]
    assert found
    assert set(found) == {name}
