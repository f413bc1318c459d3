"""The tables of a minex database, made through sqlite-utils, and the version that a file says it has.

What each table and column means stands in :mod:`minex.store.documentation`; the views in
:mod:`minex.store.views`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container

from sqlite_utils import Database

from minex.store.history_tables import HISTORY_TABLES
from minex.store.sync_tables import SYNC_TABLES, Table
from minex.store.verdict_tables import VERDICT_TABLES
from minex.store.views import VIEWS

APPLICATION_ID = 0x6D6E7831
"""`mnx1`: what `PRAGMA application_id` says of a file that minex made."""

SCHEMA_VERSION = 4
"""What `PRAGMA user_version` says: raised with every change of the tables; see :mod:`minex.store.upgrade`."""

OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with strict tables, which the schema uses."""


TABLES: dict[str, Table] = {
    "run": Table(
        {
            "id": int,
            "started": str,
            "finished": str,
            "status": str,
            "minex": str,
            "model": str,
            "lexicon": str,
            "rules": str,
            "versions": str,
            "fingerprint": str,
            "arguments": str,
            "counts": str,
            "message": str,
            "pid": int,
            "host": str,
        },
        key=("id",),
        nullable=frozenset({"finished"}),
    ),
    "document": Table(
        {
            "id": str,
            "pmid": str,
            "pmcid": str,
            "doi": str,
            "title": str,
            "journal": str,
            "date": str,
            "year": int,
            "language": str,
            "pubtypes": str,
            "mesh": str,
            "notices": str,
            "status": str,
            "status_reason": str,
            "concern": str,
            "content_hash": str,
            "text_hash": str,
            "fingerprint": str,
            "record": str,
            "source": str,
            "origin": str,
            "kept": int,
            "run_id": int,
        },
        key=("id",),
        references=(("run_id", "run", "id"),),
        # Of a document that gave no triple only identity, hash and status are kept by default.
        nullable=frozenset(
            {"pmid", "pmcid", "doi", "title", "journal", "date", "year", "language", "pubtypes", "mesh"}
            | {"notices", "concern", "source"}
        ),
        indexes=(("pmid",), ("pmcid",), ("doi",)),
    ),
    "passage": Table(
        {
            "document": str,
            "number": int,
            "start": int,
            "end": int,
            "kind": str,
            "section": str,
            "text": str,
            "cells": str,
            "anchors": str,
        },
        key=("document", "number"),
        references=(("document", "document", "id"),),
        nullable=frozenset({"cells", "anchors"}),
    ),
    "concept": Table(
        {"id": str, "type": str, "name": str, "linked": int, "named_by": str, "xrefs": str},
        key=("id",),
        indexes=(("name",),),
    ),
    "concept_parent": Table(
        {"concept": str, "parent": str},
        key=("concept", "parent"),
        references=(("concept", "concept", "id"), ("parent", "concept", "id")),
        indexes=(("parent",),),
    ),
    "concept_ancestor": Table(
        {"concept": str, "ancestor": str, "steps": int},
        key=("concept", "ancestor"),
        references=(("concept", "concept", "id"), ("ancestor", "concept", "id")),
        indexes=(("ancestor",),),
    ),
    "mention": Table(
        {
            "id": int,
            "document": str,
            "start": int,
            "end": int,
            "text": str,
            "type": str,
            "concept": str,
            "name": str,
            "concepts": str,
            "finder": str,
            "given_type": str,
        },
        key=("id",),
        references=(("document", "document", "id"), ("concept", "concept", "id")),
        nullable=frozenset({"given_type"}),
        indexes=(("document",), ("concept",)),
    ),
    "triple": Table(
        {
            "id": str,
            "subject": str,
            "predicate": str,
            "object": str,
            "sign": int,
            "belief": float,
            "evidence_count": int,
            "document_count": int,
            "negated_count": int,
            "hedged_count": int,
            "direct_count": int,
            "first_year": int,
            "last_year": int,
            "rolled_belief": float,
            "rolled_document_count": int,
            "contrary_document_count": int,
            "support": int,
            "opposition": int,
            "second_hand": int,
            "second_hand_against": int,
            "rolled_support": int,
            "rolled_opposition": int,
            "rolled_second_hand": int,
            "rolled_second_hand_against": int,
            "rolled_denying_count": int,
            "right_count": int,
            "wrong_count": int,
            "run_id": int,
        },
        key=("id",),
        references=(("subject", "concept", "id"), ("object", "concept", "id"), ("run_id", "run", "id")),
        nullable=frozenset({"first_year", "last_year"}),
        indexes=(("subject", "object", "predicate"), ("object",)),
    ),
    "evidence": Table(
        {
            "nr": int,
            "id": str,
            "triple": str,
            "document": str,
            "sentence": str,
            "sentence_start": int,
            "sentence_end": int,
            "subject_start": int,
            "subject_end": int,
            "subject_text": str,
            "subject_type": str,
            "object_start": int,
            "object_end": int,
            "object_text": str,
            "object_type": str,
            "trigger_start": int,
            "trigger_end": int,
            "trigger_text": str,
            "predicate": str,
            "sign": int,
            "direct": int,
            "negated": int,
            "hedged": int,
            "correlation": int,
            "manipulation": str,
            "method": str,
            "also": str,
            "rule": str,
            "overridden": str,
            "confidence": float,
            "origin": str,
            "section": str,
            "source_start": int,
            "source_end": int,
            "run_id": int,
        },
        key=("nr",),
        references=(("triple", "triple", "id"), ("document", "document", "id"), ("run_id", "run", "id")),
        nullable=frozenset(
            {"trigger_start", "trigger_end", "trigger_text", "correlation", "source_start", "source_end"}
        ),
        indexes=(("triple",), ("document",), ("run_id",)),
    ),
    "context": Table(
        {
            "id": int,
            "evidence": int,
            "slot": str,
            "concept": str,
            "name": str,
            "start": int,
            "end": int,
            "source": str,
            "subject": str,
        },
        key=("id",),
        references=(("evidence", "evidence", "nr"), ("concept", "concept", "id")),
        indexes=(("evidence",),),
    ),
    **SYNC_TABLES,
    # A document that cannot be read may never get a row of its own, so `document` is no foreign key.
    "failure": Table(
        {
            "id": str,
            "run_id": int,
            "stage": str,
            "code": str,
            "message": str,
            "place": str,
            "document": str,
            "record": str,
            "file": str,
            "time": str,
        },
        key=("id",),
        references=(("run_id", "run", "id"),),
        nullable=frozenset({"document"}),
        indexes=(("document",), ("file",)),
    ),
    **HISTORY_TABLES,
    **VERDICT_TABLES,
}
"""Every table, in an order in which references point backwards."""

