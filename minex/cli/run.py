"""`minex run`: files in, a database out, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import (
    MEMORY_LIMIT,
    TEXT_LIMIT,
    Dask,
    Database,
    Keeping,
    Lexicon,
    MemoryLimit,
    Model,
    Ner,
    Patterns,
    Shards,
    TextLimit,
    Workers,
)

if TYPE_CHECKING:
    from minex.jobs.runner import RunReport


def run(
    context: typer.Context,
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
    query: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--query", metavar="NAME", help="With --source mirror: a saved query, to be run over DIR."),
    ] = None,
    source: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            "--source", metavar="mirror", help="`mirror`: what is named is a mirror's folder, not a file."
        ),
    ] = None,
    dask: Dask = None,
    shards: Shards = None,
) -> None:
    """Read, tag, extract and store. What is stored already, with the same text and versions, is skipped.

    `--query NAME --source mirror DIR` is the same as `minex refresh NAME --mirror DIR`.

    Exit status 1 if something could not be read; it is listed, stands in the table `failure`, and the rest
    is stored.

    Example:

        minex run pubmed.xml.gz notes.txt --db papers.db
    """
    from minex.errors import UsageError
    from minex.jobs.cluster import reading_on
    from minex.jobs.work import PipelineSettings
    from minex.jobs.workers import TextLimits, reading_with

    if query or source:
        how = (keep, model, patterns, lexicon, ner, workers, text_limit, memory_limit)
        _from_mirror(files, query or [], source, database, *how)
        return
    missing = [path for path in files if not path.exists()]
    if missing:
        names = ", ".join(str(path) for path in missing)
        raise UsageError("no-such-file", "there is no such file", where=names, cure="check the path")
    settings = PipelineSettings(model, patterns, lexicon, ner)
    limits = TextLimits(text_limit, memory_limit)
    if dask and _is_given(context, "memory_limit"):
        _note("--memory-limit does nothing with --dask; workers there have their own (dask worker --memory-limit)")
    if shards is not None:
        _no_database(context, keep)
    reading = (
        reading_on(dask, settings, workers, limits, _note) if dask else reading_with(settings, workers, limits)
    )
    with reading as pipeline:
        code = _into_shards(files, shards, pipeline) if shards else _into_store(files, database, pipeline, keep)
    if code:
        raise typer.Exit(code)


def _into_store(files: list[Path], database: Path, pipeline: Pipeline, keep: str) -> int:
    from minex.store import Store

    with Store.open(database) as store:
        for notice in store.notices:
            _note(notice)
        report = read_files(files, store, pipeline, keep)
    tell(report, database)
    return report.exit_code


def _into_shards(files: list[Path], folder: Path, pipeline: Pipeline) -> int:
    from minex.cli.merge import tell_shards
    from minex.cli.progress import shown
    from minex.jobs.report import Counts, RunReport
    from minex.jobs.sharding import ShardReport, maker_of, write_shards

    with shown() as show:

        def progress(report: ShardReport) -> None:
            counts = Counts(documents=report.documents, evidence=report.evidence, failed=report.failed)
            show(RunReport(0, counts=counts, seconds=report.seconds))

        made = write_shards(files, folder, maker_of(pipeline), progress=progress)
    tell_shards(made, folder)
    return made.exit_code


def _no_database(context: typer.Context, keep: str) -> None:
    """Refuse what shards have not: a database, and a choice of what is kept in it."""
    from minex.errors import UsageError
    from minex.shards import require

    if keep != "evidence" or _is_given(context, "database"):
        cure = "leave --db and --keep to: minex merge FOLDER --db DATABASE"
        raise UsageError("shards-alone", "--shards writes no database", cure=cure)
    require()


def _is_given(context: typer.Context, name: str) -> bool:
    return str(context.get_parameter_source(name)).endswith("COMMANDLINE")


def _note(what: str) -> None:
    typer.echo(printable(f"minex: {what}"), err=True)


def _from_mirror(files: list[Path], names: list[str], source: str | None, database: Path, *how: Any) -> None:
    from minex.cli.refresh import refresh
    from minex.errors import UsageError

    if source != "mirror" or len(files) != 1:
        cure = "minex run --query NAME --source mirror DIR; for PubMed itself: minex refresh NAME"
        raise UsageError("call", "a query is run over one mirror", cure=cure)
    refresh(names, database, None, files[0], False, *how)


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
