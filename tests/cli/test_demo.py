"""`minex demo`: from text to table in one command, and what to try next."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from minex.store import Store
from tests.cli.conftest import Answer, Minex


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose name a terminal might take for a command, and which a shell has to quote."""
    folder = tmp_path / "my [/b] papers"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def suggestions(answer: Answer) -> list[str]:
    _, _, rest = answer.out.partition("\nNext:\n")
    return [line.strip() for line in rest.splitlines() if line.startswith("  minex ")]


def test_it_says_what_it_did_and_shows_factors_cancers_and_triples(minex: Minex, folder: Path) -> None:
    answer = minex("demo")
    assert (answer.code, answer.err) == (0, "")
    assert (folder / "demo.db").exists()
    assert "46 documents: 46 new, 0 changed, 0 as before, 0 deleted, 0 failed" in answer.out
    factors, cancers = re.findall(r"^(?:Factors|Cancers) \((\d+)\): ", answer.out, re.MULTILINE)
    assert int(factors) > 50
    assert int(cancers) > 5
    for name in ("miR-21", "miR-210", "breast cancer", "hypoxia", "increases"):
        assert name in answer.out
    assert re.search(r"Triples: 20 of \d+", answer.out)


def test_a_second_demo_does_nothing_twice_and_shows_the_same(minex: Minex, folder: Path) -> None:
    first, second = minex("demo"), minex("demo")
    assert "46 documents: 0 new, 0 changed, 46 as before" in second.out
    assert first.out.partition("Factors")[2] == second.out.partition("Factors")[2]


def test_it_suggests_three_commands_that_run(minex: Minex, folder: Path) -> None:
    commands = suggestions(minex("demo", "--db", folder / "my :heart: demo.db"))
    assert len(commands) == 3
    for command in commands:
        program, *arguments = shlex.split(command)
        answer = minex(*arguments)
        assert (program, answer.code) == ("minex", 0), answer.err
        assert len(answer.out.splitlines()) > 3


def test_the_rows_of_the_review_are_there(demo_db: Path) -> None:
    with Store.open(demo_db, readonly=True) as store:
        rows = set(store.select("SELECT subject, predicate, object FROM triple_named").rows)
    assert {
        ("hypoxia", "increases", "miR-210"),
        ("miR-21", "targets", "IRF1"),
        ("miR-23a", "targets", "LAMP1"),
    } <= rows
