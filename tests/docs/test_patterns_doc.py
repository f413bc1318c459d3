"""What docs/patterns.md teaches works: its blocks are written into a user's own folder, in order."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from minex.evaluation.examples import run_examples
from minex.pipeline import Pipeline
from minex.rules.folder import Settings
from minex.rules.language import Cue, Frame, HeadNoun, Manipulation, SurfacePattern, TriggerCondition
from minex.rules.load import load
from minex.rules.paths import parse_path
from tests.docs.pages import FOLDER, Block, Cli, blocks, fits, session, shell

_PAGE = "patterns.md"
_OWN = "my-patterns"
_NOT_KEYS = {"place", "forms", "mark"}


def _apply(block: Block, folder: Path) -> None:
    """Write a block into the file that it names."""
    (folder / block.keys["file"]).write_text(block.text, encoding="utf-8")


def test_the_page_does_what_it_says(minex: Cli, tmp_path: Path) -> None:
    for block in blocks(_PAGE):
        if block.language == "yaml":
            _apply(block, tmp_path / _OWN)
            continue
        for command, shown in session(block.text):
            if command.startswith("minex "):
                printed = minex(command)
                assert fits(shown, printed), f"line {block.line}: {command}\n{printed}"
            else:
                shell(command, tmp_path)

    # What is left at the end of the page is sound: all its own examples hold, and so do the shipped ones.
    pipeline = Pipeline(patterns=tmp_path / _OWN)
    outcomes = list(run_examples(pipeline))
    assert {"damper_on", "blunt_arrow", "hearsay"} <= {outcome.rule for outcome in outcomes}
    assert [f"{outcome.rule}: {outcome.problem}" for outcome in outcomes if outcome.problem] == []


def test_every_key_is_explained() -> None:
    text = (FOLDER / _PAGE).read_text(encoding="utf-8")
    for cls in (Frame, TriggerCondition, SurfacePattern, Cue, Manipulation, HeadNoun, Settings):
        keys = {field.name for field in fields(cls)} - _NOT_KEYS
        assert {key for key in keys if f"`{key}`" not in text and f"`{key}:" not in text} == set(), cls.__name__


def test_every_step_that_is_taught_is_one() -> None:
    text = (FOLDER / _PAGE).read_text(encoding="utf-8")
    steps = re.findall(r"^\| (`[^|]*(?:\\\|[^|]*)*`) \|", text.partition("| step |")[2].partition("\n\n")[0], re.M)
    assert len(steps) == 9
    for path in re.findall("`([^`]+)`", " ".join(steps)):
        parse_path(path.replace("\\|", "|"))


def test_every_path_that_is_recommended_has_a_name() -> None:
    named = load().named_paths
    text = (FOLDER / _PAGE).read_text(encoding="utf-8")
    assert set(re.findall(r"`\$(\w+)`", text)) <= set(named)
