"""What one text may cost, and what is said of one that costs more."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from minex.model import Document, Failure

TEXT_SECONDS = 30.0
"""How long a text may take: a thousand times what an abstract takes."""

MEMORY_MB = 1000
"""How much memory a worker may take beside what model and lexicon take."""

CLOCK_FACTOR = 10
"""By the clock a text may take so many times as long: a busy machine is not its fault."""

WORD_SECONDS = 1.0
"""A worker that is at a batch says so between two texts, once so much has passed since its last word."""

OVER_MEMORY = 86
"""The exit status of a worker that ended itself because it had grown too large."""


@dataclass(frozen=True, slots=True)
class TextLimits:
    """What a text may cost: seconds of a processor's work, and megabytes beside what a worker takes without it.

    Examples:
        >>> TextLimits(seconds=5).megabytes
        1000
    """

    seconds: float = TEXT_SECONDS
    megabytes: int = MEMORY_MB


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a parent hears nothing from a worker before it kills it.

    A worker ends by its own timers. One that hangs before it has set them, or is stopped, never does. Only
    the time counts in which the parent listened: a run that is suspended as a whole blames nobody.

    Parameters:
        forked: for the first word of a worker that shares what its parent has loaded.
        spawned: for that of one that loads everything anew.
        margin: for a text, beside the ten times its limit that it may take by the clock.

    Examples:
        >>> Patience().at_a_text(TextLimits(seconds=30))
        330.0
    """

    forked: float = 120.0
    spawned: float = 600.0
    margin: float = 30.0

    def at_start(self, method: str) -> float:
        """Return the patience with a worker that was started so."""
        return self.forked if method == "fork" else self.spawned

    def at_a_text(self, limits: TextLimits) -> float:
        """Return the patience with a worker that reads."""
        return limits.seconds * CLOCK_FACTOR + self.margin


def timeout(document: Document, limits: TextLimits) -> Failure:
    """Return that a document took too long.

    Examples:
        >>> timeout(Document("PMID:1"), TextLimits()).message
        'it was not read within 30 s; give it longer with --text-limit'
    """
    message = f"it was not read within {limits.seconds:g} s; give it longer with --text-limit"
    return Failure("worker", "timeout", message, document.source, document.id, document.record)


def failure(document: Document, exit_code: int | None, limits: TextLimits) -> Failure:
    """Return why a document could not be read: by how the process ended that read nothing beside it.

    Examples:
        >>> failure(Document("PMID:1"), -signal.SIGPROF, TextLimits()).code
        'timeout'
    """
    if exit_code in (-signal.SIGPROF, -signal.SIGALRM):
        return timeout(document, limits)
    if exit_code == OVER_MEMORY:
        code = "memory"
        message = f"reading it took more than {limits.megabytes:,} MB; give it more with --memory-limit"
    else:
        code = "worker-died"
        message = f"the process that read it {_end(exit_code)}, twice; the next run tries again"
    return Failure("worker", code, message, document.source, document.id, document.record)


def _end(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"ended with status {exit_code}"
    try:
        return f"was ended by {signal.Signals(-exit_code).name}"
    except ValueError:
        return f"was ended by signal {-exit_code}"
