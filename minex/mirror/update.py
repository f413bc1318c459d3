"""Bringing a mirror up to date with the files of its folder: checked, in order, each once, each whole.

A file is one transaction. What a kill loses is the file that was under way, and the next update begins with it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from minex.errors import InputError, UsageError
from minex.formats.base import Limits
from minex.mirror import database, files
from minex.mirror.files import PubmedFile
from minex.mirror.load import FileReport, Loader
from minex.store.connection import explained
from minex.store.lock import WriterLock

Tell = Callable[[str, int], None]
"""Told the name of a file and how many of its citations have been read."""


@dataclass
class UpdateReport:
    """What an update did: files loaded, files that could not be, files that are missing, what else to know."""

    loaded: list[FileReport] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """0 if the mirror has all files up to its last one, 130 if it was interrupted, else 1."""
        if self.interrupted:
            return 130
        return 1 if self.troubles or self.missing else 0


def update(
    folder: Path,
    *,
    new_baseline: int | None = None,
    unverified: bool = False,
    tell: Tell | None = None,
    limits: Limits | None = None,
) -> UpdateReport:
    """Load what a folder has of PubMed's files and its mirror has not.

    Parameters:
        folder: with PubMed's files, side by side or in `baseline/` and `updatefiles/`.
        new_baseline: the year to go over to, where the mirror follows another one.
        unverified: load files without a `.md5` beside them too. A wrong checksum is never passed over.
        tell: told of progress.

    Returns:
        The report; a file that is damaged, unchecked or missing is in it, and the others are loaded.

    Raises:
        StoreError: if the mirror cannot be written; what was loaded before stays.
        InputError: if the folder cannot be read.
        UsageError: if the new baseline is not there.
    """
    report = UpdateReport()
    there = files.found(folder)
    lock = WriterLock(folder / database.NAME)
    try:
        with contextlib.closing(database.open_writer(folder)) as connection, explained(folder / database.NAME):
            year = chosen_year(connection, there, new_baseline, report)
            if year is None:
                return report
            _load(connection, [file for file in there if file.year == year], report, unverified, tell, limits)
            known = {row[0] for row in connection.execute("SELECT seq FROM file")}
            known |= {file.seq for file in there}
            report.missing = [files.name_of(seq) for seq in files.missing(year, known)]
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except KeyboardInterrupt:
        report.interrupted = True
    finally:
        lock.release()
    return report


def chosen_year(
    connection: sqlite3.Connection, there: list[PubmedFile], new_baseline: int | None, report: UpdateReport
) -> int | None:
    """Return the year whose files are to be loaded, None if there are none; going over to another is explicit.

    Raises:
        UsageError: if the files of a new baseline are not there, or it is older than the mirror's.
    """
    year = database.year_of(connection)
    years = sorted({file.year for file in there})
    if new_baseline is not None:
        if year is not None and new_baseline < year:
            cure = f"the mirror follows the baseline of {year}"
            raise UsageError("old-baseline", f"{new_baseline} is older than what the mirror has", cure=cure)
        if files.first_of(new_baseline) not in {file.seq for file in there} and new_baseline != year:
            cure = "fetch it, or minex mirror update DIR --download"
            name = files.name_of(files.first_of(new_baseline))
            raise UsageError("no-baseline", f"the first file of that baseline, {name}, is not there", cure=cure)
        return new_baseline
    if year is None:
        if len(years) > 1:
            cure = f"say which to begin with: --new-baseline {years[-1]}"
            shown = " and ".join(map(str, years))
            raise UsageError("two-baselines", f"there are files of the baselines of {shown}", cure=cure)
        return years[0] if years else None
    for later in (each for each in years if each > year):
        count = sum(file.year == later for file in there)
        report.troubles.append(
            f"{count} files of the baseline of {later} are there, and the mirror follows that of {year}: "
            f"minex mirror update DIR --new-baseline {later}"
        )
    return year


def _load(
    connection: sqlite3.Connection,
    there: list[PubmedFile],
    report: UpdateReport,
    unverified: bool,
    tell: Tell | None,
    limits: Limits | None,
) -> None:
    known = dict(connection.execute("SELECT seq, md5 FROM file"))
    loader = Loader(connection)
    for file in there:
        promised = files.said_md5(file)
        if file.seq in known:
            if promised is None or not known[file.seq] or promised == known[file.seq]:
                continue
            report.notes.append(f"{file.name} has been issued again since it was loaded, and is loaded again")
        try:
            md5 = _checked(file, promised, unverified)
            with database.transaction(connection):
                report.loaded.append(loader.load(file, md5, limits, _told(file, tell)))
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('year', ?)", (str(file.year),))
        except InputError as error:
            cure = f"; {error.cure}" if error.cure else ""
            report.troubles.append(f"{file.path}: {error.message}{cure}")


def _told(file: PubmedFile, tell: Tell | None) -> Callable[[int], None] | None:
    return None if tell is None else lambda count: tell(file.name, count)


def _checked(file: PubmedFile, promised: str | None, unverified: bool) -> str:
    """Return a file's checksum, if it is what was promised.

    Raises:
        InputError: if it is not, or nothing was promised.
    """
    if promised is None:
        if unverified:
            return ""
        cure = f"fetch {file.promised.name} too, or --unverified"
        raise InputError("no-checksum", "no checksum stands beside it, so it is not loaded", cure=cure)
    found = files.md5_of(file.path)
    if found != promised:
        message = f"its checksum is {found}, and {file.promised.name} promises {promised}: it is not loaded"
        raise InputError("checksum", message, cure="fetch it again")
    return found
