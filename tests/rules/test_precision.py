"""How often a rule is right: counted, as its class, or as its author says; and a broken file of counts is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from minex import resources
from minex.errors import PatternError
from minex.rules.folder import COUNTED
from minex.rules.language import RuleSet
from minex.rules.load import load
from minex.rules.precision import CLASSES, Precision, RulePrecision, read_precision

RULE = """
surface:
  - name: {name}
    priority: 30
    pattern: '<MIRNA subject> -. <GENE object>'
    effect: inhibit{more}
    examples:
      - {{text: "miR-21 -| PTEN", gives: ["miR-21 inhibits PTEN"]}}
      - {{text: "miR-21 and PTEN", gives: []}}
"""


def own(tmp_path: Path, name: str, more: str = "") -> RuleSet:
    (tmp_path / "surface").mkdir()
    (tmp_path / "surface" / "mine.yaml").write_text(RULE.format(name=name, more=more), encoding="utf-8")
    return load(tmp_path)


def test_every_shipped_rule_has_a_class_and_a_precision(rules: RuleSet) -> None:
    for rule in rules.readers:
        assert rule.kind in CLASSES
        assert 0.3 < rules.precision.of(rule.name, rule.kind).value < 0.99


def test_no_shipped_rule_states_its_confidence_for_it_is_counted(rules: RuleSet) -> None:
    stating = [f"{rule.place} {rule.name}" for rule in rules.readers if rule.confidence is not None]
    assert stating == [], "leave 'confidence' out, and run training/precision/count.py"


def test_a_rule_that_was_never_counted_is_as_its_class_is(tmp_path: Path) -> None:
    rules = own(tmp_path, "mine")
    assert rules.precision.of("mine", "surface") == RulePrecision(
        rules.precision.classes["surface"], "as surface rules are"
    )


def test_a_user_may_say_how_often_a_rule_of_his_own_is_right(tmp_path: Path) -> None:
    rules = own(tmp_path, "mine", "\n    confidence: 0.4")
    assert rules.precision.of("mine", "surface") == RulePrecision(0.4, "as its author says")


def test_what_was_counted_for_a_rule_does_not_hold_for_the_one_that_replaces_it(tmp_path: Path) -> None:
    assert load().precision.of("axis", "surface").known.startswith("counted on ")
    assert own(tmp_path, "axis").precision.of("axis", "surface").known == "as surface rules are"


def test_a_path_of_the_name_of_a_rule_takes_nothing_from_it(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "mine.yaml").write_text("paths:\n  axis: ['>pobj']\n", encoding="utf-8")
    assert load(tmp_path).precision.of("axis", "surface").known.startswith("counted on ")


def test_a_shipped_rule_s_own_word_for_it_is_not_taken(rules: RuleSet) -> None:
    rule = next(rule for rule in rules.surface if rule.name == "axis")
    told = Precision(classes={"surface": 0.7}).laid_over([_with(rule, 0.99)], (), shipped=True)
    assert told.of("axis", "surface").value == 0.7
    alone = Precision(classes={"surface": 0.7}).laid_over([_with(rule, 0.99)], (), shipped=False)
    assert alone.of("axis", "surface").value == 0.99


def _with(rule: object, confidence: float) -> object:
    from dataclasses import replace

    return replace(rule, confidence=confidence)  # type: ignore[type-var]


def test_the_version_changes_with_the_counts(
    tmp_path: Path, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(shutil.copytree(resources.find("patterns"), tmp_path / "patterns"))
    data = json.loads((copy / COUNTED).read_text(encoding="utf-8"))
    data["factors"]["hedged"]["log_odds"] = -3
    (copy / COUNTED).write_text(json.dumps(data), encoding="utf-8")
    monkeypatch.setattr(resources, "find", lambda name: tmp_path / name)
    assert load().version != rules.version
    assert load().precision.factors["hedged"] == -3


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"rules": {"a": {"precision": 1.5, "class": "verb", "counts": {}}}, "classes": {}, "factors": {}}',
        '{"rules": {"a": {"precision": 0.5}}, "classes": {}, "factors": {}}',
        '{"rules": {}, "classes": {"verb": 0.5}, "factors": {}}',
        '{"rules": {}, "classes": {}, "factors": {"hedged": {"log_odds": "much"}}}',
    ],
)
def test_a_file_that_is_none_of_counts_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / COUNTED).write_text(text, encoding="utf-8")
    with pytest.raises(PatternError, match="no file of counts") as caught:
        read_precision(tmp_path / COUNTED)
    assert str(tmp_path / COUNTED) in str(caught.value)


def test_where_nothing_was_counted_all_are_alike(tmp_path: Path) -> None:
    assert read_precision(tmp_path / COUNTED).of("any", "verb").value == 0.75
