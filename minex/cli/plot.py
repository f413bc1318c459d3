"""`minex plot`: figures for a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from minex.cli.options import Database, up_to_date


def plot(
    kind: Annotated[str, typer.Argument(help="network, heatmap or timeline.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write: .svg, .png or .pdf.")],
    factor: Annotated[
        Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
        typer.Option("--factor", help="Only what is said of it and of all below it: name or concept id."),
    ] = None,
    cancer: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--cancer", help="Only what is said in it or in a subtype of it: name or concept id."),
    ] = None,
    top: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--top", min=1, help="Relations of a network (40), factors of a heat map (25)."),
    ] = None,
    query: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--query", help="Only what this saved query finds; default: all that the database holds."),
    ] = None,
    unsigned: Annotated[
        bool, typer.Option("--unsigned", help="In a network: also what neither raises nor lowers.")
    ] = False,
    database: Database = Path("minex.db"),
) -> None:
    """Draw the network, the heat map of factors by cancer, or the triples a year. Needs matplotlib: minex[plot].

    Example:

        minex plot network --db demo.db -o network.svg
    """
    from minex.errors import UsageError
    from minex.reports.figures.selection import select
    from minex.reports.output import check_output, write
    from minex.reports.plots.make import KINDS
    from minex.reports.plots.make import plot as draw
    from minex.reports.plots.style import check_format
    from minex.reports.scope import narrowed
    from minex.store import Store

    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise UsageError("plot-kind", f"{kind} is no figure", cure=f"allowed: {', '.join(KINDS)}")
    if kind != "network" and unsigned:
        raise UsageError("plot-unsigned", f"a {kind} has no relations", cure="leave --unsigned out")
    if kind == "timeline" and top is not None:
        raise UsageError("plot-top", "a timeline has all years", cure="leave --top out")
    check_format(output)
    check_output(output, database)
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store, narrowed(store.connection, query):
        selection = select(store.connection, factor, cancer)
        content = draw(store.connection, known, output.suffix, selection, top=top, unsigned=unsigned)
    write(output, content)
    typer.echo(f"{kind} -> {output}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(plot)
