"""`minex serve`: read-only, for this machine, one file and no other, beside a writer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from minex.errors import StoreError, UsageError
from minex.store import Store
from minex.store.documentation import TABLES, VIEWS
from minex.web import server
from tests.store.build import reading, said
from tests.store.conftest import Shelf
from tests.web.conftest import Get, fill, getter, running


def test_what_is_written_while_it_runs_shows_at_once(database: Path) -> None:
    with Store.open(database) as store, running(database) as address:
        shelf = Shelf(store)
        assert "Nothing here answers that" in httpx.get(f"{address}/x/targets_of_a_mirna?mirna=miR-21").text
        shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN")]))
        assert "PTEN" in httpx.get(f"{address}/x/targets_of_a_mirna?mirna=miR-21").text
        assert "1 triple from 1 piece of evidence in 1 paper" in httpx.get(address).text
        shelf.write(reading("PMID:2", [said("miR-21-5p", "increases", "TJP1")]))
        assert "TJP1" in httpx.get(f"{address}/x/evidence").text


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO run (started) VALUES ('now')",
        "DROP TABLE triple",
        "ATTACH '/etc/passwd' AS other",
        "VACUUM INTO 'copy.db'",
        "PRAGMA journal_mode = DELETE",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "WITH x AS (SELECT 1) DELETE FROM triple",
        "EXPLAIN ATTACH 'other.db' AS other",
    ],
)
def test_sql_that_is_no_question_is_refused(get: Get, served: Path, sql: str) -> None:
    before = served.read_bytes()
    answer = get("/x", params={"sql": sql})
    assert answer.status_code == 400
    assert served.read_bytes() == before
    assert sorted(path.name for path in served.parent.iterdir() if "-wal" not in path.name) in (
        ["x.db", "x.db-shm", "x.db.lock"],
        ["x.db", "x.db-shm"],
        ["x.db"],
        ["x.db", "x.db.lock"],
    )


def test_a_connection_attaches_nothing_even_where_sql_would_be_let_through(served: Path) -> None:
    database = server.datasette(served).get_database("x")
    with closing(database.connect()) as connection:
        for sql in ("ATTACH ':memory:' AS y", "SELECT load_extension('x')", "CREATE TABLE y (z)"):
            with pytest.raises(sqlite3.DatabaseError):
                connection.execute(sql)
    with pytest.raises(StoreError, match="never writes"):
        database.connect(write=True)


@pytest.mark.parametrize(
    "path",
    [
        "/x.db",
        "/_memory",
        "/_internal",
        "/other",
        "/-/minex/../plugin.py",
        "/-/minex/%2e%2e/plugin.py",
        "/-/minex//etc/passwd",
        "/-/static/../../etc/passwd",
    ],
)
def test_no_other_file_is_given(get: Get, path: str) -> None:
    assert get(path).status_code in (403, 404)


def test_sql_has_a_time_limit(get: Get) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    answer = get("/x", params={"sql": endless})
    assert answer.status_code == 400
    assert "interrupted" in answer.text.lower()
    assert get("/x", params={"sql": endless, "_timelimit": "10000000"}).status_code == 400


def test_only_the_names_of_this_machine_are_answered_to(get: Get, served: Path) -> None:
    assert get("/").status_code == 200
    assert get("/", headers={"host": "127.0.0.1:8001"}).status_code == 200
    for name in ("evil.example", "localhost.evil.example", "", "["):
        assert get("/", headers={"host": name}).status_code == 421, name
    assert getter(served, hosts=())("/", headers={"host": "lab.example"}).status_code == 200


def test_pages_load_nothing_from_elsewhere(get: Get) -> None:
    for path in ("/", "/x", "/x/evidence", "/x/concept", "/none"):
        policy = get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy


def test_every_table_and_column_is_described(get: Get) -> None:
    told = get("/-/metadata.json").json()["databases"]["x"]
    assert "keep the licence of the publication" in told["description"]
    for name, what in (*TABLES.items(), *VIEWS.items()):
        if name != "evidence_fts":
            assert told["tables"][name]["columns"].keys() == what.columns.keys()
            assert told["tables"][name]["description_html"]


def test_an_older_database_is_brought_up_to_date_first(database: Path) -> None:
    with Store.open(database) as store:
        fill(Shelf(store))
    with closing(sqlite3.connect(database)) as old:
        old.execute("DROP VIEW changes")
        old.execute("DROP INDEX idx_triple_contested")
        old.commit()
    assert getter(database)("/x/changes").status_code == 200
    assert getter(database)("/x/contradictions").status_code == 200


def test_a_foreign_file_is_told_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("this is no database", encoding="utf-8")
    with pytest.raises(StoreError, match="this is not a SQLite database"):
        server.datasette(tmp_path / "x.db")
    with pytest.raises(StoreError, match="there is no such database"):
        server.datasette(tmp_path / "y.db")


def test_a_name_full_of_signs_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "_my #1 db? <b>100%.db"
    with Store.open(path) as store:
        fill(Shelf(store))
    get = getter(path)
    home = get("/").text
    assert "my #1 db? &lt;b&gt;100%" in home
    for link in ("targets_of_a_mirna", "evidence", "triple_named"):
        (target,) = {
            part.partition('"')[0]
            for part in home.split('href="')[1:]
            if part.startswith("/my") and part.partition('"')[0].endswith(f"/{link}")
        }
        assert get(target).status_code == 200, target


def test_a_port_that_is_taken_is_told(served: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"127.0.0.1:{port}: .*; give another --port"):
            server.serve(served, "127.0.0.1", port, open_browser=False, tell=print)
