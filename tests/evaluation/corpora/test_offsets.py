"""Offsets that count something else: the message names the probable cause."""

from __future__ import annotations

import pytest

from minex.evaluation.corpora.offsets import probable_cause, same_text
from tests.evaluation.corpora.reading import read_text

TEXT = "β-catenin and 𝛃-actin\nraise MYC"


def claims(*words, count=len):
    """Claim words where they stand, in some count."""
    found = []
    for word in words:
        start = count(TEXT[: TEXT.index(word)])
        found.append((((start, start + count(word)),), word))
    return found


@pytest.mark.parametrize(
    ("count", "cause"),
    [
        (lambda text: len(text.encode()), "its offsets count UTF-8 bytes"),
        (lambda text: len(text.encode("utf-16-le")) // 2, "its offsets count UTF-16 units"),
        (lambda text: len(text) + text.count("\n"), "its offsets count line ends as two"),
    ],
)
def test_units_are_recognized(count, cause):
    assert probable_cause(TEXT, claims("catenin", "actin", "MYC", count=count)).startswith(cause)


def test_line_ends_of_two_characters_may_count_as_one():
    text = "one\r\ntwo MYC"
    assert "CR LF as one" in probable_cause(text, [(((8, 11),), "MYC"), (((0, 3),), "one")])


@pytest.mark.parametrize(("shift", "word"), [(3, "too high by 3"), (-2, "too low by 2")])
def test_a_constant_shift_is_recognized(shift, word):
    moved = [
        (tuple((start + shift, end + shift) for start, end in spans), text)
        for spans, text in claims("catenin", "MYC")
    ]
    assert word in probable_cause(TEXT, moved)


def test_one_mention_is_no_proof_of_a_shift_and_texts_are_needed():
    assert probable_cause(TEXT, [(((0, 3),), "MYC")]) == ""
    assert probable_cause(TEXT, [(((0, 300),), None), (((5, 300),), None)]) == ""


def test_white_space_is_no_difference_and_anything_else_is():
    assert same_text("lung\n cancer ", "lung cancer")
    assert not same_text("lung cancer", "lung Cancer")


def test_a_document_with_one_cause_is_told_once_and_given_up(tmp_path):
    rows = [f"7\t{start + 1}\t{end + 1}\t{text}\tGene\n" for (((start, end),), text) in claims("catenin", "MYC")]
    good = "8|t|MYC\n8\t0\t3\tMYC\tGene\n"
    title, abstract = TEXT.split("\n")
    text = f"7|t|{title}\n7|a|{abstract}\n{''.join(rows)}7\tBind\t1\t2\n\n{good}"
    (found,), (failure,) = read_text(tmp_path, text)
    assert found.document.id == "PMID:8"
    assert (failure.code, failure.document) == ("offsets", "PMID:7")
    assert "2 of 2 mentions" in failure.message
    assert "too high by 1" in failure.message
