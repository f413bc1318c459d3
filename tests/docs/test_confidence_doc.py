"""docs/confidence.md says what the counting left, and its examples give what they show."""

from __future__ import annotations

import json
import subprocess
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from minex.resources import find
from tests.docs.pages import Cli, blocks, fits, session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def make_confidence() -> ModuleType:
    spec = util.spec_from_file_location("make_confidence", ROOT / "docs" / "make_confidence.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    allowed = {"judgements", "judgements by rule", "restatements", "cg", "pathway"}
    assert set(counted["sources"]) <= allowed
    assert {source for rule in counted["rules"].values() for source in rule["counts"]} <= allowed


def test_confidence_means_what_it_says_where_readers_judged() -> None:
    sets = json.loads((ROOT / "docs" / "confidence.json").read_text(encoding="utf-8"))["sets"]
    for name in ("judgements", "restatements, held half"):
        assert sets[name]["now"]["brier"] <= sets[name]["before"]["brier"], name
        assert sets[name]["now"]["calibration_error"] <= 0.06, name
