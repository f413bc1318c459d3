"""Saved queries: what to ask PubMed for, as TOML files that have a name: those shipped, and the user's own."""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from minex.errors import QueryError
from minex.pubmed.term import TermProblem, check
from minex.pubmed.termdates import days
from minex.resources import find

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

KEYS = ("title", "term", "first_day", "last_day", "date_type", "sources", "limit")
DATE_TYPES = ("edat", "pdat")
"""Entry date (when the article came into PubMed) and publication date."""

SOURCES = ("pubmed", "pmc")
"""Titles and abstracts of PubMed; the full texts of the same articles in PMC's open-access set."""

_MOST = 1_000_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class Query:
    """A saved query: `term` is one line as it is sent, `written` the same as it stands in the file.

    `first_day` and `last_day` (both within; None is open) are of the date that `date_type` names.
    """

    name: str
    title: str
    term: str
    first_day: date | None
    last_day: date | None
    date_type: str
    sources: tuple[str, ...]
    limit: int | None
    path: Path
    written: str = field(default="", repr=False, compare=False)

    @property
    def definition(self) -> str:
        """All but the file as canonical JSON: equal where the query is, so that a changed one is noticed."""
        values = {
            "name": self.name,
            "title": self.title,
            "term": self.term,
            "first_day": self.first_day and self.first_day.isoformat(),
            "last_day": self.last_day and self.last_day.isoformat(),
            "date_type": self.date_type,
            "sources": list(self.sources),
            "limit": self.limit,
        }
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def problems(self) -> tuple[TermProblem, ...]:
        """What is wrong with the term; positions are those of `written`."""
        return check(self.written or self.term)


def own_folder() -> Path:
    """Return the folder of the user's own queries, which need not exist.

    `$MINEX_QUERIES`; else `minex/queries` in `$XDG_CONFIG_HOME`, which is `~/.config` by default.
    """
    named = os.environ.get("MINEX_QUERIES")
    if named:
        return Path(named).expanduser()
    config = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return (config if config.is_absolute() else Path.home() / ".config") / "minex" / "queries"


def available() -> dict[str, Path]:
    """Return the file of every saved query by name; the user's own wins over a shipped one of the same name.

    Raises:
        MinexError: if the shipped queries are missing.

    Examples:
        >>> "hypoxia-exosome-cancer" in available()
        True
    """
    found: dict[str, Path] = {}
    for folder in (find("corpus/queries"), own_folder()):
        found |= {path.stem: path for path in folder.glob("*.toml") if not path.name.startswith(".")}
    return dict(sorted(found.items()))


def load(name_or_path: str | Path) -> Query:
    """Return a saved query by name, or one from a file: what ends in `.toml` or has a `/` is a path.

    Raises:
        QueryError: if there is none, or it is not as a query must be: with file, line and what is allowed.

    Examples:
        >>> load("mir-21-lung").sources
        ('pubmed',)
    """
    word = str(name_or_path)
    if isinstance(name_or_path, Path) or word.endswith(".toml") or "/" in word or os.sep in word:
        return _read(Path(name_or_path).expanduser())
    known = available()
    if word not in known:
        near = difflib.get_close_matches(word, known, 1)
        guess = f"did you mean {near[0]!r}? " if near else ""
        cure = f"{guess}queries: {', '.join(known)}; for a file, write its path with .toml"
        raise QueryError("unknown-query", f"there is no query {word!r}", cure=cure)
    return _read(known[word])


def parse(text: str, path: Path, name: str | None = None) -> Query:
    """Return the query that a TOML text is; its name is by default the file's without `.toml`.

    Raises:
        QueryError: if it is not one.
    """
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = str(error)
        match = _AT_LINE.search(message)
        line = int(match[1]) if match and match[1] else text.count("\n") + 1
        reason = _AT_LINE.sub("", message)
        cure = "texts and dates stand in quotation marks; a term of several lines between ''' and '''"
        raise QueryError("query-toml", f"this is not TOML: {reason}", where=f"{path}:{line}", cure=cure) from error
    return _Reader(values, path, text).query(path.stem if name is None else name)


def as_toml(values: Mapping[str, Any]) -> str:
    """Return the text of a query file with these keys, in their usual order; None is left out.

    Examples:
        >>> print(as_toml({"title": "miR-155", "term": 'miR-155[tiab]', "sources": ["pubmed"]}))
        title = "miR-155"
        sources = ["pubmed"]
        term = '''
        miR-155[tiab]
        '''
        <BLANKLINE>
    """
    lines = []
    for key in ("title", "sources", "first_day", "last_day", "date_type", "limit", "term"):
        value = values.get(key)
        if value is None:
            continue
        # JSON's way to write texts, numbers and lists of texts is TOML's too, but for one character.
        shown = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        if key == "term" and "'''" not in value and all(sign.isprintable() or sign == "\n" for sign in value):
            shown = f"'''\n{value.strip()}\n'''"
        lines.append(f"{key} = {shown}\n")
    return "".join(lines)


