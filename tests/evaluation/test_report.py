"""A run for people."""

from __future__ import annotations

from typing import Any

from minex.evaluation.causes import Mistake
from minex.evaluation.report import lines
from minex.evaluation.runs import Part, causes
from minex.evaluation.score import score
from tests.evaluation.making import found, judged, named, say

TEXT = "miR-21 inhibits PTEN."
EVIDENCE = found(named(TEXT, "miR-21", "MIRNA"), "inhibits", named(TEXT, "PTEN"))


def shown(part: Part, name: str = "corpus") -> list[str]:
    errors = [
        {"kind": e.kind, "cause": e.cause, "place": e.place, "unit": e.unit, "statement": e.statement}
        for e in part.mistakes
    ]
    parts: dict[str, Any] = {part.name: {**part.figures, "causes": causes(part.mistakes), "errors": errors}}
    return list(lines({"set": name, "parts": parts, "notes": ["a word"]}, errors=2))


def test_levels_stand_in_a_table_with_their_counts() -> None:
    text = shown(Part("all", score([judged(TEXT, (say("miR-21 inhibits PTEN"),), (EVIDENCE,))]).figures()))
    assert text[0] == "corpus: 1 documents, 1 units"
    row = next(line for line in text if "pair, strict" in line)
    assert row.split() == ["pair,", "strict", "1.000", "1.000", "1.000", "1", "0", "0"]
    assert text[-1] == "note: a word"


def test_a_half_is_named() -> None:
    assert shown(Part("held", score([judged(TEXT, ())]).figures()))[0] == "corpus, held half: 1 documents, 1 units"


def test_a_figure_that_there_is_none_of_is_a_dash() -> None:
    row = next(line for line in shown(Part("all", score([judged(TEXT, ())]).figures())) if "pair, strict" in line)
    assert row.split()[2:5] == ["-", "-", "-"]


def test_a_run_over_nothing_says_so() -> None:
    assert shown(Part("all", score([]).figures()))[0] == "corpus: there is nothing to judge"


def test_the_biggest_causes_come_first_with_rules_and_places() -> None:
    part = Part("all", score([judged(TEXT, ())]).figures())
    part.mistakes = [
        Mistake("missed", "rare", "g:1", "u1", "A binds B"),
        *(Mistake("wrong", "common", "g:2", f"u{n}", "C inhibits D", f"rule_{n % 2}") for n in range(5)),
        *(Mistake("missed", "middling", "g:3", "u3", "E binds F") for _ in range(2)),
    ]
    text = shown(part)
    start = text.index("  errors by cause")
    assert text[start + 1] == "       5 wrong: common (rule_0 3, rule_1 2)"
    assert text[start + 2] == "           g:2 u0: C inhibits D"
    assert text[start + 5] == "       2 missed: middling"
    assert text[start + 8] == "       1 of 1 rarer causes; --json has them all"


def test_table_cells_are_told_where_there_are_any() -> None:
    part = Part("all", score([judged(TEXT, ())]).figures() | {"table_cells": {"factor": {"asked": 3, "right": 2}}})
    assert "  table cells right: factor 2/3" in shown(part)
