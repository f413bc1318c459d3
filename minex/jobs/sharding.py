"""`minex run --shards`: files in, shards out, without a database; what is there already is not made again."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast

from minex.errors import ShardError
from minex.jobs.ledger import RunStatus
from minex.jobs.parts import Part, parts
from minex.jobs.runner import Pipeline, Reader
from minex.jobs.shardpart import write_part
from minex.model import Document, Failure, Reading
from minex.shards import files
from minex.shards.about import About

__all__ = ["Here", "Made", "Maker", "Progress", "ShardReport", "maker_of", "write_shards"]

_FAILURES_REPORTED = 100

Made = tuple[About, list[Failure]]
"""What a shard says of itself, and what failed in it."""


@dataclass
class ShardReport:
    """How far the making of shards is.

    `shards` are those that are there, `made` those made now, `replaced` those of earlier states of the files, or
    of other versions, that were removed.
    """

    files: int = 0
    shards: int = 0
    made: int = 0
    replaced: int = 0
    documents: int = 0
    evidence: int = 0
    failed: int = 0
    status: RunStatus = "running"
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 if all went well, 130 if it was interrupted, else 1."""
        if self.status == "interrupted":
            return 130
        return 0 if self.status == "done" and not self.failed else 1


class Maker(Protocol):
    """What makes shards of parts, here or elsewhere."""

    @property
    def fingerprint(self) -> str:
        """A digest of the versions by which it reads."""

    def make(self, folder: Path, wanted: Iterable[Part], /) -> Iterator[Made]:
        """Write a shard of each part, in order, taking no more parts than it needs, and yield what was made."""


Progress = Callable[[ShardReport], None]
"""Called with the report so far."""


def write_shards(
    paths: Sequence[Path],
    folder: Path,
    maker: Maker,
    *,
    reader: Reader | None = None,
    progress: Progress | None = None,
) -> ShardReport:
    """Make the shards of files. Those that the folder has, of the same content and versions, stay.

    When all shards of a file are there, those of an earlier state of it, or of other versions, are removed: the
    folder holds one state of each file. Ctrl-C ends cleanly, with the status `interrupted`.

    Raises:
        ShardError: if the folder cannot be written to.
        MinexError: what the maker raises; shards that were made stay.
    """
    if reader is None:
        from minex.formats import read

        reader = read
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        cure = "choose a folder that you may write to"
        raise ShardError("shard-write", error.strerror or str(error), where=str(folder), cure=cure) from error
    return _Run(folder, maker, reader, progress).run(paths)


class Here:
    """Makes shards in this process, of what a pipeline finds; its workers, if it has some, find it."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.fingerprint = pipeline.fingerprint

    def make(self, folder: Path, wanted: Iterable[Part]) -> Iterator[Made]:
        """Write a shard of each part."""
        line: deque[tuple[Part, list[Reading | Failure]]] = deque()

        def documents() -> Iterator[Document]:
            for part in wanted:
                line.append((part, []))
                yield from part.documents

        def whole() -> Iterator[Made]:
            while line and len(line[0][1]) == len(line[0][0].documents):
                yield write_part(folder, *line.popleft(), self.pipeline)

        found = self.pipeline.read(documents())
        try:
            for item in found:
                # A part without documents is whole when it comes.
                yield from whole()
                line[0][1].append(item)
                yield from whole()
            yield from whole()
        finally:
            if isinstance(found, Generator):
                found.close()


def maker_of(pipeline: Pipeline) -> Maker:
    """Return what makes shards of what a pipeline reads: a cluster itself does, else :class:`Here`."""
    return cast(Maker, pipeline) if hasattr(pipeline, "make") else Here(pipeline)


@dataclass(slots=True)
class _Entry:
    """A shard that is to be there; `made` is None until it is."""

    name: str
    file: str
    last: bool
    made: Made | None = None


class _Run:
    def __init__(self, folder: Path, maker: Maker, reader: Reader, progress: Progress | None) -> None:
        self.folder = folder
        self.maker = maker
        self.reader = reader
        self.progress = progress
        self.report = ShardReport()
        self.started = time.monotonic()
        self.line: deque[_Entry] = deque()
        """What is to be told, in order."""
        self.missing: deque[_Entry] = deque()
        """What the maker is at, in order."""
        self.names: set[str] = set()
        """The shards of the file that is told of just now."""

    def run(self, paths: Sequence[Path]) -> ShardReport:
        made = self.maker.make(self.folder, self._wanted(paths))
        try:
            for each in made:
                self.missing.popleft().made = each
                self.report.made += 1
                self._tell()
            self._tell()
            self.report.status = "done"
        except KeyboardInterrupt:
            self.report.status = "interrupted"
        finally:
            if isinstance(made, Generator):
                made.close()
            self.report.seconds = time.monotonic() - self.started
        return self.report

    def _wanted(self, paths: Sequence[Path]) -> Iterator[Part]:
        """Yield the parts of which there is no shard yet."""
        for path in paths:
            for part in parts(path, self.reader):
                digest = files.digest_of(part.items, self.maker.fingerprint)
                name = files.name_of(part.file, part.number, last=part.last, digest=digest)
                entry = _Entry(name, part.file, part.last, self._there(self.folder / name))
                self.line.append(entry)
                if entry.made is None:
                    self.missing.append(entry)
                    yield part
                else:
                    self._tell()

    def _there(self, path: Path) -> Made | None:
        """Return what a shard tells that is there; a damaged one is made again."""
        if not path.exists():
            return None
        try:
            about, rows = files.read(path)
        except ShardError:
            return None
        return about, [row.failure for row in rows if row.failure is not None]

    def _tell(self) -> None:
        """Count what is done, as far as nothing before it is missing."""
        report = self.report
        while self.line and (made := self.line[0].made) is not None:
            entry = self.line.popleft()
            about, failures = made
            report.shards += 1
            report.documents += about.documents
            report.evidence += about.evidence
            report.failed += about.failures
            report.failures += failures[: _FAILURES_REPORTED - len(report.failures)]
            self.names.add(entry.name)
            if entry.last:
                report.files += 1
                self._tidy(entry.file)
        report.seconds = time.monotonic() - self.started
        if self.progress is not None:
            self.progress(report)

    def _tidy(self, file: str) -> None:
        """Remove the shards of other states of a file: all of this one are there."""
        for path in files.of_file(self.folder, file):
            if path.name not in self.names:
                with contextlib.suppress(OSError):
                    path.unlink()
                    self.report.replaced += 1
        for draft in files.drafts_of(self.folder, file):
            with contextlib.suppress(OSError):
                draft.unlink()
        self.names = set()
