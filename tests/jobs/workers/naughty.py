"""A pipeline that needs no model and does what a text tells it: hang, crash, eat memory. For tests of workers.

As a program: `python -m tests.jobs.workers.naughty IN.jsonl DATABASE WORKERS SECONDS_A_DOCUMENT` makes a run, and
writes the process ids of its workers to `DATABASE.workers` once something is stored.
"""

from __future__ import annotations

import faulthandler
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from minex.errors import ModelError
from minex.jobs import Pipeline, RunReport, run
from minex.jobs.work import PipelineSettings
from minex.jobs.workers import TextLimits, WorkerPool
from minex.model import Document
from minex.store import Store
from tests.jobs.little import LittlePipeline

PARENT = os.getpid()
"""Where this module was first loaded; in a forked worker it still is the parent's id."""


def run_in_circles() -> None:
    while True:
        pass


def run_away_in_c() -> None:
    """Hold Python's lock for ages: no thread of this process gets a word in."""
    re.match(r"(a|a|a)+$", "a" * 60 + "b")


def crash() -> None:
    faulthandler.disable()  # pytest's own, which would tell of it at length
    os.kill(os.getpid(), signal.SIGSEGV)


def eat_memory() -> None:
    eaten = []
    while True:
        eaten.append(bytes(range(256)) * 20_000)
        time.sleep(0.01)


def stop() -> None:
    """Stop this process: no timer of its own ends it."""
    os.kill(os.getpid(), signal.SIGSTOP)


def be_deaf() -> None:
    """Hear no signal but the one that nobody can block."""
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        signal.pause()


DEEDS: dict[str, Callable[[], object]] = {
    "circles": run_in_circles,
    "runaway": run_away_in_c,
    "sleep": lambda: time.sleep(3600),
    "exit": lambda: os._exit(3),
    "crash": crash,
    "eat": eat_memory,
    "stop": stop,
    "deaf": be_deaf,
}


def obey(document: Document) -> None:
    """Do what a document's text says after `please`; `please once FILE DEED` is done only the first time."""
    words = document.text.split()
    if words[0] != "please":
        return
    if words[1] == "once":
        mark, words = Path(words[2]), words[2:]
        if mark.exists():
            return
        mark.touch()
    DEEDS[words[-1]]()


@dataclass(frozen=True)
class Naughty(PipelineSettings):
    """Settings of a pipeline that obeys its texts."""

    seconds: float = 0.0

    def load(self) -> Pipeline:
        pipeline = LittlePipeline(seconds=self.seconds)
        pipeline.before_document = obey
        return pipeline


@dataclass(frozen=True)
class BrokenInWorkers(PipelineSettings):
    """Settings of a pipeline that loads in the process that made them, and in no worker that is started anew."""

    trouble: str = "error"
    home: int = PARENT

    def load(self) -> Pipeline:
        if os.getpid() == self.home:
            return LittlePipeline()
        if self.trouble == "error":
            raise ModelError("gone", "the model is gone", where="a worker", cure="put it back")
        if self.trouble == "dies":
            os._exit(9)
        if self.trouble == "hangs":
            stop()
        return LittlePipeline(version="another")


def main(path: str, database: str, workers: str, seconds: str) -> int:
    pids = Path(f"{database}.workers")
    settings = Naughty(seconds=float(seconds))
    with WorkerPool(settings, int(workers), TextLimits(seconds=0.5)) as pool, Store.open(database) as store:

        def show(report: RunReport) -> None:
            if report.counts.new:
                pids.write_text(" ".join(map(str, pool.workers)), encoding="ascii")

        report = run([Path(path)], store, pool, progress=show, batch_seconds=0.02, batch_documents=25)
    sys.stdout.write(report.message)
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
