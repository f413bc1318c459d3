"""A sheet to be filled in: one row a piece of evidence, with empty cells for verdict and note; CSV or Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from minex.curation.queue import Due
from minex.errors import InputError, UsageError
from minex.formats import workbook
from minex.reports import cells
from minex.reports.export.output import as_text, opened
from minex.store.verdict_tables import RIGHT, SIGN, VERDICTS, WRONG

COLUMNS = (
    "evidence", "verdict", "note", "subject", "predicate", "object", "says", "sentence", "marked", "marks",
    "context", "document", "link", "year", "belief", "documents", "rule", "confidence",
)  # fmt: skip
_ID = "id:"
"""Before an id, so that no spreadsheet takes `12e4...` for a number."""

WORDS = {
    **dict.fromkeys(("y", "yes", "right", "r", "1", "true", "correct", "+"), RIGHT),
    **dict.fromkeys(("n", "no", "wrong", "w", "0", "false", "incorrect", "-"), WRONG),
    **dict.fromkeys(("s", "sign"), SIGN),
}
"""What people write for a verdict, in small letters."""
_OPEN = frozenset({"", "?", "skip", "k"})
_MOST_BYTES = 200_000_000

_HOW = "verdict: y (the sentence says this), n (it does not), s (it says so with another sign); empty: not judged"


def write(due: Iterable[Due], target: Path) -> int:
    """Write a sheet, CSV or Excel by its name's end. Returns how many rows there are to fill in."""
    rows = [_row(each) for each in due]
    with opened(target, text=not _is_excel(target)) as stream:
        if _is_excel(target):
            guide = [["How to fill in"], [_HOW], *([f"{name}: {text}"] for name, text in VERDICTS.items())]
            cells.write_xlsx([("judge", [COLUMNS, *rows]), ("guide", guide)], stream)
        else:
            with as_text(stream) as text:
                cells.write_csv([COLUMNS, *rows], text)
    return len(rows)


def read(path: Path) -> list[tuple[str, str, str]]:
    """Return what a filled-in sheet says: (id of the evidence, verdict, note) of each row with a verdict.

    Raises:
        InputError: if it is no such sheet, or a cell cannot be understood; all such cells are named.
    """
    table = list(_excel_rows(path) if _is_excel(path) else _csv_rows(path))
    heading = [str(cell or "").strip().casefold() for cell in table[0]] if table else []
    missing = [name for name in ("evidence", "verdict") if name not in heading]
    if missing:
        cure = "take a sheet of minex curate --export-sheet, and leave its first row as it is"
        raise InputError("sheet", f"there is no column {' and no '.join(missing)}", where=str(path), cure=cure)
    found: dict[str, tuple[str, str]] = {}
    problems: list[str] = []
    for number, row in enumerate(table[1:], 2):
        cell = {name: str(value).strip() for name, value in zip(heading, row, strict=False) if value is not None}
        word = cell.get("verdict", "").removeprefix("'").casefold()
        if word in _OPEN:
            continue
        id_ = cell.get("evidence", "").removeprefix(_ID)
        if word not in WORDS:
            problems.append(f"row {number}: {cell['verdict'][:40]!r} is no verdict")
        elif not id_:
            problems.append(f"row {number} has no id of evidence")
        elif id_ in found and found[id_][0] != WORDS[word]:
            problems.append(f"row {number} says another thing of {id_} than a row before")
        else:
            found[id_] = (WORDS[word], cell.get("note", ""))
    if problems:
        more = f", and {len(problems) - 10} more" if len(problems) > 10 else ""
        raise InputError("sheet", "; ".join(problems[:10]) + more, where=str(path), cure=_HOW)
    return [(id_, verdict, note) for id_, (verdict, note) in found.items()]


def _row(due: Due) -> list[Any]:
    piece = due.piece
    marked = "".join(
        f"[{each.text}]" if each.role in ("subject", "object") else each.text for each in piece.segments
    )
    context = "; ".join(f"{each.slot}: {each.name}" for each in piece.context)
    says = f"{'not: ' if piece.negated else ''}{piece.subject} {piece.predicate} {piece.object}"
    row = {
        "evidence": f"{_ID}{piece.id}",
        "subject": piece.subject,
        "predicate": piece.predicate,
        "object": piece.object,
        "says": says,
        "sentence": piece.sentence,
        "marked": marked,
        "marks": ", ".join(piece.marks),
        "context": context,
        "document": piece.document,
        "link": piece.link,
        "year": piece.year,
        "belief": due.belief,
        "documents": due.documents,
        "rule": piece.rule,
        "confidence": piece.confidence,
    }
    return [row.get(name) for name in COLUMNS]


def _is_excel(path: Path) -> bool:
    return path.suffix.casefold() == ".xlsx"


def _csv_rows(path: Path) -> Iterator[Sequence[str]]:
    try:
        data = _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cure = "save the sheet as CSV in UTF-8, or as .xlsx"
        raise InputError("not-utf8", "this is no text in UTF-8", where=str(path), cure=cure) from error
    # Spreadsheets of many countries write semicolons.
    first = data.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(data, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise InputError("sheet", f"this is no CSV ({error})", where=str(path), cure="save it again") from error


def _excel_rows(path: Path) -> Iterator[Sequence[Any]]:
    _there(path)
    yield from workbook.rows(path, "judge")


def _bytes(path: Path) -> bytes:
    _there(path)
    return path.read_bytes()


def _there(path: Path) -> None:
    if not path.is_file():
        raise UsageError("no-such-file", "there is no such file", where=str(path), cure="check the path")
    if path.stat().st_size > _MOST_BYTES:
        cure = "give only the rows with a verdict"
        raise InputError("sheet-too-long", f"it has more than {_MOST_BYTES:,} bytes", where=str(path), cure=cure)
