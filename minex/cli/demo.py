"""`minex demo`: the demonstration corpus, from text to table."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from minex.cli.display import plain_console
from minex.cli.options import TEXT_LIMIT, Database, Model, TextLimit, Workers

if TYPE_CHECKING:
    from rich.console import Console

    from minex.store import Store

_SHOWN = 20

_FACTORS = """
    SELECT name, type, count(DISTINCT document) AS documents
    FROM (SELECT c.name, c.type, e.document
          FROM evidence e
          JOIN document d ON d.id = e.document AND d.status = 'active'
          JOIN triple t ON t.id = e.triple
          JOIN concept c ON c.id IN (t.subject, t.object))
    WHERE type IN ('MIRNA', 'LNCRNA', 'GENE')
    GROUP BY name, type ORDER BY documents DESC, name
"""
_CANCERS = """
    SELECT cancer AS name, count(DISTINCT factor_id) AS factors
    FROM cancer_factor GROUP BY cancer_id ORDER BY factors DESC, name
"""
_QUESTION = "SELECT factor, cancer, response_to_hypoxia, mechanism FROM review_table"
_TRIPLES = """
    SELECT subject, predicate, object, document_count, negated_count, hedged_count, belief
    FROM triple_named ORDER BY document_count DESC, belief DESC, subject, object
"""


def demo(
    database: Database = Path("demo.db"),
    model: Model = None,
    workers: Workers = None,
    text_limit: TextLimit = TEXT_LIMIT,
) -> None:
    """Read the demonstration corpus into a database and show what is in it.

    Example:

        minex demo
    """
    from minex import resources
    from minex.cli.run import read_files, tell
    from minex.jobs.work import PipelineSettings
    from minex.jobs.workers import TextLimits, reading_with
    from minex.store import Store

    console = plain_console()
    corpus = resources.find("corpus/demo") / "abstracts.jsonl"
    console.print(f"Reading {corpus}: short abstracts on hypoxia, exosomes, miRNAs and cancer, written for minex.")
    settings, limits = PipelineSettings(model), TextLimits(text_limit)
    with reading_with(settings, workers, limits) as pipeline, Store.open(database) as store:
        report = read_files([corpus], store, pipeline)
        tell(report, database)
        _show(console, store)
    _suggest(console, database)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _show(console: Console, store: Store) -> None:
    from rich.table import Table

    factors = store.select(_FACTORS).rows
    cancers = store.select(_CANCERS).rows
    triples = store.select(_TRIPLES).rows
    console.print()
    console.print(f"Factors ({len(factors)}): {_listed(f'{name} ({count})' for name, _, count in factors)}")
    console.print()
    console.print(f"Cancers ({len(cancers)}): {_listed(f'{name} ({count})' for name, count in cancers)}")
    console.print()
    table = Table(
        title=f"Triples: {_SHOWN} of {len(triples)}, those of most documents first", title_justify="left"
    )
    for heading in ("subject", "predicate", "object"):
        table.add_column(heading)
    for heading in ("documents", "negated", "hedged", "belief"):
        table.add_column(heading, justify="right")
    for row in triples[:_SHOWN]:
        table.add_row(*(_cell(value) for value in row))
    console.print(table)


def _listed(words: Any, most: int = 24) -> str:
    items = list(words)
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value) if value else "-" if value == 0 else ""


def _suggest(console: Console, database: Path) -> None:
    name = shlex.quote(str(database))
    console.print()
    console.print("Next:")
    for command, what in (
        (f'minex sql "{_QUESTION}" --db {name}', "the review table"),
        (f'minex search "miR-21 IRF1" --db {name}', "the sentences behind a triple"),
        ('minex explain "Knockdown of HIF1A reduced VEGFA expression."', "how a sentence is read"),
    ):
        console.print(f"  {command}", soft_wrap=True)
        console.print(f"      {what}", style="dim")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)
