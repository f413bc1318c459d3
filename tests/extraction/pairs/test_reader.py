"""What weights add to the rules and what they take away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from minex.extraction.assertion import AssertionReader
from minex.extraction.pairs.model import NOTHING, PairModel
from minex.extraction.pairs.reader import MAX_MENTIONS, RULE, PairReader, candidates
from minex.model import Document, Passage, Reading
from minex.pipeline import Pipeline
from minex.rules.language import RuleSet
from minex.rules.match import Matcher
from minex.syntax.parse import Parse

CLASSES = ("+>", "+<", "-<", "=>", "c>", "d>", "u>", "~", NOTHING)


def parse(first: str = "GENE", second: str = "GENE", verb: str = "quenches") -> Parse:
    return Parse.by_hand(
        ["A", verb, "B"], [1, 1, 1], ["nsubj", "ROOT", "dobj"], ["NN", "VBZ", "NN"], {0: first, 2: second}
    )


def reader(rules: RuleSet, says: str, weight: float = 9.0) -> PairReader:
    """One that says the same of every pair."""
    bias = np.zeros(len(CLASSES), np.float32)
    bias[CLASSES.index(says)] = weight
    matcher = Matcher(rules)
    return PairReader(
        matcher, AssertionReader(matcher), PairModel(CLASSES, {}, np.zeros((0, len(CLASSES)), np.float32), bias)
    )


@pytest.mark.parametrize(
    ("says", "first", "second", "claim"),
    [
        ("+>", "GENE", "GENE", ("A", "increases", "B")),
        ("+<", "GENE", "GENE", ("B", "increases", "A")),
        ("d>", "MIRNA", "DISEASE", ("A", "down_in", "B")),
        ("+>", "GENE", "PROCESS", ("A", "promotes", "B")),
        ("~", "GENE", "MIRNA", ("B", "associated_with", "A")),
    ],
)
def test_a_class_and_two_types_make_a_predicate(
    rules: RuleSet, says: str, first: str, second: str, claim: tuple[str, str, str]
) -> None:
    (made,) = reader(rules, says).read(parse(first, second), "A quenches B", []).claims
    assert (made.subject.text, made.predicate, made.object.text) == claim
    assert made.rule == RULE
    assert made.sure is not None
    assert made.sure > 0.9


@pytest.mark.parametrize(
    ("says", "first", "second"),
    [("d>", "GENE", "GENE"), ("+>", "PROCESS", "GENE"), ("+>", "GENE", "CHEMICAL"),
     (NOTHING, "GENE", "GENE")],
)  # fmt: skip
def test_what_two_types_cannot_have_is_not_said(rules: RuleSet, says: str, first: str, second: str) -> None:
    assert reader(rules, says).read(parse(first, second), "A quenches B", []).claims == []


@pytest.mark.parametrize("says", ["-<", "=>", "u>", "c>"])
def test_what_is_too_often_wrong_or_judged_otherwise_is_never_said(rules: RuleSet, says: str) -> None:
    assert reader(rules, says).read(parse("MIRNA", "DISEASE"), "A quenches B", []).claims == []


def test_one_who_knows_better_may_set_limits(rules: RuleSet) -> None:
    cargo = replace(reader(rules, "c>"), limits={"c": 0.5})
    (made,) = cargo.read(parse("MIRNA", "VESICLE"), "A quenches B", []).claims
    assert made.predicate == "carried_by"
    bold = replace(reader(rules, "=>"), limits={"=": 0.5})
    (made,) = bold.read(parse(verb="regulates"), "A regulates B", []).claims
    assert made.predicate == "regulates"
    assert bold.read(parse(), "A quenches B", []).claims == []


def test_what_is_not_sure_enough_is_not_said(rules: RuleSet) -> None:
    assert reader(rules, "~", 3.5).read(parse(), "A quenches B", []).claims == []
    assert len(reader(rules, "~", 5).read(parse(), "A quenches B", []).claims) == 1


def test_a_pair_that_rules_have_joined_gets_no_claim_but_a_likelihood(rules: RuleSet) -> None:
    here = parse()
    a, b = (token.mention.key for token in (here[0], here[2]) if token.mention)
    said = [(a, b, 1, "increases"), (a, b, 0, "carried_by")]
    weighed = reader(rules, "+>").read(here, "A quenches B", said)
    assert weighed.claims == []
    assert weighed.likely[said[0]] > 0.9
    assert weighed.likely[said[1]] < 0.1


def test_a_long_list_is_not_weighed() -> None:
    many = MAX_MENTIONS + 1
    listed = Parse.by_hand(
        [f"G{n}" for n in range(many)], [0] * many, ["ROOT", *["conj"] * (many - 1)], ["NN"] * many,
        dict.fromkeys(range(many), "GENE"),
    )  # fmt: skip
    assert list(candidates(listed)) == []


def read(pipeline: Pipeline, text: str) -> list[tuple[str, str]]:
    (found,) = pipeline.read([Document("PMID:1", (Passage(text),))])
    assert isinstance(found, Reading)
    return [(each.rule, each.predicate) for each in found.evidence]


def test_rules_alone_say_nothing_by_weights(pipeline: Pipeline) -> None:
    alone = pipeline.by_rules_alone()
    assert "pairs-" in pipeline.versions["model"]
    assert "pairs-" not in alone.versions["model"]
    assert pipeline.fingerprint != alone.fingerprint
    assert read(alone, "miR-21 inhibits PTEN.") == [("active_verb", "inhibits")]


def test_what_weights_say_yields_to_a_rule(pipeline: Pipeline) -> None:
    assert read(pipeline, "miR-21 inhibits PTEN.") == [("active_verb", "inhibits")]
