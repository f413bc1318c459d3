"""A user's own folder adds to the shipped rules, replaces what it names, and cannot make minex hang."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from minex.errors import PatternError
from minex.rules.language import RuleSet
from minex.rules.load import load

FRAME = """
frames:
  - name: {name}
    priority: 60
    trigger: {{pos: verb, effects: [decrease]}}
    subject: $subject
    object: $object
    examples:
      - {{text: "miR-21 reduced PTEN.", gives: ["miR-21 decreases PTEN"]}}
      - {{text: "The dose was reduced, and PTEN was measured.", gives: []}}
"""
SURFACE = """
surface:
  - name: idiom
    priority: 30
    pattern: '<MIRNA subject>{between}<GENE object>'
    effect: inhibit
    examples:
      - {{text: "miR-21 -| PTEN", gives: ["miR-21 inhibits PTEN"]}}
      - {{text: "miR-21 and PTEN", gives: []}}
"""

TWICE = FRAME.format(name="a") + FRAME.format(name="a").replace("frames:", "")[1:]

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of the user's folder and return the folder."""

    def into(name: str, text: str) -> Path:
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path / "mine"

    return into


def refusal(folder: Path) -> str:
    with pytest.raises(PatternError) as caught:
        load(folder)
    return str(caught.value)


def test_a_word_is_added_to_all_that_is_there(write: Write, rules: RuleSet) -> None:
    own = load(write("triggers/mine.yaml", "triggers:\n  - {effect: decrease, verbs: [muffle]}\n"))
    assert [trigger.effect for trigger in own.triggers["muffled"]] == ["decrease"]
    assert own.frames == rules.frames
    assert own.replaced == ()
    assert (own.own, own.own_parts) == (frozenset(), {"muffle (verb)"})


def test_a_word_that_is_there_means_what_the_folder_says_and_that_is_told(write: Write) -> None:
    own = load(write("triggers/mine.yaml", "triggers:\n  - {effect: regulate, verbs: [suppress]}\n"))
    assert [trigger.effect for trigger in own.triggers["suppresses"]] == ["regulate"]
    (told,) = own.replaced
    assert told.startswith("word suppress (verb) (mine.yaml:2) replaces the shipped one (change.yaml:")


def test_a_rule_is_added_and_one_of_a_shipped_name_takes_its_place(write: Write, rules: RuleSet) -> None:
    write("frames/new.yaml", FRAME.format(name="my_verb"))
    own = load(write("frames/other.yaml", FRAME.format(name="active_verb")))
    names = [frame.name for frame in own.frames]
    assert sorted(names) == sorted([*(frame.name for frame in rules.frames), "my_verb"])
    assert next(frame for frame in own.frames if frame.name == "active_verb").trigger.effects == ("decrease",)
    (told,) = own.replaced
    assert told == "rule active_verb (other.yaml:3) replaces the shipped one (verbal.yaml:4)"
    assert own.own == {"my_verb", "active_verb"}


def test_a_path_a_group_an_effect_and_a_manipulation_are_added_or_replaced(write: Write) -> None:
    write("frames/more.yaml", "paths:\n  blamed: ['>prep:on >pobj']\n  of: ['>poss']\n")
    write("taxonomy.yaml", "groups:\n  SMALL: [MIRNA, CHEMICAL]\neffects:\n  numb: {predicate: inhibits}\n")
    write("cues/tools.yaml", "manipulations:\n  - {label: decoy, sign: -1, nouns: [decoy]}\n")
    own = load(write("triggers/mine.yaml", "triggers:\n  - {effect: numb, verbs: [numb]}\n"))
    assert own.taxonomy.groups["SMALL"] == ("CHEMICAL", "MIRNA")
    assert {"increase", "numb"} <= set(own.taxonomy.effects)
    assert {"blamed", "subject"} <= set(own.named_paths)
    assert [each.label for each in own.manipulations][-1] == "decoy"
    assert [told.partition(" (")[0] for told in own.replaced] == ["path of"]


def test_a_rule_can_be_left_out(write: Write, rules: RuleSet) -> None:
    own = load(write("patterns.yaml", "without: [axis, modal]\n"))
    assert {each.name for each in rules.surface} - {each.name for each in own.surface} == {"axis"}
    assert "modal" not in {cue.name for cue in own.cues}
    assert own.replaced == ("rule axis is left out (patterns.yaml:1)", "rule modal is left out (patterns.yaml:1)")
    assert "unknown shipped rule 'axes'; did you mean 'axis'?" in refusal(
        write("patterns.yaml", "without: [axes]\n")
    ).replace(": did", "; did")


def test_a_folder_can_stand_alone_and_has_to_be_complete_then(write: Write) -> None:
    write("frames/paths.yaml", "paths:\n  subject: ['>nsubj']\n  object: ['>dobj']\n")
    write("frames/mine.yaml", FRAME.format(name="my_verb"))
    write("triggers/mine.yaml", "triggers:\n  - {effect: decrease, verbs: [reduce]}\n")
    folder = write("patterns.yaml", "only: true\n")
    assert "taxonomy.yaml:1: this file is missing" in refusal(folder)
    write(
        "taxonomy.yaml",
        "groups:\n  FACTOR: [MIRNA, GENE]\n  REGULATOR: [FACTOR]\n  AFFECTED: [FACTOR]\n"
        "effects:\n  decrease: {predicate: decreases}\nopposites: [[increases, decreases]]\n"
        "symmetric: [associated_with]\npolarity: {}\nsubgroups: []\ncontrols: []\nundoing: []\n",
    )
    alone = load(folder)
    assert [frame.name for frame in alone.frames] == ["my_verb"]
    assert set(alone.taxonomy.effects) == {"decrease"}
    assert "'without' leaves out shipped rules" in refusal(write("patterns.yaml", "only: true\nwithout: [axis]\n"))


