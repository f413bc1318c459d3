"""Which of two states of a record counts when shards come in any order: the one of the later file, by name.

A run takes the state that comes last. Shards may come in any order and at any time, so that the order has to lie
in what they say: PubMed's files sort by their names as they were made, and records stand in a file in order.
"""

from __future__ import annotations

import re

from minex.model import Document, Failure, Record
from minex.store import Store

_DIGITS = re.compile(r"(\d+)")
_DELETED_IN = "DeleteCitation in "
_BY_MERGE = "arguments LIKE '[\"merge\"%'"
_STATED = f"""
SELECT s.source FROM document_source s JOIN run r ON r.id = s.run_id
WHERE s.document = ? AND s.record = ? AND r.{_BY_MERGE}
"""  # noqa: S608 - constants
_DELETED = f"""
SELECT m.reason FROM mark m JOIN run r ON r.id = m.run_id
WHERE m.document = ? AND m.status = 'deleted' AND r.{_BY_MERGE}
"""  # noqa: S608

Place = tuple[tuple[tuple[bool, int, str], ...], float]


def natural(name: str) -> tuple[tuple[bool, int, str], ...]:
    """Return what a name is sorted by: numbers in it by their size.

    Examples:
        >>> sorted(["part10.xml", "part9.xml"], key=natural)
        ['part9.xml', 'part10.xml']
    """
    return tuple((word.isdecimal(), int(word) if word.isdecimal() else 0, word) for word in _DIGITS.split(name))


def place(source: str) -> Place:
    """Return where a record stands among all: by its file's name, then by its number in the file.

    Examples:
        >>> place("pubmed26n0002.xml.gz#1") > place("pubmed26n0001.xml.gz#20000")
        True
    """
    file, _, number = source.rpartition("#") if "#" in source else (source, "", "")
    # What is no number stands at a file's end, as DeleteCitation does.
    return natural(file.rpartition("/")[2]), int(number) if number.isdecimal() else float("inf")


class Arrivals:
    """Says of a record whether a later state of it was merged before."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection
        (found,) = self._connection.execute(f"SELECT EXISTS (SELECT 1 FROM run WHERE {_BY_MERGE})").fetchone()  # noqa: S608
        self._merged = bool(found)

    def is_late(self, item: Document | Failure, source: str) -> bool:
        """Return whether a later state counts already, of a document or of a record that could not be read.

        Parameters:
            source: where it was read, if it does not say so itself.
        """
        if not self._merged:
            return False
        if isinstance(item, Document):
            id_, record, source = item.id, item.record, item.source or source
        elif item.document is None:
            return False
        else:
            id_, record = item.document, item.record or Record.CITATION
        mine = place(source)
        known = [row[0] for row in self._connection.execute(_STATED, (id_, str(record)))]
        if record is Record.CITATION:
            reasons = (row[0] for row in self._connection.execute(_DELETED, (id_,)))
            known += [
                reason.removeprefix(_DELETED_IN) + "#DeleteCitation"
                for reason in reasons
                if reason.startswith(_DELETED_IN)
            ]
        return any(place(other) > mine for other in known)
