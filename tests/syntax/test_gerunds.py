"""What gerunds are done to, which they continue, and changes that keep what they are of."""

from minex.syntax.mask import compounds
from minex.syntax.parse import Parse
from minex.syntax.repair import repair


def test_the_noun_after_a_gerund_is_what_it_is_done_to() -> None:
    # "silencing X expression raised Y": two subjects of one verb
    parse = Parse.by_hand(
        ["silencing", "X", "expression", "raised", "Y"],
        heads=[3, 2, 3, 3, 3],
        deps=["csubj", "compound", "nsubj", "ROOT", "dobj"],
        tags=["VBG", "NN", "NN", "VBD", "NN"],
    )
    mended = Parse(repair(parse.tokens))
    assert (mended[2].head, mended[2].dep) == (0, "dobj")


def test_a_gerund_with_an_object_of_its_own_is_left_alone() -> None:
    parse = Parse.by_hand(
        ["silencing", "X", ",", "mice", "raised", "Y"],
        heads=[4, 0, 4, 4, 4, 4],
        deps=["csubj", "dobj", "punct", "nsubj", "ROOT", "dobj"],
        tags=["VBG", "NN", ",", "NNS", "VBD", "NN"],
    )
    assert repair(parse.tokens)[3].dep == "nsubj"


def test_a_gerund_with_an_object_continues_the_gerund_before_the_noun() -> None:
    parse = Parse.by_hand(
        ["X", "acts", "by", "serving", "as", "brakes", "and", "silencing", "Y"],
        heads=[1, 1, 1, 2, 3, 4, 5, 5, 7],
        deps=["nsubj", "ROOT", "prep", "pcomp", "prep", "pobj", "cc", "conj", "dobj"],
        tags=["NN", "VBZ", "IN", "VBG", "IN", "NNS", "CC", "VBG", "NN"],
    )
    assert repair(parse.tokens)[7].head == 3


def test_in_after_a_word_for_a_change_says_of_what() -> None:
    parse = Parse.by_hand(
        ["X", "led", "to", "a", "decline", "in", "Y"],
        heads=[1, 1, 1, 4, 2, 1, 5],
        deps=["nsubj", "ROOT", "prep", "det", "pobj", "prep", "pobj"],
        tags=["NN", "VBD", "IN", "DT", "NN", "IN", "NN"],
    )
    assert repair(parse.tokens)[5].head == 4


def test_in_after_another_noun_stays_with_the_verb() -> None:
    parse = Parse.by_hand(
        ["X", "raised", "Y", "in", "mice"],
        heads=[1, 1, 1, 1, 3],
        deps=["nsubj", "ROOT", "dobj", "prep", "pobj"],
        tags=["NN", "VBD", "NN", "IN", "NNS"],
    )
    assert repair(parse.tokens)[3].head == 1


def _caused(second: str) -> Parse:
    return Parse.by_hand(
        ["X", "caused", "Y", "and", "Z", "repression"],
        heads=[1, 1, 1, 2, 5, 2],
        deps=["nsubj", "ROOT", "dobj", "cc", "compound", "conj"],
        tags=["NN", "VBD", "NN", "CC", "NN", "NN"],
        types={2: "GENE", 4: second},
    )


def test_two_factors_before_one_event_are_both_what_happens_to() -> None:
    mended = repair(_caused("GENE").tokens)
    assert [(mended[i].head, mended[i].dep) for i in (5, 2, 4)] == [(1, "dobj"), (5, "nmod"), (2, "conj")]


def test_a_factor_and_the_event_of_a_process_stay_a_list() -> None:
    assert repair(_caused("PROCESS").tokens)[2].dep == "dobj"


def test_how_a_dose_matters_is_one_adverb() -> None:
    texts = ("it dose-dependently fell", "it time- and dose-dependently fell", "a dose-dependent fall")
    assert [[word for _, _, word in compounds(text)] for text in texts] == [["gradually"], ["gradually"], []]
