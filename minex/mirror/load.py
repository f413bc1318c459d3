"""One of PubMed's files into the mirror, whole or not at all.

Which citation counts does not hang on the order in which files come: the higher version, and of one version the
later file. So a file that was missing can be loaded when it has come, and one issued again replaces itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from lxml import etree

from minex.errors import InputError
from minex.formats.base import Limits, Source, open_source
from minex.formats.medline import SHAPE, shortened
from minex.formats.xmlrecords import Piece, Pieces, make_parser, parse, refuse_entities
from minex.mirror import blocks
from minex.mirror.entry import Entry, Name, entry_of
from minex.mirror.files import PubmedFile
from minex.mirror.words import words

_BATCH = 256
_INDENT = re.compile(rb"\n\s+")
_DELETED = re.compile(rb"<PMID(?:\s+Version=\"(\d{1,9})\")?[^>]*>\s*(\d{1,18})\s*</PMID>")
_BROKEN = frozenset({"xml-cut", "gzip-cut", "gzip-damaged", "gzip-bomb", "unreadable"})
"""Errors that say that the file is not what PubMed made: nothing of it is believed."""

_REFERENCES = (b"<ReferenceList", b"</ReferenceList>")
_INSERT = """
INSERT INTO citation (id, pmid, version, seq, hash, block, place, published, electronic, entered, created, indexed,
                      revised, completed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(slots=True)
class FileReport:
    """What a file brought: citations new, revised, the same as before and older than what is held; deletions."""

    name: str
    citations: int = 0
    fresh: int = 0
    revised: int = 0
    same: int = 0
    older: int = 0
    deleted: int = 0
    failed: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Record:
    entry: Entry
    hash: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class _Held:
    id: int
    version: int
    seq: int
    hash: bytes


class Loader:
    """Loads files; the caller has begun a transaction for each, and rolls it back if one raises."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._names: set[Name] = set()
        """Names that are written down already, so that they need not be again."""

    def load(
        self, file: PubmedFile, md5: str, limits: Limits | None = None, tell: Callable[[int], None] | None = None
    ) -> FileReport:
        """Read a file into the mirror and take note that this was done.

        Parameters:
            md5: its checksum, for the record.
            tell: called now and then with the number of citations read.

        Raises:
            InputError: if the file is cut, damaged or no file of PubMed's.
        """
        started = time.monotonic()
        report = FileReport(file.name)
        job = _Job(self.connection, file.seq, report, self._names)
        try:
            with open_source(file.path, limits or Limits()) as source:
                job.read(source, limits or Limits(), tell or (lambda count: None))
            job.finish()
        except BaseException:
            # What was noted of names is rolled back with the rest.
            self._names.clear()
            raise
        report.seconds = time.monotonic() - started
        self.connection.execute("DELETE FROM file WHERE seq = ?", (file.seq,))
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        counts = (report.citations, report.fresh, report.revised, report.same, report.older, report.deleted)
        self.connection.execute(
            "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                file.seq, file.name, md5, file.path.stat().st_size, now, report.seconds, *counts, report.failed,
            ),
        )  # fmt: skip
        return report


class _Job:
    def __init__(self, connection: sqlite3.Connection, seq: int, report: FileReport, names: set[Name]) -> None:
        self.connection, self.seq, self.report, self.names = connection, seq, report, names
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'citation'").fetchone()
        self.next_id = (row[0] if row else 0) + 1
        self.next_block = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM block").fetchone()[0]
        self.waiting: dict[int, _Record] = {}
        self.block: list[bytes] = []
        connection.execute("DELETE FROM trouble WHERE seq = ?", (seq,))

    def read(self, source: Source, limits: Limits, tell: Callable[[int], None]) -> None:
        refuse_entities(source, "PubMed's own files declare none: fetch the file from PubMed")
        parser = make_parser(source)
        for piece in Pieces(source, limits, SHAPE):
            if isinstance(piece, InputError):
                self._trouble(piece, source.name)
            elif piece.kind == b"DeleteCitation":
                self._delete(piece)
            else:
                self._take(piece, parser, source)
                if self.report.citations % 1000 == 0:
                    tell(self.report.citations)

    def finish(self) -> None:
        self._write()
        self._close_block()

    def _take(self, piece: Piece, parser: etree.XMLParser, source: Source) -> None:
        self.report.citations += 1
        if piece.trouble is not None:
            self._trouble(piece.trouble, f"record {self.report.citations}")
            return
        data = _INDENT.sub(b"\n", _without_references(piece.data))
        try:
            entry = entry_of(parse(data, parser))
        except InputError as error:
            self._trouble(error, f"record {self.report.citations}, byte {piece.offset}")
            return
        if entry.pmid in self.waiting:
            self._write()
        digest = hashlib.blake2b(data, digest_size=8).digest()
        kept = shortened(Piece(piece.kind, data, piece.offset))
        self.waiting[entry.pmid] = _Record(entry, digest, kept)
        if len(self.waiting) >= _BATCH:
            self._write()

    def _trouble(self, error: InputError, place: str) -> None:
        if error.code in _BROKEN:
            raise error
        self.report.failed += 1
        self.connection.execute("INSERT INTO trouble VALUES (?, ?, ?)", (self.seq, place, error.message))

    def _delete(self, piece: Piece) -> None:
        self._write()
        if piece.trouble is not None:
            self._trouble(piece.trouble, "DeleteCitation")
        for match in _DELETED.finditer(piece.data):
            version, pmid = int(match[1] or 1), int(match[2])
            held = self._held([pmid]).get(pmid)
            if held is not None and (held.version > version or held.seq > self.seq):
                continue
            if held is not None:
                self.connection.execute("DELETE FROM citation WHERE id = ?", (held.id,))
            self.connection.execute(
                "INSERT INTO tombstone VALUES (?, ?, ?) ON CONFLICT (pmid) DO UPDATE "
                "SET version = excluded.version, seq = excluded.seq WHERE excluded.seq >= seq",
                (pmid, version, self.seq),
            )
            self.report.deleted += 1

    def _write(self) -> None:
        """Write down the citations that wait, where they are newer than what is held."""
        if not self.waiting:
            return
        held, buried = self._held(list(self.waiting)), self._buried(list(self.waiting))
        rows, texts, replaced = [], [], []
        for pmid, record in self.waiting.items():
            entry, known, grave = record.entry, held.get(pmid), buried.get(pmid)
            if (known is not None and (known.version, known.seq) > (entry.version, self.seq)) or (
                grave is not None and grave[1] > self.seq and grave[0] >= entry.version
            ):
                self.report.older += 1
                continue
            if known is not None and (known.version, known.hash) == (entry.version, record.hash):
                self.connection.execute("UPDATE citation SET seq = ? WHERE id = ?", (self.seq, known.id))
                self.report.same += 1
                continue
            if known is None:
                self.report.fresh += 1
            else:
                self.report.revised += 1
                replaced.append((known.id,))
            rows.append(self._row(record))
            said = (entry.title, entry.abstract, entry.keywords, entry.authors, entry.headings, entry.tags)
            texts.append((rows[-1][0], *said))
            self._note(entry)
        execute = self.connection.executemany
        execute("DELETE FROM citation WHERE id = ?", replaced)
        execute("DELETE FROM tombstone WHERE pmid = ?", [(row[1],) for row in rows])
        execute(_INSERT, rows)
        execute("INSERT INTO words (rowid, title, abstract, keywords, authors, headings, tags) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)", texts)  # fmt: skip
        self.waiting.clear()

    def _row(self, record: _Record) -> tuple[object, ...]:
        entry, id = record.entry, self.next_id
        self.next_id += 1
        if len(self.block) == blocks.SIZE:
            self._close_block()
        self.block.append(record.data)
        return (
            id, entry.pmid, entry.version, self.seq, record.hash, self.next_block, len(self.block) - 1,
            entry.published, entry.electronic, entry.entered, entry.created, entry.indexed, entry.revised,
            entry.completed,
        )  # fmt: skip

    def _close_block(self) -> None:
        if self.block:
            packed = blocks.pack(self.block)
            self.connection.execute("INSERT INTO block VALUES (?, ?)", (self.next_block, packed))
            self.next_block += 1
            self.block = []

    def _note(self, entry: Entry) -> None:
        fresh = [name for name in entry.names if name not in self.names]
        if fresh:
            self.names.update(fresh)
            rows = [(kind, words(name), word, name) for kind, word, name in fresh]
            self.connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", rows)

    def _held(self, pmids: list[int]) -> dict[int, _Held]:
        rows = self.connection.execute(
            "SELECT pmid, id, version, seq, hash FROM citation WHERE pmid IN (SELECT value FROM json_each(?))",
            (json.dumps(pmids),),
        )
        return {row[0]: _Held(*row[1:]) for row in rows}

    def _buried(self, pmids: list[int]) -> dict[int, tuple[int, int]]:
        rows = self.connection.execute(
            "SELECT pmid, version, seq FROM tombstone WHERE pmid IN (SELECT value FROM json_each(?))",
            (json.dumps(pmids),),
        )
        return {pmid: (version, seq) for pmid, version, seq in rows}


def _without_references(data: bytes) -> bytes:
    """Return a record without its list of references: the longest part of it, and not sought in."""
    if b"!" in data and b"<!" in data:
        return data
    start, end = data.find(_REFERENCES[0]), data.rfind(_REFERENCES[1])
    return data[:start] + data[end + len(_REFERENCES[1]) :] if 0 <= start < end else data
