"""The sentences of two writers, and how they are counted."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from minex.model import PREDICATE_SIGNS, Evidence, Mention, Span

FOLDER = Path(__file__).resolve().parents[2] / "gold" / "challenge"
TEXT = "miR-21 lowered PTEN, and PTEN bound AKT1."


@pytest.fixture(scope="module")
def challenge(training: Path) -> ModuleType:
    return importlib.import_module("challenge")


def _said(subject: str, predicate: str, object_: str, *, negated: bool = False) -> Evidence:
    def mention(name: str) -> Mention:
        return Mention(TEXT.index(name), TEXT.index(name) + len(name), name, "GENE", name=name)

    return Evidence(
        "x", mention(subject), predicate, mention(object_), Span(0, len(TEXT)), "a_rule", negated=negated
    )


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.jsonl")), ids=lambda file: file.stem)
def test_every_name_stands_in_its_sentence(file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 260
    for row in rows:
        for subject, predicate, object_, negated in row["triples"]:
            assert subject in row["text"], row["id"]
            assert object_ in row["text"], row["id"]
            assert predicate in PREDICATE_SIGNS, row["id"]
            assert isinstance(negated, bool), row["id"]


def test_another_predicate_of_the_same_sign_is_the_same(challenge: ModuleType) -> None:
    statement = ("miR-21", "decreases", "PTEN", False)
    assert challenge.joins(_said("miR-21", "targets", "PTEN"), statement, TEXT) == (True, True)
    assert challenge.joins(_said("miR-21", "increases", "PTEN"), statement, TEXT) == (True, False)
    assert challenge.joins(_said("miR-21", "targets", "PTEN", negated=True), statement, TEXT) == (True, False)


def test_the_other_way_round_is_the_same_only_without_a_direction(challenge: ModuleType) -> None:
    bound, inhibited = ("PTEN", "binds", "AKT1", False), ("PTEN", "inhibits", "AKT1", False)
    assert challenge.joins(_said("AKT1", "binds", "PTEN"), bound, TEXT) == (True, True)
    assert challenge.joins(_said("AKT1", "inhibits", "PTEN"), inhibited, TEXT) == (True, False)
    assert challenge.joins(_said("miR-21", "binds", "AKT1"), bound, TEXT) == (False, False)
