"""What a refresh knows between two runs: queries, the documents that they found, and windows of dates.

Every function is a transaction of its own, or part of the one that the caller has begun with
:meth:`minex.store.Store.transaction`. Ids of documents may be given by any of their names (`PMID:1`, `PMC:2`):
what is stored under another one is found, and answers name documents as they are stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from minex.errors import StoreError
from minex.store.batch import now
from minex.store.encode import clean
from minex.store.identity import stored_ids
from minex.store.writer import Store

HitStatus = Literal["waiting", "fetched", "gone", "unmatched"]
"""How a hit stands: found and not yet stored, found and stored, gone from the source, found no more."""

WindowStatus = Literal["waiting", "done", "split", "failed"]
"""How a window stands: to be fetched, fetched and checked, in smaller windows, or failed."""

CURRENT: frozenset[str] = frozenset({"waiting", "fetched"})
"""Hits that the query still has."""


@dataclass(frozen=True, slots=True)
class Query:
    """A row of the `query` table; `watermark` is None before the first full success."""

    name: str
    title: str
    term: str
    definition: dict[str, Any]
    watermark: str | None
    created: str
    updated: str


@dataclass(frozen=True, slots=True)
class Window:
    """A row of the `sync_window` table."""

    id: int
    query: str
    run_id: int
    parent: int | None
    source: str
    date_type: str
    first_day: str
    last_day: str
    batch: int | None
    expected: int | None
    fetched: int | None
    status: WindowStatus
    message: str
    started: str | None
    finished: str | None


def put_query(
    store: Store, name: str, *, title: str = "", term: str = "", definition: Mapping[str, Any] | None = None
) -> None:
    """Write a query down, or its new wording; its watermark and its hits stay.

    A query whose term has changed is another question: call :func:`set_watermark` with None if all that it may
    find has to be fetched anew.
    """
    with store.transaction():
        store.connection.execute(
            "INSERT INTO query (name, title, term, definition, created, updated) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET title = excluded.title, term = excluded.term, "
            "definition = excluded.definition",
            (
                name,
                clean(title),
                clean(term),
                json.dumps(dict(definition or {}), sort_keys=True, ensure_ascii=False),
                now(),
                now(),
            ),
        )


def queries(store: Store) -> list[Query]:
    """Return the queries that this database follows, by name."""
    rows = store.connection.execute(
        "SELECT name, title, term, definition, watermark, created, updated FROM query ORDER BY name"
    )
    return [Query(row[0], row[1], row[2], json.loads(row[3]), *row[4:]) for row in rows]


def watermark(store: Store, query: str) -> str | None:
    """Return the day up to which all that a query finds is known, or None."""
    row = store.connection.execute("SELECT watermark FROM query WHERE name = ?", (query,)).fetchone()
    return None if row is None else row[0]


def set_watermark(store: Store, query: str, day: str | None) -> None:
    """Move a query's watermark: only after every window of a run has succeeded."""
    with store.transaction():
        _known(store, query)
        store.connection.execute("UPDATE query SET watermark = ?, updated = ? WHERE name = ?", (day, now(), query))


def hits(store: Store, query: str, *, current: bool = False) -> dict[str, HitStatus]:
    """Return what a query found, each document's id with the hit's status.

    Parameters:
        current: leave out what it finds no more.
    """
    rows = store.connection.execute("SELECT document, status FROM query_hit WHERE query = ?", (query,))
    return {id_: status for id_, status in rows if not current or status in CURRENT}


def record_hits(store: Store, query: str, ids: Iterable[str], run_id: int) -> None:
    """Write down that a query finds these documents, new ones or known ones; what was unmatched counts again."""
    with store.transaction():
        _known(store, query)
        names = _names(store, ids)
        stored = _are_stored(store, set(names.values()))
        store.connection.executemany(
            "INSERT INTO query_hit (query, document, status, status_reason, first_run, last_run) "
            "VALUES (?, ?, ?, '', ?, ?) ON CONFLICT (query, document) DO UPDATE "
            "SET status = excluded.status, status_reason = '', last_run = excluded.last_run",
            [
                (query, id_, "fetched" if id_ in stored else "waiting", run_id, run_id)
                for id_ in sorted(set(names.values()))
            ],
        )
        store.recompute(stored)


def unhit(
    store: Store,
    query: str,
    ids: Iterable[str],
    reason: str,
    run_id: int,
    *,
    status: Literal["unmatched", "gone"] = "unmatched",
) -> None:
    """Write down that a query finds these documents no more; what no query finds and no file brought is unmatched.

    A document that PubMed has deleted is to be told by :meth:`minex.store.Store.set_status` as well.
    """
    with store.transaction():
        _known(store, query)
        names = set(_names(store, ids).values())
        store.connection.executemany(
            "UPDATE query_hit SET status = ?, status_reason = ? WHERE query = ? AND document = ?",
            [(status, clean(reason), query, id_) for id_ in sorted(names)],
        )
        store.recompute(_are_stored(store, names))


def open_window(
    store: Store,
    query: str,
    run_id: int,
    *,
    source: str,
    date_type: str = "",
    first_day: str = "",
    last_day: str = "",
    parent: int | None = None,
    batch: int | None = None,
    expected: int | None = None,
) -> int:
    """Begin a window, or a batch of its `parent` window, and return its number."""
    with store.transaction():
        _known(store, query)
        (number,) = store.connection.execute(
            "INSERT INTO sync_window (query, run_id, parent, source, date_type, first_day, last_day, batch, "
            "expected, status, message, started) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', '', ?) RETURNING id",
            (query, run_id, parent, source, date_type, first_day, last_day, batch, expected, now()),
        ).fetchone()
    return int(number)


def close_window(
    store: Store,
    window: int,
    status: WindowStatus,
    fetched: int | None = None,
    message: str = "",
    *,
    expected: int | None = None,
) -> None:
    """End a window: how, with how many records, and why; `expected` may be told now if it was not known."""
    with store.transaction():
        store.connection.execute(
            "UPDATE sync_window SET status = ?, fetched = ?, message = ?, finished = ?, "
            "expected = coalesce(?, expected) WHERE id = ?",
            (status, fetched, clean(message), now(), expected, window),
        )


def windows(
    store: Store, query: str, run_id: int | None = None, *, status: WindowStatus | None = None
) -> list[Window]:
    """Return a query's windows in the order in which they were begun, of one run or of all."""
    rows = store.connection.execute(
        "SELECT id, query, run_id, parent, source, date_type, first_day, last_day, batch, expected, fetched, "
        "status, message, started, finished FROM sync_window "
        "WHERE query = ? AND (? IS NULL OR run_id = ?) AND (? IS NULL OR status = ?) ORDER BY id",
        (query, run_id, run_id, status, status),
    )
    return [Window(*row) for row in rows]


def _known(store: Store, query: str) -> None:
    if store.connection.execute("SELECT 1 FROM query WHERE name = ?", (query,)).fetchone() is None:
        raise StoreError(
            "no-query",
            f"there is no query {query!r} in this database",
            where=str(store.path),
            cure="write it down with put_query first",
        )


def _names(store: Store, ids: Iterable[str]) -> dict[str, str]:
    asked = [clean(id_) for id_ in ids]
    stored = stored_ids(store.connection, asked)
    return {id_: stored.get(id_, id_) for id_ in asked}


def _are_stored(store: Store, ids: set[str]) -> set[str]:
    asked = "SELECT id FROM document WHERE id IN (SELECT value FROM json_each(?))"
    return {id_ for (id_,) in store.connection.execute(asked, (json.dumps(sorted(ids)),))}
