"""`minex show`: all that a database knows of a triple, a document or a concept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minex.cli.display import plain_console, printable
from minex.cli.options import Database, up_to_date

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from minex.reports.evidence import Piece
    from minex.reports.known import Document, Fact
    from minex.reports.meant import Named

app_show = typer.Typer(help="All that is known of a triple, a document or a concept.", no_args_is_help=True)

_STYLES = {"subject": "bold blue", "object": "bold green", "trigger": "bold yellow", "also": "underline"}
# Where colours are not to be had, brackets tell what a mark is.
_BRACKETS = {"subject": ("[", "]"), "object": ("[", "]"), "trigger": ("*", "*"), "also": ("(", ")")}
_TOLD = {
    "negated": "denied",
    "hedged": "only suggested",
    "cited": "another paper's finding",
    "background": "known before",
    "review": "from a review",
}
_WIDTH = 100

Limit = Annotated[int, typer.Option("--limit", min=1, help="How many pieces of evidence or triples at the most.")]


@app_show.command("triple")
def triple(
    words: Annotated[
        list[str], typer.Argument(metavar="ID | A B | A PREDICATE B", help="An id, two names, or all three.")
    ],
    database: Database = Path("minex.db"),
    limit: Limit = 50,
) -> None:
    """Show a triple with all its evidence, or all triples of two names and of what is below them.

    Mentions stand in [brackets], the word that says so between *stars*; on a terminal they have colours.

    Example:

        minex show triple miR-21 targets IRF1 --db demo.db
    """
    from minex.reports import known, meant
    from minex.store import Store

    console = _console()
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        ids = meant.triples(store.connection, words)
        left = limit
        for id_ in ids:
            found = known.triple(store.connection, id_, max(left, 1))
            if found is None or left <= 0:
                continue
            _tell_fact(console, found.fact)
            for piece in found.pieces:
                _tell_piece(console, piece)
            left -= len(found.pieces)
            _tell_rest(
                console, found.fact.evidence_count - len(found.pieces), "piece of evidence|pieces of evidence"
            )
        if left <= 0 and len(ids) > 1:
            console.print(f"There are {len(ids)} triples of the two; --limit shows more of them.")


@app_show.command("document")
def document(
    name: Annotated[str, typer.Argument(metavar="ID", help="123, PMID:123, PMC1, a DOI, or a document's id.")],
    database: Database = Path("minex.db"),
    limit: Limit = 50,
) -> None:
    """Show what was read of a document, the names found in it, and its evidence in the order of the text.

    Example:

        minex show document demo:01-mir-135b-myeloma --db demo.db
    """
    from minex.reports import known, meant
    from minex.store import Store

    console = _console()
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        found = known.document(store.connection, meant.document(store.connection, name), limit)
    if found is None:
        return
    _head(console, found.title or found.id)
    _rows(
        console,
        ("id", ", ".join(dict.fromkeys(filter(None, (found.id, found.pmcid, found.doi))))),
        ("in", ", ".join(str(part) for part in (found.journal, found.year) if part)),
        ("link", found.link),
        ("status", "" if found.status == "active" else f"{found.status}: {found.status_reason}"),
        ("concern", found.concern),
        ("read", _was_read(found)),
        *(
            (type_.lower().replace("_", " "), ", ".join(_counted_names(found.names, type_)))
            for type_ in _types(found.names)
        ),
    )
    console.print()
    for piece in found.pieces:
        _tell_piece(console, piece, claim=True, paper=False)
    if not found.pieces:
        console.print(f"Nothing that a rule joins was found in it; minex why {found.id} says more.")
    elif len(found.pieces) == limit:
        console.print("There may be more; --limit shows more.")


@app_show.command("concept")
def concept(
    name: Annotated[str, typer.Argument(help="A name or an id.")],
    database: Database = Path("minex.db"),
    limit: Limit = 15,
) -> None:
    """Show a concept: its names, what it belongs to, what is below it, and its strongest triples, both ways.

    Example:

        minex show concept miR-21 --db demo.db
    """
    from minex.reports import known, meant
    from minex.reports.wording import counted
    from minex.store import Store

    console = _console()
    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        named = meant.concept(store.connection, name)
        others = meant.concepts(store.connection, name)[1:]
        found = known.concept(store.connection, named.id, limit)
    if found is None:
        return
    _head(console, f"{named.name}  ({named.type.lower()}, {named.id})")
    _rows(
        console,
        ("called", ", ".join(f"{text} ({count})" for text, count in found.called)),
        ("elsewhere", ", ".join(found.xrefs)),
        ("belongs to", ", ".join(each.name for each in found.parents)),
        ("below it", ", ".join(each.name for each in found.children)),
        ("also called so", ", ".join(f"{each.id} ({each.type.lower()})" for each in others)),
    )
    told = counted(found.evidence_count, "piece of evidence|pieces of evidence")
    below = ", with all that is below it" if found.children else ""
    console.print(
        f"It acts in {counted(found.triples_as_subject, 'triple')} and is acted on in "
        f"{counted(found.triples_as_object, 'triple')}: {told}{below}.",
        soft_wrap=True,
    )
    for title, facts in (("What it does", found.as_subject), ("What is done to it", found.as_object)):
        if facts:
            _tell_facts(console, title, facts)


def _console() -> Console:
    console = plain_console()
    return console if console.is_terminal else plain_console(width=_WIDTH)


def _head(console: Console, text: str) -> None:
    console.print(text, style="bold", soft_wrap=True)


def _rows(console: Console, *rows: tuple[str, str]) -> None:
    """Print what is known, a line each with a name before it; what is not known is left out."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value:
            table.add_row(f"  {name}", value)
    if table.row_count:
        console.print(table)


