"""Rows of tables whose factor or cancer no list has."""

from __future__ import annotations

import pytest

from minex.model import Document, Mention, Passage, PassageKind, Sentence, TableCell
from minex.tagging.rows import keep_words

HEADERS = ("Factor", "Cancer type", "Response to hypoxia")


def table(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> tuple[Document, list[Sentence]]:
    """A document that is a table, after a title."""
    cells, sentences, lines, at, before = [], [], [], 0, len("A title.\n")
    for number, row in enumerate(rows):
        line = " | ".join(row)
        sentences.append(Sentence(before + at, before + at + len(line), 1, PassageKind.TABLE))
        place = at
        for header, text in zip(headers, row, strict=True):
            cells.append(TableCell(number, header, place, place + len(text)))
            place += len(text) + 3
        lines.append(line)
        at += len(line) + 1
    passage = Passage("\n".join(lines), "", PassageKind.TABLE, cells=tuple(cells))
    return Document("text:t", (Passage("A title."), passage)), sentences


def kept(*rows: tuple[str, ...], found: dict[str, str] | None = None, headers: tuple[str, ...] = HEADERS):
    """What is kept as (text, type), where `found` are names that are known, with their types."""
    document, sentences = table(*rows, headers=headers)
    mentions = [
        Mention(at, at + len(name), name, type_)
        for name, type_ in (found or {}).items()
        if (at := document.text.find(name)) >= 0
    ]
    made = keep_words(document, sentences, sorted(mentions, key=lambda each: each.start))
    assert all(document.text[each.start : each.end] == each.text and not each.concepts for each in made)
    return [(each.text, each.type) for each in made]


def test_a_factor_that_no_list_has_keeps_its_words() -> None:
    assert kept(("Exosomal lipids", "Glioma", "Increased"), found={"Exosomal": "VESICLE", "Glioma": "CANCER"}) == [
        ("lipids", "GENE")
    ]


def test_a_symbol_that_nobody_knows_keeps_its_words() -> None:
    assert kept(("QXR7", "Glioma", "Increased"), found={"Glioma": "CANCER"}) == [("QXR7", "GENE")]


@pytest.mark.parametrize(
    ("words", "type_"), [("miRNAs", "MIRNA"), ("lncRNA-XYZ", "LNCRNA"), ("surface proteins", "GENE")]
)
def test_its_type_is_what_the_words_say(words: str, type_: str) -> None:
    assert kept((words, "Glioma", "Increased"), found={"Glioma": "CANCER"}) == [(words, type_)]


def test_a_cancer_that_no_list_has_keeps_its_words() -> None:
    assert kept(("PTEN", "Quux tumour", "Increased"), found={"PTEN": "GENE"}) == [("Quux tumour", "CANCER")]


def test_a_row_about_a_vesicle_alone_is_about_it() -> None:
    assert kept(("Exosomes", "Glioma", "Increased"), found={"Exosomes": "VESICLE", "Glioma": "CANCER"}) == []


def test_what_is_known_is_left_alone() -> None:
    found = {"Exosomal": "VESICLE", "miR-9": "MIRNA", "Glioma": "CANCER"}
    assert kept(("Exosomal miR-9", "Glioma", "Increased"), found=found) == []


@pytest.mark.parametrize("nothing", ["Not mentioned", "-", "N/A", "unknown", "", "Various", "12"])
def test_a_cell_that_says_nothing_names_nothing(nothing: str) -> None:
    assert kept(("PTEN", nothing, "Increased"), found={"PTEN": "GENE"}) == []


def test_a_cell_line_stands_for_no_cancer_by_its_words() -> None:
    assert kept(("PTEN", "A549", "Increased"), found={"PTEN": "GENE", "A549": "CELL_LINE"}) == []


def test_a_cell_that_is_prose_names_nothing() -> None:
    long = "a number of things that were seen in patients of all ages and sexes"
    assert kept((long, "Glioma", "Increased"), found={"Glioma": "CANCER"}) == []


def test_a_column_of_something_else_names_no_factor() -> None:
    assert kept(("QXR7", "12", "5"), headers=("Patient", "Cancer stage", "Age")) == []
