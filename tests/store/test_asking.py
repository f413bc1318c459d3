from __future__ import annotations

import os

import pytest

from minex.errors import UsageError
from tests.store.build import reading, said
from tests.store.conftest import Shelf


@pytest.mark.parametrize(
    ("sql", "code", "told"),
    [
        ("", "sql-empty", "there is no SQL"),
        ("-- only a comment", "sql-not-select", "no question"),
        ("SELECT * FROM tripel", "sql-table", "character 15: there is no table tripel; did you mean triple?"),
        (
            "SELECT subjekt FROM triple",
            "sql-column",
            "character 8: there is no column subjekt; did you mean subject?",
        ),
        ("SELECT t.nam FROM triple_named t", "sql-column", "columns are id, subject"),
        ("SELECT *\n FORM triple", "sql-syntax", "line 2, character 2: SQL does not go on with 'FORM'"),
        ("SELECT 'FORM' FORM x", "sql-syntax", "character 20"),
        ("SELECT 1; SELECT 2", "sql-many", "more than one statement"),
        ("SELECT frobnicate(1)", "sql", "no such function"),
        ("SELECT (", "sql", "incomplete input"),
        ("DELETE FROM triple", "sql-read-only", "only reading"),
        ("DROP VIEW triple_named", "sql-read-only", "only reading"),
        ("ATTACH 'other.db' AS o", "sql-read-only", "only reading"),
        ("VACUUM INTO 'copy.db'", "sql-read-only", "only reading"),
        ("PRAGMA journal_mode = DELETE", "sql-read-only", "only reading"),
        ("SELECT load_extension('x')", "sql-read-only", ""),
        ("SELECT ?", "sql", ""),
    ],
)
def test_wrong_sql_is_told_with_its_place_and_what_was_meant(shelf: Shelf, sql: str, code: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        shelf.ask(sql)
    assert caught.value.code == code
    assert told in str(caught.value)
    assert not any(os.path.exists(name) for name in ("other.db", "copy.db"))


def test_a_query_after_a_wrong_one_is_answered(shelf: Shelf) -> None:
    with pytest.raises(UsageError):
        shelf.ask("SELECT * FROM nowhere")
    assert shelf.ask("SELECT ? + ?", 1, 2) == [(3,)]
    assert shelf.store.select("SELECT :a AS sum", {"a": 1}).columns == ("sum",)


def test_the_full_text_index_answers_in_sql(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "inhibits", "PTEN")]))
    sql = """
        SELECT e.document FROM evidence_fts f JOIN evidence e ON e.nr = f.rowid
        WHERE evidence_fts MATCH 'inhibited'
    """
    assert shelf.ask(sql) == [("PMID:1",)]


def test_search_finds_words_in_any_form_and_marks_them(shelf: Shelf) -> None:
    shelf.write(
        reading("PMID:1", [said("miR-21-5p", "inhibits", "PTEN")]),
        reading("PMID:2", [said("miR-21-3p", "targets", "TJP1")]),
    )
    (hit,) = shelf.store.search("inhibited pten")
    assert (hit.document, hit.subject, hit.predicate, hit.object) == ("PMID:1", "miR-21-5p", "inhibits", "PTEN")
    assert hit.marked == "miR-21-5p [inhibits] [PTEN]."
    assert [hit.document for hit in shelf.store.search("miR-21-3p")] == ["PMID:2"]
    assert len(shelf.store.search("miR-21")) == 2
    assert shelf.store.search("miR-22") == []


@pytest.mark.parametrize(
    "words",
    ["", " ", '"', "NOT", "a OR", "(", "*", "sentence:x", "x\x00y", "'; DROP", "-", '""', "^a", "{", "\ud800"],
)
def test_nothing_that_is_searched_for_is_syntax(shelf: Shelf, words: str) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "inhibits", "PTEN")]))
    assert shelf.store.search(words) == []
