"""The rule loader is strict: an error names the file, the line and what would have been allowed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from minex import resources
from minex.errors import PatternError
from minex.model import PREDICATE_SIGNS, MentionType
from minex.rules.language import RuleSet
from minex.rules.load import load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(resources.find("patterns"), tmp_path / "patterns"))
    (copy / "patterns.yaml").write_text("only: true\n", encoding="utf-8")
    return copy


@pytest.fixture
def change(folder: Path) -> Callable[[str, str, str], Path]:
    def edit(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return edit


Change = Callable[[str, str, str], Path]


def test_a_new_verb_is_one_line(change: Change) -> None:
    rules = load(change("triggers/change.yaml", "      - increase\n", "      - increase\n      - skyrocket\n"))
    assert rules.triggers["skyrocketed"][0].effect == "increase"


def test_the_version_changes_with_the_rules(change: Change, rules: RuleSet) -> None:
    folder = change("triggers/change.yaml", "      - increase\n", "      - increase\n      - skyrocket\n")
    assert load(folder).version != rules.version


def test_loading_twice_gives_the_same_rules(rules: RuleSet) -> None:
    assert load() == rules


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("frames/verbal.yaml", "priority: 60", "priorty: 60", "unknown key 'priorty'; did you mean 'priority'"),
        ("frames/verbal.yaml", "priority: 60", "priority: high", "a whole number is expected"),
        ("frames/verbal.yaml", "priority: 60", "priority: 60\n    confidence: 7", "between 0 and 1"),
        ("frames/verbal.yaml", "    subject: $subject\n", "", "'subject' is missing"),
        ("frames/verbal.yaml", "subject: $subject", "subject: $subjekt", "unknown path '$subjekt'"),
        ("frames/verbal.yaml", "object: $object", "object: dobj", "'dobj' is not a step"),
        ("frames/verbal.yaml", "voice: active", "voice: middle", "unknown voice 'middle'"),
        ("frames/verbal.yaml", "pos: verb", "pos: werb", "unknown pos 'werb'"),
        ("frames/verbal.yaml", "effects: [bind]", "effects: [glue]", "unknown effect 'glue'"),
        ("frames/verbal.yaml", "name: active_binding", "name: active_verb", "the name 'active_verb' is taken"),
        ("frames/verbal.yaml", "object_types: [FACTOR]", "object_types: [PROTEIN]", "unknown type 'PROTEIN'"),
        ("frames/verbal.yaml", "frames:", "framez:", "unknown section 'framez'"),
        ("triggers/change.yaml", "  - effect: increase", "  - effect: grow", "unknown effect 'grow'"),
        ("triggers/change.yaml", "      - elevate\n", "      - increase\n", "'increase (verb)' is already there"),
        ("triggers/change.yaml", "      - elevate\n", "      - elevate (\n", "is not a trigger entry"),
        ("taxonomy.yaml", "predicate: binds", "predicate: glues", "unknown predicate 'glues'"),
        ("taxonomy.yaml", "FACTOR: [MIRNA", "FACTOR: [MIRNAS", "unknown type 'MIRNAS'"),
        ("taxonomy.yaml", "groups:", "gruppen:", "unknown section 'gruppen'"),
        ("taxonomy.yaml", "[increases, decreases]", "[increases, decreases, binds]", "opposites come in pairs"),
        ("taxonomy.yaml", "[increases, decreases]", "[increases, shrinks]", "unknown predicate 'shrinks'"),
        ("taxonomy.yaml", "subject: [MIRNA]", "subject: [MIRNAS]", "unknown type 'MIRNAS'"),
        ("taxonomy.yaml", "direct: true", "direct: perhaps", "true or false is expected"),
        ("frames/nominal.yaml", "mutual: true", "mutual: sometimes", "true or false is expected"),
        ("frames/paths.yaml", "paths:", "pathes:", "unknown section 'pathes'; did you mean 'paths'"),
        ("cues/negation.yaml", "    words: [not, ", "    paths_: [not, ", "unknown key 'paths_'"),
        ("cues/negation.yaml", "    verbs: [fail]\n", "", "a cue needs words or verbs"),
        ("triggers/change.yaml", "      - elevate\n", "      - knock down\n", "a particle, not a preposition"),
        ("cues/negation.yaml", "mark: negated", "mark: denied", "'mark' says what the cues mean"),
        ("cues/manipulation.yaml", "sign: -1", "sign: 0", "sign is 1 or -1"),
        ("surface/idioms.yaml", " object>", ">", "one <... subject> and one <... object> slot"),
        ("surface/idioms.yaml", "(?P<trigger>(?: positive", "(?P<trigger> ((", "the pattern is not understood"),
        ("frames/verbal.yaml", "frames:", "frames: [", "this is not YAML"),
    ],
)
def test_every_mistake_is_named_with_its_place(
    change: Change, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(PatternError) as caught:
        load(change(file, old, new))
    assert message in str(caught.value)
    assert Path(file).name in str(caught.value)


def test_a_rule_without_a_near_miss_is_refused(change: Change) -> None:
    line = '      - {text: "The dye binds to plastic, and VEGFA was measured with HIF1A.", gives: []}\n'
    with pytest.raises(PatternError, match="lack one near miss"):
        load(change("frames/verbal.yaml", line, ""))


def test_a_key_that_stands_twice_is_refused(change: Change) -> None:
    with pytest.raises(PatternError, match="stands twice"):
        load(change("frames/verbal.yaml", "    priority: 60\n", "    priority: 60\n    priority: 61\n"))


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "frames" / "verbal.yaml").write_text("", encoding="utf-8")
    with pytest.raises(PatternError, match="empty"):
        load(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="no such folder"):
        load(tmp_path / "nowhere")


def test_a_bare_no_is_a_word_and_not_a_truth_value(rules: RuleSet) -> None:
    assert any("no" in cue.words for cue in rules.cues)


def test_every_effect_states_predicates_of_the_contract(rules: RuleSet) -> None:
    assert {effect.predicate for effect in rules.taxonomy.effects.values()} <= set(PREDICATE_SIGNS)


def test_opposites_have_opposite_signs(rules: RuleSet) -> None:
    for predicate, opposite in rules.taxonomy.opposites.items():
        assert PREDICATE_SIGNS[predicate] == -PREDICATE_SIGNS[opposite] != 0


def test_groups_hold_only_types_of_the_contract(rules: RuleSet) -> None:
    for types in rules.taxonomy.groups.values():
        assert set(types) <= set(MentionType.__members__)


def test_a_folder_with_a_name_of_its_own_is_not_passed_over(folder: Path) -> None:
    (folder / "trigger").mkdir()
    (folder / "trigger" / "mine.yaml").write_text("triggers: []", encoding="utf-8")
    with pytest.raises(PatternError, match="no rules are read from here"):
        load(folder)
