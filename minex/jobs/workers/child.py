"""What runs in a worker process: batches in, readings out, and an eye on time, memory and its parent.

The time limit is the kernel's timer, whose signal ends the process whatever it is busy with: a regular expression
that runs away holds Python's lock, and no code of ours would get a word in. What counts is the time that the
process works: on a machine that others use, or that was suspended, no text is to blame for the clock. Another
timer goes by the clock, for a process that waits for what never comes.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread

from minex.errors import MinexError
from minex.jobs.runner import Pipeline
from minex.jobs.work import PipelineSettings, pipeline_of
from minex.jobs.workers.channel import Channel
from minex.jobs.workers.limits import CLOCK_FACTOR, OVER_MEMORY, WORD_SECONDS, TextLimits
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


@dataclass(frozen=True, slots=True)
class Busy:
    """A worker's word that it goes on with its batch."""


Word = Ready | Busy | MinexError | list[Found]
"""What a worker says."""


def serve(settings: PipelineSettings, limits: TextLimits, end: socket.socket, parent: int) -> None:
    """Read the batches that come, until the parent is gone or ends this process."""
    # The parent alone decides what Ctrl-C means; and what it does on SIGTERM is not for its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGPROF):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGPROF})
    _end_after(START_SECONDS)
    channel = Channel(end)
    try:
        try:
            pipeline = pipeline_of(settings)
            word: Word = Ready(pipeline.fingerprint)
        except MinexError as error:
            word = error
        _end_after(0)
        channel.say(word)
        batches: SimpleQueue[Sequence[Document]] = SimpleQueue()
        Thread(target=_listen, args=(channel, batches, limits, parent), daemon=True).start()
        while True:
            try:
                word = list(_read(pipeline, batches.get(), limits, channel))
            except MinexError as error:
                word = error
            channel.say(word)
    except OSError:
        # Nobody listens any more. No clean-up: what was inherited belongs to the parent.
        os._exit(0)


def _read(
    pipeline: Pipeline, documents: Sequence[Document], limits: TextLimits, channel: Channel
) -> Iterator[Found]:
    """Read a batch; the timer starts anew with each step, and what takes longer in sum is no fault of one text."""
    spoken = time.monotonic()

    def step() -> None:
        nonlocal spoken
        if time.monotonic() - spoken >= WORD_SECONDS:
            _end_after(0)
            channel.say(Busy())
            spoken = time.monotonic()
        _end_after(limits.seconds)

    def given() -> Iterator[Document]:
        for document in documents:
            step()
            yield document
        step()

    for item in pipeline.read(given()):
        step()
        if isinstance(item, Reading):
            yield item.sentences, item.mentions, item.evidence
        elif item.code == MemoryError.__name__:
            # The machine's own limit (ulimit -v) was met before ours; what is left is not to be trusted.
            os._exit(OVER_MEMORY)
        else:
            yield item
    _end_after(0)


def _end_after(seconds: float) -> None:
    """Have this process ended unless it is told otherwise in time; 0 never."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * CLOCK_FACTOR)


def _listen(channel: Channel, batches: SimpleQueue[Sequence[Document]], limits: TextLimits, parent: int) -> None:
    """Take in what comes while the last batch is read, so that the parent may give more."""
    most = _peak() + (limits.megabytes << 20)
    try:
        while os.getppid() == parent:
            if channel.wait(_LOOK_SECONDS):
                for batch in channel.take():
                    batches.put(batch)
            if _peak() > most:
                os._exit(OVER_MEMORY)
    except (EOFError, OSError):
        pass
    os._exit(0)


def _peak() -> int:
    """Return the most memory that this process has held at any time, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT
