"""A review's table, its evidence and a comparison as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from minex.reports.table import Row
from minex.reports.table_compare import Comparison
from minex.reports.table_evidence import Cell, claim, source
from minex.reports.table_given import COLUMNS
from minex.reports.wording import counted, plain

VERDICT_COLUMNS = ("line", "factor", "cancer", "column", "thing", "verdict", "note")
_MOST_NEW = 20


def evidence(row: Row, behind: Sequence[Cell]) -> str:
    """Return the evidence of a row as text, cell by cell."""
    lines = [f"{row.factor} in {row.cancer}  ({row.row_id})"]
    for cell in behind:
        lines.append(f"\n{cell.heading}: {cell.said}" if cell.said else f"\n{cell.heading}")
        for piece in cell.pieces:
            lines.append(f"  {claim(piece)}  ({source(piece)}; {piece.id})\n    {plain(piece.sentence)}")
    return "\n".join(lines) + "\n"


def verdicts(found: Comparison) -> list[tuple[object, ...]]:
    """Return every verdict and every new row as lines of a list, :data:`VERDICT_COLUMNS` first."""
    told = [(v.line, v.factor, v.cancer, v.column, v.thing, v.verdict, v.note) for v in found.verdicts]
    new = [(None, row.factor, row.cancer, "row", row.factor_name, "new", row.row_id) for row in found.new]
    return [VERDICT_COLUMNS, *told, *new]


def comparison(found: Comparison) -> str:
    """Return a comparison as text: what is wrong first, the figures last."""
    lines = []
    for verdict in ("contradicted", "missing"):
        of_kind = [each for each in found.verdicts if each.verdict == verdict]
        if of_kind:
            lines.append(f"{verdict}: {len(of_kind)}")
        for each in of_kind:
            what = "" if each.column == "row" else f", {each.column}: {each.thing}"
            lines.append(f"  line {each.line}: {each.factor} in {each.cancer}{what}  ({each.note})")
    there: dict[str, list[str]] = {}
    for each in found.verdicts:
        if each.verdict == "found":
            things = there.setdefault(f"  line {each.line}: {each.factor} in {each.cancer}", [])
            things.extend([each.thing] if each.column != "row" else [])
    lines.append(f"found: {len(there)} rows")
    lines += [f"{row}: {', '.join(things)}" if things else row for row, things in there.items()]
    lines.append(f"new, not in your table: {len(found.new)} rows")
    for new in found.new[:_MOST_NEW]:
        lines.append(f"  {new.factor} in {new.cancer}  ({counted(new.document_count, 'document')}; {new.row_id})")
    if len(found.new) > _MOST_NEW:
        lines.append(f"  ... and {len(found.new) - _MOST_NEW} more; --format csv has them all")
    figures = []
    for column in ("row", *COLUMNS[2:]):
        asked = sum(each.column == column for each in found.verdicts)
        if asked:
            figures.append(f"{column}s {found.count('found', column=column)}/{asked}")
    lines.append(f"found of what your table says: {', '.join(figures) or 'nothing'}")
    return "\n".join(lines) + "\n"
