"""Work to a cluster and results back: in order, with a bounded number under way, whatever becomes of workers."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any, TypeVar

from minex.errors import MinexError, WorkerError

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")

Notice = Callable[[str], None]
"""Called with what the user should know meanwhile."""

_LOOK_SECONDS = 1.0
_WAIT_SECONDS = 20.0
"""So long nobody is told that there are no workers: they may just be starting."""


class Killed(Exception):
    """The work ended every worker that tried it."""


class Flow:
    """Gives a cluster work and takes back what came of it.

    Parameters:
        client: of the cluster.
        notice: called with what the user should know.
    """

    def __init__(self, client: Client, notice: Notice | None = None) -> None:
        self.client = client
        self._notice = notice
        self._most = 4
        self._looked = -_LOOK_SECONDS
        self._without_workers: float | None = None
        self._told = False

    def in_order(
        self,
        jobs: Iterable[T],
        submit: Callable[[T], Future],
        alone: Callable[[T], Any],
    ) -> Iterator[tuple[T, Any]]:
        """Yield each job with its result, in order; two for each thread of the cluster are under way.

        Parameters:
            submit: gives the cluster a job.
            alone: gives the result of a job that ended its workers, while nothing else is under way.

        Raises:
            MinexError: what a worker returned in the place of a result, or that workers or scheduler failed.
        """
        source = iter(jobs)
        line: deque[tuple[T, Future]] = deque()
        more = True
        try:
            while more or line:
                while more and len(line) < self._window():
                    job = next(source, None)
                    if job is None:
                        more = False
                    else:
                        line.append((job, submit(job)))
                if not line:
                    return
                if not self._is_done(line[0][1]):
                    continue
                job, future = line.popleft()
                try:
                    result = self.result(future)
                except Killed:
                    # Workers are shared: only alone can a job be blamed for the end of one.
                    for _, other in line:
                        while not self._is_done(other):
                            pass
                    result = alone(job)
                yield job, result
        finally:
            if line:
                self.client.cancel([future for _, future in line], force=True)

    def result(self, future: Future) -> Any:
        """Wait for a result and return it, and let go of the future.

        Raises:
            Killed: if the work ended its workers.
            MinexError: what the worker returned in the place of a result, or that workers or scheduler failed.
        """
        from distributed.scheduler import KilledWorker

        while not self._is_done(future):
            pass
        try:
            result = future.result(timeout=60)
        except KilledWorker as error:
            raise Killed from error
        except CancelledError as error:
            raise WorkerError(
                "scheduler-lost",
                "the Dask scheduler is gone",
                cure="start it again, then give the same command again: what was committed stays",
            ) from error
        except Exception as error:
            raise WorkerError(
                "worker-failed",
                f"a Dask worker could not do its work: {type(error).__name__}: {error}",
                cure="see that every worker has the same minex, Dask and Python as this process, and its log",
            ) from error
        finally:
            future.release()
        if isinstance(result, MinexError):
            raise result
        return result

    def _window(self) -> int:
        now = time.monotonic()
        if now - self._looked >= _LOOK_SECONDS:
            self._looked = now
            threads = sum(self.client.nthreads().values())
            self._most = max(2 * threads + 2, 4)
            self._heed(threads, now)
        return self._most

    def _heed(self, threads: int, now: float) -> None:
        """Tell that there are no workers, once they have been waited for."""
        if threads:
            self._without_workers, self._told = None, False
        elif self._without_workers is None:
            self._without_workers = now
        elif not self._told and self._notice is not None and now - self._without_workers >= _WAIT_SECONDS:
            self._told = True
            self._notice("the Dask cluster has no workers; waiting for one (dask worker ADDRESS --nthreads 1)")

    def _is_done(self, future: Future) -> bool:
        """Wait a moment for a future; meanwhile the cluster may have grown."""
        from distributed import TimeoutError as NotYet
        from distributed import wait

        try:
            with self.client.as_current():
                wait([future], timeout=_LOOK_SECONDS)
        except (NotYet, TimeoutError):
            self._window()
            return False
        except CancelledError:
            pass
        return True
