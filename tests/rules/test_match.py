"""Frames over a parse: which are tried, and what is remembered of that."""

from __future__ import annotations

from itertools import product

import pytest

from minex.model import MentionType
from minex.rules import match
from minex.rules.language import RuleSet
from minex.rules.match import Match, Matcher
from minex.syntax.parse import Parse


def said(verb: str, subject: str, object: str) -> Parse:
    """*A VERB B*, with these types of A and B."""
    return Parse.by_hand(
        ["miR-21", verb, "PTEN"],
        [1, 1, 1],
        ["nsubj", "ROOT", "dobj"],
        ["NN", "VBZ", "NN"],
        {0: subject, 2: object},
    )


@pytest.mark.parametrize("most", [1, 3])
def test_what_is_remembered_of_types_does_not_grow_for_ever(
    most: int, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match, "MOST_TYPES", most)
    matcher = Matcher(rules)
    # Given mentions may have types of their own, as many as there are texts.
    types = [*MentionType, *(f"FOREIGN_{number}" for number in range(5))]
    found = 0
    for subject, object in product(types, types):
        parse = said("inhibits", subject, object)
        matches = list(matcher.matches(parse, near=False))
        assert matches == list(Matcher(rules).matches(parse, near=False))
        assert len(matcher._by_types) <= most
        found += any(isinstance(each, Match) for each in matches)
    assert found > 10


def test_frames_left_out_for_types_are_those_that_could_only_miss(rules: RuleSet) -> None:
    matcher = Matcher(rules)
    parse = said("inhibits", "MIRNA", "GENE")
    tried = list(matcher.matches(parse, near=False))
    all_tried = list(matcher.matches(parse))
    assert 0 < len(tried) < len(all_tried)
    fitting = [each for each in all_tried if isinstance(each, Match)]
    assert {id(each.frame) for each in fitting if _allowed(rules, each)} <= {id(each.frame) for each in tried}


def _allowed(rules: RuleSet, found: Match) -> bool:
    types, frame = rules.taxonomy.types, found.frame
    return "MIRNA" in types(frame.subject_types) and "GENE" in types(frame.object_types)
