"""`minex refresh` and `minex extract`: keep a database current with PubMed, and with minex itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import (
    MEMORY_LIMIT,
    TEXT_LIMIT,
    Database,
    Email,
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
    from minex.jobs.refresh import RefreshReport
    from minex.store import Store

_MANY = 100_000
"""From this many citations on a refresh asks before it fetches."""


def refresh(
    names: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(metavar="[NAME]...", help="Saved queries; default: all that the database knows."),
    ] = None,
    database: Database = Path("minex.db"),
    email: Email = None,
    yes: Annotated[bool, typer.Option("--yes", help="Fetch however much it is, without asking.")] = False,
    keep: Keeping = "evidence",
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
    ner: Ner = False,
    workers: Workers = None,
    text_limit: TextLimit = TEXT_LIMIT,
    memory_limit: MemoryLimit = MEMORY_LIMIT,
) -> None:
    """Fetch what PubMed has for saved queries: what is new, changed, deleted, retracted or no longer matching.

    One line a query says how it went. Exit status 1 if anything is missing: the database is then as good as
    before, and the same command again does what is left.

    Example:

        minex refresh hypoxia-exosome-cancer --db exosomes.db
    """
    from typing import cast

    from minex.errors import UsageError
    from minex.jobs.refresh import refresh as refresh_query
    from minex.jobs.work import PipelineSettings
    from minex.jobs.workers import TextLimits, reading_with
    from minex.pubmed.eutils import Eutils
    from minex.pubmed.queries import load
    from minex.pubmed.settings import Settings
    from minex.store import Keep, Store

    settings = Settings.load(email)
    if not names and not database.exists():
        raise UsageError("no-query", "there is no database, so no query is known", cure="minex query list")
    queries = [load(name) for name in names or ()]
    with Store.open(database) as store:
        for notice in store.notices:
            typer.echo(f"minex: {notice}", err=True)
        queries = queries or [load(name) for name in _known(store)]
        if not queries:
            raise UsageError("no-query", "the database knows no query", cure="give a name of: minex query list")
        _refuse_broken(queries)
        eutils = Eutils(settings)
        made_of, limits = PipelineSettings(model, patterns, lexicon, ner), TextLimits(text_limit, memory_limit)
        with reading_with(made_of, workers, limits) as pipeline:
            reports = [
                refresh_query(
                    query,
                    store,
                    pipeline,
                    eutils,
                    today=_today(),
                    keep=cast(Keep, keep),
                    confirm=lambda count: yes or count < _MANY or _agreed(count),
                )
                for query in queries
            ]
    for report in reports:
        _tell(report)
    worst = max(report.exit_code for report in reports)
    if worst:
        raise typer.Exit(worst)


def extract(
    stale: Annotated[
        bool, typer.Option("--stale", help="Everything that another model, lexicon, rule set or minex has read.")
    ],
    database: Database = Path("minex.db"),
    email: Email = None,
    keep: Keeping = "evidence",
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
    ner: Ner = False,
    workers: Workers = None,
    text_limit: TextLimit = TEXT_LIMIT,
    memory_limit: MemoryLimit = MEMORY_LIMIT,
) -> None:
    """Read again what a new lexicon, model, rule set or version of minex could change.

    Texts that the database keeps are read from it; others are fetched, or their files are named. Exit status 1
    if something is left.

    Example:

        minex extract --stale --db demo.db
    """
    from typing import cast

    from minex.errors import RemoteError, UsageError
    from minex.jobs.extract import extract_stale
    from minex.jobs.work import PipelineSettings
    from minex.jobs.workers import TextLimits, reading_with
    from minex.pubmed.eutils import Eutils
    from minex.pubmed.settings import Settings
    from minex.store import Keep, Store

    if not stale:
        raise UsageError("call", "say what to extract again", cure="--stale")
    try:
        eutils = Eutils(Settings.load(email))
    except RemoteError as error:
        if error.code != "no-email" or email is not None:
            raise
        eutils = None
    made_of, limits = PipelineSettings(model, patterns, lexicon, ner), TextLimits(text_limit, memory_limit)
    with Store.open(database, create=False) as store, reading_with(made_of, workers, limits) as pipeline:
        report = extract_stale(store, pipeline, eutils, keep=cast(Keep, keep))
    typer.echo(f"{report.read:,} documents read again -> {database}")
    for file, count in sorted(report.files.items()):
        typer.echo(printable(f"minex: {count:,} texts are not kept: minex run {file} --db {database}"), err=True)
    if report.unfetched:
        cure = "export MINEX_EMAIL=you@example.org, and run it again"
        typer.echo(f"minex: {report.unfetched:,} texts have to be fetched from PubMed: {cure}", err=True)
    for run in report.runs:
        for failure in run.failures[:10]:
            typer.echo(printable(f"failed: {failure.where}: {failure.message}"), err=True)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _refuse_broken(queries: list[Query]) -> None:
    """Refuse a term with an error before PubMed answers it with other articles."""
    from minex.errors import QueryError

    for query in queries:
        for problem in query.problems:
            if problem.level == "error":
                cure = f"{problem.cure}; see minex query check {query.name}"
                raise QueryError("query-syntax", problem.message, where=str(query.path), cure=cure)


def _known(store: Store) -> list[str]:
    from minex.store import sync

    return [query.name for query in sync.queries(store)]


def _today() -> date:
    from datetime import datetime, timezone

    return datetime.now(timezone.utc).date()


def _agreed(count: int) -> bool:
    """Ask whether to fetch so much; without a terminal the answer is no."""
    return sys.stdin.isatty() and typer.confirm(f"The query matches {count:,} citations. Fetch them all?")


def _tell(report: RefreshReport) -> None:
    typer.echo(printable(report.line()))
    for warning in report.warnings:
        typer.echo(printable(f"minex: {report.query}: PubMed says: {warning}"), err=True)
    for missing in report.missing:
        typer.echo(printable(f"minex: {report.query}: missing: {missing}"), err=True)
    for failure in report.run.failures[:10] if report.run is not None else ():
        typer.echo(printable(f"failed: {failure.where}: {failure.message}"), err=True)


if TYPE_CHECKING:
    from datetime import date

    from minex.pubmed.queries import Query


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(refresh)
    app.command()(extract)
