"""One pace for all threads and processes of a machine that ask E-utilities.

A small file holds the next free moment. Who finds it past takes it and writes the next one; who does not sleeps
until then and looks again. The file is locked only while it is read and written, never during sleep, so that a
killed or stopped process holds up nobody and no moment is lost. Moments are of the monotonic clock, which all
processes of a machine share and nobody sets; a file from before the last start of the machine is seen to be one.

The file lies in the user's runtime folder (else in the folder for temporary files), which is local: over NFS a
lock may hold among the processes of one machine only. NCBI counts by address, so several users or machines
behind one address should share a key, or take turns.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import random
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Protocol

LONGEST = 600.0
"""No moment further ahead than this many seconds is believed, or set."""

_MARGIN = 1.1
"""Moments are a tenth further apart than need be: a request can reach NCBI a little early after the one before."""

_RECORD = struct.Struct("<4sdd")
_MAGIC = b"mnx1"

_log = logging.getLogger(__name__)


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
    """At most `per_second` requests within any second, over all processes of this user on this machine.

    Where the folder cannot be written to, the threads of this process alone share a pace, and a warning is logged.

    Examples:
        >>> limiter = Limiter(1000, folder=Path(tempfile.mkdtemp()))
        >>> with limiter:
        ...     pass  # ask
        >>> limiter.wait() < limiter.wait()
        True
    """

    def __init__(
        self,
        per_second: float,
        folder: Path | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        if per_second <= 0:
            raise ValueError(f"a pace is positive, not {per_second}")
        self.interval = _MARGIN / per_second
        self.path = (folder or _runtime_folder()) / f"minex-eutils-{os.getuid()}-{per_second:g}"
        self._clock = clock
        self._sleep = sleep or time.sleep
        self._mutex = threading.Lock()
        self._alone: float | None = None  # the next free moment of this process, once the file cannot be used

    def wait(self) -> float:
        """Wait for the next free moment and return it (monotonic seconds)."""
        lost = 0
        while True:
            with self._mutex, self._next() as slot:
                now = self._clock()
                if slot.at <= now:
                    slot.at = now + self.interval
                    return now
                ahead = slot.at - now
            # Who lost a moment to another one comes a little later, so that no order of waking starves anybody;
            # nothing secret hangs on the dice.
            self._sleep(ahead + (random.random() * self.interval / 10 if lost else 0.0))  # noqa: S311  # nosec B311
            lost += 1

    def postpone(self, seconds: float) -> None:
        """Let nobody ask for some seconds: the server said so."""
        with self._mutex, self._next() as slot:
            slot.at = max(slot.at, self._clock() + min(seconds, LONGEST - 1))

    def __enter__(self) -> Limiter:
        self.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    @contextlib.contextmanager
    def _next(self) -> Iterator[_Slot]:
        """Give the next free moment, for nobody else meanwhile, and keep what it is set to."""
        descriptor = None
        try:
            if self._alone is None:
                try:
                    descriptor = self._open()
                    slot = _Slot(self._read(descriptor))
                except OSError as error:
                    self._fall_back(error)
            if self._alone is not None:
                slot = _Slot(self._alone)
            before = slot.at
            yield slot
            if self._alone is not None:
                self._alone = slot.at
            elif descriptor is not None and slot.at != before:
                try:
                    self._write(descriptor, slot.at)
                except OSError as error:
                    self._fall_back(error, slot.at)
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _open(self) -> int:
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            if os.fstat(descriptor).st_uid != os.getuid():
                raise PermissionError(f"{self.path} belongs to somebody else")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _read(self, descriptor: int) -> float:
        """Return the next free moment; a file that is new, damaged or older than the machine's start has none."""
        now = self._clock()
        data = os.pread(descriptor, _RECORD.size + 1, 0)
        if len(data) == _RECORD.size:
            magic, written, at = _RECORD.unpack(data)
            if magic == _MAGIC and 0 <= written <= now and -LONGEST <= at - written <= LONGEST:
                return float(at)
        if data:
            # Somebody may have asked just now: one interval is the price of not knowing.
            os.ftruncate(descriptor, 0)
            self._write(descriptor, now + self.interval)
            return now + self.interval
        return now

    def _write(self, descriptor: int, at: float) -> None:
        os.pwrite(descriptor, _RECORD.pack(_MAGIC, self._clock(), at), 0)

    def _fall_back(self, error: OSError, at: float = 0.0) -> None:
        if self._alone is None:
            _log.warning(
                "%s cannot be used (%s): requests are paced within this process only; run one at a time, or set "
                "XDG_RUNTIME_DIR to a local folder that you may write to",
                self.path,
                error.strerror or error,
            )
        self._alone = at


class _Slot:
    """The next free moment, to be set by whoever takes it."""

    __slots__ = ("at",)

    def __init__(self, at: float) -> None:
        self.at = at


def _runtime_folder() -> Path:
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(folder) if folder and os.path.isdir(folder) else Path(tempfile.gettempdir())
