"""How a mirror stands: which files it has, how many citations, and what it is lacking."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from minex.mirror import database, files
from minex.store.connection import explained


@dataclass(frozen=True, slots=True)
class MirrorStatus:
    """A mirror's figures.

    `from_older` counts citations that no file of the year's baseline has had yet: after all of it is loaded, these
    are the ones that NLM has dropped without a word. `stale` are rows that only the index still has.
    """

    year: int | None
    loaded: int
    last: str
    last_loaded: str
    citations: int
    tombstones: int
    from_older: int
    stale: int
    failed: int
    bytes: int
    missing: tuple[str, ...]
    waiting: tuple[str, ...]
    """Files in the folder that are not loaded yet."""


def status_of(folder: Path) -> MirrorStatus:
    """Return how a folder's mirror stands.

    Raises:
        StoreError: if there is none, or it cannot be read.
    """
    path = folder / database.NAME
    with contextlib.closing(database.open_reader(folder)) as connection, explained(path):
        year = database.year_of(connection)

        def one(query: str, *given: object) -> int:
            return int(connection.execute(query, given).fetchone()[0] or 0)

        known = {row[0] for row in connection.execute("SELECT seq FROM file")}
        there = {file.seq for file in files.found(folder)}
        last = max((seq for seq in known if seq >= files.first_of(year or 0)), default=0)
        citations = one("SELECT count(*) FROM citation")
        return MirrorStatus(
            year,
            one("SELECT count(*) FROM file WHERE seq >= ?", files.first_of(year or 0)),
            files.name_of(last) if last else "",
            str((connection.execute("SELECT max(loaded) FROM file").fetchone() or ("",))[0] or ""),
            citations,
            one("SELECT count(*) FROM tombstone"),
            one("SELECT count(*) FROM citation WHERE seq < ?", files.first_of(year or 0)),
            one("SELECT seq FROM sqlite_sequence WHERE name = 'citation'") - citations if citations else 0,
            one("SELECT count(*) FROM trouble"),
            path.stat().st_size,
            missing_of(connection),
            tuple(files.name_of(seq) for seq in sorted(there - known)),
        )


def missing_of(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the files that lie before a mirror's last one and have not been loaded."""
    year = database.year_of(connection)
    known = {row[0] for row in connection.execute("SELECT seq FROM file")}
    return tuple(files.name_of(seq) for seq in files.missing(year, known)) if year else ()
