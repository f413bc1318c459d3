"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

Model = Annotated[
    Optional[str],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
    typer.Option("--model", help="A spaCy pipeline (name or path) in place of the bundled one."),
]
Patterns = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--patterns", help="A folder of rules in place of the shipped ones."),
]
Lexicon = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--lexicon", help="Your own names and blocks (YAML), on top of the shipped lexicon."),
]
Database = Annotated[Path, typer.Option("--db", help="The database file.")]
