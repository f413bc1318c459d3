"""An empty database that is filled in one go: indexes that the writer does not need are made at its end.

An index that is kept row by row is looked up for each row; one made at the end is sorted once. Whoever reads
meanwhile gets the same answers, slower. After a kill the indexes that are missing are made at the next opening.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from minex.store import schema

if TYPE_CHECKING:
    from minex.store.writer import Store

LATER = (
    schema.OF_NAMES,
    "idx_concept_name",
    "idx_triple_object",
    "idx_evidence_run_id",
    "idx_triple_change_triple",
    "idx_change_cause_document",
    *(name for name in schema.INDEXES if name != "idx_document_not_active"),
)
"""The indexes that are made at the end."""

COUNTED = (
    "change_cause",
    "concept_ancestor",
    "concept_parent",
    "context",
    "document",
    "document_source",
    "evidence",
    "evidence_fts_idx",
    "mention",
    "passage",
    "triple",
    "triple_change",
)
"""The tables of which SQLite takes statistics of itself after a run (`PRAGMA optimize`), by what the writer asks.

A connection forgets what it has asked when another one makes an index, so they are named here: which way a
question is answered hangs on them."""

_FILLED = "SELECT EXISTS (SELECT 1 FROM evidence) OR EXISTS (SELECT 1 FROM mention)"


@contextlib.contextmanager
def filling(store: Store) -> Iterator[None]:
    """Fill a database without the indexes that only help those who ask; one that is not empty keeps them.

    Examples:
        >>> import tempfile
        >>> from minex.store import Store
        >>> with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "x.db")) as store:
        ...     with filling(store):
        ...         missing(store.connection)
        ...     missing(store.connection)
        True
        False
    """
    if not store.connection.execute(_FILLED).fetchone()[0]:
        with store.transaction():
            for name in LATER:
                store.connection.execute(f"DROP INDEX IF EXISTS {name}")
    try:
        yield
    except BaseException:
        # What went wrong is told, not that the indexes cannot be made either; the next opening makes them.
        with contextlib.suppress(sqlite3.Error):
            complete(store.path, store.connection)
        raise
    complete(store.path, store.connection)


def complete(path: Path, connection: sqlite3.Connection) -> None:
    """Make the indexes that are missing, outside of any transaction."""
    if not missing(connection):
        return
    # Another connection, which sorts in files: the writer's own keeps everything temporary in memory.
    with contextlib.closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = -65536")
        schema.create_indexes(other)
        for table in COUNTED:
            other.execute(f"ANALYZE {table}")


def missing(connection: sqlite3.Connection) -> bool:
    """Return whether any of the indexes is not there."""
    listed = ", ".join(f"'{name}'" for name in LATER)
    found = connection.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({listed})")  # noqa: S608
    return bool(found.fetchone()[0] < len(LATER))
