"""Mends of parses that cannot be right."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

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


def test_a_participle_after_and_is_a_verb_where_its_noun_is_coordinated_with_one() -> None:
    # "X lowered Y and stimulated Z" read as "lowered [Y] and [stimulated Z]"
    parse = Parse.by_hand(
        ["X", "lowered", "Y", "and", "stimulated", "Z"],
        heads=[1, 1, 1, 1, 5, 1],
        deps=["nsubj", "ROOT", "dobj", "cc", "amod", "conj"],
        tags=["NN", "VBD", "NN", "CC", "VBN", "NN"],
    )
    mended = Parse(repair(parse.tokens))
    assert (mended[4].head, mended[4].dep, mended[4].tag) == (1, "conj", "VBD")
    assert (mended[5].head, mended[5].dep) == (4, "dobj")


def test_a_plain_noun_in_coordination_with_a_verb_goes_to_its_object() -> None:
    parse = Parse.by_hand(
        ["X", "enhanced", "Y", "and", "Z"],
        heads=[1, 1, 1, 1, 1],
        deps=["nsubj", "ROOT", "dobj", "cc", "conj"],
        tags=["NN", "VBD", "NN", "CC", "NN"],
    )
    assert repair(parse.tokens)[4].head == 2


def test_names_after_their_class_are_in_apposition_to_it() -> None:
    parse = Parse.by_hand(
        ["cytokines", "A", "induced", "X"],
        heads=[2, 2, 2, 2],
        deps=["nsubj", "npadvmod", "ROOT", "dobj"],
        tags=["NNS", "NN", "VBD", "NN"],
    )
    mended = repair(parse.tokens)
    assert (mended[1].head, mended[1].dep) == (0, "appos")


def test_a_list_member_hangs_on_the_member_before_it() -> None:
    # "inhibition of A and B increased X", B hung on "inhibition"
    parse = Parse.by_hand(
        ["inhibition", "of", "A", "and", "B", "increased", "X"],
        heads=[5, 0, 1, 0, 0, 5, 5],
        deps=["nsubj", "prep", "pobj", "cc", "conj", "ROOT", "dobj"],
        tags=["NN", "IN", "NN", "CC", "NN", "VBD", "NN"],
        types={2: "MIRNA", 4: "MIRNA"},
    )
    assert repair(parse.tokens)[4].head == 2


def test_targets_between_two_names_is_a_verb() -> None:
    parse = Parse.by_hand(
        ["A", "targets", "B", "."],
        heads=[1, 1, 1, 1],
        deps=["compound", "ROOT", "appos", "punct"],
        tags=["NN", "NNS", "NN", "."],
        types={0: "MIRNA", 2: "GENE"},
    )
    mended = repair(parse.tokens)
    assert [token.dep for token in mended] == ["nsubj", "ROOT", "dobj", "punct"]
    assert mended[1].tag == "VBZ"


DEPS = st.sampled_from(
    ["nsubj", "dobj", "conj", "amod", "npadvmod", "prep", "pobj", "appos", "acl", "dep", "compound"]
)
TAGS = st.sampled_from(["NN", "NNS", "VBN", "VBD", "VBZ", "IN", "CC", "WDT", ",", "JJ"])


@st.composite
def trees(draw: st.DrawFn) -> Parse:
    size = draw(st.integers(3, 9))
    root = draw(st.integers(0, size - 1))
    # Every token hangs on one that came before it in a random order: always a tree.
    order = [root, *draw(st.permutations([i for i in range(size) if i != root]))]
    heads = [root] * size
    for place, index in enumerate(order[1:], start=1):
        heads[index] = order[draw(st.integers(0, place - 1))]
    words = [draw(st.sampled_from(["x", "and", "which", "targets", "-", "."])) for _ in range(size)]
    deps = ["ROOT" if i == root else draw(DEPS) for i in range(size)]
    types = {i: "GENE" for i in range(size) if draw(st.booleans())}
    return Parse.by_hand(words, heads, deps, [draw(TAGS) for _ in range(size)], types)


@given(trees())
def test_a_mended_tree_is_a_tree_of_the_same_words(parse: Parse) -> None:
    mended = repair(parse.tokens)
    assert [token.text for token in mended] == [token.text for token in parse]
    assert sum(token.head == token.i for token in mended) == 1
    for token in mended:
        seen = set()
        here = token
        while here.head != here.i:
            assert here.i not in seen
            seen.add(here.i)
            here = mended[here.head]


def test_the_first_of_a_slashed_pair_takes_the_place_of_both() -> None:
    parse = Parse.by_hand(
        ["activates", "A", "/", "B", "pathway"],
        heads=[0, 3, 3, 4, 0],
        deps=["ROOT", "compound", "punct", "compound", "dobj"],
        tags=["VBZ", "NN", "HYPH", "NN", "NN"],
        types={1: "GENE", 3: "GENE"},
    )
    mended = repair(parse.tokens)
    assert (mended[1].head, mended[1].dep) == (4, "compound")
    assert (mended[3].head, mended[3].dep) == (1, "conj")


def test_what_stands_before_a_second_verb_is_its_subject() -> None:
    # "A lowers B and C targets D", C read as a second object
    parse = Parse.by_hand(
        ["A", "lowers", "B", "and", "C", "directly", "targets", "D"],
        heads=[1, 1, 1, 2, 2, 6, 1, 6],
        deps=["nsubj", "ROOT", "dobj", "cc", "conj", "advmod", "conj", "dobj"],
        tags=["NN", "VBZ", "NN", "CC", "NN", "RB", "VBZ", "NN"],
        types={0: "GENE", 2: "GENE", 4: "MIRNA", 7: "GENE"},
    )
    mended = repair(parse.tokens)
    assert (mended[4].head, mended[4].dep) == (6, "nsubj")


def test_two_change_verbs_in_a_row_are_two_verbs() -> None:
    # "X decreased A and increased B", "increased" read as B's participle in a list of nouns
    parse = Parse.by_hand(
        ["X", "decreased", "A", "and", "increased", "B"],
        heads=[1, 1, 1, 2, 5, 2],
        deps=["nsubj", "ROOT", "dobj", "cc", "amod", "conj"],
        tags=["NN", "VBD", "NN", "CC", "VBN", "NN"],
    )
    mended = repair(parse.tokens)
    assert (mended[4].head, mended[4].dep, mended[5].head, mended[5].dep) == (1, "conj", 4, "dobj")


def test_after_a_verb_that_only_shows_a_participle_stays_with_its_noun() -> None:
    # "X showed decreased A and increased B" is one verb and two noun phrases
    parse = Parse.by_hand(
        ["X", "showed", "decreased", "A", "and", "increased", "B"],
        heads=[1, 1, 3, 1, 3, 6, 3],
        deps=["nsubj", "ROOT", "amod", "dobj", "cc", "amod", "conj"],
        tags=["NN", "VBD", "VBN", "NN", "CC", "VBN", "NN"],
    )
    assert repair(parse.tokens) == parse.tokens


def test_a_name_behind_containing_is_its_object_and_not_the_subject_of_the_verb() -> None:
    # "Exosomes containing X reduced invasion." read as "containing [X-reduced invasion]"
    parse = Parse.by_hand(
        ["Exosomes", "containing", "X", "reduced", "invasion", "."],
        heads=[0, 0, 3, 4, 1, 0],
        deps=["ROOT", "acl", "npadvmod", "amod", "dobj", "punct"],
        tags=["NNS", "VBG", "NN", "VBD", "NN", "."],
        types={2: "MIRNA"},
    )
    mended = Parse(repair(parse.tokens))
    assert (mended[3].dep, mended[0].head, mended[0].dep) == ("ROOT", 3, "nsubj")
    assert (mended[2].head, mended[2].dep) == (1, "dobj")
    assert (mended[4].head, mended[4].dep) == (3, "dobj")


def test_of_two_verbs_without_a_joint_the_first_is_a_reduced_relative() -> None:
    # "X from cells kept there stimulated Y": "kept" was taken for the verb of the clause
    parse = Parse.by_hand(
        ["X", "from", "cells", "kept", "there", "stimulated", "Y"],
        heads=[3, 0, 1, 3, 3, 3, 5],
        deps=["nsubj", "prep", "pobj", "ROOT", "advmod", "conj", "dobj"],
        tags=["NNS", "IN", "NNS", "VBN", "RB", "VBD", "NN"],
    )
    mended = Parse(repair(parse.tokens))
    assert (mended[5].dep, mended[0].head) == ("ROOT", 5)
    assert (mended[3].dep, mended[3].head) == ("acl", 2)


def test_two_verbs_with_a_joint_stay_as_they_are() -> None:
    parse = Parse.by_hand(
        ["X", "cells", "kept", "going", "and", "stimulated", "Y"],
        heads=[1, 2, 2, 2, 2, 2, 5],
        deps=["compound", "nsubj", "ROOT", "xcomp", "cc", "conj", "dobj"],
        tags=["NN", "NNS", "VBN", "VBG", "CC", "VBD", "NN"],
    )
    assert repair(parse.tokens) == parse.tokens


def test_names_between_commas_are_a_list() -> None:
    # "the markers X, Y, Z" where Y was hung on Z
    parse = Parse.by_hand(
        ["markers", "X", ",", "Y", ",", "Z"],
        heads=[0, 0, 1, 5, 5, 0],
        deps=["ROOT", "appos", "punct", "nmod", "punct", "appos"],
        tags=["NNS", "NN", ",", "NN", ",", "NN"],
        types={1: "GENE", 3: "GENE", 5: "GENE"},
    )
    mended = Parse(repair(parse.tokens))
    assert (mended[3].head, mended[3].dep) == (0, "appos")
    assert (mended[5].head, mended[5].dep) == (3, "conj")


def test_what_says_what_a_name_is_stands_in_apposition_to_it() -> None:
    # "We found X, a target gene and suppressor." read as a list of three
    parse = Parse.by_hand(
        ["We", "found", "X", ",", "a", "gene", "and", "suppressor", "."],
        heads=[1, 1, 1, 2, 5, 2, 5, 5, 1],
        deps=["nsubj", "ROOT", "dobj", "punct", "det", "conj", "cc", "conj", "punct"],
        tags=["PRP", "VBD", "NN", ",", "DT", "NN", "CC", "NN", "."],
        types={2: "GENE"},
    )
    assert repair(parse.tokens)[5].dep == "appos"


def test_a_list_that_ends_in_and_stays_a_list() -> None:
    parse = Parse.by_hand(
        ["We", "found", "X", ",", "and", "a", "gene", "."],
        heads=[1, 1, 1, 2, 2, 6, 2, 1],
        deps=["nsubj", "ROOT", "dobj", "punct", "cc", "det", "conj", "punct"],
        tags=["PRP", "VBD", "NN", ",", "CC", "DT", "NN", "."],
        types={2: "GENE"},
    )
    assert repair(parse.tokens)[6].dep == "conj"


def test_a_factor_and_a_process_are_no_list() -> None:
    # "They were rich in X and promoted P." read as "in X and in promoted P"
    parse = Parse.by_hand(
        ["They", "were", "enriched", "in", "X", "and", "promoted", "P", "."],
        heads=[2, 2, 2, 2, 3, 4, 7, 4, 2],
        deps=["nsubjpass", "auxpass", "ROOT", "prep", "pobj", "cc", "amod", "conj", "punct"],
        tags=["PRP", "VBD", "VBN", "IN", "NN", "CC", "VBN", "NN", "."],
        types={4: "MIRNA", 7: "PROCESS"},
    )
    mended = repair(parse.tokens)
    assert (mended[6].head, mended[6].dep, mended[6].tag) == (2, "conj", "VBD")
    assert (mended[7].head, mended[7].dep) == (6, "dobj")


def test_a_participle_is_no_subject_where_it_has_one_itself() -> None:
    # "X released in Z may promote Y." read as "that X released may promote Y"
    parse = Parse.by_hand(
        ["X", "released", "in", "Z", "may", "promote", "Y", "."],
        heads=[1, 5, 1, 2, 5, 5, 5, 5],
        deps=["nsubj", "nsubj", "prep", "pobj", "aux", "ROOT", "dobj", "punct"],
        tags=["NN", "VBN", "IN", "NN", "MD", "VB", "NN", "."],
    )
    mended = repair(parse.tokens)
    assert (mended[0].head, mended[0].dep) == (5, "nsubj")
    assert (mended[1].head, mended[1].dep) == (0, "acl")


def test_of_a_participle_and_a_modal_verb_the_verb_counts() -> None:
    # "We infer that X released may promote Y." read as "that X released, and we may promote"
    parse = Parse.by_hand(
        ["We", "infer", "that", "X", "released", "may", "promote", "Y", "."],
        heads=[1, 1, 4, 4, 1, 6, 1, 6, 1],
        deps=["nsubj", "ROOT", "mark", "nsubj", "ccomp", "aux", "conj", "dobj", "punct"],
        tags=["PRP", "VBP", "IN", "NN", "VBN", "MD", "VB", "NN", "."],
    )
    mended = repair(parse.tokens)
    assert (mended[6].head, mended[6].dep) == (1, "ccomp")
    assert (mended[3].head, mended[4].head) == (6, 3)


def test_a_name_before_a_hyphen_is_no_root() -> None:
    # "X-rich vesicles promoted Y." with X as its root
    parse = Parse.by_hand(
        ["X", "-", "rich", "vesicles", "promoted", "Y", "."],
        heads=[0, 0, 3, 4, 0, 4, 0],
        deps=["ROOT", "punct", "amod", "nsubj", "appos", "dobj", "punct"],
        tags=["NN", "HYPH", "JJ", "NNS", "VBD", "NN", "."],
        types={0: "GENE"},
    )
    mended = repair(parse.tokens)
    assert (mended[4].head, mended[4].dep) == (4, "ROOT")
    assert (mended[0].head, mended[0].dep) == (2, "npadvmod")
