"""The tables of what sources say: records of documents, notices, marks, and the queries that found them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table as declared: columns with Python types, key, references, which may be null, indexes."""

    columns: dict[str, type]
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()
    nullable: frozenset[str] = frozenset()
    indexes: tuple[tuple[str, ...], ...] = ()


STILL_FOUND = "status IN ('waiting', 'fetched')"
"""SQL for whether a row of `query_hit` is of a document that its query finds today."""

SYNC_TABLES: dict[str, Table] = {
    "document_source": Table(
        {
            "document": str,
            "record": str,
            "version": int,
            "content_hash": str,
            "text_hash": str,
            "characters": int,
            "status": str,
            "status_reason": str,
            "metadata": str,
            "source": str,
            "origin": str,
            "run_id": int,
        },
        key=("document", "record"),
        references=(("document", "document", "id"), ("run_id", "run", "id")),
    ),
    # A notice or a mark may come before its document, so its target is no foreign key.
    "notice": Table(
        {"document": str, "record": str, "kind": str, "target": str, "text": str},
        key=("document", "record", "kind", "target"),
        references=(("document", "document", "id"),),
        indexes=(("target",),),
    ),
    "mark": Table(
        {"document": str, "status": str, "by": str, "reason": str, "run_id": int},
        key=("document", "status", "by"),
    ),
    "query": Table(
        {
            "name": str,
            "title": str,
            "term": str,
            "definition": str,
            "watermark": str,
            "created": str,
            "updated": str,
        },
        key=("name",),
        nullable=frozenset({"watermark"}),
    ),
    # A hit is known before its document is fetched, so `document` is no foreign key.
    "query_hit": Table(
        {
            "query": str,
            "document": str,
            "status": str,
            "status_reason": str,
            "first_run": int,
            "last_run": int,
        },
        key=("query", "document"),
        references=(("query", "query", "name"), ("first_run", "run", "id"), ("last_run", "run", "id")),
        indexes=(("document",),),
    ),
    "sync_window": Table(
        {
            "id": int,
            "query": str,
            "run_id": int,
            "parent": int,
            "source": str,
            "date_type": str,
            "first_day": str,
            "last_day": str,
            "batch": int,
            "expected": int,
            "fetched": int,
            "status": str,
            "message": str,
            "started": str,
            "finished": str,
        },
        key=("id",),
        references=(
            ("query", "query", "name"),
            ("run_id", "run", "id"),
            ("parent", "sync_window", "id"),
        ),
        nullable=frozenset({"parent", "batch", "expected", "fetched", "started", "finished"}),
        indexes=(("query", "status"),),
    ),
}
"""The tables behind `refresh`, in an order in which references point backwards."""
