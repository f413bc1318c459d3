"""One batch of documents into the tables, within a transaction that the store has begun."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone

from minex.model import Document, Failure, Reading, Status
from minex.store import counts, joining, plan, status, verdicts
from minex.store.concepts import ConceptWriter, Lookup
from minex.store.encode import Encoded, Row, Said, clean, encode
from minex.store.identity import Identity, unknown
from minex.store.plan import Plan
from minex.store.schema import TABLES


def _insert(table: str, columns: Sequence[str] | None = None) -> str:
    names = tuple(columns or TABLES[table].columns)
    listed = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})'  # noqa: S608 - our own names


# The status of a row that is there is changed by :mod:`minex.store.status` alone.
_STATUS = ("status", "status_reason", "concern")
_INSERT_DOCUMENT = (
    _insert("document")
    + " ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in TABLES["document"].columns if name not in ("id", *_STATUS))
)
_INSERT_SOURCE = _insert("document_source")
_INSERT_NOTICE = _insert("notice")
_INSERT_MARK = _insert("mark")
_INSERT_PASSAGE = _insert("passage")
_INSERT_MENTION = _insert("mention", [name for name in TABLES["mention"].columns if name != "id"])
_INSERT_EVIDENCE = _insert("evidence")
_INSERT_FTS = "INSERT INTO evidence_fts (rowid, sentence) VALUES (?, ?)"
_DELETE_FTS = """
INSERT INTO evidence_fts (evidence_fts, rowid, sentence)
SELECT 'delete', nr, sentence FROM evidence WHERE document = ?
"""
_SENTENCE = list(TABLES["evidence"].columns).index("sentence")
_INSERT_CONTEXT = _insert("context", [name for name in TABLES["context"].columns if name != "id"])
_INSERT_FAILURE = (
    _insert("failure") + " ON CONFLICT (id) DO UPDATE SET run_id = excluded.run_id, time = excluded.time, "
    "message = excluded.message, record = excluded.record"
)
_PAIRS = """
SELECT DISTINCT t.subject, t.object FROM evidence e JOIN triple t ON t.id = e.triple WHERE e.document = ?
"""


@dataclass
class Written:
    """What one :meth:`Store.write` did; `told` is what the user should know of it."""

    documents: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    evidence: int = 0
    new_triples: int = 0
    failures: list[Failure] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@dataclass
class _Old:
    """What is to be counted and named again, because text went or stopped or began to count."""

    pairs: set[tuple[str, str]] = field(default_factory=set)
    concepts: set[str] = field(default_factory=set)
    first_run: dict[str, int] = field(default_factory=dict)


class BatchWriter:
    """Writes batches on one connection; the caller begins and ends the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.concepts = ConceptWriter(connection)
        self._counted: dict[str, int] = {}
        self.written: list[tuple[Document, str]] = []
        """What the last :meth:`write` wrote, each with the id under which it stands."""

    def write(
        self,
        items: Iterable[Reading | Document],
        run_id: int,
        lookup: Lookup,
        written: Written,
        *,
        keep_all: bool,
        origin: str,
        fingerprint: str,
    ) -> None:
        """Write readings, and documents of which only the metadata are news, in rounds of different documents."""
        self.written, self._counted = [], {}
        plans: list[Plan] = []
        claimed: set[str] = set()
        items = list(items)
        documents = [item.document if isinstance(item, Reading) else item for item in items]
        first = unknown(self.connection, documents)
        met: set[str] = set()
        for item, document in zip(items, documents, strict=True):
            own = Identity.of(document)
            # Unknown it is until another record of it came in this very batch.
            is_first = own in first and met.isdisjoint(own.keys)
            made = plan.make_first(document, own) if is_first else plan.make(self.connection, document)
            met |= made.names
            if made.names & claimed:
                # Two records of one document, one after the other: the second has to see what the first did.
                self._round(plans, run_id, lookup, written, origin, fingerprint)
                plans, claimed = [], set()
                made = plan.make(self.connection, document)
            try:
                if isinstance(item, Reading) and not made.tombstone:
                    made.encoded = encode(item, made.id, keep_all=keep_all)
                made.settle(self.connection, origin, run_id, fingerprint)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                # One document that breaks the model's promises must not cost the others.
                message = f"{type(error).__name__}: {error}"
                written.failures.append(Failure("store", "reading-invalid", message, document.source, document.id))
                continue
            plans.append(made)
            self.written.append((document, made.id))
            claimed |= made.names
            if made.told:
                written.told.append(made.told)
        self._round(plans, run_id, lookup, written, origin, fingerprint)

    def restate(self, ids: Iterable[str]) -> None:
        """Bring the status of documents up to date, and the beliefs and names that hang on them."""
        old = _Old()
        self._flip(status.recompute(self.connection, ids), old)
        self.concepts.rename(old.concepts)
        counts.recount(self.connection, old.pairs)

    def _round(
        self, plans: list[Plan], run_id: int, lookup: Lookup, written: Written, origin: str, fingerprint: str
    ) -> None:
        execute = self.connection.executemany
        for made in plans:
            self._count(made, written)
        plans = [made for made in plans if not made.idle]
        old = _Old()
        # Whom the notices spoke of that are now replaced.
        spoken_of = status.targets(self.connection, {one.id for made in plans for one in made.found})
        execute(_INSERT_DOCUMENT, [made.row for made in plans])
        for made in plans:
            if made.found:
                self._take_over(made, old)
        execute(_INSERT_SOURCE, [source.row(made.id) for made in plans for source in made.known.sources.values()])
        execute(_INSERT_NOTICE, [row for made in plans for row in made.notices])
        execute(_INSERT_MARK, [row for made in plans for row in made.marks(run_id)])
        self._adopt(plans)
        changed = status.recompute(self.connection, {made.id for made in plans} | spoken_of)
        self._flip(changed, old)
        self._insert_texts([m.encoded for m in plans if m.encoded is not None], run_id, lookup, written, old)

    def _insert_texts(
        self, found: list[Encoded], run_id: int, lookup: Lookup, written: Written, old: _Old
    ) -> None:
        execute = self.connection.executemany
        found = [encoded for encoded in found if encoded.passages or encoded.mentions]
        execute(_INSERT_PASSAGE, [row for encoded in found for row in encoded.passages])
        years = self._active([encoded.id for encoded in found])
        for active in (True, False):
            named = {name for e in found if (e.id in years) is active for name in e.named}
            self.concepts.write(sorted(named), lookup, active=active)
        execute(_INSERT_MENTION, [row for encoded in found for row in encoded.mentions])
        triples = {id_: row for encoded in found for id_, row in encoded.triples.items()}
        judged = verdicts.newest(self.connection, (row[0] for encoded in found for row in encoded.evidence))
        said = [(years[e.id], _judged(e, judged)) for e in found if e.id in years and e.said]
        written.new_triples += counts.insert(self.connection, triples, said, old.pairs, run_id)
        self._insert_evidence(found, run_id, old.first_run)
        self.concepts.rename(old.concepts)
        counts.recount(self.connection, old.pairs)

    def _count(self, made: Plan, written: Written) -> None:
        """Count a document once, however many of its records came."""
        before = self._counted.get(made.id)
        evidence = len(made.encoded.evidence) if made.encoded is not None else before or 0
        self._counted[made.id] = evidence
        written.evidence += evidence - (before or 0)
        written.documents += before is None
        written.new += before is None and not made.found
        written.changed += before is None and bool(made.found) and not made.idle
        written.deleted += made.tombstone

    def _insert_evidence(self, found: list[Encoded], run_id: int, first_run: dict[str, int]) -> None:
        """Insert evidence and context."""
        number: int = self.connection.execute("SELECT coalesce(max(nr), 0) FROM evidence").fetchone()[0]
        evidence: list[Row] = []
        context: list[Row] = []
        for encoded in found:
            start = number + 1
            for row in encoded.evidence:
                number += 1
                evidence.append((number, *row, first_run.get(row[0], run_id)))
            context.extend((start + row[0], *row[1:]) for row in encoded.context)
        self.connection.executemany(_INSERT_EVIDENCE, evidence)
        self.connection.executemany(_INSERT_FTS, [(row[0], row[_SENTENCE]) for row in evidence])
        self.connection.executemany(_INSERT_CONTEXT, context)

    def _take_over(self, made: Plan, old: _Old) -> None:
        """Make one row of all that is stored of a document, and take away the text that goes."""
        for one in made.found:
            if one is not made.main:
                self._remove_text(one.id, old)
        if made.main is not None:
            joining.move_text(self.connection, made.main.id, made.id)
            if made.encoded is not None or not made.text_stays:
                self._remove_text(made.id, old)
            elif made.main.year != made.year:
                self._touch(made.id, old)
        ids = [(one.id,) for one in made.found]
        for table in ("document_source", "notice"):
            self.connection.executemany(f"DELETE FROM {table} WHERE document = ?", ids)  # noqa: S608
        self.connection.executemany(
            "DELETE FROM mark WHERE document = ? AND status = 'deleted'", [(name,) for name in made.names]
        )
        others = [one.id for one in made.found if one.id != made.id]
        if others:
            joining.adopt(self.connection, others, made.id)
            self.connection.executemany("DELETE FROM document WHERE id = ?", [(other,) for other in others])

    def _remove_text(self, id_: str, old: _Old) -> None:
        self._touch(id_, old)
        ask = self.connection.execute
        old.first_run.update(ask("SELECT id, run_id FROM evidence WHERE document = ?", (id_,)))
        ask("DELETE FROM context WHERE evidence IN (SELECT nr FROM evidence WHERE document = ?)", (id_,))
        ask(_DELETE_FTS, (id_,))
        for table in ("evidence", "mention", "passage"):
            ask(f"DELETE FROM {table} WHERE document = ?", (id_,))  # noqa: S608 - our own names

    def _touch(self, id_: str, old: _Old) -> None:
        old.pairs.update(self.connection.execute(_PAIRS, (id_,)))
        mentioned = self.connection.execute("SELECT DISTINCT concept FROM mention WHERE document = ?", (id_,))
        old.concepts.update(concept for (concept,) in mentioned)

    def _flip(self, changed: Mapping[str, tuple[str, str]], old: _Old) -> None:
        for id_, states in changed.items():
            if str(Status.ACTIVE) in states:
                self._touch(id_, old)

    def _adopt(self, plans: Sequence[Plan]) -> None:
        """Give hits, marks and failures that came before their document to it."""
        owners = {name: made.id for made in plans for name in made.own_names if name != made.id}
        for name in joining.named_elsewhere(self.connection, sorted(owners)):
            joining.adopt(self.connection, [name], owners[name])

    def _active(self, ids: Sequence[str]) -> dict[str, int | None]:
        """Return those of some documents that count, each with its year."""
        asked = "SELECT id, year FROM document WHERE status = 'active' AND id IN (SELECT value FROM json_each(?))"
        return dict(self.connection.execute(asked, (json.dumps(list(ids)),)))

    def write_failures(self, failures: list[Failure], run_id: int, files: Mapping[str, str]) -> None:
        """Remove what failed before of the records written, and write down what failed now."""
        self.connection.executemany(
            "DELETE FROM failure WHERE document = ? AND record IN ('', ?)",
            [
                (name, str(part.record))
                for document, id_ in self.written
                for part in document.parts or (document,)
                for name in {clean(document.id), id_}
            ],
        )
        rows = []
        for failure in failures:
            document = None if failure.document is None else clean(failure.document)
            file = clean(files.get(failure.document or "", files.get(failure.where, "")))
            place = clean(failure.where)
            code, message = clean(failure.code), clean(failure.message)
            id_ = joining.failure_id(failure.stage, failure.code, place, document, file)
            record = "" if failure.record is None else str(failure.record)
            rows.append((id_, run_id, failure.stage, code, message, place, document, record, file, now()))
        self.connection.executemany(_INSERT_FAILURE, rows)


def _judged(encoded: Encoded, judged: Mapping[str, str]) -> list[Said]:
    """Return what a document says, with what people have judged of it when it was read before."""
    if not judged:
        return encoded.said
    return [(*said[:6], judged.get(row[0])) for said, row in zip(encoded.said, encoded.evidence, strict=True)]


def now() -> str:
    """Return the time in UTC, to the second, as ISO 8601."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
