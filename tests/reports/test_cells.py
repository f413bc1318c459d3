"""What a spreadsheet sees of text from papers."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from minex.reports.cells import LONGEST, defused, write_csv, write_xlsx

FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1"]


def sheet_of(rows: list[list[object]]) -> openpyxl.worksheet.worksheet.Worksheet:
    stream = io.BytesIO()
    write_xlsx([("table", rows)], stream)
    sheet = openpyxl.load_workbook(stream)["table"]
    assert isinstance(sheet, openpyxl.worksheet.worksheet.Worksheet)
    return sheet


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_is_text_in_csv(text: str) -> None:
    stream = io.StringIO()
    write_csv([["a", text]], stream)
    assert next(csv.reader(io.StringIO(stream.getvalue(), newline=""))) == ["a", "'" + text]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_is_text_in_a_workbook(text: str) -> None:
    cell = sheet_of([["heading"], [text]])["A2"]
    assert cell.data_type == "s"
    assert str(cell.value)[0] == "'"


@pytest.mark.parametrize("value", ["miR-21", "-", "", -0.5, 3, None])
def test_a_value_that_no_spreadsheet_computes_stays_as_it_is(value: object) -> None:
    assert defused(value) == value


def test_numbers_are_numbers_in_a_workbook() -> None:
    sheet = sheet_of([["belief"], [-0.5]])
    assert (sheet["A2"].value, sheet["A2"].data_type) == (-0.5, "n")


def test_characters_that_a_workbook_cannot_hold_are_replaced() -> None:
    assert sheet_of([["a"], ["miR-21\x00\x1b"]])["A2"].value == "miR-21\ufffd\ufffd"


def test_text_that_is_too_long_for_a_cell_is_cut_and_says_so() -> None:
    value = str(sheet_of([["a"], ["x" * (LONGEST + 1)]])["A2"].value)
    assert len(value) == LONGEST
    assert value.endswith("(cut)")


def test_the_heading_of_a_sheet_stays_in_sight() -> None:
    assert sheet_of([["a"], ["b"]]).freeze_panes == "A2"


def test_a_sheet_without_rows_is_a_sheet() -> None:
    assert sheet_of([]).max_row <= 1


def test_a_return_inside_a_cell_ends_no_row() -> None:
    stream = io.StringIO()
    write_csv([["a\rb", "c"]], stream)
    assert list(csv.reader(io.StringIO(stream.getvalue(), newline=""))) == [["a\rb", "c"]]
