"""`minex diff`: what changed between two runs, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from minex.cli.options import Database, up_to_date

_SHOWN = 100
"""How many changes of a kind are shown to readers; JSON has all."""


def diff(
    run_a: Annotated[
        Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
        typer.Argument(help="The earlier run: a number, `last`, `last-1`, a date; 0 is the empty database."),
    ] = None,
    run_b: Annotated[Optional[str], typer.Argument(help="The later run; default: `last`.")] = None,  # noqa: UP045
    since: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--since", help="In place of RUN_A: what runs of this day (UTC) and later changed."),
    ] = None,
    output: Annotated[str, typer.Option("--format", help="md, html, json or rss.")] = "md",
    limit: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--limit", min=1, help="How many changes of a kind at the most; default: 100, in JSON all."),
    ] = None,
    threshold: Annotated[
        float,
        typer.Option("--min-change", min=0.0, max=1.0, help="Beliefs that changed by less are only counted."),
    ] = 0.01,
    database: Database = Path("minex.db"),
) -> None:
    """Say which triples and factors came, went, or changed belief or sign from one run to another, and why.

    Example:

        minex diff 0 last --db demo.db
    """
    from minex.errors import UsageError
    from minex.jobs.naming import find_run, run_since
    from minex.reports import diff_html, diff_text
    from minex.reports.diff import compare
    from minex.store import Store

    formats = {
        "md": diff_text.markdown,
        "html": diff_html.page,
        "json": diff_text.as_json,
        "rss": diff_html.feed,
    }
    if output not in formats:
        raise UsageError("format", f"--format {output} is unknown", cure=f"allowed: {', '.join(formats)}")
    if since is not None and run_b is not None:
        raise UsageError("diff-runs", "--since takes the place of RUN_A", cure="minex diff --since DATE [RUN_B]")
    if since is not None:
        run_a, run_b = None, run_a
    elif run_a is None:
        raise UsageError(
            "diff-runs",
            "nothing is said of what to compare",
            cure="minex diff last-1 last, or: minex diff --since 2026-11-01",
        )
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        later = find_run(store.connection, run_b or "last")
        earlier = find_run(store.connection, run_a) if run_a else run_since(store.connection, since or "")
        found = compare(store, earlier, later, threshold=threshold)
    if limit is None and output != "json":
        limit = _SHOWN
    typer.echo(formats[output](found, limit).removesuffix("\n"))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diff)
