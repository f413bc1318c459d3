"""Make docs/quality.md from runs of the evaluation.

    minex evaluate --json restatements.json
    minex evaluate --documents papers/ --json documents.json
    minex evaluate --corpus CORPUS --given-mentions --half 0 --json corpus.json
    python docs/make_quality.py restatements.json documents.json corpus.json
    python docs/make_quality.py --check

Of a run only figures and the sizes of the error classes are kept (docs/quality.json): no name and no place of a
corpus that is not ours. A run of a set and half that is there already takes its place.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from minex.evaluation.compare import load_runs
from minex.evaluation.gold.agreement import agreement
from minex.evaluation.gold.sets import folder

HERE = Path(__file__).resolve().parent
KEPT = HERE / "quality.json"
PAGE = HERE / "quality.md"
_BEGIN, _END = "<!-- figures, made by make_quality.py -->\n", "<!-- end of the figures -->\n"
_FIGURES = (
    "documents",
    "units",
    "statements",
    "predicates",
    "types",
    "mentions",
    "concepts",
    "context",
    "marks",
    "table_cells",
)
_CAUSES = 10
_OURS = ("restatements", "documents")


def keep(run: Mapping[str, Any], machine: str) -> dict[str, Any]:
    """Return what is kept of a run: figures and counts."""
    parts = {
        name: {key: part[key] for key in _FIGURES if key in part}
        | {"causes": [{key: each[key] for key in ("kind", "cause", "count")} for each in part["causes"]]}
        for name, part in run["parts"].items()
    }
    kept = {key: run[key] for key in ("set", "given_mentions", "half", "date", "versions", "notes")}
    return {**kept, "problems": len(run["problems"]), "machine": machine, "parts": parts}


def name_of(run: Mapping[str, Any]) -> str:
    """Return how a run is called: set, half, and whether mentions were given."""
    half = "" if run["half"] is None else f", documents {run['half']} of every 2"
    return f"{run['set']}{half}{', given mentions' if run['given_mentions'] else ''}"


def page(runs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the generated part of the page, line by line."""
    yield "## Agreement of the two readers"
    yield ""
    yield "`minex gold agree gold/passes/a gold/passes/b`, F1 of one pass against the other:"
    yield ""
    yield "| compared | F1 |"
    yield "| --- | --- |"
    for name, value in agreement(folder() / "passes" / "a", folder() / "passes" / "b").items():
        yield f"| {name} | {value:.3f} |"
    yield ""
    yield "## At a glance"
    yield ""
    yield "Statements, a sentence and a pair of names, strict (loose where a corpus has no signs):"
    yield ""
    yield "| set | part | precision | recall | F1 |"
    yield "| --- | --- | --- | --- | --- |"
    for run in runs:
        for part, figures in run["parts"].items():
            looks = figures["statements"]["pair"]
            row = looks["strict"] if _asked(looks["strict"]) else looks["loose"]
            cells = " | ".join(_ratio(row, name) for name in ("precision", "recall", "f1"))
            yield f"| {name_of(run)} | {part} | {cells} |"
    for run in runs:
        yield ""
        yield f"## {name_of(run)}"
        yield ""
        versions = ", ".join(f"{name} {version}" for name, version in run["versions"].items())
        yield f"{run['date']}, {run['machine']}; {versions}."
        if run["problems"]:
            yield f"{run['problems']} things in the set could not be read."
        for note in run["notes"]:
            yield f"Note: {note}."
        yield ""
        yield from _statements(run)
        yield from _finer(run)


def _statements(run: Mapping[str, Any]) -> Iterator[str]:
    yield "| part | statements | precision | recall | F1 | right | wrong | missed |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for part, figures in run["parts"].items():
        for level, looks in figures["statements"].items():
            for how, row in looks.items():
                if not _asked(row):
                    continue
                cells = [_ratio(row, name) for name in ("precision", "recall", "f1")]
                counts = [str(row[name]) for name in ("right", "wrong", "missed")]
                yield f"| {part} | {level}, {how} | {' | '.join([*cells, *counts])} |"
    yield ""


