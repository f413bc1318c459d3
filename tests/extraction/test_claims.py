"""Constructions, over trees built by hand: no model decides what is tested here."""

from __future__ import annotations

from dataclasses import replace

from minex.model import Mention
from minex.rules.language import RuleSet
from minex.syntax.parse import Parse
from minex.syntax.repair import repair
from tests.extraction.build import claims, read, tree


def test_active_clause(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubj", 1, "MIRNA"), ("inhibits", "VBZ", "ROOT", 1), ("PTEN", "NN", "dobj", 1, "GENE")
    )
    assert read(rules, parse) == {"miR-21 inhibits PTEN"}


def test_passive_clause_turns_the_arguments_round(rules: RuleSet) -> None:
    parse = tree(
        ("PTEN", "NN", "nsubjpass", 2, "GENE"),
        ("was", "VBD", "auxpass", 2),
        ("targeted", "VBN", "ROOT", 2),
        ("by", "IN", "agent", 2),
        ("miR-21", "NN", "pobj", 3, "MIRNA"),
    )
    [claim] = claims(rules, parse)
    assert (claim.subject.text, claim.predicate, claim.object.text) == ("miR-21", "targets", "PTEN")
    assert claim.direct


def test_passive_clause_without_an_agent_says_nothing(rules: RuleSet) -> None:
    parse = tree(
        ("PTEN", "NN", "nsubjpass", 2, "GENE"),
        ("was", "VBD", "auxpass", 2),
        ("suppressed", "VBN", "ROOT", 2),
        ("near", "IN", "prep", 2),
        ("miR-21", "NN", "pobj", 3, "MIRNA"),
    )
    assert read(rules, parse) == set()


def test_means_have_the_subject_of_their_clause(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubj", 1, "MIRNA"),
        ("promotes", "VBZ", "ROOT", 1),
        ("invasion", "NN", "dobj", 1, "PROCESS"),
        ("by", "IN", "prep", 1),
        ("targeting", "VBG", "pcomp", 3),
        ("PTEN", "NN", "dobj", 4, "GENE"),
    )
    assert read(rules, parse) == {"miR-21 promotes invasion", "miR-21 targets PTEN"}


def test_means_hung_on_the_object_still_find_their_subject(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubj", 1, "MIRNA"),
        ("promotes", "VBZ", "ROOT", 1),
        ("invasion", "NN", "dobj", 1, "PROCESS"),
        ("by", "IN", "prep", 2),
        ("targeting", "VBG", "pcomp", 3),
        ("PTEN", "NN", "dobj", 4, "GENE"),
    )
    assert "miR-21 targets PTEN" in read(rules, parse)


def test_knockdown_turns_the_sign_and_is_kept(rules: RuleSet) -> None:
    parse = tree(
        ("Knockdown", "NN", "nsubj", 3),
        ("of", "IN", "prep", 0),
        ("HIF1A", "NN", "pobj", 1, "GENE"),
        ("reduced", "VBD", "ROOT", 3),
        ("VEGFA", "NN", "compound", 5, "GENE"),
        ("expression", "NN", "dobj", 3),
    )
    [claim] = claims(rules, parse)
    assert (claim.subject.text, claim.predicate, claim.object.text) == ("HIF1A", "increases", "VEGFA")
    assert claim.manipulation == ("knockdown",)


def test_an_inhibitor_of_a_mirna_turns_the_sign(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "compound", 1, "MIRNA"),
        ("inhibitor", "NN", "nsubj", 2),
        ("increased", "VBD", "ROOT", 2),
        ("PTEN", "NN", "dobj", 2, "GENE"),
    )
    assert "miR-21 decreases PTEN" in read(rules, parse)


def test_an_anti_prefix_turns_the_sign(rules: RuleSet) -> None:
    parse = tree(
        ("anti-", "NN", "compound", 1),
        ("miR-21", "NN", "nsubj", 2, "MIRNA"),
        ("increased", "VBD", "ROOT", 2),
        ("PTEN", "NN", "dobj", 2, "GENE"),
    )
    assert read(rules, parse) == {"miR-21 decreases PTEN"}


def test_two_inversions_are_none(rules: RuleSet) -> None:
    # Silencing of X prevented the downregulation of Y
    parse = tree(
        ("Silencing", "NN", "nsubj", 3),
        ("of", "IN", "prep", 0),
        ("X", "NN", "pobj", 1, "MIRNA"),
        ("prevented", "VBD", "ROOT", 3),
        ("downregulation", "NN", "dobj", 3),
        ("of", "IN", "prep", 4),
        ("Y", "NN", "pobj", 5, "GENE"),
    )
    assert read(rules, parse) == {"X decreases Y"}


