"""Worker processes as a pipeline: documents in, readings out in the same order, whatever becomes of a worker.

Each worker has a pipe of its own, so that one which is killed in mid-word spoils nobody else's; it is given at
most two tasks, one to work at and one to go on with. What is read ahead of the oldest batch is bounded as well. A
task whose worker ended is tried once more, document by document; one that ends a worker again is a failure.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import TracebackType

from minex.errors import MinexError, WorkerError
from minex.jobs.work import PipelineSettings, pipeline_of
from minex.jobs.workers.child import Busy, Ready, Word
from minex.jobs.workers.limits import Patience, TextLimits, failure, timeout
from minex.jobs.workers.tasks import Batch, Task, batches
from minex.jobs.workers.worker import Died, Worker, listen, start_method
from minex.model import Concept, Document, Failure, Reading

__all__ = ["WorkerPool", "usable_cores"]

_TASKS_A_WORKER = 2
_BATCHES_AHEAD = 4
"""So many batches a worker may be under way: more than are worked at, lest one slow text stop all others."""

_STARTS = 3
_LOOK_SECONDS = 1.0


def usable_cores() -> int:
    """Return how many cores this process may use: batch systems and `taskset` give it fewer than there are.

    Examples:
        >>> usable_cores() >= 1
        True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool:
    """Reads with worker processes of its own; close it, or use it in a `with` statement, and they are gone.

    Workers are started when there is work for them, and forked from this process where that is safe: they share
    its model and lexicon, and start in milliseconds.

    Parameters:
        settings: the pipeline that each worker reads with.
        workers: how many there are at the most.
        limits: what a text may cost.
        method: how processes are started, `fork` or `spawn`; default: what is safe when one is started.
        patience: how long a worker may say nothing before it is killed.
    """

    def __init__(
        self,
        settings: PipelineSettings,
        workers: int,
        limits: TextLimits | None = None,
        *,
        method: str | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._settings = settings
        self._most = workers
        self._limits = limits or TextLimits()
        self._method = method
        self._patience = patience or Patience()
        self._look = min(_LOOK_SECONDS, self._patience.forked, self._patience.spawned, self._patience.margin)
        self._workers: list[Worker] = []
        self._failed_starts = 0
        try:
            if (method or start_method()) != "fork":
                # It loads its own pipeline while we load ours.
                self._start()
            self.pipeline = pipeline_of(settings)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        while self._workers:
            self._workers.pop().end()

    @property
    def workers(self) -> tuple[int, ...]:
        """The process ids of the workers there are."""
        return tuple(worker.pid for worker in self._workers)

    @property
    def versions(self) -> Mapping[str, str]:
        """What a result depends on."""
        return self.pipeline.versions

    @cached_property
    def fingerprint(self) -> str:
        """A digest of the versions."""
        return self.pipeline.fingerprint

    def concept(self, id: str) -> Concept | None:
        """Return what the lexicon knows of a concept."""
        return self.pipeline.concept(id)

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """Yield a reading or a failure for each document, in order.

        Raises:
            WorkerError: if workers cannot be started, or read by other versions than this process.
            MinexError: what hinders a worker from loading its pipeline.
        """
        _ = self.fingerprint  # loads what workers are to share
        source = batches(documents)
        line: deque[Batch] = deque()
        waiting: deque[Task] = deque()
        more = True
        try:
            while more or line:
                self._hear(waiting, wait=False)
                while line and not line[0].left:
                    yield from (item for item in line.popleft().found if item is not None)
                if not waiting and more and len(line) < _BATCHES_AHEAD * self._most and self._has_room():
                    batch = next(source, None)
                    if batch is None:
                        more = False
                    else:
                        line.append(batch)
                        waiting.append(Task(batch, 0, len(batch.documents)))
                elif waiting and self._has_room():
                    self._chosen().give(waiting.popleft())
                elif line and line[0].left:
                    self._hear(waiting, wait=True)
        finally:
            # Left in mid-work: what workers are at is of no use to anybody.
            if line:
                self.close()

    def _has_room(self) -> bool:
        return len(self._workers) < self._most or any(
            len(worker.tasks) < _TASKS_A_WORKER for worker in self._workers
        )

    def _chosen(self) -> Worker:
        """Return the worker with the least to do; a new one if all are at work and there may be more."""
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if least is None or (least.tasks and len(self._workers) < self._most):
            return self._start()
        return least

    def _start(self) -> Worker:
        try:
            worker = Worker(self._method or start_method(), self._settings, self._limits, self._patience)
        except OSError as error:
            raise WorkerError(
                "no-process",
                f"a worker process cannot be started ({error.strerror})",
                cure="use fewer with --workers, or --workers 1 for none",
            ) from error
        self._workers.append(worker)
        return worker

    def _hear(self, waiting: deque[Task], *, wait: bool) -> None:
        """Take in what workers have to say, waiting a while for it if there is nothing."""
        speaking, seconds = listen(self._workers, self._look if wait else 0)
        for worker in tuple(self._workers):
            try:
                words = worker.words() if worker in speaking else worker.was_silent(seconds)
            except Died as death:
                self._workers.remove(worker)
                self._lost(worker, death, waiting)
                continue
            for word in words:
                self._heed(worker, word)

    def _heed(self, worker: Worker, word: Word) -> None:
        if isinstance(word, MinexError):
            raise word
        if isinstance(word, Ready):
            self._admit(worker, word)
        elif not isinstance(word, Busy):
            worker.tasks.popleft().done(word)

    def _admit(self, worker: Worker, word: Ready) -> None:
        self._failed_starts = 0
        if word.fingerprint != self.fingerprint:
            raise WorkerError(
                "versions",
                "a worker process has loaded another model, lexicon or rules than this process",
                cure="something was changed meanwhile; run it again",
            )
        worker.admit()

    def _lost(self, worker: Worker, death: Died, waiting: deque[Task]) -> None:
        """See to the tasks of a worker that has ended: the one that it was at is suspect, the others are not."""
        if not worker.ready:
            self._not_started(worker, death)
        elif worker.tasks:
            task = worker.tasks.popleft()
            if not task.alone:
                worker.tasks.extendleft(reversed(task.singly()))
            elif death.silent:
                task.failed(timeout(task.documents[0], self._limits))
            else:
                task.failed(failure(task.documents[0], death.exit_code, self._limits))
        waiting.extendleft(reversed(worker.tasks))

    def _not_started(self, worker: Worker, death: Died) -> None:
        self._failed_starts += 1
        if death.silent and worker.method == "fork" and self._method is None:
            # What it waits for was held in this process when it was forked, and a new one may wait for it as well.
            self._method = "spawn"
        if self._failed_starts >= _STARTS:
            how = f"said nothing for {worker.patience:g} s" if death.silent else f"exit status {death.exit_code}"
            raise WorkerError(
                "no-process",
                f"worker processes end while they start ({how})",
                cure="free some memory or use fewer with --workers; --workers 1 reads without any",
            )
