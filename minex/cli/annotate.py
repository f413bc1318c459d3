"""`minex annotate` and `minex schema`: the exchange contract."""

from __future__ import annotations

import json
import select
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import Lexicon, Model, Ner, Patterns


def annotate(
    source: Annotated[
        str, typer.Argument(metavar="IN.jsonl", help="The documents, one a line; - is standard input.")
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="Where to write; - is standard output.")] = "-",
    given_mentions: Annotated[
        bool, typer.Option("--given-mentions", help="Take the input's mentions as the only candidate arguments.")
    ] = False,
    tag_context: Annotated[
        bool, typer.Option("--tag-context", help="With given mentions: take context from the lexicon as well.")
    ] = False,
    mentions_only: Annotated[bool, typer.Option("--mentions-only", help="Tag, and leave triples empty.")] = False,
    type_map: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--type-map", help="Foreign mention types: JSON, or lines of foreign<TAB>minex."),
    ] = None,
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
    ner: Ner = False,
) -> None:
    """Annotate documents in the exchange format: one JSON object a line in, one a line out, in order.

    A line that cannot be read gives a line with an error, and the exit status is then 1.

    Example:

        echo '{"id": "1", "text": "miR-21 targets PTEN."}' | minex annotate -
    """
    from minex.errors import InputError, UsageError
    from minex.exchange.annotate import Options
    from minex.exchange.annotate import annotate as annotate_stream
    from minex.exchange.typemap import read_type_map
    from minex.pipeline import Pipeline

    types = read_type_map(type_map) if type_map is not None else None
    if source != "-" and not Path(source).exists():
        raise UsageError("no-such-file", "there is no such file", where=source, cure="check the path")
    if "-" not in (source, output) and Path(output).exists() and Path(source).samefile(output):
        raise UsageError("same-file", "input and output are one file", where=output, cure="write to another one")
    with ExitStack() as files:
        try:
            reader = sys.stdin.buffer if source == "-" else files.enter_context(open(source, "rb"))
        except OSError as error:
            raise InputError("unreadable", f"the input cannot be read ({error.strerror})", where=source) from error
        pipeline = Pipeline(model, patterns, lexicon, ner=ner)
        try:
            writer = sys.stdout if output == "-" else files.enter_context(open(output, "w", encoding="utf-8"))
        except OSError as error:
            raise InputError(
                "unwritable", f"the output cannot be written ({error.strerror})", where=output
            ) from error
        options = Options(given_mentions, tag_context, mentions_only, types, tell=_note, more=_more(reader))
        _, failed = annotate_stream(reader, writer, pipeline, options, "" if source == "-" else source)
    if failed:
        typer.echo(f"minex: {failed} line(s) could not be read; see their `error`", err=True)
        raise typer.Exit(1)


def _note(notice: str) -> None:
    typer.echo(printable(f"note: {notice}"), err=True)


def _more(reader: BinaryIO) -> Callable[[], bool]:
    """Return what tells whether a pipe or a terminal has more to read; a file always has, up to its end."""
    try:
        if reader.seekable():
            return lambda: True
        number = reader.fileno()
    except (OSError, ValueError):
        return lambda: True
    # What Python has buffered already is not seen here; then a batch is smaller than it might be, and no worse.
    return lambda: bool(select.select([number], [], [], 0)[0])


def schema() -> None:
    """Print the JSON Schema of what `minex annotate` writes.

    Example:

        minex schema > contract.schema.json
    """
    from minex.exchange.contract import schema as make_schema

    typer.echo(json.dumps(make_schema(), indent=2))


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(annotate)
    app.command()(schema)
