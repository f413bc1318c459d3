"""A Dask cluster as a pipeline, and as a maker of shards."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from minex.errors import ShardError
from minex.jobs.cluster import work
from minex.jobs.cluster.flow import Flow, Killed, Notice
from minex.jobs.cluster.work import Asked, Found
from minex.jobs.parts import Part
from minex.jobs.runner import Pipeline
from minex.jobs.work import PipelineSettings, pipeline_of
from minex.jobs.workers.limits import TextLimits
from minex.jobs.workers.tasks import Batch, batches
from minex.model import Concept, Document, Failure, Reading
from minex.shards.about import About

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["DaskPipeline"]

_SEEN_SECONDS = 60.0
"""A network file system may show a file that another machine made only after a while."""


class DaskPipeline:
    """Reads on a Dask cluster: documents in, readings out in the same order, whatever becomes of a worker.

    Parameters:
        client: of the cluster (:func:`minex.jobs.cluster.connect.connect`).
        settings: the pipeline that each worker reads with.
        limits: what a text may cost.
        notice: called with what the user should know meanwhile.
    """

    def __init__(
        self,
        client: Client,
        settings: PipelineSettings,
        limits: TextLimits | None = None,
        notice: Notice | None = None,
    ) -> None:
        self._settings = settings
        self._limits = limits or TextLimits()
        self._client = client
        self._flow = Flow(client, notice)

    @cached_property
    def pipeline(self) -> Pipeline:
        """This process's own pipeline, by which workers are measured."""
        return pipeline_of(self._settings)

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

    @cached_property
    def _asked(self) -> Asked:
        return Asked(self._settings, self.fingerprint, dict(self.versions), self._limits)

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """Yield a reading or a failure for each document, in order.

        Raises:
            WorkerError: if a worker reads by other versions than this process, or workers or scheduler fail.
            MinexError: what hinders a worker from loading its pipeline.
        """

        def submit(batch: Batch) -> Future:
            return self._client.submit(work.read, self._asked, batch.documents, pure=False)

        def alone(batch: Batch) -> list[Reading | Failure]:
            return [self._alone(document) for document in batch.documents]

        for batch, found in self._flow.in_order(batches(documents), submit, alone):
            for document, item in zip(batch.documents, found, strict=True):
                yield item if isinstance(item, Reading | Failure) else Reading(document, *item)

    def make(self, folder: Path, wanted: Iterable[Part]) -> Iterator[tuple[About, list[Failure]]]:
        """Write a shard of each part, by workers that share the folder; see :class:`minex.jobs.sharding.Maker`."""
        folder = folder.absolute()

        def submit(part: Part) -> Future:
            return self._client.submit(work.make, self._asked, folder, part, pure=False)

        def alone(part: Part) -> tuple[About, list[Failure]]:
            from minex.jobs.shardpart import write_part

            return write_part(folder, part, [self._alone(each) for each in part.documents], self.pipeline)

        for _, made in self._flow.in_order(wanted, submit, alone):
            about, failures = cast(tuple[About, list[Failure]], made)
            _see(folder, about)
            yield about, failures

    def _alone(self, document: Document) -> Reading | Failure:
        """Read a document of a batch that ended its workers; if it ends them again, it is the one that does."""
        future = self._client.submit(work.read, self._asked, [document], pure=False)
        try:
            (item,) = cast(list[Found], self._flow.result(future))
        except Killed:
            message = (
                "every worker that read it ended: killed, out of memory, or after the time limit of "
                f"{self._limits.seconds:g} s for a text; the next run tries again"
            )
            return Failure("worker", "worker-died", message, document.source, document.id, document.record)
        return item if isinstance(item, Failure) else Reading(document, *item)


def _see(folder: Path, about: About) -> None:
    """Make sure that what a worker wrote is where we look for it."""
    from minex.shards.files import name_of

    path = folder / name_of(about.file, about.part, last=about.last, digest=about.digest)
    until = time.monotonic() + _SEEN_SECONDS
    while not path.exists():
        if time.monotonic() > until:
            raise ShardError(
                "shard-elsewhere",
                "a worker wrote this shard, but it is not seen here",
                where=str(path),
                cure="give a folder that all machines share under one name",
            )
        time.sleep(0.2)
