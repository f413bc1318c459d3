"""Databases of an older schema are brought up to date in place, after a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from minex.store import history, schema
from minex.store.views import VIEWS


def _sources(database: Database) -> None:
    """Version 2 keeps apart what each record says of a document.

    What version 1 read is known as the record of a file, of which nothing says whether it was an abstract or a
    full text: the first record that comes for the document with the same content takes its place.
    """
    for table, columns in {
        "document": ("concern TEXT", "text_hash TEXT NOT NULL DEFAULT ''", "record TEXT NOT NULL DEFAULT 'text'"),
        "passage": ("cells TEXT", "anchors TEXT"),
        "failure": ("record TEXT NOT NULL DEFAULT ''",),
    }.items():
        for column in columns:
            database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for name in schema.TABLES:
        if name not in database.table_names():
            schema.create_table(database, name)
    database.execute(schema.DOI_INDEX)
    database.execute(_SOURCES_OF_VERSION_1)
    history.begin(database.conn)


_SOURCES_OF_VERSION_1 = """
INSERT INTO document_source
SELECT id, 'text', 1, content_hash, '',
       coalesce((SELECT max("end") FROM passage p WHERE p.document = d.id), 0),
       iif(status = 'deleted', 'active', status), iif(status = 'deleted', '', status_reason),
       json_object('pmid', pmid, 'pmcid', pmcid, 'doi', doi, 'title', title, 'journal', journal, 'date',
                   coalesce(date, CAST(year AS TEXT)), 'language', language, 'pubtypes', json(pubtypes),
                   'mesh', json(mesh), 'references', json(notices)),
       coalesce(source, ''), origin, run_id
FROM document d
"""

STEPS: dict[int, Callable[[Database], None]] = {1: _sources}
"""For each older version, what turns it into the next one."""


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a database to the version that this code writes, all steps in one transaction.

    The file as it was stays beside it as `NAME.schema-1-backup`. Views are made anew whenever their SQL has
    changed, which costs nothing and needs no version.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    database = Database(connection)
    if version == schema.SCHEMA_VERSION:
        if _stale_views(database):
            with database.atomic():
                _remake_views(database)
        return
    with closing(sqlite3.connect(path.with_name(f"{path.name}.schema-{version}-backup"))) as backup:
        connection.backup(backup)
    connection.execute("BEGIN IMMEDIATE")
    with database.atomic():
        for step in range(version, schema.SCHEMA_VERSION):
            STEPS[step](database)
        _remake_views(database)
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _stale_views(database: Database) -> bool:
    made = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'").fetchall())
    return any(not made.get(name, "").endswith(sql) for name, sql in VIEWS.items())


def _remake_views(database: Database) -> None:
    # In reverse, so that no view is dropped under another one that uses it.
    for name in reversed(VIEWS):
        if name in database.view_names():
            database.view(name).drop()
    schema.create_views(database)
