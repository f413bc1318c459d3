"""Features of a pair, on trees built by hand."""

from __future__ import annotations

import pytest

from minex.extraction.pairs.features import Said, Way, features_of
from minex.extraction.pairs.words import SentenceWords, Vocabulary, stem
from minex.rules.language import RuleSet
from minex.rules.match import Matcher
from minex.syntax.parse import Parse

PLAIN = Parse.by_hand(
    ["miR-21", "inhibits", "PTEN"],
    [1, 1, 1],
    ["nsubj", "ROOT", "dobj"],
    ["NN", "VBZ", "NN"],
    {0: "MIRNA", 2: "GENE"},
)
SILENCED = Parse.by_hand(
    ["Knockdown", "of", "KRAS", "did", "not", "reduce", "PTEN", "or", "AKT1"],
    [5, 0, 1, 5, 5, 5, 5, 6, 6],
    ["nsubj", "prep", "pobj", "aux", "neg", "ROOT", "dobj", "cc", "conj"],
    ["NN", "IN", "NN", "VBD", "RB", "VB", "NN", "CC", "NN"],
    {2: "GENE", 6: "GENE", 8: "GENE"},
)


@pytest.fixture(scope="module")
def vocabulary(rules: RuleSet) -> Vocabulary:
    return Vocabulary(Matcher(rules))


def words(vocabulary: Vocabulary, parse: Parse) -> SentenceWords:
    return SentenceWords(vocabulary, parse, " ".join(token.text for token in parse))


def features(
    vocabulary: Vocabulary, parse: Parse, first: int, second: int, said: list[Said] | None = None
) -> set[str]:
    return set(features_of(words(vocabulary, parse), parse[first], parse[second], said or []))


def test_the_way_leads_up_from_both_to_where_they_meet(vocabulary: Vocabulary) -> None:
    way = Way.between(words(vocabulary, SILENCED), SILENCED[2], SILENCED[6])
    assert [token.text for token in way.first] == ["KRAS", "of", "Knockdown"]
    assert [token.text for token in way.second] == ["PTEN"]
    assert way.top.text == "reduce"
    assert [token.text for token in way.inner] == ["of", "Knockdown", "reduce"]


def test_a_verb_between_two_names_is_seen_as_word_path_and_sign(vocabulary: Vocabulary) -> None:
    found = features(vocabulary, PLAIN, 0, 2)
    assert {"types=MIRNA|GENE", "top=inhibit", "path=nsubj^inhibit^dobj", "gap=inhibit", "signs=|-|"} <= found
    assert "product=-" in found
    assert "denied" not in found


def test_what_was_done_to_a_factor_turns_the_product(vocabulary: Vocabulary) -> None:
    found = features(vocabulary, SILENCED, 2, 6)
    assert "signs=M|-|" in found
    assert "product=+" in found
    assert "denied" in found


def test_a_prefix_of_a_name_is_something_done(vocabulary: Vocabulary) -> None:
    text = "anti-miR-21 inhibits PTEN"
    parse = Parse.by_hand(
        ["anti-", "miR-21", "inhibits", "PTEN"],
        [1, 2, 2, 2],
        ["compound", "nsubj", "ROOT", "dobj"],
        ["NN", "NN", "VBZ", "NN"],
        {1: "MIRNA", 3: "GENE"},
    )
    assert SentenceWords(vocabulary, parse, text).prefixes[3] == 0
    assert SentenceWords(vocabulary, parse, "anti-miR-21").prefixes[1] == 0  # there the name stands at 6
    moved = " " * (parse[1].start - 5) + "anti-miR-21 inhibits PTEN"
    assert SentenceWords(vocabulary, parse, moved).prefixes[1] == -1


def test_a_list_is_stepped_over_and_said_to_be_one(vocabulary: Vocabulary) -> None:
    found = features(vocabulary, SILENCED, 2, 8)
    assert "second is listed" in found
    assert any(each.startswith("path=") and each.endswith("^dobj") for each in found)


def test_what_rules_read_of_others_in_the_list_is_a_feature(vocabulary: Vocabulary) -> None:
    key = {place: SILENCED[place].mention.key for place in (2, 6, 8)}  # type: ignore[union-attr]
    found = features(vocabulary, SILENCED, 2, 8, [(key[2], key[6], 1, "increases")])
    assert {"rule list>1", "rule first>1", "rule list>increases"} <= found


def test_cancers_and_other_diseases_are_of_one_kind(vocabulary: Vocabulary) -> None:
    for kind in ("CANCER", "DISEASE"):
        parse = Parse.by_hand(
            ["miR-21", "in", "X"], [0, 0, 1], ["ROOT", "prep", "pobj"], ["NN", "IN", "NN"], {0: "MIRNA", 2: kind}
        )
        assert "types=MIRNA|ILLNESS" in features(vocabulary, parse, 0, 2)


def test_an_unknown_verb_has_its_stem_in_every_form() -> None:
    assert {stem(word) for word in ("quenches", "quenched", "quenching")} == {"quench"}