def test_the_version_changes_with_what_is_read_and_with_nothing_else(write: Write, rules: RuleSet) -> None:
    one = load(write("triggers/mine.yaml", "triggers:\n  - {effect: decrease, verbs: [muffle]}\n"))
    write("README.txt", "My rules.")
    assert load(write("triggers/mine.yaml", "triggers:\n  - {effect: decrease, verbs: [muffle]}\n")) == one
    other = load(write("triggers/mine.yaml", "triggers:\n  - {effect: decrease, verbs: [muzzle]}\n"))
    assert len({rules.version, one.version, other.version}) == 3


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("frames/mine.yaml", TWICE, "'a' is taken"),
        ("frames/mine.yaml", FRAME.format(name="a").replace("$object", "$objekt"), "did you mean '$object'?"),
        ("frames/mine.yaml", FRAME.format(name="a").replace("priority", "priorty"), "did you mean 'priority'?"),
        ("frames/mine.yaml", FRAME.format(name="a").rsplit("\n", 2)[0], "lack one near miss"),
        ("frames/mine.yaml", "paths:\n  one: [$objekt]\n", "did you mean '$object'?"),
        ("triggers/mine.yaml", "triggers:\n  - {effect: bind, nouns: [dip, dip]}\n", "'dip (noun)' is already"),
        ("triggers/mine.yaml", "triggers:\n  - {effect: decreese, nouns: [dip]}\n", "did you mean 'decrease'?"),
        ("cues/mine.yaml", "manipulations:\n  - {label: a, sign: 1}\n  - {label: a, sign: -1}\n", "'a' is taken"),
        ("taxonomy.yaml", "effects:\n  dim: {predicate: dims}\n", "unknown predicate 'dims'"),
        ("patterns.yaml", "alone: true\n", "allowed: only, without"),
        ("triggers/mine.yml", "triggers: []\n", "no rules are read from here"),
        ("mine.yaml", "triggers: []\n", "no rules are read from here"),
        ("triggers/deep/mine.yaml", "triggers: []\n", "no rules are read from here"),
        ("trigger/mine.yaml", "triggers: []\n", "no rules are read from here"),
        ("notes.txt", "nothing", "this folder has no rules"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(
    write: Write, name: str, text: str, says: str
) -> None:
    told = refusal(write(name, text))
    assert says in told
    assert (name if name != "notes.txt" else "mine") in told


def test_aliases_that_multiply_are_refused_at_once(write: Write) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    started = time.monotonic()
    assert "mine.yaml:1: aliases repeat more than 1,000 values" in refusal(
        write("triggers/mine.yaml", "\n".join(lines))
    )
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &a [*a]\n", "an anchor refers to itself"),
        ("triggers: " + "[" * 5000 + "]" * 5000, "too deep"),
        ("# " + "x" * 200_000, "larger than 200,000 bytes"),
        ("triggers: 2024-13-45\n", "is not understood"),
        ("triggers: !!python/name:os.getcwd x\n", "this is not YAML"),
    ],
)
def test_hostile_yaml_is_told_and_does_nothing(write: Write, text: str, says: str) -> None:
    assert says in refusal(write("triggers/mine.yaml", text))


def test_a_few_aliases_are_fine(write: Write) -> None:
    text = (
        "triggers:\n  - {effect: decrease, verbs: &words [muffle]}\n  - {effect: increase, adjectives: *words}\n"
    )
    own = load(write("triggers/mine.yaml", text))
    assert {trigger.effect for trigger in own.triggers["muffle"]} == {"decrease", "increase"}


@pytest.mark.parametrize(
    "between", ["(a+)+ ", "(a|a)* ", "( ?.*)* ", "(?=(a*)*b)", "(.*)(.*)", "(a{1,9}){1,9}", "(" * 900, "x" * 3000]
)  # fmt: skip
def test_a_pattern_that_could_run_for_hours_is_refused(write: Write, between: str) -> None:
    started = time.monotonic()
    told = refusal(write("surface/mine.yaml", SURFACE.format(between=between)))
    assert "mine.yaml:3: the pattern" in told
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("between", [" -. ", r" (?:\w+ ){0,4}(?P<trigger>-\|) ", " .{0,80}", "( ?(-|=|~)[|] ?)"])
def test_a_pattern_with_bounded_repeats_is_taken(write: Write, between: str) -> None:
    assert "idiom" in {
        each.name for each in load(write("surface/mine.yaml", SURFACE.format(between=between))).surface
    }


def test_paths_that_multiply_are_refused(write: Write) -> None:
    many = "paths:\n  a: [" + ", ".join(["$a $a $a >dobj"] * 30) + "]\n"
    assert "steps from one word" in refusal(write("frames/mine.yaml", many))
