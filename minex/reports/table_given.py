"""A table that somebody keeps by hand, in Excel or CSV: its rows, and what its cells say."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minex.errors import InputError
from minex.formats import workbook

_HEADINGS = {
    "factor": r"(?:\w+ )?(?:factors?|mi(?:cro)?-?rnas?|mirs?|genes?|lncrnas?|molecules?|proteins?)",
    "cancer": r"(?:cancers?|tumou?rs?|diseases?)(?: types?| names?)?|types? of (?:cancers?|tumou?rs?)",
    "response": r"responses?(?: to hypoxia)?|under hypoxia|hypoxia(?: response)?|regulation|expression",
    "function": r"(?:biological )?(?:functions?|process(?:es)?|effects?|roles?)",
    "mechanism": r"(?:molecular )?mechanisms?|targets?(?: genes?)?|target(?:ed)? genes?",
}
COLUMNS = tuple(_HEADINGS)

_MOST_ABOVE = 10
_VESICLE = re.compile(
    r"^(?:exosom(?:al|es?)|microvesic(?:ular|les?)|vesicular|extracellular vesicles?|EVs?)[\s-]+", re.IGNORECASE
)
_UP = re.compile(r"\b(?:increas|up|elevat|high|induc|rise|rais|enhanc)\w*|\u2191|^\+$", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:decreas|down|reduc|low|fall|suppress)\w*|\u2193|^[-\u2212]$", re.IGNORECASE)
_NOTHING = re.compile(r"[\W_]*|not (?:mentioned|reported|known|given)|n/?a|none|unknown", re.IGNORECASE)
_SIGNS = (
    (r"increas|promot|activat|induc|enhanc|up-?regulat|stimulat|rais|elevat|facilitat", 1),
    (r"decreas|suppress|inhibit|reduc|down-?regulat|target|repress|silenc|lower|block|impair|attenuat", -1),
)
_VERBS = tuple((re.compile(rf"\b(?:{stems})\w*", re.IGNORECASE), sign) for stems, sign in _SIGNS)
_UNSIGNED = re.compile(r"\b(?:regulat|modulat|affect|associat|bind|carr)\w*", re.IGNORECASE)
_COUNTS = re.compile(r"\s*\(\d+ against \d+\)")
_BETWEEN = re.compile(r"\s*(?:[,;/]|\band\b|\bor\b)\s*", re.IGNORECASE)
_FILLER = re.compile(
    r"^(?:(?:is|are|its|the|their|directly|by|via|through|of|with|expression|levels?|targets?)\s+)+"
    r"|\s+(?:expression|levels?|pathway|activation|signall?ing)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a cell says: a thing, and which way; sign 0 says neither."""

    column: str
    thing: str
    sign: int


@dataclass(frozen=True, slots=True)
class Given:
    """A row of the user's table; `line` is its number in the file, counted as spreadsheets do."""

    line: int
    factor: str
    cancer: str
    facts: tuple[Fact, ...]


def read(path: Path) -> list[Given]:
    """Read a table from an Excel or CSV file; its columns are known by their headings.

    Raises:
        InputError: if the file cannot be read or its headings are not understood.
    """
    lines = list(_lines(path))
    for number, heads in enumerate(lines[:_MOST_ABOVE]):
        columns = _columns(heads)
        if "factor" in columns and "cancer" in columns:
            return list(_given(lines[number + 1 :], columns, number + 2))
    seen = ", ".join(f"{head!r:.42}" for head in lines[0][:20] if head) if lines else "nothing"
    raise InputError(
        "table-headings",
        f"no line has headings of a factor and a cancer; the first has {seen}",
        where=str(path),
        cure="name the columns factor and cancer, and if you have them response, function and mechanism",
    )


def _lines(path: Path) -> Iterator[list[str]]:
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            yield from _sheet(path)
        else:
            text = path.read_text(encoding="utf-8-sig")
            if "\x00" in text:
                raise InputError(
                    "table-kind", "this is no text", where=str(path), cure="give a .csv or .xlsx file"
                )
            first = text.partition("\n")[0]
            mark = max(",;\t", key=first.count)
            yield from (
                [_plain(cell) for cell in row]
                for row in csv.reader(text.splitlines(keepends=True), delimiter=mark)
            )
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = getattr(error, "strerror", None) or str(error)
        raise InputError(
            "table-unreadable",
            f"it cannot be read: {message}",
            where=str(path),
            cure="give a .csv (UTF-8) or .xlsx file",
        ) from error


def _sheet(path: Path) -> Iterator[list[str]]:
    for row in workbook.rows(path):
        yield ["" if cell is None else _plain(str(cell)) for cell in row]


def _plain(cell: str) -> str:
    # What :func:`minex.reports.cells.defused` put before a formula.
    return cell.strip().removeprefix("'").strip()


def _columns(heads: Sequence[str]) -> dict[str, int]:
    """Return where each column stands that a heading names; the first of two counts."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads):
        words = re.sub(r"[\s_]+", " ", head).strip().lower()
        for column, pattern in _HEADINGS.items():
            if column not in found and re.fullmatch(pattern, words):
                found[column] = place
                break
    return found


def _given(lines: Iterable[Sequence[str]], columns: Mapping[str, int], first: int) -> Iterator[Given]:
    for line, cells in enumerate(lines, first):
        said = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        factors, cancer = _VESICLE.sub("", said["factor"]), said["cancer"]
        if not factors or not cancer:
            continue
        facts = [*_response(said.get("response", ""))]
        for column in ("function", "mechanism"):
            facts.extend(_facts(column, said.get(column, "")))
        yield Given(line, factors, cancer, tuple(facts))


def _response(cell: str) -> Iterator[Fact]:
    up, down = _UP.search(cell), _DOWN.search(cell)
    if bool(up) is not bool(down):
        yield Fact("response", "hypoxia", 1 if up else -1)


def _facts(column: str, cell: str) -> Iterator[Fact]:
    """Yield what a cell lists: *inhibits EGLN1, EGLN2 and TJP1* is three things with one sign."""
    if _NOTHING.fullmatch(cell):
        return
    sign = 0
    for part in split(_COUNTS.sub("", cell)):
        words = part.strip(" .")
        for pattern, value in (*_VERBS, (_UNSIGNED, 0)):
            if verb := pattern.search(words):
                sign = value
                words = f"{words[: verb.start()]} {words[verb.end() :]}".strip()
                break
        words = _FILLER.sub("", words).strip(" .:")
        if words:
            yield Fact(column, words, sign)


def split(text: str) -> list[str]:
    """Return the members of a list in words.

    Examples:
        >>> split("EGLN1, EGLN2 and TJP1")
        ['EGLN1', 'EGLN2', 'TJP1']
    """
    return [part for part in _BETWEEN.split(text) if part]
