"""Make the parts of the documentation that the program itself knows, or check that they are fresh.

    python docs/make_docs.py            write them
    python docs/make_docs.py --check    exit status 1, with a diff, if one is stale

A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; all around it is written by hand.
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from minex.cli import app
from minex.exchange.typemap import BUILT_IN
from minex.model import PREDICATE_SIGNS
from minex.pubmed.fields import FIELDS
from minex.reports.export import FORMATS
from minex.reports.export.columns import KINDS
from minex.reports.export.indra import LEVELS, STATEMENTS
from minex.rules.load import load
from minex.shards.schema import listing
from minex.store.reference import markdown

FOLDER = Path(__file__).resolve().parent
_PART = re.compile(r"(<!-- begin (?P<name>\w+) -->\n).*?(<!-- end (?P=name) -->)", re.DOTALL)
_WIDTH = "80"


def commands(group: Any = None, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command, groups before their members: `("patterns", "test")`."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        yield (*above, name)
        if getattr(command, "commands", None):
            yield from commands(command, (*above, name))


@cache
def help_of(words: tuple[str, ...]) -> str:
    """Return what a command says when asked for `--help`, on a terminal of 80 columns."""
    result = CliRunner().invoke(app, [*words, "--help"], prog_name="minex", env={"COLUMNS": _WIDTH})
    if result.exit_code:
        raise RuntimeError(f"minex {' '.join(words)} --help ended with {result.exit_code}: {result.output}")
    return "\n".join(line.rstrip() for line in result.output.strip().splitlines())


def typer_version() -> str:
    """Return the version of typer, whose layout the help has."""
    return metadata.version("typer")


def commands_part() -> str:
    """Return the reference of all commands."""
    pieces = [f"<!-- laid out by typer {typer_version()} -->", "", "```text", help_of(()), "```", ""]
    for words in commands():
        pieces += [f"## `minex {' '.join(words)}`", "", "```text", help_of(words), "```", ""]
    return "\n".join(pieces)


def database_part() -> str:
    """Return every table and view with its columns."""
    return markdown().removeprefix("# The database\n").strip() + "\n"


def effects_part() -> str:
    """Return what each effect says of what."""
    taxonomy = load().taxonomy
    rows = ["| effect | of a factor | of its expression | of a process or cancer | remarks |"]
    rows.append("| --- | --- | --- | --- | --- |")
    for name, effect in taxonomy.effects.items():
        remarks = []
        if effect.subject:
            remarks.append(f"`{effect.otherwise}` if the subject is not {' or '.join(effect.subject)}")
        if effect.needs:
            remarks.append("of a factor only with an up or down of the object's own (*led to a decrease in X*)")
        if effect.direct:
            remarks.append("direct")
        predicates = (effect.predicate, effect.expression or effect.predicate, effect.process or effect.predicate)
        cells = [f"`{predicate}` ({PREDICATE_SIGNS[predicate]:+d})" for predicate in predicates]
        rows.append(f"| `{name}` | {' | '.join(cells)} | {'; '.join(remarks)} |")
    return "\n".join(rows).replace("(+0)", "(0)") + "\n"


def groups_part() -> str:
    """Return the groups of mention types."""
    groups = load().taxonomy.groups
    lines = [f"- `{name}`: {', '.join(f'`{kind}`' for kind in kinds)}" for name, kinds in groups.items()]
    return "\n".join(lines) + "\n"


def types_part() -> str:
    """Return which foreign types are mapped to which of ours."""
    rows = ["| minex | also given as |", "| --- | --- |"]
    for native in (foreign for foreign, kind in BUILT_IN.items() if foreign == kind):
        foreign = [f"`{name}`" for name, kind in BUILT_IN.items() if kind == native and name != native]
        rows.append(f"| `{native}` | {', '.join(foreign)} |")
    return "\n".join(rows) + "\n"


def fields_part() -> str:
    """Return the search fields of PubMed with all their names."""
    rows = ["| tag | field | other names |", "| --- | --- | --- |"]
    for field in FIELDS:
        others = [f"`{word}`" for word in field.words if word not in (field.tag, field.name.casefold())]
        rows.append(f"| `[{field.tag}]` | {field.name} | {', '.join(others)} |")
    return "\n".join(rows) + "\n"


def formats_part() -> str:
    """Return the formats of `minex export`."""
    rows = ["| format | what it is | standard output | sentences of papers |", "| --- | --- | --- | --- |"]
    for each in FORMATS.values():
        quotes = "with `--rows evidence`" if each.chosen_rows else "yes" if each.quotes else "no"
        rows.append(f"| `{each.name}` | {each.title} | {'yes' if each.text else 'no'} | {quotes} |")
    return "\n".join(rows) + "\n"


def columns_part(kind: str) -> str:
    """Return the columns of an exported table."""
    rows = ["| column | type | meaning |", "| --- | --- | --- |"]
    rows += [f"| `{each.name}` | {_TYPES[each.type]} | {each.text} |" for each in KINDS[kind]]
    return "\n".join(rows) + "\n"


def statements_part() -> str:
    """Return which INDRA statement each predicate is."""
    rows = ["| predicate | INDRA statement |", "| --- | --- |"]
    for name in PREDICATE_SIGNS:
        kind = STATEMENTS.get(name)
        how = " of nobody, the cancer as context" if name in LEVELS else ""
        rows.append(f"| `{name}` | {f'`{kind}`{how}' if kind else 'none: left out and counted'} |")
    return "\n".join(rows) + "\n"


def shard_columns_part() -> str:
    """Return the columns of a shard."""
    rows = ["| column | type | meaning |", "| --- | --- | --- |"]
    rows += [f"| `{name}` | {kind} | {what} |" for name, kind, what in listing()]
    return "\n".join(rows) + "\n"


_TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false; 0 or 1 in CSV and Excel"}

PARTS: dict[str, Callable[[], str]] = {
    "commands": commands_part,
    "tables": database_part,
    "effects": effects_part,
    "groups": groups_part,
    "types": types_part,
    "fields": fields_part,
    "formats": formats_part,
    "triple_columns": lambda: columns_part("triples"),
    "evidence_columns": lambda: columns_part("evidence"),
    "statements": statements_part,
    "shard_columns": shard_columns_part,
}


def remade(text: str) -> str:
    """Return a page with each of its parts made anew.

    Raises:
        KeyError: for a part that nothing here makes.
    """
    return _PART.sub(lambda match: f"{match[1]}{PARTS[match['name']]()}{match[3]}", text)


def laid_out_by(text: str) -> str | None:
    """Return the version of typer that the page's command reference was made with."""
    match = re.search(r"<!-- laid out by typer (\S+) -->", text)
    return match[1] if match else None


def pages() -> list[Path]:
    """Return the pages that have a part to make."""
    return [path for path in sorted(FOLDER.glob("*.md")) if _PART.search(path.read_text(encoding="utf-8"))]


def stale(path: Path) -> str:
    """Return a diff from a page as it is to what it should be, empty if it is fresh.

    A command reference laid out by another version of typer cannot be compared, and counts as fresh.
    """
    text = path.read_text(encoding="utf-8")
    if laid_out_by(text) not in (None, typer_version()):
        return ""
    fresh = remade(text)
    lines = difflib.unified_diff(
        text.splitlines(), fresh.splitlines(), path.name, f"{path.name}, made anew", lineterm=""
    )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Write the parts, or check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit status 1 if something is stale")
    check = parser.parse_args(arguments).check
    status = 0
    for path in pages():
        if check:
            difference = stale(path)
            if difference:
                status = 1
                sys.stderr.write(f"{difference}\n{path.name} is stale; run: python docs/make_docs.py\n")
        else:
            path.write_text(remade(path.read_text(encoding="utf-8")), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
