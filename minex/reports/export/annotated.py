"""Documents with their mentions and what is said of them, for the formats of annotated text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from minex.reports.selection import Selection

_EVIDENCE = """
e.id, e.predicate, e.sign, e.negated, e.hedged, e.direct, e.rule, e.confidence, t.subject, t.object,
s.name AS subject_name, o.name AS object_name, e.subject_start, e.subject_end, e.subject_text, e.subject_type,
e.object_start, e.object_end, e.object_text, e.object_type
"""
_DOCUMENT = "SELECT id, pmid, pmcid, doi, title, journal, year, kept FROM document WHERE id = ?"
_PASSAGES = 'SELECT start, "end", kind, section, text FROM passage WHERE document = ? ORDER BY number'
_MENTIONS = """
SELECT start, "end", text, type, concept, name FROM mention WHERE document = ? ORDER BY start, "end", id
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage; offsets are of the document's text, in which passages are joined by one line feed."""

    start: int
    end: int
    kind: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names a concept."""

    id: str
    start: int
    end: int
    text: str
    type: str
    concept: str
    name: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What one sentence says of two mentions; the sign is the predicate's."""

    id: str
    predicate: str
    sign: int
    subject: Mention
    object: Mention
    negated: bool
    hedged: bool
    direct: bool
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its text, its mentions and relations."""

    id: str
    pmid: str | None
    pmcid: str | None
    doi: str | None
    journal: str
    year: int | None
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]

    @property
    def name(self) -> str:
        """What such formats call it: the bare PMID, `PMC7`, else its id."""
        return self.pmid or self.pmcid or self.id


@dataclass
class Documents:
    """The documents of a selection whose text the database keeps; `left` are the others, with evidence or not."""

    selection: Selection
    left: int = 0
    written: int = 0
    relations: int = field(default=0)

    def __iter__(self) -> Iterator[Annotated]:
        ask = self.selection.connection.execute
        for id_ in self.selection.documents():
            row = ask(_DOCUMENT, (id_,)).fetchone()
            passages = tuple(Passage(*each) for each in ask(_PASSAGES, (id_,))) if row[7] else ()
            if not passages:
                self.left += 1
                continue
            mentions: dict[tuple[int, int, str, str], Mention] = {}
            for start, end, text, kind, concept, name in ask(_MENTIONS, (id_,)):
                _mention(mentions, start, end, text, kind, concept, name)
            relations = tuple(_relation(row, mentions) for row in self.selection.evidence(_EVIDENCE, document=id_))
            self.written += 1
            self.relations += len(relations)
            _, pmid, pmcid, doi, _, journal, year, _ = row
            everything = tuple(mentions.values())
            yield Annotated(id_, pmid, pmcid, doi, journal or "", year, passages, everything, relations)


def _mention(
    known: dict[tuple[int, int, str, str], Mention],
    start: int,
    end: int,
    text: str,
    kind: str,
    concept: str,
    name: str,
) -> Mention:
    """Return the mention of a concept at a place, made if nothing has it yet."""
    place = (start, end, kind, concept)
    if place not in known:
        known[place] = Mention(f"T{len(known) + 1}", start, end, text, kind, concept, name)
    return known[place]


def _relation(row: sqlite3.Row, mentions: dict[tuple[int, int, str, str], Mention]) -> Relation:
    ends = [
        _mention(
            mentions,
            row[f"{side}_start"],
            row[f"{side}_end"],
            row[f"{side}_text"],
            row[f"{side}_type"],
            row[side],
            row[f"{side}_name"],
        )
        for side in ("subject", "object")
    ]
    return Relation(
        row["id"],
        row["predicate"],
        row["sign"],
        ends[0],
        ends[1],
        bool(row["negated"]),
        bool(row["hedged"]),
        bool(row["direct"]),
        row["rule"],
        row["confidence"],
    )
