"""Opening a database file: what is checked before a byte is written, and how SQLite is set."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from minex.errors import StoreError
from minex.store import history, schema, upgrade

BUSY_SECONDS = 30.0
"""How long a connection waits for another one's lock."""

_MAGIC = b"SQLite format 3\x00"
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "gpfs", "beegfs", "9p", "glusterfs"}
    | {"fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse"}
)
_CAUSES: tuple[tuple[str, str, str], ...] = (
    ("disk is full", "disk-full", "make room and run it again: what was committed is safe"),
    (
        "disk i/o error",
        "disk-error",
        "check free space, quota and disk, then run it again; what was committed is safe",
    ),
    ("is locked", "locked", "another program holds a lock on it: close it, or wait, and run it again"),
    ("readonly", "read-only", "copy it to a folder that you may write to, or change its permissions"),
    ("read-only", "read-only", "copy it to a folder that you may write to, or change its permissions"),
    ("unable to open", "cannot-open", "check that the folder exists and that you may write to it"),
    ("malformed", "damaged", "restore a copy, or make a new database from the documents"),
    ("not a database", "not-sqlite", "give the path of a database that minex made, or of a new file"),
)


@contextlib.contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into :class:`StoreError` with a cure."""
    try:
        yield
    except UnicodeDecodeError as error:
        cure = "restore a copy, or make a new database from the documents"
        raise StoreError(
            "damaged", "it holds text that is none: it is damaged", where=str(path), cure=cure
        ) from error
    except sqlite3.Error as error:
        message = str(error)
        for words, code, cure in _CAUSES:
            if words in message.lower():
                raise StoreError(code, f"SQLite says: {message}", where=str(path), cure=cure) from error
        cure = "what was committed is safe; this is a bug of minex, please report it"
        raise StoreError("sqlite", f"SQLite says: {message}", where=str(path), cure=cure) from error


def open_writer(path: Path, *, create: bool) -> tuple[sqlite3.Connection, tuple[str, ...]]:
    """Open a database for writing and return the connection with what its user should be told.

    The caller holds the :class:`minex.store.lock.WriterLock`.

    Raises:
        StoreError: if the file is missing, foreign, damaged, of a newer schema, or cannot be written to.
    """
    if not path.exists() or (create and path.is_file() and path.stat().st_size == 0):
        if not create:
            raise _missing(path)
        _create(path)
    check(path)
    if not os.access(path, os.W_OK):
        raise StoreError(
            "read-only", "the file is read-only", where=str(path), cure="chmod u+w it, or write elsewhere"
        )
    with explained(path):
        connection = _connect(path, "rw")
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -65536")
            notices = set_journal(connection, path)
            upgrade.upgrade(connection, path)
            # Not before: an upgrade may sort what does not fit into memory.
            connection.execute("PRAGMA temp_store = MEMORY")
            history.watch(connection)
        except BaseException:
            connection.close()
            raise
    return connection, notices


def open_reader(path: Path) -> sqlite3.Connection:
    """Open a database so that nothing can be written to it; a writer beside it is no hindrance."""
    if not path.exists():
        raise _missing(path)
    check(path)
    with explained(path):
        connection = _connect_readonly(path)
        connection.execute("PRAGMA query_only = ON")
        # A view over a large database sorts much and reads the same pages again.
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def check(path: Path) -> None:
    """Say why a file is no database that this minex can use; the file is only read."""
    where = str(path)
    if not path.is_file():
        raise StoreError("not-a-file", "this is not a file", where=where, cure="give the path of a database file")
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError as error:
        raise StoreError("cannot-open", f"{error.strerror}", where=where, cure="check its permissions") from error
    if head != _MAGIC:
        raise StoreError(
            "not-sqlite",
            "this is not a SQLite database, and was left as it is",
            where=where,
            cure="give the path of a database that minex made, or of a new file",
        )
    with explained(path), contextlib.closing(_connect_readonly(path, glance=True)) as connection:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise StoreError(
            "not-minex",
            "this SQLite database was not made by minex, and was left as it is",
            where=where,
            cure="give the path of a database that minex made, or of a new file",
        )
    if version > schema.SCHEMA_VERSION:
        raise StoreError(
            "newer-schema",
            f"its schema has version {version}, and this minex knows versions up to {schema.SCHEMA_VERSION}",
            where=where,
            cure="upgrade minex: pip install --upgrade minex",
        )


def is_older(path: Path) -> bool:
    """Return whether a database is of an older schema, which opening it for writing brings up to date."""
    check(path)
    with explained(path), contextlib.closing(_connect_readonly(path, glance=True)) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version < schema.SCHEMA_VERSION


def file_system(path: Path) -> str:
    """Return the type of the file system that holds a path, or "" where the system does not tell.

    Linux (and so WSL) tells; on macOS a network volume goes unnoticed.
    """
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    target = f"{os.path.realpath(path)}{os.sep}"
    best = (-1, "")
    for line in lines:
        fields = line.split(" ")
        # A mount point's blanks stand as \040; of two mounts on one place the later one is seen.
        point = fields[1].replace("\\040", " ").rstrip(os.sep) + os.sep
        if target.startswith(point) and len(point) >= best[0]:
            best = (len(point), fields[2])
    return best[1]


def set_journal(connection: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """Choose WAL on a local disk; over a network its shared memory cannot be trusted."""
    kind = file_system(path)
    if kind in _NETWORK_FILE_SYSTEMS:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        return (
            f"{path} lies on a network file system ({kind}): readers may have to wait for the writer, and it is "
            "slower; a local disk is better while minex writes, or shards are: minex run --shards, minex merge",
        )
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL, NORMAL survives every kill; only a power cut can cost the last transactions, never the file.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    return ()


def _create(path: Path) -> None:
    """Make an empty database under another name and rename it: a kill leaves no half-made file."""
    if not path.parent.is_dir():
        raise StoreError(
            "no-folder", "its folder does not exist", where=str(path), cure=f"mkdir -p '{path.parent}'"
        )
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        with explained(path):
            connection = sqlite3.connect(draft, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("PRAGMA page_size = 8192")
                connection.execute("PRAGMA journal_mode = MEMORY")
                schema.create(connection)
            finally:
                connection.close()
        os.replace(draft, path)
    except OSError as error:
        raise StoreError(
            "cannot-create", f"{error.strerror}", where=str(path), cure="choose a folder that you may write to"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def _connect(path: Path, mode: str, extra: str = "") -> sqlite3.Connection:
    # as_uri() quotes what would be syntax in a URI: `?`, `#`, `%`.
    uri = f"{path.absolute().as_uri()}?mode={mode}{extra}"
    # One connection is used by one thread at a time, but not always by the thread that made it (Datasette).
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def _connect_readonly(path: Path, *, glance: bool = False) -> sqlite3.Connection:
    """Open for reading; in a folder that nobody may write to, or for a glance, as a file that nobody changes.

    Any other way of reading in WAL mode makes files beside the database. If they are there, they must be used.
    """
    wal = path.with_name(path.name + "-wal")
    alone = not wal.exists() and (glance or not os.access(path.parent, os.W_OK))
    return _connect(path, "ro", "&immutable=1" if alone else "")


def sweep(path: Path) -> None:
    """Remove the files that a read-only connection left beside a database, unless somebody uses them."""
    if path.with_name(path.name + "-wal").exists() and os.access(path, os.W_OK):
        with contextlib.suppress(sqlite3.Error), contextlib.closing(_connect(path, "rw")) as connection:
            # The last connection that leaves, and that may write, cleans up; it must have looked at the file.
            connection.execute("PRAGMA user_version").fetchone()


def _missing(path: Path) -> StoreError:
    cure = "make one with: minex run FILE... --db " + str(path)
    return StoreError("no-database", "there is no such database", where=str(path), cure=cure)
