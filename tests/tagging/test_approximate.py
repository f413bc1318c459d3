"""Long names that no list has as they are written are found by their words, as the last resort."""

from __future__ import annotations

import pytest

from minex.lexicon import Lexicon
from minex.model import Document, Mention, Passage
from minex.syntax.sentences import split_document
from minex.tagging.considered import consider
from minex.tagging.tagger import Tagger


def tag(text: str) -> list[Mention]:
    document = Document("text:1", (Passage(text),))
    return list(Tagger(Lexicon.load()).tag(document, split_document(document)))


def approximate(text: str) -> list[tuple[str, str]]:
    return [(m.text, m.concepts[0]) for m in tag(text) if m.finder == "approximate"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("It was called an autosomal dominant disorder.", ("autosomal dominant disorder", "DOID:0050736")),
        (
            "A family with breast-ovarian cancer syndrome was seen.",
            ("breast-ovarian cancer syndrome", "DOID:5683"),
        ),
        ("Two of the X-linked disorders are mild.", ("X-linked disorders", "DOID:0050735")),
        ("Tapeto-choroidal dystrophies progress slowly.", ("Tapeto-choroidal dystrophies", "DOID:9821")),
    ],
)
def test_a_long_name_in_other_forms_of_its_words_is_linked(sentence: str, found: tuple[str, str]) -> None:
    assert approximate(sentence) == [found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Patients with progressive disease were left out.",
        "The disease is rare, and no syndrome was seen.",
        "Hepatic fibrosis was graded.",
        "C5-deficient mice were used.",
        "Low-risk disease and severe anomalies were common.",
        "HFE deficiency and PTEN syndrome.",
    ],
)
def test_a_head_with_words_of_no_name_is_left_alone(sentence: str) -> None:
    assert approximate(sentence) == []


def test_a_name_of_the_list_is_never_replaced_by_one_like_it() -> None:
    (mention,) = [m for m in tag("Duchenne muscular dystrophy was seen.") if m.type == "DISEASE"]
    assert mention.finder == "lexicon"


def test_a_short_form_means_what_its_long_form_is_like() -> None:
    found = [(m.text, m.concepts, m.finder) for m in tag("An X-linked disorder (XLD) runs here. XLD is rare.")]
    assert found == [
        ("X-linked disorder", ("DOID:0050735",), "approximate"),
        ("XLD", ("DOID:0050735",), "abbreviation"),
        ("XLD", ("DOID:0050735",), "abbreviation"),
    ]


def test_what_was_matched_approximately_is_told_with_the_name_that_it_is_like() -> None:
    document = Document("text:1", (Passage("It is a genetic disorder."),))
    (name,) = consider(Lexicon.load(), document, split_document(document))
    assert (name.text, name.chosen) == ("genetic disorder", "DOID:630")
    assert name.candidates[0].evidence == ("approximately 'genetic disease'",)
