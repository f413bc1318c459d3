"""Tables: CSV, Parquet and Excel, a row a triple or a row a piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO

from minex.errors import MinexError
from minex.reports import cells
from minex.reports.export.columns import KINDS, Column, sql_of
from minex.reports.export.notice import FACTS, rights
from minex.reports.export.output import as_text
from minex.reports.selection import Selection

_AT_ONCE = 10_000
"""Rows of a row group of Parquet: few enough to be held, many enough to pack well."""

MOST_ROWS = 1_048_576
"""Rows of an Excel sheet, the heading included."""


def rows(selection: Selection, kind: str) -> Iterator[Sequence[Any]]:
    """Yield the rows of a kind, `triples` or `evidence`, without the heading."""
    columns = sql_of(KINDS[kind])
    found = selection.triples(columns) if kind == "triples" else selection.evidence(columns)
    return (tuple(row) for row in found)


def heading(kind: str) -> list[str]:
    """Return the names of the columns of a kind."""
    return [column.name for column in KINDS[kind]]


def write_csv(selection: Selection, stream: BinaryIO, kind: str) -> int:
    """Write CSV in UTF-8; no cell is a formula to a spreadsheet. Returns how many rows it has."""
    counted = _Counted(rows(selection, kind))
    with as_text(stream) as text:
        cells.write_csv(chain([heading(kind)], counted), text)
    return counted.number


def write_excel(selection: Selection, stream: BinaryIO, most: int = MOST_ROWS) -> int:
    """Write a workbook: sheets of triples and evidence, more of them if one is too long, and one about rights.

    Returns:
        How many triples it has.
    """
    counted = _Counted(rows(selection, "triples"))

    def sheets() -> Iterator[tuple[str, Iterable[Sequence[Any]]]]:
        for kind, found in (("triples", iter(counted)), ("evidence", rows(selection, "evidence"))):
            for number in range(1, 1 << 30):
                part = islice(found, most - 1)
                first = next(part, None)
                if first is None and number > 1:
                    break
                body = chain([heading(kind)], [] if first is None else [first], part)
                yield kind if number == 1 else f"{kind} {number}", body
        told = rights(selection.connection).strip().splitlines()
        yield "about", [["About this file"], *([line] for line in told)]

    cells.write_xlsx(sheets(), stream, wrapped=False)
    return counted.number


def write_parquet(selection: Selection, stream: BinaryIO, kind: str) -> int:
    """Write Parquet, in groups of rows; the note on rights is in its metadata. Returns how many rows it has.

    Raises:
        MinexError: if pyarrow is not installed.
    """
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError as error:
        cure = 'install it: pip install "minex[parquet]"'
        raise MinexError(
            "no-pyarrow", f"Parquet needs pyarrow, which is not there ({error})", cure=cure
        ) from error
    columns = KINDS[kind]
    types = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    told = {"licence": rights(selection.connection) if kind == "evidence" else FACTS}
    schema = arrow.schema([_field(arrow, column, types) for column in columns], metadata=told)
    number = 0
    found = rows(selection, kind)
    with parquet.ParquetWriter(stream, schema) as writer:
        while some := list(islice(found, _AT_ONCE)):
            number += len(some)
            values = [
                [None if value is None else column.type(value) for value in column_values]
                for column, column_values in zip(columns, zip(*some, strict=True), strict=True)
            ]
            writer.write_batch(arrow.record_batch(values, schema=schema))
    return number


def _field(arrow: Any, column: Column, types: dict[type, Any]) -> Any:
    return arrow.field(column.name, types[column.type], metadata={"description": column.text})


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, found: Iterator[Sequence[Any]]) -> None:
        self._found = found
        self.number = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self._found:
            self.number += 1
            yield row
