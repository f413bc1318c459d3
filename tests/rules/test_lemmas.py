"""Lemmas: trigger words as the rules write them, other words by their endings, names as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.rules.inflect import noun_forms, verb_forms
from minex.rules.language import RuleSet
from minex.rules.lemmas import Lemmas


@pytest.fixture(scope="module")
def lemmas(rules: RuleSet) -> Lemmas:
    return Lemmas(rules)


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("down-regulates", "VBZ", "downregulate"),
        ("Down-regulation", "NN", "downregulation"),
        ("downregulation", "NN", "downregulation"),
        ("targeting", "VBG", "target"),
        ("overexpressed", "VBN", "overexpress"),
        ("rose", "VBD", "rise"),
        ("led", "VBD", "lead"),
        ("is", "VBZ", "be"),
        ("was", "VBD", "be"),
        ("mediating", "VBG", "mediate"),
        ("treated", "VBN", "treat"),
        ("transfected", "VBN", "transfect"),
        ("determined", "VBN", "determine"),
        ("remained", "VBD", "remain"),
        ("examining", "VBG", "examine"),
        ("dropped", "VBD", "drop"),
        ("killed", "VBN", "kill"),
        ("processed", "VBN", "process"),
        ("using", "VBG", "use"),
        ("studies", "VBZ", "study"),
        ("carried", "VBN", "carry"),
        ("underlying", "VBG", "underlie"),
        ("changes", "VBZ", "change"),
        ("touches", "VBZ", "touch"),
    ],
)
def test_verbs(lemmas: Lemmas, word: str, tag: str, lemma: str) -> None:
    assert lemmas.of(word, tag) == lemma


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("levels", "level"),
        ("activities", "activity"),
        ("metastases", "metastasis"),
        ("analyses", "analysis"),
        ("phosphatases", "phosphatase"),
        ("viruses", "virus"),
        ("mice", "mouse"),
        ("nuclei", "nucleus"),
        ("branches", "branch"),
        ("doses", "dose"),
        ("species", "species"),
        ("miRNAs", "miRNA"),
        ("TAMs", "TAM"),
    ],
)
def test_plurals(lemmas: Lemmas, word: str, lemma: str) -> None:
    assert lemmas.of(word, "NNS") == lemma


@pytest.mark.parametrize("name", ["miR-21", "PTEN", "HIF-1α", "MDA-MB-231", "β-catenin", "p53", "Bcl-2"])
def test_names_stay_as_they_are(lemmas: Lemmas, name: str) -> None:
    assert lemmas.of(name, "NN") == lemmas.of(name, "NNP") == name


def test_a_participle_that_is_an_adjective_keeps_its_form(lemmas: Lemmas) -> None:
    assert lemmas.of("differentiated", "JJ") == "differentiated"


def test_every_form_of_every_trigger_word_has_a_lemma_that_the_rules_write(lemmas: Lemmas, rules: RuleSet) -> None:
    tags = {"verb": ("VB", "VBZ", "VBD", "VBN", "VBG"), "noun": ("NN", "NNS")}
    for form, triggers in rules.triggers.items():
        for pos in {trigger.pos for trigger in triggers} & set(tags):
            written = {trigger.lemma for trigger in triggers if trigger.pos == pos}
            assert {lemmas.of(form, tag) for tag in tags[pos]} <= written, form


# Verbs that no table has, some with an e that inflection takes away.
VERBS = "activate describe compare contain localize bind explain require assay purify shift clear evolve".split()  # noqa: SIM905


@pytest.mark.parametrize("verb", VERBS)
def test_what_inflection_makes_a_lemma_undoes(verb: str) -> None:
    lemmas = Lemmas()
    for form, tags in verb_forms(verb).items():
        # British spellings are lemmas of their own.
        if verb[:-2] in form:
            assert all(lemmas.of(form, tag) in (verb, verb.replace("z", "s")) for tag in tags), form


@pytest.mark.parametrize("noun", ["pathway", "assay", "biopsy", "box", "loss", "pH", "cell"])
def test_plurals_that_inflection_makes_are_undone(noun: str) -> None:
    for form in noun_forms(noun) - {noun}:
        assert Lemmas().of(form, "NNS") == noun


@given(st.text(min_size=1, max_size=20), st.sampled_from(["NN", "NNS", "VBZ", "VBG", "VBD", "JJ", "IN", "", "CD"]))
def test_every_word_has_a_lemma_and_always_the_same(word: str, tag: str) -> None:
    lemma = Lemmas().of(word, tag)
    assert lemma
    assert Lemmas().of(word, tag) == lemma
