"""Processes that really hang, where no timer of their own ends them: the parent does, and the run goes on."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from minex.errors import WorkerError
from minex.jobs import Pipeline
from minex.jobs.work import PipelineSettings
from minex.jobs.workers import TextLimits, WorkerPool
from minex.jobs.workers.channel import Channel
from minex.jobs.workers.limits import Patience
from minex.jobs.workers.worker import start_method
from minex.model import Failure, Reading
from tests.jobs.little import LittlePipeline
from tests.jobs.workers.conftest import Texts, document, plain_texts, read_into
from tests.jobs.workers.naughty import BrokenInWorkers, Naughty
from tests.jobs.workers.test_workers_limits import failures, read_of

LIMITS = TextLimits(seconds=0.05)
HASTE = Patience(forked=0.3, spawned=0.3, margin=0.3)
GOOD = [text for text in plain_texts(40) if text != "unreadable"]
STARTING = threading.Lock()


class Locked(LittlePipeline):
    """A pipeline whose use needs a lock, as a log, an allocator or a library may."""

    @property
    def fingerprint(self) -> str:
        with STARTING:
            return super().fingerprint


@dataclass(frozen=True)
class LockedSettings(PipelineSettings):
    """Settings of a pipeline with a lock; how often one was made."""

    def load(self) -> Pipeline:
        return Locked()


@dataclass(frozen=True)
class Stopped(PipelineSettings):
    """Settings of a pipeline that stops the process which asks for its fingerprint, unless it made it."""

    home: int = field(default_factory=os.getpid)

    def load(self) -> Pipeline:
        home = self.home

        class Stopping(LittlePipeline):
            @property
            def fingerprint(self) -> str:
                if os.getpid() != home:
                    os.kill(os.getpid(), signal.SIGSTOP)
                return super().fingerprint

        return Stopping()


@pytest.mark.parametrize("deed", ["stop", "deaf"])
def test_a_worker_that_no_timer_ends_costs_its_text(deed: str, texts: Texts, tmp_path: Path) -> None:
    file = texts([*GOOD[:20], f"please {deed}", *GOOD[20:]])
    with WorkerPool(Naughty(), 2, LIMITS, patience=HASTE) as pool:
        report, _ = read_into(tmp_path / "x.db", file, pool)
    assert report.status == "done"
    assert read_of(tmp_path / "x.db") == len(GOOD)
    assert failures(tmp_path / "x.db") == [("PMID:21", "worker", "timeout")]


def test_a_forked_worker_that_waits_for_a_lock_is_replaced_by_one_started_anew() -> None:
    """The lock was held when it was forked, so that nobody there will ever give it back."""
    with WorkerPool(LockedSettings(), 1, patience=Patience(forked=0.3)) as pool:
        assert pool.fingerprint
        with STARTING:
            found = list(pool.read([document(1)]))
    assert [type(item) for item in found] == [Reading]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_that_hang_while_they_start_end_the_run(method: str) -> None:
    settings = Stopped() if method == "fork" else BrokenInWorkers(trouble="hangs")
    with (
        WorkerPool(settings, 2, method=method, patience=HASTE) as pool,
        pytest.raises(WorkerError, match=r"end while they start \(said nothing for .* --workers 1"),
    ):
        list(pool.read([document(1)]))
    assert pool.workers == ()


def test_a_batch_that_is_too_long_for_a_pipe_does_not_hold_its_giver() -> None:
    """The parent waited until a stopped worker would have taken in all that it was to read next."""
    long = "miR-1 targets PTEN. " * 15_000
    documents = [document(0, "please stop"), *(document(number, long) for number in range(1, 20))]
    with WorkerPool(Naughty(), 2, LIMITS, patience=HASTE) as pool:
        found = list(pool.read(documents))
    assert [item.code for item in found if isinstance(item, Failure)] == ["timeout"]
    assert len(found) == 20


def test_a_worker_that_is_stopped_from_outside_costs_nothing() -> None:
    with WorkerPool(Naughty(seconds=0.002), 2, TextLimits(seconds=0.05), patience=HASTE) as pool:
        found = pool.read(document(number) for number in range(300))
        seen = [next(found)]
        os.kill(pool.workers[0], signal.SIGSTOP)
        seen += found
    assert [item.document.id for item in seen] == [f"PMID:{number}" for number in range(300)]  # type: ignore[union-attr]


def test_a_batch_may_take_longer_than_a_text_may() -> None:
    """A worker says between two texts that it goes on."""
    patience = Patience(margin=1.2)
    with WorkerPool(Naughty(seconds=0.1), 1, TextLimits(seconds=0.02), patience=patience) as pool:
        found = list(pool.read(document(number) for number in range(28)))
    assert all(isinstance(item, Reading) for item in found)


def test_a_parent_that_does_not_listen_blames_nobody() -> None:
    """Its writer may be slow, or the whole run suspended: there was no silence, for nobody listened."""
    with WorkerPool(Naughty(), 2, LIMITS, patience=HASTE) as pool:
        found = pool.read(document(number) for number in range(300))
        seen = [next(found)]
        first = pool.workers
        time.sleep(1.0)
        seen += found
        assert set(first) <= set(pool.workers)
    assert len(seen) == 300


def test_workers_are_forked_only_where_this_process_has_no_other_thread() -> None:
    before = start_method()
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert start_method() == "spawn"
        with WorkerPool(Naughty(), 1) as pool:
            assert len(list(pool.read([document(1)]))) == 1
    finally:
        done.set()
        thread.join()
    assert start_method() == before


def test_words_come_whole_and_nobody_waits_for_one_that_stopped_in_its_middle() -> None:
    mine, theirs = map(Channel, socket.socketpair())
    word = "a" * 3_000_000
    mine.put(word)
    mine.put("b")
    assert mine.pending
    assert theirs.take() == []
    heard: list[object] = []
    while len(heard) < 2:
        mine.flush()
        heard += theirs.take()
    assert heard == [word, "b"]
    assert not mine.pending
    mine.close()
    with pytest.raises(EOFError):
        theirs.take()
    theirs.close()
