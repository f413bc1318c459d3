"""The command line: one module a command group, thin. Heavy imports stand inside the commands."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from minex import __version__
from minex.cli import annotate, browse, demo, explain, run, tools
from minex.errors import MinexError

app = typer.Typer(
    name="minex",
    help="Reads biomedical text for regulation and keeps every statement with its sentence in SQLite.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"minex {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Reads biomedical text for regulation and keeps every statement with its sentence in SQLite."""


for module in (demo, run, annotate, browse, explain, tools):
    module.register(app)


def main() -> None:
    """Run the command line; an error that a user can mend is told without a stack trace."""
    try:
        app(standalone_mode=True)
    except MinexError as error:
        typer.echo(f"minex: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("minex: stopped; what was committed stays, and the same command goes on from there", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (| head); Python must not complain while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
