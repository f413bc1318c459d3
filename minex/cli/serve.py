"""`minex serve`: a database in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from minex.cli.display import printable


def serve(
    database: Annotated[Path, typer.Argument(metavar="DB", help="The database file.")] = Path("minex.db"),
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = 8001,
    host: Annotated[
        str, typer.Option("--host", help="Address to answer at; any but 127.0.0.1 lets other machines read it.")
    ] = "127.0.0.1",
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Browse a database: questions, search, facets, and evidence with its marks. Nothing can be changed there.

    It is Datasette with minex's own pages; it needs minex[web], and may run beside a refresh.

    Example:

        minex serve demo.db --port 0 --open
    """
    from minex.errors import UsageError

    try:
        from minex.web.server import is_loopback
        from minex.web.server import serve as run
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing == "minex":
            raise
        cure = "install it: pip install 'minex[web]'"
        raise UsageError("no-web", f"minex serve needs Datasette ({missing} is missing)", cure=cure) from error

    if not is_loopback(host):
        warning = (
            f"minex: --host {host}: everybody who can reach this machine can read all of the database, sentences "
            "included, without a password; and what they ask costs this machine's time"
        )
        typer.echo(printable(warning), err=True)
    run(database, host, port, open_browser=open_browser, tell=lambda text: typer.echo(printable(text)))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)
