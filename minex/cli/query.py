"""`minex query`: the saved queries, and whether PubMed can do what they say."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from minex.errors import MinexError

if TYPE_CHECKING:
    from minex.pubmed.queries import Query
    from minex.pubmed.term import TermProblem

app_query = typer.Typer(help="The saved queries: what to ask PubMed for.", no_args_is_help=True)

_WIDTH = 76
"""Columns of a term's line that are shown round a problem."""

NameOrFile = Annotated[str, typer.Argument(help="The name of a saved query, or the path of a .toml file.")]


@app_query.command("list")
def list_queries() -> None:
    """List the saved queries, yours and those that minex brings; exit status 1 if one cannot be read.

    Example:

        minex query list
    """
    from minex.cli.display import printable
    from minex.pubmed.queries import available, load, own_folder

    rows, failures = [], []
    for name, path in available().items():
        try:
            query = load(path)
        except MinexError as error:
            failures.append(error)
            continue
        mark = "  (yours)" if path.parent == own_folder() else ""
        rows.append((name, "+".join(query.sources), f"{query.title}{mark}"))
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for name, sources, title in rows:
        typer.echo(printable(f"{name:<{widths[0]}}  {sources:<{widths[1]}}  {title}"))
    for failure in failures:
        typer.echo(printable(f"minex: {failure}"), err=True)
    if failures:
        raise typer.Exit(1)


@app_query.command()
def show(name: NameOrFile) -> None:
    """Show a saved query: its dates, its sources, its file, its term.

    Example:

        minex query show mir-21-lung
    """
    from minex.cli.display import printable
    from minex.pubmed.queries import load

    query = load(name)
    kind = {"edat": "entered PubMed", "pdat": "published"}[query.date_type]
    span = f"from {query.first_day or 'the beginning'} to {query.last_day or 'today'}"
    rows = (
        ("title", query.title),
        ("dates", f"{kind} {span}" if query.first_day or query.last_day else "all"),
        ("sources", ", ".join(query.sources)),
        ("limit", f"{query.limit:,} articles" if query.limit else "none"),
        ("file", str(query.path)),
    )
    typer.echo(printable(f"{query.name}\n" + "".join(f"  {key:<8} {value}\n" for key, value in rows)))
    typer.echo(printable(query.written.strip("\n")))


@app_query.command()
def check(
    names: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(help="Names of saved queries or paths of .toml files; default: all saved queries."),
    ] = None,
    term: Annotated[Optional[str], typer.Option("--term", help="Check this term in place of a query.")] = None,  # noqa: UP045
) -> None:
    """Check terms before PubMed sees them: brackets, quotation marks, fields, operators, dates, asterisks.

    An error is where PubMed cannot do what the term says; a warning, where it may do something else than you
    mean. Exit status 1 if there is an error, 2 if a query cannot be read. Nothing is sent.

    Example:

        minex query check hypoxia-exosome-cancer
    """
    from minex.cli.display import printable
    from minex.errors import UsageError
    from minex.pubmed.queries import available, load
    from minex.pubmed.term import check as problems_of

    if term is not None and names:
        raise UsageError("term-and-names", "--term and a name are given", cure="check one after the other")
    status = 0
    if term is not None:
        found = problems_of(term)
        status = int(any(problem.level == "error" for problem in found))
        typer.echo(report("the term", term, found))
    for name in () if term is not None else names or available():
        try:
            query = load(name)
        except MinexError as error:
            typer.echo(printable(f"minex: {error}"), err=True)
            status = max(status, error.exit_code)
            continue
        status = max(status, any(problem.level == "error" for problem in query.problems))
        typer.echo(report(query.name, query.written, query.problems, query))
    if status:
        raise typer.Exit(status)


@app_query.command()
def new(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and hyphens.")],
    title: Annotated[str, typer.Option("--title", help="What it looks for, in words.")],
    term: Annotated[str, typer.Option("--term", help="The search term, in PubMed's syntax.")],
    sources: Annotated[
        str, typer.Option("--sources", help="pubmed, or pubmed,pmc to read open-access full texts as well.")
    ] = "pubmed",
    first_day: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--first-day", help="Not before: YYYY-MM-DD, YYYY-MM or YYYY."),
    ] = None,
    last_day: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--last-day", help="Not after: YYYY-MM-DD, YYYY-MM or YYYY."),
    ] = None,
    date_type: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--date-type", help="What the days are of: edat (entry into PubMed) or pdat (publication)."),
    ] = None,
    limit: Annotated[Optional[int], typer.Option("--limit", help="The most articles to take.")] = None,  # noqa: UP045
) -> None:
    """Check a query and save it among your own; a query of yours that is there already is left as it is.

    Example:

        minex query new mir-155 --title "miR-155" --term "miR-155[tiab]"
    """
    from minex.errors import QueryError
    from minex.pubmed.queries import as_toml, available, create, own_folder, parse

    path = own_folder() / f"{name}.toml"
    values = {
        "title": title,
        "term": term,
        "sources": [source.strip() for source in sources.split(",")],
        "first_day": first_day,
        "last_day": last_day,
        "date_type": date_type,
        "limit": limit,
    }
    text = as_toml(values)
    try:
        query = parse(text, path, name)
    except QueryError as error:
        # The file that the error would name is not there.
        raise QueryError(error.code, error.message, cure=error.cure) from error
    if query.problems:
        typer.echo(report(name, query.written, query.problems), err=True)
    if any(problem.level == "error" for problem in query.problems):
        raise QueryError("query-term", f"{name} is not saved", cure="mend the term first")
    hidden = name in available()
    create(path, text)
    typer.echo(f"saved as {path}" + ("; it hides the query of this name that minex brings" if hidden else ""))


def report(what: str, term: str, problems: tuple[TermProblem, ...], query: Query | None = None) -> str:
    """Return the problems of a term as text, each with the line it is on and a caret under its character."""
    from minex.cli.display import printable

    if not problems:
        return printable(f"{what}: nothing wrong")
    errors = sum(problem.level == "error" for problem in problems)
    lines = [f"{what}: {_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}"]
    lines += (_pointed(term, problem, query) for problem in problems)
    return printable("\n".join(lines))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _pointed(term: str, problem: TermProblem, query: Query | None) -> str:
    """Return a problem with its line and a caret; a long line is cut round the caret."""
    from minex.pubmed.term import place

    line, column = place(term, problem.position)
    text = "".join(" " if sign.isspace() or sign < " " else sign for sign in term.split("\n")[line])
    begin = max(0, min(column - _WIDTH // 2, len(text) - _WIDTH))
    shown = ("…" if begin else "") + text[begin : begin + _WIDTH] + ("…" if begin + _WIDTH < len(text) else "")
    caret = " " * ((1 if begin else 0) + _columns(text[begin:column])) + "^"
    where = _in_file(query, line) if query else f"line {line + 1}, " if "\n" in term.strip() else ""
    head = f"{problem.level}: {where}character {column + 1}: {problem.message}"
    return f"\n{head}\n    {shown}\n    {caret}\n    {problem.cure}"


def _in_file(query: Query, line: int) -> str:
    """Return the file and, if the term stands in it as it is, the line of the file."""
    try:
        lines = query.path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        lines = []
    wanted = query.written.split("\n")
    for first in range(len(lines) - len(wanted) + 1):
        there = lines[first : first + len(wanted)]
        if all(part in whole for part, whole in zip(wanted, there, strict=True)):
            return f"{query.path}:{first + line + 1}: "
    return f"{query.path}: line {line + 1} of the term, "


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(app_query, name="query")
