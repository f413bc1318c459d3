"""A term's tree as SQL: what the index can answer in one expression of its own, the rest as conditions on columns.

No word of a query stands in the SQL, and none reaches the index but as letters and digits in quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from minex.errors import QueryError
from minex.mirror.vocabulary import LANGUAGES, Vocabulary
from minex.mirror.words import BETWEEN, FIRST, LAST, words
from minex.pubmed.syntax import Leaf, Node, Span
from minex.pubmed.termdates import days

_TEXT = {
    "ti": ("title",),
    "ab": ("abstract",),
    "tiab": ("title", "abstract", "keywords"),
    "ot": ("keywords",),
    "tw": ("title", "abstract", "keywords"),
    "all": ("title", "abstract", "keywords", "authors"),
}
_KINDS = {"tw": ("mh", "sh", "pt", "nm"), "all": ("mh", "sh", "pt", "nm", "ta")}
_DATES = {
    "dp": ("published", "electronic"), "ppdat": ("published",), "epdat": ("electronic",), "edat": ("entered",),
    "crdt": ("created",), "mhda": ("indexed",), "lr": ("revised",), "dcom": ("completed",),
}  # fmt: skip
_SUBSETS = {
    "medline": "smedline", "pubmednotmedline": "spubmednotmedline", "inprocess": "sinprocess",
    "indatareview": "sindatareview", "publisher": "spublisher", "hasabstract": "sabstract",
}  # fmt: skip
KNOWN = frozenset({*_TEXT, *_DATES, "mh", "majr", "sh", "pt", "nm", "la", "ta", "jid", "au", "1au", "lastau",
                   "pmid", "sb"})  # fmt: skip
"""Tags of the fields that the mirror has."""

MOST_NAMES = 20_000
"""How many names a truncated one may stand for; SQLite copies such a list again with each name that joins it."""

_LAST_DAYS = re.compile(r"last (\d{1,5}) (day|month|year)s?", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:/(\d{1,2})(?:/(\d{1,2}))?)?", re.ASCII)
_LATEST = 3000_12_31


@dataclass(frozen=True, slots=True)
class Match:
    """What the index is asked."""

    expression: str


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on a row of `citation`, named `c`; `always` and `never` are told by `truth`."""

    condition: str
    given: tuple[object, ...] = ()
    truth: bool | None = None


Compiled: TypeAlias = Match | Where
ALWAYS, NEVER = Where("1", (), True), Where("0", (), False)


