"""`minex diff`: as a group calls it on Monday."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.conftest import Minex


@pytest.fixture
def database(minex: Minex, good: Path, tmp_path: Path) -> Path:
    """Two runs: a paper, and another that says more of it."""
    path = tmp_path / "x.db"
    more = tmp_path / "more.jsonl"
    more.write_text(
        '{"id": "PMID:2", "text": "miR-21 inhibits PTEN. miR-155 inhibits SOCS1."}\n', encoding="utf-8"
    )
    for file in (good, more):
        assert minex("run", file, "--db", path).code == 0
    return path


def test_the_last_run_against_the_one_before(minex: Minex, database: Path) -> None:
    answer = minex("diff", "last-1", "last", "--db", database)
    assert answer.code == 0
    assert "- **miR-155 inhibits SOCS1**" in answer.out
    assert "new paper: [PMID:2](https://pubmed.ncbi.nlm.nih.gov/2/)" in answer.out
    assert "## Changed belief" in answer.out
    assert minex("diff", "1", "--db", database).out == answer.out


def test_since_a_day(minex: Minex, database: Path) -> None:
    answer = minex("diff", "--since", "2020-01-01", "--db", database)
    assert "From the empty database to run 2" in answer.out
    assert "From the empty database to run 1" in minex("diff", "--since", "2020-01-01", "1", "--db", database).out
    assert "Nothing changed." in minex("diff", "--since", "2099-01-01", "--db", database).out


def test_every_format_is_what_it_says(minex: Minex, database: Path) -> None:
    content = json.loads(minex("diff", "1", "2", "--db", database, "--format", "json").out)
    assert content["came"][0]["causes"][0]["url"] == "https://pubmed.ncbi.nlm.nih.gov/2/"
    assert (content["before"]["id"], content["after"]["id"], content["empty"]) == (1, 2, False)
    feed = minex("diff", "1", "2", "--db", database, "--format", "rss").out
    assert etree.fromstring(feed.encode()).tag == "rss"
    page = minex("diff", "1", "2", "--db", database, "--format", "html").out
    assert page.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "nothing is said of what to compare"),
        (("2", "1"), "run 2 came after run 1"),
        (("7",), "there is no run 7: the last one is 2"),
        (("1", "2", "--format", "pdf"), "allowed: md, html, json, rss"),
        (("1", "2", "--since", "2026-11-01"), "--since takes the place of RUN_A"),
        (("--since", "monday"), "'monday' names no run and is no date"),
    ],
)
def test_what_cannot_be_compared_is_told(
    minex: Minex, database: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = minex("diff", *arguments, "--db", database)
    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_a_database_that_is_not_there(minex: Minex, tmp_path: Path) -> None:
    answer = minex("diff", "1", "2", "--db", tmp_path / "none.db")
    assert answer.code == 1
    assert "there is no such database" in answer.err
