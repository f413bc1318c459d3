"""What makes tagging fast never changes what is found: each shortcut against the plain way round it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.lexicon import Lexicon
from minex.tagging.abbreviations import may_define
from minex.tagging.resolution import resolve, weigh

LEXICON = Lexicon.load()
NAMES = [
    *("miR-21", "PTEN", "HIF-1α", "VEGF-A", "TGF-β1", "IL-6", "T3", "AGS", "CAT", "ECs", "March", "JUN", "Dec"),
    *("hypoxia", "exosomes", "lung cancer", "malignancy", "angiogenesis", "HeLa", "macrophages", "mice", "NSCLC"),
    *("interferon-γ", "western blot", "glioblastoma multiforme", "5-fluorouracil", "p53", "MALAT1", "E-cadherin"),
]
WORDS = [
    "the",
    "cells",
    "gene",
    "expression of",
    "lncRNA",
    "clone",
    "12",
    "patients with",
    "in",
    "(",
    ")",
    ",",
    "and",
]
texts = st.lists(st.sampled_from(NAMES) | st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_a_name_that_is_not_weighed_means_what_weighing_says(text: str) -> None:
    for match in LEXICON.match(text):
        choice = resolve(match, text, {})
        best = weigh(match, text, {})[0]
        if len(match.candidates) == 1:
            assert (choice.candidate if choice else None) == (best.candidate if best.score > 0 else None)


@given(st.lists(st.sampled_from(NAMES), max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_name_is_lost_among_others(names: list[str]) -> None:
    text = " zzq, ".join(names)
    at = 0
    found = {(match.start, match.end): match.candidates for match in LEXICON.match(text)}
    for name in names:
        for alone in LEXICON.match(name):
            assert found[at + alone.start, at + alone.end] == alone.candidates
        at += len(name) + len(" zzq, ")


@pytest.mark.parametrize("length", [0, 30])
@given(st.text(st.sampled_from("aB1é-α() [],"), max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_sentence_that_may_define_is_one_with_either_kind_of_bracket(length: int, text: str) -> None:
    text = text + " PCA (prostate cancer)"[:length]
    either = re.compile(
        r"[(\[](?=[^()\[\]]*[A-Z])[^()\[\]\s;,=]{2,12}(?:\s[^()\[\]\s;,=]{1,8})?[)\]]"
        r"|\b(?=[a-zα-ω0-9-]*[A-Z])[\w-]{2,10}\s\([A-Za-zα-ω][^()]{6,80}\)"
    )
    assert may_define(text) == (either.search(text) is not None)
