"""`minex why`: wherever a document stopped, it is said."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minex.jobs import Ledger
from minex.store import Store, sync
from tests.cli.conftest import Minex

TEXTS = {
    "PMID:1": "miR-21 inhibits PTEN in lung cancer.",
    "PMID:2": "miR-21 and PTEN were seen.",
    "PMID:3": "Nothing is named here.",
    "PMID:4": "The level of miR-21 is known.",
    "PMID:5": "miR-21 did not inhibit PTEN.",
    "PMC:8": "miR-155 targets SOCS1.",
    "DOI:10.1000/a(b)<1>": "miR-155 targets SOCS1.",
}


@pytest.fixture
def database(minex: Minex, tmp_path: Path) -> Path:
    """Documents that stopped at each place, their texts kept, and a query with hits of every kind."""
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in TEXTS.items()), encoding="utf-8")
    path = tmp_path / "x.db"
    assert minex("run", file, "--db", path, "--keep", "all").code == 0
    with Store.open(path) as store:
        run = Ledger(store).start({}, "f")
        sync.put_query(store, "q", term="x")
        sync.record_hits(store, "q", ["PMID:1", "PMID:71", "PMID:72", "PMID:73"], run)
        window = sync.open_window(
            store,
            "q",
            run,
            source="pubmed",
            date_type="edat",
            first_day="2026-01-01",
            last_day="2026-01-31",
        )
        sync.close_window(store, window, "failed", message="PubMed answered 502")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE query_hit SET status = 'gone' WHERE document = 'PMID:72'")
        connection.execute(
            "UPDATE query_hit SET status = 'unmatched', status_reason = 'not listed' WHERE document = 'PMID:73'"
        )
        connection.execute(
            "INSERT INTO failure (id, run_id, stage, code, message, place, document, record, file, time) "
            "VALUES ('f', 1, 'parse', 'slow', 'took too long', 'p', 'PMID:74', '', 'file', 'now')"
        )
    return path


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        ("1", "it went all the way: it counts"),
        ("2", "1 sentences have two names, and none a word that could join them"),
        ("3", "no names were found in it"),
        ("4", "no sentence has two names"),
        ("71", "it was found and not retrieved yet"),
        ("72", "it is gone from its source"),
        ("73", "it matched once, was not retrieved then, and no longer matches"),
        ("74", "it was never seen; reading it failed"),
        ("99", "it was never seen: no query found it and no file that was read has it"),
    ],
)
def test_it_says_where_a_document_stopped(minex: Minex, database: Path, asked: str, end: str) -> None:
    answer = minex("why", asked, "--db", database)
    assert answer.code == 0
    (last,) = [line for line in answer.out.splitlines() if line.startswith("=> ")]
    assert last.startswith(f"=> {end}")


def test_it_says_how_it_came_that_far(minex: Minex, database: Path) -> None:
    text = minex("why", "1", "--db", database).out
    assert "found    by the query q in run 2" in text
    assert "read     in run 1" in text
    assert "miR-21 inhibits PTEN (" in text
    assert (
        "window   q, pubmed, 2026-01-01 to 2026-01-31 failed: PubMed answered 502"
        in minex("why", "71", "--db", database).out
    )
    assert "not listed" in minex("why", "73", "--db", database).out
    assert "failed   to parse, in run 1: took too long" in minex("why", "74", "--db", database).out


@pytest.mark.parametrize(
    "asked",
    ["PMC8", "pmc:8", "PMC:8", "10.1000/a(b)<1>", "doi:10.1000/A(B)<1>", "https://doi.org/10.1000/a(b)<1>"],
)
def test_a_document_has_many_names(minex: Minex, database: Path, asked: str) -> None:
    assert "miR-155 targets SOCS1" in minex("why", asked, "--db", database).out


@pytest.mark.parametrize("status", ["retracted", "deleted", "unmatched"])
def test_a_document_that_does_not_count_says_why(minex: Minex, database: Path, status: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "UPDATE document SET status = ?, status_reason = 'by PMID:9' WHERE id = 'PMID:1'", [status]
        )
    text = minex("why", "1", "--db", database).out
    assert f"status   {status}: by PMID:9" in text
    assert f"=> what it says does not count, for it is {status}" in text


def test_a_pair_that_a_rule_joins(minex: Minex, database: Path) -> None:
    text = minex("why", "1", "--pair", "mir-21", "PTEN", "--db", database).out
    assert "mir-21 and PTEN:\n  miR-21 inhibits PTEN (" in text
    assert "    miR-21 inhibits PTEN in lung cancer." in text


def test_a_pair_that_is_denied(minex: Minex, database: Path) -> None:
    assert ", denied" in minex("why", "5", "--pair", "miR-21", "PTEN", "--db", database).out


def test_a_pair_that_no_rule_joins(minex: Minex, database: Path) -> None:
    text = minex("why", "2", "--pair", "miR-21", "PTEN", "--db", database).out
    assert "    not parsed: no word in it could join two of them" in text
    assert text.endswith("no rule joins them\n")


def test_a_pair_of_which_one_is_missing(minex: Minex, database: Path) -> None:
    text = minex("why", "1", "--pair", "miR-21", "VEGFA", "--db", database).out
    assert "  VEGFA is not in the text" in text
    text = minex("why", "1", "--pair", "inhibits", "PTEN", "--db", database).out
    assert "  inhibits stands in the text and was not taken for a name" in text


def test_a_text_that_was_not_kept(minex: Minex, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"id": "PMID:2", "text": "miR-21 and PTEN were seen."}\n', encoding="utf-8")
    database = tmp_path / "x.db"
    minex("run", file, "--db", database)
    for more in ((), ("--pair", "a", "b")):
        answer = minex("why", "2", *more, "--db", database)
        assert (answer.code, "minex run FILE --keep all" in answer.out) == (0, True)


def test_what_is_no_id_is_told(minex: Minex, database: Path) -> None:
    for asked in ("", "abc", "PMID", "0", "10.1/x", "1 2"):
        answer = minex("why", asked, "--db", database)
        assert (answer.code, answer.out) == (2, "")
        assert "give 123, PMID:123, PMC1 or a DOI" in answer.err


def test_it_writes_nothing(minex: Minex, database: Path) -> None:
    before = database.read_bytes()
    minex("why", "2", "--pair", "miR-21", "PTEN", "--db", database)
    assert database.read_bytes() == before
