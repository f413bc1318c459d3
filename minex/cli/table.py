"""`minex table`: the living table of a review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Optional

import typer

from minex.cli.display import plain_console, printable
from minex.cli.options import Cancers, Database, Factors, SavedQuery, up_to_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from minex.reports.table import Row, Table
    from minex.reports.table_evidence import Cell
    from minex.store import Store

_FORMATS = ("text", "md", "csv", "html", "xlsx")
_MOST_ROWS = 20_000
"""More rows than this go into a workbook or a page without their sentences."""


def table(
    database: Database = Path("minex.db"),
    query: SavedQuery = None,
    factor: Factors = None,
    cancer: Cancers = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="Without arms, members and subtypes of what is asked for.")
    ] = False,
    merge: Annotated[
        bool, typer.Option("--merge", help="Put what is below into the row of what is asked for.")
    ] = False,
    evidence: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--evidence", metavar="ROW", help="The sentences behind a row: row_id or FACTOR@CANCER."),
    ] = None,
    compare: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--compare", help="Hold your own table (.xlsx or .csv) against this one."),
    ] = None,
    output: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--format", help="text, md, csv, html or xlsx; default: as the file's name ends, or text."),
    ] = None,
    file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("-o", "--output", help="Write it into this file."),
    ] = None,
) -> None:
    """Show what is known as the table of a review: a row a factor and cancer, each cell with its evidence.

    Names are found in any case and by their synonyms. A name collects what is below it (arms of a miRNA, subtypes
    of a cancer), and the output says what.

    Example:

        minex table --evidence "miR-210@breast cancer" --db demo.db
    """
    from minex.errors import UsageError
    from minex.reports.table import ask, supports
    from minex.store import Store

    form = _form(output, file)
    if evidence is not None and compare is not None:
        raise UsageError("two-at-once", "--evidence and --compare are two questions", cure="ask one at a time")
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        if evidence is not None:
            _evidence(store, evidence, query, merge, form, file)
            return
        if compare is not None:
            _compare(store, compare, query, not exact, form, file)
            return
        made = ask(store, factors=factor or (), cancers=cancer or (), query=query, rollup=not exact, merge=merge)
        behind: dict[str, list[Cell]] = {}
        about = _about(database)
        if form in ("html", "xlsx") and len(made.rows) > _MOST_ROWS:
            about.append(f"Without sentences, for there are more than {_MOST_ROWS:,} rows: ask for some of them.")
            typer.echo(f"minex: {about[-1]}", err=True)
        elif form in ("html", "xlsx"):
            from minex.reports.table_evidence import cells

            told = supports(
                store, factors=factor or (), cancers=cancer or (), query=query, rollup=not exact, merge=merge
            )
            behind = cells(store, made.rows, told)
        _write(made, behind, about, form, file)


def _form(output: str | None, file: Path | None) -> str:
    from minex.errors import UsageError

    ending = file.suffix.lower().lstrip(".") if file else ""
    ending = {"htm": "html", "markdown": "md", "txt": "text"}.get(ending, ending)
    form = output or (ending if ending in _FORMATS else "text")
    if form not in _FORMATS:
        raise UsageError("format", f"--format {form} is unknown", cure=f"allowed: {', '.join(_FORMATS)}")
    if form == "xlsx" and file is None:
        raise UsageError("format", "a workbook is no text for the terminal", cure="give its file: -o table.xlsx")
    return form


def _about(database: Path) -> list[str]:
    from datetime import datetime, timezone

    from minex import __version__

    day = datetime.now(timezone.utc).date().isoformat()
    return [
        f"Made by minex {__version__} from {database.name} on {day}.",
        "Sentences are their papers'; whether you may pass them on is said by each paper's licence.",
    ]


def _write(made: Table, behind: dict[str, list[Cell]], about: list[str], form: str, file: Path | None) -> None:
    from minex.reports import table_formats
    from minex.reports.wording import counted

    if form == "xlsx" and file is not None:
        table_formats.workbook(made, behind, about, file)
    elif form == "html":
        _put(table_formats.page(made, behind, about), file)
    elif form == "md":
        _put(table_formats.markdown(made), file)
    elif form == "csv":
        _put(table_formats.as_csv(made), file)
    elif file is not None:
        with file.open("w", encoding="utf-8") as stream:
            _show(made.rows, stream)
            stream.writelines(f"{note}\n" for note in made.notes)
    else:
        _show(made.rows)
        for note in made.notes:
            typer.echo(printable(note))
    if form in ("csv", "xlsx") or file is not None:
        for note in made.notes:
            typer.echo(f"minex: {printable(note)}", err=True)
    typer.echo(counted(len(made.rows), "row") + (f" -> {file}" if file else ""), err=True)
    if not made.rows:
        typer.echo("minex: nothing is said of this in the database", err=True)


def _put(text: str, file: Path | None) -> None:
    if file is None:
        sys.stdout.write(text)
    else:
        file.write_text(text, encoding="utf-8", newline="")


def _show(rows: Sequence[Row], stream: IO[str] | None = None) -> None:
    from rich.table import Table as Grid

    from minex.reports.table_formats import SHOWN, shown

    options: dict[str, IO[str]] = {} if stream is None else {"file": stream}
    console = plain_console(**options)
    if not console.is_terminal:
        # A pipe has no width: 200 columns keep a row readable and words whole.
        console = plain_console(width=200, **options)
    cells = [shown(row, references=3) for row in rows]
    columns = [name for name in SHOWN if any(row[name] for row in cells)]
    grid = Grid(show_lines=True)
    for name in columns:
        grid.add_column(SHOWN[name])
    for row in cells:
        grid.add_row(*(row[name] for name in columns))
    if rows:
        console.print(grid)


def _evidence(store: Store, name: str, query: str | None, merge: bool, form: str, file: Path | None) -> None:
    from minex.reports import table_formats, table_text
    from minex.reports.cells import write_xlsx
    from minex.reports.table_evidence import COLUMNS, listed, of_row

    row, behind = of_row(store, name, query=query, merge=merge)
    if form == "xlsx" and file is not None:
        write_xlsx([("evidence", [COLUMNS, *listed(row.row_id, behind)])], file)
    elif form == "csv":
        _put(table_formats.evidence_csv(row.row_id, behind), file)
    elif form == "html":
        _put(table_formats.evidence_page(row, behind), file)
    elif form == "md":
        _put(table_formats.evidence_markdown(row, behind), file)
    else:
        _put(printable(table_text.evidence(row, behind)), file)


def _compare(store: Store, path: Path, query: str | None, rollup: bool, form: str, file: Path | None) -> None:
    from minex.reports import table_text
    from minex.reports.table_compare import compare
    from minex.reports.table_given import read

    found = compare(store, read(path), query=query, rollup=rollup)
    if form in ("csv", "xlsx"):
        from minex.reports.cells import write_csv, write_xlsx

        lines = table_text.verdicts(found)
        if form == "xlsx" and file is not None:
            write_xlsx([("comparison", lines)], file)
        elif file is not None:
            with file.open("w", encoding="utf-8", newline="") as stream:
                write_csv(lines, stream)
        else:
            write_csv(lines, sys.stdout)
    else:
        _put(printable(table_text.comparison(found)), file)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(table)
