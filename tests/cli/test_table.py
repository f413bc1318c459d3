"""`minex table` on the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Minex


def test_a_row_a_factor_and_cancer_is_shown(minex: Minex, demo_db: Path) -> None:
    answer = minex("table", "--factor", "MIR-210", "--cancer", "leukemia", "--db", demo_db)
    assert answer.code == 0
    for words in ("exosomal miR-210", "leukemia", "increased", "promotes angiogenesis", "inhibits EFNA3"):
        assert words in answer.out
    assert answer.err == "1 row\n"


def test_what_was_collected_is_said(minex: Minex, demo_db: Path) -> None:
    answer = minex("table", "--factor", "miR-21", "--cancer", "lung cancer", "--db", demo_db, "--format", "csv")
    whole = minex("table", "--cancer", "lung cancer", "--db", demo_db, "--format", "csv")
    assert "lung cancer collects what is below it: " in whole.err
    assert "collects" not in whole.out
    assert len(whole.out.splitlines()) > len(answer.out.splitlines())


def test_each_row_of_the_csv_leads_to_its_evidence(minex: Minex, demo_db: Path) -> None:
    out = minex("table", "--factor", "miR-210", "--db", demo_db, "--format", "csv").out
    for row in csv.DictReader(io.StringIO(out)):
        found = minex("table", "--evidence", row["row_id"], "--db", demo_db, "--format", "csv")
        pieces = {line["evidence_id"] for line in csv.DictReader(io.StringIO(found.out))}
        assert len(pieces) == int(row["evidence_count"])


def test_evidence_is_told_cell_by_cell(minex: Minex, demo_db: Path) -> None:
    out = minex("table", "--evidence", "miR-210@leukemia", "--db", demo_db).out
    assert out.index("response to hypoxia: increased") < out.index("mechanism: inhibits EFNA3")
    assert "hypoxia increases miR-210" in out


@pytest.mark.parametrize("name", ["t.md", "t.csv", "t.html", "t.xlsx", "t.txt"])
def test_the_form_is_that_of_the_files_name(minex: Minex, demo_db: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    answer = minex("table", "--factor", "miR-210", "--db", demo_db, "-o", file)
    assert answer.code == 0
    assert answer.out == ""
    assert answer.err.endswith(f" -> {file}\n")
    if name.endswith("xlsx"):
        assert openpyxl.load_workbook(file).sheetnames == ["table", "evidence", "about"]
    else:
        assert "miR-210" in file.read_text(encoding="utf-8")


def test_nothing_found_is_said_and_is_no_failure(minex: Minex, demo_db: Path) -> None:
    answer = minex("table", "--factor", "miR-210", "--cancer", "glioblastoma", "--db", demo_db)
    assert (answer.code, answer.out) == (0, "")
    assert "nothing is said of this in the database" in answer.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "pdf"], "--format pdf is unknown; allowed: text, md, csv, html, xlsx"),
        (["--format", "xlsx"], "give its file: -o table.xlsx"),
        (["--factor", "miR-210x"], "no factor in this database is called 'miR-210x'; did you mean miR-210"),
        (["--query", "lung"], "this database follows no query 'lung'"),
        (["--evidence", "miR-210"], "'miR-210' names no row"),
        (["--evidence", "a@b", "--compare", "c.csv"], "ask one at a time"),
    ],
)
def test_a_wrong_call_is_told_with_the_cure(
    minex: Minex, demo_db: Path, arguments: list[str], message: str
) -> None:
    answer = minex("table", *arguments, "--db", demo_db)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


def test_a_table_of_ones_own_is_held_against_it(minex: Minex, demo_db: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "miRNA,Cancer,Response,Mechanism\nmiR-210,leukemia,decreased,inhibits EFNA3\nmiR-9999,leukemia,,\n",
        encoding="utf-8",
    )
    answer = minex("table", "--compare", mine, "--db", demo_db)
    assert answer.code == 0
    assert "line 2: miR-210 in leukemia, response: hypoxia  (hypoxia increases miR-210" in answer.out
    assert "line 3: miR-9999 in leukemia  (no factor in this database is called 'miR-9999'" in answer.out
    assert "found of what your table says: rows 1/2, responses 0/1, mechanisms 1/1" in answer.out
    rows = list(
        csv.DictReader(io.StringIO(minex("table", "--compare", mine, "--db", demo_db, "--format", "csv").out))
    )
    assert {row["verdict"] for row in rows} == {"found", "missing", "contradicted", "new"}


def test_a_table_that_cannot_be_read_fails(minex: Minex, demo_db: Path, tmp_path: Path) -> None:
    answer = minex("table", "--compare", tmp_path / "no.csv", "--db", demo_db)
    assert answer.code == 1
    assert "it cannot be read" in answer.err