def test_a_cause_needs_a_change_to_say_anything(rules: RuleSet) -> None:
    change = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("caused", "VBD", "ROOT", 1),
        ("reduction", "NN", "dobj", 1),
        ("of", "IN", "prep", 2),
        ("Y", "NN", "pobj", 3, "GENE"),
    )
    plain = tree(("X", "NN", "nsubj", 1, "MIRNA"), ("caused", "VBD", "ROOT", 1), ("Y", "NN", "dobj", 1, "GENE"))
    assert read(rules, change) == {"X decreases Y"}
    assert read(rules, plain) == set()


def test_a_coordination_gives_one_claim_a_member(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("inhibits", "VBZ", "ROOT", 1),
        ("A", "NN", "dobj", 1, "GENE"),
        (",", ",", "punct", 2),
        ("B", "NN", "conj", 2, "GENE"),
        ("and", "CC", "cc", 4),
        ("C", "NN", "conj", 4, "GENE"),
    )
    assert read(rules, parse) == {"X inhibits A", "X inhibits B", "X inhibits C"}


def test_but_not_denies_one_member_only(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("inhibits", "VBZ", "ROOT", 1),
        ("A", "NN", "dobj", 1, "GENE"),
        ("but", "CC", "cc", 2),
        ("not", "RB", "neg", 5),
        ("B", "NN", "conj", 2, "GENE"),
    )
    assert read(rules, parse) == {"X inhibits A", "not X inhibits B"}


def test_a_relative_pronoun_stands_for_its_noun(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "ROOT", 0, "MIRNA"),
        ("which", "WDT", "nsubj", 2),
        ("suppresses", "VBZ", "relcl", 0),
        ("Y", "NN", "dobj", 2, "GENE"),
    )
    assert read(rules, parse) == {"X inhibits Y"}


def test_level_in_illness_takes_its_sign_from_the_verb(rules: RuleSet) -> None:
    def levels(verb: str) -> set[str]:
        return read(
            rules,
            tree(
                ("X", "NN", "nsubjpass", 2, "MIRNA"),
                ("was", "VBD", "auxpass", 2),
                (verb, "VBN", "ROOT", 2),
                ("in", "IN", "prep", 2),
                ("glioma", "NN", "pobj", 3, "CANCER"),
            ),
        )

    assert levels("upregulated") == {"X up_in glioma"}
    assert levels("reduced") == {"X down_in glioma"}


def test_nothing_regulates_itself(rules: RuleSet) -> None:
    parse = tree(("X", "NN", "nsubj", 1, "GENE"), ("inhibits", "VBZ", "ROOT", 1), ("X", "NN", "dobj", 1, "GENE"))
    assert read(rules, parse) == set()


def test_a_gene_does_not_target_as_a_mirna_does(rules: RuleSet) -> None:
    parse = tree(("X", "NN", "nsubj", 1, "GENE"), ("targets", "VBZ", "ROOT", 1), ("Y", "NN", "dobj", 1, "GENE"))
    assert read(rules, parse) == {"X regulates Y"}


def test_the_untranslated_region_makes_it_direct(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("repressed", "VBD", "ROOT", 1),
        ("UTR", "NN", "dobj", 1),
        ("of", "IN", "prep", 2),
        ("Y", "NN", "pobj", 3, "GENE"),
    )
    [claim] = claims(rules, parse)
    assert claim.direct


def test_a_list_too_long_to_mean_each_member_is_left_out(rules: RuleSet) -> None:
    rows: list[tuple[str, str, str, int] | tuple[str, str, str, int, str]] = [("caused", "VBD", "ROOT", 0)]
    rows[0] = ("inhibits", "VBZ", "ROOT", 0)
    rows.append(("A", "NN", "nsubj", 0, "MIRNA"))
    rows.extend((f"a{i}", "NN", "conj", 1, "MIRNA") for i in range(30))
    first = len(rows)
    rows.append(("B", "NN", "dobj", 0, "GENE"))
    rows.extend((f"b{i}", "NN", "conj", first, "GENE") for i in range(30))
    assert read(rules, tree(*rows)) == set()


def test_what_is_said_of_the_first_of_a_list_is_said_of_all(rules: RuleSet) -> None:
    # X caused reduced A and B
    parse = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("caused", "VBD", "ROOT", 1),
        ("reduced", "VBN", "amod", 3),
        ("A", "NN", "dobj", 1, "GENE"),
        ("and", "CC", "cc", 3),
        ("B", "NN", "conj", 3, "GENE"),
    )
    assert read(rules, parse) == {"X decreases A", "X decreases B"}


def test_a_member_with_a_word_of_its_own_keeps_it(rules: RuleSet) -> None:
    # X caused reduced A and increased B
    parse = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("caused", "VBD", "ROOT", 1),
        ("reduced", "VBN", "amod", 3),
        ("A", "NN", "dobj", 1, "GENE"),
        ("and", "CC", "cc", 3),
        ("increased", "VBN", "amod", 6),
        ("B", "NN", "conj", 3, "GENE"),
    )
    assert read(rules, parse) == {"X decreases A", "X increases B"}


