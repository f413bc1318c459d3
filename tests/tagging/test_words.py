"""The tokens that the abbreviation detector reads are spaCy's own, though no text is given to spaCy whole."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from minex.tagging.words import tokens

_PIECES = (
    "(PCA)",
    "TNF-α",
    "e.g.",
    "don't",
    ":)",
    "8)",
    "10mg",
    "Dr.",
    "a.m.",
    "...",
    "[EV],",
    "p<0.05",
    "β",
    "é",
)


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.blank("en")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(_PIECES) | st.text(max_size=6), st.sampled_from((" ", " ", "  ", "\n"))))
)
@example([("", " "), ("a", " ")])
@example([(":", " "), (")", " ")])
def test_words_are_cut_as_spacy_cuts_the_whole_text(plain: Language, pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + space for word, space in pieces)
    doc = plain.make_doc(text)
    found = tokens(text)
    assert [(word.text, word.text_with_ws, word.start) for word in found] == [
        (token.text, token.text_with_ws, token.idx) for token in doc
    ]
    assert found.text == doc[:].text


def test_a_stretch_of_tokens_knows_its_text_and_place() -> None:
    text = "the extracellular vesicles (EVs)"
    stretch = tokens(text)[1:3]
    assert stretch.text == text[stretch.start_char : stretch.end_char] == "extracellular vesicles"
    assert [len(word) for word in stretch] == [13, 8]
