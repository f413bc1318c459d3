"""What each record says of a document, and what that comes to: pure, so that order cannot matter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from minex.merge import CONCERNS, RETRACTS, best, metadata, own_status
from minex.model import Document, Record, Reference, Status
from minex.store.encode import Row, clean, to_json
from minex.store.identity import key
from minex.store.schema import TABLES

REVIEW = ":review"
"""What the hash of a read text ends with if the document was taken for a review, which is read differently."""

_OF_DOCUMENTS = f"""
SELECT {", ".join(TABLES["document_source"].columns)} FROM document_source
WHERE document IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - our own names
_DELETED = """
SELECT by, reason FROM mark
WHERE document IN (SELECT value FROM json_each(?)) AND status = 'deleted' ORDER BY reason DESC
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A row of `document_source`: one record of one document."""

    record: Record
    version: int
    content_hash: str
    text_hash: str
    characters: int
    status: str
    status_reason: str
    metadata: str
    source: str
    origin: str
    run_id: int

    @classmethod
    def of(cls, document: Document, origin: str, run_id: int) -> Source:
        status, reason = own_status(document)
        return cls(
            document.record,
            document.version,
            document.content_hash,
            document.text_hash,
            len(document.text),
            str(status),
            clean(reason),
            encode_metadata(document),
            clean(document.source),
            origin,
            run_id,
        )

    def row(self, document: str) -> Row:
        """Return the row for the table."""
        return (document, str(self.record), *(getattr(self, name) for name in _FIELDS))

    def document(self, id_: str) -> Document:
        """Return the record without its text."""
        said = json.loads(self.metadata)
        references = tuple(Reference(r["kind"], r["pmid"], r["text"]) for r in said.get("references") or ())
        return Document(
            id_,
            pmid=said.get("pmid"),
            pmcid=said.get("pmcid"),
            doi=said.get("doi"),
            title=said.get("title") or "",
            journal=said.get("journal") or "",
            date=said.get("date") or "",
            language=said.get("language") or "",
            pubtypes=tuple(said.get("pubtypes") or ()),
            mesh=tuple(said.get("mesh") or ()),
            references=references,
            status=Status(self.status),
            status_reason=self.status_reason,
            source=self.source,
            record=self.record,
            version=self.version,
        )


_FIELDS = [name for name in TABLES["document_source"].columns if name not in ("document", "record")]


@dataclass(slots=True)
class Known:
    """All records of one document, and the marks of its deletion by the kind of record that is gone."""

    id: str
    sources: dict[Record, Source] = field(default_factory=dict)
    deleted: dict[str, str] = field(default_factory=dict)
    changed: bool = False
    """Whether anything that was added was new."""
    taken: set[Record] = field(default_factory=set)
    """The records that are now as they were added: not those of which a higher version is known."""

    def add(self, document: Document, origin: str, run_id: int) -> None:
        """Add all that a document, or each of its parts, tells."""
        for part in document.parts or (document,):
            if part.status is Status.DELETED:
                self._bury(part)
            else:
                self._add(part, origin, run_id)
        if str(Record.ARTICLE) in self.deleted and set(self.sources) > {Record.ARTICLE}:
            # The full text is no longer given out; what else is known of the document stays.
            del self.sources[Record.ARTICLE]
            self.changed = True

    def _add(self, part: Document, origin: str, run_id: int) -> None:
        fresh = Source.of(part, origin, run_id)
        known = self.sources.get(part.record)
        if known is not None and known.version > fresh.version:
            return
        self.taken.add(part.record)
        if known is not None and (known.content_hash, known.version) == (fresh.content_hash, fresh.version):
            # What is known already brings nothing new; above all it brings nothing back.
            return
        if known is not None and not part.passages and fresh.status != "active":
            # That a document is retracted is no reason to forget its text.
            fresh = replace(fresh, text_hash=known.text_hash, characters=known.characters)
        unsorted = self.sources.get(Record.TEXT)
        if unsorted is not None and not unsorted.text_hash and fresh.characters >= unsorted.characters:
            # Version 1 of the database did not say what it had read: this record now tells.
            del self.sources[Record.TEXT]
        self.deleted.pop(str(part.record), None)
        self.sources[part.record] = fresh
        self.changed = True

    def _bury(self, part: Document) -> None:
        by, reason = str(part.record), clean(part.status_reason)
        if by not in self.deleted:
            self.deleted[by] = reason
            self.changed = True

    @property
    def is_deleted(self) -> bool:
        """Whether it is gone: a full text alone may be withdrawn while PubMed keeps the citation."""
        return any(by != str(Record.ARTICLE) or set(self.sources) <= {Record.ARTICLE} for by in self.deleted)

    @property
    def best(self) -> Record | None:
        """Which record is to be read."""
        if not self.sources:
            return None
        return best({record: source.characters for record, source in self.sources.items()})

    def joined(self) -> Document | None:
        """Return what all records together say, without the text."""
        if not self.sources:
            return None
        return replace(metadata(source.document(self.id) for source in self.sources.values()), id=self.id)

    def text_hash(self, record: Record, joined: Document) -> str:
        """Return the hash that a document's text has when this record of it was read."""
        return self.sources[record].text_hash + (REVIEW if "Review" in joined.pubtypes else "")


def load(connection: sqlite3.Connection, names: Iterable[str], id_: str) -> Known:
    """Return what is known of a document, whose records and marks may stand under several names.

    Of two records of one kind the higher version counts, then the later run, then the longer one.
    """
    known = Known(id_)
    listed = json.dumps(sorted({*names, id_}))
    for _, record, *rest in connection.execute(_OF_DOCUMENTS, (listed,)):
        source = Source(Record(record), *rest)
        other = known.sources.get(source.record)
        if other is None or _rank(source) > _rank(other):
            known.sources[source.record] = source
    known.deleted = dict(connection.execute(_DELETED, (listed,)))
    return known


def _rank(source: Source) -> tuple[int, int, int, str]:
    return source.version, source.run_id, source.characters, source.content_hash


def notices(known: Known) -> Iterator[Row]:
    """Yield the rows of `notice`: what a document's records say of other documents."""
    for record, source in known.sources.items():
        if '"references"' not in source.metadata:
            continue
        seen: Mapping[tuple[str, str], str] = {
            (each.kind, _target(each)): each.text
            for each in source.document(known.id).references
            if each.kind in RETRACTS or each.kind == CONCERNS
        }
        for (kind, target), text in seen.items():
            if target:
                yield (known.id, str(record), kind, target, clean(text))


def _target(reference: Reference) -> str:
    if reference.pmid:
        return f"PMID:{reference.pmid}"
    return key(f"DOI:{reference.text[4:]}") if reference.text.startswith("doi:") else ""


def encode_metadata(document: Document) -> str:
    """Return what a record says beside its text as JSON, without what is empty."""
    notices = [{"kind": r.kind, "pmid": r.pmid, "text": clean(r.text)} for r in document.references]
    said = {
        "pmid": document.pmid,
        "pmcid": document.pmcid,
        "doi": document.doi,
        "title": document.title,
        "journal": document.journal,
        "date": document.date,
        "language": document.language,
        "pubtypes": document.pubtypes,
        "mesh": document.mesh,
        "references": notices,
    }
    return clean(to_json({name: value for name, value in said.items() if value}))
