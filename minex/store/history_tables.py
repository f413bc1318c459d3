"""The tables that remember how beliefs came to be what they are, and what their columns mean."""

from __future__ import annotations

from minex.store.described import Described
from minex.store.sync_tables import Table

STATE: dict[str, type] = {"belief": float, "rolled_belief": float, "evidence_count": int, "document_count": int}
"""What is remembered of a triple: columns of `triple`, here with `old_` and `new_` before them."""

HISTORY_TABLES: dict[str, Table] = {
    # What is remembered may be gone by now: neither triple nor document is a foreign key.
    "triple_change": Table(
        {
            "run_id": int,
            "triple": str,
            **{f"{when}_{name}": kind for name, kind in STATE.items() for when in ("old", "new")},
        },
        key=("run_id", "triple"),
        references=(("run_id", "run", "id"),),
        indexes=(("triple",),),
    ),
    "change_cause": Table(
        {
            "run_id": int,
            "triple": str,
            "document": str,
            "reason": str,
            "old_evidence_count": int,
            "new_evidence_count": int,
            "sentence": str,
        },
        key=("run_id", "triple", "document"),
        references=(("run_id", "run", "id"),),
        nullable=frozenset({"sentence"}),
        indexes=(("document",),),
    ),
    "gone_triple": Table(
        {
            "id": str,
            "subject": str,
            "predicate": str,
            "object": str,
            "sign": int,
            "subject_name": str,
            "subject_type": str,
            "object_name": str,
            "object_type": str,
        },
        key=("id",),
    ),
    "history": Table(
        {"run_id": int, "since": str},
        key=("run_id",),
        references=(("run_id", "run", "id"),),
    ),
}

HISTORY_DESCRIBED: dict[str, Described] = {
    "triple_change": Described(
        "What a run changed in a triple. The `old_` of the first run after run N, or what stands in `triple` if "
        "there is none, was the state at the end of run N. No evidence: it was not there, or did not count.",
        {
            "run_id": "The run.",
            "triple": "Id of the triple: in `triple`, or in `gone_triple` if no document states it any more.",
            "old_belief": "Belief before the run.",
            "new_belief": "Belief after it.",
            "old_rolled_belief": "Belief in (subject, sign, object) before the run.",
            "new_rolled_belief": "The same after it.",
            "old_evidence_count": "Pieces of evidence in active documents before the run.",
            "new_evidence_count": "The same after it.",
            "old_document_count": "Active documents that stated it before the run.",
            "new_document_count": "The same after it.",
        },
    ),
    "change_cause": Described(
        "Why a run changed a triple: a document that says other things of it than before, or counts no more.",
        {
            "run_id": "The run.",
            "triple": "Id of the triple.",
            "document": "The document.",
            "reason": (
                "`new` (not known before), `text` (changed), `retracted`, `deleted`, `unmatched`, `merged` (with "
                "another record of it), `restored` (counts again), `judged` (by a person), `minex`, `model`, "
                "`lexicon`, `rules` (read by another version of it) or `again`; several are joined by a comma and "
                "a blank."
            ),
            "old_evidence_count": "Pieces of evidence for the triple in the document that counted before the run.",
            "new_evidence_count": "The same after it.",
            "sentence": "The best sentence that went, where none of the document is left.",
        },
    ),
    "gone_triple": Described(
        "What a triple was that no document states any more.",
        {
            "id": "Id of the triple.",
            "subject": "Concept that acted.",
            "predicate": "What it did.",
            "object": "Concept that it was done to.",
            "sign": "The predicate's sign.",
            "subject_name": "Name of the subject when the triple went.",
            "subject_type": "Its type.",
            "object_name": "Name of the object when the triple went.",
            "object_type": "Its type.",
        },
    ),
    "history": Described(
        "From where on changes are kept: one row in a database that is older than this table, else none.",
        {
            "run_id": "The last run whose changes were not kept; the state at its end is known.",
            "since": "When they began to be kept, UTC.",
        },
    ),
}
