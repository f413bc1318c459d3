"""A confidence is the sum of named reasons, and every reason can be redone by hand."""

from __future__ import annotations

import math

import pytest

from minex.extraction.claims import Claim
from minex.extraction.confidence import FACTORS, LIMITS, holding, log_odds, probability, reasons_of
from minex.extraction.select import Settled, settle
from minex.model import Context, Document, Mention, Passage, PassageKind, Reason, Sentence, Span
from minex.pipeline import Pipeline
from minex.rules.precision import Precision, RulePrecision

A = Mention(0, 1, "A", "MIRNA", ("mirbase:1",), "A")
B = Mention(11, 12, "B", "GENE", ("HGNC:1",), "B")
CLAIM = Claim(A, "inhibits", B, "some_rule", 50, Span(2, 10))
PRECISION = Precision(
    {"some_rule": RulePrecision(0.8, "counted on 10")}, {"verb": 0.7}, {"hedged": -0.5, "step": -0.25}
)


def facts(settled: Settled, text: str = "A inhibits B.", *, title: bool = False, **sources: str) -> dict[str, int]:
    kind = PassageKind.TITLE if title else PassageKind.TEXT
    document = Document("PMID:1", (Passage(text),))
    context = Context(sources=tuple(sources.items()))
    return holding(settled, document, Sentence(0, len(text), kind=kind), context)


def change(**fields: object) -> Settled:
    from dataclasses import replace

    return Settled(replace(CLAIM, **fields))  # type: ignore[arg-type]


def test_a_plain_claim_has_the_precision_of_its_rule() -> None:
    document = Document("PMID:1", (Passage("A inhibits B."),))
    reasons = reasons_of(PRECISION, Settled(CLAIM), document, Sentence(0, 13), Context())
    assert [reason.what for reason in reasons] == ["some_rule, counted on 10"]
    assert probability(reasons) == 0.8


def test_factors_are_added_to_the_log_odds_as_often_as_they_hold() -> None:
    document = Document("PMID:1", (Passage("A inhibits B."),))
    reasons = reasons_of(PRECISION, change(hedged=True, steps=2), document, Sentence(0, 13), Context())
    assert reasons[1:] == (Reason("hedged", 1, -0.5), Reason("step", 2, -0.5))
    assert probability(reasons) == round(1 / (1 + math.exp(-(math.log(4) - 1))), 3)


@pytest.mark.parametrize(
    ("settled", "held"),
    [
        (change(), {}),
        (change(hedged=True), {"hedged": 1}),
        (change(negated=True), {"negated": 1}),
        (change(steps=3), {"step": 3}),
        (change(steps=30), {"step": 6}),
        (change(steps=4, references=("it",)), {"reference": 1}),
        (change(listed=5), {"listed": 1}),
        (change(listed=4), {}),
        (change(mended=True), {"mended": 1}),
        (change(object=Mention(11, 12, "B", "GENE")), {"unlinked": 1}),
        (Settled(CLAIM, agreed=True), {"agreed": 1}),
        (Settled(CLAIM, disputed=True), {"disputed": 1}),
    ],
)
def test_each_factor_holds_where_its_words_say(settled: Settled, held: dict[str, int]) -> None:
    assert facts(settled) == held


def test_what_stands_far_apart_in_a_long_sentence_of_a_title() -> None:
    text = "A " + "word " * 55 + "B"
    apart = change(object=Mention(len(text) - 1, len(text), "B", "GENE", ("HGNC:1",), "B"))
    assert facts(apart, text, title=True) == {"far": 1, "long": 1, "title": 1}


@pytest.mark.parametrize(
    ("source", "held"), [("sentence", {}), ("header", {}), ("title", {"cancer from elsewhere": 1})]
)
def test_where_the_cancer_was_taken_from(source: str, held: dict[str, int]) -> None:
    assert facts(Settled(CLAIM), cancer=source) == held


def test_nothing_is_certain() -> None:
    assert (probability([Reason("x", 1, -50.0)]), probability([Reason("x", 1, 50.0)])) == LIMITS
    assert log_odds(0.5) == 0


def test_rules_that_agree_or_dispute_are_noted_with_the_winner() -> None:
    from dataclasses import replace

    [agreed] = settle([CLAIM, replace(CLAIM, rule="other", priority=10)])
    assert (agreed.agreed, agreed.disputed) == (True, False)
    [disputed] = settle([CLAIM, replace(CLAIM, rule="other", priority=10, predicate="activates")])
    assert (disputed.agreed, disputed.disputed) == (False, True)


def test_every_factor_weighs_something_known(pipeline: Pipeline) -> None:
    assert set(pipeline.rules.precision.factors) == set(FACTORS)


def test_what_makes_reading_hard_lowers_the_confidence(pipeline: Pipeline) -> None:
    def sure(text: str) -> float:
        (reading,) = pipeline.read([Document("PMID:1", (Passage(text),))])
        (evidence,) = reading.evidence  # type: ignore[union-attr]
        assert evidence.confidence == probability(evidence.reasons)
        return float(evidence.confidence)

    plain = sure("miR-21 inhibits PTEN.")
    assert plain > sure("miR-21 may inhibit PTEN.")
    assert plain > sure("miR-21 inhibits the expression of the mRNA of PTEN.")
