"""Two rows that turn out to be one publication become one: everything that hangs on the one moves to the other."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from minex.store import verdicts
from minex.store.encode import evidence_id

_MOVE_HITS = """
INSERT INTO query_hit (query, document, status, status_reason, first_run, last_run)
SELECT query, ?, status, status_reason, first_run, last_run FROM query_hit WHERE document = ?
ON CONFLICT (query, document) DO UPDATE
SET status = CASE WHEN 'waiting' IN (status, excluded.status) THEN 'waiting'
                  WHEN 'fetched' IN (status, excluded.status) THEN 'fetched'
                  ELSE max(status, excluded.status) END,
    status_reason = max(status_reason, excluded.status_reason),
    first_run = min(first_run, excluded.first_run), last_run = max(last_run, excluded.last_run)
"""


def failure_id(stage: str, code: str, place: str, document: str | None, file: str) -> str:
    """Return the content hash by which a failure is one row, however often it happens."""
    text = f"{stage}\x1f{code}\x1f{place}\x1f{document}\x1f{file}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def move_text(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Give what was read of one document to another one, which has a row but no text."""
    if old == new:
        return
    for table in ("passage", "mention"):
        connection.execute(f"UPDATE {table} SET document = ? WHERE document = ?", (new, old))  # noqa: S608
    # An id of evidence says of which document it is, so it changes as if it had been read under this name.
    seen: Counter[str] = Counter()
    rows = []
    found = "SELECT nr, triple, sentence, negated FROM evidence WHERE document = ? ORDER BY nr"
    for nr, triple, sentence, negated in connection.execute(found, (old,)):
        first = evidence_id(new, triple, sentence, bool(negated))
        seen[first] += 1
        rows.append((new, evidence_id(new, triple, sentence, bool(negated), seen[first]), nr))
    connection.executemany("UPDATE evidence SET document = ?, id = ? WHERE nr = ?", rows)


def adopt(connection: sqlite3.Connection, names: Iterable[str], new: str) -> None:
    """Give hits, marks, failures and verdicts under other names to a document."""
    others = json.dumps(sorted(set(names) - {new}))
    inside = "IN (SELECT value FROM json_each(?))"
    hit = f"SELECT DISTINCT document FROM query_hit WHERE document {inside}"  # noqa: S608
    for (old,) in connection.execute(hit, (others,)).fetchall():
        connection.execute(_MOVE_HITS, (new, old))
        connection.execute("DELETE FROM query_hit WHERE document = ?", (old,))
    connection.execute(f"UPDATE OR REPLACE mark SET document = ? WHERE document {inside}", (new, others))  # noqa: S608
    judged = f"SELECT DISTINCT document FROM verdict WHERE document {inside} ORDER BY document"  # noqa: S608
    for (old,) in connection.execute(judged, (others,)).fetchall():
        verdicts.move(connection, old, new)
    failed = f"SELECT id, stage, code, place, file FROM failure WHERE document {inside}"  # noqa: S608
    for id_, stage, code, place, file in connection.execute(failed, (others,)).fetchall():
        connection.execute(
            "UPDATE OR REPLACE failure SET id = ?, document = ? WHERE id = ?",
            (failure_id(stage, code, place, new, file), new, id_),
        )


def named_elsewhere(connection: sqlite3.Connection, names: Sequence[str]) -> set[str]:
    """Return those of some names that hits, marks or failures know."""
    listed = json.dumps(list(names))
    found: set[str] = set()
    for table in ("query_hit", "mark", "failure"):
        sql = f"SELECT DISTINCT document FROM {table} WHERE document IN (SELECT value FROM json_each(?))"  # noqa: S608
        found.update(name for (name,) in connection.execute(sql, (listed,)))
    return found
