"""The canonical dump: a database's content as sorted lines, equal for equal content.

Left out is what may differ between two ways to the same content: run ids, times, row numbers. Of documents that
do not count only the tombstone is given, since what is kept below it depends on what was read before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from minex.store.schema import TABLES

LIVE_CONCEPTS = """
CREATE TEMP TABLE live_concept AS
WITH used AS (
    SELECT concept AS id FROM mention UNION SELECT concept FROM context
    UNION SELECT subject FROM triple UNION SELECT object FROM triple
)
SELECT id FROM used
UNION
SELECT a.ancestor FROM concept_ancestor a JOIN used ON used.id = a.concept
"""
"""Concepts that something mentions, and all above them."""

_DOCUMENT = "JOIN document d ON d.id = {0}.document AND d.status = 'active'"

_TRIPLE = ", ".join(name for name in TABLES["triple"].columns if name != "run_id")

_PARTS: dict[str, str] = {
    "document": """
        SELECT id, pmid, pmcid, doi, title, journal, date, year, language, pubtypes, mesh, notices,
               status, status_reason, content_hash, fingerprint, kept
        FROM document WHERE status = 'active'""",
    "passage": f"""
        SELECT p.document, number, start, "end", kind, section, text
        FROM passage p {_DOCUMENT.format("p")}""",  # noqa: S608 - constants
    "mention": f"""
        SELECT m.document, start, "end", text, type, concept, name, concepts, finder, given_type
        FROM mention m {_DOCUMENT.format("m")}""",  # noqa: S608
    "triple": f"SELECT {_TRIPLE} FROM triple WHERE evidence_count > 0",  # noqa: S608
    "evidence": f"""
        SELECT e.id, triple, e.document, sentence, sentence_start, sentence_end, subject_start, subject_end,
               subject_text, subject_type, object_start, object_end, object_text, object_type, trigger_start,
               trigger_end, trigger_text, predicate, sign, direct, negated, hedged, correlation, manipulation,
               method, also, rule, overridden, confidence, e.origin, section, source_start, source_end
        FROM evidence e {_DOCUMENT.format("e")}""",  # noqa: S608
    "context": f"""
        SELECT e.id, slot, concept, name, start, "end", c.source
        FROM context c JOIN evidence e ON e.nr = c.evidence {_DOCUMENT.format("e")}""",  # noqa: S608
    "concept": "SELECT id, type, name, linked, xrefs FROM concept WHERE id IN (SELECT id FROM shown_concept)",
    "concept_parent": "SELECT * FROM concept_parent WHERE concept IN (SELECT id FROM shown_concept)",
    "concept_ancestor": "SELECT * FROM concept_ancestor WHERE concept IN (SELECT id FROM shown_concept)",
    # What people said is content whatever became of the evidence; when they said it is not.
    "verdict": "SELECT evidence, who, verdict, note, document, triple, sentence, negated FROM verdict",
    "failure": "SELECT stage, code, place, document FROM failure",
}

# Unlike LIVE_CONCEPTS, only what active documents mention: the others are no part of the content.
_SHOWN_CONCEPTS = """
CREATE TEMP TABLE shown_concept AS
WITH used AS (
    SELECT m.concept AS id FROM mention m JOIN document d ON d.id = m.document AND d.status = 'active'
)
SELECT id FROM used
UNION
SELECT a.ancestor FROM concept_ancestor a JOIN used ON used.id = a.concept
"""


def canonical_dump(connection: sqlite3.Connection, *, tombstones: bool = True) -> Iterator[str]:
    """Yield the content, a JSON line a row, sorted within each table.

    Parameters:
        connection: an open database, which temporary tables can be made in.
        tombstones: give a line for each document that is deleted or retracted as well.
    """
    connection.execute("DROP TABLE IF EXISTS temp.shown_concept")
    connection.execute(_SHOWN_CONCEPTS)
    for table, sql in _PARTS.items():
        yield from sorted(json.dumps([table, *row], ensure_ascii=False) for row in connection.execute(sql))
    if tombstones:
        buried = connection.execute("SELECT id, status, status_reason FROM document WHERE status <> 'active'")
        yield from sorted(json.dumps(["tombstone", *row], ensure_ascii=False) for row in buried)
