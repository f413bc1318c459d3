"""Concepts into the database, with their parents and all that is above them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable

from minex.model import Concept
from minex.store import schema
from minex.store.encode import TEXT_KEY, Row, clean

Lookup = Callable[[str], "Concept | None"]
"""From a concept's id to what the lexicon knows of it."""

_REMEMBERED = 500_000

_UPSERT_KNOWN = """
INSERT INTO concept (id, type, name, linked, named_by, xrefs) VALUES (?, ?, ?, 1, 'lexicon', ?)
ON CONFLICT (id) DO UPDATE
SET type = excluded.type, name = excluded.name, named_by = 'lexicon', linked = 1, xrefs = excluded.xrefs
"""

# What texts call it, the first in order of code points (so capitals win): whatever the order of documents.
_UPSERT_TEXT = """
INSERT INTO concept (id, type, name, linked, named_by, xrefs) VALUES (?, ?, ?, ?, ?, '[]')
ON CONFLICT (id) DO UPDATE
SET name = iif(named_by = 'id', excluded.name, min(name, excluded.name)),
    type = iif(named_by = 'id', excluded.type, min(type, excluded.type)),
    named_by = 'text'
WHERE named_by <> 'lexicon' AND excluded.named_by = 'text'
"""

_NAMED_BY_TEXTS = """
SELECT id FROM concept WHERE named_by <> 'lexicon' AND id IN (SELECT value FROM json_each(?)) ORDER BY id
"""

_RENAME = """
UPDATE concept SET (name, type, named_by) = (
    SELECT coalesce(min(m.name), ?), coalesce(min(m.type), ?), iif(count(m.id) > 0, 'text', 'id')
    FROM mention m JOIN document d ON d.id = m.document AND d.status = 'active'
    WHERE m.concept = ?
)
WHERE id = ? AND named_by <> 'lexicon'
"""


class ConceptWriter:
    """Writes concepts once a session; what it remembers is bounded, and forgotten when a transaction fails."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._written: set[str] = set()

    def forget(self) -> None:
        """Remember nothing: what was written may have been rolled back or removed."""
        self._written.clear()

    def write(self, named: Iterable[tuple[str, str, str]], lookup: Lookup, *, active: bool) -> None:
        """Write the concepts of (id, type, name as in the text) triples, and their ancestors.

        Names that only texts give are taken from active documents alone.
        """
        known: dict[str, Concept] = {}
        unknown: list[Row] = []
        for id_, type_, name in named:
            if id_ in self._written:
                continue
            concept = None if id_.startswith(TEXT_KEY) else lookup(id_)
            if concept is None:
                unknown.append(_text_row(id_, type_, name, active=active))
            else:
                known[id_] = concept
        if unknown:
            self._connection.executemany(_UPSERT_TEXT, unknown)
            self._connection.executemany(
                "INSERT OR IGNORE INTO concept_ancestor (concept, ancestor, steps) VALUES (?, ?, 0)",
                {(row[0], row[0]) for row in unknown},
            )
        if known:
            self._write_known(known, lookup)

    def rename(self, ids: Iterable[str]) -> None:
        """Name again those concepts that only texts name, after documents went or stopped counting."""
        listed = json.dumps(sorted(ids))
        todo = [id_ for (id_,) in self._connection.execute(_NAMED_BY_TEXTS, (listed,))]
        if todo:
            # It is not there while a database is filled.
            schema.create_indexes(self._connection, only={schema.OF_NAMES})
        self._connection.executemany(_RENAME, [(*_fallback(id_), id_, id_) for id_ in todo])

    def _write_known(self, known: dict[str, Concept], lookup: Lookup) -> None:
        family = _with_ancestors(known, lookup)
        todo = [concept for id_, concept in family.items() if id_ not in self._written]
        ids = [(concept.id,) for concept in todo]
        execute = self._connection.executemany
        execute(_UPSERT_KNOWN, [(c.id, str(c.type), clean(c.name), _xrefs(c)) for c in todo])
        # A parent may be missing from the lexicon: it gets a row named by its id.
        strangers = {(parent, "", parent, 1, "id") for c in todo for parent in c.parents if parent not in family}
        execute(_UPSERT_TEXT, sorted(strangers))
        execute("DELETE FROM concept_parent WHERE concept = ?", ids)
        execute("DELETE FROM concept_ancestor WHERE concept = ?", ids)
        execute(
            "INSERT OR IGNORE INTO concept_ancestor (concept, ancestor, steps) VALUES (?, ?, 0)",
            [(stranger[0], stranger[0]) for stranger in strangers],
        )
        execute(
            "INSERT OR IGNORE INTO concept_parent (concept, parent) VALUES (?, ?)",
            [(c.id, parent) for c in todo for parent in c.parents],
        )
        execute(
            "INSERT INTO concept_ancestor (concept, ancestor, steps) VALUES (?, ?, ?)",
            [(c.id, ancestor, steps) for c in todo for ancestor, steps in _steps(c, family).items()],
        )
        if len(self._written) > _REMEMBERED:
            self._written.clear()
        self._written.update(family)


def _text_row(id_: str, type_: str, name: str, *, active: bool) -> Row:
    linked = int(not id_.startswith(TEXT_KEY))
    if active:
        return (id_, type_, name, linked, "text")
    # A document that does not count names nothing; its concepts still need a row.
    fallback_name, fallback_type = _fallback(id_)
    return (id_, fallback_type, fallback_name, linked, "id")


def _fallback(id_: str) -> tuple[str, str]:
    """Return the name and the type that an id itself tells."""
    if id_.startswith(TEXT_KEY):
        _, type_, name = id_.split(":", 2)
        return name, type_
    return id_, ""


def _with_ancestors(known: dict[str, Concept], lookup: Lookup) -> dict[str, Concept]:
    family: dict[str, Concept] = {}
    waiting = list(known.values())
    while waiting:
        concept = waiting.pop()
        if concept.id not in family:
            family[concept.id] = concept
            waiting.extend(found for parent in concept.parents if (found := lookup(parent)) is not None)
    return family


def _steps(concept: Concept, family: dict[str, Concept]) -> dict[str, int]:
    """Return the least number of steps to each ancestor, and 0 to the concept itself; a loop ends."""
    steps = {concept.id: 0}
    level = [concept.id]
    while level:
        above: list[str] = []
        for id_ in level:
            for parent in family[id_].parents if id_ in family else ():
                if parent not in steps:
                    steps[parent] = steps[id_] + 1
                    above.append(parent)
        level = above
    return steps


def _xrefs(concept: Concept) -> str:
    return json.dumps(concept.xrefs, ensure_ascii=False)
