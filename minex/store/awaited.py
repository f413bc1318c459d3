"""Hits that a refresh waits for: what makes a stopped one go on where it was, exactly.

A hit is `waiting` from the moment at which its query finds it until its citation has been met since. Whatever was
stored before of the document does not count: another query's refresh may have seen an older form of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from minex.store.writer import Store

_BEGUN = """
SELECT min(first_day) FROM sync_window
WHERE query = :query AND source = 'refresh' AND status <> 'done' AND run_id < (SELECT max(id) FROM run)
  AND id > (SELECT coalesce(max(id), 0) FROM sync_window
            WHERE query = :query AND source = 'refresh' AND status = 'done')
"""


def expect(store: Store, query: str, ids: Iterable[str], run_id: int) -> None:
    """Write down that a query finds documents that it did not have; hits that wait already stay as they are."""
    with store.transaction():
        store.connection.executemany(
            "INSERT INTO query_hit (query, document, status, status_reason, first_run, last_run) "
            "VALUES (?, ?, 'waiting', '', ?, ?) ON CONFLICT (query, document) DO UPDATE "
            "SET status = 'waiting', status_reason = '', last_run = excluded.last_run WHERE status <> 'waiting'",
            [(query, id_, run_id, run_id) for id_ in sorted(set(ids))],
        )


def advance(store: Store, query: str) -> None:
    """Take note of the waiting hits whose citation has been stored since they were expected."""
    with store.transaction():
        store.connection.execute(
            "UPDATE query_hit SET status = 'fetched' WHERE query = ? AND status = 'waiting' AND EXISTS ("
            "SELECT 1 FROM document_source s WHERE s.document = query_hit.document AND s.record = 'citation' "
            "AND s.run_id >= query_hit.last_run)",
            (query,),
        )


def waiting(store: Store, query: str) -> set[str]:
    """Return the documents that a query found and that have not been met since."""
    rows = store.connection.execute(
        "SELECT document FROM query_hit WHERE query = ? AND status = 'waiting'", (query,)
    )
    return {id_ for (id_,) in rows}


def failed(store: Store, query: str) -> set[str]:
    """Return the documents of a query whose text could not be read."""
    rows = store.connection.execute(
        "SELECT DISTINCT f.document FROM failure f JOIN query_hit h ON h.document = f.document WHERE h.query = ?",
        (query,),
    )
    return {id_ for (id_,) in rows}


def begun(store: Store, query: str) -> str | None:
    """Return the day of the first refresh that was begun since the last whole one: what it stored is as old."""
    (day,) = store.connection.execute(_BEGUN, {"query": query}).fetchone()
    return None if day is None else str(day)


def deleted(store: Store, ids: Iterable[str]) -> set[str]:
    """Return those of some documents that are held to be deleted."""
    asked = json.dumps(sorted(set(ids)))
    rows = store.connection.execute(
        "SELECT id FROM document WHERE status = 'deleted' AND id IN (SELECT value FROM json_each(?))", (asked,)
    )
    return {id_ for (id_,) in rows}
