"""Worker processes on this machine: a text that hangs, crashes or grows costs its own reading and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from minex.jobs.work import PipelineSettings
from minex.jobs.workers.limits import TextLimits
from minex.jobs.workers.pool import WorkerPool, usable_cores

if TYPE_CHECKING:
    from minex.jobs.runner import Pipeline

__all__ = ["TextLimits", "WorkerPool", "reading_with", "usable_cores"]


@contextmanager
def reading_with(
    settings: PipelineSettings, workers: int | None = None, limits: TextLimits | None = None
) -> Iterator[Pipeline]:
    """Give a pipeline: worker processes that are gone afterwards, or with `workers=1` one in this process.

    Parameters:
        settings: what the pipeline is made of.
        workers: how many; default: the cores that this process may use.
        limits: what a text may cost; in this process nothing is limited.
    """
    count = usable_cores() if workers is None else workers
    if count == 1:
        yield settings.load()
        return
    with WorkerPool(settings, count, limits) as pool:
        yield pool
