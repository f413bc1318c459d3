"""The columns of exported tables: their SQL, their type, and what they mean. docs/exports.md shows them."""

from __future__ import annotations

from dataclasses import dataclass

from minex.model import CONTEXT_SLOTS
from minex.store.documentation import TABLES, VIEWS
from minex.store.verdict_tables import NEWEST


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `sql` over the aliases of :class:`minex.reports.selection.Selection`."""

    name: str
    sql: str
    type: type
    text: str


def _of(table: str, alias: str, names: dict[str, type]) -> list[Column]:
    """Columns that the database has under the same name, with what it says of them."""
    described = (TABLES | VIEWS)[table].columns
    return [Column(name, f"{alias}.{name}", kind, described[name]) for name, kind in names.items()]


def _joined(inner: str) -> str:
    """SQL for the values that a query gives, sorted, with a semicolon and a blank between them."""
    return f"coalesce((SELECT group_concat(value, '; ') FROM (SELECT DISTINCT {inner} ORDER BY 1)), '')"  # noqa: S608 - our own names


_ACTIVE = "JOIN document d ON d.id = e.document AND d.status = 'active' WHERE e.triple = t.id"

_ENDS = [
    Column("subject", "s.name", str, "Name of the concept that acts."),
    Column("subject_type", "s.type", str, "Its type."),
    Column("subject_id", "t.subject", str, "Its id."),
    Column("predicate", "t.predicate", str, "What it does."),
    Column("sign", "t.sign", int, "+1 raises, -1 lowers, 0 says neither."),
    Column("object", "o.name", str, "Name of the concept that it is done to."),
    Column("object_type", "o.type", str, "Its type."),
    Column("object_id", "t.object", str, "Its id."),
]

TRIPLES: tuple[Column, ...] = (
    Column("id", "t.id", str, "Id of the triple; `triple` in exported evidence."),
    *_ENDS,
    *_of("triple", "t", {"belief": float, "rolled_belief": float}),
    *_of("triple", "t", {"evidence_count": int, "document_count": int, "negated_count": int}),
    *_of("triple", "t", {"hedged_count": int, "direct_count": int, "contrary_document_count": int}),
    *_of("triple", "t", {"right_count": int, "wrong_count": int, "first_year": int, "last_year": int}),
    Column(
        "cancers",
        _joined(
            "k.name AS value FROM evidence e JOIN context x ON x.evidence = e.nr AND x.slot = 'cancer' "
            f"JOIN concept k ON k.id = x.concept {_ACTIVE}"
        ),
        str,
        "Cancers in which it was observed, with `; ` between them.",
    ),
    Column(
        "references",
        _joined(f"coalesce('PMID:' || d.pmid, d.id) AS value FROM evidence e {_ACTIVE}"),
        str,
        "The publications that say it, with `; ` between them.",
    ),
)
"""A row a triple; it holds no text of papers."""

EVIDENCE: tuple[Column, ...] = (
    Column("id", "e.id", str, "Id of the evidence, a content hash: the same after every reading."),
    Column("triple", "e.triple", str, "Id of the triple."),
    *_ENDS,
    *_of("evidence", "e", {"document": str}),
    *_of("document", "d", {"pmid": str, "pmcid": str, "doi": str, "title": str, "journal": str, "year": int}),
    *_of("evidence", "e", {"section": str, "sentence": str, "subject_text": str, "trigger_text": str}),
    *_of("evidence", "e", {"object_text": str, "negated": bool, "hedged": bool, "direct": bool}),
    *_of("evidence", "e", {"correlation": int, "origin": str}),
    *(
        Column(
            name,
            _joined(f"value FROM json_each(e.{name})"),
            str,
            f"{what}, with `; ` between them.",
        )
        for name, what in (
            ("manipulation", "Experiments on the subject that were composed into the sign"),
            ("method", "Experiments that prove it"),
        )
    ),
    *(
        Column(
            slot,
            _joined(f"x.name AS value FROM context x WHERE x.evidence = e.nr AND x.slot = '{slot}'"),
            str,
            f"In which {slot.replace('_', ' ')} it was observed, with `; ` between them.",
        )
        for slot in CONTEXT_SLOTS
    ),
    *_of("evidence", "e", {"rule": str, "confidence": float}),
    Column(
        "verdict",
        f"coalesce({NEWEST.format('e.id')}, '')",
        str,
        "`right` if a person judged it so, else empty; what was judged wrong is not exported.",
    ),
)
"""A row a piece of evidence, with its sentence."""

KINDS: dict[str, tuple[Column, ...]] = {"triples": TRIPLES, "evidence": EVIDENCE}
"""What `--rows` may name."""


def sql_of(columns: tuple[Column, ...]) -> str:
    """Return the columns as SQL."""
    return ", ".join(f'{column.sql} AS "{column.name}"' for column in columns)
