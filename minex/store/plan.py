"""What is to become of one document: which stored rows it is, whose text counts, and its new row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from minex.merge import best_id
from minex.model import Document, Record, Status
from minex.store import sources
from minex.store.encode import Encoded, Row, clean, encode_described
from minex.store.identity import Identity, match
from minex.store.sources import REVIEW, Known

State = Literal["new", "changed", "stale", "metadata", "unchanged"]
"""How a document stands to the database: unknown, with another text, read by other versions, or as it was.

`metadata`: there is news, but nothing to be read for it: write the document itself in the place of a reading.
"""

_STORED = """
SELECT id, record, text_hash, fingerprint, kept, year, origin FROM document
WHERE id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as it is stored, as far as a new record of it may change that."""

    id: str
    record: str
    text_hash: str
    fingerprint: str
    kept: int
    year: int | None
    origin: str


@dataclass(slots=True)
class Plan:
    """A document that comes, what is known of it, and what is to be written.

    `names` are all names under which it is known, `own_names` those that no other document can have. `main` is
    the stored row whose text was read; `encoded` the text that takes its place, if any.
    """

    document: Document
    id: str
    names: frozenset[str]
    known: Known
    found: list[Stored] = field(default_factory=list)
    told: str = ""
    main: Stored | None = None
    encoded: Encoded | None = None
    text_stays: bool = False
    idle: bool = False
    row: Row = ()
    year: int | None = None

    @property
    def tombstone(self) -> bool:
        """Whether all that comes is that it is deleted."""
        return self.document.status is Status.DELETED

    @property
    def has_text(self) -> bool:
        """Whether it comes with the text of its record: a retraction may come without, and the text stays."""
        return self.known.sources[self.document.record].text_hash == self.document.text_hash

    @property
    def own_names(self) -> list[str]:
        return [name for name in self.names if name.startswith(("PMID:", "PMC:"))]

    @property
    def notices(self) -> Iterator[Row]:
        """What its records say of other documents."""
        return sources.notices(self.known)

    def marks(self, run_id: int) -> Iterator[Row]:
        """Who says that it is deleted."""
        for by, reason in sorted(self.known.deleted.items()):
            yield (self.id, "deleted", by, reason, run_id)

    def settle(self, connection: sqlite3.Connection, origin: str, run_id: int, fingerprint: str) -> None:
        """Add what comes to what is known, and decide what that makes of the document."""
        known, document = self.known, self.document
        known.add(document, origin, run_id)
        self.main = _main(self.found, known)
        if self.encoded is not None and not self._text_counts():
            self.encoded = None
        was = self.main.record if self.main is not None else ""
        self.text_stays = self.encoded is None and _is_known(was, known)
        joins = [one.id for one in self.found] not in ([], [self.id])
        comes_from_file = origin == "file" and any(one.origin != "file" for one in self.found)
        lost = bool(was) and not self.text_stays
        self.idle = bool(self.found) and not (
            known.changed or self.encoded is not None or joins or comes_from_file or lost
        )
        self._make_row(origin, run_id, fingerprint)

    def _text_counts(self) -> bool:
        """Return whether the text that comes takes the place of what was read before."""
        known, record = self.known, self.document.record
        if record not in known.taken or record not in known.sources:
            return False
        if not self.has_text:
            return False
        if self.main is None or not self.main.record:
            return True
        return record is known.best or record == self.main.record or not _is_known(self.main.record, known)

    def _make_row(self, origin: str, run_id: int, fingerprint: str) -> None:
        known = self.known
        joined = known.joined() or replace(self.document, id=self.id)
        self.year = joined.year
        kept, record, text_hash, read_by = False, "", "", ""
        if self.encoded is not None:
            kept, record, read_by = self.encoded.kept, str(self.document.record), fingerprint
            text_hash = read_hash(self.document)
        elif self.main is not None and self.text_stays:
            kept, record = bool(self.main.kept), self.main.record
            text_hash, read_by = self.main.text_hash, self.main.fingerprint
        shown = Record(record) if record in known.sources else known.best
        source = known.sources[shown] if shown is not None else None
        from_file = origin == "file" or any(one.origin == "file" for one in self.found)
        content_hash = joined.hash_with(source.text_hash) if source is not None else joined.content_hash
        self.row = (
            *encode_described(joined, kept=kept),
            # A placeholder: minex.store.status decides, of all that is known.
            str(Status.ACTIVE),
            "",
            None,
            content_hash,
            text_hash,
            read_by,
            record,
            clean(source.source if source is not None else self.document.source) if kept else None,
            "file" if from_file else (source.origin if source is not None else origin),
            int(kept),
            run_id,
        )


def make(connection: sqlite3.Connection, document: Document) -> Plan:
    """Find what is stored of a document; :meth:`Plan.settle` says what becomes of it."""
    found = match(connection, document)
    names = Identity.of(document).keys.union(*(one.keys for one in found.found), [found.id])
    ids = [one.id for one in found.found]
    stored = [Stored(*row) for row in connection.execute(_STORED, (json.dumps(ids),))] if ids else []
    names = names.union(ids)
    known = sources.load(connection, names, found.id)
    return Plan(document, found.id, names, known, stored, found.told)


def make_first(document: Document, identity: Identity) -> Plan:
    """Do what :func:`make` does for a document of which nothing is stored (:func:`identity.unknown`)."""
    id_ = best_id([identity.id])
    return Plan(document, id_, identity.keys | {id_}, Known(id_))


def read_hash(document: Document) -> str:
    """Return the digest of what is read of a document: its text, and whether it is a review."""
    return document.text_hash + (REVIEW if "Review" in document.pubtypes else "")


def _is_known(record: str, known: Known) -> bool:
    return any(record == each for each in known.sources)


def _main(found: list[Stored], known: Known) -> Stored | None:
    """Return the row whose text is the best of several that are to be one."""

    def rank(one: Stored) -> tuple[bool, bool, int, int, str]:
        source = known.sources.get(Record(one.record)) if one.record else None
        current = source is not None and one.text_hash.removesuffix(REVIEW) == source.text_hash
        characters = source.characters if source is not None else 0
        return bool(one.record) and one.record == known.best, current, characters, one.kept, one.id

    return max(found, key=rank, default=None)


def look(
    connection: sqlite3.Connection, document: Document, fingerprint: str, origin: str
) -> tuple[State, Document]:
    """Say how a document stands to the database, and as what it is to be read: see :class:`minex.store.Store`."""
    made = make(connection, document)
    if not made.found:
        return "new", document
    made.settle(connection, origin, 0, fingerprint)
    joined = made.known.joined()
    if joined is not None and ("Review" in joined.pubtypes) != ("Review" in document.pubtypes):
        document = replace(document, pubtypes=joined.pubtypes, parts=document.parts or (document,))
    return _state(made, joined, fingerprint), document


def _state(made: Plan, joined: Document | None, fingerprint: str) -> State:
    known, record, read = made.known, made.document.record, made.main
    if made.tombstone or joined is None:
        return "unchanged" if made.idle else "changed"
    news: State = "unchanged" if made.idle else "metadata"
    if record not in known.taken or record not in known.sources or not made.has_text:
        return news
    if read is None or read.record != record:
        return "changed" if record is known.best else news
    if read.text_hash != known.text_hash(record, joined):
        return "changed"
    return "stale" if record is known.best and read.fingerprint != fingerprint else news
