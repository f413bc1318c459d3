"""A sheet goes out with empty cells and comes back with verdicts, through CSV and Excel."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from minex.curation.queue import due
from minex.curation.sheet import COLUMNS, read, write
from minex.errors import InputError, UsageError
from tests.store.build import said
from tests.store.conftest import Shelf
from tests.store.records import citation


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    shelf.write(
        citation(1, [said("miR-21-5p", "decreases", "PTEN", cancer="lung cancer")]),
        citation(2, [said("miR-21-5p", "promotes", "migration", negated=True)]),
        citation(3, [said("=1+1", "binds", "EGLN1")]),
    )
    return shelf


def fill_csv(path: Path, verdicts: dict[str, tuple[str, str]], delimiter: str = ",") -> None:
    """Write verdicts and notes into a sheet, by document."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        for row in rows:
            row["verdict"], row["note"] = verdicts.get(row["document"], ("", ""))
            writer.writerow(row)


def evidence(shelf: Shelf, document: str) -> str:
    return str(shelf.one("SELECT id FROM evidence WHERE document = ?", document))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_sheet_comes_back(filled: Shelf, tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "sheet.csv"
    assert write(due(filled.store.connection), path) == 3
    fill_csv(path, {"PMID:1": ("Y", ""), "PMID:2": ("no", '\'not said, "here"')}, delimiter)
    assert sorted(read(path)) == sorted(
        [
            (evidence(filled, "PMID:1"), "right", ""),
            (evidence(filled, "PMID:2"), "wrong", '\'not said, "here"'),
        ]
    )


def test_an_excel_sheet_comes_back(filled: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write(due(filled.store.connection), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["judge", "guide"]
    sheet = book["judge"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, 5):
        said_of = sheet.cell(row, columns["document"]).value
        sheet.cell(row, columns["verdict"]).value = {"PMID:1": True, "PMID:2": 0, "PMID:3": None}[str(said_of)]
    book.save(path)
    assert {verdict for _, verdict, _ in read(path)} == {"right", "wrong"}


def test_a_row_has_what_a_reader_needs_and_no_formula(filled: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    write(due(filled.store.connection), path)
    rows = {row["document"]: row for row in csv.DictReader(path.open(encoding="utf-8", newline=""))}
    assert rows["PMID:1"]["marked"] == "[miR-21-5p] decreases [PTEN] in lung cancer."
    assert rows["PMID:1"]["context"] == "cancer: lung cancer"
    assert rows["PMID:2"]["says"] == "not: miR-21-5p promotes migration"
    assert rows["PMID:3"]["subject"] == "'=1+1"
    assert all(row["evidence"].startswith("id:") for row in rows.values())


def test_all_cells_that_cannot_be_understood_are_named(filled: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("evidence,verdict\nid:1,perhaps\n,y\nid:2,y\nid:2,n\nid:3,?\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.message == (
        "row 2: 'perhaps' is no verdict; row 3 has no id of evidence; "
        "row 5 says another thing of 2 than a row before"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", b"a,b\n1,2\n", "there is no column evidence and no verdict"),
        ("x.csv", b"", "there is no column evidence"),
        ("x.csv", b"\xff\xfe\x00", "no text in UTF-8"),
        ("x.csv", b'evidence,verdict\n"a', "this is no CSV"),
        ("x.xlsx", b"evidence,verdict\n", "it is no Excel workbook"),
    ],
)
def test_what_is_no_sheet_is_told(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read(path)


def test_a_missing_sheet_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read(tmp_path / "none.csv")
