"""Links: one clause with a word of regulation between two names says that they are related, and no more."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from minex.extraction.claims import Claim
from minex.extraction.extractor import Extractor
from minex.model import Span
from minex.rules.language import RuleSet
from minex.syntax.parse import Parse

# PTEN was seen beside a strong induction of miR-21: the word stands between the two names.
WORDS = ["PTEN", "was", "seen", "beside", "induction", "of", "miR-21"]
HEADS = [2, 2, 2, 2, 3, 4, 5]
DEPS = ["nsubjpass", "auxpass", "ROOT", "prep", "pobj", "prep", "pobj"]
TAGS = ["NN", "VBD", "VBN", "IN", "NN", "IN", "NN"]
NAMES = {0: "GENE", 6: "MIRNA"}


@pytest.fixture(scope="module")
def extractor(rules: RuleSet) -> Extractor:
    return Extractor(rules)


def linked(
    extractor: Extractor, parse: Parse, claims: Sequence[Claim] = (), *, given: bool = True
) -> list[tuple[str, str, str, str]]:
    return [
        (claim.subject.name, claim.predicate, claim.object.name, claim.rule)
        for claim in extractor.links.read(parse, claims, given=given)
    ]


def test_a_word_of_regulation_on_the_way_relates_two_names(extractor: Extractor) -> None:
    parse = Parse.by_hand(WORDS, HEADS, DEPS, TAGS, NAMES)
    assert linked(extractor, parse) == [("miR-21", "regulates", "PTEN", "in_one_clause")]


def test_without_such_a_word_nothing_is_related(extractor: Extractor) -> None:
    words = [word if word != "induction" else "amount" for word in WORDS]
    assert linked(extractor, Parse.by_hand(words, HEADS, DEPS, TAGS, NAMES)) == []


def test_what_was_done_to_a_factor_is_no_such_word(extractor: Extractor) -> None:
    words = [word if word != "induction" else "inhibitor" for word in WORDS]
    assert linked(extractor, Parse.by_hand(words, HEADS, DEPS, TAGS, NAMES)) == []


def test_only_given_names_are_judged_so(extractor: Extractor) -> None:
    assert linked(extractor, Parse.by_hand(WORDS, HEADS, DEPS, TAGS, NAMES), given=False) == []


def test_the_way_does_not_leave_the_clause(extractor: Extractor) -> None:
    over_a_list = [*DEPS[:3], "conj", *DEPS[4:]]
    assert linked(extractor, Parse.by_hand(WORDS, HEADS, over_a_list, TAGS, NAMES))
    over_a_clause = [*DEPS[:3], "ccomp", *DEPS[4:]]
    assert linked(extractor, Parse.by_hand(WORDS, HEADS, over_a_clause, TAGS, NAMES)) == []


def test_what_binds_a_mirna_is_its_target(extractor: Extractor) -> None:
    words = [word if word != "induction" else "binding" for word in WORDS]
    [(_, predicate, _, _)] = linked(extractor, Parse.by_hand(words, HEADS, DEPS, TAGS, NAMES))
    assert predicate == "targets"


def test_a_denied_link_is_marked(extractor: Extractor) -> None:
    words, heads = ["No", *WORDS], [1, *(head + 1 for head in HEADS)]
    parse = Parse.by_hand(words, heads, ["det", *DEPS], ["DT", *TAGS], {1: "GENE", 7: "MIRNA"})
    assert linked(extractor, parse)
    not_seen = ["PTEN", "was", "not", "seen", "beside", "induction", "of", "miR-21"]
    parse = Parse.by_hand(
        not_seen,
        [3, 3, 3, 3, 3, 4, 5, 6],
        ["nsubjpass", "auxpass", "neg", "ROOT", "prep", "pobj", "prep", "pobj"],
        ["NN", "VBD", "RB", "VBN", "IN", "NN", "IN", "NN"],
        {0: "GENE", 7: "MIRNA"},
    )
    assert [claim.negated for claim in extractor.links.read(parse, (), given=True)] == [True]


def test_names_that_constructions_have_explained_are_left_alone(extractor: Extractor) -> None:
    parse = Parse.by_hand(WORDS, HEADS, DEPS, TAGS, NAMES)
    (_, pten), (_, mirna) = parse.mentions()
    elsewhere = [
        Claim(mirna, "promotes", mirna, "other", 50, Span(0, 1)),
        Claim(pten, "suppresses", pten, "other", 50, Span(0, 1)),
    ]
    assert linked(extractor, parse, elsewhere) == []
    assert linked(extractor, parse, elsewhere[:1])


def test_a_list_of_very_many_names_says_nothing_of_a_pair(extractor: Extractor) -> None:
    count = 50
    words = ["induction", *(f"miR-{number}" for number in range(count)), "PTEN"]
    heads = [0, *([0] * count), 0]
    deps = ["ROOT", *(["nmod"] * count), "nmod"]
    tags = ["NN"] * (count + 2)
    names = dict.fromkeys(range(1, count + 1), "MIRNA") | {count + 1: "GENE"}
    assert linked(extractor, Parse.by_hand(words, heads, deps, tags, names)) == []
