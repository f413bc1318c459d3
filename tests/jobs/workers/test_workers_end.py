"""Ctrl-C and SIGKILL in real processes: what is whole stays, nobody is left behind, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from minex.store import Store
from tests.jobs.little import LittlePipeline
from tests.jobs.workers.conftest import plain_texts, read_into, write

ROOT = Path(__file__).resolve().parents[3]
TEXTS = list(enumerate(plain_texts(300), 1))


def start(file: Path, database: Path, seconds: float = 0.0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.jobs.workers.naughty", str(file), str(database), "2", str(seconds)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def workers_of(database: Path, count: int = 2) -> list[int]:
    """Wait until a run has so many workers and something in its database; return their process ids."""
    pids = Path(f"{database}.workers")
    for _ in range(1500):
        found = pids.read_text(encoding="ascii").split() if pids.exists() else []
        if len(found) == count:
            return [int(pid) for pid in found]
        time.sleep(0.01)
    raise AssertionError("no workers came up")


def gone(pids: list[int], seconds: float) -> bool:
    """Return whether all processes are gone within a time; one that only waits to be buried is."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def alive(pid: int) -> bool:
    try:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    except OSError:
        return False
    return bool(state.strip()) and not state.startswith("Z")


def undisturbed(file: Path) -> list[str]:
    return read_into(file.with_name("undisturbed.db"), file, LittlePipeline())[1]


def test_ctrl_c_ends_cleanly_and_the_same_command_goes_on(tmp_path: Path) -> None:
    file, database = write(tmp_path / "in.jsonl", TEXTS), tmp_path / "x.db"
    job = start(file, database, seconds=0.01)
    pids = workers_of(database)
    os.killpg(job.pid, signal.SIGINT)
    out, err = job.communicate(timeout=30)
    assert job.returncode == 130
    assert "to go on, give the same command again" in out
    assert err == ""
    assert gone(pids, 2)
    with Store.open(database) as store:
        assert store.select("SELECT status FROM run").rows == [("interrupted",)]
        assert 0 < store.select("SELECT count(*) FROM document").rows[0][0] < len(TEXTS)
    assert start(file, database).wait(timeout=60) == 1
    with Store.open(database) as store:
        assert list(store.canonical_dump()) == undisturbed(file)


def test_a_killed_parent_leaves_no_orphans_and_no_lock(tmp_path: Path) -> None:
    """Not even where a worker is deep in a regular expression: its timer ends it."""
    texts = [*TEXTS[:60], (1000, "please runaway"), *TEXTS[60:]]
    file, database = write(tmp_path / "in.jsonl", texts), tmp_path / "x.db"
    job = start(file, database, seconds=0.01)
    pids = workers_of(database)
    time.sleep(0.5)
    job.kill()
    job.wait()
    with Store.open(database) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert gone(pids, 5)
