"""`minex mirror`: a copy of PubMed on one's own disk, kept current and searched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from minex.cli.display import printable

if TYPE_CHECKING:
    from minex.mirror.update import UpdateReport

group = typer.Typer(help="A copy of PubMed on your own disk: load its files, search them.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder with PubMed's files and the mirror.")]


@group.command()
def update(
    folder: Folder,
    download: Annotated[
        bool, typer.Option("--download", help="First fetch what the folder lacks, from --from.")
    ] = False,
    base: Annotated[
        str, typer.Option("--from", help="Where `baseline/` and `updatefiles/` are.", metavar="URL")
    ] = "https://ftp.ncbi.nlm.nih.gov/pubmed/",
    new_baseline: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--new-baseline", metavar="YEAR", help="Go over to the baseline of a year, such as 2027."),
    ] = None,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Load files without a .md5 beside them too.")
    ] = False,
) -> None:
    """Load PubMed's baseline and update files into the mirror: checked, in order, each once.

    A file that is damaged or missing is told, and the others are loaded: which citation counts does not hang on
    the order. Exit status 1 if anything is lacking; the same command again does what is left.

    Example:

        minex mirror update pubmed
    """
    from minex.errors import UsageError
    from minex.mirror.update import UpdateReport
    from minex.mirror.update import update as update_mirror

    if not folder.is_dir():
        if not download:
            cure = "mkdir it and put PubMed's files in it, or --download"
            raise UsageError("no-such-folder", "there is no such folder", where=str(folder), cure=cure)
        folder.mkdir(parents=True, exist_ok=True)
    fetched = UpdateReport()
    if download:
        from minex.mirror.download import download as fetch

        fetch(folder, base, fetched, year=new_baseline, tell=lambda what: typer.echo(printable(what), err=True))
    report = update_mirror(folder, new_baseline=new_baseline, unverified=unverified, tell=_progress())
    report.troubles[:0] = fetched.troubles
    _tell(report)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@group.command()
def status(folder: Folder) -> None:
    """Say which files a mirror has, how many citations, and what it is lacking.

    Exit status 1 if a file is missing in the sequence or waits to be loaded.

    Example:

        minex mirror status pubmed
    """
    from minex.mirror.status import status_of

    found = status_of(folder)
    lines = {
        "baseline of": found.year or "none yet",
        "files loaded": f"{found.loaded:,}"
        + (f", the last {found.last} ({found.last_loaded})" if found.last else ""),
        "citations": f"{found.citations:,}",
        "deleted by PubMed": f"{found.tombstones:,}",
        "of older baselines only": f"{found.from_older:,}",
        "replaced, still in the index": f"{found.stale:,}",
        "records that cannot be read": f"{found.failed:,}",
        "size": f"{found.bytes / 1e6:,.1f} MB"
        + (f", {found.bytes / found.citations:,.0f} bytes a citation" if found.citations else ""),
    }
    for name, value in lines.items():
        typer.echo(f"{name + ':':<30}{value}")
    for what, names in (("missing in the sequence", found.missing), ("not loaded yet", found.waiting)):
        if names:
            typer.echo(f"{what + ':':<30}{_few(names)}")
    if found.missing or found.waiting:
        raise typer.Exit(1)


@group.command()
def search(
    folder: Folder,
    term: Annotated[str, typer.Argument(help="In PubMed's syntax: '\"Neoplasms\"[mh] AND exosom*[tiab]'.")],
    count: Annotated[bool, typer.Option("--count", help="Only say how many.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="The most PMIDs to list.")] = 1_000_000_000,
) -> None:
    """List the PMIDs that match a term, newest number first, or count them.

    What the mirror reads otherwise than PubMed is told (docs/mirror.md).

    Example:

        minex mirror search pubmed 'exosom*[tiab] AND 2020:2022[dp]' --count
    """
    from minex.mirror.mirror import Mirror

    with Mirror(folder) as mirror:
        answer = mirror.count(term) if count else mirror.search(term)
    for note in answer.notes:
        typer.echo(f"minex: {printable(note)}", err=True)
    if count:
        typer.echo(str(answer.pmids[0]))
        return
    shown = sorted(answer.pmids, reverse=True)[:limit]
    if shown:
        typer.echo("\n".join(map(str, shown)))


def _progress() -> Tell | None:
    """Return what shows progress on a terminal; elsewhere a line a file is enough."""
    import sys

    if not sys.stderr.isatty():
        return None
    return lambda name, count: typer.echo(f"\r{name}: {count:,} citations ", nl=False, err=True)


def _tell(report: UpdateReport) -> None:
    for file in report.loaded:
        rate = file.citations / file.seconds if file.seconds else 0.0
        parts = [f"{file.fresh:,} new", f"{file.revised:,} revised", f"{file.same:,} as before"]
        parts += [f"{file.older:,} older than held"] if file.older else []
        parts += [f"{file.deleted:,} deleted"]
        parts += [f"{file.failed:,} unreadable"] if file.failed else []
        typer.echo(f"{file.name}: {file.citations:,} citations: {', '.join(parts)}; {rate:,.0f} a second")
    for note in report.notes:
        typer.echo(printable(f"minex: {note}"), err=True)
    for trouble in report.troubles:
        typer.echo(printable(f"minex: {trouble}"), err=True)
    if report.missing:
        typer.echo(f"minex: missing in the sequence: {_few(report.missing)}", err=True)
    if report.interrupted:
        typer.echo("minex: stopped; whole files stay, and the same command goes on from there", err=True)
    elif not report.loaded and not report.troubles:
        typer.echo("nothing new: every file of the folder is in the mirror")


def _few(names: tuple[str, ...] | list[str]) -> str:
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return ", ".join(names[:5]) + more


if TYPE_CHECKING:
    from minex.mirror.update import Tell


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="mirror")
