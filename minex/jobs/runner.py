"""A run: files in, whole documents into the store about once a second, nothing done twice.

What a kill loses is what was not committed. The next run meets the same documents, finds those that are
stored with the same text and versions, and reads only the rest.
"""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from minex.errors import MinexError
from minex.jobs.ledger import Ledger, RunStatus
from minex.jobs.report import Counts, RunReport
from minex.model import Concept, Document, Failure, Reading, Record
from minex.store import Keep, Store

__all__ = ["BATCH_DOCUMENTS", "Counts", "Pipeline", "Progress", "Reader", "RunReport", "Settling", "run"]

BATCH_DOCUMENTS = 2000
"""A transaction is no longer than this, however fast documents come."""

_PROGRESS_SECONDS = 0.1


class Pipeline(Protocol):
    """What turns documents into readings; :class:`minex.pipeline.Pipeline` is the real one."""

    @property
    def versions(self) -> Mapping[str, str]:
        """What a result depends on: `minex`, `model`, `lexicon`, `rules`."""

    @property
    def fingerprint(self) -> str:
        """A digest of the versions."""

    def concept(self, id: str, /) -> Concept | None:
        """Return what the lexicon knows of a concept."""

    def read(self, documents: Iterable[Document], /) -> Iterator[Reading | Failure]:
        """Yield a reading or a failure for each document, in order, taking no more of them than it needs."""


Reader = Callable[[Path], Iterator["Document | Failure"]]


class NotWhole(Exception):
    """Raised by a reader at its end: it had only parts of the file, so what failed in the others still stands."""


def told(reader: Reader, path: Path) -> Iterator[Document | Failure]:
    """Yield what a reader reads; that it cannot read a file, or not to its end, is a failure too."""
    try:
        yield from reader(path)
    except MinexError as error:
        cure = f"; {error.cure}" if error.cure else ""
        yield Failure("read", error.code, error.message + cure, error.where or str(path))
    except OSError as error:
        yield Failure("read", "unreadable", error.strerror or str(error), str(path))


class Settling(Protocol):
    """What a job does around reading: it learns the run's id, and has the last word on how it ended."""

    def started(self, run_id: int, /) -> None:
        """Be told the run's id, before anything is read."""

    def settle(self, report: RunReport, /) -> str:
        """Do what is left once all documents are committed; return a message if the run is to count as failed."""


Progress = Callable[[RunReport], None]
"""Called with the report so far."""

_FAILURES_REPORTED = 100


