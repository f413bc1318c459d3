"""`minex merge`: shards that `minex run --shards` made, into a database. (`minex.merge` joins records.)"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minex.cli.display import printable
from minex.cli.options import Database, Keeping
from minex.cli.run import tell

if TYPE_CHECKING:
    from minex.jobs.sharding import ShardReport


def merge(
    shards: Annotated[
        list[Path],
        typer.Argument(metavar="SHARDS...", help="Shards, or folders of them, in any order."),
    ],
    database: Database = Path("minex.db"),
    keep: Keeping = "evidence",
) -> None:
    """Take shards, made by `minex run --shards`, into a database: in any order, and twice without harm.

    Of two states of one record the one of the file whose name sorts later counts, as PubMed names its files.
    Exit status 1 if a shard is damaged, foreign or missing: it is told, and the rest is merged.

    Example:

        minex merge shards/ --db papers.db
    """
    from typing import cast

    from minex.cli.progress import shown
    from minex.jobs.gathering import find, gather
    from minex.pipeline import Pipeline
    from minex.shards import require
    from minex.store import Keep, Store
    from minex.store.filling import filling

    require()
    find(shards)
    with Store.open(database) as store, filling(store), shown() as show:
        for notice in store.notices:
            typer.echo(f"minex: {notice}", err=True)
        report = gather(shards, store, keep=cast(Keep, keep), progress=show, again=Pipeline)
    typer.echo(f"{report.shards:,} shards")
    if report.run is not None:
        tell(report.run, database)
    for trouble in report.troubles:
        typer.echo(printable(f"minex: {trouble}"), err=True)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def tell_shards(report: ShardReport, folder: Path) -> None:
    """Say how the making of shards went, in a few lines."""
    replaced = f", {report.replaced:,} older ones removed" if report.replaced else ""
    typer.echo(
        f"{report.documents:,} documents in {report.shards:,} shards, {report.made:,} of them made now{replaced}; "
        f"{report.failed:,} failed"
    )
    typer.echo(f"{report.evidence:,} pieces of evidence, in {report.seconds:.1f} s -> {folder}")
    for failure in report.failures[:10]:
        typer.echo(printable(f"failed: {failure.where}: {failure.message}"), err=True)
    if report.failed > 10:
        typer.echo(f"... and {report.failed - 10:,} more, in the column `failure` of the shards", err=True)
    if report.status == "interrupted":
        typer.echo("interrupted; the same command makes what is missing", err=True)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(merge)
