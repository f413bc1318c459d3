"""Inflection: one line in a rule file, every form in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.rules.inflect import noun_forms, verb_forms


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("inhibit", {"inhibit", "inhibits", "inhibited", "inhibiting"}),
        ("reduce", {"reduce", "reduces", "reduced", "reducing"}),
        ("suppress", {"suppress", "suppresses", "suppressed", "suppressing"}),
        ("modify", {"modify", "modifies", "modified", "modifying"}),
        ("drop", {"drop", "drops", "dropped", "dropping"}),
        ("confer", {"confer", "confers", "conferred", "conferring"}),
        ("target", {"target", "targets", "targeted", "targeting"}),
        ("trigger", {"trigger", "triggers", "triggered", "triggering"}),
        ("stabilize", {"stabilize", "stabilise", "stabilized", "stabilised", "stabilizing", "stabilises"}),
        ("delay", {"delay", "delays", "delayed", "delaying"}),
    ],
)
def test_verbs_are_inflected_as_they_are_written(base: str, forms: set[str]) -> None:
    assert forms <= set(verb_forms(base))


def test_irregular_forms_stand_in_for_the_past() -> None:
    assert set(verb_forms("rise", ("rose", "risen"))) == {"rise", "rises", "rose", "risen", "rising"}


@pytest.mark.parametrize(
    ("base", "plural"), [("activity", "activities"), ("loss", "losses"), ("level", "levels"), ("assay", "assays")]
)
def test_nouns_have_their_plural(base: str, plural: str) -> None:
    assert noun_forms(base) == {base, plural}


@given(st.from_regex(r"[a-z]{3,12}", fullmatch=True))
def test_the_base_form_is_always_one_of_the_forms(word: str) -> None:
    assert word in verb_forms(word)
    assert word in noun_forms(word)
