"""A piece of evidence as it is shown to people: its sentence cut where the mentions and the trigger stand."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from minex.model import Status
from minex.reports import wording
from minex.store.verdict_tables import RIGHT, SIGN, WRONG

_AT_ONCE = 500
"""Fewer than the variables that the oldest SQLite in use takes in one statement."""

_PIECES = """
SELECT e.nr, e.id, e.triple, s.name AS subject, e.predicate, e.sign, o.name AS object,
       e.document, d.pmid, d.pmcid, d.doi, d.title, d.journal, d.year, e.section, e.sentence, e.sentence_start,
       e.subject_start, e.subject_end, e.object_start, e.object_end, e.trigger_start, e.trigger_end, e.also,
       e.negated, e.hedged, e.direct, e.correlation, e.origin, e.manipulation, e.method, e.rule, e.confidence,
       v.verdict, v.who AS judged_by
FROM evidence e
JOIN document d ON d.id = e.document AND d.status IN ({statuses})
JOIN triple t ON t.id = e.triple
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
LEFT JOIN verdict v ON v.evidence = e.id
     AND NOT EXISTS (SELECT 1 FROM verdict n WHERE n.evidence = v.evidence AND (n.time, n.who) > (v.time, v.who))
WHERE e.{column} IN ({marks})
"""
_JUDGED = {RIGHT: "judged right", WRONG: "judged wrong", SIGN: "judged wrong sign"}
_CONTEXT = "SELECT evidence, slot, name, source FROM context WHERE evidence IN ({marks}) ORDER BY id"


@dataclass(frozen=True, slots=True)
class Segment:
    """Text that is marked in one way: `role` is `subject`, `object`, `trigger`, `also` or empty."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """In what it was observed; `source` is where that was read: `sentence`, `title` or `aim`."""

    slot: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of an active document that says one thing of one pair, with what a reader needs to judge it."""

    nr: int
    id: str
    triple: str
    subject: str
    predicate: str
    sign: int
    object: str
    document: str
    pmid: str | None
    pmcid: str | None
    doi: str | None
    title: str
    journal: str
    year: int | None
    section: str
    sentence: str
    segments: tuple[Segment, ...]
    negated: bool
    hedged: bool
    direct: bool
    correlation: int | None
    origin: str
    manipulation: tuple[str, ...]
    method: tuple[str, ...]
    rule: str
    confidence: float
    verdict: str
    judged_by: str
    context: tuple[Context, ...]

    @property
    def link(self) -> str:
        """Address of the paper, empty if no id of it is known that has one."""
        return wording.link(self.pmid) or wording.full_text_link(self.pmcid, self.doi)

    @property
    def marks(self) -> tuple[str, ...]:
        """What is to be known besides the text: `negated`, `hedged`, `cited`, `background`, `review`.

        And what a person judged: `judged right`, `judged wrong` (it counts no more), `judged wrong sign`.
        """
        told = [name for name, is_so in (("negated", self.negated), ("hedged", self.hedged)) if is_so]
        told += [self.origin] if self.origin != "own" else []
        return (*told, *((_JUDGED[self.verdict],) if self.verdict else ()))


def segments(sentence: str, start: int, spans: Iterable[tuple[int, int, str]]) -> tuple[Segment, ...]:
    """Cut a sentence that begins at `start` where spans begin and end; of two that overlap, the first stays.

    Spans are offsets in the document, as the database has them. What lies outside of the sentence (the name that
    an *it* stands for) is left out.

    Examples:
        >>> cut = segments("miR-21 inhibits PTEN.", 100, [(100, 106, "subject"), (116, 120, "object")])
        >>> [(segment.text, segment.role) for segment in cut]
        [('miR-21', 'subject'), (' inhibits ', ''), ('PTEN', 'object'), ('.', '')]
    """
    taken: list[tuple[int, int, str]] = []
    for begin, end, role in spans:
        inside = start <= begin < end <= start + len(sentence)
        if inside and all(end <= other or begin >= beyond for other, beyond, _ in taken):
            taken.append((begin, end, role))
    cut: list[Segment] = []
    done = start
    for begin, end, role in sorted(taken):
        cut.append(Segment(sentence[done - start : begin - start]))
        cut.append(Segment(sentence[begin - start : end - start], role))
        done = end
    cut.append(Segment(sentence[done - start :]))
    return tuple(segment for segment in cut if segment.text)


def of_triples(connection: sqlite3.Connection, triples: Sequence[str]) -> list[Piece]:
    """Return all evidence of active documents for triples, newest and surest first."""
    return _pieces(connection, "triple", triples)


def by_number(connection: sqlite3.Connection, numbers: Sequence[int], *, active: bool = True) -> list[Piece]:
    """Return evidence by its `nr`, newest and surest first; numbers that are none are left out.

    Parameters:
        active: only of documents that count; else also of those that are retracted, deleted or unmatched.
    """
    return _pieces(connection, "nr", numbers, [Status.ACTIVE] if active else list(Status))


def _pieces(
    connection: sqlite3.Connection,
    column: str,
    keys: Sequence[str] | Sequence[int],
    statuses: Sequence[str] = (Status.ACTIVE,),
) -> list[Piece]:
    found: list[Piece] = []
    for first in range(0, len(keys), _AT_ONCE):
        some = list(keys[first : first + _AT_ONCE])
        sql = _PIECES.format(column=column, marks=_marks(some), statuses=_marks(statuses))
        cursor = connection.execute(sql, (*statuses, *some))
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        contexts = _contexts(connection, [row["nr"] for row in rows])
        found.extend(_piece(row, tuple(contexts.get(row["nr"], ()))) for row in rows)
    return sorted(found, key=lambda piece: (-(piece.year or 0), -piece.confidence, piece.nr))


def _contexts(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[Context]]:
    found: dict[int, list[Context]] = {}
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        for number, slot, name, source in connection.execute(_CONTEXT.format(marks=_marks(some)), some):
            found.setdefault(number, []).append(Context(slot, name, source))
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _piece(row: dict[str, Any], context: tuple[Context, ...]) -> Piece:
    spans = [(row.pop(f"{role}_start"), row.pop(f"{role}_end"), role) for role in ("subject", "object", "trigger")]
    spans += [(begin, end, "also") for begin, end in json.loads(row.pop("also"))]
    known = [span for span in spans if span[0] is not None]
    row["segments"] = segments(row["sentence"], row.pop("sentence_start"), known)
    row |= {name: row[name] or "" for name in ("title", "journal", "section", "verdict", "judged_by")}
    row |= {name: bool(row[name]) for name in ("negated", "hedged", "direct")}
    row |= {name: tuple(json.loads(row[name])) for name in ("manipulation", "method")}
    return Piece(**row, context=context)
