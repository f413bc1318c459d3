"""Every example beside a rule is executed: it gives what it says, by the rule it stands at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from minex.evaluation.examples import Outcome, run_examples, statement
from minex.model import Document, Failure, Passage, Reading
from minex.pipeline import Pipeline
from minex.resources import find
from minex.rules.language import RuleSet
from minex.rules.load import load


@pytest.fixture(scope="module")
def outcomes(pipeline: Pipeline) -> list[Outcome]:
    return list(run_examples(pipeline))


def test_all_shipped_examples_give_what_they_say(outcomes: list[Outcome]) -> None:
    bad = [f"{each.example.place}: {each.rule}: {each.example.text!r} {each.problem}" for each in outcomes]
    assert [line for line, each in zip(bad, outcomes, strict=True) if each.problem] == []


def test_every_rule_has_one_that_fires_and_a_near_miss(rules: RuleSet, outcomes: list[Outcome]) -> None:
    named = {rule.name for rule in (*rules.frames, *rules.surface, *rules.cues)}
    for wanted in (True, False):
        assert {each.rule for each in outcomes if bool(each.example.gives) is wanted} >= named


def test_every_example_knows_its_file_and_line(outcomes: list[Outcome]) -> None:
    for each in outcomes:
        place = each.example.place
        assert str(place).endswith(f"{place.path.name}:{place.line}")
        lines = place.path.read_text(encoding="utf-8").splitlines()[place.line - 1 :]
        assert each.example.text.split()[0] in "\n".join(lines[:4])


def test_some_rules_alone(pipeline: Pipeline) -> None:
    found = list(run_examples(pipeline, ["not", "modal"]))
    assert {each.rule for each in found} == {"not", "modal"}
    assert list(run_examples(pipeline, [])) == []


def test_a_statement_is_written_as_examples_write_it(pipeline: Pipeline) -> None:
    def said(text: str) -> list[str]:
        (reading,) = pipeline.read([Document("x", (Passage(text),))])
        assert isinstance(reading, Reading)
        return [statement(each) for each in reading.evidence]

    assert said("miR-21 inhibits PTEN.") == ["miR-21 inhibits PTEN"]
    assert said("miR-21 did not inhibit PTEN.") == ["not miR-21 inhibits PTEN"]
    assert said("miR-21 may inhibit PTEN.") == ["maybe miR-21 inhibits PTEN"]


Break = Callable[[str, str], Pipeline]


@pytest.fixture
def changed(tmp_path: Path) -> Break:
    """Change the file of the hedging cues and read the rules."""

    def change(old: str, new: str) -> Pipeline:
        folder = Path(shutil.copytree(find("patterns"), tmp_path / "patterns"))
        file = folder / "cues" / "hedging.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert load(folder)
        return Pipeline(patterns=folder)

    return change


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'gives: ["maybe miR-21 inhibits PTEN"]',
            'gives: ["miR-21 activates PTEN"]',
            "gave ['maybe miR-21 inhibits PTEN'] instead of ['miR-21 activates PTEN']",
        ),
        (
            '"miR-21 may inhibit PTEN."',
            '"miR-21 was seen."',
            "gave nothing instead of ['maybe miR-21 inhibits PTEN']",
        ),
        (
            '"Samples may be stored for a week."',
            '"miR-21 inhibits PTEN."',
            "gave ['miR-21 inhibits PTEN'] instead of nothing",
        ),
    ],
)
def test_a_broken_example_is_told_with_what_it_gave_its_file_and_its_line(
    changed: Break, old: str, new: str, problem: str
) -> None:
    shipped = (find("patterns") / "cues" / "hedging.yaml").read_text(encoding="utf-8")
    line = shipped[: shipped.index(old)].count("\n") + 1
    (bad,) = (each for each in run_examples(changed(old, new), ["modal"]) if each.problem)
    assert (bad.rule, bad.problem) == ("modal", problem)
    assert "hedging.yaml" in str(bad.example.place)
    assert str(line) in str(bad.example.place)


def test_a_rule_that_another_one_reads_for_is_told(tmp_path: Path) -> None:
    """The example of a frame must fire by that frame; else the frame might be dead and nobody would see."""
    folder = Path(shutil.copytree(find("patterns"), tmp_path / "patterns"))
    file = folder / "frames" / "verbal.yaml"
    text = file.read_text(encoding="utf-8")
    first = text.index("  - name: ") + len("  - name: ")
    start = text.index("      - {text: ", text.index("examples:", text.index("  - name: ", first)))
    end = text.index("\n", start)
    stolen = '      - {text: "miR-21 inhibits PTEN.", gives: ["miR-21 inhibits PTEN"]}'
    file.write_text(text[:start] + stolen + text[end:], encoding="utf-8")
    problems = [each.problem for each in run_examples(Pipeline(patterns=folder)) if each.problem]
    assert problems == ["was read by active_verb, not by this rule"]


def test_an_example_that_breaks_the_pipeline_is_told(pipeline: Pipeline) -> None:
    class Broken(Pipeline):
        def mentions(self, document: Document, *rest: object, **more: object) -> tuple[()]:
            raise RuntimeError("no")

    (first, *_) = run_examples(Broken(), ["modal"])
    assert first.problem.startswith("failed: no")
    assert not isinstance(first, Failure)
