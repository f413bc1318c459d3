"""The command line in processes forked from one that has loaded it, with a pipeline that costs no time.

What stores, counts and resumes is the real thing; only reading is `tests.jobs.little`'s, and a transaction is
short, so that most instants fall into the writing of the database.

With `--workers` reading is in worker processes, as it is for users; else in the process itself.

As a program it reads lines of `{"arguments": [...], "errors": "FILE"}`, and writes for each the process's id, and
when it has ended its wait status.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from tests.jobs.little import LittlePipeline


class Child(Protocol):
    """A process of minex, which leads a group of its own."""

    pid: int

    def ended(self) -> bool:
        """Return whether it has."""

    def kill(self) -> None:
        """Kill it, if it is still there."""

    def wait(self) -> tuple[int, bytes]:
        """Wait for its end; return its exit status, negative for a signal, and what it wrote to stderr."""


Start = Callable[[list[str]], Child]
"""Starts `minex ARGUMENTS...`."""


class Spawned:
    """`minex` as a user starts it."""

    def __init__(self, arguments: list[str]) -> None:
        self._process = subprocess.Popen(
            ["minex", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        self.pid = self._process.pid

    def ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        self._process.kill()

    def wait(self) -> tuple[int, bytes]:
        _, err = self._process.communicate(timeout=300)
        return self._process.returncode, err


class Nursery:
    """The process that has loaded everything and forks the others, one at a time."""

    def __init__(self, folder: Path, *, workers: bool = False) -> None:
        self._errors = folder / "stderr"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.forked", *(["--workers"] if workers else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).resolve().parents[2],
        )
        assert self._read() == 0, "it says when it is ready"

    def __call__(self, arguments: list[str]) -> Child:
        assert self._process.stdin is not None
        order = {"arguments": arguments, "errors": str(self._errors)}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return _Forked(self, self._read(), self._errors)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()

    def has_word(self) -> bool:
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def _read(self) -> int:
        # Byte by byte: what is left in a buffer of ours would not be seen by select.
        line = b""
        assert self._process.stdout is not None
        while not line.endswith(b"\n"):
            byte = os.read(self._process.stdout.fileno(), 1)
            assert byte, "the process that forks has ended"
            line += byte
        return int(line)


class _Forked:
    def __init__(self, nursery: Nursery, pid: int, errors: Path) -> None:
        self._nursery, self.pid, self._errors = nursery, pid, errors

    def ended(self) -> bool:
        return self._nursery.has_word()

    def kill(self) -> None:
        # It may end while we ask.
        if not self.ended():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> tuple[int, bytes]:
        return os.waitstatus_to_exitcode(self._nursery._read()), self._errors.read_bytes()


def main() -> None:
    from minex import pipeline
    from minex.cli import main as minex
    from minex.jobs import refresh, runner, schedule, workers  # noqa: F401 - loaded before the fork

    ready: Any = lambda *_, **__: LittlePipeline(seconds=0.002)  # noqa: E731
    pipeline.Pipeline = ready  # type: ignore[misc]
    if "--workers" not in sys.argv:
        workers.reading_with = lambda *_, **__: contextlib.nullcontext(ready())
    runner.run.__kwdefaults__.update(batch_seconds=0.02, batch_documents=25)  # type: ignore[attr-defined]
    os.write(1, b"0\n")
    for line in sys.stdin.buffer:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(0, 1)
            os.dup2(os.open(order["errors"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
            sys.argv = ["minex", *order["arguments"]]
            code = 0
            try:
                minex()
            except SystemExit as error:
                code = int(error.code or 0)
            except BaseException:  # as Python itself would end
                sys.excepthook(*sys.exc_info())
                code = 1
            sys.stderr.flush()
            os._exit(code)
        os.write(1, f"{pid}\n".encode())
        os.write(1, f"{os.waitpid(pid, 0)[1]}\n".encode())


if __name__ == "__main__":
    main()
