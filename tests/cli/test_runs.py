"""`minex runs`: the ledger on a terminal and as JSON."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from minex.store import Store
from tests.cli.conftest import Minex


def test_the_newest_run_comes_first_with_what_it_did(minex: Minex, good: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    for _ in range(2):
        minex("run", good, "--db", database)
    lines = minex("runs", "--db", database).out.splitlines()
    assert lines[0].startswith("run 2  20")
    assert lines[0].endswith("  done")
    assert lines[1:3] == [f"    {good}", "    1 documents, 1 unchanged"]
    assert lines[3].startswith("run 1  ")


def test_versions_that_changed_and_trouble_are_told(minex: Minex, good: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    for _ in range(3):
        minex("run", good, "--db", database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE run SET versions = json_set(versions, '$.rules', 'old') WHERE id = 1")
        connection.execute("UPDATE run SET finished = NULL, status = 'killed', message = 'x\x1by' WHERE id = 3")
    text = minex("runs", "--db", database).out
    assert "    rules: old → " in text
    assert "not ended  killed" in text
    assert "\x1b" not in text
    rows = json.loads(minex("runs", "--db", database, "--json").out)
    assert [row["id"] for row in rows] == [3, 2, 1]
    assert (rows[0]["seconds"], rows[0]["status"], rows[0]["versions_changed"]) == (None, "killed", {})
    assert rows[1]["versions_changed"]["rules"][0] == "old"
    assert rows[2]["arguments"] == [str(good)]
    assert [row["id"] for row in json.loads(minex("runs", "--db", database, "--json", "--limit", "1").out)] == [3]


def test_a_database_without_runs(minex: Minex, tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db"):
        pass
    answer = minex("runs", "--db", tmp_path / "x.db")
    assert (answer.code, answer.out, answer.err) == (0, "", "no run has been made yet\n")
    assert minex("runs", "--db", tmp_path / "x.db", "--json").out == "[]\n"
