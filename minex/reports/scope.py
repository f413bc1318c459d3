"""Which documents count in a report: all active ones, or those that one saved query finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from minex.reports.names import check_query
from minex.store.sync_tables import STILL_FOUND
from minex.store.views import VIEWS

_FOUND = "scope_document"
_FILL = f"""
INSERT INTO temp.{_FOUND} SELECT document FROM query_hit WHERE query = ? AND {STILL_FOUND}
"""  # noqa: S608 - our own name


@contextmanager
def narrowed(connection: sqlite3.Connection, query: str | None) -> Iterator[None]:
    """Let `document` and all views mean only what a query finds; without a query nothing is changed.

    SQLite looks for a name among the temporary ones first. So a temporary view `document` hides the table for
    this connection, and the views are made once more over it. The tables `triple` and `concept` stay as they are:
    a belief is of all that the database knows.

    Raises:
        UsageError: if the database follows no such query.
    """
    if query is None:
        yield
        return
    check_query(connection, query)
    (protected,) = connection.execute("PRAGMA query_only").fetchone()
    # Only temporary names are made: a file that was opened for reading stays as it is.
    connection.execute("PRAGMA query_only = OFF")
    try:
        _hide(connection, query)
        connection.execute(f"PRAGMA query_only = {protected}")
        yield
    finally:
        connection.execute("PRAGMA query_only = OFF")
        _show(connection)
        connection.execute(f"PRAGMA query_only = {protected}")


def _hide(connection: sqlite3.Connection, query: str) -> None:
    connection.execute(f"CREATE TEMP TABLE {_FOUND} (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute(_FILL, (query,))
    connection.execute(
        f"CREATE TEMP VIEW document AS SELECT * FROM main.document WHERE id IN (SELECT id FROM {_FOUND})"  # noqa: S608
    )
    for name, sql in VIEWS.items():
        connection.execute(f"CREATE TEMP VIEW {name} AS {sql}")


def _show(connection: sqlite3.Connection) -> None:
    for name in reversed(VIEWS):
        connection.execute(f"DROP VIEW IF EXISTS temp.{name}")
    connection.execute("DROP VIEW IF EXISTS temp.document")
    connection.execute(f"DROP TABLE IF EXISTS temp.{_FOUND}")