@dataclass
class Compiler:
    """Makes a condition of a tree; `notes` says what a user should know of how it was read.

    `occurs` tells whether any citation holds a phrase, an expression of the index.
    """

    vocabulary: Vocabulary
    today: date
    occurs: Callable[[str], bool]
    notes: list[str] = field(default_factory=list)

    def compiled(self, node: Node) -> Compiled:
        """Return a tree as one expression of the index, or as a condition."""
        if isinstance(node, Leaf):
            return self._leaf(node)
        if isinstance(node, Span):
            return self._days(node.first, node.last, node.field.tag if node.field else "dp")
        parts = [self.compiled(part) for part in node.parts]
        if node.operator == "NOT":
            return _without(parts[0], parts[1])
        return _together(parts) if node.operator == "AND" else _either(parts)

    def _leaf(self, leaf: Leaf) -> Compiled:
        tag = leaf.field.tag if leaf.field else "all"
        if tag not in KNOWN:
            name = leaf.field.name if leaf.field else ""
            raise QueryError(
                "query-field",
                f"the mirror has no field [{tag}] ({name})",
                where=f"character {leaf.start + 1}",
                cure=f"fields of the mirror: {', '.join(sorted(KNOWN))}",
            )
        if tag in _DATES:
            first, colon, last = leaf.text.partition(":")
            return self._days(first, last if colon else first, tag)
        if tag == "pmid":
            return _pmids(leaf)
        if tag in _TEXT:
            return self._text(leaf, tag)
        if tag in ("mh", "majr"):
            return self._heading(leaf, "m" if tag == "majr" else "")
        if tag in ("au", "1au", "lastau"):
            return _author(leaf, tag)
        return self._tagged(leaf, tag)

    def _text(self, leaf: Leaf, tag: str) -> Compiled:
        text = leaf.text.strip()
        if tag == "all" and words(text) in ("hasabstract", "has abstract"):
            return Match(_among("tags", ["sabstract"]))
        if tag == "all" and text.casefold() in ("all", "*"):
            return ALWAYS
        begun = text.endswith("*")
        if "*" in text.rstrip("*"):
            raise QueryError(
                "query-asterisk",
                f"an asterisk inside {text[:60]!r}, not at its end",
                where=f"character {leaf.start + 1}",
                cure="truncate the last word, or join two terms with AND",
            )
        norm = words(text)
        if not norm:
            self.notes.append(f"{text[:60]!r} has no letter and no digit and matches nothing")
            return NEVER
        if leaf.suffix.startswith("~"):
            near = " ".join(f'"{word}"' for word in norm.split())
            return Match(f"{_columns(tag)} : NEAR({near}, {min(int(leaf.suffix[1:]), 10_000)})")
        found = self._phrase(norm, tag, begun)
        if not leaf.quoted and " " in text and not self._any(found):
            # PubMed looks up words that share a tag as a phrase, and takes them one by one if there is none.
            said = f"no citation has {text[:80]!r}[{tag}] as a phrase: its words are sought one by one"
            self.notes.append(said)
            parts = text.split()
            singles = [Leaf(part, leaf.field, True, "", leaf.start) for part in parts]
            return _together([self._text(each, tag) for each in singles])
        return found

    def _any(self, found: Compiled) -> bool:
        return isinstance(found, Match) and self.occurs(found.expression)

    def _phrase(self, norm: str, tag: str, begun: bool) -> Compiled:
        said = f'{_columns(tag)} : "{norm}"{" *" if begun else ""}'
        kinds = _KINDS.get(tag, ())
        ids = self.vocabulary.holding(kinds, norm, begun=begun) if kinds else []
        headings = [id for id in ids if id[0] in "dq"]
        others = [id for id in ids if id[0] not in "dq"]
        parts: list[Compiled] = [Match(said)]
        parts += [Match(_among("headings", headings))] if headings else []
        parts += [Match(_among("tags", others))] if others else []
        return _either(parts)

    def _heading(self, leaf: Leaf, major: str) -> Compiled:
        name, slash, part = leaf.text.partition("/")
        if slash and not self.vocabulary.headings(name):
            # A name that has a slash itself is written so in few headings; a subheading is the common case.
            name, slash, part = leaf.text, "", ""
        ids = self.vocabulary.headings(name)
        if not ids:
            self.notes.append(f"MeSH has no heading {name[:60]!r}: it matches nothing")
            return NEVER
        if leaf.suffix != "noexp" and not name.rstrip().endswith("*"):
            ids = self.vocabulary.below(ids)
        if not slash:
            return Match(_among("headings", [id + major for id in ids]))
        parts = self._named("sh", part, "subheading")
        return Match(_among("headings", [id + each + major for id in ids for each in parts])) if parts else NEVER

    def _tagged(self, leaf: Leaf, tag: str) -> Compiled:
        text = leaf.text
        if tag == "sh":
            found = self._named("sh", text, "subheading")
            return Match(_among("headings", found)) if found else NEVER
        if tag == "sb":
            return self._subset(leaf)
        if tag == "la":
            name = words(text).replace(" ", "")
            return Match(_among("tags", [f"l{LANGUAGES.get(name, name)}"])) if name else NEVER
        if tag == "jid":
            number = words(text).replace(" ", "")
            return Match(_among("tags", [f"j{number}"])) if number else NEVER
        if tag == "pt":
            ids = [f"p{id}" for id in self._kinds_of_article(leaf)]
            ids = sorted({*ids, *self.vocabulary.named("pt", text)})
            if not ids:
                self.notes.append(f"there is no publication type {text[:60]!r}: it matches nothing")
            return Match(_among("tags", ids)) if ids else NEVER
        found = self._named(tag, text, "journal" if tag == "ta" else "substance")
        return Match(_among("tags", found)) if found else NEVER

    def _kinds_of_article(self, leaf: Leaf) -> list[str]:
        known = [word[1:] for word in self.vocabulary.named("pt", leaf.text)]
        ids = {*known, *(id for id in self.vocabulary.headings(leaf.text) if self._is_kind(id))}
        return sorted(ids) if leaf.suffix == "noexp" else self.vocabulary.below(ids)

    def _is_kind(self, id: str) -> bool:
        known = self.vocabulary.tree.descriptors.get(id.upper())
        return known is not None and any(place.startswith("V") for place in known.places)

    def _subset(self, leaf: Leaf) -> Compiled:
        name = words(leaf.text).replace(" ", "")
        if name == "all":
            return ALWAYS
        if name in LANGUAGES:
            return Match(_among("tags", [f"l{LANGUAGES[name]}"]))
        if name in ("humans", "animals", "male", "female"):
            return self._heading(Leaf(leaf.text, suffix="noexp"), "")
        if name not in _SUBSETS:
            raise QueryError(
                "query-subset",
                f"the mirror has no subset {leaf.text[:60]!r}",
                where=f"character {leaf.start + 1}",
                cure=f"subsets of the mirror: all, {', '.join(sorted(_SUBSETS))}, languages, humans, animals",
            )
        return Match(_among("tags", [_SUBSETS[name]]))

    def _named(self, kind: str, name: str, what: str) -> list[str]:
        found = self.vocabulary.named(kind, name)
        if not found:
            self.notes.append(f"no citation of the mirror has the {what} {name[:60]!r}: it matches nothing")
        return found

    def _days(self, first: str, last: str, tag: str) -> Compiled:
        ago = _LAST_DAYS.fullmatch(" ".join(first.split())) if first == last else None
        if ago is not None:
            size = {"day": 1, "month": 30.44, "year": 365.25}[ago[2].lower()]
            start = self.today - timedelta(days=min(round(int(ago[1]) * size), self.today.toordinal() - 1))
            low, high = _number(start), _LATEST
        else:
            low, high = _ends(first)[0], _ends(last)[1]
        columns = _DATES[tag]
        condition = " OR ".join(f"c.{column} BETWEEN ? AND ?" for column in columns)
        return Where(f"({condition})", (low, high) * len(columns))


