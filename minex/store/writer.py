"""The store: whole documents in, in transactions; what was there of them goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from minex.errors import StoreError
from minex.model import Concept, Document, Failure, Reading
from minex.store import connection as opening
from minex.store import dump, history, query
from minex.store.batch import BatchWriter, Written
from minex.store.concepts import Lookup
from minex.store.encode import Encoded, clean, encode
from minex.store.lock import WriterLock

Keep = Literal["evidence", "all"]
"""How much is kept: text and mentions of documents that gave evidence, or of all."""

State = Literal["new", "changed", "stale", "unchanged"]
"""How a document stands to the database: unknown, with another text, read by other versions, or as it was."""


class Store:
    """A minex database. Make one with :meth:`open`; use it as a context manager, or :meth:`close` it.

    Examples:
        >>> import tempfile
        >>> from minex.jobs.ledger import Ledger
        >>> with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "x.db")) as store:
        ...     run = Ledger(store).start({"minex": "0.1.0"}, fingerprint="f")
        ...     written = store.write([Reading(Document("PMID:1"))], run)
        ...     store.select("SELECT id, status FROM document").rows
        [('PMID:1', 'active')]
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: WriterLock | None, notices: tuple[str, ...] = ()
    ) -> None:
        self.path = path
        self.notices = notices
        """What the user should be told of this file, such as that it lies on a network file system."""
        self.connection = connection
        self._lock = lock
        self._batch = BatchWriter(connection)
        self._reader: sqlite3.Connection | None = None
        self._fingerprints: dict[int, str] = {}

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, readonly: bool = False) -> Store:
        """Open a database, or make it.

        Parameters:
            path: the SQLite file.
            create: make it if there is none; else that is an error.
            readonly: never write, take no lock, and do not mind a writer.

        Raises:
            StoreError: if it cannot be opened, is not of minex or of a newer one, or another process writes it.
        """
        path = Path(path)
        if readonly:
            return cls(path, opening.open_reader(path), None)
        if path.exists() and not (create and path.is_file() and path.stat().st_size == 0):
            # Before the lock, so that a foreign file is told as what it is and gets no file beside it.
            opening.check(path)
        lock = WriterLock(path)
        try:
            connection, notices = opening.open_writer(path, create=create)
        except BaseException:
            lock.release()
            raise
        return cls(path, connection, lock, notices)

    @property
    def readonly(self) -> bool:
        """Whether this store was opened for reading only."""
        return self._lock is None

    def close(self) -> None:
        """Close the file and let go of the lock; a second call does nothing."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        self.connection.close()
        if self._lock is None:
            opening.sweep(self.path)
        else:
            self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading

    def state(self, document: Document, fingerprint: str) -> State:
        """Say whether a document is new, has another text, was read by other versions, or is as it was."""
        row = self.connection.execute(
            "SELECT content_hash, fingerprint FROM document WHERE id = ?", (clean(document.id),)
        ).fetchone()
        if row is None:
            return "new"
        if row[0] != document.content_hash:
            return "changed"
        return "unchanged" if row[1] == fingerprint else "stale"

    def needs(self, document: Document, fingerprint: str) -> bool:
        """Return whether a document is to be read: its text or the versions differ from what is stored."""
        return self.state(document, fingerprint) != "unchanged"

    def select(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> query.Rows:
        """Answer a query, on a connection that cannot write; see :func:`minex.store.query.select`."""
        return query.select(self._read_connection(), sql, parameters)

    def search(self, words: str, *, limit: int = 20) -> list[query.Hit]:
        """Find evidence whose sentence has all the words; see :func:`minex.store.query.search`."""
        return query.search(self._read_connection(), words, limit=limit)

    def canonical_dump(self, *, tombstones: bool = True) -> Iterator[str]:
        """Yield the content as sorted lines, the same for the same content; see :mod:`minex.store.dump`.

        It needs a store that was opened for writing: it works in temporary tables.
        """
        return dump.canonical_dump(self.connection, tombstones=tombstones)

    def _read_connection(self) -> sqlite3.Connection:
        if self._reader is None:
            self._reader = opening.open_reader(self.path)
        return self._reader

    # Writing

    def transaction(self) -> Transaction:
        """Return a context in which everything is written or nothing is."""
        if self.readonly:
            raise StoreError(
                "read-only", "it was opened for reading only", where=str(self.path), cure="open it again"
            )
        return Transaction(self)

    def write(
        self,
        readings: Sequence[Reading],
        run_id: int,
        failures: Iterable[Failure] = (),
        *,
        concept: Lookup | None = None,
        keep: Keep = "evidence",
        origin: str = "file",
        files: Mapping[str, str] | None = None,
    ) -> Written:
        """Write whole documents in one transaction, in the place of all that was there of them.

        Parameters:
            readings: what was found, a document each; of two readings of one document the later counts.
                A document without text that is deleted or retracted is a tombstone: it takes its document
                out of beliefs and views, and leaves its rows for who asks.
            run_id: a row of the run table, whose fingerprint the documents get.
            failures: what could not be read; the earlier ones of the documents written are removed.
            concept: the lexicon's knowledge of an id; without it concepts have the names that texts give.
            keep: `all` keeps text and mentions of documents without evidence too.
            origin: where the documents come from (`file`, `pubmed`, `pmc`, `mirror`).
            files: the file of each failing document or failure's place, for the failure table.

        Raises:
            StoreError: if SQLite cannot write; the database is then as it was before the call.
        """
        fingerprint = self._fingerprint(run_id)
        written = Written(failures=list(failures))
        batch: dict[str, Encoded] = {}
        for reading in readings:
            id_ = clean(reading.document.id)
            try:
                encoded = encode(reading, keep_all=keep == "all", origin=origin, fingerprint=fingerprint)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                # One document that breaks the model's promises must not cost the others.
                message = f"{type(error).__name__}: {error}"
                written.failures.append(
                    Failure("store", "reading-invalid", message, reading.document.source, reading.document.id)
                )
            else:
                batch.pop(id_, None)
                batch[id_] = encoded
        with self.transaction():
            self._batch.write(batch, run_id, concept or _knows_nothing, written)
            self._batch.write_failures(batch, written.failures, run_id, files or {})
        return written

    def resolve_failures(self, file: str, run_id: int) -> int:
        """Remove what failed in a file in earlier runs, now that this run has read it to its end."""
        with self.transaction():
            return self.connection.execute(
                "DELETE FROM failure WHERE file = ? AND run_id <> ?", (clean(file), run_id)
            ).rowcount

    def tidy(self) -> None:
        """Remove concepts that nothing mentions any more, and let SQLite look at its statistics."""
        with self.transaction():
            self.connection.execute("DROP TABLE IF EXISTS temp.live_concept")
            self.connection.execute(dump.LIVE_CONCEPTS)
            for table, column in (
                ("concept_ancestor", "concept"),
                ("concept_parent", "concept"),
                ("concept", "id"),
            ):
                self.connection.execute(
                    f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM live_concept)"  # noqa: S608
                )
            self.forget()
        with opening.explained(self.path):
            self.connection.execute("PRAGMA optimize")

    def forget(self) -> None:
        """Forget which concepts are written, after a rollback or a removal."""
        self._batch.concepts.forget()

    def _fingerprint(self, run_id: int) -> str:
        if run_id not in self._fingerprints:
            row = self.connection.execute("SELECT fingerprint FROM run WHERE id = ?", (run_id,)).fetchone()
            if row is None:
                raise StoreError(
                    "no-run",
                    f"there is no run {run_id}",
                    where=str(self.path),
                    cure="start one with minex.jobs.ledger",
                )
            self._fingerprints[run_id] = row[0]
        return self._fingerprints[run_id]


class Transaction:
    """One transaction of a store: committed at the end, rolled back on any exception."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> None:
        with opening.explained(self._store.path):
            # IMMEDIATE: a lock that cannot be had is told now, not when half of the rows are in.
            self._store.connection.execute("BEGIN IMMEDIATE")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection = self._store.connection
        try:
            if error is None:
                with opening.explained(self._store.path):
                    history.record(connection)
                    connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if error is not None:
                self._store.forget()
        if isinstance(error, sqlite3.Error):
            with opening.explained(self._store.path):
                raise error


def _knows_nothing(id_: str) -> Concept | None:
    return None
