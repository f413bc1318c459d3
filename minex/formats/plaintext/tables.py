"""Tables whose layout was lost: cells one below the other, or rows whose columns are set off by gaps.

Text from a PDF gives a table as its caption, then its header's cells, then its body's, cell by cell with blank
lines between. How many columns there were is found from the cells that end rows (`[37]` under *Ref*), else
from what kind of cell comes back at which distance. A row that does not come out even is kept as a line of
text without cells: better no cell than one under the wrong header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from minex.formats.plaintext.lines import Line
from minex.formats.plaintext.shapes import caption, is_continued, is_known_heading, is_terminal, starts_small
from minex.formats.plaintext.splice import Splicer, Words, splice
from minex.model import Passage, PassageKind, TableCell

_CITED = re.compile(r"[\[(]\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*[\])]")
_CITED_BARE = re.compile(r"\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*")
_REF_HEADER = re.compile(r"refs?\.?|references?|citations?", re.I)
_NUMBER = re.compile(r"[<>≤≥=~±]?\s*[-–+]?\d[\d.,]*(?:\s*(?:[±–-]\s*\d[\d.,]*|%))*")
_GENE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])\S+|[A-Z][A-Z0-9-]+")
_GAP = re.compile(r"\t+\s*| {2,}")

_MAX_COLUMNS = 15
_MAX_CELL_LINES = 6

Cell = list[Line]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's header and rows; a row that does not fit the header is text."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def passage(self, section: str, words: Words) -> Passage:
        """Return the table as a passage: a line a row, ` | ` between cells, cells only where a row fits."""
        splicer = Splicer()
        cells: list[TableCell] = []
        for number, row in enumerate(self.rows):
            if number:
                splicer.insert("\n")
            fits = len(row) == len(self.header)
            for column, lines in enumerate(row):
                if column:
                    splicer.insert(" | ")
                start = splicer.length
                splice(lines, words, splicer)
                if fits:
                    cells.append(TableCell(number, self.header[column], start, splicer.length))
        text, source = splicer.result()
        return Passage(text, section, PassageKind.TABLE, source, tuple(cells))


def find_table(lines: Sequence[Line], start: int, widths: Sequence[float]) -> tuple[Table | None, int]:
    """Return the table that begins at a line, right after its caption, and the line after it."""
    if start >= len(lines):
        return None, start
    table, end = _gapped(lines, start)
    if table is not None:
        return table, end
    blocks, ends = _cell_blocks(lines, start, widths)
    blocks, ends, repeated = _without_repeats(blocks, ends)
    if len(blocks) >= 6:
        found = _stacked(blocks)
        if found is not None:
            table, used = found
            return table, ends[used - 1]
    rows, row_ends = _single_lines(lines, start)
    if len(rows) >= 3:
        return Table((), tuple(([line],) for line in rows)), row_ends
    if len(blocks) >= 6 and not repeated:
        return Table((), tuple((block,) for block in blocks)), ends[-1]
    return None, start


def is_first_cell(lines: Sequence[Line], index: int, widths: Sequence[float]) -> bool:
    """Return whether a line right below a caption is no more caption, but the first of a run of cells."""
    if starts_small(lines[index].text) or (index + 1 < len(lines) and not lines[index + 1].blank):
        return False
    blocks, _ = _cell_blocks(lines, index, widths)
    return len(blocks) >= 4


def _cell_blocks(lines: Sequence[Line], start: int, widths: Sequence[float]) -> tuple[list[Cell], list[int]]:
    """Return the runs of short lines from a line on, blank lines between them, and the line after each."""
    blocks: list[Cell] = []
    ends: list[int] = []
    room = max(0.9 * _body_width(widths), 45.0)
    index = start
    while index < len(lines):
        end = index + 1
        while end < len(lines) and not lines[end].blank and not lines[end].page:
            end += 1
        block = list(lines[index:end])
        text = block[0].text
        too_long = len(block) > _MAX_CELL_LINES or any(len(line.text) > room for line in block)
        if too_long or is_known_heading(text) or (caption(text) and not is_continued(text)):
            break
        blocks.append(block)
        ends.append(end)
        index = end
    return blocks, ends


def _body_width(widths: Sequence[float]) -> float:
    return sorted(widths)[len(widths) * 3 // 4] if widths else 0.0


def _without_repeats(blocks: list[Cell], ends: list[int]) -> tuple[list[Cell], list[int], bool]:
    """Leave out `Table 1 ... (Continued)` and the header that a new page repeats."""
    kept: list[Cell] = []
    kept_ends: list[int] = []
    header = [_flat(block) for block in blocks[:_MAX_COLUMNS]]
    index, repeated = 0, False
    while index < len(blocks):
        if index and is_continued(_flat(blocks[index])) and caption(_flat(blocks[index])):
            repeated = True
            index += 1
            same = 0
            while (
                index + same < len(blocks) and same < len(header) and _flat(blocks[index + same]) == header[same]
            ):
                same += 1
            index += same
            if kept_ends:
                kept_ends[-1] = ends[index - 1]
            continue
        kept.append(blocks[index])
        kept_ends.append(ends[index])
        index += 1
    return kept, kept_ends, repeated


def _stacked(blocks: list[Cell]) -> tuple[Table, int] | None:
    """Return the table of cells one below the other, and how many blocks it takes; None if nothing shows it."""
    texts = [_flat(block) for block in blocks]
    last = next((index for index, text in enumerate(texts[:_MAX_COLUMNS]) if _REF_HEADER.fullmatch(text)), None)
    if last is not None and last >= 1:
        found = _ended_by_references(blocks, texts, last + 1)
        if found is not None:
            return found
    columns = _columns(texts)
    if columns is None:
        return None
    rows = tuple(tuple(blocks[at : at + columns]) for at in range(columns, len(blocks), columns))
    return Table(tuple(texts[:columns]), rows), len(blocks)


def _ended_by_references(blocks: list[Cell], texts: list[str], columns: int) -> tuple[Table, int] | None:
    body = range(columns, len(blocks))
    stops = [index for index in body if _CITED.fullmatch(texts[index])]
    if len(stops) < 2:
        stops = [index for index in body if _CITED_BARE.fullmatch(texts[index])]
        even = all((index + 1) % columns == 0 for index in stops)
        if len(stops) < 2 or not even:
            return None
    rows, begin = [], columns
    for stop in stops:
        rows.append(tuple(blocks[begin : stop + 1]))
        begin = stop + 1
    return Table(tuple(texts[:columns]), tuple(rows)), begin


def _columns(texts: list[str]) -> int | None:
    """Return the number of columns that makes each column one kind of cell, if one number clearly does."""
    kinds = [_kind(text) for text in texts]
    best: tuple[float, int] | None = None
    for columns in range(2, min(_MAX_COLUMNS, len(texts) // 3) + 1):
        if len(texts) % columns:
            continue
        body = kinds[columns:]
        common = Counter(body).most_common(1)[0][1] / len(body)
        shares = [Counter(body[column::columns]).most_common(1)[0][1] for column in range(columns)]
        share = sum(shares) / len(body)
        if share >= 0.9 and share - common >= 0.2 and (best is None or share > best[0] + 0.05):
            best = share, columns
    return best[1] if best else None


def _kind(text: str) -> str:
    if _CITED.fullmatch(text):
        return "reference"
    if _NUMBER.fullmatch(text):
        return "number"
    if re.fullmatch(r"[ACGTU ]{8,}", text):
        return "sequence"
    if _GENE.match(text) and len(text.split()) <= 2:
        return "symbol"
    return "word" if len(text.split()) == 1 else "phrase"


def _single_lines(lines: Sequence[Line], start: int) -> tuple[list[Line], int]:
    """Return the rows of a table that has a row a line, blank lines between, its columns not told apart."""
    rows: list[Line] = []
    index = start
    while index < len(lines):
        alone = index + 1 >= len(lines) or lines[index + 1].blank or lines[index + 1].page
        text = lines[index].text
        if not alone or is_terminal(text) or is_known_heading(text) or caption(text) or starts_small(text):
            break
        rows.append(lines[index])
        index += 1
    return rows, index


def _gapped(lines: Sequence[Line], start: int) -> tuple[Table | None, int]:
    """Return the table whose rows are lines with gaps between their columns."""
    header = _segments(lines[start])
    if len(header) < 2:
        return None, start
    columns = [segment.indent for segment in header]
    rows: list[list[Cell]] = []
    loose = 0
    index = start + 1
    while index < len(lines):
        segments = _segments(lines[index])
        places = [_column(segment, columns) for segment in segments]
        goes_on = bool(rows) and len(rows[-1]) == len(columns) and None not in places and 0 not in places
        if len(segments) == len(columns):
            rows.append([[segment] for segment in segments])
        elif goes_on and len(set(places)) == len(places):
            for segment, place in zip(segments, places, strict=True):
                rows[-1][place or 0].append(segment)
        elif len(segments) > 1:
            rows.append([[segment] for segment in segments])
            loose += 1
        else:
            break
        index += 1
    if len(rows) < 2 or loose > len(rows) // 2:
        return None, start
    return Table(tuple(segment.text for segment in header), tuple(tuple(row) for row in rows)), index


def _segments(line: Line) -> list[Line]:
    segments, at = [], 0
    for match in [*_GAP.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        if end > at:
            segments.append(Line(line.text[at:end], line.start + at, line.indent + at))
        at = match.end() if match else end
    return segments


def _column(segment: Line, columns: list[int]) -> int | None:
    return next((index for index, place in enumerate(columns) if abs(place - segment.indent) <= 2), None)


def _flat(block: Cell) -> str:
    return " ".join(line.text for line in block)
