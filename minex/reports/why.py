"""Where a document stopped on its way to triples, told from what the database remembers and from its text."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from minex.errors import UsageError
from minex.model import Document, Status
from minex.store import Store
from minex.store.identity import identities, stored_ids
from minex.store.rebuild import rebuild

_FORMS = (
    (re.compile(r"(?:PMID:)?\s*([1-9][0-9]{0,9})", re.IGNORECASE), "PMID:{}"),
    (re.compile(r"PMC:?\s*([1-9][0-9]{0,9})", re.IGNORECASE), "PMC:{}"),
    (re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE), "DOI:{}"),
)
_HITS = """
SELECT h.query, h.status, h.status_reason, h.first_run, h.last_run, r.started
FROM query_hit h JOIN run r ON r.id = h.first_run
WHERE h.document IN (SELECT value FROM json_each(?)) ORDER BY h.query
"""
_FAILURES = """
SELECT stage, message, run_id FROM failure WHERE document IN (SELECT value FROM json_each(?)) ORDER BY run_id
"""
_WINDOWS = """
SELECT query, source, first_day, last_day, message FROM sync_window
WHERE status = 'failed' AND run_id = (SELECT max(w.run_id) FROM sync_window w WHERE w.query = sync_window.query)
ORDER BY id LIMIT 5
"""
_DOCUMENT = """
SELECT d.title, d.year, d.status, d.status_reason, d.concern, d.record, d.origin, d.fingerprint, d.run_id,
       r.started,
       (SELECT count(*) FROM mention m WHERE m.document = d.id)
FROM document d JOIN run r ON r.id = d.run_id WHERE d.id = ?
"""
_TRIPLES = """
SELECT s.name, e.predicate, o.name, e.rule, e.confidence, e.negated, e.hedged, e.sentence, e.overridden,
       t.subject, t.object, v.verdict, v.who
FROM evidence e JOIN triple t ON t.id = e.triple
JOIN concept s ON s.id = t.subject JOIN concept o ON o.id = t.object
LEFT JOIN judged v ON v.evidence = e.id
WHERE e.document = ? ORDER BY e.sentence_start, e.nr
"""
_NAMED = """
SELECT DISTINCT m.concept FROM mention m
LEFT JOIN concept_ancestor a ON a.concept = m.concept
LEFT JOIN concept c ON c.id = a.ancestor
WHERE m.document = :document
  AND (lower(m.text) = :name OR lower(m.name) = :name OR lower(m.concept) = :name OR lower(c.name) = :name
       OR lower(c.id) = :name)
