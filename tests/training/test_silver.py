"""Trees for sentences that nobody annotated: shown in several ways, agreed on, mended, or dropped."""

from __future__ import annotations

import random
from types import ModuleType

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from minex.model import Mention
from minex.syntax.mask import MaskedToken, mask

SENTENCE = "miR-21 enhances cell migration"


def _nlp() -> Language:
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "minex.tokenizer.v1"}}})


def _masked(text: str, *mentions: tuple[str, str]) -> list[MaskedToken]:
    found = [Mention(text.index(part), text.index(part) + len(part), part, kind) for part, kind in mentions]
    return mask(_nlp(), text, 0, found)


def _doc(vocab: Vocab, heads: list[int], deps: list[str], tags: list[str]) -> Doc:
    return Doc(vocab, words=[f"w{i}" for i in range(len(heads))], heads=heads, deps=deps, tags=tags)


def _tokens(text: str = SENTENCE) -> list[MaskedToken]:
    return _masked(text, ("miR-21", "MIRNA"), ("cell migration", "PROCESS"))


def test_the_first_way_is_the_sentence_as_minex_shows_it_with_a_full_stop(silver: ModuleType) -> None:
    first, *others = silver.ways(_tokens(), random.Random(1))  # noqa: S311
    assert first == ["BMP2", "enhances", "migration", "."]
    assert len(others) == silver.WAYS - 1
    assert all(len(words) == len(first) and words[-1] == "." for words in others)


def test_the_other_ways_have_other_names_and_verbs_of_the_same_form(silver: ModuleType) -> None:
    seen = {words[1] for seed in range(20) for words in silver.ways(_tokens(), random.Random(seed))}  # noqa: S311
    assert "enhances" in seen
    assert {"induces", "inhibits", "requires"} <= seen
    assert all(word.endswith("s") for word in seen)


def test_a_full_stop_that_is_there_is_not_put_twice(silver: ModuleType) -> None:
    for words in silver.ways(_tokens(SENTENCE + "."), random.Random(1)):  # noqa: S311
        assert words[-2:] != [".", "."]


def test_the_parse_that_the_others_agree_with_is_taken(silver: ModuleType) -> None:
    vocab = Vocab()
    right = ([1, 1, 1], ["nsubj", "ROOT", "dobj"], ["NN", "VBZ", "NN"])
    wrong = ([2, 2, 2], ["compound", "compound", "ROOT"], ["NN", "NNS", "NN"])
    best, share = silver.agreed([_doc(vocab, *parse) for parse in (wrong, right, right)], 3)
    assert [token.dep_ for token in best] == right[1]
    assert 0.6 < share < 0.7


class _Parser:
    """Stands in for a pipeline: gives every sentence the tree that a table has for its verb."""

    def __init__(self, trees: dict[str, tuple[list[int], list[str], list[str]]]) -> None:
        self.vocab = Vocab()
        self.trees = trees

    def pipe(self, docs: object) -> list[Doc]:
        found = []
        for doc in docs:  # type: ignore[attr-defined]
            words = [token.text for token in doc]
            heads, deps, tags = self.trees.get(words[1], self.trees[""])
            found.append(Doc(self.vocab, words=words, heads=heads, deps=deps, tags=tags))
        return found


CLAUSE = ([1, 1, 1, 1], ["nsubj", "ROOT", "dobj", "punct"], ["NN", "VBN", "NN", "."])
PHRASE = ([2, 2, 2, 2], ["compound", "compound", "ROOT", "punct"], ["NN", "NNS", "NN", "."])


def test_a_tree_is_for_the_sentence_as_it_stands_and_a_verb_with_a_subject_is_no_participle(
    silver: ModuleType,
) -> None:
    [nodes] = silver.trees(_Parser({"": CLAUSE}), [_tokens()], 1)
    assert [(node.word, node.tag, node.head, node.dep) for node in nodes] == [
        ("BMP2", "NN", 1, "nsubj"), ("enhances", "VBD", 1, "ROOT"), ("migration", "NN", 1, "dobj"),
    ]  # fmt: skip


def test_a_sentence_that_the_ways_disagree_on_is_dropped(silver: ModuleType) -> None:
    assert list(silver.trees(_Parser({"": CLAUSE, "enhances": PHRASE}), [_tokens()], 1)) == []


def test_a_tree_that_cannot_be_right_is_dropped(silver: ModuleType) -> None:
    odd = ([1, 1, 1, 1], ["pobj", "ROOT", "dobj", "punct"], ["NN", "VBZ", "NN", "."])
    assert list(silver.trees(_Parser({"": odd}), [_tokens()], 1)) == []
