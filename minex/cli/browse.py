"""`minex sql` and `minex search`: asking a database."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minex.cli.display import plain_console, printable
from minex.cli.options import Database

if TYPE_CHECKING:
    from minex.store import Rows


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT; tables and views are listed in docs/database.md.")],
    database: Database = Path("minex.db"),
    output: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
) -> None:
    """Ask a question in SQL. The database is opened so that nothing can be written to it.

    Example:

        minex sql "SELECT mirna, target, belief FROM mirna_target" --db demo.db
    """
    from minex.errors import UsageError
    from minex.store import Store

    if output not in ("table", "csv", "json"):
        raise UsageError("format", f"--format {output} is unknown", cure="allowed: table, csv, json")
    with Store.open(database, create=False, readonly=True) as store:
        _print(store.select(query), output)


def search(
    words: Annotated[str, typer.Argument(help='Words that a sentence must have; "in quotes" as a phrase.')],
    database: Database = Path("minex.db"),
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many sentences at the most.")] = 10,
) -> None:
    """Search the sentences that are evidence, best first, each with what it says.

    Words are stemmed: *inhibits* finds *inhibited*. minex show document tells more of a paper.

    Example:

        minex search "miR-21 IRF1" --db demo.db
    """
    from minex.store import Store

    with Store.open(database, create=False, readonly=True) as store:
        # A sentence is evidence for each thing that it says; seldom for more than ten.
        hits = store.search(words, limit=10 * limit + 1)
    said: dict[tuple[str, str], list[str]] = {}
    for hit in hits:
        marks = [word for word, is_so in (("denied", hit.negated), ("only suggested", hit.hedged)) if is_so]
        claim = f"{hit.subject} {hit.predicate} {hit.object}" + (f" [{', '.join(marks)}]" if marks else "")
        said.setdefault((hit.document, hit.sentence), []).append(claim)
    for (document, sentence), claims in list(said.items())[:limit]:
        typer.echo(printable(f"{'; '.join(claims)}  ({document})\n    {' '.join(sentence.split())}"))
    if not hits:
        typer.echo("no sentence has all these words", err=True)
    elif len(said) > limit:
        typer.echo("there are more; --limit shows more", err=True)


def _print(rows: Rows, output: str) -> None:
    if output == "json":
        keys = _distinct(rows.columns)
        items = [dict(zip(keys, row, strict=True)) for row in rows.rows]
        typer.echo(json.dumps(items, ensure_ascii=False, indent=2, default=_plain))
    elif output == "csv":
        from minex.reports.cells import write_csv

        write_csv((rows.columns, *rows.rows), sys.stdout)
    else:
        _print_table(rows.columns, rows.rows)


def _distinct(names: Sequence[str]) -> list[str]:
    """Return the names with those that come again numbered: a key of a JSON object holds one value."""
    keys: list[str] = []
    for name in names:
        number, key = 1, name
        while key in keys:
            number += 1
            key = f"{name}_{number}"
        keys.append(key)
    return keys


def _plain(value: bytes) -> dict[str, Any]:
    """Return bytes as sqlite-utils writes them in JSON."""
    return {"$base64": True, "encoded": base64.b64encode(value).decode("ascii")}


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from rich.table import Table

    console = plain_console()
    if not console.is_terminal:
        # A pipe has no width: 200 columns keep a row readable and words whole.
        console = plain_console(width=200)
    table = Table()
    for name in columns:
        table.add_column(name)
    for row in rows:
        table.add_row(*(_shown(value) for value in row))
    console.print(table)
    typer.echo(f"{len(rows)} rows", err=True)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(sql)
    app.command()(search)
