"""What an event noun, a compound and a list say of the names beside them, over trees built by hand."""

from __future__ import annotations

from minex.rules.language import RuleSet
from tests.extraction.build import read, tree


def test_each_compound_of_a_list_has_its_own_cause(rules: RuleSet) -> None:
    parse = tree(
        ("IL4", "NN", "npadvmod", 2, "GENE"),
        ("-", "HYPH", "punct", 2),
        ("induced", "VBN", "amod", 3),
        ("STAT6", "NN", "nsubjpass", 10, "GENE"),
        ("and", "CC", "cc", 3),
        ("IL6", "NN", "npadvmod", 7, "GENE"),
        ("-", "HYPH", "punct", 7),
        ("induced", "VBN", "amod", 8),
        ("STAT3", "NN", "conj", 3, "GENE"),
        ("were", "VBD", "auxpass", 10),
        ("seen", "VBN", "ROOT", 10),
    )
    assert read(rules, parse) == {"IL4 increases STAT6", "IL6 increases STAT3"}


def test_what_stands_before_an_induction_is_not_what_is_induced(rules: RuleSet) -> None:
    parse = tree(
        ("drug", "NN", "nsubj", 1, "CHEMICAL"),
        ("blocked", "VBD", "ROOT", 1),
        ("STAT3", "NN", "compound", 3, "GENE"),
        ("induction", "NN", "dobj", 1),
        ("of", "IN", "prep", 3),
        ("miR-21", "NN", "pobj", 4, "MIRNA"),
    )
    assert read(rules, parse) == {"drug decreases miR-21", "STAT3 increases miR-21"}


def test_inhibitors_act_under_their_own_names(rules: RuleSet) -> None:
    parse = tree(
        ("MEK", "NN", "compound", 1, "GENE"),
        ("inhibitors", "NNS", "nsubj", 3),
        ("trametinib", "NN", "appos", 1, "CHEMICAL"),
        ("lowered", "VBD", "ROOT", 3),
        ("PTEN", "NN", "dobj", 3, "GENE"),
    )
    said = read(rules, parse)
    assert {"MEK increases PTEN", "trametinib decreases PTEN"} <= said


def test_a_restored_activation_had_failed(rules: RuleSet) -> None:
    parse = tree(
        ("NBN", "NN", "nsubj", 1, "GENE"),
        ("restored", "VBD", "ROOT", 1),
        ("activation", "NN", "dobj", 1),
        ("of", "IN", "prep", 2),
        ("CHEK2", "NN", "pobj", 3, "GENE"),
    )
    assert read(rules, parse) == {"NBN activates CHEK2"}


def test_positive_or_negative_leaves_it_open(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubj", 1, "MIRNA"),
        ("is", "VBZ", "ROOT", 1),
        ("positive", "JJ", "amod", 5),
        ("or", "CC", "cc", 2),
        ("negative", "JJ", "conj", 2),
        ("regulator", "NN", "attr", 1),
        ("of", "IN", "prep", 5),
        ("PTEN", "NN", "pobj", 6, "GENE"),
    )
    assert read(rules, parse) == {"miR-21 regulates PTEN"}


def test_an_event_in_a_list_is_not_reduced_with_the_first(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubj", 1, "MIRNA"),
        ("caused", "VBD", "ROOT", 1),
        ("reduced", "VBN", "amod", 3),
        ("invasion", "NN", "dobj", 1, "PROCESS"),
        ("and", "CC", "cc", 3),
        ("induction", "NN", "conj", 3),
        ("of", "IN", "prep", 5),
        ("CDH1", "NN", "pobj", 6, "GENE"),
    )
    assert read(rules, parse) == {"miR-21 suppresses invasion", "miR-21 increases CDH1"}


def test_all_members_of_a_pathway_act(rules: RuleSet) -> None:
    parse = tree(
        ("AMPK", "NN", "compound", 2, "GENE"),
        ("-", "HYPH", "punct", 2),
        ("MTOR", "NN", "compound", 3, "GENE"),
        ("axis", "NN", "nsubj", 4),
        ("promotes", "VBZ", "ROOT", 4),
        ("invasion", "NN", "dobj", 4, "PROCESS"),
    )
    assert read(rules, parse) == {"AMPK promotes invasion", "MTOR promotes invasion"}
