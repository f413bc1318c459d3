"""Which found statement answers which gold statement."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.evaluation.figures import Count
from minex.evaluation.items import Argument, Statement
from minex.evaluation.match import LEVELS, Matching, answers_strictly, distinct, match, most_pairs
from tests.evaluation.making import say, side


def strict(gold: list[Statement], found: list[Statement], level: str = "pair") -> Matching:
    return match(gold, found, level, strict=True)


def loose(gold: list[Statement], found: list[Statement], level: str = "pair") -> Matching:
    return match(gold, found, level, strict=False)


def counts(matching: Matching) -> tuple[int, int, int]:
    return len(matching.pairs), len(matching.wrong), len(matching.missed)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ("A inhibits B", True),
        ("A decreases B", True),
        ("A targets B", True),
        ("A activates B", False),
        ("B inhibits A", False),
        ("A regulates B", False),
    ],
)
def test_the_strict_look_asks_for_direction_and_sign_and_not_for_the_predicate(found: str, right: bool) -> None:
    assert bool(strict([say("A inhibits B")], [say(found)]).pairs) is right
    assert loose([say("A inhibits B")], [say(found)]).pairs == ((0, 0),)


def test_the_strict_look_asks_for_negation() -> None:
    denied = say("A inhibits B", negated=True)
    assert counts(strict([denied], [say("A inhibits B")])) == (0, 1, 1)
    assert counts(strict([denied], [denied])) == (1, 0, 0)


@pytest.mark.parametrize(("gold", "found"), [("A binds B", "B binds A"), ("A regulates B", "B associated_with A")])
def test_a_symmetric_statement_answers_either_way_whichever_side_it_is_on(gold: str, found: str) -> None:
    assert strict([say(gold)], [say(found)]).pairs == ((0, 0),)
    assert strict([say(found)], [say(gold)]).pairs == ((0, 0),)


def test_what_needs_inference_is_neither_asked_nor_wrong() -> None:
    inferred = say("A inhibits B", inferred=True)
    for look in (strict, loose):
        assert counts(look([inferred], [])) == (0, 0, 0)
        assert counts(look([inferred], [say("A inhibits B")])) == (0, 0, 0)
        assert counts(look([inferred], [say("A inhibits C")])) == (0, 1, 0)


def test_a_pair_without_a_sign_is_asked_by_the_loose_look_alone() -> None:
    unsigned = say("A associated_with B", unsigned=True)
    assert counts(strict([unsigned], [])) == (0, 0, 0)
    assert counts(strict([unsigned], [say("B inhibits A")])) == (0, 0, 0)
    assert counts(loose([unsigned], [])) == (0, 0, 1)
    assert counts(loose([unsigned], [say("B inhibits A")])) == (1, 0, 0)


def test_an_answer_given_twice_is_one_answer_and_no_mistake() -> None:
    assert counts(strict([say("A inhibits B")], [say("A inhibits B"), say("A decreases B")])) == (1, 0, 0)
    assert counts(loose([say("A inhibits B")], [say("A inhibits B"), say("B inhibits A")])) == (1, 0, 0)


def test_a_question_asked_twice_is_missed_twice_and_answered_once() -> None:
    gold = [say("A inhibits B"), say("A decreases B")]
    assert counts(strict(gold, [])) == (0, 0, 2)
    assert counts(strict(gold, [say("A inhibits B")])) == (1, 0, 0)


def test_of_both_signs_of_a_pair_the_strict_look_asks_each_and_the_loose_one_the_pair() -> None:
    gold = [say("A inhibits B"), say("A activates B")]
    assert counts(strict(gold, [say("A activates B")])) == (1, 0, 1)
    assert counts(loose(gold, [say("A activates B")])) == (1, 0, 0)


def test_at_the_evidence_level_names_do_not_matter_and_places_do() -> None:
    gold = [Statement(side("x", (0, 3)), "inhibits", side("y", (5, 8)))]
    right = [Statement(side("other", (1, 2)), "inhibits", side("names", (5, 9)))]
    wrong = [Statement(side("x", (10, 13)), "inhibits", side("y", (5, 8)))]
    assert counts(strict(gold, right, "evidence")) == (1, 0, 0)
    assert counts(strict(gold, right, "pair")) == (0, 1, 1)
    assert counts(strict(gold, wrong, "evidence")) == (0, 1, 1)
    assert counts(strict(gold, wrong, "pair")) == (1, 0, 0)


def test_as_many_as_can_be_are_matched_in_whatever_order_they_come() -> None:
    # `ab` is either thing: taken first by the gold statement that has another answer, it would leave one missed.
    either = Argument("GENE", "x", ("c:1", "c:2"))
    one, two, other = side("one", concept="c:1"), side("two", concept="c:2"), side("B")
    gold = [Statement(one, "inhibits", other), Statement(two, "inhibits", other)]
    found = [Statement(either, "inhibits", other), Statement(one, "inhibits", other)]
    for golds in permutations(gold):
        for founds in permutations(found):
            assert counts(strict(list(golds), list(founds))) == (2, 0, 0)


def test_a_document_says_each_thing_once_and_best_what_is_asked() -> None:
    said = [
        say("A inhibits B", inferred=True),
        say("A inhibits B", unsigned=True),
        say("A decreases B"),
        say("A activates B"),
    ]
    assert distinct(said) == [said[2], said[3]]


statements = st.builds(
    lambda one, predicate, two, marks: say(f"{one} {predicate} {two}", **marks),
    st.sampled_from("ABC"),
    st.sampled_from(["inhibits", "activates", "binds", "regulates", "decreases"]),
    st.sampled_from("ABC"),
    st.fixed_dictionaries({"negated": st.booleans()}),
)
golds = st.lists(st.tuples(statements, st.booleans()), max_size=6)
founds = st.lists(statements, max_size=6)


def gold_of(drawn: list[tuple[Statement, bool]]) -> list[Statement]:
    return [replace(statement, inferred=inferred) for statement, inferred in drawn]


@given(golds, founds, st.sampled_from(LEVELS))
def test_loose_is_never_below_strict(
    drawn: list[tuple[Statement, bool]], found: list[Statement], level: str
) -> None:
    gold = gold_of(drawn)
    sides = (distinct(gold), distinct(found)) if level == "document" else (gold, found)
    low, high = (match(*sides, level, strict=strictly) for strictly in (True, False))
    assert len(high.pairs) >= len(low.pairs)
    assert len(high.wrong) <= len(low.wrong)
    assert len(high.missed) <= len(low.missed)
    low_f1, high_f1 = (Count(*counts(each)).f1 for each in (low, high))
    assert low_f1 is None or (high_f1 or 0) >= low_f1


@given(golds, founds, st.booleans(), st.randoms())
def test_the_order_of_statements_changes_no_count(
    drawn: list[tuple[Statement, bool]], found: list[Statement], strictly: bool, random: Random
) -> None:
    gold = gold_of(drawn)
    before = counts(match(gold, found, "pair", strict=strictly))
    random.shuffle(gold)
    random.shuffle(found)
    assert counts(match(gold, found, "pair", strict=strictly)) == before


@given(golds, founds, st.booleans())
def test_nothing_is_counted_twice(
    drawn: list[tuple[Statement, bool]], found: list[Statement], strictly: bool
) -> None:
    gold = gold_of(drawn)
    matching = match(gold, found, "pair", strict=strictly)
    on_gold = [*(one for one, _ in matching.pairs), *matching.missed]
    on_found = [*(two for _, two in matching.pairs), *matching.wrong]
    assert len(on_gold) == len(set(on_gold))
    assert len(on_found) == len(set(on_found))
    assert not any(gold[number].inferred for number in on_gold)


@given(statements, statements)
def test_strict_answers_are_answers_from_either_side(one: Statement, two: Statement) -> None:
    assert answers_strictly(one, two, Argument.same) == answers_strictly(two, one, Argument.same)


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_most_pairs_uses_each_index_once_and_leaves_no_free_pair(edges: set[tuple[int, int]]) -> None:
    pairs = most_pairs(range(5), range(5), lambda one, two: (one, two) in edges)
    assert set(pairs) <= edges
    ones, twos = {one for one, _ in pairs}, {two for _, two in pairs}
    assert len(ones) == len(twos) == len(pairs)
    assert all(one in ones or two in twos for one, two in edges)
    best = max((sum((n, m) in edges for n, m in enumerate(order)) for order in permutations(range(5))), default=0)
    assert len(pairs) == best
