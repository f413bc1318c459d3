"""What a person's word for a thing means in a database, in any case and by any name that the lexicon has."""

from __future__ import annotations

import difflib
import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from minex.errors import UsageError

if TYPE_CHECKING:
    from minex.lexicon import Lexicon

FACTORS = ("MIRNA", "GENE", "LNCRNA")
"""The types that are a factor in a review's table."""

CANCERS = ("CANCER",)

_BY_ID = "SELECT id, name, type FROM concept WHERE id = :name OR name = :name ORDER BY id"
_BY_CASE = """
SELECT id, name, type FROM concept WHERE name = :name COLLATE NOCASE OR id = :name COLLATE NOCASE ORDER BY id
"""
_BELOW = """
SELECT a.ancestor, a.concept, c.name FROM concept_ancestor a JOIN concept c ON c.id = a.concept
WHERE a.ancestor IN (SELECT value FROM json_each(:ids)) ORDER BY a.steps, c.name
"""
_KNOWN = "SELECT id, name, type FROM concept WHERE id IN (SELECT value FROM json_each(:ids))"
_NAMES = "SELECT DISTINCT name FROM concept WHERE type IN (SELECT value FROM json_each(:types))"
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that somebody asks by: the concepts that it means, and those below them that it collects.

    `means` and `below` are (id, name) pairs; `below` does not repeat `means`.
    """

    word: str
    means: tuple[tuple[str, str], ...]
    below: tuple[tuple[str, str], ...] = ()

    @property
    def ids(self) -> dict[str, str]:
        """Each concept that is collected, with the one by which it was asked for."""
        first = self.means[0][0]
        return {id_: first for id_, _ in (*self.means, *self.below)}

    @property
    def name(self) -> str:
        """The name of what it means."""
        return self.means[0][1]

    @property
    def note(self) -> str:
        """What a reader has to know: what was collected, and what the word was taken for; empty if nothing."""
        same = self.name.casefold() == self.word.casefold()
        shown = self.name if same else f"{self.word} ({self.name})"
        if self.below:
            return (
                f"{shown} collects what is below it: {', '.join(dict.fromkeys(name for _, name in self.below))}."
            )
        return "" if same else f"{self.word} is {self.name}."

    def heard(self, ids: Collection[str]) -> Asked:
        """Return it with only those below it that are among some ids."""
        return replace(self, below=tuple(pair for pair in self.below if pair[0] in ids))


def understand(
    connection: sqlite3.Connection, word: str, types: Sequence[str] = (), *, rollup: bool = True
) -> Asked:
    """Return what a word means in a database: an id, a name in any case, or another name that the lexicon has.

    Parameters:
        types: the types that it may be of; none means any.
        rollup: whether to collect what is below it: arms, members, subtypes.

    Raises:
        UsageError: if it means nothing, with names that are near; or nothing that this database speaks of.
    """
    name = word.strip()
    means = (
        _found(connection, _BY_ID, name, types)
        or _found(connection, _BY_CASE, name, types)
        or _found(connection, _BY_CASE, _as_mirna(name), types)
    )
    elsewhere: list[tuple[str, str]] = []
    if not means and name:
        elsewhere = list(_by_lexicon(name, types))
        ids = json.dumps([id_ for id_, _ in elsewhere])
        known = {id_: found for id_, found, _ in connection.execute(_KNOWN, {"ids": ids})}
        means = [(id_, known[id_]) for id_, _ in elsewhere if id_ in known]
    if not means:
        raise _unknown(connection, name, types, elsewhere)
    below: list[tuple[str, str]] = []
    if rollup:
        own = {id_ for id_, _ in means}
        rows = connection.execute(_BELOW, {"ids": json.dumps(sorted(own))})
        below = list(dict.fromkeys((id_, found) for _, id_, found in rows if id_ not in own))
    return Asked(name, tuple(means), tuple(below))


def _found(connection: sqlite3.Connection, sql: str, name: str, types: Sequence[str]) -> list[tuple[str, str]]:
    rows = connection.execute(sql, {"name": name})
    return [(id_, found) for id_, found, type_ in rows if not types or type_ in types]


def _as_mirna(name: str) -> str:
    """Return a miRNA's name as minex writes it (*mir21* is *miR-21*); what is none as it is."""
    from minex.tagging import mirna

    found = mirna.find(name)
    return found[0].name if len(found) == 1 and found[0].text == name else name


def _by_lexicon(name: str, types: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the concepts that the lexicon has a name for, with their names, those of the best kind of name."""
    from minex.lexicon.nearest import nearest
    from minex.tagging import mirna

    lexicon = _lexicon()
    if not types or "MIRNA" in types:
        found = mirna.find(name)
        if len(found) == 1 and found[0].text == name:
            wanted = (
                f"{found[0].name} {found[0].kind}" if found[0].kind in ("family", "cluster") else found[0].name
            )
            ids, _ = lexicon.link_mirna(wanted, found[0].species)
            yield from ((id_, lexicon.name(id_)) for id_ in ids)
            return
    candidates = [each for each in lexicon.candidates(name) if not types or each.type in types]
    if not candidates and (near := nearest(lexicon, name)) and (not types or near.candidate.type in types):
        candidates = [near.candidate]
    for candidate in candidates:
        if candidate.status == min(each.status for each in candidates):
            yield candidate.id, lexicon.name(candidate.id)


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    from minex.lexicon import Lexicon
    from minex.lexicon.user import default_file

    return Lexicon.load(user=default_file())


def _unknown(
    connection: sqlite3.Connection, name: str, types: Sequence[str], elsewhere: Sequence[tuple[str, str]]
) -> UsageError:
    kind = {FACTORS: "no factor", CANCERS: "no cancer"}.get(tuple(types), "nothing")
    if not name:
        return UsageError("name-empty", "a name is empty", cure="give a name or an id")
    cure = _meant(connection, name, types)
    if elsewhere:
        id_, known = elsewhere[0]
        also = "" if name in (id_, known) else f"{name} is {known} ({id_}), and "
        return UsageError("name-unheard", f"{also}nothing in this database speaks of {known}", cure=cure)
    return UsageError("name-unknown", f"{kind} in this database is called {name!r}", cure=cure)


def _meant(connection: sqlite3.Connection, name: str, types: Sequence[str]) -> str:
    if types:
        names = [found for (found,) in connection.execute(_NAMES, {"types": json.dumps(list(types))})]
    else:
        names = [found for (found,) in connection.execute("SELECT DISTINCT name FROM concept")]
    by_fold = {found.casefold(): found for found in names}
    fold = name.casefold()
    within = sorted((each for each in by_fold if fold and fold in each), key=lambda each: (len(each), each))
    close = [*difflib.get_close_matches(fold, by_fold, n=_NEAR, cutoff=0.6), *within]
    close = list(dict.fromkeys(close))[:_NEAR]
    if close:
        return "did you mean " + ", ".join(by_fold[each] for each in close) + "?"
    return 'minex sql "SELECT name, type FROM concept" lists what there is'


def check_query(connection: sqlite3.Connection, query: str) -> None:
    """Raise a UsageError if the database knows no saved query of a name."""
    names = [name for (name,) in connection.execute("SELECT name FROM query ORDER BY name")]
    if query not in names:
        known = f"it follows {', '.join(names)}" if names else "it was made from files: leave --query out"
        raise UsageError("query-unknown", f"this database follows no query {query!r}", cure=known)
