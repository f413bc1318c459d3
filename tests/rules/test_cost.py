"""The cost of a pattern is an upper bound of what it can do to a text."""

from __future__ import annotations

import re
import time

import pytest

from minex.rules.cost import MAX_WAYS, ways


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("axis", 1),
        ("(a|b|c)", 3),
        ("a?b?", 1 + 1 + 2),
        (r"\w+ ", 1),
        (r"[a-c]*[d-f]", 1),
        ("[^ ]+ x", 1),
        ("a{2,4}a", 3),
        ("(?i:A)a?", 2),
    ],
)
def test_ways_are_counted(expression: str, number: int) -> None:
    assert ways(expression) <= number


@pytest.mark.parametrize("expression", ["(a*)*", "(a|aa)+", "(a?){50}", r"(\w+\s?)+", "(?:(?:a+)b?)+"])
def test_what_multiplies_without_an_end_is_beyond_the_bound(expression: str) -> None:
    assert ways(expression) > MAX_WAYS


@pytest.mark.parametrize("expression", ["a.{0,80}b.{0,80}c", r"a(?:\w+ ){0,4}c", "(x|xy|y){0,6}c", r".*\wc"])
def test_what_is_below_the_bound_is_done_with_quickly(expression: str) -> None:
    assert ways(expression) <= MAX_WAYS
    started = time.monotonic()
    for text in ("a" * 2000, "ab " * 700, "xy" * 1000, " " * 2000):
        re.search(expression, text)
    assert time.monotonic() - started < 5
