"""The ledger: a row for each run, with the versions that it used and what came of it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from minex.store import Store
from minex.store.batch import now
from minex.store.encode import clean

RunStatus = Literal["running", "done", "interrupted", "failed", "killed"]
"""How a run stands: `killed` is found out by the next one."""

_VERSIONS = ("minex", "model", "lexicon", "rules")


@dataclass(frozen=True)
class Run:
    """A row of the `run` table."""

    id: int
    started: str
    finished: str | None
    status: RunStatus
    versions: dict[str, str]
    fingerprint: str
    arguments: list[str]
    counts: dict[str, int]
    message: str


class Ledger:
    """Writes and reads the `run` table of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def start(self, versions: Mapping[str, str], fingerprint: str, arguments: Sequence[str] = ()) -> int:
        """Begin a run and return its id.

        Runs that are still marked as running were killed: the store holds the only writer's lock.
        """
        with self._store.transaction():
            self._store.connection.execute("UPDATE run SET status = 'killed' WHERE status = 'running'")
            (run_id,) = self._store.connection.execute(
                "INSERT INTO run (started, status, minex, model, lexicon, rules, versions, fingerprint, "
                "arguments, counts, message, pid, host) "
                "VALUES (?, 'running', ?, ?, ?, ?, ?, ?, ?, '{}', '', ?, ?) RETURNING id",
                (
                    now(),
                    *(versions.get(name, "") for name in _VERSIONS),
                    json.dumps(dict(versions), sort_keys=True),
                    fingerprint,
                    json.dumps([clean(argument) for argument in arguments], ensure_ascii=False),
                    os.getpid(),
                    clean(socket.gethostname()),
                ),
            ).fetchone()
        return int(run_id)

    def note(self, run_id: int, counts: Mapping[str, int]) -> None:
        """Write down how far a run is, so that one that is killed leaves its counts."""
        with self._store.transaction():
            self._store.connection.execute(
                "UPDATE run SET counts = ? WHERE id = ?", (json.dumps(dict(counts)), run_id)
            )

    def finish(self, run_id: int, status: RunStatus, counts: Mapping[str, int], message: str = "") -> None:
        """End a run: when, how, and with what."""
        with self._store.transaction():
            self._store.connection.execute(
                "UPDATE run SET finished = ?, status = ?, counts = ?, message = ? WHERE id = ?",
                (now(), status, json.dumps(dict(counts)), clean(message), run_id),
            )

    def runs(self, limit: int = 100) -> list[Run]:
        """Return the last runs, the newest first."""
        rows = self._store.connection.execute(
            "SELECT id, started, finished, status, versions, fingerprint, arguments, counts, message "
            "FROM run ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return [
            Run(
                id_,
                started,
                finished,
                status,
                json.loads(versions),
                fingerprint,
                json.loads(args),
                json.loads(c),
                m,
            )
            for id_, started, finished, status, versions, fingerprint, args, c, m in rows
        ]
