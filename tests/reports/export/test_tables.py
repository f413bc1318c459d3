"""CSV, Excel and Parquet, read back by what people read them with."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pandas
import pytest

from minex.reports.export import Done, tables
from minex.reports.export.columns import EVIDENCE, TRIPLES
from minex.reports.selection import Selection
from tests.reports.export.conftest import Written
from tests.store.conftest import Shelf


@pytest.fixture
def arrow() -> Any:
    """pyarrow's reader of Parquet; no test without it."""
    return pytest.importorskip("pyarrow.parquet", exc_type=ImportError, reason="pip install 'minex[parquet]'")


def test_pandas_reads_the_triples_from_csv(written: Written) -> None:
    told: list[Done] = []
    frame = pandas.read_csv(written("csv", told=told))
    assert list(frame.columns) == [column.name for column in TRIPLES]
    assert (str(told[0]), told[0].told) == ("7 triples", [])
    row = frame[frame.object == "PTEN"].iloc[0]
    assert (row.subject, row.predicate, row.sign, row.belief) == ("miR-21-5p", "targets", -1, 0.4)
    assert (row.evidence_count, row.negated_count, row.direct_count) == (2, 1, 1)
    assert (row.cancers, row.references) == ("lung non-small cell carcinoma", "PMID:1; PMID:2")


def test_pandas_reads_the_evidence_from_csv(written: Written) -> None:
    target = written("csv", rows="evidence")
    frame = pandas.read_csv(target, dtype={"pmid": str})
    assert list(frame.columns) == [column.name for column in EVIDENCE]
    assert list(frame.pmid) == ["1", "2", "3", "4", "4", "4", "4", "4"]
    assert frame.sentence[0] == "miR-21-5p targets PTEN in lung non-small cell carcinoma."
    assert (frame.vesicle[3], frame.hedged[2], frame.negated[1]) == ("exosome", 1, 1)
    note = target.with_name("x.csv.licence.txt").read_text(encoding="utf-8")
    assert "belong to their authors and\npublishers" in note
    assert "a database of 4 publications" in note


def test_triples_alone_need_no_licence_note(written: Written) -> None:
    target = written("csv")
    assert not target.with_name("x.csv.licence.txt").exists()


def test_no_cell_is_a_formula(written: Written) -> None:
    frame = pandas.read_csv(written("csv", rows="evidence"))
    assert frame.title[1].startswith("'=HYPERLINK")
    assert frame.object[7] == "'=2+2"
    book = openpyxl.load_workbook(written("xlsx"))
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in values} <= {"s", "n"}
    assert not [cell.value for cell in values if str(cell.value).startswith(("=", "+", "@"))]


def test_excel_has_triples_evidence_and_a_sheet_about_rights(written: Written) -> None:
    book = openpyxl.load_workbook(written("xlsx"))
    assert book.sheetnames == ["triples", "evidence", "about"]
    triples, evidence = book["triples"], book["evidence"]
    assert [cell.value for cell in triples[1]] == [column.name for column in TRIPLES]
    assert (triples.max_row, evidence.max_row) == (8, 9)
    assert "belong to their authors" in "\n".join(str(row[0].value) for row in book["about"].iter_rows())


def test_a_sheet_that_is_too_long_goes_on_in_another(full: Shelf) -> None:
    stream = io.BytesIO()
    tables.write_excel(Selection(full.store.connection), stream, most=4)
    book = openpyxl.load_workbook(stream)
    assert book.sheetnames == [
        "triples",
        "triples 2",
        "triples 3",
        "evidence",
        "evidence 2",
        "evidence 3",
        "about",
    ]
    assert [book[name].max_row for name in book.sheetnames[:6]] == [4, 4, 2, 4, 4, 3]
    ids = {
        book[name].cell(row, 1).value for name in book.sheetnames[:3] for row in range(2, book[name].max_row + 1)
    }
    assert ids == {id_ for (id_,) in full.ask("SELECT id FROM triple_named")}


def test_parquet_has_types_descriptions_and_the_note(written: Written, arrow: Any) -> None:
    table = arrow.read_table(written("parquet", rows="evidence"))
    assert table.column_names == [column.name for column in EVIDENCE]
    types = {field.name: str(field.type) for field in table.schema}
    assert (types["negated"], types["year"], types["confidence"]) == ("bool", "int64", "double")
    assert table.column("negated").to_pylist() == [False, True, *[False] * 6]
    assert table.schema.field("sentence").metadata[b"description"] == b"Text of the sentence."
    assert b"belong to their authors" in table.schema.metadata[b"licence"]
    assert table.column("pmcid").to_pylist()[0] is None


def test_parquet_is_written_in_groups_of_rows(full: Shelf, arrow: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_AT_ONCE", 3)
    stream = io.BytesIO()
    assert tables.write_parquet(Selection(full.store.connection), stream, "triples") == 7
    assert arrow.ParquetFile(stream).num_row_groups == 3


def test_an_empty_selection_is_an_empty_table(written: Written, arrow: Any) -> None:
    assert pandas.read_csv(written("csv", min_belief=0.99)).empty
    assert openpyxl.load_workbook(written("xlsx", min_belief=0.99))["triples"].max_row == 1
    assert arrow.read_table(written("parquet", min_belief=0.99)).num_rows == 0
