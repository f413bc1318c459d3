"""Databases of an older schema are brought up to date in place, after a backup."""

from __future__ import annotations

import os
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
    for statement in (_SOURCES_OF_VERSION_1, _NEVER_READ, _DELETED, _NOTICES):
        database.execute(statement)


def _verdicts(database: Database) -> None:
    """Version 3 has what people judge of evidence, and counts it in the triples."""
    if "verdict" not in database.table_names():
        schema.create_table(database, "verdict")
    for column in ("right_count", "wrong_count"):
        database.execute(f"ALTER TABLE triple ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")


def _heed_notices(database: Database) -> None:
    """Give the documents that version 1 had notices of their status, once the tables are as they are now."""
    # Imported here: the writer needs the schema, of which this module is a part.
    from minex.store import status
    from minex.store.batch import BatchWriter

    documents = {id_ for (id_,) in database.execute("SELECT DISTINCT document FROM notice")}
    BatchWriter(database.conn).restate(status.targets(database.conn, documents))
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
FROM document d WHERE kept OR status <> 'deleted'
"""
_NEVER_READ = "UPDATE document SET record = '' WHERE NOT kept AND status = 'deleted'"
_DELETED = """
INSERT INTO mark SELECT id, 'deleted', 'citation', status_reason, run_id FROM document WHERE status = 'deleted'
"""
_NOTICES = """
INSERT OR IGNORE INTO notice
SELECT d.id, 'text', json_extract(n.value, '$.kind'), 'PMID:' || json_extract(n.value, '$.pmid'),
       json_extract(n.value, '$.text')
FROM document d, json_each(d.notices) n
WHERE json_extract(n.value, '$.pmid') IS NOT NULL
AND json_extract(n.value, '$.kind') IN ('RetractionOf', 'RetractedandRepublishedFrom', 'ExpressionOfConcernFor')
"""


def _context_subjects(database: Database) -> None:
    """Version 4 says of each context whose it is, so that the factors of a cancer are counted from an index."""
    database.execute("ALTER TABLE context ADD COLUMN subject TEXT NOT NULL DEFAULT ''")
    database.execute(_SUBJECTS)


_SUBJECTS = """
UPDATE context SET subject = (
    SELECT t.subject FROM evidence e JOIN triple t ON t.id = e.triple WHERE e.nr = context.evidence
)
"""

STEPS: dict[int, Callable[[Database], None]] = {1: _sources, 2: _verdicts, 3: _context_subjects}
"""For each older version, what turns it into the next one."""


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a database to the version that this code writes, all steps in one transaction.

    The file as it was stays beside it as `NAME.schema-1-backup`. Views and the indexes that only help those who
    ask are made anew whenever their SQL has changed, which needs no version.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    database = Database(connection)
    if version == schema.SCHEMA_VERSION:
        if is_stale(connection):
            with database.atomic():
                _remake_views(database)
                schema.create_indexes(connection)
        return
    _back_up(connection, path.with_name(f"{path.name}.schema-{version}-backup"))
    connection.execute("BEGIN IMMEDIATE")
    with database.atomic():
        for step in range(version, schema.SCHEMA_VERSION):
            STEPS[step](database)
        if version < 2:
            _heed_notices(database)
        _remake_views(database)
        schema.create_indexes(connection)
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a database; a full disk or a kill leaves no half of a copy under the name of a whole one."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        with closing(sqlite3.connect(draft)) as backup:
            connection.backup(backup)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def is_stale(connection: sqlite3.Connection) -> bool:
    """Return whether a database of this version has other views or indexes than this code would make."""
    made = dict(
        connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('view', 'index')").fetchall()
    )
    wanted = {**VIEWS, **schema.INDEXES}
    # A database may have been killed while it was filled (minex.store.filling).
    return not schema.DECLARED.keys() <= made.keys() or any(
        not (made.get(name) or "").endswith(sql) for name, sql in wanted.items()
    )


def _remake_views(database: Database) -> None:
    # In reverse, so that no view is dropped under another one that uses it.
    for name in reversed(VIEWS):
        if name in database.view_names():
            database.view(name).drop()
    schema.create_views(database)
