"""A run: files in, whole documents into the store about once a second, nothing done twice.

What a kill loses is what was not committed. The next run meets the same documents, finds those that are
stored with the same text and versions, and reads only the rest.
"""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol

from minex.errors import MinexError
from minex.jobs.ledger import Ledger, RunStatus
from minex.model import Concept, Document, Failure, Reading
from minex.store import Keep, Store

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


class Settling(Protocol):
    """What a job does around reading: it learns the run's id, and has the last word on how it ended."""

    def started(self, run_id: int, /) -> None:
        """Be told the run's id, before anything is read."""

    def settle(self, report: RunReport, /) -> str:
        """Do what is left once all documents are committed; return a message if the run is to count as failed."""


@dataclass
class Counts:
    """What a run has met and done so far."""

    files: int = 0
    documents: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    failed: int = 0
    evidence: int = 0
    triples: int = 0


@dataclass
class RunReport:
    """How a run went.

    `counts.documents` are those met, `changed` those whose text or versions are others than at the last
    time, `deleted` tombstones (they are among `new` or `changed` too), `triples` those not known before.
    `timings` are seconds a stage: `read`, `store`, and the pipeline's own, else `extract`.
    """

    run_id: int
    status: RunStatus = "running"
    counts: Counts = field(default_factory=Counts)
    seconds: float = 0.0
    timings: dict[str, float] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    message: str = ""

    @property
    def exit_code(self) -> int:
        """0 if all went well, 130 if it was interrupted, else 1."""
        if self.status == "interrupted":
            return 130
        return 0 if self.status == "done" and not self.counts.failed else 1


Progress = Callable[[RunReport], None]

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
        self.store = store
        self.pipeline = pipeline
        self.keep = keep
        self.progress = progress
        self.batch_seconds = batch_seconds
        self.batch_documents = batch_documents
        self.reader = reader or _format_reader()
        self.origin = origin
        # What is kept is part of what a document was read for: `all` must find the texts that `evidence` left out.
        self.fingerprint = pipeline.fingerprint + ("" if keep == "evidence" else f"+{keep}")
        self.ledger = Ledger(store)
        self.report = RunReport(0)
        self.readings: list[Reading] = []
        self.failures: list[Failure] = []
        self.finished: list[str] = []
        self.file_of: dict[str, str] = {}
        """The file of each document under way, and of each failure's place."""
        self.text_files: dict[str, str] = {}
        """The file of each plain text met: two of one name would take each other's place."""
        self.under_way: dict[str, str] = {}
        """Documents given to the pipeline and not yet committed, with their content hash."""
        self.started = self.committed = self.reported = time.monotonic()
        self.reading_seconds = self.storing_seconds = 0.0

    def run(self, settling: Settling | None, arguments: Sequence[str] | None) -> RunReport:
        named = [str(path) for path in self.paths] if arguments is None else arguments
        self.report.run_id = self.ledger.start(self.pipeline.versions, self.fingerprint, named)
        found = self.pipeline.read(self._documents())
        try:
            if settling is not None:
                settling.started(self.report.run_id)
            for item in found:
                self._take(item)
                if len(self.readings) >= self.batch_documents or self._due():
                    self._commit()
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
                elif self._is_needed(item, file):
                    yield replace(item, source=file) if item.id.startswith("text:") else item
                self._tell()

    def _items(self, path: Path, file: str) -> Iterator[Document | Failure]:
        try:
            yield from self.reader(path)
        except MinexError as error:
            cure = f"; {error.cure}" if error.cure else ""
            yield Failure("read", error.code, error.message + cure, error.where or str(path))
        except OSError as error:
            yield Failure("read", "unreadable", error.strerror or str(error), str(path))
        self.finished.append(file)
        self.report.counts.files += 1

    def _is_needed(self, document: Document, file: str) -> bool:
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
            return False
        waiting = self.under_way.get(document.id)
        # Compared with what is on its way first: of two texts of one document in a run the later one counts.
        if waiting == document.content_hash or (
            waiting is None and not self.store.needs(document, self.fingerprint)
        ):
            self.report.counts.unchanged += 1
            return False
        self.under_way[document.id] = document.content_hash
        self.file_of[document.id] = file
        return True

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
        else:
            self._failed(item, self.file_of.get(item.document or "", ""))
            if item.document is not None and item.document in self.under_way:
                # It may come again in this run, with a better text; and what waits for it need wait no longer.
                del self.under_way[item.document]
        self._tell()

    def _failed(self, failure: Failure, file: str) -> None:
        self.failures.append(failure)
        self.file_of.setdefault(failure.document or failure.where, file)
        self._count_failure(failure)

    def _count_failure(self, failure: Failure) -> None:
        self.report.counts.failed += 1
        if len(self.report.failures) < _FAILURES_REPORTED:
            self.report.failures.append(failure)

    def _due(self) -> bool:
        return time.monotonic() - self.committed >= self.batch_seconds

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
                document = reading.document
                # Another text of it may be in the pipeline by now.
                if self.under_way.get(document.id) == document.content_hash:
                    del self.under_way[document.id]
            self.readings, self.failures = [], []
            self.file_of = {id_: file for id_, file in self.file_of.items() if id_ in self.under_way}
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

    def _stages(self) -> dict[str, float]:
        """Return the pipeline's own timings, or what is left of the time as `extract`."""
        own = getattr(getattr(self.pipeline, "timings", None), "seconds", None)
        if isinstance(own, Mapping) and own:
            return dict(own)
        return {"extract": max(self.report.seconds - self.reading_seconds - self.storing_seconds, 0.0)}

    def _how(self) -> str:
        files = " ".join(shlex.quote(str(path)) for path in self.paths)
        return f": minex run {files} --db {shlex.quote(str(self.store.path))}"


def _format_reader() -> Reader:
    from minex.formats import read

    return read
