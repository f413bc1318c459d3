"""minex's parts in a spaCy pipeline: sentences, compounds, lemmas."""

from __future__ import annotations

import importlib
import sys
from functools import lru_cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from minex import nlp as bundled
from minex.syntax import components  # noqa: F401  (registers them)
from minex.syntax.sentences import split

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[2]


@lru_cache(maxsize=1)
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("minex_sentences")
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return bundled.load()


def test_sentences_are_those_of_a_run() -> None:
    text = "As Novak et al. (2014) saw, miR-21 rose (Fig. 2). p53 did not.\n\nMethods\n\nCells grew at 37.5 °C."
    found = [sentence.text.strip() for sentence in blank()(text).sents]
    assert found == [text[span.start : span.end] for span in split(text)]


@given(st.text(alphabet="aB.? \n(1)", max_size=60))
def test_every_sentence_of_a_run_starts_one_in_a_doc(text: str) -> None:
    doc = blank()(text)
    starts = {sentence.start_char for sentence in doc.sents}
    for span in split(text):
        token = doc.char_span(span.start, span.start + 1, alignment_mode="expand")
        assert token is not None
        assert token.start_char in starts


def test_an_empty_text_has_no_sentence() -> None:
    assert not list(blank()("").sents)


def test_the_parser_keeps_to_the_sentences(nlp: Language) -> None:
    doc = nlp("miR-21 rose in E. coli, as did others (cf. Fig. 2). It targets PTEN. p53 fell.")
    assert [sentence.text for sentence in doc.sents] == [
        "miR-21 rose in E. coli, as did others (cf. Fig. 2).",
        "It targets PTEN.",
        "p53 fell.",
    ]
    assert all(len([token for token in sentence if token.head == token]) == 1 for sentence in doc.sents)


def test_compounds_are_one_word_with_the_lemma_of_the_rules(nlp: Language) -> None:
    doc = nlp("miR-21 down-regulates PTEN by targeting its 3' UTR.")
    lemmas = {token.text: token.lemma_ for token in doc}
    assert lemmas["down-regulates"] == "downregulate"
    assert lemmas["targeting"] == "target"
    assert "3' UTR" in lemmas


def test_entry_points_name_factories_so_that_nobody_need_import_them() -> None:
    # Once minex is installed, `nlp.add_pipe("minex_sentences")` works by itself.
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    for name, place in points["spacy_factories"].items():
        module, _, attribute = place.partition(":")
        assert callable(getattr(importlib.import_module(module), attribute))
        assert Language.has_factory(name)
