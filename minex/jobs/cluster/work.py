"""What a Dask worker does: load a pipeline once, then read what comes, or write a shard of it.

Errors that a user can mend are returned, not raised: another attempt would not help.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from distributed import get_worker

from minex.errors import MinexError, WorkerError
from minex.jobs.parts import Part
from minex.jobs.runner import Pipeline
from minex.jobs.work import PipelineSettings, pipeline_of
from minex.jobs.workers.limits import TextLimits
from minex.model import Document, Evidence, Failure, Mention, Reading, Sentence
from minex.shards.about import About

Found = tuple[tuple[Sentence, ...], tuple[Mention, ...], tuple[Evidence, ...]] | Failure
"""A reading without its document, which is where it came from."""

_ONE_AT_A_TIME = Lock()
"""A pipeline is not for several threads; a worker with several of them reads with one."""


@dataclass(frozen=True)
class Asked:
    """By what a worker is to read: settings, the versions that these must come to, what a text may cost."""

    settings: PipelineSettings
    fingerprint: str
    versions: Mapping[str, str] = field(hash=False)
    limits: TextLimits = field(default_factory=TextLimits)


def read(asked: Asked, documents: Sequence[Document]) -> list[Found] | MinexError:
    """Read documents: one reading or failure each, in their order."""
    with _ONE_AT_A_TIME:
        try:
            pipeline = _pipeline(asked)
            return [
                item if isinstance(item, Failure) else (item.sentences, item.mentions, item.evidence)
                for item in _limited(pipeline, documents, asked.limits)
            ]
        except MinexError as error:
            return error


def make(asked: Asked, folder: Path, part: Part) -> tuple[About, list[Failure]] | MinexError:
    """Read a part of a file and write its shard."""
    from minex.jobs.shardpart import write_part

    with _ONE_AT_A_TIME:
        try:
            pipeline = _pipeline(asked)
            found = list(_limited(pipeline, part.documents, asked.limits))
            return write_part(folder, part, found, pipeline)
        except MinexError as error:
            return error


def _pipeline(asked: Asked) -> Pipeline:
    """Return this process's pipeline, if it reads as the one that asks would."""
    pipeline = pipeline_of(asked.settings)
    if pipeline.fingerprint != asked.fingerprint:
        here = pipeline.versions
        told = [
            f"{name} {here.get(name, 'none')} instead of {value}"
            for name, value in asked.versions.items()
            if here.get(name) != value
        ]
        raise WorkerError(
            "versions",
            f"it reads by other versions than this process: {', '.join(told)}",
            where=f"Dask worker {get_worker().address}",
            cure="install the same minex there, with the same model, lexicon and rules, and start it again",
        )
    return pipeline


def _limited(pipeline: Pipeline, documents: Sequence[Document], limits: TextLimits) -> Iterator[Reading | Failure]:
    """Read, with the kernel's timer as the limit: its signal ends this process, and its nanny starts another one.

    A worker without a nanny would be gone for good, so that it has no limit.
    """
    if get_worker().nanny is None:
        yield from pipeline.read(documents)
        return

    def given() -> Iterator[Document]:
        for document in documents:
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            yield document
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)

    try:
        for item in pipeline.read(given()):
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            yield item
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
