"""A long form and its short form in brackets, both given as mentions, are one thing."""

from __future__ import annotations

import pytest

from minex.extraction.aliases import said_of_both, same_things
from minex.extraction.claims import Claim
from minex.model import Mention, Span


def mention(text: str, name: str, type: str = "GENE") -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, type, name=name, finder="given")


def claim(subject: Mention, object: Mention) -> Claim:
    return Claim(subject, "targets", object, "rule", 1, 0.5, Span(0, 1))


@pytest.mark.parametrize(
    "text",
    ["miR-21 binds long name (LN).", "miR-21 binds long name [LN]", "miR-21 binds long name (LN, a kinase)."],
)
def test_what_is_said_of_the_long_form_is_said_of_the_short_one(text: str) -> None:
    miR, long, short = mention(text, "miR-21", "MIRNA"), mention(text, "long name"), mention(text, "LN")
    said = said_of_both([claim(miR, long)], [miR, long, short], text)
    assert [(each.subject.text, each.object.text) for each in said] == [
        ("miR-21", "long name"),
        ("miR-21", "LN"),
    ]


@pytest.mark.parametrize("text", ["AKT and LN.", "AKT (with LN).", "AKT (LN and more)."])
def test_other_names_nearby_are_other_things(text: str) -> None:
    assert same_things([mention(text, "AKT"), mention(text, "LN")], text) == {}


def test_a_name_of_another_type_in_brackets_is_another_thing() -> None:
    text = "IL-6 (fever) rose."
    assert same_things([mention(text, "IL-6"), mention(text, "fever", "DISEASE")], text) == {}
