"""Trees in Universal Dependencies become the CLEAR trees that the rules know, and say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.model import Document, Passage
from minex.pipeline import Pipeline
from minex.syntax.mask import mask
from minex.syntax.parse import Parse, Token, Tree
from minex.syntax.universal import is_universal, to_clear
from tests.syntax.schemes import SENTENCES, TREES, Sentence

CLEAR_LABELS = ["ROOT", "nsubj", "dobj", "prep", "pobj", "case", "nmod", "acl", "relcl", "agent", "attr"]
# What scispaCy's parsers have: they learned from Universal Dependencies, and a little from CLEAR.
SCISPACY_LABELS = ["ROOT", "nsubj", "dobj", "case", "nmod", "cop", "mwe", "nmod:poss", "prep", "pobj", "pcomp"]


def hung(sentence: Sentence, universal: bool) -> list[Token]:
    """Return the tokens of a hand-built Doc as the parser would hang them."""
    return [
        Token(t.i, t.text, t.lower_, t.idx, t.idx + len(t), t.tag_, t.dep_, t.head.i)
        for t in sentence.doc(universal)
    ]


@pytest.mark.parametrize("sentence", [*SENTENCES, *TREES], ids=lambda sentence: sentence.text)
def test_a_universal_tree_becomes_the_clear_one(sentence: Sentence) -> None:
    converted = [(t.text, t.dep, t.head) for t in to_clear(hung(sentence, universal=True))]
    assert converted == [(t.text, t.dep, t.head) for t in hung(sentence, universal=False)]


@pytest.mark.parametrize("sentence", [*SENTENCES, *TREES], ids=lambda sentence: sentence.text)
def test_a_tree_that_is_clear_already_stays_what_it_is(sentence: Sentence) -> None:
    clear = hung(sentence, universal=False)
    assert to_clear(clear) == tuple(clear)


@pytest.mark.parametrize("universal", [False, True], ids=["clear", "universal"])
@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text)
def test_a_sentence_says_the_same_in_both_schemes(sentence: Sentence, universal: bool, pipeline: Pipeline) -> None:
    plan = pipeline.plan(Document("text:1", (Passage(sentence.text),)))
    (request,) = plan.requests
    masked = mask(pipeline.syntax.nlp, request.text, request.start, request.mentions)
    parse = Parse.of(masked, Tree.of_doc(sentence.doc(universal)), universal=universal)
    found = pipeline.extractor.evidence(plan, [parse])
    says = {
        (each.subject.name, str(each.predicate), each.object.name, *(["not"] if each.negated else []))
        for each in found
    }
    assert says == sentence.says


def test_names_of_the_second_version_are_understood() -> None:
    parse = Parse.by_hand(
        ["PTEN", "was", "not", "suppressed", "by", "miR-21", "and", "miR-155"],
        heads=[3, 3, 3, 3, 5, 3, 7, 5],
        deps=["nsubj:pass", "aux:pass", "advmod", "ROOT", "case", "obl", "cc", "conj"],
        tags=["NN", "VBD", "RB", "VBN", "IN", "NN", "CC", "NN"],
    )
    assert [(t.dep, t.head) for t in to_clear(parse.tokens)] == [
        ("nsubjpass", 3),
        ("auxpass", 3),
        ("neg", 3),
        ("ROOT", 3),
        ("agent", 3),
        ("pobj", 4),
        ("cc", 5),
        ("conj", 5),
    ]


def test_a_sentence_that_a_parser_split_becomes_one_tree() -> None:
    parse = Parse.by_hand(["A", "rose", "B", "fell"], [1, 1, 3, 3], ["nsubj", "ROOT"] * 2, ["NN", "VBD"] * 2)
    assert [t.head for t in to_clear(parse.tokens)] == [1, 1, 3, 1]


def test_the_scheme_is_known_by_the_labels_that_only_one_has() -> None:
    assert is_universal(SCISPACY_LABELS)
    assert is_universal(["nsubj", "obj", "obl", "case"])
    assert not is_universal(CLEAR_LABELS)
    assert not is_universal([])


# fmt: off
DEPS = st.sampled_from(
    [
        "nsubj", "nsubjpass", "dobj", "nmod", "nmod:poss", "nmod:npmod", "case", "mark", "cop", "aux",
        "auxpass", "advcl", "acl", "acl:relcl", "xcomp", "ccomp", "conj", "cc", "cc:preconj", "mwe", "neg",
        "det", "amod", "compound", "appos", "advmod", "punct", "dep", "parataxis", "nummod", "prep", "pobj",
    ]
)
TAGS = st.sampled_from(
    [
        "NN", "NNS", "VBN", "VBD", "VBZ", "VBG", "VB", "IN", "TO", "CC", "WDT", "JJ", "RB", "DT", "POS",
        ",",
    ]
)
WORDS = st.sampled_from(
    [
        "x", "by", "such", "well", "not", "of", "compared", "due", "and", "-", "targeting", "to",
    ]
)
# fmt: on


@st.composite
def trees(draw: st.DrawFn) -> list[Token]:
    size = draw(st.integers(1, 10))
    order = draw(st.permutations(range(size)))
    roots = draw(st.integers(1, 2))
    heads = list(range(size))
    # Every token hangs on one that came before it in a random order; a parser may leave a second root.
    for place, index in enumerate(order):
        if place >= roots:
            heads[index] = order[draw(st.integers(0, place - 1))]
    deps = ["ROOT" if heads[i] == i else draw(DEPS) for i in range(size)]
    words = [draw(WORDS) for _ in range(size)]
    return list(Parse.by_hand(words, heads, deps, [draw(TAGS) for _ in range(size)]).tokens)


@given(trees())
def test_converting_loses_and_doubles_no_token_and_always_gives_a_tree(tokens: list[Token]) -> None:
    converted = to_clear(tokens)
    assert [(t.i, t.text, t.tag, t.start, t.end) for t in converted] == [
        (t.i, t.text, t.tag, t.start, t.end) for t in tokens
    ]
    assert sum(token.head == token.i for token in converted) == 1
    for token in converted:
        seen = set()
        here = token
        while here.head != here.i:
            assert here.i not in seen
            seen.add(here.i)
            here = converted[here.head]
        assert here.dep == "ROOT"


@given(trees())
def test_converting_is_deterministic_and_speaks_no_universal_label(tokens: list[Token]) -> None:
    converted = to_clear(tokens)
    assert to_clear(tokens) == converted
    assert not is_universal({token.dep for token in converted})
