"""Genes whose names go on behind a bracket or are called after another gene, and what only looks like one."""

from __future__ import annotations

import pytest

from minex.lexicon import Lexicon
from minex.model import Document, Passage
from minex.syntax.sentences import split_document
from minex.tagging.tagger import Tagger


def genes(text: str) -> list[tuple[str, str | None]]:
    """Return the genes of a text with their names, None for one that is not linked."""
    document = Document("text:1", (Passage(text),))
    mentions = Tagger(Lexicon.load()).tag(document, split_document(document))
    return [(m.text, m.name if m.concepts else None) for m in mentions if m.type == "GENE"]


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("interleukin (IL)-6", "IL6"),
        ("hypoxia-inducible factor (HIF)-1α", "HIF1A"),
        ("matrix metalloproteinase (MMP)-9", "MMP9"),
        ("tumor necrosis factor (TNF)-alpha", "TNF"),
        ("heat shock protein (Hsp)27", "HSPB1"),
    ],
)
def test_a_name_goes_on_behind_the_bracket_of_a_short_form(name: str, symbol: str) -> None:
    assert genes(f"Levels of {name} rose.") == [(name, symbol)]


@pytest.mark.parametrize(
    "text",
    [
        "In the control group (CG)-1 nothing changed.",
        "The placebo arm (IL)-6 was closed.",
        "It fell by a third (IL)-6%.",
    ],
)
def test_a_bracket_whose_letters_the_words_before_do_not_have_is_no_short_form(text: str) -> None:
    assert genes(text) == []


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("IFN-γ receptor 1", "IFNGR1"),
        ("PPARγ coactivator 1α", "PPARGC1A"),
        ("PD-1 ligand 1", "CD274"),
        ("IκBα kinase", "IKK complex"),
        ("p53-inducing protein 5", None),
    ],
)
def test_what_is_called_after_a_gene_is_another_one(name: str, symbol: str | None) -> None:
    assert genes(f"The {name} was lost.") == [(name, symbol)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EGFR receptor levels fell.", [("EGFR", "EGFR")]),
        ("AKT1 kinase was active.", [("AKT1", "AKT1")]),
        ("PTEN phosphatase was lost.", [("PTEN", "PTEN")]),
        ("PTEN protein was lost.", [("PTEN", "PTEN")]),
    ],
)
def test_a_word_for_what_a_protein_is_makes_it_no_other(text: str, found: list[tuple[str, str]]) -> None:
    assert genes(text) == found


@pytest.mark.parametrize("text", ["Aim 2 is to count.", "Case p63 was lost.", "It lies in band p16."])
def test_aims_cases_and_bands_are_numbered_and_no_genes(text: str) -> None:
    assert genes(text) == []