"""


@dataclass(frozen=True)
class Said:
    """A piece of evidence, as far as it tells why."""

    subject: str
    predicate: str
    object: str
    rule: str
    confidence: float
    negated: bool
    hedged: bool
    sentence: str
    overridden: tuple[str, ...]
    concepts: frozenset[str]
    judged: str = ""

    def __str__(self) -> str:
        marks = [word for word, is_so in (("denied", self.negated), ("hedged", self.hedged)) if is_so]
        over = [f"in place of {', '.join(self.overridden)}"] if self.overridden else []
        judged = [f"judged {self.judged}"] if self.judged else []
        told = ", ".join([self.rule, f"confidence {self.confidence:g}", *marks, *over, *judged])
        return f"{self.subject} {self.predicate} {self.object} ({told})"


@dataclass
class Trail:
    """A document's way: `steps` are (stage, what happened) pairs; `end` is where and why it stopped, or that not.

    `document` is its text as it was kept, if it was; `said` what was found in it.
    """

    asked: str
    id: str | None = None
    title: str = ""
    steps: list[tuple[str, str]] = field(default_factory=list)
    end: str = ""
    document: Document | None = None
    said: list[Said] = field(default_factory=list)

    def add(self, stage: str, text: str) -> None:
        """Add a step."""
        self.steps.append((stage, text))


def parse_id(text: str) -> str:
    """Return the id that a person means by `123`, `PMID:123`, `PMC1`, a DOI or its address.

    Raises:
        UsageError: if the text can be no id.

    Examples:
        >>> parse_id("123"), parse_id("pmc7"), parse_id("https://doi.org/10.1186/s12943-018-0869-y")
        ('PMID:123', 'PMC:7', 'DOI:10.1186/s12943-018-0869-y')
    """
    stripped = text.strip()
    for form, made in _FORMS:
        if match := form.fullmatch(stripped):
            return made.format(match[1])
    if stripped and ":" in stripped:
        return stripped
    raise UsageError("document-id", f"{text!r} is no id of a document", cure="give 123, PMID:123, PMC1 or a DOI")


def follow(store: Store, asked: str) -> Trail:
    """Follow a document from the queries to its triples."""
    id_ = parse_id(asked)
    connection = store.connection
    trail = Trail(id_, stored_ids(connection, [id_]).get(id_))
    names = json.dumps(
        sorted({id_, *(key for one in identities(connection, [trail.id or id_]) for key in one.keys)})
    )
    current = _hits(connection, trail, names)
    failed = connection.execute(_FAILURES, (names,)).fetchall()
    for stage, message, run in failed:
        trail.add("failed", f"to {stage}, in run {run}: {message}")
    if trail.id is None:
        _never_stored(connection, trail, current, bool(failed))
    else:
        _stored(connection, trail)
    return trail


def _hits(connection: sqlite3.Connection, trail: Trail, names: str) -> list[str]:
    """Tell which queries found it, and return how it stands with them."""
    states = []
    for query, status, reason, first, _, started in connection.execute(_HITS, (names,)):
        why = f": {reason}" if reason else ""
        trail.add("found", f"by the query {query} in run {first} ({started[:10]}); now {status}{why}")
        states.append(status)
    if not states:
        queries = [name for (name,) in connection.execute("SELECT name FROM query ORDER BY name")]
        listed = f" ({', '.join(queries)})" if queries else ""
        trail.add("found", f"by no query of this database{listed}")
    return states


def _never_stored(connection: sqlite3.Connection, trail: Trail, states: list[str], failed: bool) -> None:
    if not states:
        windows = _failed_windows(connection, trail)
        where = "; reading it failed" if failed else ": no query found it and no file that was read has it"
        trail.end = f"it was never seen{where}"
        if windows:
            trail.end += "; it may lie in a window of dates that failed"
    elif "waiting" in states:
        _failed_windows(connection, trail)
        trail.end = "it was found and not retrieved yet; minex refresh does what is left"
    elif "gone" in states:
        trail.end = "it is gone from its source, and was gone before it was retrieved"
    else:
        trail.end = "it matched once, was not retrieved then, and no longer matches"


def _failed_windows(connection: sqlite3.Connection, trail: Trail) -> bool:
    rows = connection.execute(_WINDOWS).fetchall()
    for query, source, first, last, message in rows:
        trail.add("window", f"{query}, {source}, {first} to {last} failed: {message}")
    return bool(rows)


def _stored(connection: sqlite3.Connection, trail: Trail) -> None:
    row = connection.execute(_DOCUMENT, (trail.id,)).fetchone()
    title, year, status, reason, concern, record, origin, _, run, started, mentions = row
    trail.title = " ".join(str(part) for part in (title or "", f"({year})" if year else "") if part)
    if record:
        trail.add("read", f"in run {run} ({started[:10]}), from {origin}, as {_RECORDS.get(record, record)}")
    else:
        trail.add("known", f"since run {run} ({started[:10]}), from {origin}, and never read")
    if concern:
        trail.add("concern", concern)
    if status != Status.ACTIVE:
        trail.add("status", f"{status}: {reason}" if reason else status)
    rows = connection.execute(_TRIPLES, (trail.id,))
    trail.said = [
        Said(
            *(s, p, o, rule, confidence, bool(no), bool(maybe), sentence, tuple(json.loads(over))),
            frozenset((a, b)),
            judged=f"{verdict} by {who}" if verdict else "",
        )
        for s, p, o, rule, confidence, no, maybe, sentence, over, a, b, verdict, who in rows
    ]
    kept_text = next(rebuild(connection, [trail.id or ""]), None)
    if kept_text is not None:
        # What does not count is not read; what it says is asked here all the same.
        trail.document = replace(kept_text, status=Status.ACTIVE)
    if mentions:
        trail.add("names", f"{mentions:,} found")
    if trail.said:
        trail.add("triples", f"{len(trail.said):,} pieces of evidence")
    if trail.said and status == Status.ACTIVE:
        trail.end = "it went all the way: it counts"
    elif trail.said:
        trail.end = f"what it says does not count, for it is {status}"
    elif status != Status.ACTIVE:
        trail.end = f"it is {status}" + (f": {reason}" if reason else "")
    elif not record:
        trail.end = "its text has not been read yet"
    elif kept_text is None:
        trail.end = (
            "it was read and gave no triple; its text was not kept: to see more, read it again with "
            "minex run FILE --keep all"
        )


_RECORDS = {"citation": "its citation", "article": "its full text", "text": "a text"}


def concepts_named(store: Store, document: str, name: str) -> set[str]:
    """Return those concepts of a document that a name may mean: by name, text, id, or what they belong to."""
    rows = store.connection.execute(_NAMED, {"document": document, "name": name.strip().casefold()})
    return {concept for (concept,) in rows}


def between(said: Sequence[Said], first: set[str], second: set[str]) -> list[Said]:
    """Return the evidence that joins one of some concepts with one of some others."""
    return [each for each in said if each.concepts & first and each.concepts & second]
