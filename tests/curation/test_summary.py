"""What verdicts say of the rules."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from minex.curation.summary import by_rule, judgement, lines, wilson
from minex.evaluation.gold.sets import folder
from minex.store.verdicts import counting
from tests.store.build import said
from tests.store.conftest import Shelf
from tests.store.records import citation


def judged(shelf: Shelf) -> None:
    shelf.write(
        citation(1, [said("miR-21-5p", "decreases", "PTEN"), said("miR-21-5p", "promotes", "migration")]),
        citation(2, [said("miR-21-5p", "decreases", "PTEN", negated=True)]),
    )
    evidence = [id_ for (id_,) in shelf.ask("SELECT id FROM evidence ORDER BY nr")]
    shelf.store.judge(zip(evidence, ("right", "sign", "wrong"), ("", "up", "no"), strict=True), "ann")


def test_rules_are_counted_with_their_intervals(shelf: Shelf) -> None:
    judged(shelf)
    rule, everything = by_rule(counting(shelf.store.connection))
    assert (rule.rule, rule.right, rule.wrong, rule.sign) == ("active_verb", 1, 2, 1)
    assert everything.rule == "all"
    shown = list(lines([rule]))
    assert shown[1].split() == ["active_verb", "3", "1", "2", "1", "0.333", "0.061", "to", "0.792"]
    assert list(lines([])) == ["nothing is judged yet"]


def test_a_judgement_has_the_keys_of_those_that_are_shipped(shelf: Shelf) -> None:
    judged(shelf)
    shipped = json.loads((folder() / "judgements" / "2026-11-21-rules.jsonl").read_text().partition("\n")[0])
    made = [judgement(each) for each in counting(shelf.store.connection)]
    assert all(list(each) == list(shipped) for each in made)
    assert {type(value) for value in made[0].values()} == {type(value) for value in shipped.values()}
    assert [(each["verdict"], each["class"], each["negated"]) for each in made] == [
        ("right", "", False),
        ("wrong", "wrong sign", False),
        ("wrong", "", True),
    ]


def test_a_judgement_has_no_sentence(shelf: Shelf) -> None:
    judged(shelf)
    for each in counting(shelf.store.connection):
        assert each.sentence not in json.dumps(judgement(each))


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_interval_holds_the_share_and_stays_within_0_and_1(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0.0 <= low <= high <= 1.0
    if right + wrong:
        assert low <= right / (right + wrong) + 1e-12
        assert right / (right + wrong) <= high + 1e-12
