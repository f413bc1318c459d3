"""The normal form and the way back from it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.lexicon.normalize import IRREGULAR, fold, key, normalize

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
DENSE = st.text(st.sampled_from("aA1 -βé\u0301ﬁ²µ,(\n‑%ßİ"), max_size=40)


@pytest.mark.parametrize(
    ("spellings", "normal"),
    [
        (("HIF-1α", "HIF1α", "Hif 1 alpha", "HIF‑1‐alpha", "HIF-1Α"), "hif 1 alpha"),
        (("TGF-β1", "TGFβ1", "tgf beta 1", "TGF/β1"), "tgf beta 1"),
        (("NF-κB", "NFκB"), "nf kappa b"),
        (("Sjögren", "Sjo\u0308gren", "SJÖGREN"), "sjogren"),
        (("1% O2", "1 % O₂", "1%O2"), "1 o 2"),
        (("ﬁbroblast", "fibroblast"), "fibroblast"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings, normal):
    assert {key(spelling) for spelling in spellings} == {normal}


def test_a_comma_is_no_hyphen():
    assert "a b" not in normalize("a, b").text


@given(st.one_of(ANY_TEXT, DENSE))
@settings(max_examples=300, deadline=None)
def test_every_visible_character_maps_into_the_source(text):
    normal = normalize(text)
    for position, character in enumerate(normal.text):
        if character != " ":
            start, end = normal.span(position, position + 1)
            assert 0 <= start < end <= len(text)
            assert character in "".join(c.lower() if c.isascii() else fold(c) for c in text[start:end])


@given(ANY_TEXT)
@settings(max_examples=150, deadline=None)
def test_a_key_is_its_own_key(text):
    assert key(key(text)) == key(text)


@given(st.one_of(ANY_TEXT, DENSE, st.text(st.sampled_from("ab12 -%\t\n\xa0é²α,."), max_size=20)))
@settings(max_examples=300, deadline=None)
def test_what_is_irregular_is_found_in_one_scan_as_by_its_four_rules(text):
    rules = re.compile(r"[^\x00-\x7f]|(?<=[A-Za-z])[0-9]+|(?<![0-9])[0-9]+(?=[A-Za-z])|[\s%-]{2,}")
    assert [m.span() for m in IRREGULAR.finditer(text)] == [m.span() for m in rules.finditer(text)]