def test_a_tumor_suppressor_is_not_suppressed_by_its_name(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("inhibits", "VBZ", "ROOT", 1),
        ("Y", "NN", "compound", 4, "GENE"),
        ("tumor", "NN", "compound", 4),
        ("suppressor", "NN", "dobj", 1),
    )
    assert read(rules, parse) == {"X inhibits Y"}


def test_the_cancer_in_which_it_is_seen_is_no_object(rules: RuleSet) -> None:
    # X reduced the expression of Y in C, with "in C" hung on "expression"
    parse = tree(
        ("X", "NN", "nsubj", 1, "MIRNA"),
        ("reduced", "VBD", "ROOT", 1),
        ("expression", "NN", "dobj", 1),
        ("of", "IN", "prep", 2),
        ("Y", "NN", "pobj", 3, "GENE"),
        ("in", "IN", "prep", 2),
        ("glioma", "NN", "pobj", 5, "CANCER"),
    )
    assert read(rules, parse) == {"X decreases Y"}


def test_negatively_gives_regulates_its_sign(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 2, "MIRNA"),
        ("negatively", "RB", "advmod", 2),
        ("regulates", "VBZ", "ROOT", 2),
        ("Y", "NN", "dobj", 2, "GENE"),
    )
    assert read(rules, parse) == {"X inhibits Y"}


def test_respectively_pairs_in_order(rules: RuleSet) -> None:
    parse = tree(
        ("A", "NN", "nsubj", 3, "MIRNA"),
        ("and", "CC", "cc", 0),
        ("B", "NN", "conj", 0, "MIRNA"),
        ("inhibited", "VBD", "ROOT", 3),
        ("X", "NN", "dobj", 3, "GENE"),
        ("and", "CC", "cc", 4),
        ("Y", "NN", "conj", 4, "GENE"),
        ("respectively", "RB", "advmod", 3),
    )
    assert read(rules, parse) == {"A inhibits X", "B inhibits Y"}


def test_a_level_compared_among_patients_is_no_level_of_the_illness(rules: RuleSet) -> None:
    def of(adjective: str) -> set[str]:
        return read(
            rules,
            tree(
                ("X", "NN", "nsubj", 1, "MIRNA"),
                ("was", "VBD", "ROOT", 1),
                ("higher", "JJR", "acomp", 1),
                ("in", "IN", "prep", 2),
                (adjective, "JJ", "amod", 5),
                ("glioma", "NN", "pobj", 3, "CANCER"),
            ),
        )

    assert of("human") == {"X up_in glioma"}
    assert of("recurrent") == set()


def test_a_kind_stands_for_the_examples_named_for_it(rules: RuleSet) -> None:
    parse = tree(
        ("hypoxia", "NN", "nsubj", 1, "CONDITION"),
        ("increased", "VBD", "ROOT", 1),
        ("things", "NNS", "dobj", 1),
        ("including", "VBG", "prep", 2),
        ("VEGFA", "NN", "pobj", 3, "GENE"),
    )
    assert read(rules, parse) == {"hypoxia increases VEGFA"}


def test_a_list_goes_back_to_the_verb_for_another_noun_of_change(rules: RuleSet) -> None:
    # led to a drop in X and activation of Y: nothing says that the activation drops
    parse = tree(
        ("miR-21", "NN", "nsubj", 1, "MIRNA"),
        ("led", "VBD", "ROOT", 1),
        ("to", "IN", "prep", 1),
        ("decrease", "NN", "pobj", 2),
        ("in", "IN", "prep", 3),
        ("PTEN", "NN", "pobj", 4, "GENE"),
        ("and", "CC", "cc", 5),
        ("activation", "NN", "conj", 5),
        ("of", "IN", "prep", 7),
        ("AKT1", "NN", "pobj", 8, "GENE"),
    )
    assert read(rules, parse) == {"miR-21 decreases PTEN", "miR-21 activates AKT1"}


def test_vesicles_are_where_the_condition_of_their_cells_is(rules: RuleSet) -> None:
    # VEGFA was increased in exosomes from hypoxic cells
    parse = tree(
        ("VEGFA", "NN", "nsubjpass", 2, "GENE"),
        ("was", "VBD", "auxpass", 2),
        ("increased", "VBN", "ROOT", 2),
        ("in", "IN", "prep", 2),
        ("exosomes", "NNS", "pobj", 3, "VESICLE"),
        ("from", "IN", "prep", 4),
        ("cells", "NNS", "pobj", 5),
        ("hypoxic", "JJ", "amod", 6, "CONDITION"),
    )
    assert "hypoxic increases VEGFA" in read(rules, parse)


