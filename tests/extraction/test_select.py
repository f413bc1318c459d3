"""Rival claims: at most one for a sentence, a pair and a sign."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from minex.extraction.claims import Claim
from minex.extraction.select import settle
from minex.model import PREDICATE_SIGNS, Mention, Span

A = Mention(0, 1, "A", "MIRNA", name="A")
B = Mention(10, 11, "B", "GENE", name="B")
CLAIM = Claim(A, "inhibits", B, "general", 50, Span(4, 6))


def test_the_more_specific_rule_wins_and_names_the_other() -> None:
    [settled] = settle([CLAIM, replace(CLAIM, rule="special", priority=60, predicate="targets", direct=True)])
    assert settled.claim.rule == "special"
    assert settled.overridden == ("general",)


def test_a_sign_beats_no_sign() -> None:
    [settled] = settle([replace(CLAIM, predicate="regulates", priority=90, rule="vague"), CLAIM])
    assert settled.claim.predicate == "inhibits"


def test_of_opposite_signs_the_one_nearer_to_its_trigger_stands() -> None:
    far = replace(CLAIM, predicate="activates", rule="other", trigger=Span(40, 42))
    [settled] = settle([CLAIM, far])
    assert settled.claim.predicate == "inhibits"


def test_being_carried_rivals_nothing() -> None:
    carried = replace(CLAIM, predicate="carried_by", rule="vesicle")
    assert {each.claim.predicate for each in settle([CLAIM, carried])} == {"inhibits", "carried_by"}


def test_further_mentions_are_kept() -> None:
    second = replace(CLAIM, object=replace(B, start=30, end=31), rule="far", priority=10)
    [settled] = settle([CLAIM, second])
    assert settled.also == (Span(30, 31),)


def test_what_is_denied_makes_nothing_direct() -> None:
    # "A inhibits B but does not target B"
    denied = replace(CLAIM, predicate="targets", direct=True, negated=True, priority=60, trigger=Span(20, 22))
    [settled] = settle([CLAIM, denied])
    assert (settled.claim.predicate, settled.claim.direct, settled.claim.negated) == ("inhibits", False, False)


def test_what_is_affirmed_is_not_lost_to_what_another_verb_denies() -> None:
    # "A decreased B but did not target it": one place, and the affirmed claim has it
    denied = replace(CLAIM, predicate="targets", negated=True, priority=90, trigger=Span(20, 22))
    [settled] = settle([denied, CLAIM])
    assert not settled.claim.negated


def test_two_readings_of_one_verb_are_settled_by_priority_alone() -> None:
    denied = replace(CLAIM, rule="special", negated=True, priority=60)
    [settled] = settle([CLAIM, denied])
    assert settled.claim.negated


def test_a_rule_that_stands_is_not_overridden() -> None:
    carried = replace(CLAIM, predicate="carried_by", rule="vesicle")
    assert [each.overridden for each in settle([CLAIM, carried])] == [(), ()]


CLAIMS = st.builds(
    lambda s, o, predicate, priority, at, negated: replace(
        CLAIM,
        subject=replace(A, name=s, text=s),
        object=replace(B, name=o, text=o),
        predicate=predicate,
        priority=priority,
        trigger=Span(at, at + 2),
        negated=negated,
    ),
    st.sampled_from("AXY"),
    st.sampled_from("BCD"),
    st.sampled_from(sorted(PREDICATE_SIGNS)),
    st.integers(1, 90),
    st.integers(0, 40),
    st.booleans(),
)


@given(st.lists(CLAIMS, max_size=12))
def test_one_claim_at_most_for_a_pair_and_a_sign_whatever_comes(claims: list[Claim]) -> None:
    settled = settle(claims)
    keys = [(each.claim.subject.key, each.claim.object.key, each.claim.sign) for each in settled]
    assert len(keys) == len(set(keys))
    assert {(key[0], key[1]) for key in keys} == {(claim.subject.key, claim.object.key) for claim in claims}
