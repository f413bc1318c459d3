"""What went wrong with one request, whether asking again can help, and how long to wait before."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timezone
from email.utils import parsedate_to_datetime

SHORTEST, LONGEST = 1.0, 120.0
"""No wait between two attempts is shorter, or longer, than these seconds, whatever the server asks for."""

_CURES = {
    "bad-key": "copy the key from NCBI's account settings, or unset NCBI_API_KEY to go on slowly without",
    "bad-query": "check the term: minex query check NAME",
    "throttled": "wait some minutes; let no other program on this address ask at once; an API key allows more",
    "unreachable": "is there internet here, does a proxy need to be set? Run it again later: nothing is lost",
    "server-error": "NCBI has trouble; run it again later: nothing is lost",
    "bad-answer": "run it again later: nothing is lost; if it stays, is there a proxy that changes answers?",
}


class Trouble(Exception):
    """One attempt that gave nothing to be believed; `lasting` if another attempt would give the same."""

    def __init__(
        self, code: str, message: str, *, lasting: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.lasting = lasting
        self.retry_after = retry_after

    @property
    def cure(self) -> str:
        return _CURES[self.code]


def delay(attempt: int, retry_after: float | None, random: Callable[[], float]) -> float:
    """Return the seconds to wait after an attempt (from 1): chance decides, below a limit that doubles.

    Full jitter keeps clients apart that failed together. What the server asks for is waited at the least,
    up to :data:`LONGEST`.

    Examples:
        >>> [delay(3, None, lambda: 0.0), delay(3, None, lambda: 1.0), delay(1, 30.0, lambda: 0.0)]
        [1.0, 9.0, 30.0]
    """
    chance = SHORTEST + random() * min(2.0**attempt, LONGEST)
    return min(max(chance, (retry_after or 0.0) + random()) if retry_after else chance, LONGEST)


def seconds_of(value: str | None, now: Callable[[], float] = time.time) -> float | None:
    """Return the seconds that a Retry-After header asks for (a number or an HTTP date), or None.

    Examples:
        >>> seconds_of("7"), seconds_of("Thu, 01 Jan 1970 00:01:00 GMT", lambda: 45.0), seconds_of("soon")
        (7.0, 15.0, None)
    """
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:9]), 1e6)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(moment.timestamp() - now(), 0.0)