def test_when_a_factor_was_silenced_is_what_was_done_to_it(rules: RuleSet) -> None:
    parse = tree(
        ("PTEN", "NN", "nsubjpass", 2, "GENE"),
        ("was", "VBD", "auxpass", 2),
        ("increased", "VBN", "ROOT", 2),
        ("when", "WRB", "advmod", 6),
        ("miR-21", "NN", "nsubjpass", 6, "MIRNA"),
        ("was", "VBD", "auxpass", 6),
        ("silenced", "VBN", "advcl", 2),
    )
    [claim] = claims(rules, parse)
    assert (claim.subject.text, claim.predicate, claim.object.text) == ("miR-21", "decreases", "PTEN")
    assert claim.manipulation == ("silencing",)


def test_what_a_mirna_binds_does_not_depend_on_how_much_there_is_of_it(rules: RuleSet) -> None:
    # low miR-21 mattered via targeting of PTEN
    parse = tree(
        ("low", "JJ", "amod", 1),
        ("miR-21", "NN", "nsubj", 2, "MIRNA"),
        ("mattered", "VBD", "ROOT", 2),
        ("via", "IN", "prep", 2),
        ("targeting", "NN", "pobj", 3),
        ("of", "IN", "prep", 4),
        ("PTEN", "NN", "pobj", 5, "GENE"),
    )
    assert read(rules, parse) == {"miR-21 targets PTEN"}


def test_the_next_way_to_an_argument_counts_where_the_first_leads_to_no_mention(rules: RuleSet) -> None:
    # our miR-21 regulation of PTEN: the first way to the agent leads to "our"
    parse = tree(
        ("miR-21", "NN", "compound", 1, "MIRNA"),
        ("regulation", "NN", "nsubjpass", 5),
        ("of", "IN", "prep", 1),
        ("PTEN", "NN", "pobj", 2, "GENE"),
        ("was", "VBD", "auxpass", 5),
        ("seen", "VBN", "ROOT", 5),
    )
    assert read(rules, parse) == {"miR-21 regulates PTEN"}
    owned = tree(
        ("our", "PRP$", "poss", 2),
        ("miR-21", "NN", "compound", 2, "MIRNA"),
        ("regulation", "NN", "nsubjpass", 6),
        ("of", "IN", "prep", 2),
        ("PTEN", "NN", "pobj", 3, "GENE"),
        ("was", "VBD", "auxpass", 6),
        ("seen", "VBN", "ROOT", 6),
    )
    assert read(rules, owned) == {"miR-21 regulates PTEN"}


def test_a_long_list_is_not_said_to_be_associated_within_itself(rules: RuleSet) -> None:
    names = ["A1", "B1", "C1", "D1"]
    rows: list[tuple[str, str, str, int] | tuple[str, str, str, int, str]] = [
        ("association", "NN", "nsubjpass", 2),
        ("was", "VBD", "auxpass", 2),
        ("seen", "VBN", "ROOT", 2),
        ("between", "IN", "prep", 0),
    ]
    rows += [(name, "NN", "pobj" if not n else "conj", 3 + n, "GENE") for n, name in enumerate(names)]
    assert read(rules, tree(*rows)) == set()
    assert read(rules, tree(*rows[:6])) == {"A1 associated_with B1"}


def test_to_rescue_a_loss_is_to_raise_and_to_rescue_a_rise_is_to_lower(rules: RuleSet) -> None:
    """The rescue of an inhibition read as one more inhibition: issue 6, 2026-11-21."""

    def rescued(change: str) -> set[str]:
        return read(
            rules,
            tree(
                ("MET", "NN", "nsubj", 1, "GENE"),
                ("rescued", "VBD", "ROOT", 1),
                ("the", "DT", "det", 3),
                (change, "NN", "dobj", 1),
                ("of", "IN", "prep", 3),
                ("invasion", "NN", "pobj", 4, "PROCESS"),
            ),
        )

    assert rescued("inhibition") == {"MET promotes invasion"}
    assert rescued("increase") == {"MET suppresses invasion"}


def test_of_cancers_those_named_for_them_count_too(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubjpass", 2, "MIRNA"),
        ("is", "VBZ", "auxpass", 2),
        ("overexpressed", "VBN", "ROOT", 2),
        ("in", "IN", "prep", 2),
        ("many", "JJ", "amod", 5),
        ("cancers", "NNS", "pobj", 3),
        ("such", "JJ", "amod", 7),
        ("as", "IN", "prep", 5),
        ("glioma", "NN", "pobj", 7, "CANCER"),
    )
    assert read(rules, parse) == {"miR-21 up_in glioma"}


