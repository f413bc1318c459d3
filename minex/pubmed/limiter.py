"""One pace for all threads and processes of a machine that ask E-utilities."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Pace(Protocol):
    """What a client asks before each request."""

    def wait(self) -> float:
        """Wait for the next free moment and return it (monotonic seconds)."""
        ...

    def postpone(self, seconds: float) -> None:
        """Let nobody ask for some seconds: the server said so."""
        ...


class Unlimited:
    """No pace at all, for a server of one's own."""

    def wait(self) -> float:
        return 0.0

    def postpone(self, seconds: float) -> None:
        pass


class Limiter:
    """At most `per_second` requests within any second, over all processes of this user on this machine."""

    def __init__(self, per_second: float, folder: Path | None = None) -> None:
        raise NotImplementedError

    def wait(self) -> float:
        """Wait for the next free moment and return it (monotonic seconds)."""
        raise NotImplementedError

    def postpone(self, seconds: float) -> None:
        """Let nobody ask for some seconds: the server said so."""
        raise NotImplementedError
