"""Whether a document counts: a function of its records, of marks, of other documents' notices, and of queries.

In this order: `deleted` if a mark says so; `retracted` if a record of its own, a mark, or the notice of a document
that itself stands says so; `unmatched` if queries have found it, none does any more, and no file brought it; else
`active`. An expression of concern is kept beside the status, and the document counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from minex.merge import CONCERN_IN, CONCERNS, RETRACTS
from minex.model import Record, Status
from minex.store.identity import Identity, stored_ids

CURRENT_HITS = frozenset({"waiting", "fetched"})
"""How a hit stands that its query still has."""

_IN = "IN (SELECT value FROM json_each(?))"
_DOCUMENTS = f"SELECT id, pmid, pmcid, doi, status, status_reason, concern, origin FROM document WHERE id {_IN}"  # noqa: S608
_SOURCES = f"""
SELECT document, record, status, status_reason, iif(instr(metadata, '{CONCERN_IN}'), metadata, '')
FROM document_source WHERE document {_IN}
"""  # noqa: S608 - our own names
_MARKS = f"SELECT document, status, by, reason FROM mark WHERE document {_IN} ORDER BY by, reason"  # noqa: S608
_HITS = f"SELECT document, status, status_reason FROM query_hit WHERE document {_IN} ORDER BY query"  # noqa: S608
_NOTICES = f"SELECT target, kind, document FROM notice WHERE target {_IN} ORDER BY document, kind"  # noqa: S608
_TARGETS = f"SELECT DISTINCT target FROM notice WHERE document {_IN}"  # noqa: S608
_UPDATE = "UPDATE document SET status = ?, status_reason = ?, concern = ? WHERE id = ?"


@dataclass(slots=True)
class _Facts:
    """All that decides on one document."""

    names: Identity
    origin: str
    was: tuple[str, str, str | None]
    records: set[str] = field(default_factory=set)
    own: list[str] = field(default_factory=list)
    concerns: list[str] = field(default_factory=list)
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    hits: list[tuple[str, str]] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)

    @property
    def deleted(self) -> str | None:
        """Why it is deleted. A withdrawn full text is no deletion where something else tells of the document."""
        article = str(Record.ARTICLE)
        alone = self.records <= {article}
        return next(
            (why for status, by, why in self.marks if status == "deleted" and (by != article or alone)), None
        )

    @property
    def retracted(self) -> str | None:
        """Why it is retracted, by itself or by a mark."""
        marked = (why for status, _, why in self.marks if status == "retracted")
        return next((why for why in (*self.own, *marked)), None)

    @property
    def unmatched(self) -> str | None:
        """Why it is unmatched."""
        if self.origin == "file" or any(status in CURRENT_HITS for status, _ in self.hits):
            return None
        marked = [why for status, _, why in self.marks if status == "unmatched"]
        reasons = sorted({why for _, why in self.hits if why}) if self.hits else []
        if not (self.hits or marked):
            return None
        return "; ".join(marked or reasons)


def recompute(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Bring the status of documents up to date, and of those that their notices speak of, step by step.

    Returns:
        The old and the new status of each document whose status has changed.
    """
    judge = _Judge(connection)
    todo = _affected(connection, set(ids))
    judge.load(todo)
    changed: dict[str, tuple[str, str]] = {}
    rows = []
    for id_ in sorted(todo):
        facts = judge.facts.get(id_)
        if facts is not None:
            now = judge.decide(facts)
            if now != facts.was:
                rows.append((*now, id_))
            if now[0] != facts.was[0]:
                changed[id_] = (facts.was[0], now[0])
    connection.executemany(_UPDATE, rows)
    return changed


def targets(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Return the stored documents that the notices of some documents speak of."""
    names = [name for (name,) in connection.execute(_TARGETS, (json.dumps(sorted(ids)),))]
    return set(stored_ids(connection, names).values()) if names else set()


def _affected(connection: sqlite3.Connection, ids: set[str]) -> set[str]:
    found, fresh = set(ids), set(ids)
    while fresh:
        fresh = targets(connection, fresh) - found
        found |= fresh
    return found


class _Judge:
    """Decides on documents, and loads what that takes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.facts: dict[str, _Facts] = {}

    def load(self, ids: Iterable[str]) -> None:
        wanted = json.dumps(sorted(set(ids) - set(self.facts)))
        ask = self.connection.execute
        fresh: dict[str, _Facts] = {}
        for id_, pmid, pmcid, doi, status, reason, concern, origin in ask(_DOCUMENTS, (wanted,)):
            fresh[id_] = _Facts(Identity(id_, pmid, pmcid, doi), origin, (status, reason, concern))
        self.facts.update(fresh)
        # "citation" is the first of the records by name as well as by what it is worth.
        for id_, record, status, reason, metadata in ask(
            _SOURCES + " ORDER BY record <> 'citation', record", (wanted,)
        ):
            facts = fresh[id_]
            facts.records.add(record)
            if status == str(Status.RETRACTED):
                facts.own.append(reason)
            if metadata:
                facts.concerns += _concerns(metadata)
        by_name: dict[str, list[_Facts]] = defaultdict(list)
        for facts in fresh.values():
            for name in facts.names.keys:
                by_name[name].append(facts)
        names = json.dumps(sorted(by_name))
        for name, status, by, reason in ask(_MARKS, (names,)):
            for facts in by_name[name]:
                facts.marks.append((status, by, reason))
        for name, status, reason in ask(_HITS, (names,)):
            for facts in by_name[name]:
                facts.hits.append((status, reason))
        for name, kind, document in ask(_NOTICES, (names,)):
            for facts in by_name[name]:
                if document != facts.names.id:
                    facts.notices.append((document, kind))

    def decide(self, facts: _Facts) -> tuple[str, str, str | None]:
        """Return a document's status, why, and what concerns there are."""
        said = [f"{kind.removesuffix('For')} in {id_}" for id_, kind in self._standing(facts, {CONCERNS})]
        concern = "; ".join(sorted({*facts.concerns, *said})) or None
        for status, reason in (
            (Status.DELETED, facts.deleted),
            (Status.RETRACTED, facts.retracted),
            (Status.RETRACTED, next((f"{kind} in {id_}" for id_, kind in self._standing(facts, RETRACTS)), None)),
            (Status.UNMATCHED, facts.unmatched),
        ):
            if reason is not None:
                return str(status), reason, concern
        return str(Status.ACTIVE), "", concern

    def _standing(self, facts: _Facts, kinds: Container[str]) -> list[tuple[str, str]]:
        return sorted(
            n for n in facts.notices if n[1] in kinds and self._stands(n[0], frozenset({facts.names.id}))
        )

    def _stands(self, id_: str, above: frozenset[str]) -> bool:
        """Return whether a notice counts: it is itself neither deleted nor retracted by what stands.

        `above` are the documents that are asked about: two that retract each other do not go on for ever.
        """
        if id_ not in self.facts:
            self.load([id_])
        facts = self.facts.get(id_)
        if facts is None or facts.deleted is not None or facts.retracted is not None:
            return False
        return not any(
            kind in RETRACTS and other not in above and self._stands(other, above | {id_})
            for other, kind in facts.notices
        )


def _concerns(metadata: str) -> list[str]:
    references = json.loads(metadata).get("references", ())
    return [
        f"{CONCERN_IN} {'PMID:' + each['pmid'] if each['pmid'] else each['text']}".strip()
        for each in references
        if each["kind"] == CONCERN_IN
    ]