def test_where_a_level_is_seen_is_not_what_changes(rules: RuleSet) -> None:
    """*The level of miR-21 in exosomes rose* read as if the exosomes rose: issue 6, 2026-11-21."""
    parse = tree(
        ("Hypoxia", "NN", "nsubj", 1, "CONDITION"),
        ("increased", "VBD", "ROOT", 1),
        ("levels", "NNS", "dobj", 1),
        ("of", "IN", "prep", 2),
        ("miR-21", "NN", "pobj", 3, "MIRNA"),
        ("in", "IN", "prep", 2),
        ("exosomes", "NNS", "pobj", 5, "VESICLE"),
    )
    assert read(rules, parse) == {"Hypoxia increases miR-21"}


def test_a_reporter_with_the_untranslated_region_tells_of_binding(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubj", 1, "MIRNA"),
        ("reduced", "VBD", "ROOT", 1),
        ("activity", "NN", "dobj", 1),
        ("of", "IN", "prep", 2),
        ("the", "DT", "det", 6),
        ("PTEN", "NN", "compound", 6, "GENE"),
        ("UTR", "NN", "pobj", 3),
    )
    assert read(rules, parse) == {"miR-21 targets PTEN"}


def test_tumors_without_a_gene_are_compared_with_other_tumors(rules: RuleSet) -> None:
    """*PTEN-deficient tumors had higher AKT1* read as AKT1 down in cancer: issue 6, 2026-11-21."""
    parse = tree(
        ("PTEN", "NN", "npadvmod", 2, "GENE"),
        ("-", "HYPH", "punct", 2),
        ("deficient", "JJ", "amod", 3),
        ("tumors", "NNS", "nsubj", 4, "CANCER"),
        ("had", "VBD", "ROOT", 4),
        ("higher", "JJR", "amod", 6),
        ("AKT1", "NN", "dobj", 4, "GENE"),
    )
    assert "AKT1 down_in tumors" not in read(rules, parse)


def test_a_cell_that_says_who_acts_is_not_about_its_rows_factor(rules: RuleSet) -> None:
    clause = tree(
        ("TGFB1", "NN", "nsubj", 1, "GENE"), ("lowers", "VBZ", "ROOT", 1), ("KLRK1", "NN", "dobj", 1, "GENE")
    )
    row = Mention(90, 97, "miR-23a", "MIRNA", name="miR-23a")
    assert read(rules, replace(clause, implied_subject=row)) == {"TGFB1 decreases KLRK1"}


def test_cells_that_do_something_in_a_cell_leave_it_about_its_rows_factor(rules: RuleSet) -> None:
    clause = tree(
        ("macrophages", "NNS", "nsubj", 1, "CELL_TYPE"),
        ("increase", "VBP", "ROOT", 1),
        ("CD163", "NN", "dobj", 1, "GENE"),
    )
    row = Mention(90, 97, "miR-940", "MIRNA", name="miR-940")
    assert "miR-940 increases CD163" in read(rules, replace(clause, implied_subject=row))


def test_respectively_pairs_nothing_where_a_list_is_not_read_in_full(rules: RuleSet) -> None:
    parse = tree(
        ("miR-21", "NN", "nsubj", 3, "MIRNA"),
        ("and", "CC", "cc", 0),
        ("miR-155", "NN", "conj", 0, "MIRNA"),
        ("inhibited", "VBD", "ROOT", 3),
        ("PTEN", "NN", "dobj", 3, "GENE"),
        (",", ",", "punct", 4),
        ("SOCS1", "NN", "conj", 4, "GENE"),
        ("and", "CC", "cc", 6),
        ("MYC", "NN", "conj", 6, "GENE"),
        ("respectively", "RB", "advmod", 3),
    )
    assert read(rules, parse) == set()


def test_the_noun_that_says_the_change_says_it_once_of_a_pronoun(rules: RuleSet) -> None:
    # "miR-204 fell, and SHP2 participates in its downregulation"
    parse = tree(
        ("miR-204", "NN", "nsubj", 1, "MIRNA"),
        ("fell", "VBD", "ROOT", 1),
        ("and", "CC", "cc", 1),
        ("SHP2", "NN", "nsubj", 4, "GENE"),
        ("participates", "VBZ", "conj", 1),
        ("in", "IN", "prep", 4),
        ("its", "PRP$", "poss", 7),
        ("downregulation", "NN", "pobj", 5),
    )
    assert "SHP2 decreases miR-204" in read(rules, parse)


def test_of_verbs_taken_respectively_each_has_its_own_object(rules: RuleSet) -> None:
    clause = tree(
        ("CDH1", "NN", "nsubjpass", 4, "GENE"),
        ("and", "CC", "cc", 0),
        ("CDH2", "NN", "conj", 0, "GENE"),
        ("were", "VBD", "auxpass", 4),
        ("lowered", "VBN", "ROOT", 4),
        ("and", "CC", "cc", 4),
        ("raised", "VBN", "conj", 4),
        ("respectively", "RB", "advmod", 4),
        ("by", "IN", "agent", 4),
        ("HIF1A", "NN", "pobj", 8, "GENE"),
    )
    said = read(rules, clause)
    assert "HIF1A decreases CDH1" in said
    assert "HIF1A decreases CDH2" not in said


