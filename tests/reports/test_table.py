"""The living table: what is asked for, what was collected, and how it looks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from minex.errors import UsageError
from minex.reports.table import COLUMNS, ask, supports
from minex.reports.table_evidence import cells, listed, of_row
from minex.reports.table_formats import as_csv, evidence_markdown, evidence_page, markdown, page, shown, workbook
from tests.store.build import reading, said
from tests.store.conftest import Shelf

LUNG, NSCLC = "lung cancer", "lung non-small cell carcinoma"
ROW = "mirbase.mature:MIMAT0000076@DOID:1324"


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    shelf.write(
        reading(
            "PMID:1",
            [
                said("miR-21-5p", "targets", "PTEN", cancer=LUNG, vesicle="exosome"),
                said("hypoxia", "increases", "miR-21-5p", cancer=LUNG),
                said("miR-21-5p", "promotes", "angiogenesis", cancer=LUNG),
            ],
            date="2017",
        ),
        reading(
            "PMID:2",
            [
                said("miR-21-5p", "targets", "PTEN", cancer=LUNG, negated=True),
                said("miR-21-3p", "inhibits", "TJP1", cancer=NSCLC),
            ],
            date="2019",
        ),
    )
    return shelf


def test_everything_is_given_where_nothing_is_asked(shelf: Shelf) -> None:
    table = ask(shelf.store)
    assert [(row.factor, row.cancer) for row in table.rows] == [
        ("exosomal miR-21-5p", LUNG),
        ("miR-21-3p", NSCLC),
    ]
    assert table.notes == ()


def test_a_name_collects_what_is_below_it_and_says_so(shelf: Shelf) -> None:
    table = ask(shelf.store, factors=["miR-21"], cancers=[LUNG])
    assert [row.factor_name for row in table.rows] == ["miR-21-5p", "miR-21-3p"]
    assert table.notes == (
        "miR-21 collects what is below it: miR-21-3p, miR-21-5p.",
        f"lung cancer collects what is below it: {NSCLC}.",
        "Each in a row of its own.",
    )


def test_what_is_below_and_gave_no_row_is_not_told(shelf: Shelf) -> None:
    assert ask(shelf.store, factors=["miR-21-5p"], cancers=[LUNG]).notes == ()


def test_merged_rows_are_one_and_say_what_went_into_it(shelf: Shelf) -> None:
    table = ask(shelf.store, factors=["miR-21"], cancers=[LUNG], merge=True)
    ((factor, cancer, mechanism),) = [(row.factor, row.cancer, row.mechanism) for row in table.rows]
    assert (factor, cancer, mechanism) == ("exosomal miR-21", LUNG, "inhibits PTEN (1 against 1) and TJP1")
    assert table.notes[0] == "miR-21 collects what is below it: miR-21-3p, miR-21-5p."
    assert table.notes[-1] == "In the row of what was asked for."


def test_without_rollup_a_name_is_itself(shelf: Shelf) -> None:
    assert ask(shelf.store, factors=["miR-21"], rollup=False).rows == ()


def test_an_unknown_query_is_told_with_those_there_are(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="follows no query 'lung'; it was made from files"):
        ask(shelf.store, query="lung")


def test_each_cell_has_its_evidence(shelf: Shelf) -> None:
    row, behind = of_row(shelf.store, "miR-21-5p@Lung cancer")
    assert row.row_id == ROW
    told = {
        cell.name: [(piece.predicate, piece.object, piece.negated) for piece in cell.pieces] for cell in behind
    }
    assert told == {
        "response_to_hypoxia": [("increases", "miR-21-5p", False)],
        "biological_function": [("promotes", "angiogenesis", False)],
        "mechanism": [("targets", "PTEN", True), ("targets", "PTEN", False)],
    }
    assert {cell.name: cell.said for cell in behind}["mechanism"] == "inhibits PTEN (1 against 1)"


def test_the_evidence_of_a_row_counts_as_many_as_the_row_says(shelf: Shelf) -> None:
    for row in ask(shelf.store).rows:
        _, behind = of_row(shelf.store, row.row_id)
        assert len({piece.nr for cell in behind for piece in cell.pieces}) == row.evidence_count


def test_a_merged_row_has_the_evidence_of_what_went_into_it(shelf: Shelf) -> None:
    (row,) = ask(shelf.store, factors=["miR-21"], cancers=[LUNG], merge=True).rows
    same, behind = of_row(shelf.store, row.row_id, merge=True)
    assert same == row
    assert len({piece.nr for cell in behind for piece in cell.pieces}) == row.evidence_count == 5


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("miR-21", "names no row; give its row_id, or FACTOR@CANCER"),
        ("@lung cancer", "names no row"),
        (f"miR-21-5p@{NSCLC}", "rows of it are miR-21-5p@lung cancer"),
        ("miR-21-5p@lnug cancer", "did you mean lung cancer"),
    ],
)
def test_a_row_that_is_not_there_is_told_with_those_that_are(shelf: Shelf, row: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        of_row(shelf.store, row)


def test_of_many_references_the_newest_are_shown(shelf: Shelf) -> None:
    (row, *_) = ask(shelf.store).rows
    told = shown(row, references=1)
    assert (told["references"], told["years"]) == ("2 and 1 more", "2017\N{EN DASH}2019")


def test_csv_has_every_column_and_the_id_of_each_row(shelf: Shelf) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(ask(shelf.store)))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["row_id"] == ROW


def test_markdown_links_the_references_and_has_the_ids(shelf: Shelf) -> None:
    text = markdown(ask(shelf.store, factors=["miR-21"]))
    assert "[1](https://pubmed.ncbi.nlm.nih.gov/1/), [2](" in text
    assert f"`{ROW}`" in text.replace("\\", "")
    assert "\n- miR-21 collects what is below it" in text
    heads, rule, *_ = text.splitlines()
    assert heads.count("|") == rule.count("|")


def test_a_workbook_has_the_table_the_evidence_and_how_it_came_about(shelf: Shelf, tmp_path: Path) -> None:
    table = ask(shelf.store, factors=["miR-21"])
    behind = cells(shelf.store, table.rows, supports(shelf.store, factors=["miR-21"]))
    workbook(table, behind, ["Made today."], tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == ["table", "evidence", "about"]
    assert [cell.value for cell in book["table"][1]] == list(COLUMNS)
    ids = {row[0] for row in book["evidence"].iter_rows(min_row=2, values_only=True)}
    assert ids == {row.row_id for row in table.rows}
    assert [row[0] for row in book["about"].iter_rows(values_only=True)][-1] == "Made today."


EVIL = "<script>alert(1)</script>"


@pytest.fixture
def evil(shelf: Shelf) -> Shelf:
    """A paper whose factor and title are markup and a formula."""
    shelf.write(
        reading("PMID:3", [said(EVIL, "targets", "=1+1|x", cancer=LUNG)], title=EVIL),
    )
    return shelf


def test_text_of_papers_is_never_markup(evil: Shelf) -> None:
    table = ask(evil.store)
    behind = cells(evil.store, table.rows, supports(evil.store))
    row, own = of_row(evil.store, f"{EVIL}@{LUNG}")
    for text in (page(table, behind, [EVIL]), evidence_page(row, own)):
        assert "<script" not in text.lower()
        assert "&lt;script&gt;" in text
    for text in (markdown(table), evidence_markdown(row, own)):
        assert "<script" not in text.replace("\\<", "")
        assert "=1+1|x" not in text


def test_text_of_papers_is_never_a_formula(evil: Shelf) -> None:
    row, own = of_row(evil.store, f"{EVIL}@{LUNG}")
    assert "=1+1|x" in str(listed(row.row_id, own)[0])
    from minex.reports.table_formats import evidence_csv

    fields = [field for line in csv.reader(io.StringIO(evidence_csv(row.row_id, own))) for field in line]
    assert "'=1+1|x" in fields
    assert not [field for field in fields if field.startswith("=")]


def test_a_page_leads_from_each_row_to_its_sentences(shelf: Shelf) -> None:
    table = ask(shelf.store)
    text = page(table, cells(shelf.store, table.rows, supports(shelf.store)), ["Made today."])
    assert f'data-row="{ROW}"' in text
    assert 'href="#row-1"' in text
    assert '<h2 id="row-1">exosomal miR-21-5p in lung cancer</h2>' in text
    assert '<mark class="subject">miR-21-5p</mark> <mark class="trigger">targets</mark>' in text
    assert "(negated)" in text
    assert "://" not in text.replace("https://pubmed.ncbi.nlm.nih.gov/", "")
