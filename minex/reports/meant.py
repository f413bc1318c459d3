"""Which concept, triple or document of a database a person means by a name, an id, or a few words."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from minex.errors import UsageError
from minex.model import PREDICATE_SIGNS
from minex.reports.names import understand
from minex.reports.why import parse_id
from minex.store.identity import stored_ids

_NAMED = """
SELECT id, name, type FROM concept WHERE name = :name COLLATE NOCASE OR id = :name COLLATE NOCASE
ORDER BY name = :name DESC, linked DESC, id
"""
_BY_XREF = """
SELECT id, name, type FROM concept
WHERE xrefs LIKE '%' || :quoted || '%' AND :name IN (SELECT value FROM json_each(xrefs))
"""
_LIKE = """
SELECT id, name, type FROM concept WHERE name LIKE :words ESCAPE '\\' ORDER BY length(name), name LIMIT :limit
"""
_BETWEEN = """
SELECT t.id FROM triple t
WHERE t.subject IN (SELECT a.concept FROM concept_ancestor a WHERE a.ancestor IN ({subjects}))
  AND t.object IN (SELECT a.concept FROM concept_ancestor a WHERE a.ancestor IN ({objects}))
  AND ('' = ? OR t.predicate = ?) AND t.evidence_count > 0
ORDER BY t.evidence_count DESC, t.id
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A concept with its name and its type."""

    id: str
    name: str
    type: str


def concepts(connection: sqlite3.Connection, name: str) -> list[Named]:
    """Return the concepts that have a name, an id or a cross-reference, in any case; the best first."""
    name = name.strip()
    found = [Named(*row) for row in connection.execute(_NAMED, {"name": name})]
    if not found and ":" in name:
        quoted = f'"{name}"'
        found = [Named(*row) for row in connection.execute(_BY_XREF, {"name": name, "quoted": quoted})]
    return found


def like(connection: sqlite3.Connection, words: str, limit: int = 20) -> list[Named]:
    """Return concepts whose names have the words in them, in their order, the shortest first."""
    escaped = "%".join(
        word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        for word in words.replace("\x00", " ").split()
    )
    if not escaped:
        return []
    return [Named(*row) for row in connection.execute(_LIKE, {"words": f"%{escaped}%", "limit": limit})]


def concept(connection: sqlite3.Connection, name: str) -> Named:
    """Return the concept that a name means best, also by a name that only the lexicon has.

    Raises:
        UsageError: if there is none, with the names that might have been meant.
    """
    found = concepts(connection, name)
    if not found:
        found = concepts(connection, understand(connection, name, rollup=False).means[0][0])
    return found[0]


def document(connection: sqlite3.Connection, name: str) -> str:
    """Return the id of the document that `123`, `PMID:123`, `PMC1`, a DOI or an id means.

    Raises:
        UsageError: if it can be no id, or none that is stored.
    """
    id_ = parse_id(name)
    stored = stored_ids(connection, [id_]).get(id_)
    if stored is None:
        raise UsageError("no-document", f"{id_} is not in this database", cure=f"minex why {id_} says why")
    return stored


def triples(connection: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """Return the ids of the triples that are meant, those with most evidence first.

    What is below the named concepts counts too: *lung cancer* is also its subtypes.

    Parameters:
        words: an id; two names; or subject, predicate and object, in one text or in three.

    Raises:
        UsageError: if no triple is meant, or a name is none.
    """
    if len(words) == 1:
        stored = connection.execute("SELECT id FROM triple WHERE id = ?", (words[0].strip(),)).fetchone()
        if stored is not None:
            return [str(stored[0])]
    parts = _parts(words)
    if parts is None:
        told = " ".join(words)
        cure = "give its id, two names, or subject, predicate and object: miR-21 targets PTEN"
        raise UsageError("no-triple", f"{told!r} is no triple of this database", cure=cure)
    subject, predicate, object_ = parts
    ends = [[each.id for each in concepts(connection, name)] for name in (subject, object_)]
    for name, ids in zip((subject, object_), ends, strict=True):
        if not ids:
            ids.append(concept(connection, name).id)
    sql = _BETWEEN.format(subjects=", ".join("?" * len(ends[0])), objects=", ".join("?" * len(ends[1])))
    found = [id_ for (id_,) in connection.execute(sql, (*ends[0], *ends[1], predicate, predicate))]
    if not found:
        what = f"{subject} {predicate or 'does anything to'} {object_}"
        cure = "leave out the predicate, or turn the two round" if predicate else "turn the two round"
        raise UsageError("no-triple", f"nothing here says that {what}", cure=cure)
    return found


def _parts(words: Sequence[str]) -> tuple[str, str, str] | None:
    """Return subject, predicate (may be empty) and object.

    Examples:
        >>> _parts(["lung cancer associated_with hypoxia"])
        ('lung cancer', 'associated_with', 'hypoxia')
    """
    if len(words) == 2:
        return words[0], "", words[1]
    if len(words) == 3 and words[1] in PREDICATE_SIGNS:
        return words[0], words[1], words[2]
    tokens = " ".join(words).split()
    for place, token in enumerate(tokens[1:-1], 1):
        if token in PREDICATE_SIGNS:
            return " ".join(tokens[:place]), token, " ".join(tokens[place + 1 :])
    return None
