"""What a database knows of one triple, one concept or one document, as people look at it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from minex.reports import evidence, wording
from minex.reports.evidence import Piece
from minex.reports.meant import Named

_TRIPLE = """
SELECT t.id, t.subject AS subject_id, s.name AS subject, s.type AS subject_type, t.predicate, t.sign,
       t.object AS object_id, o.name AS object, o.type AS object_type, t.belief, t.rolled_belief, t.evidence_count,
       t.document_count, t.negated_count, t.hedged_count, t.direct_count, t.rolled_document_count,
       t.contrary_document_count, t.first_year, t.last_year
FROM triple t JOIN concept s ON s.id = t.subject JOIN concept o ON o.id = t.object
"""
_OF_TRIPLE = """
SELECT e.nr FROM evidence e JOIN document d ON d.id = e.document AND d.status = 'active'
WHERE e.triple = ? ORDER BY d.year DESC, e.confidence DESC, e.nr LIMIT ?
"""
_OF_DOCUMENT = "SELECT nr FROM evidence WHERE document = ? ORDER BY sentence_start, nr LIMIT ?"
_STRONGEST = """
WHERE t.id IN (
    SELECT t.id FROM concept_ancestor a JOIN triple t ON t.{side} = a.concept
    WHERE a.ancestor = ? AND t.evidence_count > 0
    ORDER BY t.rolled_belief DESC, t.evidence_count DESC, t.id LIMIT ?
)
ORDER BY t.rolled_belief DESC, t.evidence_count DESC, t.id
"""
_OF_PAIR = """
WHERE t.subject = ? AND t.object = ? AND t.id <> ? AND t.evidence_count > 0 ORDER BY t.evidence_count DESC
"""
_COUNTED = """
SELECT count(*), coalesce(sum(t.evidence_count), 0)
FROM concept_ancestor a JOIN triple t ON t.{side} = a.concept AND t.evidence_count > 0 WHERE a.ancestor = ?
"""
_PARENTS = (
    "SELECT c.id, c.name, c.type FROM concept_parent p JOIN concept c ON c.id = p.parent WHERE p.concept = ?"
)
_CHILDREN = """
SELECT c.id, c.name, c.type FROM concept_parent p JOIN concept c ON c.id = p.concept WHERE p.parent = ?
ORDER BY c.name LIMIT ?
"""
# A name that is in every paper has a million mentions: those of the first papers tell what it is called.
_CALLED = """
SELECT text, count(*) FROM (SELECT text FROM mention WHERE concept = ? LIMIT 5000)
GROUP BY text ORDER BY count(*) DESC, text LIMIT ?
"""
_DOCUMENT_COLUMNS = (
    "id", "pmid", "pmcid", "doi", "title", "journal", "year",
    "status", "status_reason", "concern", "record", "kept",
)  # fmt: skip
_DOCUMENT = f"SELECT {', '.join(_DOCUMENT_COLUMNS)} FROM document WHERE id = ?"  # noqa: S608 - our own names
_PASSAGES = "SELECT section, kind, text, start FROM passage WHERE document = ? ORDER BY number"
_MENTIONS = """
SELECT m.type, m.concept, c.name, count(*) FROM mention m JOIN concept c ON c.id = m.concept
WHERE m.document = ? GROUP BY m.type, m.concept ORDER BY m.type, count(*) DESC, c.name
"""


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple with its names and what its evidence amounts to; columns are those of the `triple` table."""

    id: str
    subject_id: str
    subject: str
    subject_type: str
    predicate: str
    sign: int
    object_id: str
    object: str
    object_type: str
    belief: float
    rolled_belief: float
    evidence_count: int
    document_count: int
    negated_count: int
    hedged_count: int
    direct_count: int
    rolled_document_count: int
    contrary_document_count: int
    first_year: int | None
    last_year: int | None

    @property
    def years(self) -> str:
        """The years of its papers: `2012`, `2012-2018`, empty if none is known."""
        ends = sorted({year for year in (self.first_year, self.last_year) if year})
        return "\N{EN DASH}".join(map(str, ends))

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"


