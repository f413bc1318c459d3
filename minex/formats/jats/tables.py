"""An XHTML table's rows -> a passage of kind TABLE, laid out as the plain text reader lays out tables.

A line a row, ` | ` between cells. A cell that spans rows stands in each of them, for each row has to say what it
is about; one that spans columns stands once, under all their headers. Headers of several rows are joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from minex.formats.jats.inline import line
from minex.model import Passage, PassageKind, TableCell

_MAX_SPAN = 1000
_MAX_HEADER_ROWS = 10
_MAX_HEADERS_OF_A_CELL = 20
_MAX_HANGING = 100
_MAX_REPEATED = 200_000
"""Cells and characters that spanning cells may add to a table: a few bytes must not become a gigabyte."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell's text, its first column, and how many columns it takes."""

    text: str
    column: int
    width: int = 1


Row = tuple[Placed, ...]


def table_passage(table: etree._Element, section: str) -> Passage | None:
    """Return a table as a passage, or None if nothing stands in it.

    Examples:
        >>> rows = "<thead><tr><th>Factor</th><th>Cancer</th></tr></thead><tr><td>miR-9</td><td>breast</td></tr>"
        >>> passage = table_passage(etree.fromstring(f"<table>{rows}</table>"), "Table 1")
        >>> passage.text, [cell.header for cell in passage.cells]
        ('miR-9 | breast', ['Factor', 'Cancer'])
    """
    header, body = read_table(table)
    headers = _Headers(header, body)
    lines: list[str] = []
    cells: list[TableCell] = []
    at = 0
    for row in body:
        for index, placed in enumerate(row):
            at += 3 if index else 0
            cells.append(TableCell(len(lines), headers.of(placed), at, at + len(placed.text)))
            at += len(placed.text)
        lines.append(" | ".join(placed.text for placed in row))
        at += 1
    text = "\n".join(lines)
    return Passage(text, section, PassageKind.TABLE, cells=tuple(cells)) if lines else None


def read_table(table: etree._Element) -> tuple[list[Row], list[Row]]:
    """Return the rows of a table's header and those of its body, empty ones left out.

    A table without `thead` has as header the rows at its top all of whose cells are headers (`th`, or bold).
    """
    parts = [
        (part.tag == "thead", list(part.iterchildren("tr")))
        for part in table
        if part.tag in ("thead", "tbody", "tfoot")
    ] or [(False, [])]
    parts.append((False, list(table.iterchildren("tr"))))
    if not any(is_head for is_head, _ in parts):
        first = next((rows for _, rows in parts if rows), [])
        count = next((n for n, row in enumerate(first[: _MAX_HEADER_ROWS + 1]) if not _is_header(row)), 0)
        parts = [(True, first[:count]), *((head, rows[count:] if rows is first else rows) for head, rows in parts)]
    budget = _Budget(_MAX_REPEATED)
    header: list[Row] = []
    body: list[Row] = []
    for is_head, rows in parts:
        for row in _placed(rows, budget):
            (header if is_head and len(header) < _MAX_HEADER_ROWS else body).append(row)
    return (header, body) if body else ([], header)


@dataclass(slots=True)
class _Budget:
    """How much spanning cells may still add."""

    left: int

    def allows(self, text: str) -> bool:
        """Return whether there is room for a cell once more, and take it."""
        self.left -= len(text) + 1
        return self.left >= 0


@dataclass(slots=True)
class _Hanging:
    """A cell that reaches into the rows below."""

    placed: Placed
    rows: int


def _placed(rows: Sequence[etree._Element], budget: _Budget) -> Iterator[Row]:
    """Yield the rows with each cell in its column, those from above included, if any cell says anything."""
    hanging: list[_Hanging] = []
    for row in rows:
        cells = [each for each in row if each.tag in ("td", "th")]
        found: list[Placed] = []
        below: list[_Hanging] = []
        waiting = iter(sorted(hanging, key=lambda each: each.placed.column))
        above = next(waiting, None)
        column = 0
        for cell in (*cells, None):
            while above is not None and (cell is None or above.placed.column <= column):
                if cells and budget.allows(above.placed.text):
                    found.append(above.placed)
                column = max(column, above.placed.column + above.placed.width)
                above = next(waiting, None)
            if cell is None:
                break
            placed = Placed(line(cell, marks=True), column, _span(cell, "colspan"))
            found.append(placed)
            column += placed.width
            if (more := _span(cell, "rowspan") - 1) > 0 and len(hanging) + len(below) < _MAX_HANGING:
                below.append(_Hanging(placed, more))
        for each in hanging:
            each.rows -= 1
        hanging = [each for each in hanging if each.rows > 0] + below
        if cells and any(placed.text for placed in found):
            yield tuple(found)


class _Headers:
    """What stands above each column."""

    def __init__(self, header: Sequence[Row], body: Sequence[Row]) -> None:
        self._columns: dict[int, str] = {}
        self._known: dict[tuple[int, int], str] = {}
        self._width = max((row[-1].column + row[-1].width for row in body), default=0)
        for row in header:
            for placed in row:
                for column in range(placed.column, placed.column + placed.width):
                    above = self._columns.get(column, "")
                    if placed.text and above != placed.text and not above.endswith(f" {placed.text}"):
                        self._columns[column] = f"{above} {placed.text}".strip()

    def of(self, placed: Placed) -> str:
        """Return the header over a cell: none over one that takes the whole row, which heads the rows below."""
        if placed.width == 1:
            return self._columns.get(placed.column, "")
        if placed.column == 0 and placed.width >= self._width:
            return ""
        key = placed.column, placed.width
        if key not in self._known:
            columns = range(placed.column, placed.column + min(placed.width, _MAX_HEADERS_OF_A_CELL))
            self._known[key] = " ".join(dict.fromkeys(filter(None, map(self._columns.get, columns))))
        return self._known[key]


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdecimal() and len(value) < 9 else 1


def _is_header(row: etree._Element) -> bool:
    """Return whether all cells of a row that say anything are headers."""
    said = [each for each in row if each.tag in ("td", "th") and line(each)]
    return bool(said) and all(each.tag == "th" or _is_bold(each) for each in said)


def _is_bold(cell: etree._Element) -> bool:
    return line(cell) == " ".join(line(each) for each in cell if each.tag == "bold")