def run(
    paths: Sequence[Path],
    store: Store,
    pipeline: Pipeline,
    *,
    keep: Keep = "evidence",
    progress: Progress | None = None,
    batch_seconds: float = 1.0,
    batch_documents: int = BATCH_DOCUMENTS,
    reader: Reader | None = None,
    origin: str = "file",
    settling: Settling | None = None,
    arguments: Sequence[str] | None = None,
) -> RunReport:
    """Read files, extract, and store; what is stored already, with the same text and versions, is skipped.

    Parameters:
        paths: the files. One that cannot be read becomes a failure, and the run goes on with the others.
        store: an open store that can be written to.
        pipeline: what finds evidence in documents.
        keep: how much to keep of documents without evidence.
        progress: called with the report so far, some ten times a second at the most.
        batch_seconds: how long a transaction's worth of work is.
        batch_documents: how many documents a transaction has at the most.
        reader: what reads a file, in place of :func:`minex.formats.read`.
        origin: where the documents come from, for the `document` table.
        settling: what a job does before and after reading.
        arguments: what the ledger says of the run; default: the files.

    Returns:
        The report. Ctrl-C ends a run cleanly: what is whole is committed, and the status is `interrupted`.

    Raises:
        StoreError: if the database cannot be written; what was committed stays.
        MinexError: what the pipeline raises; what is whole is committed first, and the run marked as failed.
    """
    runner = _Runner(paths, store, pipeline, keep, progress, batch_seconds, batch_documents, reader, origin)
    return runner.run(settling, arguments)


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A record that is being read, with the hash of the document as the pipeline got it."""

    document: Document
    content_hash: str

    def is_as_good_as(self, other: Document) -> bool:
        """Return whether another state of the same record brings nothing."""
        mine = self.document
        return mine.version > other.version or (mine.version, mine.content_hash) == (
            other.version,
            other.content_hash,
        )


def _key(document: Document) -> tuple[str, str]:
    return document.id, str(document.record)


class _Runner:
    def __init__(
        self,
        paths: Sequence[Path],
        store: Store,
        pipeline: Pipeline,
        keep: Keep,
        progress: Progress | None,
        batch_seconds: float,
        batch_documents: int,
        reader: Reader | None,
        origin: str,
    ) -> None:
        self.paths = [Path(path) for path in paths]
        self.call = ["run", *map(str, self.paths)]
        """The command that a user gives to go on."""
        self.store = store
        self.pipeline = pipeline
        self.keep = keep
        self.progress = progress
        self.batch_seconds = batch_seconds
        self.batch_documents = batch_documents
        self.origin = origin
        # What is kept is part of what a document was read for: `all` must find the texts that `evidence` left out.
        self.fingerprint = pipeline.fingerprint + ("" if keep == "evidence" else f"+{keep}")
        self.ledger = Ledger(store)
        self.report = RunReport(0)
        self.reader = reader or self._counted_reader()
        self.readings: list[Reading | Document] = []
        self.failures: list[Failure] = []
        self.finished: list[str] = []
        self.file_of: dict[str, str] = {}
        """The file of each document under way, and of each failure's place."""
        self.text_files: dict[str, str] = {}
        """The file of each plain text met: two of one name would take each other's place."""
        self.under_way: dict[tuple[str, str], _UnderWay] = {}
        """Records given to the pipeline and not yet committed, by their document's id and their kind."""
        self.started = self.committed = self.reported = time.monotonic()
        self.reading_seconds = self.storing_seconds = 0.0

    def run(self, settling: Settling | None, arguments: Sequence[str] | None) -> RunReport:
        if arguments is not None:
            self.call = list(arguments)
        named = self.call[1:] if arguments is None else self.call
        self.report.run_id = self.ledger.start(self.pipeline.versions, self.fingerprint, named)
        found = self.pipeline.read(self._documents())
        try:
            if settling is not None:
                settling.started(self.report.run_id)
            for item in found:
                self._take(item)
                self._commit_if_due()
            self._commit()
            for file in self.finished:
                self.store.resolve_failures(file, self.report.run_id)
            if self.report.counts.changed:
                self.store.tidy()
            trouble = "" if settling is None else settling.settle(self.report)
            self._finish("failed" if trouble else "done", trouble)
        except KeyboardInterrupt:
            self._close(found)
            self._commit()
            self._finish("interrupted", "interrupted; to go on, give the same command again" + self._how())
        except BaseException as error:
            self._fail(found, error)
            raise
        return self.report

    def _fail(self, found: Iterator[Reading | Failure], error: BaseException) -> None:
        """Save what is whole and mark the run, as far as the trouble lets us."""
        self._close(found)
        message = str(error) or type(error).__name__
        try:
            self._commit()
            self._finish("failed", message)
        except MinexError:
            # The store itself is the trouble. The first error tells of it; the next run marks this one.
            self.report.status, self.report.message = "failed", message

    @staticmethod
    def _close(found: Iterator[Reading | Failure]) -> None:
        if isinstance(found, Generator):
            found.close()

    def _documents(self) -> Iterator[Document]:
        """Yield the documents that have to be read, and take note of all the others."""
        for path in self.paths:
            file = os.path.abspath(path)
            items = self._items(path, file)
            while True:
                clock = time.perf_counter()
                item = next(items, None)
                self.reading_seconds += time.perf_counter() - clock
                if item is None:
                    break
                if isinstance(item, Failure):
                    self._failed(item, file)
                elif (wanted := self._wanted(item, file)) is not None:
                    yield wanted
                self._tell()

    def _items(self, path: Path, file: str) -> Iterator[Document | Failure]:
        try:
            yield from told(self.reader, path)
        except NotWhole:
            return
        self.finished.append(file)
        self.report.counts.files += 1

    def _wanted(self, document: Document, file: str) -> Document | None:
        """Return a document as it is to be read, or None if there is nothing to be read."""
        self.report.counts.documents += 1
        if first := self._other_text(document, file):
            self._failed(
                Failure(
                    "read",
                    "name-twice",
                    f"{first} has the same name, and a text is known by its file's name; rename one of them",
                    file,
                ),
                file,
            )
            return None
        if document.id.startswith("text:"):
            document = replace(document, source=file)
        # Compared with what is on its way first: of two texts of one record in a run the later one counts.
        waiting = self.under_way.get(_key(document))
        state, wanted = self.store.look(document, self.fingerprint, origin=self.origin)
        if state == "unchanged" if waiting is None else waiting.is_as_good_as(document):
            self.report.counts.unchanged += 1
            return None
        self.file_of[document.id] = file
        if state == "metadata" and waiting is None:
            self.readings.append(document)
            self._commit_if_due()
            return None
        self.under_way[_key(document)] = _UnderWay(document, wanted.content_hash)
        return wanted

    def _other_text(self, document: Document, file: str) -> str:
        """Return the other file, still there, that a plain text of this name came from; empty if none."""
        if not document.id.startswith("text:"):
            return ""
        known = self.text_files.get(document.id)
        if known is None:
            rows = self.store.select("SELECT source FROM document WHERE id = ?", (document.id,)).rows
            known = rows[0][0] if rows and rows[0][0] else file
            self.text_files[document.id] = file if known == file or not os.path.exists(known) else known
        return known if known != file and os.path.exists(known) else ""

    def _take(self, item: Reading | Failure) -> None:
        if isinstance(item, Reading):
            self.readings.append(item)
            self.report.told += item.notices[: _FAILURES_REPORTED - len(self.report.told)]
        else:
            failed = self._failing(item)
            self._failed(item, self.file_of.get(item.document or "", ""))
            if failed is not None:
                # It may come again in this run, with a better text; and what waits for it need wait no longer.
                del self.under_way[_key(failed)]
                # Its text could not be read, but what it says beside that counts: above all, that it is retracted.
                self.readings.append(failed)
        self._tell()

    def _failing(self, failure: Failure) -> Document | None:
        """Return the record under way that a failure is of."""
        kinds = [str(failure.record)] if failure.record is not None else [str(record) for record in Record]
        keys = [(failure.document or "", kind) for kind in kinds]
        return next((self.under_way[key].document for key in keys if key in self.under_way), None)

    def _failed(self, failure: Failure, file: str) -> None:
        self.failures.append(failure)
        self.file_of.setdefault(failure.document or failure.where, file)
        self._count_failure(failure)

    def _count_failure(self, failure: Failure) -> None:
        self.report.counts.failed += 1
        if len(self.report.failures) < _FAILURES_REPORTED:
            self.report.failures.append(failure)

    def _commit_if_due(self) -> None:
        due = time.monotonic() - self.committed >= self.batch_seconds
        if due or len(self.readings) >= self.batch_documents:
            self._commit()

    def _commit(self) -> None:
        if self.readings or self.failures:
            clock = time.perf_counter()
            written = self.store.write(
                self.readings,
                self.report.run_id,
                self.failures,
                concept=self.pipeline.concept,
                keep=self.keep,
                origin=self.origin,
                files=self.file_of,
            )
            for failure in written.failures[len(self.failures) :]:
                self._count_failure(failure)
            for reading in self.readings:
                document = reading.document if isinstance(reading, Reading) else reading
                waiting = self.under_way.get(_key(document))
                # Another text of it may be in the pipeline by now.
                if waiting is not None and waiting.content_hash == document.content_hash:
                    del self.under_way[_key(document)]
            self.readings, self.failures = [], []
            ids = {id_ for id_, _ in self.under_way}
            self.file_of = {id_: file for id_, file in self.file_of.items() if id_ in ids}
            self.report.told += written.told[: _FAILURES_REPORTED - len(self.report.told)]
            counts = self.report.counts
            counts.new += written.new
            counts.changed += written.changed
            counts.deleted += written.deleted
            counts.evidence += written.evidence
            counts.triples += written.new_triples
            self.ledger.note(self.report.run_id, asdict(counts))
            self.storing_seconds += time.perf_counter() - clock
        self.committed = time.monotonic()

    def _tell(self) -> None:
        if self.progress is not None and time.monotonic() - self.reported >= _PROGRESS_SECONDS:
            self.reported = time.monotonic()
            self.report.seconds = self.reported - self.started
            self.progress(self.report)

    def _finish(self, status: RunStatus, message: str = "") -> None:
        report = self.report
        report.status, report.message = status, message
        report.seconds = time.monotonic() - self.started
        report.timings = {"read": self.reading_seconds, "store": self.storing_seconds, **self._stages()}
        self.ledger.finish(report.run_id, status, asdict(report.counts), message)
        if self.progress is not None:
            self.progress(report)

    def _counted_reader(self) -> Reader:
        """Return the reader of all formats, which lets the report say how far it is."""
        from minex.formats import read

        def taken(count: int) -> None:
            self.report.bytes_read += count

        self.report.bytes_total = sum(path.stat().st_size for path in self.paths if path.is_file())
        return partial(read, taken=taken)

    def _stages(self) -> dict[str, float]:
        """Return the pipeline's own timings, or what is left of the time as `extract`."""
        own = getattr(getattr(self.pipeline, "timings", None), "seconds", None)
        if isinstance(own, Mapping) and own:
            return dict(own)
        return {"extract": max(self.report.seconds - self.reading_seconds - self.storing_seconds, 0.0)}

    def _how(self) -> str:
        return f": minex {shlex.join(self.call)} --db {shlex.quote(str(self.store.path))}"
