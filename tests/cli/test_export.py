"""`minex export` as a shell calls it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from minex.reports.export import FORMATS
from tests.cli.conftest import Minex

TEXT = [name for name, each in FORMATS.items() if each.text]
OLD = Path(__file__).resolve().parents[1] / "store" / "version_2.sql"


@pytest.mark.parametrize("format", TEXT)
def test_text_goes_to_standard_output_and_words_to_standard_error(
    minex: Minex, demo_db: Path, format: str
) -> None:
    answer = minex("export", format, "--db", demo_db)
    assert answer.code == 0
    assert "PTEN" in answer.out
    assert answer.err.startswith("wrote ")
    if format == "pubtator":
        assert "belong to their authors" in answer.err


def test_a_workbook_is_not_for_standard_output(minex: Minex, demo_db: Path) -> None:
    answer = minex("export", "xlsx", "--db", demo_db)
    assert (answer.code, answer.out) == (2, "")
    assert "name a file with -o" in answer.err


def test_filters_narrow_and_wrong_names_are_told(minex: Minex, demo_db: Path) -> None:
    asked = ("export", "csv", "--db", demo_db, "--factor", "miR-21", "--min-belief", "0.8")
    rows = list(csv.DictReader(io.StringIO(minex(*asked).out)))
    assert rows
    assert all("miR-21" in row["subject"] + row["object"] and float(row["belief"]) >= 0.8 for row in rows)
    answer = minex("export", "csv", "--db", demo_db, "--cancer", "lung cancr")
    assert (answer.code, answer.out) == (2, "")
    assert "did you mean" in answer.err
    answer = minex("export", "csv", "--db", demo_db, "--query", "mine")
    assert "it was made from files: leave --query out" in answer.err


def test_a_missing_database_and_an_unwritable_place_are_told(minex: Minex, demo_db: Path, tmp_path: Path) -> None:
    assert "there is no such database" in minex("export", "csv", "--db", tmp_path / "none.db").err
    answer = minex("export", "csv", "--db", demo_db, "-o", tmp_path / "no" / "x.csv")
    assert answer.code == 1
    assert "x.csv: it cannot be written: No such file or directory" in answer.err


def test_an_older_database_is_brought_up_to_date_and_that_is_told(minex: Minex, tmp_path: Path) -> None:
    database = tmp_path / "old.db"
    with closing(sqlite3.connect(database)) as old:
        old.executescript(OLD.read_text(encoding="utf-8"))
    answer = minex("export", "indra", "--db", database)
    assert [each["type"] for each in json.loads(answer.out)].count("DecreaseAmount") == 2
    assert "was of an older minex and is brought up to date" in answer.err
    assert (tmp_path / "old.db.schema-2-backup").exists()


def test_a_killed_export_leaves_no_half_file(demo_db: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.xlsx"
    target.write_bytes(b"before")
    # It stops after the first row that is written, until it is killed.
    program = (
        "import time, sys; from minex.reports import cells; from minex.cli import main\n"
        "real = cells.write_xlsx\n"
        "def slow(sheets, stream, **_):\n"
        "    stream.write(b'half'); stream.flush(); print('begun', flush=True); time.sleep(60)\n"
        "cells.write_xlsx = slow\n"
        f"sys.argv = ['minex', 'export', 'xlsx', '--db', {str(demo_db)!r}, '-o', {str(target)!r}]\n"
        "main()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(signal.SIGKILL)
    assert target.read_bytes() == b"before"
    assert [name for name in os.listdir(tmp_path) if name.endswith(".xlsx")] == ["x.xlsx"]


def test_a_reader_that_goes_away_ends_it_quietly(demo_db: Path) -> None:
    command = f"{sys.executable} -m minex export bioc-json --db {demo_db} | head -c 100 > /dev/null"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert "Traceback" not in done.stderr


def test_memory_stays_flat(demo_db: Path, tmp_path: Path) -> None:
    """Twenty times the evidence takes hardly more memory; no row is kept that is written."""
    big = tmp_path / "big.db"
    with closing(sqlite3.connect(demo_db)) as source, closing(sqlite3.connect(big)) as target:
        source.backup(target)
        columns = [row[1] for row in target.execute("PRAGMA table_info(evidence)") if row[1] not in ("nr", "id")]
        listed = ", ".join(columns)
        for copy in range(100):
            target.execute(
                f"INSERT INTO evidence (id, {listed}) SELECT id || '-{copy}', {listed} FROM evidence "
                "WHERE length(id) = 16"
            )
        target.commit()

    def peak(database: Path) -> int:
        program = (
            "import resource, sys; from minex.cli import app\n"
            f"sys.argv = ['minex', 'export', 'csv', '--rows', 'evidence', '--db', {str(database)!r}]\n"
            f"sys.argv += ['-o', {os.devnull!r}]\n"
            "app(standalone_mode=False)\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return int(done.stdout)

    began = time.monotonic()
    small, large = peak(demo_db), peak(big)
    assert large < small + 25_000, f"{small} to {large} KB in {time.monotonic() - began:.0f} s"