def test_tumors_told_apart_by_a_factor_are_no_illness_against_health(rules: RuleSet) -> None:
    parse = tree(
        ("PTEN", "NN", "nsubj", 1, "GENE"),
        ("was", "VBD", "ROOT", 1),
        ("higher", "JJR", "acomp", 1),
        ("in", "IN", "prep", 2),
        ("tumors", "NNS", "pobj", 3, "CANCER"),
        ("with", "IN", "prep", 4),
        ("low", "JJ", "amod", 7),
        ("miR-21", "NN", "pobj", 5, "MIRNA"),
    )
    assert read(rules, parse) == set()


def test_an_event_in_a_list_with_a_name_is_no_part_of_what_is_done_to_the_name(rules: RuleSet) -> None:
    # "Knockdown of HOTAIR and overexpression of miR-384 reduced invasion.": both were read as knocked down
    parse = tree(
        ("Knockdown", "NN", "nsubj", 7),
        ("of", "IN", "prep", 0),
        ("HOTAIR", "NN", "pobj", 1, "LNCRNA"),
        ("and", "CC", "cc", 2),
        ("overexpression", "NN", "conj", 2),
        ("of", "IN", "prep", 2),
        ("miR-384", "NN", "pobj", 5, "MIRNA"),
        ("reduced", "VBD", "ROOT", 7),
        ("invasion", "NN", "dobj", 7, "PROCESS"),
    )
    mended = Parse(repair(parse.tokens))
    assert read(rules, mended) == {"HOTAIR promotes invasion", "miR-384 suppresses invasion"}


def test_what_the_adjective_of_the_first_noun_says_is_not_said_of_a_noun_with_the_contrary(rules: RuleSet) -> None:
    # "Less apoptosis and increased proliferation were seen in cells transfected with miR-21.": a sign was wrong
    parse = tree(
        ("Less", "JJR", "amod", 1),
        ("apoptosis", "NN", "nsubjpass", 6, "PROCESS"),
        ("and", "CC", "cc", 1),
        ("increased", "VBN", "amod", 4),
        ("proliferation", "NN", "conj", 1, "PROCESS"),
        ("were", "VBD", "auxpass", 6),
        ("seen", "VBN", "ROOT", 6),
        ("in", "IN", "prep", 6),
        ("cells", "NNS", "pobj", 7),
        ("transfected", "VBN", "acl", 8),
        ("with", "IN", "prep", 9),
        ("miR-21", "NN", "compound", 12, "MIRNA"),
        ("mimics", "NNS", "pobj", 10),
    )
    assert "miR-21 suppresses proliferation" not in read(rules, parse)
    assert "miR-21 suppresses apoptosis" in read(rules, parse)


def test_but_not_before_a_phrase_denies_what_is_in_it(rules: RuleSet) -> None:
    parse = tree(
        ("miR-145", "NN", "nsubjpass", 2, "MIRNA"),
        ("was", "VBD", "auxpass", 2),
        ("upregulated", "VBN", "ROOT", 2),
        ("in", "IN", "prep", 2),
        ("glioma", "NN", "pobj", 3, "CANCER"),
        ("but", "CC", "cc", 2),
        ("not", "RB", "neg", 5),
        ("in", "IN", "prep", 2),
        ("melanoma", "NN", "pobj", 7, "CANCER"),
    )
    found = {(claim.object.text, claim.negated) for claim in claims(rules, parse)}
    assert found == {("glioma", False), ("melanoma", True)}


def test_a_tool_that_targets_a_gene_does_the_contrary_of_it(rules: RuleSet) -> None:
    # "siRNA targeting HIF1A reduced miR-21.": read as if HIF1A itself had reduced it
    parse = tree(
        ("siRNA", "NN", "nmod", 2),
        ("targeting", "VBG", "acl", 0),
        ("HIF1A", "NN", "nsubj", 3, "GENE"),
        ("reduced", "VBD", "ROOT", 3),
        ("miR-21", "NN", "dobj", 3, "MIRNA"),
    )
    mended = Parse(repair(parse.tokens))
    assert read(rules, mended) == {"HIF1A increases miR-21"}


def test_what_reverses_a_fall_raises(rules: RuleSet) -> None:
    parse = tree(
        ("PTEN", "NN", "nsubj", 1, "GENE"),
        ("abrogated", "VBD", "ROOT", 1),
        ("the", "DT", "det", 4),
        ("decreased", "VBN", "amod", 4),
        ("invasion", "NN", "dobj", 1, "PROCESS"),
    )
    assert read(rules, parse) == {"PTEN promotes invasion"}


