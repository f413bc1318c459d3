"""Asking: SQL on a connection that cannot write, and words over evidence sentences."""

from __future__ import annotations

import difflib
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from minex.errors import StoreError, UsageError
from minex.store.encode import clean

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
# FTS5 asks for data_version itself; the others only tell about the schema.
_PRAGMAS = {
    "data_version",
    "table_info",
    "table_xinfo",
    "table_list",
    "index_list",
    "index_info",
    "index_xinfo",
    "foreign_key_list",
    "user_version",
    "application_id",
    "integrity_check",
    "quick_check",
    "compile_options",
}


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was searched for, with what it is evidence for."""

    evidence: str
    document: str
    subject: str
    predicate: str
    object: str
    sentence: str
    marked: str
    negated: int
    hedged: int


def select(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Rows:
    """Answer one SELECT.

    Raises:
        UsageError: if the SQL is wrong, with the place and the names that might have been meant, or if it
            asks for anything but reading.
        StoreError: if the database cannot be read.
    """
    if not sql.strip():
        raise UsageError("sql-empty", "there is no SQL", cure="try: SELECT * FROM triple_named LIMIT 10")
    connection.set_authorizer(_authorize)
    try:
        cursor = connection.execute(sql, parameters)
        if cursor.description is None:
            raise UsageError("sql-not-select", "this is no question", cure="only SELECT is allowed")
        return Rows(tuple(column[0] for column in cursor.description), cursor.fetchall())
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        connection.set_authorizer(_allow_all)
        raise _explain(connection, sql, error) from error
    finally:
        connection.set_authorizer(_allow_all)


def search(connection: sqlite3.Connection, words: str, *, limit: int = 20) -> list[Hit]:
    """Find evidence of active documents whose sentence has all the words, best first.

    Words are stemmed (*inhibits* finds *inhibited*); what stands in double quotes is a phrase; nothing in
    `words` is syntax.
    """
    quoted = Database(connection, recursive_triggers=False, execute_plugins=False).quote_fts(
        clean(words).replace("\x00", " ")
    )
    if not quoted:
        return []
    sql = """
        SELECT e.id, e.document, s.name, e.predicate, o.name, e.sentence,
               highlight(evidence_fts, 0, '[', ']'), e.negated, e.hedged
        FROM evidence_fts f
        JOIN evidence e ON e.nr = f.rowid
        JOIN document d ON d.id = e.document AND d.status = 'active'
        JOIN triple t ON t.id = e.triple
        JOIN concept s ON s.id = t.subject
        JOIN concept o ON o.id = t.object
        WHERE evidence_fts MATCH ?
        ORDER BY f.rank, e.id
        LIMIT ?
    """
    try:
        return [Hit(*row) for row in connection.execute(sql, (quoted, limit))]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        signs = ("malformed", "corrupt", "disk i/o", "decode")
        damaged = any(sign in str(error).lower() for sign in signs)
        cure = "restore a copy, or make a new database from the documents" if damaged else "search for whole words"
        raise StoreError("search", f"SQLite says: {error}", cure=cure) from error


def _allow_all(*_: str | int | None) -> int:
    """Python 3.10 cannot take an authorizer away; this one lets everything through."""
    return sqlite3.SQLITE_OK


def _authorize(action: int, first: str | None, second: str | None, database: str | None, inner: str | None) -> int:
    allowed = (
        action in _ALLOWED
        or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
        # So a virtual table makes itself known, in memory; the file is protected by `query_only` and `mode=ro`.
        or (action == sqlite3.SQLITE_UPDATE and first == "sqlite_master")
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _explain(connection: sqlite3.Connection, sql: str, error: Exception) -> UsageError | StoreError:
    message = str(error)
    where = "SQL"
    if isinstance(error, UnicodeDecodeError) or "could not decode" in message.lower():
        cure = "restore a copy, or make a new database from the documents"
        return StoreError("damaged", "the database holds text that is none: it is damaged", cure=cure)
    if isinstance(error, sqlite3.DatabaseError) and any(
        words in message for words in ("locked", "malformed", "disk I/O", "not a database", "unable to open")
    ):
        return StoreError("sqlite", f"SQLite says: {message}", cure="check the file with PRAGMA integrity_check")
    if any(words in message for words in ("not authorized", "authorization denied", "prohibited", "readonly")):
        return UsageError("sql-read-only", "only reading is allowed here", where=where, cure="ask with SELECT")
    if "one statement at a time" in message:
        return UsageError(
            "sql-many", "this is more than one statement", where=where, cure="ask one thing at a time"
        )
    if match := re.match(r"no such table: (?:main\.)?(.+)", message):
        names = _tables(connection)
        cure = f"{_meant(match[1], names)}tables and views are {', '.join(names)}"
        return UsageError("sql-table", f"there is no table {match[1]}", where=_place(sql, match[1]), cure=cure)
    if match := re.match(r"no such column: (.+)", message):
        name = match[1].rpartition(".")[2].rstrip('" -')
        columns = _columns(connection, sql)
        cure = f"{_meant(name, columns)}columns are {', '.join(columns)}" if columns else "name a table in FROM"
        return UsageError("sql-column", f"there is no column {match[1]}", where=_place(sql, name), cure=cure)
    if match := re.match(r'near "(.*)": syntax error', message, re.DOTALL):
        place = _syntax_place(connection, sql, match[1])
        return UsageError("sql-syntax", f"SQL does not go on with {match[1]!r}", where=place, cure="check the SQL")
    return UsageError("sql", f"SQLite says: {message}", where=where, cure="check the SQL")


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE '%_fts_%' ORDER BY type DESC, name"
        )
    ]


def _columns(connection: sqlite3.Connection, sql: str) -> list[str]:
    used = [name for name in _tables(connection) if re.search(rf"\b{name}\b", sql, re.IGNORECASE)]
    asked = "SELECT DISTINCT name FROM pragma_table_info(?)"
    return list(dict.fromkeys(column for name in used for (column,) in connection.execute(asked, (name,))))


def _meant(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}? " if close else ""


def _place(sql: str, word: str) -> str:
    match = re.search(rf"\b{re.escape(word)}\b", sql, re.IGNORECASE)
    return _at(sql, match.start()) if match else "SQL"


def _at(sql: str, offset: int) -> str:
    line = sql.count("\n", 0, offset) + 1
    return f"SQL, line {line}, character {offset - (sql.rfind(chr(10), 0, offset) + 1) + 1}"


def _syntax_place(connection: sqlite3.Connection, sql: str, token: str) -> str:
    """Return where the token stands that SQLite stumbled over: the first whose text before it is good so far."""
    for match in re.finditer(re.escape(token), sql):
        try:
            connection.execute(f"EXPLAIN {sql[: match.end()]}")
        except sqlite3.Error as error:
            if f'near "{token}"' in str(error):
                return _at(sql, match.start())
        except sqlite3.Warning:
            break
    return "SQL"
