"""`minex sql` and `minex search`: questions to a database that they cannot change."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Minex

MIRNAS = "SELECT subject, object FROM triple_named WHERE subject = 'miR-21' AND object = 'IRF1'"


def test_a_table_names_its_columns_and_counts_its_rows(minex: Minex, demo_db: Path) -> None:
    answer = minex("sql", MIRNAS, "--db", demo_db)
    heading = answer.out.splitlines()[1]
    assert heading.index("subject") < heading.index("object")
    assert "miR-21" in answer.out
    assert answer.err.endswith(" rows\n")


def test_csv_can_be_read_back(minex: Minex, demo_db: Path) -> None:
    query = "SELECT 'a,b' AS x, 'he said \"no\"' AS y, 'two' || char(10) || 'lines' AS z, NULL AS n, 1.5 AS f"
    answer = minex("sql", query, "--db", demo_db, "--format", "csv")
    rows = list(csv.reader(io.StringIO(answer.out, newline="")))
    assert rows == [["x", "y", "z", "n", "f"], ["a,b", 'he said "no"', "two\nlines", "", "1.5"]]
    assert answer.err == ""


def test_json_can_be_read_back(minex: Minex, demo_db: Path) -> None:
    query = "SELECT 'β' AS x, NULL AS n, 1.5 AS f, 7 AS i, x'00ff' AS b"
    answer = minex("sql", query, "--db", demo_db, "--format", "json")
    assert json.loads(answer.out) == [
        {"x": "β", "n": None, "f": 1.5, "i": 7, "b": {"$base64": True, "encoded": "AP8="}}
    ]
    assert "β" in answer.out


def test_json_keeps_columns_of_one_name_apart(minex: Minex, demo_db: Path) -> None:
    answer = minex("sql", "SELECT 1 AS name, 2 AS name, 3 AS name", "--db", demo_db, "--format", "json")
    assert json.loads(answer.out) == [{"name": 1, "name_2": 2, "name_3": 3}]


def test_no_rows_are_no_rows_in_every_format(minex: Minex, demo_db: Path) -> None:
    query = "SELECT id FROM document WHERE 0"
    assert minex("sql", query, "--db", demo_db, "--format", "json").out == "[]\n"
    assert minex("sql", query, "--db", demo_db, "--format", "csv").out == "id\n"
    assert minex("sql", query, "--db", demo_db).err == "0 rows\n"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "\n=1", '=HYPERLINK("http://x")']
)
def test_a_cell_that_a_spreadsheet_would_compute_is_defused(minex: Minex, demo_db: Path, text: str) -> None:
    quoted = text.replace("'", "''")
    answer = minex("sql", f"SELECT '{quoted}' AS x", "--db", demo_db, "--format", "csv")
    assert list(csv.reader(io.StringIO(answer.out, newline="")))[1] == [f"'{text}"]


@pytest.mark.parametrize(("value", "cell"), [("-1", "-1"), ("-1.5", "-1.5"), ("'-'", "-"), ("'miR-21'", "miR-21")])
def test_numbers_and_names_are_not(minex: Minex, demo_db: Path, value: str, cell: str) -> None:
    assert minex("sql", f"SELECT {value} AS x", "--db", demo_db, "--format", "csv").out == f"x\n{cell}\n"


def test_brackets_are_shown_as_they_are(minex: Minex, demo_db: Path) -> None:
    out = minex("sql", "SELECT '[bold]x[/bold] [/] :heart:' AS \"[red]name\"", "--db", demo_db).out
    assert "[bold]x[/bold] [/] :heart:" in out
    assert "[red]name" in out


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO run (started) VALUES ('now')",
        "DROP TABLE triple",
        "UPDATE document SET status = 'deleted'",
        "WITH x AS (SELECT 1) DELETE FROM triple",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = 0",
        "PRAGMA writable_schema = 1",
        "CREATE TEMP TABLE x (y)",
        "BEGIN",
        "SELECT load_extension('x')",
    ],
)
def test_nothing_but_reading_is_allowed(
    minex: Minex, demo_db: Path, query: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = demo_db.read_bytes()
    answer = minex("sql", query, "--db", demo_db)
    assert (answer.code, answer.out) == (2, "")
    assert "only reading is allowed" in answer.err or "only SELECT is allowed" in answer.err
    assert demo_db.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * FROM tripl", "SQL, line 1, character 15: there is no table tripl; did you mean triple?"),
        ("SELECT subjct FROM triple_named", "there is no column subjct; did you mean subject?"),
        ("SELECT 1;\nSELECT 2", "more than one statement"),
        ("SELECT 1 FORM x y", "SQL does not go on with"),
        ("", "there is no SQL; try: SELECT"),
    ],
)
def test_wrong_sql_says_where_and_what_was_meant(minex: Minex, demo_db: Path, query: str, says: str) -> None:
    answer = minex("sql", query, "--db", demo_db)
    assert answer.code == 2
    assert says in answer.err


def test_search_gives_the_sentences_with_all_words_and_what_they_say(minex: Minex, demo_db: Path) -> None:
    answer = minex("search", "miR-21 IRF1", "--db", demo_db)
    assert answer.code == 0
    heads, sentences = answer.out.splitlines()[::2], answer.out.splitlines()[1::2]
    assert any(head.startswith("miR-21 targets IRF1  (demo:") for head in heads)
    assert any(head.startswith("miR-21 targets IRF1 [only suggested]  (demo:") for head in heads)
    assert len(set(sentences)) == len(sentences)
    assert all("miR-21" in s.replace("MiR", "miR") and "IRF1" in s for s in sentences)


def test_search_finds_a_phrase_and_other_forms_of_a_word(minex: Minex, demo_db: Path) -> None:
    assert "lung cancer" in minex("search", '"lung cancer"', "--db", demo_db).out
    assert minex("search", "inhibits", "--db", demo_db).out == minex("search", "inhibited", "--db", demo_db).out


def test_search_gives_no_more_than_asked_for(minex: Minex, demo_db: Path) -> None:
    answer = minex("search", "hypoxia", "--limit", "3", "--db", demo_db)
    assert answer.out.count("\n") == 6
    assert answer.err == "there are more; --limit shows more\n"
    assert minex("search", "miR-21 IRF1", "--db", demo_db).err == ""


@pytest.mark.parametrize("words", ["", '"', "*", "a:b", "NEAR(", "'", "xyzzy", "\x00", "{", "^"])
def test_search_takes_any_words_as_words(minex: Minex, demo_db: Path, words: str) -> None:
    answer = minex("search", words, "--db", demo_db)
    assert (answer.code, answer.out, answer.err) == (0, "", "no sentence has all these words\n")
