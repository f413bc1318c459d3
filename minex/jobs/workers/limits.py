"""What one text may cost, and what is said of one that costs more."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from minex.model import Document, Failure

TEXT_SECONDS = 30.0
"""How long a text may take: a thousand times what an abstract takes."""

MEMORY_MB = 1000
"""How much memory a worker may take beside what model and lexicon take."""

OVER_MEMORY = 86
"""The exit status of a worker that ended itself because it had grown too large."""


@dataclass(frozen=True, slots=True)
class TextLimits:
    """What a text may cost: seconds, and megabytes beside what a worker takes without any text.

    Examples:
        >>> TextLimits(seconds=5).megabytes
        1000
    """

    seconds: float = TEXT_SECONDS
    megabytes: int = MEMORY_MB


def failure(document: Document, exit_code: int | None, limits: TextLimits) -> Failure:
    """Return why a document could not be read: by how the process ended that read nothing beside it.

    Examples:
        >>> failure(Document("PMID:1"), -signal.SIGALRM, TextLimits()).code
        'timeout'
    """
    if exit_code == -signal.SIGALRM:
        code = "timeout"
        message = f"it was not read within {limits.seconds:g} s; give it longer with --text-limit"
    elif exit_code == OVER_MEMORY:
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