def test_what_blocks_its_degradation_raises_it(rules: RuleSet) -> None:
    parse = tree(
        ("EZH2", "NN", "nsubj", 1, "GENE"),
        ("binds", "VBZ", "ROOT", 1),
        ("RAF1", "NN", "dobj", 1, "GENE"),
        ("and", "CC", "cc", 1),
        ("blocks", "VBZ", "conj", 1),
        ("its", "PRP$", "poss", 6),
        ("degradation", "NN", "dobj", 4),
    )
    assert "EZH2 inhibits RAF1" not in read(rules, parse)


def test_a_clause_after_a_change_is_not_said_of_the_thing(rules: RuleSet) -> None:
    # "CUL4B was lowered, which inhibited Wnt.": the lowering did
    parse = tree(
        ("CUL4B", "NN", "nsubjpass", 2, "GENE"),
        ("was", "VBD", "auxpass", 2),
        ("lowered", "VBN", "ROOT", 2),
        (",", ",", "punct", 2),
        ("which", "WDT", "nsubj", 5),
        ("inhibited", "VBD", "advcl", 2),
        ("Wnt", "NN", "dobj", 5, "GENE"),
    )
    assert "CUL4B inhibits Wnt" not in read(rules, parse)


def test_a_chemical_that_something_is_inhibited_with_is_not_inhibited(rules: RuleSet) -> None:
    # "Inhibition of EGFR with erlotinib reduced VEGFA.": erlotinib was read as raising VEGFA
    parse = tree(
        ("Inhibition", "NN", "nsubj", 5),
        ("of", "IN", "prep", 0),
        ("EGFR", "NN", "pobj", 1, "GENE"),
        ("with", "IN", "prep", 0),
        ("erlotinib", "NN", "pobj", 3, "CHEMICAL"),
        ("reduced", "VBD", "ROOT", 5),
        ("VEGFA", "NN", "dobj", 5, "GENE"),
    )
    found = read(rules, parse)
    assert {"EGFR increases VEGFA", "erlotinib decreases VEGFA"} <= found
    assert "erlotinib increases VEGFA" not in found


def test_a_late_object_belongs_to_the_verb_before_it(rules: RuleSet) -> None:
    # "EZH2 raised miR-145 and reduced PDK1, as well as AKT1.": AKT1 was read as raised
    parse = tree(
        ("EZH2", "NN", "nsubj", 1, "GENE"),
        ("raised", "VBD", "ROOT", 1),
        ("miR-145", "NN", "dobj", 1, "MIRNA"),
        ("and", "CC", "cc", 2),
        ("reduced", "VBD", "conj", 1),
        ("PDK1", "NN", "dobj", 4, "GENE"),
        (",", ",", "punct", 4),
        ("and", "CC", "cc", 4),
        ("AKT1", "NN", "dobj", 1, "GENE"),
    )
    mended = Parse(repair(parse.tokens))
    assert read(rules, mended) == {"EZH2 increases miR-145", "EZH2 decreases PDK1", "EZH2 decreases AKT1"}


def test_what_comes_of_a_thing_no_longer_done_is_not_its_doing(rules: RuleSet) -> None:
    # "EGLN1 is no longer active, resulting in HIF1A stabilization.": EGLN1 was read as raising HIF1A
    parse = tree(
        ("EGLN1", "NN", "nsubj", 1, "GENE"),
        ("is", "VBZ", "ROOT", 1),
        ("never", "RB", "advmod", 1),
        ("active", "JJ", "acomp", 1),
        (",", ",", "punct", 1),
        ("resulting", "VBG", "advcl", 1),
        ("in", "IN", "prep", 5),
        ("HIF1A", "NN", "compound", 8, "GENE"),
        ("stabilization", "NN", "pobj", 6),
    )
    assert read(rules, parse) == set()


def test_a_second_preposition_is_said_of_the_same_change(rules: RuleSet) -> None:
    # "miR-29a resulted in a reduction in invasion and in proliferation.": the latter was read as promoted
    parse = tree(
        ("miR-29a", "NN", "nsubj", 1, "MIRNA"),
        ("resulted", "VBD", "ROOT", 1),
        ("in", "IN", "prep", 1),
        ("reduction", "NN", "pobj", 2),
        ("in", "IN", "prep", 3),
        ("invasion", "NN", "pobj", 4, "PROCESS"),
        ("and", "CC", "cc", 1),
        ("in", "IN", "prep", 1),
        ("proliferation", "NN", "pobj", 7, "PROCESS"),
    )
    mended = Parse(repair(parse.tokens))
    assert read(rules, mended) == {"miR-29a suppresses invasion", "miR-29a suppresses proliferation"}


