"""Processes that bare words name by what stands beside them, and only there."""

from __future__ import annotations

import pytest

from minex.lexicon import Lexicon
from minex.model import Document, Passage, Sentence
from minex.tagging.tagger import Tagger


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(Lexicon.load())


def _processes(tagger: Tagger, text: str) -> list[tuple[str, str]]:
    found = tagger.tag(Document("text:1", (Passage(text),)), [Sentence(0, len(text))])
    return [(mention.text, mention.name) for mention in found if mention.type == "PROCESS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It slowed the growth of glioma cells.", [("growth", "cell proliferation")]),
        ("It slowed the growth of A549 and H460 cells.", [("growth", "cell proliferation")]),
        ("It slowed the growth of colon cancer cells.", [("growth", "cell proliferation")]),
        ("It slowed the growth of lung tumors.", [("growth", "tumor growth")]),
        ("It lowered the viability of SW480 cells.", [("viability", "cell proliferation")]),
        ("It raised growth and migration.", [("growth", "cell proliferation"), ("migration", "cell migration")]),
        ("It raised invasion, growth and mobility.",
         [("invasion", "invasion"), ("growth", "cell proliferation"), ("mobility", "cell motility")]),
        ("It favored growth and metastasis.", [("growth", "tumor growth"), ("metastasis", "metastasis")]),
        ("It changed the differentiation of THP-1 cells.", [("differentiation", "cell differentiation")]),
    ],
)  # fmt: skip
def test_beside_cells_and_other_processes(tagger: Tagger, text: str, expected: list[tuple[str, str]]) -> None:
    assert _processes(tagger, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The growth of children was measured.",
        "The growth factor of these cells was added.",
        "An electrophoretic mobility shift assay was done.",
        "It was tied to poor survival of patients with glioma.",
        "Overall survival of the patients and of the cells was noted.",
        "The differentiation between groups was hard.",
    ],
)
def test_not_elsewhere(tagger: Tagger, text: str) -> None:
    assert _processes(tagger, text) == []
