"""`minex schedule`: a refresh every day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import Database

if TYPE_CHECKING:
    from minex.jobs.schedule import Job


def schedule(
    name: Annotated[str, typer.Argument(help="The name of a saved query.")],
    daily: Annotated[
        Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
        typer.Option("--daily", metavar="HH:MM", help="When, in this machine's time."),
    ] = None,
    show: Annotated[bool, typer.Option("--print", help="Show what would be installed (the default).")] = False,
    install: Annotated[bool, typer.Option("--install", help="Put it in place.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away again.")] = False,
    systemd: Annotated[bool, typer.Option("--systemd", help="As a timer of the user's systemd.")] = False,
    cron: Annotated[
        bool, typer.Option("--cron", help="A line of the user's crontab; the default if there is cron.")
    ] = False,
    log: Annotated[Path | None, typer.Option("--log", help="Where to log; default: beside the database.")] = None,
    database: Database = Path("minex.db"),
) -> None:
    """Refresh a saved query every day, by cron or by systemd: show what does it, install it, or remove it.

    Example:

        minex schedule mirna-cancer --daily 03:00 --db demo.db
    """
    from minex.errors import UsageError
    from minex.jobs.schedule import check_name, choose, make_job
    from minex.pubmed.queries import load

    if show + install + remove > 1 or (systemd and cron):
        raise UsageError("schedule-options", "these options exclude each other", cure="give one of them")
    check_name(name)
    wanted = "systemd" if systemd else "cron" if cron else None
    if remove:
        _remove(name, wanted)
        return
    if daily is None:
        raise UsageError("schedule-time", "nothing is said of when", cure="give a time of day: --daily 03:00")
    load(name)
    job = make_job(name, daily, database, log)
    if not any(key == "MINEX_EMAIL" for key, _ in job.environment):
        what = "MINEX_EMAIL is not set, and NCBI wants an address with every request"
        cure = "export MINEX_EMAIL=you@example.org, and give the command again"
        if install:
            raise UsageError("no-email", what, cure=cure)
        typer.echo(f"minex: {what}; {cure}", err=True)
    if not install:
        _print(job, wanted or choose(None) or "cron")
        return
    kind = choose(wanted)
    if kind is None:
        _say_what_to_do(job, wanted)
        raise typer.Exit(1)
    _install(job, kind)


def _print(job: Job, kind: str) -> None:
    from minex.jobs.schedule import crontab_line, unit_folder, units

    if kind == "cron":
        typer.echo(printable(crontab_line(job)))
        return
    for file, text in units(job).items():
        typer.echo(printable(f"# {unit_folder() / file}\n{text}"))


def _install(job: Job, kind: str) -> None:
    from minex.jobs.schedule import change_crontab, choose, crontab_line, install_units, remove_units

    # One kind takes the place of the other: two would meet at the database every night.
    if kind == "cron":
        change_crontab(job.name, crontab_line(job))
        remove_units(job.name)
    else:
        install_units(job)
        if choose("cron"):
            change_crontab(job.name, None)
    place = "the crontab" if kind == "cron" else "systemd's timers"
    when = f"every day at {job.hour:02}:{job.minute:02}"
    typer.echo(printable(f"{job.name} is in {place}: {when} into {job.database}, log in {job.log}"))
    if kind == "cron":
        typer.echo("cron mails one line a day to the address in MAILTO, else to this user")


def _remove(name: str, wanted: str | None) -> None:
    from minex.jobs.schedule import change_crontab, choose, remove_units

    if wanted is not None and choose(wanted) is None:
        typer.echo(f"minex: there is no {wanted} on this machine, and so nothing to remove", err=True)
        raise typer.Exit(1)
    removed = [
        place
        for kind, place in (("cron", "the crontab"), ("systemd", "systemd's timers"))
        if wanted in (None, kind)
        and choose(kind)
        and (change_crontab(name, None) if kind == "cron" else remove_units(name))
    ]
    if removed:
        typer.echo(f"{name} is no longer in {' and '.join(removed)}")
    else:
        typer.echo(f"{name} was not scheduled")


def _say_what_to_do(job: Job, wanted: str | None) -> None:
    from minex.jobs.schedule import crontab_line

    tool = {"cron": "no crontab command", "systemd": "no systemctl command"}.get(wanted or "")
    typer.echo(f"minex: there is {tool or 'neither cron nor systemd'} on this machine", err=True)
    typer.echo("install cron, or let whatever runs jobs here call once a day:", err=True)
    typer.echo(printable(crontab_line(job).split(" ", 5)[5].replace("\\%", "%")), err=True)
    sys.stderr.flush()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schedule)
