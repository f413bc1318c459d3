"""Long names in other forms of their words: what is alike, and above all what only looks so."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.lexicon import Lexicon
from minex.lexicon import compiled as files
from minex.lexicon.approximate import NearNames
from minex.lexicon.lexicon import DEFAULT
from minex.lexicon.nearest import nearest
from minex.lexicon.user import Block, OwnName, UserLexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def best(names: list[str], name: str) -> str | None:
    return next((found for found, _ in NearNames(names).like(name)), None)


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("complement deficiency", "complement deficiencies"),
        ("deficiency of complement", "complement deficiency"),
        ("breast and ovarian cancer", "breast-ovarian cancers"),
        ("tapetochoroidal dystrophy", "tapeto-choroidal dystrophy"),
        ("x linked disease", "X-linked disorders"),
        ("hyperinsulinemia", "Hyperinsulinaemia"),
        ("macrophage polarization", "polarisation of macrophages"),
    ],
)
def test_the_same_words_in_other_forms_are_alike(known: str, name: str) -> None:
    assert best([known, "an unlike name"], name) == known


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("hepatic fibroma", "hepatic fibrosis"),
        ("hypothyroidism", "hyperthyroidism"),
        ("type 1 diabetes mellitus", "type 2 diabetes mellitus"),
        ("congenital hip dysplasia", "hip dysplasia"),
        ("complement deficiency", "complement deficient"),
        ("disease progression", "progressive disease"),
        ("colorectal tumor", "colorectal tumorigenesis"),
        ("zona occludens 1", "ZO1"),
    ],
)
def test_other_words_other_numbers_and_other_heads_are_not(known: str, name: str) -> None:
    assert best([known], name) is None


def test_symbols_and_short_names_are_compared_with_nothing() -> None:
    assert NearNames(["zo 1", "zo one"]).like("ZO1") == []
    assert NearNames([]).like("hereditary ovarian cancers") == []


def test_the_more_alike_comes_first_and_a_name_is_most_like_itself() -> None:
    found = NearNames(["neisseria infection", "neisseriae infections"]).like("neisseriae infections")
    assert [name for name, _ in found] == ["neisseriae infections", "neisseria infection"]
    assert found[0][1] == pytest.approx(1.0)


def test_what_is_alike_is_linked_only_if_it_means_one_thing(lexicon: Lexicon) -> None:
    near = nearest(lexicon, "breast-ovarian cancer syndromes")
    assert near is not None
    assert (near.candidate.id, near.candidate.type) == ("DOID:5683", "DISEASE")
    assert nearest(lexicon, "phosphatase and tensin homologue") is None


def test_a_users_names_are_compared_and_blocked_ones_are_not() -> None:
    content = files.load(DEFAULT)
    own = OwnName("my:1", "DISEASE", "quiet marrow syndrome")
    near = nearest(Lexicon(content, UserLexicon((own,))), "quiet marrows syndrome")
    assert near is not None
    assert near.candidate.id == "my:1"
    blocked = UserLexicon(block=(Block("breast and ovarian cancer syndrome"),))
    assert nearest(Lexicon(content, blocked), "breast-ovarian cancer syndromes") is None


def test_two_lexicons_say_the_same_and_the_first_answer_is_there_within_two_seconds() -> None:
    content = files.load(DEFAULT)
    first = Lexicon(content)
    start = time.process_time()
    answer = first.near_names.like("hereditary complement deficiencies")
    assert time.process_time() - start < 2
    assert Lexicon(content).near_names.like("hereditary complement deficiencies") == answer


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_likeness_is_a_share_and_any_text_may_be_asked(name: str) -> None:
    near = NearNames(["complement deficiency", "spinocerebellar ataxia"])
    assert all(0 < similarity <= 1.000001 for _, similarity in near.like(name))
