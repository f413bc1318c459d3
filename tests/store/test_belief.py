from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.store.belief import CERTAINTY_LIMIT, Witness, belief

WITNESSES = st.builds(
    Witness,
    document=st.sampled_from(["PMID:1", "PMID:2", "PMID:3", "PMID:4"]),
    confidence=st.floats(0, 1),
    own=st.booleans(),
    hedged=st.booleans(),
    against=st.booleans(),
)
MANY = st.lists(WITNESSES, max_size=8)


@given(MANY)
def test_a_belief_is_from_0_to_1(witnesses: list[Witness]) -> None:
    assert 0.0 <= belief(witnesses) <= 1.0


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_evidence_never_shows(witnesses: list[Witness], random: object) -> None:
    shuffled = list(witnesses)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert belief(shuffled) == belief(witnesses)


@given(MANY, WITNESSES)
def test_more_evidence_for_never_lowers_and_against_never_raises(witnesses: list[Witness], one: Witness) -> None:
    before, after = belief(witnesses), belief([*witnesses, one])
    assert after <= before if one.against else after >= before


@given(MANY)
def test_a_document_that_repeats_itself_counts_once(witnesses: list[Witness]) -> None:
    assert belief(witnesses * 2) == belief(witnesses)


def test_two_documents_weigh_more_than_two_sentences_of_one() -> None:
    sentences = belief([Witness("PMID:1", 0.6), Witness("PMID:1", 0.6)])
    documents = belief([Witness("PMID:1", 0.6), Witness("PMID:2", 0.6)])
    assert sentences == 0.6
    assert documents == pytest.approx(0.84)


def test_a_hundred_reviews_of_one_finding_are_one_witness() -> None:
    reviews = [Witness(f"PMID:{number}", 0.9, own=False) for number in range(100)]
    assert belief(reviews) == belief(reviews[:1]) == 0.45


def test_a_hedged_sentence_counts_half() -> None:
    assert belief([Witness("PMID:1", 0.8, hedged=True)]) == 0.4


def test_one_denial_costs_little_against_many_documents_and_half_against_one() -> None:
    many = [Witness(f"PMID:{number}", 0.8) for number in range(20)]
    denial = Witness("PMID:99", 0.8, against=True)
    assert belief([*many, denial]) > 0.95
    assert belief([many[0], denial]) == 0.4


def test_only_denials_give_no_belief() -> None:
    assert belief([Witness("PMID:1", 0.9, against=True)]) == 0.0


def test_one_witness_is_never_quite_sure() -> None:
    assert belief([Witness("PMID:1", 1.0)]) == CERTAINTY_LIMIT
