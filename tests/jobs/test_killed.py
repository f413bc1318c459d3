"""A run that is killed and started again ends with the content of an undisturbed one."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minex.jobs import Ledger
from minex.store import Store, changes

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 500
SECONDS_A_DOCUMENT = 0.002


def _start(file: Path, database: Path, seconds: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.jobs.little", str(file), str(database), str(seconds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _written(database: Path) -> int:
    """How many documents can be read in a database that somebody writes."""
    try:
        with Store.open(database, readonly=True) as store:
            return int(store.select("SELECT count(*) FROM document").rows[0][0])
    except Exception:
        return 0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random_ = random.Random(7)  # noqa: S311
    file = tmp_path_factory.mktemp("corpus") / "in.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(DOCUMENTS):
            facts = [f"miR-{random_.randint(1, 40)} targets G{random_.randint(1, 90)}." for _ in range(3)]
            text = "unreadable" if number % 97 == 5 else "\n".join(facts)
            # Some documents come again with another text: the later counts, wherever the kill falls.
            id_ = number if number % 50 else number // 2
            stream.write(json.dumps({"id": f"PMID:{id_}", "text": text}) + "\n")
    return file


@pytest.fixture(scope="module")
def undisturbed(corpus: Path) -> list[str]:
    database = corpus.with_name("undisturbed.db")
    assert _start(corpus, database, 0).wait(timeout=60) == 1
    with Store.open(database) as store:
        return list(store.canonical_dump())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_several_instants_and_started_again_it_ends_as_if_undisturbed(
    corpus: Path, undisturbed: list[str], tmp_path: Path, seed: int
) -> None:
    database = tmp_path / "x.db"
    random_ = random.Random(seed)  # noqa: S311
    kills = 0
    # Targets by work done, not by the clock: a loaded machine must not make all kills fall into start-up.
    for target in (0, random_.randint(1, 150), random_.randint(150, 300), random_.randint(300, 400)):
        process = _start(corpus, database, SECONDS_A_DOCUMENT)
        deadline = time.monotonic() + 30
        while process.poll() is None and _written(database) < target and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(random_.uniform(0, 0.1))
        process.kill()
        kills += process.wait() == -signal.SIGKILL
        if database.exists():
            with Store.open(database) as store:
                assert changes.state_at(store.connection, 0) == {}
                assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
                store.connection.execute(
                    "INSERT INTO evidence_fts (evidence_fts, rank) VALUES ('integrity-check', 1)"
                )
    assert kills == 4
    last = _start(corpus, database, 0)
    assert last.wait(timeout=60) == 1, last.stderr and last.stderr.read()
    with Store.open(database) as store:
        assert list(store.canonical_dump()) == undisturbed
        # A kill leaves no change without its row: going back over all runs ends where it began, with nothing.
        assert changes.state_at(store.connection, 0) == {}
        statuses = {run.status for run in Ledger(store).runs()}
        assert statuses == {"done", "killed"}
