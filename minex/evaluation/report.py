"""A run for people: the figures, the biggest classes of errors, and each error with its place and rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_SHOWN = 3
"""Errors shown of each cause; `--json` has them all."""


def lines(run: Mapping[str, Any], *, errors: int = 12) -> Iterator[str]:
    """Yield a run (as :func:`minex.evaluation.runs.as_json` gives it) as lines of text.

    `errors` is how many causes are shown.
    """
    if not any(part["units"] for part in run["parts"].values()):
        yield f"{run['set']}: there is nothing to judge"
    for name, part in run["parts"].items():
        if not part["units"]:
            continue
        title = run["set"] if name == "all" else f"{run['set']}, {name} half"
        yield f"{title}: {part['documents']} documents, {part['units']} units"
        yield from _levels(part["statements"])
        yield from table("mentions by type, overlapping", part["mentions"]["overlapping"])
        yield from table("mentions by type, exact", part["mentions"]["exact"])
        yield from table("concepts by type", part["concepts"])
        yield from table("statements by predicate (strict, pair)", part["predicates"])
        yield from table("statements by types (strict, pair)", part["types"])
        yield from table("context of the statements found", part["context"])
        yield from table("marks of the statements found", part["marks"])
        if cells := part.get("table_cells"):
            counted = ", ".join(f"{column} {each['right']}/{each['asked']}" for column, each in cells.items())
            yield f"  table cells right: {counted}"
        yield from _causes(part["causes"], part["errors"], errors)
        yield ""
    for note in run["notes"]:
        yield f"note: {note}"


def names(run: Mapping[str, Any], *, errors: int = 12) -> Iterator[str]:
    """Yield a run over names alone (see :mod:`minex.evaluation.tagging`) as lines of text."""
    for name, part in run["parts"].items():
        yield f"{run['set']}, {name} half: {part['documents']} documents"
        yield from table("mentions by type, overlapping", part["mentions"]["overlapping"])
        yield from table("mentions by type, exact", part["mentions"]["exact"])
        yield from table("sets of ids by document", part["ids"])
        yield from _causes(part["causes"], part["errors"], errors)
        yield ""
    for note in run["notes"]:
        yield f"note: {note}"


def _levels(statements: Mapping[str, Any]) -> Iterator[str]:
    heads = " ".join(f"{name:<21}" for name in ("precision", "recall", "F1"))
    yield f"  {'statements':<18} {heads} {'right':>6} {'wrong':>6} {'missed':>6}"
    for level, looks in statements.items():
        for how, figures in looks.items():
            cells = " ".join(f"{_with_interval(figures, name):<21}" for name in ("precision", "recall", "f1"))
            counts = " ".join(f"{figures[name]:>6}" for name in ("right", "wrong", "missed"))
            yield f"  {level + ', ' + how:<18} {cells} {counts}"


def _with_interval(figures: Mapping[str, Any], name: str) -> str:
    interval = figures["intervals"][name]
    return _number(figures[name]) + ("" if interval is None else f" [{interval[0]:.3f} {interval[1]:.3f}]")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def table(title: str, rows: Mapping[str, Any]) -> Iterator[str]:
    """Yield precision, recall and F1 a row, those left out of which nothing was asked."""
    asked = {name: row for name, row in rows.items() if row["right"] + row["wrong"] + row["missed"]}
    if not asked:
        return
    yield f"  {title}"
    for name, row in asked.items():
        figures = "  ".join(
            f"{short} {_number(row[key]):<5}" for short, key in (("P", "precision"), ("R", "recall"), ("F1", "f1"))
        )
        yield f"    {name:<26} {figures}  right {row['right']}, wrong {row['wrong']}, missed {row['missed']}"


def _causes(causes: Sequence[Mapping[str, Any]], errors: Sequence[Mapping[str, Any]], most: int) -> Iterator[str]:
    if not causes:
        return
    yield "  errors by cause"
    for cause in causes[:most]:
        rules = ", ".join(f"{rule} {count}" for rule, count in list(cause["rules"].items())[:_SHOWN])
        yield f"    {cause['count']:>4} {cause['kind']}: {cause['cause']}" + (f" ({rules})" if rules else "")
        same = [each for each in errors if each["kind"] == cause["kind"] and each["cause"] == cause["cause"]]
        for each in same[:_SHOWN]:
            yield f"           {each['place']} {each['unit']}: {each['statement']}"
    rest = sum(cause["count"] for cause in causes[most:])
    if rest:
        yield f"    {rest:>4} of {len(causes) - most} rarer causes; --json has them all"
