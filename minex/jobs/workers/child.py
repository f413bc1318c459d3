"""What runs in a worker process: batches in, readings out, and an eye on time, memory and its parent.

The time limit is the kernel's timer, whose signal ends the process whatever it is busy with: a regular expression
that runs away holds Python's lock, and no code of ours would get a word in.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from minex.errors import MinexError
from minex.jobs.runner import Pipeline
from minex.jobs.work import PipelineSettings, pipeline_of
from minex.jobs.workers.limits import OVER_MEMORY, TextLimits
from minex.model import Document, Evidence, Failure, Mention, Reading, Sentence

START_SECONDS = 300.0
"""How long loading may take: a large model from a slow disk takes a minute."""

_LOOK_SECONDS = 0.1
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024

Found = tuple[tuple[Sentence, ...], tuple[Mention, ...], tuple[Evidence, ...]] | Failure
"""A reading without its document, which the parent has."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker's first word: that it has loaded, and by which versions it reads."""

    fingerprint: str


def serve(settings: PipelineSettings, limits: TextLimits, connection: Connection[Any, Any], parent: int) -> None:
    """Read the batches that come, until the parent is gone or ends this process."""
    # The parent alone decides what Ctrl-C means; and what it does on SIGTERM is not for its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGALRM})
    signal.setitimer(signal.ITIMER_REAL, START_SECONDS)
    try:
        try:
            pipeline = pipeline_of(settings)
            word: Ready | MinexError = Ready(pipeline.fingerprint)
        except MinexError as error:
            word = error
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send(word)
        batches: SimpleQueue[Sequence[Document]] = SimpleQueue()
        Thread(target=_listen, args=(connection, batches, limits, parent), daemon=True).start()
        while True:
            try:
                found: list[Found] | MinexError = list(_read(pipeline, batches.get(), limits))
            except MinexError as error:
                found = error
            connection.send(found)
    except OSError:
        # Nobody listens any more. No clean-up: what was inherited belongs to the parent.
        os._exit(0)


def _read(pipeline: Pipeline, documents: Sequence[Document], limits: TextLimits) -> Iterator[Found]:
    """Read a batch; the timer starts anew with each step, and what takes longer in sum is no fault of one text."""

    def given() -> Iterator[Document]:
        for document in documents:
            signal.setitimer(signal.ITIMER_REAL, limits.seconds)
            yield document
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)

    for item in pipeline.read(given()):
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)
        if isinstance(item, Reading):
            yield item.sentences, item.mentions, item.evidence
        elif item.code == MemoryError.__name__:
            # The machine's own limit (ulimit -v) was met before ours; what is left is not to be trusted.
            os._exit(OVER_MEMORY)
        else:
            yield item
    signal.setitimer(signal.ITIMER_REAL, 0)


def _listen(
    connection: Connection[Any, Any], batches: SimpleQueue[Sequence[Document]], limits: TextLimits, parent: int
) -> None:
    """Take in what comes while the last batch is read, so that the parent never waits to give more."""
    most = _peak() + (limits.megabytes << 20)
    try:
        while os.getppid() == parent:
            if connection.poll(_LOOK_SECONDS):
                batches.put(connection.recv())
            if _peak() > most:
                os._exit(OVER_MEMORY)
    except (EOFError, OSError):
        pass
    os._exit(0)


def _peak() -> int:
    """Return the most memory that this process has held at any time, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT
