"""`minex export`: what a database says, in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import Cancers, Database, Factors, SavedQuery, up_to_date


def export(
    format: Annotated[
        str,
        typer.Argument(help="csv, parquet, xlsx, indra, sif, graphml, bioc-xml, bioc-json or pubtator."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write; - is standard output, for text formats.")
    ] = Path("-"),
    rows: Annotated[
        Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
        typer.Option("--rows", help="Of csv and parquet: triples (the default) or evidence, with sentences."),
    ] = None,
    query: SavedQuery = None,
    factor: Factors = None,
    cancer: Cancers = None,
    min_belief: Annotated[
        float, typer.Option("--min-belief", min=0.0, max=1.0, help="Only triples believed at least so much.")
    ] = 0.0,
    database: Database = Path("minex.db"),
) -> None:
    """Export triples, evidence or annotated documents, for spreadsheets, notebooks, INDRA, Cytoscape and others.

    Example:

        minex export csv --factor miR-21 --db demo.db
    """
    from minex.reports.export import Filters
    from minex.reports.export import export as write
    from minex.store import Store

    filters = Filters(query, tuple(factor or ()), tuple(cancer or ()), min_belief)
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        done = write(store, format, output, filters=filters, rows=rows)
    where = "" if str(output) == "-" else f" to {output}"
    typer.echo(printable(f"wrote {done}{where}"), err=True)
    for line in done.told:
        typer.echo(printable(line), err=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)
