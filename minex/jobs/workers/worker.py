"""A worker process as its parent sees it: started, given batches, heard, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from multiprocessing.context import BaseContext

from minex.errors import MinexError
from minex.jobs.work import PipelineSettings
from minex.jobs.workers.child import Found, Ready, serve
from minex.jobs.workers.limits import TextLimits
from minex.jobs.workers.tasks import Task


class Died(Exception):
    """A worker has ended, with `exit_code`; negative is the signal that ended it."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class Worker:
    """A process that reads what it is given, in that order; `tasks` are those whose readings have not come yet."""

    def __init__(self, context: BaseContext, settings: PipelineSettings, limits: TextLimits) -> None:
        self.tasks: deque[Task] = deque()
        self.ready = False
        self.connection, theirs = context.Pipe()
        with _undisturbed():
            self._process = context.Process(  # type: ignore[attr-defined]
                target=serve, args=(settings, limits, theirs, os.getpid()), name="minex-worker", daemon=True
            )
            self._process.start()
        # The last one to hold it is the worker: when it ends, we read the end.
        theirs.close()

    @property
    def pid(self) -> int:
        """The process's id."""
        return int(self._process.pid)

    def give(self, task: Task) -> None:
        """Hand a task over; of one that cannot be given any more, :meth:`hear` tells."""
        self.tasks.append(task)
        with contextlib.suppress(OSError):
            self.connection.send(task.documents)

    def hear(self) -> Ready | MinexError | list[Found]:
        """Return what the worker says, once there is something.

        Raises:
            Died: if it has ended.
        """
        try:
            word: Ready | MinexError | list[Found] = self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            self.connection.close()
            raise Died(self._process.exitcode) from None
        return word

    def end(self) -> None:
        """End the process, whatever it does: it holds nothing that is not the parent's."""
        self._process.kill()
        self._process.join()
        self.connection.close()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back while a process starts: a child must not meet it before it knows what to do with it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_method() -> str:
    """Return how workers are started: forked where that is safe, so that they share what is loaded, else anew.

    macOS's own libraries do not stand being forked, nor does PyTorch with its threads.
    """
    return "fork" if sys.platform == "linux" and "torch" not in sys.modules else "spawn"