def create(path: Path, text: str) -> None:
    """Write the file of a new query; one that is there is left as it is.

    Raises:
        QueryError: if it is there, or cannot be written; then nothing is left behind.
    """
    try:
        data = text.encode("utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    except FileExistsError as error:
        cure = "choose another name, or edit the file"
        raise QueryError("query-exists", "there is such a query already", where=str(path), cure=cure) from error
    except UnicodeEncodeError as error:
        raise QueryError("query-encoding", "the title is not text in UTF-8", cure="type it again") from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with file:
            file.write(data)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> QueryError:
    cure = "name a folder of yours in MINEX_QUERIES"
    return QueryError("query-unwritable", f"cannot be written ({error.strerror})", where=str(path), cure=cure)


def _read(path: Path) -> Query:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        cure = "see minex query list"
        raise QueryError(
            "query-unreadable", f"cannot be read ({error.strerror})", where=str(path), cure=cure
        ) from error
    except ValueError as error:
        cure = "save the file as UTF-8"
        raise QueryError("query-encoding", "this is not text in UTF-8", where=str(path), cure=cure) from error
    return parse(text.removeprefix("\ufeff"), path)


class _Reader:
    """The values of a file, taken one by one, each with the place that an error names."""

    def __init__(self, values: Mapping[str, Any], path: Path, text: str) -> None:
        self.values, self.path, self.text = values, path, text

    def query(self, name: str) -> Query:
        """Return the query, or raise a QueryError."""
        if not _NAME.fullmatch(name):
            message = f"{name!r} cannot be the name of a query"
            raise self.error("", message, "a name has small letters, digits and hyphens: mir-21-lung")
        for key in self.values:
            if key not in KEYS:
                near = difflib.get_close_matches(key, KEYS, 1)
                guess = f"did you mean {near[0]!r}? " if near else ""
                raise self.error(key, f"unknown key {key!r}", f"{guess}allowed: {', '.join(KEYS)}")
        written = self.words("term")
        first, last = self.day("first_day", 0), self.day("last_day", 1)
        if first and last and first > last:
            raise self.error("last_day", f"last_day {last} is before first_day {first}", "exchange the two")
        return Query(
            name=name,
            title=" ".join(self.words("title").split()),
            term=" ".join(written.split()),
            first_day=first,
            last_day=last,
            date_type=self.date_type(),
            sources=self.sources(),
            limit=self.limit(),
            path=self.path,
            written=written,
        )

    def error(self, key: str, message: str, cure: str) -> QueryError:
        """Return (not raise) an error at the line of a key, at the file if it has none."""
        line = line_of(self.text, key) if key else None
        return QueryError("query", message, where=f"{self.path}:{line}" if line else str(self.path), cure=cure)

    def words(self, key: str) -> str:
        """Return a text that has to be there."""
        value = self.values.get(key)
        if value is None:
            raise self.error("", f"{key!r} is missing", f"add {key} = '...'")
        if not isinstance(value, str):
            raise self.error(key, f"{key} has to be a text", f"write {key} = '...'")
        if not value.strip():
            raise self.error(key, f"{key} is empty", f"write {key} = '...'")
        return value

    def day(self, key: str, end: int) -> date | None:
        """Return the first (0) or the last (1) day of what is written."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        match = None
        if isinstance(value, str) or (isinstance(value, int) and 999 < value < 10_000):
            match = _DAY.fullmatch(str(value).strip())
        if match is None:
            raise self.error(key, f"{key} is not a date", f'write {key} = "YYYY-MM-DD", "YYYY-MM" or "YYYY"')
        year, month, day = (None if part is None else int(part) for part in match.groups())
        try:
            return days(year or 0, month, day)[end]
        except ValueError as error:
            message = f"{key}: the calendar has no {value}"
            raise self.error(key, message, "a month is 01 to 12, a day at most 31") from error

    def date_type(self) -> str:
        """Return the kind of date that the two days are of."""
        value = self.values.get("date_type", DATE_TYPES[0])
        if value not in DATE_TYPES:
            cure = '"edat" is the day of entry into PubMed, "pdat" that of publication'
            raise self.error("date_type", f"unknown date_type {value!r}", cure)
        return str(value)

    def sources(self) -> tuple[str, ...]:
        """Return the sources in their own order."""
        value = self.values.get("sources", [SOURCES[0]])
        cure = 'write sources = ["pubmed"], or ["pubmed", "pmc"] to read open-access full texts as well'
        if not isinstance(value, list) or not value:
            raise self.error("sources", "sources has to be a list", cure)
        for source in value:
            if source not in SOURCES:
                raise self.error("sources", f"unknown source {source!r}", cure)
        if len(set(value)) < len(value):
            raise self.error("sources", "a source stands twice", cure)
        if SOURCES[0] not in value:
            raise self.error("sources", "the articles are always sought in pubmed", cure)
        return tuple(source for source in SOURCES if source in value)

    def limit(self) -> int | None:
        """Return the most hits to take, None for all."""
        value = self.values.get("limit")
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST:
            message = f"limit has to be a whole number from 1 to {_MOST}"
            raise self.error("limit", message, "write limit = 5000, or leave it out")
        return value


def line_of(text: str, key: str) -> int | None:
    """Return the line, from 1, on which a key of a TOML file stands; lines within long texts are passed over.

    Examples:
        >>> line_of("title = 'a'" + chr(10) + "limit = 3", "limit")
        2
    """
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not inside and re.match(rf"""\s*\[*\s*(["']?){re.escape(key)}\1\s*[=.\]]""", line):
            return number
        for mark in re.findall(r"'''|\"\"\"", line):
            inside = "" if mark == inside else (inside or mark)
    return None