@dataclass(frozen=True, slots=True)
class Triple:
    """A triple, what else is said of its pair, and its evidence, the newest first."""

    fact: Fact
    others: tuple[Fact, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: what it is called, where it stands, and what is said of it and of all below it."""

    named: Named
    xrefs: tuple[str, ...]
    called: tuple[tuple[str, int], ...]
    parents: tuple[Named, ...]
    children: tuple[Named, ...]
    triples_as_subject: int
    triples_as_object: int
    evidence_count: int
    as_subject: tuple[Fact, ...]
    as_object: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A passage as it was read."""

    section: str
    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: what is known and what was read of it, the names found in it, and its evidence in order."""

    id: str
    pmid: str | None
    pmcid: str | None
    doi: str | None
    title: str
    journal: str
    year: int | None
    status: str
    status_reason: str
    concern: str
    record: str
    kept: int
    parts: tuple[Part, ...]
    names: tuple[tuple[str, Named, int], ...]
    pieces: tuple[Piece, ...]

    @property
    def link(self) -> str:
        """Address of the paper, empty if no id of it is known that has one."""
        return wording.link(self.pmid) or wording.full_text_link(self.pmcid, self.doi)


def triple(connection: sqlite3.Connection, id_: str, most: int = 500) -> Triple | None:
    """Return a triple with up to so many pieces of its evidence, or None."""
    found = _facts(connection, "WHERE t.id = ?", (id_,))
    if not found:
        return None
    (fact,) = found
    others = _facts(connection, _OF_PAIR, (fact.subject_id, fact.object_id, id_))
    numbers = [number for (number,) in connection.execute(_OF_TRIPLE, (id_, most))]
    return Triple(fact, others, tuple(evidence.by_number(connection, numbers)))


def concept(connection: sqlite3.Connection, id_: str, most: int = 25) -> Concept | None:
    """Return a concept with up to so many of its strongest triples on each side, or None."""
    row = connection.execute("SELECT id, name, type, xrefs FROM concept WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return None
    counts = {
        side: connection.execute(_COUNTED.format(side=side), (id_,)).fetchone() for side in ("subject", "object")
    }
    strongest = {side: _facts(connection, _STRONGEST.format(side=side), (id_, most)) for side in counts}
    return Concept(
        Named(*row[:3]),
        tuple(json.loads(row[3])),
        tuple((text, count) for text, count in connection.execute(_CALLED, (id_, most))),
        tuple(Named(*each) for each in connection.execute(_PARENTS, (id_,))),
        tuple(Named(*each) for each in connection.execute(_CHILDREN, (id_, 200))),
        counts["subject"][0],
        counts["object"][0],
        counts["subject"][1] + counts["object"][1],
        strongest["subject"],
        strongest["object"],
    )


def document(connection: sqlite3.Connection, id_: str, most: int = 500) -> Document | None:
    """Return a document with up to so many pieces of its evidence, or None."""
    row = connection.execute(_DOCUMENT, (id_,)).fetchone()
    if row is None:
        return None
    told = dict(zip(_DOCUMENT_COLUMNS, row, strict=True))
    told |= {name: told[name] or "" for name in ("title", "journal", "concern")}
    numbers = [number for (number,) in connection.execute(_OF_DOCUMENT, (id_, most))]
    order = {number: place for place, number in enumerate(numbers)}
    pieces = evidence.by_number(connection, numbers, active=False)
    return Document(
        **told,
        parts=tuple(Part(*each) for each in connection.execute(_PASSAGES, (id_,))),
        names=tuple(
            (type_, Named(concept, name, type_), count)
            for type_, concept, name, count in connection.execute(_MENTIONS, (id_,))
        ),
        pieces=tuple(sorted(pieces, key=lambda piece: order[piece.nr])),
    )


def _facts(connection: sqlite3.Connection, where: str, parameters: tuple[object, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(*row) for row in connection.execute(_TRIPLE + where, parameters))
