"""`minex runs`: the ledger."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minex.cli.display import printable
from minex.cli.options import Database

if TYPE_CHECKING:
    from minex.jobs import Run

_COUNTS = ("new", "changed", "unchanged", "deleted", "failed", "evidence")


def runs(
    database: Database = Path("minex.db"),
    as_json: Annotated[bool, typer.Option("--json", help="Give it as JSON.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many runs at the most.")] = 20,
) -> None:
    """List the runs, the newest first: when, how long, how they ended, what they read and what came of it.

    Example:

        minex runs --db demo.db
    """
    from minex.jobs import Ledger
    from minex.store import Store

    with Store.open(database, create=False, readonly=True) as store:
        found = Ledger(store).runs(limit + 1)
    rows = [
        _row(run, found[place + 1] if place + 1 < len(found) else None) for place, run in enumerate(found[:limit])
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif not rows:
        typer.echo("no run has been made yet", err=True)
    for row in () if as_json else rows:
        typer.echo(printable(_told(row)))


def _row(run: Run, before: Run | None) -> dict[str, Any]:
    changed = {}
    if before is not None:
        names = sorted({*run.versions, *before.versions})
        pairs = {name: [before.versions.get(name), run.versions.get(name)] for name in names}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return {
        "id": run.id,
        "started": run.started,
        "finished": run.finished,
        "seconds": _seconds(run),
        "status": run.status,
        "arguments": run.arguments,
        "counts": run.counts,
        "versions": run.versions,
        "versions_changed": changed,
        "message": run.message,
    }


def _seconds(run: Run) -> float | None:
    if run.finished is None:
        return None
    return (datetime.fromisoformat(run.finished) - datetime.fromisoformat(run.started)).total_seconds()


def _told(row: dict[str, Any]) -> str:
    when = row["started"][:16].replace("T", " ")
    lines = [f"run {row['id']}  {when} UTC  {_duration(row['seconds'])}  {row['status']}"]
    if row["arguments"]:
        lines.append(f"    {_what(row['arguments'])}")
    counts = row["counts"]
    known = [f"{counts[name]:,} {name}" for name in _COUNTS if counts.get(name)]
    if "documents" in counts:
        lines.append("    " + ", ".join([f"{counts['documents']:,} documents", *known]))
    for name, (old, new) in row["versions_changed"].items():
        lines.append(f"    {name}: {old or 'none'} \N{RIGHTWARDS ARROW} {new or 'none'}")
    if row["message"]:
        lines.append(f"    {row['message']}")
    return "\n".join(lines)


def _what(arguments: list[str]) -> str:
    shown = " ".join(arguments[:4])
    return f"{shown} and {len(arguments) - 4:,} more" if len(arguments) > 4 else shown


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "not ended"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(runs)
