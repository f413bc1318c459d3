"""The command line: one module a command group, thin. Heavy imports stand inside the commands."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from typing import Annotated

import typer

from minex import __version__
from minex.cli import (
    annotate,
    browse,
    curate,
    demo,
    diff,
    evaluate,
    explain,
    export,
    gold,
    lexicon,
    merge,
    mirror,
    plot,
    query,
    refresh,
    report,
    run,
    runs,
    schedule,
    serve,
    show,
    table,
    tools,
    why,
)
from minex.cli.display import printable
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


for module in (
    demo,
    run,
    merge,
    refresh,
    mirror,
    annotate,
    browse,
    report,
    plot,
    table,
    show,
    serve,
    diff,
    export,
    curate,
    runs,
    why,
    schedule,
    explain,
    evaluate,
    gold,
    query,
    tools,
    lexicon,
):
    module.register(app)


def main() -> None:
    """Run the command line; an error that a user can mend is told without a stack trace."""
    _speak_utf8()
    signal.signal(signal.SIGTERM, _stop)
    try:
        try:
            app(standalone_mode=True)
        finally:
            # What Python writes out only while it ends, it can no longer tell that it could not write.
            sys.stdout.flush()
    except MinexError as error:
        typer.echo(f"minex: {printable(str(error))}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("minex: stopped; what was committed stays, and the same command goes on from there", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (| head).
        _drop_output()
        sys.exit(0)
    except OSError as error:
        _drop_output()
        place = f"{error.filename}: " if error.filename else ""
        typer.echo(f"minex: {printable(place)}{error.strerror or error}", err=True)
        sys.exit(1)


def _stop(*_: object) -> None:
    """End like Ctrl-C: batch systems send SIGTERM, and to jobs in the background, for which SIGINT is ignored."""
    raise KeyboardInterrupt


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; a file name that is no text is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Forget what could not be written, so that Python does not complain while it closes stdout."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
