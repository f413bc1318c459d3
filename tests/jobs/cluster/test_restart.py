"""A Dask scheduler that goes down in mid-run and is started again: what the user is told, what is left to do."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from minex.jobs import run
from minex.store import Store
from tests.jobs.little import LittlePipeline

ROOT = Path(__file__).resolve().parents[3]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `python -m MODULE ARGUMENTS`; all are gone at the end."""
    started: list[subprocess.Popen[str]] = []

    def begin(*call: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", *call], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def until(there: Callable[[], bool], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.1)


def answers(port: int) -> bool:
    with closing(socket.socket()) as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def stored(database: Path) -> int:
    if not database.exists():
        return 0
    with Store.open(database, readonly=True) as store:
        return int(store.select("SELECT count(*) FROM document").rows[0][0])


@pytest.mark.slow
def test_a_scheduler_that_is_started_again_in_mid_run_loses_nothing(start: Start, tmp_path: Path) -> None:
    file, database, port = tmp_path / "in.jsonl", tmp_path / "x.db", free_port()
    texts = (f"miR-{number % 40} targets G{number % 90}." for number in range(1500))
    lines = (json.dumps({"id": f"PMID:{number}", "text": text}) for number, text in enumerate(texts, 1))
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Store.open(tmp_path / "whole.db") as store:
        run([file], store, LittlePipeline())
        whole = list(store.canonical_dump())
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    worker = ("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")
    job = ("tests.jobs.cluster.restart", address, str(file), str(database))

    first = start(*scheduler)
    until(lambda: answers(port))
    start(*worker)
    running = start(*job, "0.02")
    until(lambda: stored(database) > 0)
    first.kill()
    first.wait()
    start(*scheduler)
    until(lambda: answers(port))
    start(*worker)
    told = running.communicate(timeout=240)[0]
    print(f"\n{running.returncode}: {told}")  # noqa: T201
    assert (running.returncode, told.partition(":")[0]) == (1, "scheduler-lost")
    assert "give the same command again" in told
    assert 0 < stored(database) < 1500

    again = start(*job, "0")
    assert again.communicate(timeout=240) == ("", None)
    assert again.returncode == 0
    with Store.open(database) as store:
        assert list(store.canonical_dump()) == whole
