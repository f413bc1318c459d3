"""Mends of parses that cannot be right."""

from __future__ import annotations

from minex.syntax.parse import Parse
from minex.syntax.repair import repair


def test_a_sentence_without_a_finite_verb_finds_it_in_a_participle() -> None:
    # "Knockdown of X reduced Y expression." read as one noun phrase
    parse = Parse.by_hand(
        ["Knockdown", "of", "X", "reduced", "Y", "expression", "."],
        heads=[0, 0, 3, 5, 5, 1, 0],
        deps=["ROOT", "prep", "npadvmod", "amod", "compound", "pobj", "punct"],
        tags=["NN", "IN", "NN", "VBN", "NN", "NN", "."],
    )
    mended = Parse(repair(parse.tokens))
    verb = mended[3]
    assert (verb.dep, verb.tag) == ("ROOT", "VBD")
    assert (mended[0].head, mended[0].dep) == (3, "nsubj")
    assert (mended[5].head, mended[5].dep) == (3, "dobj")
    assert (mended[2].head, mended[2].dep) == (1, "pobj")


def test_a_compound_participle_stays_one() -> None:
    # "Hypoxia-induced exosomes." has no verb and needs none
    parse = Parse.by_hand(
        ["Hypoxia", "-", "induced", "exosomes", "in", "cells", "."],
        heads=[2, 2, 3, 3, 3, 4, 3],
        deps=["npadvmod", "punct", "amod", "ROOT", "prep", "pobj", "punct"],
        tags=["NN", "HYPH", "VBN", "NNS", "IN", "NNS", "."],
    )
    assert repair(parse.tokens) == parse.tokens


def test_a_sentence_with_a_finite_verb_is_left_alone() -> None:
    parse = Parse.by_hand(
        ["Mice", "lost", "reduced", "weight", "."],
        heads=[1, 1, 3, 1, 1],
        deps=["nsubj", "ROOT", "amod", "dobj", "punct"],
        tags=["NNS", "VBD", "VBN", "NN", "."],
    )
    assert repair(parse.tokens) == parse.tokens


def test_which_without_a_role_becomes_the_subject() -> None:
    parse = Parse.by_hand(
        ["X", ",", "which", "increased", "Y"],
        heads=[0, 0, 3, 0, 3],
        deps=["ROOT", "punct", "dep", "advcl", "dobj"],
        tags=["NN", ",", "WDT", "VBD", "NN"],
    )
    assert repair(parse.tokens)[2].dep == "nsubj"
