"""A worker process as its parent sees it: started, given batches, heard, ended."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence

from minex.jobs.work import PipelineSettings
from minex.jobs.workers.channel import Channel, heard
from minex.jobs.workers.child import Word, serve
from minex.jobs.workers.limits import Patience, TextLimits
from minex.jobs.workers.tasks import Task

_END_SECONDS = 10.0


class Died(Exception):
    """A worker has ended, with `exit_code`; negative is the signal that ended it. `silent`: it hung."""

    def __init__(self, exit_code: int | None, *, silent: bool = False) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code
        self.silent = silent


class Worker:
    """A process that reads what it is given, in that order; `tasks` are those whose readings have not come yet.

    Parameters:
        method: how it is started, `fork` or `spawn`.
        settings: the pipeline that it reads with.
        limits: what a text may cost.
        patience: how long it may say nothing.
    """

    def __init__(self, method: str, settings: PipelineSettings, limits: TextLimits, patience: Patience) -> None:
        self.tasks: deque[Task] = deque()
        self.ready = False
        self.method = method
        self.silent = 0.0
        """So many seconds it was listened to in vain since its last word, or since it got something to do."""
        self._at_start = patience.at_start(method)
        self._at_a_text = patience.at_a_text(limits)
        mine, theirs = socket.socketpair()
        self.channel = Channel(mine)
        try:
            with _undisturbed():
                self._process = multiprocessing.get_context(method).Process(  # type: ignore[attr-defined]
                    target=serve, args=(settings, limits, theirs, os.getpid()), name="minex-worker", daemon=True
                )
                self._process.start()
        except BaseException:
            mine.close()
            raise
        finally:
            # The last one to hold it is the worker: when it ends, we read the end.
            theirs.close()

    @property
    def pid(self) -> int:
        """The process's id."""
        return int(self._process.pid)

    @property
    def patience(self) -> float:
        """How long it may say nothing as things are."""
        if not self.ready:
            return self._at_start
        return self._at_a_text if self.tasks else float("inf")

    def admit(self) -> None:
        """Take it as one that has started, and hand over what it was given meanwhile."""
        self.ready = True
        for task in self.tasks:
            self._hand(task)

    def give(self, task: Task) -> None:
        """Hand a task over; of one that cannot be given any more, :meth:`words` tells."""
        if not self.tasks and self.ready:
            self.silent = 0.0
        self.tasks.append(task)
        if self.ready:
            self._hand(task)

    def _hand(self, task: Task) -> None:
        with contextlib.suppress(OSError):
            self.channel.put(task.documents)

    def words(self) -> list[Word]:
        """Return what the worker has said.

        Raises:
            Died: if it has ended, and nothing is left that it had said.
        """
        self.silent = 0.0
        with contextlib.suppress(OSError):
            self.channel.flush()
        try:
            return self.channel.take()
        except EOFError:
            self._process.join(_END_SECONDS)
            self.end()
            raise Died(self._process.exitcode) from None

    def was_silent(self, seconds: float) -> list[Word]:
        """Take note that it was listened to in vain, and said no word.

        Raises:
            Died: if that was for too long: whatever hinders it, it is killed.
        """
        self.silent += seconds
        if self.silent > self.patience:
            self.end()
            raise Died(-signal.SIGKILL, silent=True)
        return []

    def end(self) -> None:
        """End the process, whatever it does: it holds nothing that is not the parent's."""
        self._process.kill()
        self._process.join(_END_SECONDS)
        self.channel.close()


def listen(workers: Sequence[Worker], seconds: float) -> tuple[set[Worker], float]:
    """Wait for workers to say something; return those that did, and how long the others were silent meanwhile."""
    begun = time.monotonic()
    channels = {id(worker.channel): worker for worker in workers}
    speaking = {channels[id(channel)] for channel in heard([worker.channel for worker in workers], seconds)}
    # This process may have been stopped for hours: that was not the workers' silence.
    return speaking, min(time.monotonic() - begun, seconds)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts: a child must not meet it before it knows what to do with it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_method() -> str:
    """Return how a worker is started now: forked where that is safe, so that it shares what is loaded, else anew.

    macOS's own libraries do not stand being forked, nor does PyTorch with its threads. Where this process has
    other threads, one of them may hold a lock that the child would wait for, and never get.
    """
    alone = threading.active_count() == 1
    return "fork" if sys.platform == "linux" and "torch" not in sys.modules and alone else "spawn"
