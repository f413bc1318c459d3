"""The real `minex run` with workers, killed and started again, ends with the content of an undisturbed run."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from minex.jobs.runner import run
from minex.pipeline import Pipeline
from minex.resources import find
from minex.store import Store

ROUNDS = 4
"""How often the demonstration corpus is repeated under new ids."""


def start(file: Path, database: Path) -> subprocess.Popen[bytes]:
    command = ["minex", "run", str(file), "--db", str(database), "--workers", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def written(database: Path) -> int:
    """How many documents a database holds that another process writes; 0 if it is not there yet."""
    if not database.exists():
        return 0
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.Error:
        return 0
    finally:
        connection.close()


def kill_at(file: Path, database: Path, target: int, pause: float) -> bool:
    """Start a run, kill it once more than `target` documents are written and a moment later; True if it was alive.

    By work done and not by the clock: a loaded machine must not make all kills fall into the start.
    """
    process = start(file, database)
    deadline = time.monotonic() + 60
    while process.poll() is None and written(database) <= target and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(pause)
    process.kill()
    _, err = process.communicate()
    assert b"Traceback" not in err
    return process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = (find("corpus/demo") / "abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    abstracts = [json.loads(line) for line in lines]
    file = tmp_path_factory.mktemp("kill") / "in.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for round_ in range(ROUNDS):
            for number, abstract in enumerate(abstracts):
                stream.write(json.dumps({**abstract, "id": f"PMID:{round_ * 1000 + number + 1}"}) + "\n")
            stream.write("{bad\n")
    return file


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, pipeline: Pipeline) -> list[str]:
    with Store.open(corpus.with_name("undisturbed.db")) as store:
        assert run([corpus], store, pipeline).counts.failed == ROUNDS
        return list(store.canonical_dump())


def check(corpus: Path, database: Path, undisturbed: list[str], kills: list[tuple[int, float]]) -> None:
    alive = [kill_at(corpus, database, target, pause) for target, pause in kills]
    assert any(alive), "no kill met a living run"
    with Store.open(database) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert 0 < store.select("SELECT count(*) FROM document").rows[0][0] <= 46 * ROUNDS
    last = start(corpus, database)
    _, err = last.communicate(timeout=120)
    assert last.returncode == 1, err
    with Store.open(database) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert list(store.canonical_dump()) == undisturbed
        statuses = [status for (status,) in store.select("SELECT status FROM run ORDER BY id").rows]
        assert statuses[-1] == "done"
        assert "running" not in statuses


def test_killed_while_it_reads_and_while_it_writes(corpus: Path, undisturbed: list[str], tmp_path: Path) -> None:
    check(corpus, tmp_path / "x.db", undisturbed, [(0, 0.0), (46, 0.2)])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_killed_at_many_instants(corpus: Path, undisturbed: list[str], tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)  # noqa: S311
    kills = [(random_.randint(-1, 40 * ROUNDS), random_.uniform(0, 0.6)) for _ in range(4)]
    check(corpus, tmp_path / "x.db", undisturbed, [(0, 0.0), *sorted(kills)])


def test_a_job_that_is_ended_by_its_batch_system_closes_cleanly(corpus: Path, tmp_path: Path) -> None:
    """SIGTERM, to a process that ignores SIGINT as jobs in the background do."""
    database = tmp_path / "ended.db"
    command = ["sh", "-c", 'trap "" INT; exec minex run "$0" --db "$1" --workers 2', str(corpus), str(database)]
    job = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(600):
        try:
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as reader:
                if reader.execute("SELECT count(*) FROM document").fetchone()[0]:
                    break
        except sqlite3.OperationalError:
            pass  # not there yet
        time.sleep(0.05)
    job.send_signal(signal.SIGTERM)
    job.communicate(timeout=60)
    assert job.returncode == 130
    with Store.open(database) as store:
        assert store.select("SELECT status FROM run").rows == [("interrupted",)]
