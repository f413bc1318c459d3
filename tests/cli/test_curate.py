"""`minex curate` as a person calls it: a real process with answers on standard input, and sheets."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Minex


@pytest.fixture
def copy(demo_db: Path, tmp_path: Path) -> Path:
    path = tmp_path / "demo.db"
    path.write_bytes(demo_db.read_bytes())
    return path


def sit(database: Path, answers: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "minex", "curate", "--db", str(database), *options]
    environment = {**os.environ, "MINEX_WHO": "ann lee"}
    return subprocess.run(command, input=answers, capture_output=True, text=True, env=environment)


def test_a_sitting_in_a_process_of_its_own(copy: Path, minex: Minex) -> None:
    done = sit(copy, "y\nn wrong name\ns\nu\nq\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("y, n, sign, skip, undo, quit? ") == 5
    assert "ann lee: 1 right, 1 wrong; the same command goes on from here" in done.stdout
    rows = json.loads(
        minex("sql", "SELECT verdict, who, note FROM judged ORDER BY 1", "--db", copy, "--format", "json").out
    )
    assert rows == [
        {"verdict": "right", "who": "ann lee", "note": ""},
        {"verdict": "wrong", "who": "ann lee", "note": "wrong name"},
    ]


def test_a_document_tells_what_was_judged_of_it(copy: Path, minex: Minex) -> None:
    sit(copy, "n\n")
    asked = "SELECT document FROM judged"
    document = minex("sql", asked, "--db", copy, "--format", "csv").out.split()[1]
    assert "judged wrong by ann lee)" in minex("why", document, "--db", copy).out


def test_the_end_of_input_keeps_what_was_answered(copy: Path) -> None:
    assert "ann lee: 1 right" in sit(copy, "y\n").stdout
    second = sit(copy, "", "--limit", "3")
    assert "1 of 3" in second.stdout
    assert "nothing judged" in second.stdout


def test_a_sitting_that_is_killed_has_kept_each_answer(copy: Path) -> None:
    command = [sys.executable, "-u", "-m", "minex", "curate", "--db", str(copy), "--who", "ann"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("n\n")
        process.stdin.flush()
        while not process.stdout.readline().startswith("2 of "):
            pass
        process.kill()
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT verdict, who FROM judged").fetchall() == [("wrong", "ann")]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert "ann lee: 1 right" in sit(copy, "y\n").stdout


def test_nothing_left_is_said(copy: Path, minex: Minex) -> None:
    answer = minex(
        "curate", "--db", copy, "--factor", "TJP1", "--limit", "100", "--who", "ann", stdin=b"y\n" * 100
    )
    assert answer.code == 0
    while "nothing is left to judge here" not in answer.out:
        assert "right" in answer.out
        answer = minex("curate", "--db", copy, "--factor", "TJP1", "--who", "ann", stdin=b"y\n" * 100)


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_a_sheet_goes_out_and_comes_back(copy: Path, minex: Minex, tmp_path: Path, name: str) -> None:
    sheet = tmp_path / name
    out = minex("curate", "--export-sheet", sheet, "--limit", "4", "--order", "influential", "--db", copy)
    assert (out.code, "4 rows; fill in the column" in out.err) == (0, True)
    if name.endswith(".csv"):
        rows = list(csv.DictReader(sheet.open(encoding="utf-8", newline="")))
        with sheet.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys())
            writer.writeheader()
            writer.writerows({**row, "verdict": word} for row, word in zip(rows, "ynys", strict=True))
    else:
        import openpyxl

        book = openpyxl.load_workbook(sheet)
        for number, word in enumerate("ynys", 2):
            book["judge"].cell(number, 2).value = word
        book.save(sheet)
    back = minex("curate", "--import", sheet, "--who", "ben", "--db", copy)
    assert (back.code, back.out) == (0, f"4 verdicts of ben from {sheet}\n")
    assert "all" in minex("curate", "--summary", "--db", copy).out
    shown = [json.loads(line) for line in minex("curate", "--judgements", "-", "--db", copy).out.splitlines()]
    assert sorted(each["verdict"] for each in shown) == ["right", "right", "wrong", "wrong"]


def test_a_sheet_of_other_evidence_is_kept_as_far_as_it_goes(copy: Path, minex: Minex, tmp_path: Path) -> None:
    known = json.loads(minex("sql", "SELECT id FROM evidence LIMIT 1", "--db", copy, "--format", "json").out)[0][
        "id"
    ]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"evidence,verdict\n{known},y\nid:0123456789abcdef,n\n", encoding="utf-8")
    answer = minex("curate", "--import", sheet, "--who", "ben", "--db", copy)
    assert (answer.code, answer.out) == (1, f"1 verdict of ben from {sheet}\n")
    assert "there is no evidence 0123456789abcdef: it is not read any more" in answer.err


def test_two_things_at_once_are_refused(copy: Path, minex: Minex) -> None:
    answer = minex("curate", "--summary", "--import", "x.csv", "--db", copy)
    assert answer.code == 2
    assert "--import and --summary are two things" in answer.err


def test_verdicts_are_a_judged_set_for_the_evaluation(copy: Path, minex: Minex) -> None:
    sit(copy, "y\nn\n")
    answer = minex("evaluate", "verdicts", "--db", copy, "--json", "-")
    result = json.loads(answer.out)
    assert answer.code == 0
    assert [result["figures"][name] for name in ("right", "wrong", "missed")] == [1, 1, 0]
    assert "judged wrong and made again: 1 of 1" in minex("evaluate", "verdicts", "--db", copy).out