def _tell_fact(console: Console, fact: Fact) -> None:
    from minex.reports.wording import counted

    _head(console, f"{fact}  ({fact.id})")
    against = f", {fact.contrary_document_count} against" if fact.contrary_document_count else ""
    counts = [counted(fact.evidence_count, "piece of evidence|pieces of evidence")]
    counts += [
        f"{number} {word}"
        for number, word in (
            (fact.negated_count, "denied"),
            (fact.hedged_count, "only suggested"),
            (fact.direct_count, "direct"),
        )
        if number
    ]
    told = (
        f"  belief {fact.rolled_belief:.2f}, {counted(fact.rolled_document_count, 'document')} for it{against}; "
    )
    console.print(told + ", ".join(counts) + (f"; {fact.years}" if fact.years else ""), soft_wrap=True)
    console.print()


def _tell_piece(console: Console, piece: Piece, *, claim: bool = False, paper: bool = True) -> None:
    """Print a sentence with its marks, what is to be known of it, and where it stands."""
    from rich.text import Text

    marks = [_TOLD.get(mark, mark) for mark in piece.marks]
    if claim:
        head = f"{piece.subject} {piece.predicate} {piece.object}"
        console.print(head + (f"  ({', '.join(marks)})" if marks else ""), soft_wrap=True)
        marks = []
    _indented(console, _marked(piece, colours=console.is_terminal), 2)
    context = [f"{item.slot.replace('_', ' ')}: {item.name}" for item in piece.context]
    how = [f"experiment: {', '.join(piece.manipulation)}"] if piece.manipulation else []
    how += [f"shown by {', '.join(piece.method)}"] if piece.method else []
    how += ["direct"] if piece.direct else []
    about = [*marks, *context, *how, f"confidence {piece.confidence:.2f}", piece.rule]
    _indented(console, Text(printable(", ".join(about)), "dim"), 4)
    if paper:
        where = [piece.document, piece.title, piece.journal, str(piece.year or ""), piece.link]
        _indented(console, Text(printable(", ".join(part for part in where if part)), "dim"), 4)
    console.print()


def _indented(console: Console, text: Text, columns: int) -> None:
    """Print text with an indent and no blanks behind it."""
    from rich.text import Text

    for line in text.wrap(console, console.width - columns):
        line.rstrip()
        console.print(Text(" " * columns).append_text(line), soft_wrap=True)


def _marked(piece: Piece, *, colours: bool) -> Text:
    from rich.text import Text

    text = Text()
    for segment in piece.segments:
        words = " ".join(printable(segment.text).split("\n"))
        before, after = ("", "") if colours or not segment.role else _BRACKETS[segment.role]
        text.append(f"{before}{words}{after}", style=_STYLES.get(segment.role, ""))
    return text


def _tell_facts(console: Console, title: str, facts: Iterable[Fact]) -> None:
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold")
    table.add_column("triple", overflow="fold")
    for heading in ("belief", "documents", "against", "years"):
        table.add_column(heading, justify="right")
    for fact in facts:
        numbers = (str(fact.rolled_document_count), str(fact.contrary_document_count or ""), fact.years)
        table.add_row(str(fact), f"{fact.rolled_belief:.2f}", *numbers)
    console.print()
    console.print(table)


def _tell_rest(console: Console, number: int, noun: str) -> None:
    from minex.reports.wording import counted

    if number > 0:
        console.print(f"  and {counted(number, noun)} more; --limit shows more")
        console.print()


def _was_read(found: Document) -> str:
    from minex.reports.wording import counted

    if not found.record:
        return "nothing yet"
    what = {"citation": "its citation", "article": "its full text", "text": "a text"}[found.record]
    if not found.parts:
        return f"{what}; the text was not kept"
    characters = sum(len(part.text) for part in found.parts)
    return f"{what}: {counted(len(found.parts), 'passage')}, {counted(characters, 'character')}"


def _types(names: Sequence[tuple[str, Named, int]]) -> list[str]:
    return list(dict.fromkeys(type_ for type_, _, _ in names))


def _counted_names(names: Iterable[tuple[str, Named, int]], type_: str) -> list[str]:
    return [f"{named.name} ({count})" for each, named, count in names if each == type_]


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(app_show, name="show")
