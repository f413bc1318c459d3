"""The mirror's file: one SQLite database in the folder of PubMed's files.

`citation` has a row for each PMID that PubMed holds, `words` the index that it is found by, `block` the records,
32 to a compressed block. A revision gets a new id, and what the index has of the old one then points to nothing:
SQLite's index can forget a row only if it is told what stood there.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from minex.errors import StoreError
from minex.store.connection import explained, set_journal

NAME = "mirror.db"
_APPLICATION = 0x6D6E7870
_VERSION = 1

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    seq INTEGER PRIMARY KEY, name TEXT NOT NULL, md5 TEXT NOT NULL, bytes INTEGER NOT NULL, loaded TEXT NOT NULL,
    seconds REAL NOT NULL, citations INTEGER NOT NULL, fresh INTEGER NOT NULL, revised INTEGER NOT NULL,
    same INTEGER NOT NULL, older INTEGER NOT NULL, deleted INTEGER NOT NULL, failed INTEGER NOT NULL
);
CREATE TABLE citation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, pmid INTEGER NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL,
    hash BLOB NOT NULL, block INTEGER NOT NULL, place INTEGER NOT NULL,
    published INTEGER NOT NULL, electronic INTEGER NOT NULL, entered INTEGER NOT NULL, created INTEGER NOT NULL,
    indexed INTEGER NOT NULL, revised INTEGER NOT NULL, completed INTEGER NOT NULL
);
CREATE UNIQUE INDEX citation_pmid ON citation (pmid);
CREATE INDEX citation_seq ON citation (seq);
CREATE TABLE tombstone (pmid INTEGER PRIMARY KEY, version INTEGER NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE name (
    kind TEXT NOT NULL, norm TEXT NOT NULL, word TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (kind, norm, word)
) WITHOUT ROWID;
CREATE TABLE trouble (seq INTEGER NOT NULL, place TEXT NOT NULL, message TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    title, abstract, keywords, authors, headings, tags, content = '', columnsize = 0, tokenize = 'ascii'
);
INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);
"""


def open_writer(folder: Path) -> sqlite3.Connection:
    """Open a folder's mirror for writing, and make one where there is none; the caller holds its lock.

    Raises:
        StoreError: if it is foreign, newer, damaged or cannot be written.
    """
    path = folder / NAME
    with explained(path):
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                _create(connection)
            _check(connection, path)
            set_journal(connection, path)
            connection.execute("PRAGMA cache_size = -262144")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA wal_autocheckpoint = 16384")
        except BaseException:
            connection.close()
            raise
    return connection


def open_reader(folder: Path) -> sqlite3.Connection:
    """Open a folder's mirror so that nothing can be written to it.

    Raises:
        StoreError: if there is none, or it cannot be read.
    """
    path = folder / NAME
    if not path.is_file():
        cure = f"load PubMed's files in it: minex mirror update {folder}"
        raise StoreError("no-mirror", "there is no mirror in this folder", where=str(folder), cure=cure)
    with explained(path):
        # In a folder that nobody may write to, SQLite must be told that nobody does.
        alone = not path.with_name(f"{NAME}-wal").exists() and not os.access(folder, os.W_OK)
        uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        try:
            _check(connection, path)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA cache_size = -262144")
            connection.execute("PRAGMA temp_store = MEMORY")
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all that is done inside true at once, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # A full disk may have ended the transaction already.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def year_of(connection: sqlite3.Connection) -> int | None:
    """Return the year of the baseline that a mirror follows, None before its first file."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'year'").fetchone()
    return None if row is None else int(row[0])


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 8192")
    # In one transaction: a kill leaves an empty file, which the next call fills.
    script = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION};"
    connection.executescript(f"BEGIN; {_SCHEMA} {script} COMMIT;")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        cure = "give the folder of a mirror, or of PubMed's files"
        raise StoreError(
            "not-a-mirror", "this file is no mirror, and was left as it is", where=str(path), cure=cure
        )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        cure = "upgrade minex: pip install --upgrade minex"
        raise StoreError("newer-schema", f"the mirror is of a newer minex ({version})", where=str(path), cure=cure)
