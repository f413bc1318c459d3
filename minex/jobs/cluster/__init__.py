"""Dask distributed: the same work as worker processes do, on as many machines as a cluster has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from minex.jobs.work import PipelineSettings
from minex.jobs.workers.limits import TextLimits

if TYPE_CHECKING:
    from minex.jobs.cluster.pipeline import DaskPipeline

__all__ = ["reading_on"]


@contextmanager
def reading_on(
    address: str,
    settings: PipelineSettings,
    workers: int | None = None,
    limits: TextLimits | None = None,
    notice: Callable[[str], None] | None = None,
) -> Iterator[DaskPipeline]:
    """Give a pipeline that reads on a Dask cluster.

    Parameters:
        address: of the scheduler, or `local`; see :func:`minex.jobs.cluster.connect.connect`.
        settings: what the pipeline is made of, on each worker.
        workers: how many for `local`.
        limits: what a text may cost; its memory is watched by Dask.
        notice: called with what the user should know meanwhile.
    """
    from minex.jobs.cluster.connect import connect

    with connect(address, workers) as client:
        from minex.jobs.cluster.pipeline import DaskPipeline

        yield DaskPipeline(client, settings, limits, notice)