FTS_TABLE = "evidence_fts"
"""The full-text index of evidence sentences: external content, so that no sentence is stored twice."""


DOI_INDEX = "CREATE INDEX idx_document_doi_folded ON document (doi COLLATE NOCASE)"
"""A DOI is one whatever the case of its ASCII letters, which is what NOCASE folds."""


INDEXES: dict[str, str] = {
    "idx_concept_name_folded": "concept (name COLLATE NOCASE)",
    "idx_document_not_active": "document (id) WHERE status <> 'active'",
    "idx_triple_run_belief": "triple (run_id, rolled_belief)",
    "idx_triple_contested": (
        "triple (min(rolled_document_count, contrary_document_count)) "
        "WHERE sign = 1 AND contrary_document_count > 0 AND rolled_document_count > 0"
    ),
    "idx_context_subject": "context (concept, slot, subject, evidence)",
    "idx_evidence_predicate": "evidence (predicate, document)",
    "idx_evidence_origin": "evidence (origin, document)",
}
"""Indexes for those who ask, by name. No answer depends on them: like views, they change without a version
(:mod:`minex.store.upgrade`)."""

OF_NAMES = "idx_mention_concept"
"""What finds the texts that name a concept: the writer asks it when such a text goes or stops counting."""

DECLARED: dict[str, tuple[str, tuple[str, ...]]] = {
    f"idx_{name}_{'_'.join(columns)}": (name, columns)
    for name, table in TABLES.items()
    for columns in table.indexes
}
"""The indexes that :data:`TABLES` declare, by the name that sqlite-utils gives them: table and columns."""


def create(connection: sqlite3.Connection) -> None:
    """Make all tables, indexes, views and the full-text index in an empty database.

    Not atomic by itself: :mod:`minex.store.connection` works on a file of another name and renames it.
    """
    database = Database(connection)
    for name in TABLES:
        create_table(database, name)
    database.table("evidence").create_index(["id"], unique=True)
    # `nr` is the rowid by name: it survives VACUUM, which an implicit rowid (and the index on it) would not.
    # No triggers: each row would flush the index, which costs four times the insert. The writer keeps it.
    database.table("evidence").enable_fts(["sentence"], tokenize="porter unicode61")
    connection.execute(DOI_INDEX)
    create_indexes(connection)
    connection.execute(f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}, rank) VALUES ('hashsize', {1 << 25})")  # noqa: S608
    create_views(database)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def create_table(database: Database, name: str) -> None:
    """Make one table with its indexes."""
    table = TABLES[name]
    made = database.table(name).create(
        dict(table.columns),
        pk=table.key[0] if len(table.key) == 1 else table.key,
        foreign_keys=table.references,
        not_null=set(table.columns) - table.nullable - set(table.key),
        strict=True,
    )
    for columns in table.indexes:
        made.create_index(columns)


def create_indexes(connection: sqlite3.Connection, only: Container[str] | None = None) -> None:
    """Make the indexes that are not there, and those of :data:`INDEXES` anew that were made otherwise.

    Parameters:
        only: the names of those that are wanted; default: all.
    """
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall())
    for name, what in INDEXES.items():
        sql = f"CREATE INDEX {name} ON {what}"
        if made.get(name) != sql and (only is None or name in only):
            connection.execute(f"DROP INDEX IF EXISTS {name}")
            connection.execute(sql)
    for name, (table, columns) in DECLARED.items():
        if name not in made and (only is None or name in only):
            Database(connection).table(table).create_index(columns, index_name=name)


def create_views(database: Database) -> None:
    """Make the views, replacing those whose SQL has changed."""
    for name, sql in VIEWS.items():
        database.create_view(name, sql, replace=True)
