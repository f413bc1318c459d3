"""`minex explain` shows how any text is read, whatever the text."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Minex


def test_it_shows_mentions_parse_rules_and_what_is_kept(minex: Minex) -> None:
    out = minex("explain", "Knockdown of HIF1A reduced VEGFA expression.").out
    lines = out.splitlines()
    assert lines[0] == "Knockdown of HIF1A reduced VEGFA expression."
    assert "  HIF1A  GENE  HIF1A  HGNC:4910  (lexicon)" in lines
    assert any(line.startswith("  parse: Knockdown/NN/nsubj<reduced") for line in lines)
    assert any(line.startswith("  fired: active_verb at 'reduced': HIF1A increases VEGFA") for line in lines)
    assert lines[-2].startswith("  sum: +")
    assert " active_verb, counted on " in lines[-2]
    assert lines[-2].endswith(f"so {lines[-1].rsplit(' ', 1)[1].rstrip(')')}")
    assert lines[-1].startswith("=> HIF1A increases VEGFA  (active_verb, confidence 0.")


def test_it_shows_what_a_rule_lacked(minex: Minex) -> None:
    out = minex("explain", "miR-21 inhibits growth of the committee, unlike PTEN.").out
    assert "  nearly: " in out
    assert " lacked " in out


def test_it_marks_what_is_negated_and_hedged(minex: Minex) -> None:
    assert "=> miR-21 inhibits PTEN  negated (" in minex("explain", "miR-21 did not inhibit PTEN.").out
    assert "=> miR-21 inhibits PTEN  hedged (" in minex("explain", "miR-21 may inhibit PTEN.").out


def test_it_says_what_a_word_refers_to(minex: Minex) -> None:
    lines = minex("explain", "miR-21 was raised in serum. It inhibits PTEN.").out.splitlines()
    assert "  refers: 'It' to miR-21  (it_before)" in lines
    assert lines[-1].startswith("=> miR-21 inhibits PTEN  (active_verb, it_before, confidence 0.")


def test_several_sentences_are_shown_one_by_one(minex: Minex) -> None:
    out = minex("explain", "miR-21 inhibits PTEN. TGF-β1 activates SMAD3.").out
    lines = out.splitlines()
    assert {"miR-21 inhibits PTEN.", "TGF-β1 activates SMAD3."} <= set(lines)
    assert [line.partition("  (")[0] for line in lines if line.startswith("=> ")] == [
        "=> miR-21 inhibits PTEN",
        "=> TGFB1 activates SMAD3",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "?!()[]{}", "-", "\x00", "😀", "We went home."])
def test_text_that_names_nothing_is_said_to(minex: Minex, text: str) -> None:
    answer = minex("explain", "--", text)
    assert answer.code == 0
    assert answer.out.startswith("no mentions: ")


def test_a_sentence_that_no_rule_could_read_is_said_to_be_left(minex: Minex) -> None:
    assert "not parsed: no two things that a rule could join" in minex("explain", "We measured PTEN.").out


@pytest.mark.parametrize(
    "text",
    [
        "[bold]miR-21[/bold] inhibits [/x] PTEN :heart:",
        "[/]miR-21 inhibits PTEN [",
        "[link=http://x]miR-21[/link] inhibits PTEN",
        "miR-21 inhibits \\[PTEN]",
    ],
)
def test_brackets_and_colons_are_shown_as_they_are(minex: Minex, text: str) -> None:
    answer = minex("explain", text)
    assert answer.code == 0
    assert answer.out.splitlines()[0] == text


def test_control_characters_are_no_trouble_and_reach_no_terminal(minex: Minex) -> None:
    answer = minex("explain", "miR-21\x00\x1b[31m \x07inhibits\x08 PTEN\u202e.")
    assert answer.code == 0
    assert "PTEN  GENE" in answer.out
    assert not any(sign in answer.out for sign in "\x1b\x07\x08")


def test_five_thousand_words_are_read(minex: Minex) -> None:
    answer = minex("explain", "They came back to the house. " * 850 + "miR-21 inhibits PTEN. " * 10)
    assert answer.code == 0
    assert answer.out.count("=> miR-21 inhibits PTEN") == 10


def test_a_sentence_of_five_thousand_words_is_said_to_be_too_long(minex: Minex) -> None:
    answer = minex("explain", "miR-21 inhibits PTEN and " * 1250)
    assert answer.code == 0
    assert "not parsed: longer than any sentence" in answer.out


def test_it_shows_what_each_name_may_mean_and_which_was_taken(minex: Minex) -> None:
    out = minex("explain", "miR-21 inhibits the PTEN gene in AGS.").out
    assert "  may mean: 'PTEN' PTEN HGNC:9588 GENE: 1.1, taken (symbol or label, beside a word of genes)\n" in out
    assert ": refused (curated name, without the word cell or line beside it)\n" in out


def test_a_name_that_was_refused_is_told_though_nothing_is_named(minex: Minex) -> None:
    lines = minex("explain", "AGS rose.").out.splitlines()
    assert lines[0].startswith("no mentions: ")
    assert lines[1].startswith("  may mean: 'AGS' ")
