"""The store: whole documents in, in transactions; what was there of them goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from minex.errors import StoreError
from minex.model import Concept, Document, Failure, Reading, Record, Status
from minex.store import connection as opening
from minex.store import dump, filling, history, plan, query, verdicts
from minex.store.batch import BatchWriter, Written, now
from minex.store.concepts import Lookup
from minex.store.encode import clean
from minex.store.identity import stored_ids
from minex.store.lock import WriterLock
from minex.store.plan import State
from minex.store.rebuild import Stale, rebuild, stale

Keep = Literal["evidence", "all"]
"""How much is kept: text and mentions of documents that gave evidence, or of all."""


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

    def state(self, document: Document, fingerprint: str, *, origin: str = "") -> State:
        """Say whether a document is new, has another text, was read by other versions, or is as it was.

        It is compared with what is stored of the same record: an abstract is unchanged if it was this abstract
        when it came last, though since then the full text has been read in its place.

        Parameters:
            origin: where it comes from, if that is to be remembered.
        """
        return self.look(document, fingerprint, origin=origin)[0]

    def look(self, document: Document, fingerprint: str, *, origin: str = "") -> tuple[State, Document]:
        """Return a document's :meth:`state`, and the document as it is to be read.

        Whether it is a review, which is read differently, the database may know better than the record itself.
        """
        return plan.look(self.connection, document, fingerprint, origin)

    def needs(self, document: Document, fingerprint: str) -> bool:
        """Return whether a document is to be read, or at least to be written: anything of it is news."""
        return self.state(document, fingerprint) != "unchanged"

    def stale(self, fingerprint: str) -> Stale:
        """Return the documents that a run of this fingerprint has to read; see :mod:`minex.store.rebuild`."""
        return stale(self.connection, fingerprint)

    def rebuild(self, ids: Iterable[str]) -> Iterator[Document]:
        """Yield documents as they were read, from the text that is kept of them."""
        return rebuild(self.connection, ids)

    def select(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> query.Rows:
        """Answer a query, on a connection that cannot write; see :func:`minex.store.query.select`."""
        try:
            return query.select(self._read_connection(), sql, parameters)
        except StoreError as error:
            # A trouble of the file has the file's name; what is wrong with the SQL has its own place.
            error.where = error.where or str(self.path)
            raise

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
        readings: Sequence[Reading | Document],
        run_id: int,
        failures: Iterable[Failure] = (),
        *,
        concept: Lookup | None = None,
        keep: Keep = "evidence",
        origin: str = "file",
        files: Mapping[str, str] | None = None,
    ) -> Written:
        """Write whole documents in one transaction, in the place of what was there of the same records.

        A reading takes the place of what was read before if its text says as much: that of an abstract does not
        take the place of a full text, but what it says of the document does (:mod:`minex.store.plan`).

        Parameters:
            readings: what was found, a document each, in the order in which they came; of two states of one
                record the higher version counts, then the later one. A bare document is one whose text needs
                no reading (:meth:`state` says `metadata`). A deleted document is a tombstone: it takes its
                document out of beliefs and views, and leaves its rows for who asks.
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
        with self.transaction():
            self._batch.write(
                readings,
                run_id,
                concept or _knows_nothing,
                written,
                keep_all=keep == "all",
                origin=origin,
                fingerprint=fingerprint,
            )
            self._batch.write_failures(written.failures, run_id, files or {})
        return written

    def set_status(self, documents: Mapping[str, tuple[Status, str]], run_id: int) -> None:
        """Say of documents that they are deleted, unmatched, or back; beliefs and views follow.

        What was read of them stays, so that coming back needs no new reading. What a status is in the end is a
        function of all that is known (:mod:`minex.store.status`): a retraction outlives ACTIVE, and a document
        that came from a file is never unmatched. Where queries have found a document, their hits say whether it
        is unmatched (:mod:`minex.store.sync`). Retractions are for :meth:`retract`.

        Parameters:
            documents: by id, under any name; one that is not stored is remembered until it comes.
        """
        with self.transaction():
            names = self.resolve(documents)
            for id_, (status, reason) in documents.items():
                name = names.get(id_, clean(id_))
                if status is Status.ACTIVE:
                    self.connection.execute(
                        "DELETE FROM mark WHERE document IN (?, ?) AND status IN ('deleted', 'unmatched')",
                        (name, clean(id_)),
                    )
                else:
                    by = str(Record.CITATION) if status is Status.DELETED else "query"
                    self._mark(name, str(status), by, reason, run_id)
            self._batch.restate(names.values())

    def retract(self, pmid: str, reason: str, by: str, run_id: int) -> None:
        """Say that a document is retracted, stored or not: `by` is who says so, and can say otherwise later.

        Notices that come as documents are known without this: see :mod:`minex.store.status`.
        """
        with self.transaction():
            names = self.resolve([f"PMID:{pmid}"])
            self._mark(names.get(f"PMID:{pmid}", f"PMID:{pmid}"), str(Status.RETRACTED), by, reason, run_id)
            self._batch.restate(names.values())

    def unretract(self, pmid: str, by: str) -> None:
        """Take back what `by` said with :meth:`retract`."""
        with self.transaction():
            names = self.resolve([f"PMID:{pmid}"])
            self.connection.executemany(
                "DELETE FROM mark WHERE document = ? AND status = 'retracted' AND by = ?",
                [(name, clean(by)) for name in {f"PMID:{pmid}", *names.values()}],
            )
            self._batch.restate(names.values())

    def recompute(self, ids: Iterable[str]) -> None:
        """Bring the status of stored documents up to date after a change of marks or hits, with all beliefs."""
        with self.transaction():
            self._batch.restate(ids)

    def judge(self, given: Iterable[tuple[str, str, str]], who: str, *, time: str = "") -> list[str]:
        """Write down what a person judges of evidence, in one transaction; beliefs follow.

        What is judged `wrong` or `sign` counts no more, what is judged `right` counts as sure. A verdict stays
        with its statement and sentence whatever is read again (:mod:`minex.store.verdicts`).

        Parameters:
            given: (id of the evidence, verdict, note); an empty verdict takes back what the person had judged.
            who: the person.
            time: when, UTC; default: now.

        Returns:
            The ids of which there is no evidence; nothing is written down of them.

        Raises:
            UsageError: if a verdict is none; nothing is written then.
        """
        time = time or now()
        done: list[str] = []
        unknown: list[str] = []
        with self.transaction():
            for evidence, verdict, note in given:
                if not verdict:
                    found = verdicts.withdraw(self.connection, evidence, who)
                else:
                    found = verdicts.judge(self.connection, evidence, verdict, who, time, note)
                (done if found else unknown).append(evidence)
            verdicts.recount_for(self.connection, done)
        return unknown

    def resolve(self, ids: Iterable[str]) -> dict[str, str]:
        """Return those of the ids, of any kind, that are stored, each with its document's id."""
        return stored_ids(self.connection, [clean(id_) for id_ in ids])

    def _mark(self, document: str, status: str, by: str, reason: str, run_id: int) -> None:
        self.connection.execute(
            "INSERT OR REPLACE INTO mark (document, status, by, reason, run_id) VALUES (?, ?, ?, ?, ?)",
            (document, status, clean(by), clean(reason), run_id),
        )

    def resolve_failures(self, file: str, run_id: int) -> int:
        """Remove what failed in a file in earlier runs, now that this run has read it to its end."""
        with self.transaction():
            return self.connection.execute(
                "DELETE FROM failure WHERE file = ? AND run_id <> ?", (clean(file), run_id)
            ).rowcount

    def tidy(self) -> None:
        """Remove concepts that nothing mentions any more, and let SQLite look at its statistics."""
        with opening.explained(self.path):
            filling.complete(self.path, self.connection)
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
    """One transaction of a store, or a part of one: committed at the end, rolled back on any exception."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._inner = False

    def __enter__(self) -> None:
        self._inner = self._store.connection.in_transaction
        if self._inner:
            return
        with opening.explained(self._store.path):
            # IMMEDIATE: a lock that cannot be had is told now, not when half of the rows are in.
            self._store.connection.execute("BEGIN IMMEDIATE")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._inner:
            # What was begun outside is ended there, and an exception ends it as well.
            return
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
