"""Seams of clauses: where a subject or a verb was given to the phrase before it."""

from __future__ import annotations

from minex.syntax.parse import Token
from minex.syntax.repair import repair
from tests.extraction.build import tree

Row = tuple[str, str, str, int] | tuple[str, str, str, int, str]


def _mended(*rows: Row) -> dict[str, Token]:
    return {token.text: token for token in repair(tree(*rows).tokens)}


def _hangs(words: dict[str, Token], word: str, head: str, dep: str) -> bool:
    return words[word].head == words[head].i and words[word].dep == dep


def test_a_plural_with_a_subject_and_an_object_is_a_verb() -> None:
    words = _mended(
        ("UCA1", "NN", "nsubj", 3, "LNCRNA"),
        ("abundant", "JJ", "amod", 0),
        (",", ",", "punct", 0),
        ("sponges", "NNS", "ROOT", 3),
        ("miR-145", "NN", "dobj", 3, "MIRNA"),
    )
    assert words["sponges"].tag == "VBZ"


def test_what_stands_behind_a_bare_preposition_is_its_object() -> None:
    words = _mended(
        ("Inhibition", "NN", "nsubj", 5),
        ("of", "IN", "prep", 0),
        ("autophagy", "NN", "pobj", 1, "PROCESS"),
        ("with", "IN", "prep", 0),
        ("chloroquine", "NN", "nsubj", 5, "CHEMICAL"),
        ("restored", "VBD", "ROOT", 5),
        ("apoptosis", "NN", "dobj", 5, "PROCESS"),
    )
    assert _hangs(words, "chloroquine", "with", "pobj")
    assert _hangs(words, "Inhibition", "restored", "nsubj")


def test_names_behind_a_fronted_phrase_are_the_subject() -> None:
    words = _mended(
        ("Under", "IN", "prep", 6),
        ("hypoxia", "NN", "pobj", 0, "CONDITION"),
        (",", ",", "punct", 1),
        ("HIF1A", "NN", "conj", 1, "GENE"),
        ("and", "CC", "cc", 3),
        ("MYC", "NN", "conj", 3, "GENE"),
        ("increased", "VBD", "ROOT", 6),
        ("VEGFA", "NN", "dobj", 6, "GENE"),
    )
    assert _hangs(words, "HIF1A", "increased", "nsubj")
    assert _hangs(words, "MYC", "HIF1A", "conj")


def test_a_list_of_one_kind_behind_a_preposition_stays_a_list() -> None:
    words = _mended(
        ("With", "IN", "prep", 5),
        ("IL6", "NN", "pobj", 0, "GENE"),
        (",", ",", "punct", 1),
        ("TNF", "NN", "conj", 1, "GENE"),
        (",", ",", "punct", 5),
        ("increased", "VBD", "ROOT", 5),
        ("VEGFA", "NN", "dobj", 5, "GENE"),
    )
    assert _hangs(words, "TNF", "IL6", "conj")


def test_a_plain_verb_behind_and_is_no_adjective() -> None:
    words = _mended(
        ("they", "PRP", "nsubj", 1),
        ("suppress", "VBP", "ROOT", 1),
        ("proliferation", "NN", "dobj", 1, "PROCESS"),
        ("and", "CC", "cc", 2),
        ("foster", "NN", "compound", 5),
        ("escape", "NN", "conj", 2, "PROCESS"),
    )
    assert _hangs(words, "foster", "suppress", "conj")
    assert _hangs(words, "escape", "foster", "dobj")


def test_a_plain_verb_taken_for_half_of_a_list_is_a_verb() -> None:
    words = _mended(
        ("they", "PRP", "nsubj", 1),
        ("reduce", "VBP", "ROOT", 1),
        ("PTEN", "NN", "nmod", 5, "GENE"),
        ("and", "CC", "cc", 2),
        ("foster", "NN", "conj", 2),
        ("invasion", "NN", "dobj", 1, "PROCESS"),
    )
    assert _hangs(words, "PTEN", "reduce", "dobj")
    assert _hangs(words, "invasion", "foster", "dobj")


def test_what_stands_behind_a_semicolon_is_the_subject_of_the_next_verb() -> None:
    words = _mended(
        ("IL4", "NN", "nsubj", 1, "GENE"),
        ("induces", "VBZ", "ROOT", 1),
        ("migration", "NN", "dobj", 1, "PROCESS"),
        (";", ":", "punct", 1),
        ("IFNG", "NN", "dobj", 1, "GENE"),
        ("raises", "VBZ", "conj", 1),
        ("apoptosis", "NN", "dobj", 5, "PROCESS"),
    )
    assert _hangs(words, "IFNG", "raises", "nsubj")


def test_a_class_with_a_number_says_what_the_name_before_it_is() -> None:
    words = _mended(
        ("ZEB1", "NN", "nsubj", 1, "GENE"),
        ("represses", "VBZ", "ROOT", 1),
        ("miR-141", "NN", "dobj", 1, "MIRNA"),
        (",", ",", "punct", 1),
        ("a", "DT", "det", 5),
        ("miRNA", "NN", "dobj", 1),
        ("that", "WDT", "nsubj", 7),
        ("targets", "VBZ", "relcl", 5),
        ("TGFB2", "NN", "dobj", 7, "GENE"),
    )
    assert _hangs(words, "miRNA", "miR-141", "appos")


def test_the_name_before_itself_is_the_subject() -> None:
    words = _mended(
        ("Under", "IN", "prep", 4),
        ("stress", "NN", "pobj", 0),
        ("hypoxia", "NN", "pobj", 0, "CONDITION"),
        ("itself", "PRP", "nsubj", 4),
        ("raises", "VBZ", "ROOT", 4),
        ("VEGFA", "NN", "dobj", 4, "GENE"),
    )
    assert _hangs(words, "hypoxia", "raises", "nsubj")


def test_a_conjunction_without_a_second_half_has_the_participle_behind_it() -> None:
    words = _mended(
        ("EPO", "NN", "nsubj", 1, "GENE"),
        ("promoted", "VBD", "ROOT", 1),
        ("nor", "CC", "cc", 1),
        ("inhibited", "VBN", "amod", 4),
        ("growth", "NN", "dobj", 1, "PROCESS"),
    )
    assert _hangs(words, "inhibited", "promoted", "conj")
