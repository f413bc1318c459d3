"""What has to be read again, and the documents themselves where their text is kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from minex.model import Document, Passage, PassageKind, Record, SourceMap, TableCell
from minex.store import sources

_STALE = """
SELECT id, kept AND NOT EXISTS (
    SELECT 1 FROM passage p WHERE p.document = d.id AND p.kind = 'table' AND p.cells IS NULL
) AND NOT (
    EXISTS (SELECT 1 FROM evidence e WHERE e.document = d.id AND e.source_start IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM passage p WHERE p.document = d.id AND p.anchors IS NOT NULL)
)
FROM document d WHERE fingerprint <> ? AND status <> 'deleted' AND record <> '' ORDER BY id
"""
_UNREAD = """
SELECT id FROM document d WHERE status <> 'deleted' AND record = ''
AND EXISTS (SELECT 1 FROM document_source s WHERE s.document = d.id)
"""
_READ = "SELECT record FROM document WHERE id = ? AND kept AND record <> ''"
_PASSAGES = "SELECT text, section, kind, cells, anchors FROM passage WHERE document = ? ORDER BY number"


@dataclass(frozen=True, slots=True)
class Stale:
    """Documents that other versions have read: with their text kept, or with a text that has to be had again."""

    with_text: tuple[str, ...] = ()
    without_text: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.with_text) + len(self.without_text)


def stale(connection: sqlite3.Connection, fingerprint: str) -> Stale:
    """Return what was read under another fingerprint, or could not be read yet.

    Every such document is given: whatever differs, the model, the rules or the lexicon, may concern any text.
    Deleted ones are left out; retracted and unmatched ones may count again, and are read like the others. What
    version 1 of the database kept without the cells of its tables, or its place in a file, is to be had again.
    """
    rows = connection.execute(_STALE, (fingerprint,)).fetchall()
    unread = [id_ for (id_,) in connection.execute(_UNREAD)]
    return Stale(
        tuple(id_ for id_, has_text in rows if has_text),
        tuple(sorted([*(id_ for id_, has_text in rows if not has_text), *unread])),
    )


def rebuild(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Document]:
    """Yield documents from their stored passages; those whose text is not kept are left out.

    To be read as they are, and the readings to be written: a rebuilt document has, as `parts`, the record that
    its text is of, so that what is known of it is found unchanged.
    """
    for id_ in ids:
        row = connection.execute(_READ, (id_,)).fetchone()
        known = sources.load(connection, [id_], id_)
        joined = known.joined()
        if row is None or joined is None or Record(row[0]) not in known.sources:
            continue
        record = Record(row[0])
        passages = tuple(_passage(*one) for one in connection.execute(_PASSAGES, (id_,)))
        own = replace(known.sources[record].document(id_), passages=passages)
        if len(known.sources) == 1:
            yield own
        else:
            yield replace(
                joined, passages=passages, record=record, version=own.version, source=own.source, parts=(own,)
            )


def _passage(text: str, section: str, kind: str, cells: str | None, anchors: str | None) -> Passage:
    return Passage(
        text,
        section,
        PassageKind(kind),
        SourceMap(tuple((here, there) for here, there in json.loads(anchors))) if anchors else None,
        tuple(TableCell(*cell) for cell in json.loads(cells)) if cells else (),
    )
