"""One writer at a time, said by a lock file that the operating system lets go of when its process dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import weakref
from pathlib import Path

from minex.errors import StoreError


class WriterLock:
    """Holds `NAME.lock` beside a database from the moment it is made until :meth:`release`.

    SQLite's own lock lasts for a transaction; this one lasts for a run, so that two runs never take turns.

    Raises:
        StoreError: if another process (named by its id) or another store of this one holds the lock, or the
            folder cannot be written to.
    """

    def __init__(self, database: Path) -> None:
        # Two names of one file have one lock.
        database = database.resolve()
        self.path = database.with_name(database.name + ".lock")
        while True:
            try:
                descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
            except OSError as error:
                raise StoreError(
                    "read-only",
                    f"its folder cannot be written to ({error.strerror})",
                    where=str(database),
                    cure="choose a folder that exists and that you may write to",
                ) from error
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
                os.close(descriptor)
                raise StoreError(
                    "in-use",
                    f"process {holder} is writing to it",
                    where=str(database),
                    cure="wait until it has finished, or stop it; reading is possible meanwhile",
                ) from error
            if self._is_current(descriptor):
                break
            # The holder before us removed the file between our open and our lock: that lock locks nothing.
            os.close(descriptor)
        self._descriptor: int | None = descriptor
        _HELD.add(self)
        with contextlib.suppress(OSError):  # the lock holds on a full disk as well; only its holder is not named
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)

    def _is_current(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), os.stat(self.path))
        except OSError:
            return False

    def release(self) -> None:
        """Let go of the lock and remove its file; a second call does nothing."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(self._descriptor)
            self._descriptor = None

    def _forget(self) -> None:
        """Close a copy of the lock that a fork made: it would hold on when the process that took it is gone."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


_HELD: weakref.WeakSet[WriterLock] = weakref.WeakSet()


def _forget_all() -> None:
    for lock in tuple(_HELD):
        lock._forget()


os.register_at_fork(after_in_child=_forget_all)
