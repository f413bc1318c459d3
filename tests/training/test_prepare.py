"""The treebank as the parser sees sentences at run time: collapsed names, names in every place, titles."""

from __future__ import annotations

import random
from types import ModuleType

import spacy

# word, tag, head, dep
SENTENCE = [
    ("We", "PRP", 1, "nsubj"), ("show", "VBP", 1, "ROOT"), ("that", "IN", 6, "mark"), ("the", "DT", 5, "det"),
    ("epithelial", "JJ", 5, "amod"), ("cells", "NNS", 6, "nsubj"), ("express", "VBP", 1, "ccomp"),
    ("bone", "NN", 9, "compound"), ("morphogenetic", "JJ", 9, "amod"), ("protein", "NN", 6, "dobj"),
    ("in", "IN", 6, "prep"), ("vivo", "NN", 10, "pobj"), (".", ".", 1, "punct"),
]  # fmt: skip


def _nodes(prepare: ModuleType, rows: list[tuple[str, str, int, str]] = SENTENCE) -> list:
    return [prepare.Node(word, True, tag, "X", head, dep) for word, tag, head, dep in rows]


def _is_tree(nodes: list) -> bool:
    for index in range(len(nodes)):
        seen = set()
        while nodes[index].head != index:
            if index in seen:
                return False
            seen.add(index)
            index = nodes[index].head
    return True


def test_a_name_becomes_one_token_in_the_place_of_its_head(prepare: ModuleType) -> None:
    nodes = prepare.collapse(_nodes(prepare), [(7, 10, "BMP2")])
    assert [node.word for node in nodes[6:9]] == ["express", "BMP2", "in"]
    assert (nodes[7].tag, nodes[7].dep, nodes[7].head) == ("NN", "dobj", 6)
    assert (nodes[9].word, nodes[nodes[9].head].word) == ("vivo", "in")


def test_what_does_not_hang_together_stays(prepare: ModuleType) -> None:
    assert [node.word for node in prepare.collapse(_nodes(prepare), [(9, 12, "BMP2")])][9:12] == [
        "protein", "in", "vivo",
    ]  # fmt: skip


def test_mentions_are_shown_as_they_are_when_minex_runs(prepare: ModuleType) -> None:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "minex.tokenizer.v1"}}})
    rows = [
        ("miR-21", "NN", 3, "nsubj"), ("down", "RB", 3, "advmod"), ("-", "HYPH", 3, "punct"),
        ("regulates", "VBZ", 3, "ROOT"), ("epithelial", "JJ", 7, "amod"), ("-", "HYPH", 7, "punct"),
        ("mesenchymal", "JJ", 7, "amod"), ("transition", "NN", 3, "dobj"), (".", ".", 3, "punct"),
    ]  # fmt: skip
    glued = {1, 2, 4, 5, 7}
    nodes = [
        prepare.Node(word, index not in glued, tag, "X", head, dep)
        for index, (word, tag, head, dep) in enumerate(rows)
    ]
    shown = prepare.Masker(nlp)(nodes)
    assert [(node.word, node.dep, node.head) for node in shown] == [
        ("BMP2", "nsubj", 1), ("downregulates", "ROOT", 1), ("transition", "dobj", 1), (".", "punct", 1),
    ]  # fmt: skip


def test_varied_sentences_are_trees_with_names_and_verbs_of_regulation(prepare: ModuleType) -> None:
    seen: set[str] = set()
    for seed in range(200):
        nodes = prepare.vary(_nodes(prepare), random.Random(seed))  # noqa: S311
        assert _is_tree(nodes)
        words = [node.word for node in nodes]
        assert "vivo" in [word.lower() for word in words]
        seen.add(" ".join(words))
        that = [word.lower() for word in words].index("that")
        assert nodes[that].dep == "mark"
    assert any(text.startswith("We show that the epithelial cells express BMP2") for text in seen)
    assert any("that exosomes " in text for text in seen)
    assert any(not text.endswith(".") for text in seen)
    assert any("Express" in text or "Vivo" in text for text in seen)


def test_the_same_seed_gives_the_same_sentences(prepare: ModuleType) -> None:
    first, second = (prepare.vary(_nodes(prepare), random.Random(5)) for _ in range(2))  # noqa: S311
    assert first == second
