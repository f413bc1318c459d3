"""Rows of a summary table."""

from __future__ import annotations

from minex.extraction.tables import read_row, response_claims
from minex.model import Mention, Passage, PassageKind, Sentence, TableCell

TEXT = "Exosomal miR-9 | Glioma | Increased"
PASSAGE = Passage(
    TEXT,
    "Table 2",
    PassageKind.TABLE,
    cells=(
        TableCell(1, "Factor", 0, 14),
        TableCell(1, "Cancer", 17, 23),
        TableCell(1, "Response to hypoxia", 26, 35),
    ),
)
VESICLE = Mention(0, 8, "Exosomal", "VESICLE", name="exosome")
FACTOR = Mention(9, 14, "miR-9", "MIRNA", name="miR-9")
HYPOXIA = Mention(100, 107, "hypoxia", "CONDITION", name="hypoxia")
SENTENCE = Sentence(0, len(TEXT), 0, PassageKind.TABLE)


def test_the_first_cell_names_the_factor() -> None:
    row = read_row(PASSAGE, 0, SENTENCE, [VESICLE, FACTOR])
    assert row is not None
    assert row.factors == (FACTOR,)


def test_vesicles_are_the_factor_where_nothing_else_is() -> None:
    row = read_row(PASSAGE, 0, SENTENCE, [VESICLE])
    assert row is not None
    assert row.factors == (VESICLE,)


def test_a_row_whose_first_cell_is_empty_is_about_no_factor() -> None:
    text = " | miR-9 | Increased"
    cells = (TableCell(0, "Cancer", 0, 0), TableCell(0, "Factor", 3, 8), TableCell(0, "Response", 11, 20))
    passage = Passage(text, "", PassageKind.TABLE, cells=cells)
    factor = Mention(3, 8, "miR-9", "MIRNA", name="miR-9")
    assert read_row(passage, 0, Sentence(1, len(text), 0, PassageKind.TABLE), [factor]) is None


def test_a_row_without_a_factor_is_no_row() -> None:
    assert read_row(PASSAGE, 0, SENTENCE, []) is None


def test_the_response_column_is_read_by_its_header() -> None:
    row = read_row(PASSAGE, 0, SENTENCE, [FACTOR])
    assert row is not None
    [claim] = response_claims(row, TEXT, [HYPOXIA])
    assert (claim.subject, claim.predicate, claim.object) == (HYPOXIA, "increases", FACTOR)


def test_a_cell_that_says_both_or_neither_says_nothing() -> None:
    for content in ("Not known ", "Increased or reduced"):
        text = TEXT[:26] + content
        passage = Passage(
            text,
            "",
            PassageKind.TABLE,
            cells=(*PASSAGE.cells[:2], TableCell(1, "Response to hypoxia", 26, len(text))),
        )
        row = read_row(passage, 0, Sentence(0, len(text), 0, PassageKind.TABLE), [FACTOR])
        assert row is not None
        assert response_claims(row, text, [HYPOXIA]) == []
