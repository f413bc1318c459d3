"""A text's lines with their places in the file, without what only the printed page needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
_PAGE_OF = re.compile(r"page\s+\d+\s+of\s+\d+", re.I)
_CITED_AS = re.compile(
    r"\bet al\b.*\(?\d{4}|\(\d{4}\)\s*\d+\s*[:(]|https?://|\bdoi\b|©|copyright|downloaded from", re.I
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\S+")

_UNSEEN = "\u00ad\u200b\u2060\ufeff \t\u00a0\u3000"
_MAX_HEAD = 120
_WINDOW = 12
"""Lines on each side that say how wide a line is here."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the space around it.

    `start` is the offset of its first character in the file; `indent` what stood before it in its line.
    `blank` says that a blank line or a page break comes before, `page` that a page may begin here: a form
    feed, or the single space that it often becomes.
    """

    text: str
    start: int
    indent: int = 0
    blank: bool = False
    page: bool = False

    def after(self, count: int) -> Line:
        """Return the line without its first `count` characters."""
        rest = self.text[count:]
        stripped = rest.lstrip()
        return replace(self, text=stripped, start=self.start + len(self.text) - len(stripped))

    @property
    def first_word(self) -> str:
        match = _WORD.match(self.text)
        return match[0] if match else ""


def split_lines(text: str) -> list[Line]:
    """Return the lines that are not blank; running heads, page footers and page numbers are left out."""
    lines: list[Line] = []
    pages: list[int] = []
    blank, formfeed = True, False
    for begin, end, ending in _raw_lines(text):
        raw = text[begin:end]
        stripped = raw.strip(" \t\u00a0\ufeff\u3000")
        if stripped.strip(_UNSEEN):
            indent = raw.index(stripped[0])
            marked = formfeed or (indent == 1 and raw[0] == " ")
            lines.append(Line(stripped, begin + indent, indent, blank or formfeed, marked))
            if formfeed:
                pages.append(len(lines) - 1)
            blank = formfeed = False
        else:
            blank = True
        formfeed = formfeed or ending == "\f"
    return _without_page_furniture(lines, pages)


def _raw_lines(text: str) -> list[tuple[int, int, str]]:
    found, start = [], 0
    for match in _BREAK.finditer(text):
        found.append((start, match.start(), match[0]))
        start = match.end()
    found.append((start, len(text), ""))
    return found


def _without_page_furniture(lines: list[Line], pages: list[int]) -> list[Line]:
    """Drop what repeats at the edges of pages, and lines that say `Page 3 of 11` or how to cite the paper.

    A number alone is dropped only at the edge of a page that a form feed marks: elsewhere it may be a
    table's cell, as may a short line that stands there many times.
    """
    edges: set[int] = set()
    for page in pages:
        edges.update(range(max(page - 2, 0), min(page + 2, len(lines))))
    if pages:
        edges.update(range(max(len(lines) - 2, 0), len(lines)))
        edges.update(range(min(2, len(lines))))
    masks = [_DIGITS.sub("#", line.text[:_MAX_HEAD].casefold()) for line in lines]
    at_edges = Counter(masks[index] for index in edges)
    anywhere = Counter(masks)
    kept: list[Line] = []
    dropped = False
    for index, line in enumerate(lines):
        if len(line.text) < _MAX_HEAD:
            repeated = index in edges and at_edges[masks[index]] >= 2
            numbered = index in edges and _PAGE_NUMBER.fullmatch(line.text) is not None
            cited = anywhere[masks[index]] >= 2 and _CITED_AS.search(line.text) is not None
            if repeated or numbered or cited or _PAGE_OF.search(line.text):
                dropped = True
                continue
        kept.append(replace(line, blank=True, page=True) if dropped else line)
        dropped = False
    return kept


class Layout:
    """How wide the lines are around a line, and what follows from it for where paragraphs end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        lengths = [len(line.text) for line in lines]
        # Only a line with another one right below it was cut by the width rather than by what it says.
        is_inner = [not line.blank for line in lines[1:]] + [False]
        inner = [length for length, is_one in zip(lengths, is_inner, strict=False) if is_one]
        overall = median(inner or lengths or [0.0])
        # Captions and abstracts run across two columns: such long lines have a width of their own.
        is_wide = [length > 1.5 * overall for length in lengths]
        self.widths: list[float] = []
        for index, wide in enumerate(is_wide):
            near = range(max(index - _WINDOW, 0), min(index + _WINDOW + 1, len(lines)))
            alike = [lengths[other] for other in near if is_wide[other] == wide and is_inner[other]]
            self.widths.append(median(alike) if len(alike) > 2 else overall)
        self._lines = lines

    def is_wrapped(self, index: int) -> bool:
        """Return whether lines here end because they are full, not because a paragraph ends."""
        return self.widths[index] <= 180

    def is_short(self, index: int, share: float = 0.85) -> bool:
        """Return whether a line ends though the next line's first word would have fitted into a share of it."""
        if not self.is_wrapped(index) or index + 1 >= len(self._lines):
            return True
        line, following = self._lines[index], self._lines[index + 1]
        width = self.widths[index]
        if index and not line.blank and not following.blank:
            # Between two longer lines a line is short, however wide the lines are elsewhere.
            width = max(width, min(len(self._lines[index - 1].text), len(following.text)))
        return len(line.text) + 1 + len(following.first_word) <= share * width
