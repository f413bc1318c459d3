"""One batch of documents into the tables, within a transaction that the store has begun."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone

from minex.model import Failure, Status
from minex.store.concepts import ConceptWriter, Lookup
from minex.store.counts import recount
from minex.store.encode import Encoded, Row, clean
from minex.store.schema import TABLES


def _insert(table: str, columns: Sequence[str] | None = None) -> str:
    names = tuple(columns or TABLES[table].columns)
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608 - our own names


_INSERT_DOCUMENT = (
    _insert("document")
    + " ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in TABLES["document"].columns if name != "id")
)
_INSERT_PASSAGE = _insert("passage")
_INSERT_MENTION = _insert("mention", [name for name in TABLES["mention"].columns if name != "id"])
_INSERT_EVIDENCE = _insert("evidence", [*(name for name in TABLES["evidence"].columns)])
_INSERT_FTS = "INSERT INTO evidence_fts (rowid, sentence) VALUES (?, ?)"
_DELETE_FTS = """
INSERT INTO evidence_fts (evidence_fts, rowid, sentence)
SELECT 'delete', nr, sentence FROM evidence WHERE document = ?
"""
_SENTENCE = list(TABLES["evidence"].columns).index("sentence")
_INSERT_CONTEXT = _insert("context", [name for name in TABLES["context"].columns if name != "id"])
_TRIPLE_COLUMNS = ("id", "subject", "predicate", "object", "sign", "run_id")
# The sums begin at 0; recount() adds what this batch says.
_TRIPLE_SUMS = tuple(
    name
    for name in TABLES["triple"].columns
    if name not in _TRIPLE_COLUMNS and name not in TABLES["triple"].nullable
)
_INSERT_TRIPLE = (
    f"INSERT INTO triple ({', '.join((*_TRIPLE_COLUMNS, *_TRIPLE_SUMS))}) "  # noqa: S608 - our own names
    f"VALUES (?, ?, ?, ?, ?, ?{', 0' * len(_TRIPLE_SUMS)}) ON CONFLICT (id) DO NOTHING"
)
_INSERT_FAILURE = (
    _insert("failure") + " ON CONFLICT (id) DO UPDATE SET run_id = excluded.run_id, time = excluded.time, "
    "message = excluded.message"
)


@dataclass
class Written:
    """What one :meth:`Store.write` did."""

    documents: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    evidence: int = 0
    new_triples: int = 0
    failures: list[Failure] = field(default_factory=list)


@dataclass
class _Old:
    """What was in the database of the documents that a batch brings."""

    status: dict[str, str] = field(default_factory=dict)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    first_run: dict[str, int] = field(default_factory=dict)


class BatchWriter:
    """Writes batches on one connection; the caller begins and ends the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.concepts = ConceptWriter(connection)

    def write(self, batch: dict[str, Encoded], run_id: int, lookup: Lookup, written: Written) -> None:
        execute = self.connection.executemany
        old = self._remove(batch)
        execute(_INSERT_DOCUMENT, [(*self._kept_row(e, old), run_id) for e in batch.values()])
        found = [encoded for encoded in batch.values() if encoded.passages or encoded.mentions]
        execute(_INSERT_PASSAGE, [row for encoded in found for row in encoded.passages])
        for active in (True, False):
            named = {n for e in found if (e.document.status is Status.ACTIVE) is active for n in e.named}
            self.concepts.write(sorted(named), lookup, active=active)
        execute(_INSERT_MENTION, [row for encoded in found for row in encoded.mentions])
        triples = {id_: row for encoded in found for id_, row in encoded.triples.items()}
        before = self.connection.total_changes
        execute(_INSERT_TRIPLE, [(*row, run_id) for row in triples.values()])
        written.new_triples = self.connection.total_changes - before
        last = self._insert_evidence(found, run_id, old.first_run)
        self.concepts.rename(old.concepts)
        recount(self.connection, {(row[1], row[3]) for row in triples.values()}, old.pairs, last)
        for id_, encoded in batch.items():
            written.documents += 1
            written.new += id_ not in old.status
            written.changed += id_ in old.status
            written.deleted += encoded.document.status is Status.DELETED
            written.evidence += len(encoded.evidence)

    def _insert_evidence(self, found: list[Encoded], run_id: int, first_run: dict[str, int]) -> int:
        """Insert evidence and context, and return the number of the last piece before them."""
        last: int = self.connection.execute("SELECT coalesce(max(nr), 0) FROM evidence").fetchone()[0]
        number = last
        evidence: list[Row] = []
        context: list[Row] = []
        for encoded in found:
            start = number + 1
            for row in encoded.evidence:
                number += 1
                evidence.append((number, *row, first_run.get(row[0], run_id)))
            context.extend((start + row[0], *row[1:]) for row in encoded.context)
        self.connection.executemany(_INSERT_EVIDENCE, evidence)
        self.connection.executemany(_INSERT_FTS, [(row[0], row[_SENTENCE]) for row in evidence])
        self.connection.executemany(_INSERT_CONTEXT, context)
        return last

    def _kept_row(self, encoded: Encoded, old: _Old) -> Row:
        """Return a document's row; a tombstone keeps what was known of the document that it buries."""
        id_ = encoded.row[0]
        if not encoded.tombstone or id_ not in old.status:
            return encoded.row
        before: Row = self.connection.execute("SELECT * FROM document WHERE id = ?", (id_,)).fetchone()
        names = list(TABLES["document"].columns)[:-1]
        fresh = {"status", "status_reason", "content_hash", "fingerprint"}
        return tuple(
            new if name in fresh else was for name, new, was in zip(names, encoded.row, before, strict=False)
        )

    def _remove(self, batch: dict[str, Encoded]) -> _Old:
        """Remove all that is stored of the batch's documents, save of those that a tombstone buries."""
        old = _Old()
        for id_, encoded in batch.items():
            row = self.connection.execute("SELECT status, kept FROM document WHERE id = ?", (id_,)).fetchone()
            if row is None:
                continue
            old.status[id_] = row[0]
            if not row[1]:
                continue
            ask = self.connection.execute
            old.pairs.update(
                ask(
                    "SELECT DISTINCT t.subject, t.object FROM evidence e JOIN triple t ON t.id = e.triple "
                    "WHERE e.document = ?",
                    (id_,),
                )
            )
            old.concepts.update(
                c for (c,) in ask("SELECT DISTINCT concept FROM mention WHERE document = ?", (id_,))
            )
            if encoded.tombstone:
                continue
            old.first_run.update(ask("SELECT id, run_id FROM evidence WHERE document = ?", (id_,)))
            ask("DELETE FROM context WHERE evidence IN (SELECT nr FROM evidence WHERE document = ?)", (id_,))
            ask(_DELETE_FTS, (id_,))
            for table in ("evidence", "mention", "passage"):
                ask(f"DELETE FROM {table} WHERE document = ?", (id_,))  # noqa: S608 - our own names
        return old

    def write_failures(
        self, batch: dict[str, Encoded], failures: list[Failure], run_id: int, files: Mapping[str, str]
    ) -> None:
        self.connection.executemany("DELETE FROM failure WHERE document = ?", [(id_,) for id_ in batch])
        rows = []
        for failure in failures:
            document = None if failure.document is None else clean(failure.document)
            file = clean(files.get(failure.document or "", files.get(failure.where, "")))
            place = clean(failure.where)
            text = f"{failure.stage}\x1f{failure.code}\x1f{place}\x1f{document}\x1f{file}"
            id_ = hashlib.sha256(text.encode()).hexdigest()[:16]
            code, message = clean(failure.code), clean(failure.message)
            rows.append((id_, run_id, failure.stage, code, message, place, document, "", file, now()))
        self.connection.executemany(_INSERT_FAILURE, rows)


def now() -> str:
    """Return the time in UTC, to the second, as ISO 8601."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
