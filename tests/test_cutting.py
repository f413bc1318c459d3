"""A word is cut as the tokenizer cuts it, though the tokenizer is mostly not asked."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from minex import cutting
from minex.cutting import cut
from minex.formats import read
from minex.model import Document
from minex.resources import find
from minex.syntax.mask import mask
from minex.syntax.pipeline import load

PIECES = (
    "miR",
    "p",
    "-",
    "/",
    "(",
    ")",
    ".",
    "α",
    "10",
    "mg",
    "%",
    "'s",
    ":)",
    "e.g.",
    "cannot",
    "<",
    "+",
    "β",
    ",",
)


@pytest.fixture(scope="module", params=["bundled", "blank"])
def nlp(request: pytest.FixtureRequest) -> Language:
    return load().nlp if request.param == "bundled" else spacy.blank("en")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=5))
@example(["cannot"])
@example(["8", ")"])
def test_a_word_is_cut_as_the_tokenizer_cuts_it(nlp: Language, pieces: list[str]) -> None:
    for word in "".join(pieces).split():
        assert cut(nlp, word) == tuple(token.text for token in nlp.make_doc(word))


def test_the_words_of_a_sentence_are_cut_one_by_one_as_all_together() -> None:
    nlp = load().nlp
    for document in read(find("corpus/demo") / "abstracts.jsonl"):
        assert isinstance(document, Document)
        for piece in document.text.split(". "):
            # What the mask joins, shows otherwise or leaves out is none of the tokenizer's doing.
            shown = [token for token in mask(nlp, piece, 0, []) if piece[token.start : token.end] == token.word]
            offsets = {(token.idx, token.idx + len(token)) for token in nlp.make_doc(piece)}
            assert {(token.start, token.end) for token in shown} <= offsets


def test_most_words_need_no_tokenizer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = cutting._tokens

    def noted(nlp: Language, word: str) -> tuple[str, ...]:
        asked.append(word)
        return ask(nlp, word)

    monkeypatch.setattr(cutting, "_tokens", noted)
    nlp = spacy.blank("en")
    for word in ("expression", "glioma", "cannot", "cells,", "HIF1A"):
        cut(nlp, word)
    assert asked == ["cannot", "cells,"]
