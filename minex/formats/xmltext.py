"""What an XML element says: its text without markup, and a date from its parts."""

from __future__ import annotations

import re

from lxml import etree

from minex.errors import InputError

_MONTHS = {
    name: f"{number:02d}"
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_MOST_DIGITS = 9
_LEVELS = frozenset(
    {"high", "low", "hi", "lo", "mid", "dim", "bright", "neg", "pos", "null", "wt", "ko", "kd", "oe"}
)


def flat_text(element: etree._Element) -> str:
    """Return an element's whole text on one line, markup gone and none of its text lost; see :func:`raised`."""
    if len(element) == 0:
        return " ".join((element.text or "").split())
    parts: list[str] = []
    _collect(element, parts)
    return " ".join("".join(parts).split())


def _collect(element: etree._Element, parts: list[str]) -> None:
    if isinstance(element.tag, str):
        text = element.text or ""
        if element.tag == "sup" and text and parts and parts[-1]:
            parts.append(raised(parts[-1][-1], text))
        if text:
            parts.append(text)
    elif element.tag is etree.Entity:
        raise undefined(element)
    for child in element:
        _collect(child, parts)
        if child.tail:
            parts.append(child.tail)


def raised(before: str, text: str) -> str:
    """Return what stands between a character and the superscript after it, for text has only one line.

    A superscript that says a level (`CD44<sup>high</sup>`) is set off by a space, for the name ends before it;
    digits raised over digits (`10<sup>6</sup>`) get a `^`, for 106 would be another number. Anything else is
    joined as it stands: `CD163<sup>+</sup>`, `H<sub>2</sub>O`.

    Examples:
        >>> [raised("0", "-3"), raised("4", "high"), raised("3", "+")]
        ['^', ' ', '']
    """
    if before.isdigit() and (text[0].isdigit() or (text[0] in "-−–" and text[1:2].isdigit())):
        return "^"
    return " " if before.isalnum() and text.strip().casefold() in _LEVELS else ""


def undefined(entity: etree._Element) -> InputError:
    """Return the error for a reference to an entity that nothing defines."""
    return InputError("xml-invalid", f"the entity {entity.text} is not defined")


def iso_date(year: str, month: str, day: str) -> str:
    """Return a date as ISO 8601, as precise as its parts say it: *Sept* and *9* are a month, *Spring* is none.

    Examples:
        >>> [iso_date("2019", "Sept", "2"), iso_date("2019", "Spring", ""), iso_date("about 2019", "", "")]
        ['2019-09-02', '2019', '2019']
    """
    if not (len(year) == 4 and year.isdecimal()):
        found = _YEAR.search(year)
        return found[1] if found else ""
    # A number of thousands of digits is more than int() takes.
    if month.isdecimal():
        month = f"{int(month):02d}" if len(month) < _MOST_DIGITS else ""
    else:
        month = _MONTHS.get(month.casefold().rstrip("."), "")
    if not month or not "01" <= month <= "12":
        return year
    if not day.isdecimal() or len(day) >= _MOST_DIGITS or not 1 <= int(day) <= 31:
        return f"{year}-{month}"
    return f"{year}-{month}-{int(day):02d}"
