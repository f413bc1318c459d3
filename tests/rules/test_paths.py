"""The path language: what it reaches, and what it refuses."""

from __future__ import annotations

import pytest

from minex.rules.paths import Alternatives, Walker, parse_path
from minex.syntax.parse import Parse

# miR-21 promotes invasion by targeting PTEN
PARSE = Parse.by_hand(
    ["miR-21", "promotes", "invasion", "by", "targeting", "PTEN"],
    heads=[1, 1, 1, 1, 3, 4],
    deps=["nsubj", "ROOT", "dobj", "prep", "pcomp", "dobj"],
    tags=["NN", "VBZ", "NN", "IN", "VBG", "NN"],
)


def reached(start: int, *paths: str, named: dict[str, Alternatives] | None = None, prep: str = "") -> list[str]:
    alternatives = tuple(parse_path(path) for path in paths)
    return [token.text for token in Walker(named or {}).walk(PARSE, PARSE[start], alternatives, prep)]


def test_a_step_down_follows_a_label() -> None:
    assert reached(1, ">dobj") == ["invasion"]


def test_a_step_takes_any_of_several_labels() -> None:
    assert reached(1, ">nsubj|dobj") == ["miR-21", "invasion"]


def test_words_are_those_of_the_token_arrived_at() -> None:
    assert reached(1, ">prep:by >pcomp") == ["targeting"]
    assert reached(1, ">prep:via >pcomp") == []
    assert reached(4, "<pcomp:by <prep") == ["promotes"]
    assert reached(4, "<pcomp:via <prep") == []


def test_tags_narrow_a_step() -> None:
    assert reached(1, ">dobj[NN]") == ["invasion"]
    assert reached(1, ">dobj[N]") == []
    assert reached(1, ">dobj[N*]") == ["invasion"]


def test_staying_tests_the_token_itself() -> None:
    assert reached(4, "=[VBG] >dobj") == ["PTEN"]
    assert reached(4, "=[VB] >dobj") == []
    assert reached(3, "=:by >pcomp") == ["targeting"]


def test_an_optional_step_may_be_left_out() -> None:
    assert reached(4, "<pcomp <prep >nsubj") == ["miR-21"]
    assert reached(1, "<conj? >nsubj") == ["miR-21"]


def test_the_first_alternative_that_reaches_anything_counts() -> None:
    assert reached(1, ">agent", ">nsubj", ">dobj") == ["miR-21"]


def test_the_root_has_nothing_above_it() -> None:
    assert reached(1, "<ROOT") == []


def test_named_paths_may_refer_to_themselves_without_end() -> None:
    named = {"doer": (parse_path(">nsubj"), parse_path("<pcomp $doer"), parse_path("<prep $doer"))}
    assert reached(4, "$doer", named=named) == ["miR-21"]
    assert reached(4, "$loop", named={"loop": (parse_path("$loop"),)}) == []


def test_the_preposition_of_the_trigger_is_taken_from_its_entry() -> None:
    assert reached(1, ">prep:@prep >pcomp", prep="by") == ["targeting"]
    assert reached(1, ">prep:@prep >pcomp") == []


@pytest.mark.parametrize("text", ["", "dobj", ">", ">dobj >>nsubj", ">prep:", "$", ">dobj[", "> dobj"])
def test_what_is_not_a_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="step"):
        parse_path(text)
