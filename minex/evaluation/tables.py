"""The review's summary table, cell by cell: is what a row says of its factor what minex read there?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minex.evaluation.gold import sets
from minex.evaluation.gold.records import Problems, lines, read_named
from minex.evaluation.items import Argument, Statement, Truth, found_by_unit
from minex.model import PREDICATE_SIGNS, Mention, Reading

COLUMNS = ("factor", "cancer", "response", "function", "mechanism")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a cell says: two things and a sign."""

    subject: Argument
    sign: int
    object: Argument

    def said_by(self, statement: Statement) -> bool:
        """Return whether a statement says it."""
        return (
            statement.sign == self.sign
            and not statement.negated
            and self.subject.same(statement.subject)
            and self.object.same(statement.object)
        )


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as facts: its unit, its factors and cancer, and what the other columns say, if anything."""

    unit: str
    factors: tuple[Argument, ...]
    cancer: Argument
    facts: Mapping[str, tuple[Fact, ...]]


def load_rows(problems: Problems, source: Path | None = None) -> list[TableRow]:
    """Return the rows of `gold/table1.jsonl`; one that cannot be read is told and left out."""
    rows: list[TableRow] = []
    for where, item in lines((source or sets.folder()) / "table1.jsonl", problems):
        try:
            facts = {
                column: tuple(
                    Fact(
                        read_named(each["subject"]), PREDICATE_SIGNS[each["predicate"]], read_named(each["object"])
                    )
                    for each in item[column]
                )
                for column in COLUMNS[2:]
            }
            factors = tuple(map(read_named, item["factors"]))
            rows.append(TableRow(str(item["unit"]), factors, read_named(item["cancer"]), facts))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.add("gold", f"not a row of the table ({type(error).__name__}: {error})", where)
    return rows


def table_cells(
    pairs: Sequence[tuple[Truth, Reading]], problems: Problems, source: Path | None = None
) -> dict[str, dict[str, int]]:
    """Return by column how many cells were asked, and of how many every fact was read.

    A cell that says nothing (*not mentioned*) and one whose factor is a class without a name are not asked.
    """
    said: dict[str, tuple[Sequence[Mention], Sequence[Statement]]] = {}
    for truth, reading in pairs:
        if any(unit.kind == "table" for unit in truth.units):
            found = found_by_unit(truth, reading)
            for unit, mentions, statements in zip(truth.units, *found, strict=True):
                said[unit.id] = (mentions, statements)
    if not said:
        return {}
    counts = {column: {"asked": 0, "right": 0} for column in COLUMNS}
    for row in load_rows(problems, source):
        if row.unit in said:
            for column, right in _cells(row, *said[row.unit]).items():
                counts[column]["asked"] += 1
                counts[column]["right"] += right
    return counts


def _cells(row: TableRow, mentions: Sequence[Mention], statements: Sequence[Statement]) -> dict[str, bool]:
    named = [Argument(each.type, each.name or each.text, each.concepts) for each in mentions]
    cells = {"cancer": any(row.cancer.same(each) for each in named)}
    if row.factors:
        cells["factor"] = all(any(factor.same(each) for each in named) for factor in row.factors)
    for column, facts in row.facts.items():
        if facts:
            cells[column] = all(any(fact.said_by(each) for each in statements) for fact in facts)
    return cells
