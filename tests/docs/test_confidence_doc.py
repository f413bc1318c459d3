"""docs/confidence.md says what the counting left, and its examples give what they show."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from minex.resources import find
from tests.docs.pages import Cli, blocks, fits, script, session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def make_confidence() -> ModuleType:
    return script("make_confidence")


def test_page_and_picture_are_what_the_counting_left(make_confidence: ModuleType) -> None:
    assert make_confidence.main(["--check"]) == 0


def test_the_examples_give_what_they_show(minex: Cli) -> None:
    for block in blocks("confidence.md"):
        for command, shown in session(block.text):
            if command.startswith("minex "):
                printed = minex(command)
            else:
                done = subprocess.run(
                    ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
                )
                printed = done.stdout
            assert fits(shown, printed), f"line {block.line}: {command}\n{printed}"


def test_what_may_only_be_measured_is_in_no_count() -> None:
    counted = json.loads((find("patterns") / "precision.json").read_text(encoding="utf-8"))
    allowed = {"annotated", "judgements", "judgements by rule", "restatements", "cg", "pathway"}
    assert set(counted["sources"]) <= allowed
    assert {source for rule in counted["rules"].values() for source in rule["counts"]} <= allowed


def test_where_readers_judged_confidence_is_the_share_right_as_far_as_the_sample_tells() -> None:
    sets = json.loads((ROOT / "docs" / "confidence.json").read_text(encoding="utf-8"))["sets"]
    for name in ("judgements", "restatements, held half"):
        now = sets[name]["now"]
        error = math.sqrt(now["right"] * (1 - now["right"]) / now["pieces"])
        assert now["said"] - now["right"] <= 1.96 * error, name
        # Restatements are plainer than abstracts, on which confidence is counted: more of them may be right.
        if name == "judgements":
            assert now["right"] - now["said"] <= 1.96 * error, name
