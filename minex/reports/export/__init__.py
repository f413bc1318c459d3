"""Exports: what a database says, in the formats of other programs. docs/exports.md describes each."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from minex.errors import UsageError
from minex.reports.export import bioc, indra, network, pubtator, tables
from minex.reports.export.annotated import Documents
from minex.reports.export.columns import KINDS
from minex.reports.export.notice import rights
from minex.reports.export.output import STANDARD, opened
from minex.reports.selection import Filters, Selection
from minex.reports.wording import counted
from minex.store import Store

__all__ = ["FORMATS", "Done", "Filters", "Format", "export"]


@dataclass
class Done:
    """What an export came to: `told` is what the user should know of what is in it and what is not."""

    number: int = 0
    noun: str = "triple"
    told: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return counted(self.number, self.noun)


@dataclass(frozen=True)
class Format:
    """A format: `write` puts a selection into a stream; `rows` is `triples`, `evidence` or empty.

    `quotes` says that sentences of papers leave with it, `own_note` that the format itself says whose they are.
    """

    name: str
    title: str
    write: Callable[[Selection, BinaryIO, str], Done]
    text: bool = True
    chosen_rows: bool = False
    quotes: bool = False
    own_note: bool = False


def _csv(selection: Selection, stream: BinaryIO, rows: str) -> Done:
    return Done(tables.write_csv(selection, stream, rows), _noun(rows))


def _parquet(selection: Selection, stream: BinaryIO, rows: str) -> Done:
    return Done(tables.write_parquet(selection, stream, rows), _noun(rows))


def _excel(selection: Selection, stream: BinaryIO, rows: str) -> Done:
    return Done(tables.write_excel(selection, stream))


def _indra(selection: Selection, stream: BinaryIO, rows: str) -> Done:
    number, left = indra.write(selection, stream)
    return Done(number, "statement", [_no_statement(left)] if left else [])


def _no_statement(left: Counter[str]) -> str:
    names = ", ".join(f"{number} {name}" for name, number in left.most_common())
    return f"left out, for INDRA has no statement for them: {names}"


def _sif(selection: Selection, stream: BinaryIO, rows: str) -> Done:
    return Done(network.write_sif(selection, stream), "edge")


def _graphml(selection: Selection, stream: BinaryIO, rows: str) -> Done:
    return Done(network.write_graphml(selection, stream), "edge")


def _documents(write: Callable[[Selection, BinaryIO], Documents]) -> Callable[[Selection, BinaryIO, str], Done]:
    def written(selection: Selection, stream: BinaryIO, rows: str) -> Done:
        documents = write(selection, stream)
        done = Done(documents.written, "document")
        if documents.left:
            kept = "their text is not kept; `minex run --keep all` and `minex refresh --keep all` keep it"
            done.told.append(f"left out {counted(documents.left, 'document')}: {kept}")
        return done

    return written


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("csv", "CSV", _csv, chosen_rows=True),
        Format("parquet", "Parquet", _parquet, text=False, chosen_rows=True, own_note=True),
        Format("xlsx", "Excel workbook", _excel, text=False, quotes=True, own_note=True),
        Format("indra", "INDRA Statements, JSON", _indra, quotes=True),
        Format("sif", "SIF for Cytoscape", _sif),
        Format("graphml", "GraphML for Cytoscape and others", _graphml),
        Format("bioc-xml", "BioC, XML", _documents(bioc.write_xml), quotes=True, own_note=True),
        Format("bioc-json", "BioC, JSON", _documents(bioc.write_json), quotes=True, own_note=True),
        Format("pubtator", "PubTator", _documents(pubtator.write), quotes=True),
    )
}
"""Each format by the name that `minex export` knows it by."""


def export(
    store: Store, name: str, target: Path, *, filters: Filters | None = None, rows: str | None = None
) -> Done:
    """Write what a database says to a file, whole or not at all; `-` is standard output.

    Where a format has no room to say whose the quoted sentences are, a text file `TARGET.licence.txt` says it.

    Parameters:
        store: an open database; what a run writes meanwhile is not seen.
        name: a format, of :data:`FORMATS`.
        target: the file.
        filters: what to give; default: everything.
        rows: for tables, `triples` (the default) or `evidence`.

    Raises:
        UsageError: for an unknown format, name or query, or a binary format on standard output.
        InputError: if the file cannot be written.
    """
    if name not in FORMATS:
        raise UsageError("format", f"there is no format {name!r}", cure=f"allowed: {', '.join(FORMATS)}")
    chosen = FORMATS[name]
    if rows is not None and not chosen.chosen_rows:
        with_rows = ", ".join(each.name for each in FORMATS.values() if each.chosen_rows)
        raise UsageError("rows", f"{name} has no choice of rows", cure=f"--rows is for {with_rows}")
    if rows is not None and rows not in KINDS:
        raise UsageError("rows", f"there are no rows {rows!r}", cure=f"allowed: {', '.join(KINDS)}")
    kind = rows or "triples"
    connection = store.connection
    # One transaction: what a run writes meanwhile must not be seen by half.
    connection.execute("BEGIN")
    try:
        selection = Selection(connection, filters)
        with opened(target, text=chosen.text) as stream:
            done = chosen.write(selection, stream, kind)
        if (chosen.quotes or kind == "evidence") and not chosen.own_note:
            done.told.append(_say_whose(selection, target))
    finally:
        with contextlib.suppress(Exception):
            connection.execute("COMMIT")
    return done


def _say_whose(selection: Selection, target: Path) -> str:
    said = "the sentences belong to their authors and publishers"
    if target == STANDARD:
        return f"{said}: pass them on only as their licences allow (docs/exports.md)"
    note = target.with_name(f"{target.name}.licence.txt")
    with opened(note, text=True) as stream:
        stream.write(rights(selection.connection).encode())
    return f"{said}: {note.name} beside it says what to heed"


def _noun(rows: str) -> str:
    return "triple" if rows == "triples" else "piece of evidence|pieces of evidence"
