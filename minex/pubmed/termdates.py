"""Dates in a search term: PubMed wants YYYY/MM/DD, month and day optional, and a colon between two."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from minex.pubmed import fields
from minex.pubmed.tokens import TermProblem, Token

_DATE = re.compile(r"(\d{4})(?:/(\d{1,2})(?:/(\d{1,2}))?)?", re.ASCII)
_LAST = re.compile(r"last \d+ (?:day|month|year)s?", re.IGNORECASE)
_CURE = "write YYYY, YYYY/MM or YYYY/MM/DD, and a colon between two dates"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One end of a range, or a date on its own."""

    start: int
    text: str


def days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day.

    Raises:
        ValueError: if the calendar has no such day.

    Examples:
        >>> days(2020, 2, None)
        (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    """
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def date_problems(tokens: Sequence[Token]) -> Iterator[TermProblem]:
    """Yield what is wrong with the dates of a term: those that stand before a tag of a date field."""
    for index, tag in enumerate(tokens):
        if tag.kind != "tag" or index == 0 or tokens[index - 1].kind not in ("word", "phrase"):
            continue
        known = fields.BY_WORD.get(fields.folded(tag.text[1:-1]))
        if known is None or known.tag not in fields.DATES:
            continue
        yield from _range(_pieces(tokens, index - 1))


def _pieces(tokens: Sequence[Token], index: int) -> list[_Piece]:
    """Return the date that ends with a token, or the two of its range."""
    pieces = _split(tokens[index])
    if index >= 2 and tokens[index - 1].kind == "range":
        first = index - 2
        if tokens[first].kind == "tag" and first:
            first -= 1
        if tokens[first].kind in ("word", "phrase"):
            pieces = [*_split(tokens[first]), *pieces]
    return pieces


def _split(token: Token) -> list[_Piece]:
    start, text = token.start, token.text
    if token.kind == "phrase":
        start, text = start + 1, text[1:-1]
    pieces = []
    for part in text.split(":"):
        pieces.append(_Piece(start + len(part) - len(part.lstrip()), part.strip()))
        start += len(part) + 1
    return pieces


def _range(pieces: Sequence[_Piece]) -> Iterator[TermProblem]:
    if len(pieces) > 2:
        yield TermProblem(pieces[2].start - 1, "a range has two ends", _CURE)
        return
    spans = []
    for piece in pieces:
        if _LAST.fullmatch(" ".join(piece.text.split())) and len(pieces) == 1:
            continue
        match = _DATE.fullmatch(piece.text)
        if match is None:
            shown = repr(piece.text) if piece.text else "nothing"
            cure = _CURE + ("; an open end is 3000" if len(pieces) > 1 else "")
            yield TermProblem(piece.start, f"{shown} is not a date", cure)
            continue
        year, month, day = (None if part is None else int(part) for part in match.groups())
        try:
            spans.append(days(year or 0, month, day))
        except ValueError:
            yield TermProblem(piece.start, f"the calendar has no {piece.text}", _CURE)
    if len(spans) == 2 and spans[0][0] > spans[1][1]:
        yield TermProblem(pieces[0].start, "the range ends before it begins", "put the earlier date first")