def _asked(row: Mapping[str, Any]) -> bool:
    return bool(row["right"] + row["missed"])


def _finer(run: Mapping[str, Any]) -> Iterator[str]:
    parts = run["parts"]
    main = parts.get("all") or parts.get("development")
    if main is None:
        return
    whole = "all" if "all" in parts else "development"
    for title, rows in (
        ("Mentions, overlapping", main["mentions"]["overlapping"]),
        ("Mentions, exact", main["mentions"]["exact"]),
        ("Concepts", main["concepts"]),
        ("Statements by predicate (pair, strict)", main["predicates"]),
        ("Context of the statements found", main["context"]),
        ("Marks of the statements found", main["marks"]),
    ):
        asked = {name: row for name, row in rows.items() if row["right"] + row["missed"] + row["wrong"]}
        # A corpus of others has its own idea of a mention; what minex is made to find is what the gold set asks.
        if not asked or run["set"] not in _OURS:
            continue
        yield f"{title} ({whole}):"
        yield ""
        yield "| | precision | recall | F1 | right | wrong | missed |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        for name, row in asked.items():
            cells = [_number(row[key]) for key in ("precision", "recall", "f1")]
            yield f"| {name} | {' | '.join([*cells, *(str(row[key]) for key in ('right', 'wrong', 'missed'))])} |"
        yield ""
    if cells := main.get("table_cells"):
        yield (
            "Cells of the review's table read right, of those asked: "
            + ", ".join(f"{column} {each['right']}/{each['asked']}" for column, each in cells.items())
            + "."
        )
        yield ""
    errors = (parts.get("development") or main)["causes"]
    if errors:
        yield f"The biggest classes of errors ({'development' if 'development' in parts else whole}):"
        yield ""
        yield "| errors | kind | cause |"
        yield "| --- | --- | --- |"
        for each in errors[:_CAUSES]:
            yield f"| {each['count']} | {each['kind']} | {each['cause']} |"
        yield ""


def _ratio(row: Mapping[str, Any], name: str) -> str:
    interval = row["intervals"][name]
    return _number(row[name]) + ("" if interval is None else f" ({interval[0]:.2f} to {interval[1]:.2f})")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def readme_rows(runs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the rows of README's table, which a test holds to the page."""
    for run in runs:
        for part, figures in run["parts"].items():
            name = {
                ("restatements", "held"): "restatements, the half that no rule was written on",
                ("documents", "all"): "the two documents, as PDF text",
            }.get((run["set"], part))
            if name is not None:
                row = figures["statements"]["pair"]["strict"]
                yield (
                    f"| {name} | " + " | ".join(f"{row[key]:.2f}" for key in ("precision", "recall", "f1")) + " |"
                )


def machine() -> str:
    """Return this machine's class, as the page names it."""
    import os

    return f"{platform.machine()}, {os.cpu_count()} cores"


def render(text: str, runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the page with its generated part made anew."""
    head, rest = text.split(_BEGIN)
    tail = rest.split(_END)[1]
    body = "\n".join(page(runs)).rstrip()
    return f"{head}{_BEGIN}\n{body}\n\n{_END}{tail}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Take runs in and write the page; with `--check` only say whether it is what its runs give."""
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args(arguments)
    kept: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else []
    for path in chosen.runs:
        for run in load_runs(path):
            new = keep(run, machine())
            names = [name_of(each) for each in kept]
            if name_of(new) in names:
                kept[names.index(name_of(new))] = new
            else:
                kept.append(new)
    fresh = render(PAGE.read_text(encoding="utf-8"), kept)
    if chosen.check:
        return int(fresh != PAGE.read_text(encoding="utf-8"))
    lines = ",\n".join(json.dumps(run, ensure_ascii=False) for run in kept)
    sys.stdout.write("README's rows:\n" + "".join(row + "\n" for row in readme_rows(kept)))
    KEPT.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
