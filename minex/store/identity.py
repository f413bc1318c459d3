"""Which stored document a record is of: PMID, PMCID and DOI are names of one publication."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from minex.merge import best_id
from minex.model import Document
from minex.store.encode import clean

_COLUMNS = "id, pmid, pmcid, doi"
_BY = {
    "PMID": f"SELECT {_COLUMNS} FROM document WHERE pmid = ?",  # noqa: S608 - our own names
    "PMC": f"SELECT {_COLUMNS} FROM document WHERE pmcid = ?",  # noqa: S608
    "DOI": f"SELECT {_COLUMNS} FROM document WHERE doi = ? COLLATE NOCASE",  # noqa: S608
}
_BY_ID = f"SELECT {_COLUMNS} FROM document WHERE id = ?"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Identity:
    """The names of one document: its id, and those in other places."""

    id: str
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None

    @classmethod
    def of(cls, document: Document) -> Identity:
        return cls(
            clean(document.id), *(name and clean(name) for name in (document.pmid, document.pmcid, document.doi))
        )

    @property
    def keys(self) -> frozenset[str]:
        """Everything that notices, marks and hits may call it; a DOI in small letters."""
        keys = {key(self.id)}
        if self.pmid:
            keys.add(f"PMID:{self.pmid}")
        if self.pmcid:
            keys.add(f"PMC:{self.pmcid.removeprefix('PMC')}")
        if self.doi:
            keys.add(key(f"DOI:{self.doi}"))
        return frozenset(keys)

    def agrees(self, other: Identity) -> bool:
        """Return whether the two can be one publication: no PMID against another, nor a PMCID."""
        if self.id == other.id:
            return True
        if self.pmid and other.pmid:
            return self.pmid == other.pmid
        return not (self.pmcid and other.pmcid and self.pmcid != other.pmcid)


@dataclass(frozen=True, slots=True)
class Match:
    """What is stored of a document, the id that all of it will have, and what the user should be told."""

    id: str
    found: tuple[Identity, ...] = ()
    told: str = ""


def key(id_: str) -> str:
    """Return an id as notices, marks and hits have it: DOIs without regard to the case of ASCII letters."""
    if not id_.startswith("DOI:"):
        return id_
    return "DOI:" + "".join(char.lower() if char.isascii() else char for char in id_[4:])


def match(connection: sqlite3.Connection, document: Document) -> Match:
    """Find what is stored of a document under any of its names.

    What is known by another PMID is another publication, even if it has the same DOI: an erratum, a version. A
    record without a PMID whose other names fit several such publications joins none of them by its DOI.
    """
    own = Identity.of(document)
    by_id = _rows(connection, _BY_ID, own.id)
    by_pmid = _rows(connection, _BY["PMID"], own.pmid)
    by_pmcid = _rows(connection, _BY["PMC"], own.pmcid)
    by_doi = _rows(connection, _BY["DOI"], own.doi)
    found = {one.id: one for one in (*by_id, *by_pmid)}
    strangers: set[str] = set()
    for candidates in (by_pmcid, by_doi):
        fitting = [one for one in candidates if _agrees(own, found.values(), one)]
        several = len({one.pmid for one in fitting if one.pmid}) > 1
        strangers.update(one.id for one in candidates if one not in fitting or several)
        if not several:
            for one in fitting:
                # One after the other: the first may show that the next is another publication.
                if _agrees(own, found.values(), one):
                    found[one.id] = one
                else:
                    strangers.add(one.id)
    strangers -= set(found)
    told = ""
    if strangers:
        names = ", ".join(sorted(strangers))
        shared = f"the DOI {own.doi}" if own.doi else f"the PMCID {own.pmcid}"
        told = f"{own.id} has {shared} in common with {names}, and is kept apart: their PMIDs or PMCIDs differ"
    return Match(best_id((own.id, *found)), tuple(found.values()), told)


def stored_ids(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return those of the ids (`PMID:1`, `PMC:2`, `DOI:10.1/x`) that are stored, each with its document's id."""
    asked = sorted(set(ids))
    found: dict[str, str] = {}
    for prefix, column in (("DOI:", "doi"), ("PMC:", "pmcid"), ("PMID:", "pmid")):
        names = {_name(id_): id_ for id_ in asked if id_.startswith(prefix)}
        if names:
            folded = "COLLATE NOCASE" if column == "doi" else ""
            sql = (
                f"SELECT j.value, d.id FROM json_each(?) j JOIN document d ON d.{column} = j.value {folded} "  # noqa: S608
                "ORDER BY d.id DESC"
            )
            found.update((names[name], id_) for name, id_ in connection.execute(sql, (json.dumps(list(names)),)))
    by_id = "SELECT id FROM document WHERE id IN (SELECT value FROM json_each(?))"
    found.update((id_, id_) for (id_,) in connection.execute(by_id, (json.dumps(asked),)))
    return found


def unknown(connection: sqlite3.Connection, documents: Iterable[Document]) -> set[Identity]:
    """Return the names of those documents of which nothing is stored, no row and no mark, under any name.

    Five queries for a batch, where :func:`match` and what follows it take as many for each document.
    """
    asked = {Identity.of(document) for document in documents}

    def held(where: str, names: Iterable[str | None]) -> set[str]:
        sql = f"SELECT j.value FROM json_each(?) j WHERE EXISTS (SELECT 1 FROM {where})"  # noqa: S608 - our own
        listed = json.dumps(sorted({name for name in names if name}))
        return {name for (name,) in connection.execute(sql, (listed,))}

    names = {name for one in asked for name in (one.id, *one.keys)}
    ids = held("document WHERE id = j.value", names) | held("mark WHERE document = j.value", names)
    pmids = held("document WHERE pmid = j.value", (one.pmid for one in asked))
    pmcids = held("document WHERE pmcid = j.value", (one.pmcid for one in asked))
    dois = held("document WHERE doi = j.value COLLATE NOCASE", (one.doi for one in asked))
    return {
        one
        for one in asked
        if one.pmid not in pmids
        and one.pmcid not in pmcids
        and one.doi not in dois
        and one.id not in ids
        and ids.isdisjoint(one.keys)
    }


def identities(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Identity]:
    """Return the names of stored documents."""
    sql = f"SELECT {_COLUMNS} FROM document WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
    return [Identity(*row) for row in connection.execute(sql, (json.dumps(sorted(set(ids))),))]


def _name(id_: str) -> str:
    kind, _, name = id_.partition(":")
    return f"PMC{name}" if kind == "PMC" else name


def _agrees(own: Identity, found: Iterable[Identity], other: Identity) -> bool:
    return own.agrees(other) and all(one.agrees(other) for one in found)


def _rows(connection: sqlite3.Connection, sql: str, name: str | None) -> list[Identity]:
    return [Identity(*row) for row in connection.execute(sql, (name,))] if name else []
