"""Killing a command at random instants, and starting it again, until it ends by itself."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from minex.store import Store
from tests.reliability.forked import Child, Start

EARLY = 0.1
"""The share of kills that fall into the start of a process, before it has written anything."""


@dataclass
class Job:
    """A command of minex that writes a database: how it is called, and what the database is before it.

    `before` puts the database as it is before the command into place (nothing, for a new one); `code` is the exit
    status of a command that nobody disturbs.
    """

    name: str
    arguments: Callable[[Path], list[str]]
    before: Callable[[Path], None] = lambda database: None
    code: int = 0


@dataclass
class Tally:
    """What became of the processes that were started."""

    started: int = 0
    killed: int = 0
    killed_at_work: int = 0
    with_workers: int = 0
    chains: int = 0
    lost: list[str] = field(default_factory=list)

    def line(self, name: str) -> str:
        """Return the figure in one line."""
        return (
            f"minex {name}: {self.started} processes started, {self.killed} killed, {self.killed_at_work} of them "
            f"after the run had begun, {self.with_workers} with worker processes there; "
            f"{self.chains} databases finished, {len(self.lost)} of them wrong"
        )


@dataclass(frozen=True)
class Undisturbed:
    """What a command leaves that nobody kills: its content, and how long it takes to begin and to end."""

    content: list[str]
    begins: float
    ends: float


def undisturbed(job: Job, database: Path, start: Start) -> Undisturbed:
    """Run a job as it is."""
    job.before(database)
    last = _last_run(database)
    clock = time.monotonic()
    process = start(job.arguments(database))
    while not process.ended() and _last_run(database) == last:
        time.sleep(0.002)
    begins = time.monotonic() - clock
    code, err = process.wait()
    assert code == job.code, err
    return Undisturbed(content(database), begins, time.monotonic() - clock)


def kill(job: Job, database: Path, start: Start, seed: int, kills: int, whole: Undisturbed) -> Tally:
    """Kill a job so many times at instants that a seed chooses, and resume it each time.

    When a process ends before it is killed, its database is compared with the undisturbed one, and the next
    begins with a new database.
    """
    dice = random.Random(seed)  # noqa: S311
    tally = Tally()
    while tally.killed < kills:
        for leftover in database.parent.glob(f"*{database.name}*"):
            leftover.unlink()
        job.before(database)
        others: list[int] = []
        while True:
            # At once after a kill: what is left of the one before must not be in the way.
            tally.started += 1
            last = _last_run(database)
            process = start(job.arguments(database))
            others.append(process.pid)
            at_work = tally.killed < kills and _kill(process, database, last, dice, whole)
            code, err = process.wait()
            assert b"Traceback" not in err, err
            if code != -signal.SIGKILL:
                assert code == job.code, err
                break
            tally.killed += 1
            tally.killed_at_work += at_work
            tally.with_workers += bool(left([process.pid]))
            if trouble := damage(database):
                tally.lost.append(trouble)
        tally.chains += 1
        if not gone(others):
            tally.lost.append(f"processes left behind after kill {tally.killed} of seed {seed}")
        if content(database) != whole.content or damage(database):
            tally.lost.append(f"another content after kill {tally.killed} of seed {seed}")
    return tally


def _kill(process: Child, database: Path, last: int, dice: random.Random, whole: Undisturbed) -> bool:
    """Kill a process somewhere between its start and its end; return whether its run had begun."""
    if dice.random() < EARLY:
        time.sleep(dice.uniform(0, whole.begins))
        process.kill()
        return _last_run(database) > last
    # From the moment in which the run has its row, not by the clock: on a loaded machine all kills would be early.
    pause = dice.uniform(0, (whole.ends - whole.begins) * dice.choice((0.2, 1.0)))
    deadline = time.monotonic() + 60
    while not process.ended() and _last_run(database) == last and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(pause)
    process.kill()
    return True


def left(groups: list[int]) -> list[str]:
    """Return the processes there still are of some groups; zombies are none."""
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,pid=,stat="], capture_output=True, text=True, check=True)
    rows = (line.split() for line in listed.stdout.splitlines())
    return [pid for group, pid, state in rows if int(group) in groups and not state.startswith("Z")]


def gone(groups: list[int], seconds: float = 30) -> bool:
    """Return whether all processes of some groups end within a time, generous for a busy machine."""
    until = time.monotonic() + seconds
    while left(groups):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def damage(database: Path) -> str:
    """Return what is wrong with a database, empty if nothing is; one that is not there yet is not damaged."""
    if not database.exists():
        return ""
    with Store.open(database) as store:
        whole = store.connection.execute("PRAGMA integrity_check").fetchall()
        keys = store.connection.execute("PRAGMA foreign_key_check").fetchall()
    return "" if (whole, keys) == ([("ok",)], []) else f"{whole} {keys}"


def content(database: Path) -> list[str]:
    """Return what a database says, run numbers and times aside."""
    with Store.open(database) as store:
        return list(store.canonical_dump())


def _last_run(database: Path) -> int:
    """Return the number of the last run that a database knows, 0 if it cannot be read yet."""
    if not database.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT coalesce(max(id), 0) FROM run").fetchone()[0])
    except sqlite3.Error:
        return 0
