"""Enough of PubMed's query language to tell which of some citations match a term.

Operators are read from left to right without precedence, as PubMed reads them; words beside each other are joined
by AND. Tags: `[tiab]` `[ti]` `[tw]` `[all]`, `[dp]` `[pdat]` `[edat]` `[crdt]` `[mdat]` with ranges, `[la]`,
`[pt]`, `[mh]`, `[uid]` `[pmid]`, `[filter]` `[sb]`, and `hasabstract`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from tests.pubmed.citations import Citation

Matcher = Callable[[Citation, str], bool]
"""Whether a citation of a database matches."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])
    |(?P<text>"[^"]*"|[^\s()\[\]"]+)\s*(?:\[(?P<tag>[^\]]*)\])?
      (?:\s*:\s*(?P<upper>"[^"]*"|[^\s()\[\]"]+)\s*\[(?P<uppertag>[^\]]*)\])?)""",
    re.X,
)
_WORD = re.compile(r"\w+")
_DATES = {"dp": "pdat", "pdat": "pdat", "edat": "edat", "crdt": "crdt", "mdat": "mdat"}
_TEXT = {
    "",
    "tiab",
    "ti",
    "tw",
    "all",
    "all fields",
    "title/abstract",
    "text word",
    "title",
    "mesh",
    "mh",
    "mesh terms",
}


@lru_cache(maxsize=4096)
def compiled(term: str) -> tuple[Matcher, tuple[tuple[str, bool, Matcher], ...]]:
    """Return a matcher, and its phrases of text: each with whether it was quoted and its own matcher."""
    tokens = [match for match in _TOKEN.finditer(term) if match[0].strip()]
    phrases: list[tuple[str, bool, Matcher]] = []
    matcher, _ = _expression(_joined(tokens), 0, phrases)
    return matcher, tuple(phrases)


def _joined(tokens: list[re.Match[str]]) -> list[tuple[str, str, str]]:
    """Return (text, tag, upper end) tuples; words that share the tag after the last of them are one phrase."""
    joined: list[tuple[str, str, str]] = []
    run: list[str] = []
    for match in tokens:
        text, tag = match["bracket"] or match["text"], match["uppertag"] or match["tag"]
        plain = match["bracket"] is None and text not in ("AND", "OR", "NOT")
        if plain and tag is None and not text.startswith('"'):
            run.append(text)
            continue
        if plain and tag is not None and run and not match["upper"] and not text.startswith('"'):
            text, run = " ".join([*run, text]), []
        joined += [(each, "", "") for each in run]
        run = []
        joined.append((text, (tag or "").lower().split(":")[0], (match["upper"] or "").strip('"')))
    return joined + [(each, "", "") for each in run]


def _expression(tokens: list[tuple[str, str, str]], at: int, phrases: list) -> tuple[Matcher, int]:
    left: Matcher | None = None
    operator = "AND"
    while at < len(tokens):
        text = tokens[at][0]
        if text == ")":
            return left or _nothing, at + 1
        if text in ("AND", "OR", "NOT"):
            operator, at = text, at + 1
            continue
        if text == "(":
            right, at = _expression(tokens, at + 1, phrases)
        else:
            right, at = _leaf(tokens[at], phrases), at + 1
        left = right if left is None else _combined(left, operator, right)
        operator = "AND"
    return left or _nothing, at


def _nothing(citation: Citation, db: str) -> bool:
    return False


def _combined(left: Matcher, operator: str, right: Matcher) -> Matcher:
    if operator == "OR":
        return lambda citation, db: left(citation, db) or right(citation, db)
    if operator == "NOT":
        return lambda citation, db: left(citation, db) and not right(citation, db)
    return lambda citation, db: left(citation, db) and right(citation, db)


def _leaf(token: tuple[str, str, str], phrases: list) -> Matcher:
    text, tag, upper = token
    plain = text.strip('"').lower()
    if tag in _DATES:
        low, _, high = plain.partition(":")
        first, last = _day(low, last=False), _day(upper or high or low, last=True)
        kind = _DATES[tag]
        return lambda citation, db: first <= citation.day(kind) <= last
    if tag == "la":
        return lambda citation, db: citation.language == plain[:3]
    if tag == "pt":
        return lambda citation, db: plain in (each.lower() for each in citation.pubtypes)
    if tag in ("uid", "pmid"):
        return lambda citation, db: plain == (citation.pmid if db == "pubmed" else citation.pmc_number)
    if plain == "hasabstract":
        return lambda citation, db: bool(citation.sections)
    if tag in ("filter", "sb"):
        if plain == "open access":
            return lambda citation, db: not citation.restricted
        return lambda citation, db: True
    if tag not in _TEXT:
        phrases.append((f"{text}[{tag}]", False, _nothing))
        return _nothing
    matcher = _phrase(plain, whole=tag not in ("ti", "title"), mesh=tag in ("mh", "mesh", "mesh terms"))
    phrases.append((text, text.startswith('"'), matcher))
    return matcher


def _phrase(text: str, *, whole: bool, mesh: bool) -> Matcher:
    words = [re.escape(word) for word in _WORD.findall(text)]
    pattern = re.compile(rf"\b{' '.join(words)}{'' if text.endswith('*') else chr(92) + 'b'}")

    def matches(citation: Citation, db: str) -> bool:
        return bool(words) and pattern.search(_mesh(citation) if mesh else _words(citation, db, whole)) is not None

    return matches


@lru_cache(maxsize=65536)
def _words(citation: Citation, db: str, whole: bool) -> str:
    texts = [citation.title]
    if whole:
        texts += [text for _, text in citation.sections] + list(citation.mesh)
        if db == "pmc":
            texts += [text for section in citation.full_text for text in section]
    return " ".join(_WORD.findall(" ".join(texts).lower()))


def _mesh(citation: Citation) -> str:
    return " ".join(_WORD.findall(" ".join(citation.mesh).lower()))


def _day(text: str, *, last: bool) -> date:
    """Return the first or the last day of a year, a month or a day."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    year, month, day = (*parts, *(None,) * 3)[:3]
    if year is None or not 1 <= year <= 3000:
        return date.max if last else date.min
    if day is not None:
        return date(year, month or 1, day)
    if not last:
        return date(year, month or 1, 1)
    if month is None or month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)
