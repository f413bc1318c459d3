"""`minex curate`: people judge evidence, one by one or in a sheet, and see what that says of the rules."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import Cancers, Database, Factors, SavedQuery, up_to_date

if TYPE_CHECKING:
    from minex.curation.queue import Due
    from minex.reports.evidence import Segment
    from minex.reports.selection import Filters

_COLOURS = {"subject": "cyan", "object": "magenta", "trigger": "yellow", "also": "blue"}


def curate(
    order: Annotated[str, typer.Option("--order", help="uncertain or influential triples first.")] = "uncertain",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many pieces of evidence at the most.")] = 50,
    who: Annotated[
        Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
        typer.Option("--who", help="Who judges; default: MINEX_WHO, else your name on this machine."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also show what others have judged and you have not.")
    ] = False,
    query: SavedQuery = None,
    factor: Factors = None,
    cancer: Cancers = None,
    export_sheet: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--export-sheet", help="Write what is due as a sheet to fill in: .csv or .xlsx."),
    ] = None,
    sheet: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--import", help="Read a filled-in sheet: .csv or .xlsx."),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help="Show how often each rule was judged right, with 95% intervals.")
    ] = False,
    judgements: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--judgements", help="Write the verdicts as JSONL for training/precision; - shows them."),
    ] = None,
    database: Database = Path("minex.db"),
) -> None:
    """Judge evidence: is this what the sentence says? Verdicts override beliefs and survive every refresh.

    Exit status 1 if a sheet names evidence that is not read any more; the rest of it is kept.

    Example:

        minex curate --summary --db demo.db
    """
    from minex.errors import UsageError
    from minex.reports.selection import Filters

    modes = {"--export-sheet": export_sheet, "--import": sheet, "--summary": summary, "--judgements": judgements}
    asked = [name for name, value in modes.items() if value]
    if len(asked) > 1:
        raise UsageError("curate-one", f"{' and '.join(asked)} are two things", cure="ask for one at a time")
    up_to_date(database)
    if summary or judgements is not None:
        _tell_verdicts(database, judgements)
        return
    name = _who(who)
    if sheet is not None:
        _import(database, sheet, name)
        return
    filters = Filters(query, tuple(factor or ()), tuple(cancer or ()))
    pieces = _due(database, order, limit, filters, name if again else None)
    if export_sheet is not None:
        from minex.curation.sheet import write

        number = write(pieces, export_sheet)
        told = f"{number} rows; fill in the column `verdict` (y, n, s) and give it to minex curate --import"
        typer.echo(printable(f"wrote {export_sheet}: {told}"), err=True)
        return
    _judge(database, name, pieces)


def _due(database: Path, order: str, limit: int, filters: Filters, again_by: str | None) -> list[Due]:
    from minex.curation.queue import due
    from minex.store import Store

    with Store.open(database, create=False, readonly=True) as store:
        return due(store.connection, order=order, most=limit, filters=filters, again_by=again_by)


def _judge(database: Path, who: str, pieces: list[Due]) -> None:
    from minex.curation.curator import Curator
    from minex.curation.dialogue import HELP, Dialogue, bracketed

    if not pieces:
        typer.echo("nothing is left to judge here")
        return
    typer.echo(HELP)
    mark = _coloured if sys.stdout.isatty() else bracketed
    answers = Dialogue(Curator(database, who), _ask, typer.echo, mark).run(pieces)
    counts = ", ".join(f"{number} {answer}" for answer, number in answers.items())
    typer.echo(f"\n{printable(who)}: {counts or 'nothing judged'}; the same command goes on from here")


def _ask(prompt: str) -> str | None:
    typer.echo(prompt, nl=False)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        typer.echo()
    return line or None


def _coloured(segment: Segment) -> str:
    from minex.curation.dialogue import line

    colour = _COLOURS.get(segment.role)
    return typer.style(line(segment.text), fg=colour, bold=True) if colour else line(segment.text)


def _import(database: Path, sheet: Path, who: str) -> None:
    from minex.curation.curator import Curator
    from minex.curation.sheet import read
    from minex.reports.wording import counted

    found = read(sheet)
    unknown = Curator(database, who).judge(found) if found else []
    typer.echo(printable(f"{counted(len(found) - len(unknown), 'verdict')} of {who} from {sheet}"))
    for id_ in unknown[:10]:
        typer.echo(printable(f"minex: {sheet}: there is no evidence {id_}: it is not read any more"), err=True)
    if unknown:
        left = counted(len(unknown), "verdict of evidence that is|verdicts of evidence that is")
        typer.echo(f"minex: {left} not there: left out", err=True)
        raise typer.Exit(1)


def _tell_verdicts(database: Path, judgements: Path | None) -> None:
    import json

    from minex.curation.summary import by_rule, judgement, lines
    from minex.reports.export.output import opened
    from minex.store import Store, verdicts

    with Store.open(database, create=False, readonly=True) as store:
        found = list(verdicts.counting(store.connection))
    if judgements is None:
        for line in lines(by_rule(found)):
            typer.echo(printable(line))
        return
    with opened(judgements, text=True) as stream:
        for each in found:
            stream.write(f"{json.dumps(judgement(each), ensure_ascii=False)}\n".encode())
    typer.echo(f"wrote {len(found)} judgements", err=True)


def _who(given: str | None) -> str:
    import getpass
    import os

    from minex.errors import UsageError

    name = given or os.environ.get("MINEX_WHO", "")
    if not name:
        try:
            name = getpass.getuser()
        except (OSError, KeyError, ImportError):
            name = ""
    name = " ".join(name.split())
    if not name:
        raise UsageError("who", "nobody is named who judges", cure="say it with --who NAME")
    return name


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(curate)
