"""`minex refresh` and `minex extract` as a user calls them, against a server of E-utilities' behaviour."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Minex
from tests.pubmed.citations import Citation
from tests.pubmed.server import Fault, PubMed, Server

PAPERS = [
    Citation("1", "Exosomal miR-21 in lung cancer.", "miR-21 inhibited PTEN in lung cancer cells."),
    Citation("2", "Exosomes under hypoxia.", "Hypoxia increased miR-210 in exosomes."),
    Citation("3", "A note on exosomes.", "Nothing of interest was found."),
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    with Server(PubMed(PAPERS), keys=["abcdef0123456789"]) as server:
        monkeypatch.setenv("MINEX_EUTILS", server.base)
        monkeypatch.setenv("MINEX_EMAIL", "tests@example.org")
        monkeypatch.setenv("MINEX_QUERIES", str(tmp_path / "queries"))
        monkeypatch.delenv("NCBI_API_KEY", raising=False)
        (tmp_path / "queries").mkdir()
        (tmp_path / "queries" / "mine.toml").write_text('title = "Mine"\nterm = "exosomes OR exosomal"\n')
        yield server


def test_a_refresh_says_in_one_line_how_it_went(server: Server, minex: Minex, tmp_path: Path) -> None:
    answer = minex("refresh", "mine", "--db", tmp_path / "x.db")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(
        "minex refresh mine: 3 listed, 3 new, 0 asked again, 0 deleted, 0 no longer matching"
    )
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        triples = set(connection.execute("SELECT subject, predicate, object FROM triple_named"))
    assert ("miR-21", "inhibits", "PTEN") in triples
    assert ("hypoxia", "increases", "miR-210") in triples


def test_without_names_it_follows_what_the_database_knows(server: Server, minex: Minex, tmp_path: Path) -> None:
    minex("refresh", "mine", "--db", tmp_path / "x.db")
    server.pubmed.delete("1")
    answer = minex("refresh", "--db", tmp_path / "x.db")
    assert "1 deleted" in answer.out


@pytest.mark.parametrize(
    ("environment", "arguments", "code", "words"),
    [
        ({"MINEX_EMAIL": ""}, ["mine"], 1, "export MINEX_EMAIL"),
        ({"NCBI_API_KEY": "0000000000000000"}, ["mine"], 1, "NCBI"),
        ({}, ["no-such-query"], 2, "no-such-query"),
        ({}, [], 2, "query"),
        ({"MINEX_EUTILS": "ftp://example.org/"}, ["mine"], 1, "MINEX_EUTILS"),
    ],
)
def test_a_wrong_call_is_told_with_its_cure(
    server: Server,
    minex: Minex,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    answer = minex("refresh", *arguments, "--db", tmp_path / "x.db")
    assert (answer.code, words in answer.err + answer.out) == (code, True), answer.err
    assert "0000000000000000" not in answer.err + answer.out


def test_without_a_network_it_fails_and_says_so(
    server: Server, minex: Minex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINEX_EUTILS", "http://127.0.0.1:9/")
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    answer = minex("refresh", "mine", "--db", tmp_path / "x.db")
    assert answer.code == 1
    assert "NOT COMPLETE" in answer.out


def test_a_broken_term_never_reaches_pubmed(server: Server, minex: Minex, tmp_path: Path) -> None:
    (tmp_path / "queries" / "broken.toml").write_text('title = "B"\nterm = "(exosomes"\n')
    answer = minex("refresh", "broken", "--db", tmp_path / "x.db")
    assert (answer.code, server.requests) == (2, [])
    assert "minex query check broken" in answer.err


def test_a_failed_refresh_has_exit_status_1_and_the_next_one_completes_it(
    server: Server, minex: Minex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    server.fault_of = lambda request: Fault("status", 500) if request.tool == "efetch" else None
    answer = minex("refresh", "mine", "--db", tmp_path / "x.db")
    assert (answer.code, "NOT COMPLETE" in answer.out) == (1, True)
    server.fault_of = None
    assert minex("refresh", "mine", "--db", tmp_path / "x.db").code == 0


def test_the_key_is_written_nowhere(
    server: Server, minex: Minex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NCBI_API_KEY", "abcdef0123456789")
    answer = minex("refresh", "mine", "--db", tmp_path / "x.db")
    assert answer.code == 0
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("x.db*"))
    assert b"abcdef0123456789" not in stored + answer.out.encode() + answer.err.encode()


def test_what_another_version_has_read_is_read_again_from_the_database(
    server: Server, minex: Minex, tmp_path: Path
) -> None:
    database = tmp_path / "x.db"
    minex("refresh", "mine", "--db", database)
    assert minex("extract", "--stale", "--db", database).out.startswith("0 documents read again")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE document SET fingerprint = 'of another version'")
        connection.commit()
    server.requests.clear()
    answer = minex("extract", "--stale", "--db", database)
    assert (answer.code, answer.out.split(" ")[0]) == (0, "3")
    fetched = [request.parameters["id"] for request in server.requests]
    assert fetched == ["3"], "only the text that is not kept is fetched"


@pytest.mark.slow
def test_fifty_kills_lose_nothing(server: Server, tmp_path: Path) -> None:
    """The real command, killed at any moment; the last run is left alone, and equals one that never was killed."""
    for number in range(10, 200):
        text = f"miR-{number} inhibited PTEN in lung cancer cells. Hypoxia increased miR-{number}."
        server.pubmed.add(Citation(str(number), "Exosomes.", text, entered=date(2020, 1, 1 + number % 28)))
    dice = random.Random(50)  # noqa: S311
    killed = 0
    command = [sys.executable, "-m", "minex", "refresh", "mine", "--db", str(tmp_path / "x.db")]
    while killed < 50:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
        time.sleep(dice.uniform(0.3, 4.0))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        number += 1
        server.pubmed.revise(
            str(dice.randint(10, 199)), date(2020, 2, 1), abstract=f"miR-{number} inhibited KRAS."
        )
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    clean = [*command[:-1], str(tmp_path / "clean.db")]
    subprocess.run(clean, check=True, stdout=subprocess.DEVNULL)
    from minex.store import Store

    with Store.open(tmp_path / "x.db") as store, Store.open(tmp_path / "clean.db") as fresh:
        assert list(store.canonical_dump(tombstones=False)) == list(fresh.canonical_dump(tombstones=False))
