"""Cells for spreadsheets: text from papers stays text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 32_767
"""How many characters Excel lets a cell have."""

_FORMULA = "=+-@\t\r\n"
_WIDE_FORMULA = "\uff1d\uff0b\uff0d\uff20"
# What the XML of a workbook has no way to write.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTHS = 10, 60


def defused(value: Any) -> Any:
    """Return a cell's value such that no spreadsheet takes it for a formula; what is no text stays as it is.

    Examples:
        >>> defused("=HYPERLINK(1)"), defused("miR-21"), defused(-0.5)
        ("'=HYPERLINK(1)", 'miR-21', -0.5)
    """
    if isinstance(value, str) and len(value) > 1 and value[0] in _FORMULA + _WIDE_FORMULA:
        return "'" + value
    return value


def write_csv(rows: Iterable[Sequence[Any]], stream: IO[str]) -> None:
    """Write rows as CSV, every cell defused, lines ended by a line feed."""
    for row in rows:
        # Python leaves a carriage return unquoted where lines end by a line feed; readers then end the row there.
        returns = any(isinstance(value, str) and "\r" in value for value in row)
        writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL)
        writer.writerow([defused(value) for value in row])


def write_xlsx(sheets: Iterable[tuple[str, Iterable[Sequence[Any]]]], target: Path | BinaryIO) -> None:
    """Write an Excel workbook of (name, rows) sheets; the first row of a sheet is its heading and stays in sight.

    Text is stored as text, so that no cell is a formula; that it stays so when the sheet is saved as CSV, it is
    defused as well. Characters that a workbook cannot hold are replaced, and text that is longer than a cell may
    be is cut and says so.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        listed = [list(row) for row in rows]
        for column in range(len(listed[0]) if listed else 0):
            longest = max((len(str(row[column])) for row in listed if row[column] is not None), default=0)
            width = min(max(longest + 2, _WIDTHS[0]), _WIDTHS[1])
            sheet.column_dimensions[get_column_letter(column + 1)].width = width
        for number, row in enumerate(listed):
            made = []
            for value in row:
                cell = WriteOnlyCell(sheet, _fitting(value))
                if isinstance(value, str):
                    cell.data_type = "s"
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 0:
                    cell.font = Font(bold=True)
                made.append(cell)
            sheet.append(made)
    book.save(target)


def _fitting(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = str(defused(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value)))
    if len(text) <= LONGEST:
        return text
    note = " ... (cut)"
    return text[: LONGEST - len(note)] + note
