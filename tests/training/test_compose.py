# ruff: noqa: S311 - nothing secret in it
"""Sentences put together from the parts of others: whatever is set into whatever, the whole is a tree."""

from __future__ import annotations

import random
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

# word, tag, head, dep
PASSIVE = [
    ("In", "IN", 5, "prep"), ("tumors", "NNS", 0, "pobj"), (",", ",", 5, "punct"), ("BMP2", "NN", 5, "nsubjpass"),
    ("was", "VBD", 5, "auxpass"), ("reduced", "VBN", 5, "ROOT"), ("by", "IN", 5, "agent"),
    ("PTEN", "NN", 6, "pobj"), (".", ".", 5, "punct"),
]  # fmt: skip
ACTIVE = [
    ("Actin", "NN", 1, "nsubj"), ("suppressed", "VBD", 1, "ROOT"), ("the", "DT", 3, "det"),
    ("growth", "NN", 1, "dobj"), ("of", "IN", 3, "prep"), ("cells", "NNS", 4, "pobj"), (".", ".", 1, "punct"),
]  # fmt: skip
COPULA = [
    ("Insulin", "NN", 1, "nsubj"), ("is", "VBZ", 1, "ROOT"), ("a", "DT", 3, "det"), ("hormone", "NN", 1, "attr"),
    ("from", "IN", 3, "prep"), ("the", "DT", 6, "det"), ("pancreas", "NN", 4, "pobj"), (".", ".", 1, "punct"),
]  # fmt: skip
BINDING = [
    ("Wnt", "NN", 1, "nsubj"), ("binds", "VBZ", 1, "ROOT"), ("a", "DT", 3, "det"), ("receptor", "NN", 1, "dobj"),
    ("in", "IN", 3, "prep"), ("neurons", "NNS", 4, "pobj"), (".", ".", 1, "punct"),
]  # fmt: skip


@pytest.fixture(scope="module")
def pool(prepare: ModuleType) -> list:
    sentences = (PASSIVE, ACTIVE, COPULA, BINDING)
    return [[prepare.Node(word, True, tag, "X", head, dep) for word, tag, head, dep in rows] for rows in sentences]


def _words(nodes: list) -> str:
    return " ".join(node.word for node in nodes)


def _head(nodes: list, word: str) -> tuple[str, str]:
    node = next(node for node in nodes if node.word == word)
    return nodes[node.head].word, node.dep


@given(seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_whole_is_one_tree(compose: ModuleType, pool: list, seed: int) -> None:
    for nodes in compose.compose(pool, 3, random.Random(seed)):
        roots = [index for index, node in enumerate(nodes) if node.head == index]
        assert [nodes[index].dep for index in roots] == ["ROOT"]
        for index in range(len(nodes)):
            steps = 0
            while nodes[index].head != index:
                index, steps = nodes[index].head, steps + 1
                assert steps <= len(nodes), _words(nodes)
        assert nodes[0].word[:1].isupper()


def test_a_phrase_before_a_sentence_hangs_on_its_verb_and_the_subject_stays(
    compose: ModuleType, pool: list
) -> None:
    parts = compose.Parts(pool, random.Random(3))
    parts.kinds["fronted"] = [part for part in parts.kinds["fronted"] if part[0].word == "In"]
    chance = random.Random(1)
    nodes = next(
        n for n in (compose.fronted(list(pool[1]), parts, chance) for _ in range(99)) if "tumors" in _words(n)
    )
    assert _words(nodes) == "in tumors , actin suppressed the growth of cells ."
    assert _head(nodes, "in") == ("suppressed", "prep")
    assert _head(nodes, "actin") == ("suppressed", "nsubj")


def test_an_apposition_hangs_on_the_subject(compose: ModuleType, pool: list) -> None:
    parts = compose.Parts(pool, random.Random(3))
    made = [compose.apposition(list(pool[1]), parts, random.Random(seed)) for seed in range(40)]
    nodes = next(nodes for nodes in made if "hormone" in _words(nodes) and "is" not in _words(nodes).split())
    assert _words(nodes) == "Actin , a hormone from the pancreas , suppressed the growth of cells ."
    assert _head(nodes, "hormone") == ("Actin", "appos")
    assert _head(nodes, "Actin") == ("suppressed", "nsubj")


def test_a_second_clause_is_joined_to_the_first_verb(compose: ModuleType, pool: list) -> None:
    parts = compose.Parts(pool, random.Random(5))
    made = [compose.second_clause(list(pool[1]), parts, random.Random(seed)) for seed in range(40)]
    nodes = next(nodes for nodes in made if "and wnt binds" in _words(nodes))
    assert _head(nodes, "binds") == ("suppressed", "conj")
    assert _head(nodes, "and") == ("suppressed", "cc")
    assert _head(nodes, "wnt") == ("binds", "nsubj")
