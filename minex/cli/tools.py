"""`minex patterns` and `minex doctor`: what minex is made of, and whether it is in order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import Model, Patterns, UncheckedModel

_NAMES = "Names of rules; default: all."
patterns_app = typer.Typer(help="The rules.", no_args_is_help=True)


@patterns_app.command("test")
def patterns_test(
    rules: Annotated[Optional[list[str]], typer.Argument(help=_NAMES)] = None,  # noqa: UP045
    model: Model = None,
    patterns: Patterns = None,
) -> None:
    """Run the examples that stand beside every rule; exit status 1 if one does not give what it says.

    Example:

        minex patterns test active_verb
    """
    from minex.errors import UsageError
    from minex.evaluation.examples import run_examples
    from minex.pipeline import Pipeline

    pipeline = Pipeline(model, patterns)
    for line in pipeline.rules.replaced:
        typer.echo(printable(line))
    known = {name for name, _ in pipeline.rules.executed_examples()}
    for name in rules or ():
        if name not in known:
            raise UsageError(
                "unknown-rule", f"there is no rule {name!r}", cure=f"rules: {', '.join(sorted(known))}"
            )
    total = bad = 0
    for outcome in run_examples(pipeline, rules or None):
        total += 1
        if outcome.problem:
            bad += 1
            typer.echo(f"{outcome.example.place}: {outcome.rule}: {outcome.example.text!r} {outcome.problem}")
    typer.echo(f"{total} examples of {len(known)} rules: {total - bad} as they should be, {bad} not")
    if bad:
        raise typer.Exit(1)


@patterns_app.command("list")
def patterns_list(
    own: Annotated[bool, typer.Option("--own", help="Only what your own folder adds or replaces.")] = False,
    patterns: Patterns = None,
) -> None:
    """List the rules: kind, name, priority, precision and how it is known, place; and what your folder replaces.

    Example:

        minex patterns list
    """
    from minex.rules.language import Frame, Link, SurfacePattern
    from minex.rules.load import load

    rules = load(patterns)
    for rule in rules.readers:
        mine = rule.name in rules.own
        if mine or not own:
            kind = {Frame: "frame", SurfacePattern: "surface", Link: "link"}[type(rule)]
            known = rules.precision.of(rule.name, rule.kind)
            words = (
                f"{kind:<8}{rule.name:<34}priority {rule.priority:<4}",
                f"precision {known.value:.3f} ({known.known})",
                f"  {rule.place}{', yours' if mine else ''}",
            )
            typer.echo(printable("".join(words)))
    others = (rules.own - {rule.name for rule in rules.readers}) | rules.own_parts
    if others:
        typer.echo(printable(f"yours: {', '.join(sorted(others))}"))
    for line in rules.replaced:
        typer.echo(printable(line))


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Give it as JSON.")] = False,
    database: Annotated[Optional[Path], typer.Option("--db", help="A database to look at as well.")] = None,  # noqa: UP045
    model: UncheckedModel = None,
    patterns: Patterns = None,
) -> None:
    """Check the installation: versions, model, lexicon, rules, a database; what is missing and its cure.

    Example:

        minex doctor --json
    """
    from minex.cli.checkup import examine

    findings = examine(model, patterns, database)
    if as_json:
        typer.echo(json.dumps([finding.as_dict() for finding in findings], indent=2))
    else:
        for finding in findings:
            mark = "ok     " if finding.ok else "PROBLEM"
            typer.echo(f"{mark} {finding.what}: {finding.detail}")
            if finding.cure:
                typer.echo(f"        {finding.cure}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(patterns_app, name="patterns")
    app.command()(doctor)
