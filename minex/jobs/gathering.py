"""`minex merge`: shards into a database, in any order, as often as one likes.

Each shard's documents go through a run like any others, so that what is there is skipped and all else follows the
same rules; only that what was found in them is known already.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from minex.errors import MinexError, ShardError, UsageError
from minex.jobs.arrival import Arrivals, natural
from minex.jobs.runner import NotWhole, Pipeline, Progress, RunReport, run
from minex.model import Concept, Document, Failure, Reading
from minex.shards import files
from minex.shards.about import About, read_about
from minex.shards.schema import Row
from minex.store import Keep, Store
from minex.store.plan import read_hash

__all__ = ["GatherReport", "find", "gather"]


@dataclass
class GatherReport:
    """What came of the shards: the run, and what is wrong with some of them."""

    run: RunReport | None = None
    shards: int = 0
    troubles: list[MinexError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 if all shards were merged and nothing failed, 130 if it was interrupted, else 1."""
        return max(1 if self.troubles else 0, self.run.exit_code if self.run is not None else 0)


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that was looked at."""

    path: Path
    about: About


def find(given: Iterable[Path]) -> list[Path]:
    """Return the shards that paths name: files, and those in folders.

    Raises:
        UsageError: if a path is not there, or there is no shard at all.
    """
    found: dict[Path, None] = {}
    for path in given:
        if not path.exists():
            raise UsageError(
                "no-such-file", "there is no such file or folder", where=str(path), cure="check the path"
            )
        found.update(dict.fromkeys(files.in_folder(path) if path.is_dir() else [path]))
    if not found:
        where = ", ".join(map(str, given))
        cure = "make some with: minex run FILE... --shards FOLDER"
        raise UsageError("no-shards", "there is no shard in it", where=where, cure=cure)
    return list(found)


def gather(
    given: Sequence[Path],
    store: Store,
    *,
    keep: Keep = "evidence",
    progress: Progress | None = None,
    again: Callable[[], Pipeline] | None = None,
) -> GatherReport:
    """Take shards into a database. One that is damaged is told, and the rest is merged.

    Parameters:
        given: shards, and folders of them; their order does not matter.
        keep: how much to keep of documents without evidence.
        progress: called with the run's report so far.
        again: makes the pipeline by which documents are read again that the database knows to be reviews and the
            shard did not.

    Raises:
        UsageError: if there are no shards, or shards of several versions.
        StoreError: if the database cannot be written; what was committed stays.
    """
    report = GatherReport()
    shards = _of_one_version(list(_looked_at(find(given), report)))
    report.shards = len(shards)
    if shards:
        gathered = _Gathered(shards, store, report, again)
        report.run = run(
            gathered.paths,
            store,
            gathered,
            keep=keep,
            progress=progress,
            reader=gathered.items,
            arguments=["merge", *map(str, given)],
        )
    return report


def _looked_at(paths: Iterable[Path], report: GatherReport) -> Iterator[Shard]:
    for path in paths:
        try:
            yield Shard(path, read_about(path))
        except ShardError as error:
            report.troubles.append(error)


def _of_one_version(shards: list[Shard]) -> list[Shard]:
    """Refuse shards of several versions: which of them are to count is not for us to say."""
    groups: dict[str, list[Shard]] = defaultdict(list)
    for shard in shards:
        groups[shard.about.fingerprint].append(shard)
    if len(groups) > 1:
        first, second = (group[0] for group in list(groups.values())[:2])
        names = [
            f"{name} {value} and {second.about.versions.get(name, 'none')}"
            for name, value in first.about.versions.items()
            if second.about.versions.get(name) != value
        ]
        raise UsageError(
            "shard-versions",
            f"these shards were made by different versions ({'; '.join(names)}): {first.path} and {second.path}",
            cure="give the run that made them again, which makes all with one version, or merge those of one",
        )
    return shards


class _Gathered:
    """Shards as what a run needs: a reader of files, and a pipeline that knows what was found."""

    def __init__(
        self, shards: list[Shard], store: Store, report: GatherReport, again: Callable[[], Pipeline] | None
    ) -> None:
        about = shards[0].about
        self.versions: Mapping[str, str] = about.versions
        self.fingerprint = about.fingerprint
        self.report = report
        self._again = again
        self._pipeline: Pipeline | None = None
        self._arrivals = Arrivals(store)
        self._concepts: dict[str, Concept] = {}
        self._row = Row()
        self._files: dict[str, list[Shard]] = {}
        shards = sorted(shards, key=lambda shard: (*_file_order(shard.about.file), shard.about.part, shard.path))
        for file, of_file in groupby(shards, key=lambda shard: shard.about.file):
            chosen = self._one_state(file, list(of_file))
            if chosen:
                self._files[file] = chosen
        self.paths = [Path(file) for file in self._files]

    def concept(self, id: str) -> Concept | None:
        """Return what the lexicon that read it knew of a concept."""
        return self._concepts.get(id)

    def items(self, path: Path) -> Iterator[Document | Failure]:
        """Yield what stands in the shards of a file: the runner's reader."""
        file = str(path)
        seen: set[int] = set()
        last = 0
        for shard in self._files[file]:
            try:
                about, rows = files.read(shard.path)
            except ShardError as error:
                self.report.troubles.append(error)
                continue
            seen.add(about.part)
            last = about.part if about.last else last
            for row in rows:
                yield from self._item(row, file)
        missing = [number for number in range(1, (last or max(seen, default=0)) + 1) if number not in seen]
        if missing or not last:
            self._tell_missing(file, missing, last)
            raise NotWhole

    def _item(self, row: Row, file: str) -> Iterator[Document | Failure]:
        if row.concept is not None:
            self._concepts[row.concept.id] = row.concept
            return
        item = row.document or row.failure
        if item is not None and not self._arrivals.is_late(item, os.path.basename(file)):
            self._row = row
            yield item

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """Yield what was found in each document: it was yielded by :meth:`items` just now."""
        for document in documents:
            row = self._row
            if row.failure is not None:
                yield row.failure
            elif row.document is None or read_hash(document) == read_hash(row.document):
                yield row.reading(document)
            else:
                yield self._read_again(document, row, row.document)

    def _read_again(self, document: Document, row: Row, was: Document) -> Reading | Failure:
        """Read a document that is a review, as the database knows and its shard did not."""
        if self._pipeline is None and self._again is not None:
            self._pipeline = self._again()
        if self._pipeline is not None and self._pipeline.fingerprint == self.fingerprint:
            return next(iter(self._pipeline.read([document])))
        # Stored as what it was read as, so that the next run with this document reads it again.
        return row.reading(was)

    def _one_state(self, file: str, shards: list[Shard]) -> list[Shard]:
        """Return the shards of a file, each part once; of two states of a file none is merged."""
        parts: dict[int, Shard] = {}
        for shard in shards:
            other = parts.setdefault(shard.about.part, shard)
            if (other.about.digest, other.about.last) != (shard.about.digest, shard.about.last):
                self.report.troubles.append(
                    ShardError(
                        "shard-states",
                        f"{shard.path} and {other.path} are of two states of one part of this file, and neither "
                        "state was merged",
                        where=file,
                        cure="give the run that makes them again until it ends: it removes those that are old",
                    )
                )
                return []
        return list(parts.values())

    def _tell_missing(self, file: str, missing: list[int], last: int) -> None:
        of = f" of {last}" if last else ""
        names = ", ".join(map(str, missing[:10])) + (", ..." if len(missing) > 10 else "")
        what = f"part {names}{of} is missing" if missing else "its last part is missing"
        if missing and not last:
            what += ", and its last one"
        self.report.troubles.append(
            ShardError(
                "shard-missing",
                f"{what}; the others were merged",
                where=file,
                cure="give the run that makes its shards again, then merge again: both do only what is missing",
            )
        )


def _file_order(file: str) -> tuple[object, ...]:
    return natural(os.path.basename(file)), natural(file)