def _ends(text: str) -> tuple[int, int]:
    match = _DATE.fullmatch(text.strip().strip('"').strip())
    if match is None:
        cure = "write YYYY, YYYY/MM or YYYY/MM/DD, and a colon between two dates"
        raise QueryError("query-date", f"{text[:60]!r} is not a date", cure=cure)
    year, month, day = (None if part is None else int(part) for part in match.groups())
    try:
        first, last = days(year or 0, month, day)
    except ValueError:
        raise QueryError("query-date", f"the calendar has no {text}", cure="see a calendar") from None
    return _number(first), _number(last)


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _columns(tag: str) -> str:
    return "{" + " ".join(_TEXT[tag]) + "}"


def _among(column: str, found: Iterable[str]) -> str:
    """Return the expression for any of some words of ids, which are letters and digits."""
    found = list(found)
    if len(found) > MOST_NAMES:
        cure = "truncate less, or write the names out"
        raise QueryError("query-too-large", f"{len(found):,} names are meant, more than {MOST_NAMES:,}", cure=cure)
    return f"{column} : ({' OR '.join(quoted(word) for word in found)})"


def quoted(word: str) -> str:
    """Return a word in quotation marks."""
    return f'"{word}"'


def _author(leaf: Leaf, tag: str) -> Compiled:
    norm = words(leaf.text)
    if not norm:
        return NEVER
    names = norm.split()
    before = {"au": BETWEEN, "1au": f"{FIRST} {BETWEEN}", "lastau": f"{LAST} {BETWEEN}"}[tag]
    initials = len(names) > 1 and len(names[-1]) <= 2
    if leaf.text.rstrip().endswith("*") or (initials and not leaf.quoted):
        return Match(f'authors : "{before} {norm}" *')
    return Match(f'authors : "{before} {norm}{f" {BETWEEN}" if initials else ""}"')


def _pmids(leaf: Leaf) -> Compiled:
    numbers = leaf.text.replace(",", " ").split()
    if not numbers or not all(number.isascii() and number.isdecimal() for number in numbers):
        where, cure = f"character {leaf.start + 1}", "a PMID is a number"
        raise QueryError("query-pmid", f"{leaf.text[:60]!r} is no PMID", where=where, cure=cure)
    known = sorted({int(number) for number in numbers if len(number) < 19})
    return Where("c.pmid IN (SELECT value FROM json_each(?))", (json.dumps(known),))


def as_where(part: Compiled) -> Where:
    """Return anything as a condition."""
    if isinstance(part, Where):
        return part
    return Where("c.id IN (SELECT rowid FROM words WHERE words MATCH ?)", (part.expression,))


def _together(parts: list[Compiled]) -> Compiled:
    if any(part == NEVER for part in parts):
        return NEVER
    asked = [part.expression for part in parts if isinstance(part, Match)]
    others = [part for part in parts if isinstance(part, Where) and part != ALWAYS]
    if not others:
        return Match(" AND ".join(f"({each})" for each in asked)) if asked else ALWAYS
    if asked:
        others.insert(0, as_where(Match(" AND ".join(f"({each})" for each in asked))))
    return _sql(" AND ", others)


def _either(parts: list[Compiled]) -> Compiled:
    if any(part == ALWAYS for part in parts):
        return ALWAYS
    asked = [part.expression for part in parts if isinstance(part, Match)]
    others = [part for part in parts if isinstance(part, Where) and part != NEVER]
    if not others:
        return Match(" OR ".join(f"({each})" for each in asked)) if asked else NEVER
    if asked:
        others.insert(0, as_where(Match(" OR ".join(f"({each})" for each in asked))))
    return _sql(" OR ", others)


def _without(kept: Compiled, taken: Compiled) -> Compiled:
    if kept == NEVER or taken == ALWAYS:
        return NEVER
    if taken == NEVER:
        return kept
    if isinstance(kept, Match) and isinstance(taken, Match):
        return Match(f"({kept.expression}) NOT ({taken.expression})")
    one, other = as_where(kept), as_where(taken)
    return Where(f"({one.condition} AND NOT {other.condition})", (*one.given, *other.given))


def _sql(operator: str, parts: list[Where]) -> Where:
    if len(parts) == 1:
        return parts[0]
    given = tuple(value for part in parts for value in part.given)
    return Where(f"({operator.join(part.condition for part in parts)})", given)
