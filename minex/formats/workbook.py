"""Rows of an Excel workbook that anybody may have made: bounded before it is unpacked, and its trouble told."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from minex.errors import InputError

MOST_BYTES = 50_000_000
MOST_RATIO = 30
"""A workbook that unpacks to more than so many bytes, and to more than so many times its size, is a bomb."""

MOST_ROWS = 1_048_576
MOST_COLUMNS = 256
"""As many rows as Excel has; columns beyond the last are not looked at: no table that minex knows has so many."""

_DECLARATION = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"))
_CURE = "save it again as .xlsx, or as CSV in UTF-8"


def rows(path: Path, sheet: str = "") -> Iterator[Sequence[Any]]:
    """Yield the rows of a workbook's sheet of this name, else of its first, without empty cells at their ends.

    Raises:
        InputError: if it is no workbook, is damaged, or would fill the memory.
    """
    try:
        _check(path)
        yield from _rows(path, sheet)
    except (InputError, GeneratorExit):
        raise
    except OSError as error:
        message = f"it cannot be read: {error.strerror or error}"
        raise InputError("table-unreadable", message, where=str(path), cure="check the path") from error
    except Exception as error:
        # What damage makes openpyxl, zipfile, zlib and expat raise is no closed list.
        what = f"it is no Excel workbook, or a damaged one ({type(error).__name__}: {str(error)[:80]})"
        raise InputError("table-unreadable", what, where=str(path), cure=_CURE) from error


def _check(path: Path) -> None:
    """Refuse a bomb, and a part that declares entities: neither Excel nor LibreOffice writes one."""
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist())
        if size > MOST_BYTES and size > MOST_RATIO * path.stat().st_size:
            message = f"it unpacks to {size:,} bytes, {size // max(path.stat().st_size, 1):,} times its size"
            raise InputError("zip-bomb", message, where=str(path), cure="give the table as CSV in UTF-8")
        for name in archive.namelist():
            with archive.open(name) as part:
                if _declares(part):
                    message = f"{name} in it declares a document type, which no workbook has"
                    raise InputError("xml-entity", message, where=str(path), cure=_CURE)


def _declares(part: IO[bytes]) -> bool:
    """Return whether a part has a document type declaration, in any of the encodings of XML."""
    before = b""
    while piece := part.read(1 << 18):
        if any(sign in before + piece for sign in _DECLARATION):
            return True
        before = piece[-32:]
    return False


def _rows(path: Path, name: str) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book[name] if name in book.sheetnames else book.worksheets[0]
        # Sizes that the file claims for itself are not believed: a row is as long as what stands in it.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            if number >= MOST_ROWS:
                message = f"it has more than {MOST_ROWS:,} rows"
                raise InputError("table-too-long", message, where=str(path), cure="give a part of it")
            end = min(len(row), MOST_COLUMNS)
            while end and row[end - 1] is None:
                end -= 1
            yield row[:end]
    finally:
        book.close()
