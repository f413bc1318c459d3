"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from minex.cli.display import printable


def _checked(name: str | None) -> str | None:
    """Look at a pipeline before anything is read: a wrong one is told at once, and what should be known of it."""
    if name is not None:
        from minex.syntax.installed import inspect

        for notice in inspect(name).notices:
            typer.echo(f"minex: {printable(notice)}", err=True)
    return name


def _keeping(what: str) -> str:
    if what not in ("evidence", "all"):
        from minex.errors import UsageError

        raise UsageError("keep", f"--keep {what} is unknown", cure="allowed: evidence, all")
    return what


_MODEL_HELP = "A spaCy or scispaCy pipeline (name or path) in place of the bundled one."
Model = Annotated[
    Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
    typer.Option("--model", help=_MODEL_HELP, callback=_checked),
]
UncheckedModel = Annotated[Optional[str], typer.Option("--model", help=_MODEL_HELP)]  # noqa: UP045
"""For what looks at the pipeline itself and tells of everything else as well."""
Ner = Annotated[
    bool,
    typer.Option("--ner", help="Let the bundled NER propose names where the lexicon's rules find none."),
]
Patterns = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--patterns", help="A folder of your own rules, on top of the shipped ones (docs/patterns.md)."),
]
Lexicon = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--lexicon",
        help="Your own names and blocks (YAML), on top of the shipped lexicon; default: MINEX_LEXICON, else "
        "~/.config/minex/lexicon.yaml if it exists.",
    ),
]
Email = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--email", help="Your address, which NCBI wants; default: MINEX_EMAIL."),
]
Mirror = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--mirror", metavar="DIR", help="Ask the mirror in this folder instead of PubMed's servers."),
]
Keeping = Annotated[
    str,
    typer.Option(
        "--keep",
        help="`evidence`: texts of documents that gave triples; `all`: of every document.",
        callback=_keeping,
    ),
]
Workers = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        envvar="MINEX_WORKERS",
        show_envvar=False,
        help="Worker processes; default: MINEX_WORKERS, else the cores that this process may use. 1: none, and "
        "no limits for a text.",
    ),
]
TextLimit = Annotated[
    float,
    typer.Option(
        "--text-limit",
        metavar="SECONDS",
        min=0.1,
        help="How long a processor may work at a text; one that takes longer is a failure, and the rest goes on.",
    ),
]
MemoryLimit = Annotated[
    int,
    typer.Option(
        "--memory-limit",
        metavar="MB",
        min=1,
        help="How much memory a worker may take for texts, beside model and lexicon. Not with --dask, whose "
        "workers have a limit of their own (`dask worker --memory-limit`).",
    ),
]
Dask = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Read on a Dask cluster: its scheduler's address or file, or `local` for --workers on this machine. "
        "Needs minex[dask].",
    ),
]
Shards = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--shards",
        metavar="FOLDER",
        help="Write shards there for `minex merge`, and no database. Needs minex[parquet].",
    ),
]
TEXT_LIMIT = 30.0
MEMORY_LIMIT = 1000
SavedQuery = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--query", help="Only documents that this saved query still finds."),
]
Factors = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--factor", help="Only this factor, by any name or id, or one below it; may be given again."),
]
Cancers = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option("--cancer", help="Only what is of this cancer, or of one below it; may be given again."),
]
Database = Annotated[Path, typer.Option("--db", help="The database file.")]


def up_to_date(path: Path) -> None:
    """Bring a database of an older minex up to date before it is read, and tell that this was done.

    Raises:
        StoreError: if it cannot be written to, or something else writes it just now.
    """
    from minex.store import Store
    from minex.store.connection import is_older

    if path.exists() and is_older(path):
        Store.open(path, create=False).close()
        told = f"{path} was of an older minex and is brought up to date; beside it stands what it was"
        typer.echo(printable(f"minex: {told}"), err=True)