def test_what_a_target_is_for_is_not_lowered_by_it(rules: RuleSet) -> None:
    parse = tree(
        ("VEGFA", "NN", "nsubj", 1, "GENE"),
        ("is", "VBZ", "ROOT", 1),
        ("target", "NN", "attr", 1),
        ("for", "IN", "prep", 2),
        ("prevention", "NN", "pobj", 3),
        ("of", "IN", "prep", 4),
        ("glioma", "NN", "pobj", 5, "CANCER"),
    )
    assert read(rules, parse) == {"VEGFA associated_with glioma"}


def test_the_next_of_a_list_has_its_own_word_for_up_or_down(rules: RuleSet) -> None:
    parse = tree(
        ("glioma", "NN", "nsubj", 1, "CANCER"),
        ("shows", "VBZ", "ROOT", 1),
        ("reduced", "VBN", "amod", 3),
        ("levels", "NNS", "dobj", 1),
        ("of", "IN", "prep", 3),
        ("PTEN", "NN", "pobj", 4, "GENE"),
        ("and", "CC", "cc", 5),
        ("increased", "VBN", "amod", 8),
        ("VEGFA", "NN", "conj", 5, "GENE"),
    )
    assert read(rules, parse) == {"PTEN down_in glioma", "VEGFA up_in glioma"}


def test_a_chemical_that_does_the_inhibition_of_what_is_named_first_is_not_inhibited(rules: RuleSet) -> None:
    # "EGFR inhibition with erlotinib reduced VEGFA.": only "inhibition of EGFR" was looked for
    parse = tree(
        ("EGFR", "NN", "compound", 1, "GENE"),
        ("inhibition", "NN", "nsubj", 4),
        ("with", "IN", "prep", 1),
        ("erlotinib", "NN", "pobj", 2, "CHEMICAL"),
        ("reduced", "VBD", "ROOT", 4),
        ("VEGFA", "NN", "dobj", 4, "GENE"),
    )
    found = read(rules, parse)
    assert {"EGFR increases VEGFA", "erlotinib decreases VEGFA"} <= found
    assert "erlotinib increases VEGFA" not in found


def test_names_written_with_a_slash_are_a_list(rules: RuleSet) -> None:
    # "The miR-21/PTEN axis promotes invasion.": parsed as a name within a name, and only PTEN was read
    parse = tree(
        ("miR-21", "NN", "compound", 2, "MIRNA"),
        ("/", "HYPH", "punct", 2),
        ("PTEN", "NN", "compound", 3, "GENE"),
        ("axis", "NN", "nsubj", 4),
        ("promotes", "VBZ", "ROOT", 4),
        ("invasion", "NN", "dobj", 4, "PROCESS"),
    )
    assert read(rules, parse) == {"miR-21 promotes invasion", "PTEN promotes invasion"}


def test_an_activating_antibody_does_what_its_target_does(rules: RuleSet) -> None:
    for adjective, tag, verb in (("agonistic", "JJ", "promotes"), ("neutralizing", "VBG", "suppresses")):
        parse = tree(
            (adjective, tag, "amod", 1),
            ("antibodies", "NNS", "nsubj", 4),
            ("against", "IN", "prep", 1),
            ("MET", "NN", "pobj", 2, "GENE"),
            ("promoted", "VBD", "ROOT", 4),
            ("invasion", "NN", "dobj", 4, "PROCESS"),
        )
        assert read(rules, parse) == {f"MET {verb} invasion"}


def test_what_a_named_inhibitor_does_taking_its_target_away_does(rules: RuleSet) -> None:
    parse = tree(
        ("EGFR", "NN", "compound", 1, "GENE"),
        ("inhibitor", "NN", "compound", 2),
        ("XY123", "NN", "nsubj", 3),
        ("reduced", "VBD", "ROOT", 3),
        ("invasion", "NN", "dobj", 3, "PROCESS"),
    )
    assert read(rules, parse) == {"EGFR promotes invasion"}


def test_what_an_inhibitor_of_vesicles_does_is_not_turned_to_the_vesicles(rules: RuleSet) -> None:
    # "The exosome inhibitor XY123 blocked the secretion of exosomes." once read that exosomes promote it
    parse = tree(
        ("exosome", "NN", "compound", 1, "VESICLE"),
        ("inhibitor", "NN", "compound", 2),
        ("XY123", "NN", "nsubj", 3),
        ("reduced", "VBD", "ROOT", 3),
        ("invasion", "NN", "dobj", 3, "PROCESS"),
    )
    assert read(rules, parse) == set()


def test_a_particle_makes_the_verb(rules: RuleSet) -> None:
    for particle, expected in (("on", {"MET activates PTEN"}), ("off", {"MET inhibits PTEN"}), ("there", set())):
        parse = tree(
            ("MET", "NN", "nsubj", 1, "GENE"),
            ("turned", "VBD", "ROOT", 1),
            (particle, "RP", "prt", 1),
            ("PTEN", "NN", "dobj", 1, "GENE"),
        )
        assert read(rules, parse) == expected
