"""Two clauses are parsed as two; everything else is left whole."""

from __future__ import annotations

import re

import pytest

from minex.extraction.clauses import split_clauses
from minex.model import Mention

VERBS = frozenset({"raised", "lowered", "raises", "lowers", "induced"})


def pieces(text: str) -> list[str]:
    mentions = [Mention(m.start(), m.end(), m[0], "GENE") for m in re.finditer(r"\b[A-Z]\d\b", text)]
    return [text[span.start : span.end] for span in split_clauses(text, 0, mentions, VERBS)]


@pytest.mark.parametrize(
    "text",
    [
        "A1 raised B1, and¦ C1 lowered D1.",
        "Knockdown of A1 lowered B1, and¦ knockdown of C1 raised D1.",
        "A1 raised B1, whereas¦ loss of C1 lowered D1; but¦ E1 raised F1.",
        "We found that A1 raised B1, and¦ C1 lowered D1.",
    ],
)
def test_two_clauses_with_subjects_and_verbs_are_cut(text: str) -> None:
    expected = [re.sub(r"[,;] (?:and|but|whereas)$", "", part).strip() for part in text.split("¦")]
    assert pieces(text.replace("¦", "")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A1 raised B1, C1, and D1.",  # a list
        "A1 raised B1, and lowered C1.",  # one subject
        "A1 raised B1, C1, and D1 induced by E1.",  # a participle
        "A1 raised B1, and C1-induced D1.",  # a compound
        "A1 raised B1, C1, and D1 of cells and lowered E1.",  # a list, and another verb of the first subject
        "A1, B1, and C1 raised D1.",  # a list of subjects
        "A1 raised B1, and this in turn lowered C1 and D1."[:18] + "which lowered D1.",
        "We suggest that A1 raised B1, and C1 lowered D1.",  # the guess holds for both
        "If A1 raised B1, and C1 lowered D1, E1 raised F1.",
        "A1 (which raised B1, and C1 lowered D1) was seen.",
    ],
)
def test_everything_else_stays_whole(text: str) -> None:
    assert pieces(text) == [text]


@pytest.mark.parametrize("label", ["Fig. 5 ", "Figure 2. ", "Table 1 ", "Figure S3B: "])
def test_a_captions_label_is_no_part_of_its_first_sentence(label: str) -> None:
    assert pieces(f"{label}By raising A1, B1 lowered C1.") == ["By raising A1, B1 lowered C1."]


def test_a_name_that_begins_like_a_label_is_kept() -> None:
    text = "Table 1 Raised B1."
    mentions = [Mention(0, 7, "Table 1", "GENE")]
    assert [text[span.start : span.end] for span in split_clauses(text, 0, mentions, VERBS)] == [text]
