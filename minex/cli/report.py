"""`minex report`: the review table, the network and the rest, as one file for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from minex.cli.options import Database, up_to_date


def report(
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path("report.html"),
    query: Annotated[
        Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
        typer.Option("--query", help="Only what this saved query finds; default: all that the database holds."),
    ] = None,
    since: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--since", help="Tell what changed since this day (UTC); default: since the last run."),
    ] = None,
    limit: Annotated[
        int,
        typer.Option("--limit", min=1, help="Rows of the table, further statements, relations: at most so many."),
    ] = 5000,
    database: Database = Path("minex.db"),
) -> None:
    """Write a report: one HTML file that needs no network, with every statement's sentences behind it.

    Example:

        minex report --db demo.db -o report.html
    """
    from minex.reports.output import check_output, write
    from minex.reports.page.data import gather
    from minex.reports.page.render import render
    from minex.store import Store

    check_output(output, database)
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        gathered = gather(store, query, since=since, limit=limit)
    page = render(gathered).encode("utf-8")
    write(output, page)
    rows, given = len(gathered.table.rows), gathered.reading.given
    typer.echo(
        f"{rows:,} rows, {given.triples:,} triples, {given.evidence:,} sentences, "
        f"{len(page) / 1e6:.1f} MB -> {output}"
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)
