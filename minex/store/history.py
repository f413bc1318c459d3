"""What each transaction changed in what is believed, and why: written down by the transaction itself.

Triggers of the writer's connection note what evidence, documents and triples were before. So it does not matter
which code changes them, and there is no change without its row, nor a row without its change, after a kill.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from typing import NamedTuple

from minex.store.history_tables import STATE
from minex.store.verdict_tables import NEWEST, RIGHT

_ACTIVE = "active"

_NOTES = f"""
CREATE TEMP TABLE IF NOT EXISTS was_triple (id TEXT PRIMARY KEY, {", ".join(STATE)}) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS was_document (
    id TEXT PRIMARY KEY, status TEXT, text_hash TEXT, content_hash TEXT, run_id INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS was_evidence (
    document TEXT, triple TEXT, id TEXT, confidence REAL, negated INTEGER, hedged INTEGER, direct INTEGER,
    origin TEXT, sentence TEXT);
CREATE TEMP TABLE IF NOT EXISTS new_evidence (nr INTEGER PRIMARY KEY, document TEXT);
CREATE TEMP TABLE IF NOT EXISTS moved_to (document TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS was_verdict (evidence TEXT PRIMARY KEY, verdict TEXT) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS was_concept (id TEXT PRIMARY KEY, name TEXT, type TEXT) WITHOUT ROWID;
"""

_NOTED = tuple(re.findall(r"IF NOT EXISTS (\w+)", _NOTES))

_NOTE_TRIPLE = f"""
INSERT INTO was_triple SELECT OLD.id, {", ".join(f"OLD.{name}" for name in STATE)}
WHERE NOT EXISTS (SELECT 1 FROM was_triple WHERE id = OLD.id);
"""  # noqa: S608 - our own names
# Made with its sums: before, it had none.
_NOTE_MADE = f"""
INSERT INTO was_triple SELECT NEW.id{", 0" * len(STATE)}
WHERE NOT EXISTS (SELECT 1 FROM was_triple WHERE id = NEW.id);
"""  # noqa: S608 - our own names
_NOTE_DOCUMENT = """
INSERT INTO was_document SELECT OLD.id, OLD.status, OLD.text_hash, OLD.content_hash, OLD.run_id
WHERE NOT EXISTS (SELECT 1 FROM was_document WHERE id = OLD.id);
"""
_NOTE_GONE = """
INSERT INTO was_evidence
SELECT OLD.document, OLD.triple, OLD.id, OLD.confidence, OLD.negated, OLD.hedged, OLD.direct, OLD.origin,
       OLD.sentence
WHERE NOT EXISTS (SELECT 1 FROM new_evidence WHERE nr = OLD.nr);
DELETE FROM new_evidence WHERE nr = OLD.nr;
"""
# Two records of one publication were joined: what it says is no news.
_NOTE_MOVED = """
INSERT INTO moved_to SELECT NEW.document
WHERE NEW.document <> OLD.document AND NOT EXISTS (SELECT 1 FROM moved_to WHERE document = NEW.document);
"""
_NOTE_VERDICT = f"""
INSERT INTO was_verdict SELECT {{0}}.evidence, {NEWEST.format("{0}.evidence")}
WHERE NOT EXISTS (SELECT 1 FROM was_verdict WHERE evidence = {{0}}.evidence);
"""  # noqa: S608 - our own names
_NOTE_NEW = "INSERT INTO new_evidence VALUES (NEW.nr, NEW.document);"

# Of a concept that only texts name, the name goes with its last text; the triple went under the name that it had.
_BURY = """
DELETE FROM gone_triple WHERE id = OLD.id;
INSERT INTO gone_triple
SELECT OLD.id, OLD.subject, OLD.predicate, OLD.object, OLD.sign,
       coalesce(sw.name, s.name), coalesce(sw.type, s.type), coalesce(ow.name, o.name), coalesce(ow.type, o.type)
FROM concept s
JOIN concept o ON o.id = OLD.object
LEFT JOIN was_concept sw ON sw.id = s.id
LEFT JOIN was_concept ow ON ow.id = o.id
WHERE s.id = OLD.subject;
"""

_TRIGGERS = {
    "triple_made": ("AFTER INSERT ON main.triple", _NOTE_MADE),
    "triple_updated": ("AFTER UPDATE ON main.triple", _NOTE_TRIPLE),
    "triple_deleted": ("AFTER DELETE ON main.triple", _NOTE_TRIPLE + _BURY),
    "document_made": (
        "AFTER INSERT ON main.document",
        "INSERT INTO was_document SELECT NEW.id, NULL, NULL, NULL, NULL "
        "WHERE NOT EXISTS (SELECT 1 FROM was_document WHERE id = NEW.id);",
    ),
    "document_updated": ("AFTER UPDATE ON main.document", _NOTE_DOCUMENT),
    "document_deleted": ("AFTER DELETE ON main.document", _NOTE_DOCUMENT),
    "evidence_made": ("AFTER INSERT ON main.evidence", _NOTE_NEW),
    "evidence_deleted": ("AFTER DELETE ON main.evidence", _NOTE_GONE),
    "evidence_updated": ("AFTER UPDATE ON main.evidence", _NOTE_GONE + _NOTE_NEW + _NOTE_MOVED),
    # Before: what counted till now is the newest of all verdicts on the piece, not the row that changes.
    "verdict_made": ("BEFORE INSERT ON main.verdict", _NOTE_VERDICT.format("NEW")),
    "verdict_updated": (
        "BEFORE UPDATE ON main.verdict",
        _NOTE_VERDICT.format("OLD") + _NOTE_VERDICT.format("NEW"),
    ),
    "verdict_deleted": ("BEFORE DELETE ON main.verdict", _NOTE_VERDICT.format("OLD")),
    "concept_renamed": (
        "AFTER UPDATE OF name ON main.concept",
        "INSERT INTO was_concept SELECT OLD.id, OLD.name, OLD.type "
        "WHERE NOT EXISTS (SELECT 1 FROM was_concept WHERE id = OLD.id);",
    ),
}

_OLD = ", ".join(f"old_{name}" for name in STATE)
_NEW = ", ".join(f"new_{name}" for name in STATE)

_RECORD_TRIPLES = f"""
INSERT INTO triple_change (run_id, triple, {_OLD}, {_NEW})
SELECT ?, w.id, {", ".join(f"w.{name}" for name in STATE)}, {", ".join(f"coalesce(t.{name}, 0)" for name in STATE)}
FROM was_triple w LEFT JOIN triple t ON t.id = w.id
WHERE {" OR ".join(f"w.{name} <> coalesce(t.{name}, 0)" for name in STATE)}
ON CONFLICT (run_id, triple) DO UPDATE SET {", ".join(f"new_{name} = excluded.new_{name}" for name in STATE)}
"""  # noqa: S608 - our own names

_FORGET_UNDONE = f"""
DELETE FROM triple_change
WHERE run_id = ? AND triple IN (SELECT id FROM was_triple)
  AND {" AND ".join(f"old_{name} = new_{name}" for name in STATE)}
"""  # noqa: S608 - our own names

_TOUCHED = f"""
SELECT document FROM was_evidence
UNION SELECT document FROM new_evidence
UNION SELECT e.document FROM was_verdict w JOIN evidence e ON e.id = w.evidence
UNION SELECT w.id FROM was_document w LEFT JOIN document d ON d.id = w.id
WHERE coalesce(w.status, d.status) <> coalesce(d.status, w.status)
  AND '{_ACTIVE}' IN (coalesce(w.status, ''), coalesce(d.status, ''))
"""  # noqa: S608 - our own names

_RECORD_CAUSE = """
INSERT INTO change_cause VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id, triple, document) DO UPDATE
SET new_evidence_count = excluded.new_evidence_count, sentence = coalesce(sentence, excluded.sentence)
"""

# Documents that were not there before, and of whose evidence nothing went, or came from another document.
_ONLY_NEW = f"""
SELECT w.id FROM was_document w JOIN document d ON d.id = w.id
WHERE w.status IS NULL AND d.status = '{_ACTIVE}'
  AND NOT EXISTS (SELECT 1 FROM moved_to m WHERE m.document = w.id)
  AND w.id NOT IN (SELECT document FROM was_evidence)
"""  # noqa: S608 - our own names

_RECORD_NEW = f"""
INSERT INTO change_cause
SELECT ?, e.triple, e.document, 'new', 0, count(*), NULL
FROM new_evidence n CROSS JOIN evidence e ON e.nr = n.nr
WHERE e.document IN ({_ONLY_NEW})
GROUP BY e.document, e.triple
ON CONFLICT (run_id, triple, document) DO UPDATE
SET new_evidence_count = excluded.new_evidence_count, sentence = coalesce(sentence, excluded.sentence)
"""  # noqa: S608

_BEGIN = """
INSERT INTO history (run_id, since)
SELECT max(id), strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now') FROM run HAVING max(id) IS NOT NULL
"""


class _Said(NamedTuple):
    """A piece of evidence, as far as belief goes."""

    triple: str
    id: str
    confidence: float
    negated: int
    hedged: int
    direct: int
    origin: str
    sentence: str


_SAID = ", ".join(_Said._fields)


def watch(connection: sqlite3.Connection) -> None:
    """Begin to note what changes on this connection; nothing of it stands in the file."""
    connection.executescript(_NOTES)
    for name, (when, what) in _TRIGGERS.items():
        connection.execute(f"CREATE TEMP TRIGGER IF NOT EXISTS {name} {when} BEGIN {what} END")


def begin(connection: sqlite3.Connection) -> None:
    """Say in a database with runs that changes are kept from now on; :func:`minex.store.upgrade.upgrade` does."""
    connection.execute(_BEGIN)


def record(connection: sqlite3.Connection) -> None:
    """Write down what this transaction changed, for the run that is under way: the last one begun.

    To be called within the transaction, just before it ends.
    """
    (run_id,) = connection.execute("SELECT max(id) FROM run").fetchone()
    if run_id is None or not _noted(connection):
        return
    connection.execute(_RECORD_TRIPLES, (run_id,))
    connection.execute(_FORGET_UNDONE, (run_id,))
    _record_causes(connection, run_id)
    for table in (
        "was_triple",
        "was_document",
        "was_evidence",
        "new_evidence",
        "was_verdict",
        "was_concept",
        "moved_to",
    ):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def _noted(connection: sqlite3.Connection) -> bool:
    asked = "SELECT EXISTS (SELECT 1 FROM was_document) OR EXISTS (SELECT 1 FROM was_triple)"
    asked += " OR EXISTS (SELECT 1 FROM was_evidence) OR EXISTS (SELECT 1 FROM new_evidence)"
    asked += " OR EXISTS (SELECT 1 FROM was_verdict)"
    return bool(connection.execute(asked).fetchone()[0])


def _record_causes(connection: sqlite3.Connection, run_id: int) -> None:
    """Compare what each document says now with what it said before, triple by triple."""
    verdicts = _Verdicts(connection)
    done: set[str] = set()
    if not verdicts.any:
        # All that these say is new, which takes no comparison; most of a first run are such.
        done = {document for (document,) in connection.execute(_ONLY_NEW)}
        connection.execute(_RECORD_NEW, (run_id,))
    gone: dict[str, list[_Said]] = defaultdict(list)
    for document, *said in connection.execute(f"SELECT document, {_SAID} FROM was_evidence"):  # noqa: S608
        gone[document].append(_Said(*said))
    moved = {document for (document,) in connection.execute("SELECT document FROM moved_to")}
    rows = []
    todo = [document for (document,) in connection.execute(_TOUCHED) if document not in done]
    fresh = {nr for (nr,) in connection.execute("SELECT nr FROM new_evidence")} if todo else set()
    for document in todo:
        found = connection.execute(f"SELECT nr, {_SAID} FROM evidence WHERE document = ?", (document,))  # noqa: S608
        present = [(nr, _Said(*said)) for nr, *said in found]
        was, is_ = _documents(connection, document)
        before = [*gone[document], *(said for nr, said in present if nr not in fresh)] if _counts(was) else []
        after = [said for _, said in present] if _counts(is_) else []
        read_again = sorted(before) != sorted(after)
        before, after = verdicts.applied(before, then=True), verdicts.applied(after, then=False)
        reason = "" if read_again else "judged"
        for triple, (old, new) in _by_triple(before, after).items():
            if sorted(old) != sorted(new):
                reason = reason or ("merged" if document in moved else _reason(connection, was, is_, run_id))
                lost = max(old, key=lambda said: said.confidence).sentence if old and not new else None
                rows.append((run_id, triple, document, reason, len(old), len(new), lost))
    connection.executemany(_RECORD_CAUSE, rows)
    # What came and went within one run has changed nothing at its end.
    undone = "DELETE FROM change_cause WHERE run_id = ? AND triple = ? AND document = ? "
    undone += "AND old_evidence_count = 0 AND new_evidence_count = 0"
    connection.executemany(undone, [row[:3] for row in rows if not row[5]])


class _Verdicts:
    """What verdicts make of evidence, before this transaction and after it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._then: dict[str, str | None] = dict(connection.execute("SELECT evidence, verdict FROM was_verdict"))
        self.any = bool(self._then) or connection.execute("SELECT EXISTS (SELECT 1 FROM verdict)").fetchone()[0]

    def applied(self, all_said: list[_Said], *, then: bool) -> list[_Said]:
        """Return what counts of some pieces: none that is judged wrong, and one that is judged right as sure."""
        if not self.any:
            return all_said
        judged = [(said, self._of(said.id, then)) for said in all_said]
        return [
            said._replace(confidence=1.0) if verdict == RIGHT else said
            for said, verdict in judged
            if verdict in (None, RIGHT)
        ]

    def _of(self, evidence: str, then: bool) -> str | None:
        if then and evidence in self._then:
            return self._then[evidence]
        found = self._connection.execute(f"SELECT {NEWEST.format('?')}", (evidence,)).fetchone()[0]
        return None if found is None else str(found)


class _Document(NamedTuple):
    """What of a document's row tells why it is read in another way; without a status there was none."""

    status: str | None
    text_hash: str | None
    content_hash: str | None
    run_id: int | None


_NOWHERE = _Document(None, None, None, None)


def _counts(document: _Document) -> bool:
    return document.status == _ACTIVE


def _documents(connection: sqlite3.Connection, document: str) -> tuple[_Document, _Document]:
    """Return a document's row as it was and as it is."""
    ask = "SELECT status, text_hash, content_hash, run_id FROM {} WHERE id = ?"
    now = connection.execute(ask.format("document"), (document,)).fetchone()
    before = connection.execute(ask.format("was_document"), (document,)).fetchone()
    is_ = _Document(*now) if now else _NOWHERE
    return _Document(*before) if before else is_, is_


def _by_triple(before: list[_Said], after: list[_Said]) -> dict[str, tuple[list[_Said], list[_Said]]]:
    sides: dict[str, tuple[list[_Said], list[_Said]]] = defaultdict(lambda: ([], []))
    for side, all_said in enumerate((before, after)):
        for said in all_said:
            sides[said.triple][side].append(said)
    return sides


def _reason(connection: sqlite3.Connection, was: _Document, is_: _Document, run_id: int) -> str:
    """Say why a document counts for other things than before."""
    if was.status is None:
        return "new"
    if is_.status is None:
        return "merged"
    if is_.status != _ACTIVE:
        return is_.status
    if was.status != _ACTIVE:
        return "restored"
    reasons = _versions_changed(connection, was.run_id, run_id)
    same_text = bool(was.text_hash) and was.text_hash == is_.text_hash
    if was.content_hash != is_.content_hash and not (same_text and reasons):
        reasons.insert(0, "text")
    return ", ".join(reasons) or "again"


def _versions_changed(connection: sqlite3.Connection, before: int | None, now: int) -> list[str]:
    """Return the names of the versions in which two runs differ."""
    ask = "SELECT versions FROM run WHERE id = ?"
    pair = [json.loads((connection.execute(ask, (run,)).fetchone() or ("{}",))[0]) for run in (before, now)]
    return sorted(name for name in {*pair[0], *pair[1]} if pair[0].get(name) != pair[1].get(name))
