"""`minex run`: files in, a database out, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minex.cli.display import printable
from minex.cli.options import (
    MEMORY_LIMIT,
    TEXT_LIMIT,
    Database,
    Keeping,
    Lexicon,
    MemoryLimit,
    Model,
    Ner,
    Patterns,
    TextLimit,
    Workers,
)

if TYPE_CHECKING:
    from minex.jobs.runner import RunReport


def run(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="PubMed XML, JATS (PMC), JSONL or plain text, also gzipped."),
    ],
    database: Database = Path("minex.db"),
    keep: Keeping = "evidence",
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
    ner: Ner = False,
    workers: Workers = None,
    text_limit: TextLimit = TEXT_LIMIT,
    memory_limit: MemoryLimit = MEMORY_LIMIT,
) -> None:
    """Read, tag, extract and store. What is stored already, with the same text and versions, is skipped.

    Exit status 1 if something could not be read; it is listed, stands in the table `failure`, and the rest
    is stored.

    Example:

        minex run pubmed.xml.gz notes.txt --db papers.db
    """
    from minex.errors import UsageError
    from minex.jobs.work import PipelineSettings
    from minex.jobs.workers import TextLimits, reading_with
    from minex.store import Store

    missing = [path for path in files if not path.exists()]
    if missing:
        names = ", ".join(str(path) for path in missing)
        raise UsageError("no-such-file", "there is no such file", where=names, cure="check the path")
    settings = PipelineSettings(model, patterns, lexicon, ner)
    limits = TextLimits(text_limit, memory_limit)
    with reading_with(settings, workers, limits) as pipeline, Store.open(database) as store:
        for notice in store.notices:
            typer.echo(f"minex: {notice}", err=True)
        report = read_files(files, store, pipeline, keep)
    tell(report, database)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def read_files(files: list[Path], store: Store, pipeline: Pipeline, keep: str = "evidence") -> RunReport:
    """Run with a progress line on a terminal, silently elsewhere."""
    from typing import cast

    from minex.cli.progress import shown
    from minex.jobs.runner import run as run_job
    from minex.store import Keep

    with shown() as show:
        return run_job(files, store, pipeline, keep=cast(Keep, keep), progress=show)


def tell(report: RunReport, database: Path) -> None:
    """Say how a run went, in a few lines."""
    counts = report.counts
    typer.echo(
        f"{counts.documents:,} documents: {counts.new:,} new, {counts.changed:,} changed, "
        f"{counts.unchanged:,} as before, {counts.deleted:,} deleted, {counts.failed:,} failed"
    )
    typer.echo(
        f"{counts.evidence:,} pieces of evidence, {counts.triples:,} new triples, "
        f"in {report.seconds:.1f} s -> {database}"
    )
    for failure in report.failures[:10]:
        typer.echo(printable(f"failed: {failure.where}: {failure.message}"), err=True)
    if counts.failed > 10:
        typer.echo(f"... and {counts.failed - 10:,} more, see the table `failure`", err=True)
    for what in report.told:
        typer.echo(printable(f"note: {what}"), err=True)
    if report.message:
        typer.echo(report.message, err=True)


if TYPE_CHECKING:
    from minex.jobs.runner import Pipeline
    from minex.store import Store


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)
