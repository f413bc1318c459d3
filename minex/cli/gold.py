"""`minex gold`: the gold set laid over copies of its documents, and how to get these."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Optional

import typer

app_gold = typer.Typer(help="The gold set of the two documents.", no_args_is_help=True)


@app_gold.command()
def align(
    documents: Annotated[
        Path, typer.Option("--documents", help="A folder with copies of the two documents (text or PMC XML).")
    ],
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "-o", "--output", help="Write the annotation with offsets, one unit a line (JSONL); - is stdout."
        ),
    ] = None,
) -> None:
    """Find the gold set's sentences and mentions in copies of its documents, and say what could not be placed.

    Offsets are those of the text as minex reads it; a plain text file's own offsets stand beside them. Exit
    status 1 if anything could not be placed.

    Example:

        minex gold align --documents papers/ -o aligned.jsonl
    """
    from minex.cli.display import printable
    from minex.errors import InputError, UsageError
    from minex.evaluation.gold.align import as_json, place_all
    from minex.evaluation.gold.records import Problems
    from minex.evaluation.gold.sets import documents as gold_documents

    if not documents.is_dir():
        raise UsageError("no-such-folder", "there is no such folder", where=str(documents), cure="check the path")
    problems = Problems()
    golds = gold_documents(problems)
    placed, failures = place_all(golds, documents)
    lines = (json.dumps(line, ensure_ascii=False) for each in placed for line in as_json(each))
    for each in placed:
        units, mentions = len(each.truth.units), sum(len(unit.mentions) for unit in each.truth.units)
        statements = sum(len(unit.statements) for unit in each.truth.units)
        typer.echo(
            f"{each.gold.name}: {units} of {len(each.gold.units)} units placed in "
            f"{each.document.source or documents}, {mentions} mentions, {statements} statements",
            err=str(output) == "-",
        )
    if str(output) == "-":
        for line in lines:
            typer.echo(line)
    elif output is not None:
        try:
            output.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except OSError as error:
            raise InputError("unwritable", f"cannot be written ({error.strerror})", where=str(output)) from error
    failures = [*problems.failures, *failures, *(failure for each in placed for failure in each.problems.failures)]
    for failure in failures:
        typer.echo(printable(f"minex: {failure.where}: {failure.message}"), err=True)
    if failures:
        raise typer.Exit(1)


@app_gold.command()
def fetch(
    folder: Annotated[Path, typer.Argument(help="Where to put the articles.")],
    email: Annotated[
        str, typer.Option("--email", envvar="MINEX_EMAIL", help="Your address: NCBI asks programs to give one.")
    ],
) -> None:
    """Get the gold set's two open-access articles from PubMed Central.

    Example:

        minex gold fetch papers/ --email you@example.org
    """
    from minex.cli.display import printable
    from minex.evaluation.gold.fetch import fetch as fetch_all
    from minex.evaluation.gold.records import Problems
    from minex.evaluation.gold.sets import documents

    problems = Problems()
    for path in fetch_all(documents(problems), folder, email):
        typer.echo(printable(str(path)))
    for failure in problems.failures:
        typer.echo(printable(f"minex: {failure.where}: {failure.message}"), err=True)
    if problems.failures:
        raise typer.Exit(1)


@app_gold.command()
def units(
    document: Annotated[Path, typer.Argument(help="A document to annotate.")],
    prefix: Annotated[str, typer.Argument(help="What the units' names begin with: R gives R001, R002, ...")],
) -> None:
    """Cut a document into units for annotators: name, kind, section and text, one a line.

    Example:

        minex gold units notes.txt N > notes.units.tsv
    """
    from minex.evaluation.gold.build import cut

    for line in cut(document, prefix):
        typer.echo(line)


@app_gold.command()
def check(
    annotation: Annotated[Path, typer.Argument(help="A pass in the working format (gold/GUIDELINES.md).")],
    units: Annotated[Path, typer.Argument(help="The units that it annotates.")],
) -> None:
    """Check a pass against its units; exit status 1 if it has errors.

    Example:

        minex gold check passes/a/notes.txt notes.units.tsv
    """
    from minex.cli.display import printable
    from minex.evaluation.gold.build import read_units
    from minex.evaluation.gold.passes import Reader

    rows = read_units(units)
    reader = Reader(annotation, {name: row[3] for name, row in rows.items()})
    for error in reader.errors:
        typer.echo(printable(error))
    missing = " ".join(name for name in rows if name not in reader.units)
    typer.echo(f"{len(reader.units)} units, {len(reader.errors)} errors, not annotated: {missing or 'none'}")
    if reader.errors:
        raise typer.Exit(1)


@app_gold.command()
def agree(
    first: Annotated[Path, typer.Argument(help="A folder with the passes of one reader.")],
    second: Annotated[Path, typer.Argument(help="A folder with the passes of another.")],
) -> None:
    """Say how far two readers agree: F1 of one against the other.

    Example:

        minex gold agree passes/a passes/b
    """
    from minex.errors import UsageError
    from minex.evaluation.gold.agreement import agreement

    for folder in (first, second):
        if not any(folder.glob("*.txt")):
            raise UsageError(
                "no-passes", "there are no passes (*.txt) here", where=str(folder), cure="check the path"
            )
    for name, value in agreement(first, second).items():
        typer.echo(f"{name:<24} {value:.3f}")


@app_gold.command()
def build(
    folder: Annotated[Path, typer.Argument(help="The gold folder, with passes/adjudicated and concepts.tsv.")],
    units: Annotated[Path, typer.Option("--units", help="The folder with review.units.tsv and study.units.tsv.")],
) -> None:
    """Write the gold files from the adjudicated passes.

    Example:

        minex gold build gold --units my-units/
    """
    from minex.evaluation.gold.build import build as build_files

    build_files(folder, units)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(app_gold, name="gold")
