"""`minex why`: where a document stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from minex.cli.display import printable
from minex.cli.options import Database, Lexicon, Model, Patterns, up_to_date

if TYPE_CHECKING:
    from minex.reports.rereading import SentenceTrail
    from minex.reports.why import Said, Trail
    from minex.store import Store

_SENTENCES = 5
_MISSES = 4


def why(
    document: Annotated[
        str, typer.Argument(metavar="PMID", help="123, PMID:123, PMC1, a DOI, or a document's id.")
    ],
    pair: Annotated[
        Optional[tuple[str, str]],  # noqa: UP045  (typer reads annotations at run time, also on Python 3.10)
        typer.Option("--pair", metavar="A B", help="Two names: what became of these two in it?"),
    ] = None,
    database: Database = Path("minex.db"),
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
) -> None:
    """Say where a document stopped: not found, not retrieved, retracted, no names, no rule, or not at all.

    A text that was kept is read once more, by the rules of now, to see which rules nearly fired.

    Example:

        minex why demo:01-mir-135b-myeloma --pair miR-135b HIF1AN --db demo.db
    """
    from minex.pipeline import Pipeline
    from minex.reports.rereading import reread, where_it_stopped
    from minex.reports.why import follow
    from minex.store import Store

    up_to_date(database)
    with Store.open(database, create=False, readonly=True) as store:
        trail = follow(store, document)
        again = trail.document is not None and (pair is not None or not trail.end)
        sentences: list[SentenceTrail] = []
        if again and trail.document is not None:
            sentences = list(reread(Pipeline(model, patterns, lexicon), trail.document))
            if not trail.end:
                trail.end = where_it_stopped(sentences)
        _tell(trail)
        if pair is None:
            _tell_sentences(trail, sentences)
        elif trail.id is not None:
            _tell_pair(store, trail, sentences, pair)


def _say(text: str) -> None:
    typer.echo(printable(text))


def _tell(trail: Trail) -> None:
    names = trail.asked if trail.id in (None, trail.asked) else f"{trail.asked}, stored as {trail.id}"
    _say(f"{names}  {trail.title}".rstrip())
    for stage, text in trail.steps:
        _say(f"  {stage:<8} {text}")
    for said in trail.said:
        _say(f"           {said}")
    _say(f"=> {trail.end}")


def _tell_sentences(trail: Trail, sentences: list[SentenceTrail]) -> None:
    """Show the sentences that came closest."""
    if trail.said:
        return
    for sentence in [each for each in sentences if each.things > 1][:_SENTENCES]:
        _tell_sentence(sentence)


def _tell_sentence(sentence: SentenceTrail) -> None:
    _say(f"\n  {' '.join(sentence.text.split())}")
    _say("    names: " + ", ".join(dict.fromkeys(mention.name or mention.text for mention in sentence.mentions)))
    if not sentence.parsed and not sentence.fired:
        _say("    not parsed: no word in it could join two of them")
    for fired in sentence.fired:
        _say(f"    fired: {fired}")
    for nearly in sentence.nearly[:_MISSES]:
        _say(f"    nearly: {nearly}")


def _tell_pair(store: Store, trail: Trail, sentences: list[SentenceTrail], pair: tuple[str, str]) -> None:
    from minex.reports.why import between, concepts_named

    _say(f"\n{pair[0]} and {pair[1]}:")
    document = trail.document
    if document is None:
        _say("  the text was not kept; to see more, read it again with minex run FILE --keep all")
        return
    named = [concepts_named(store, trail.id or "", name) for name in pair]
    for name, concepts in zip(pair, named, strict=True):
        if not concepts:
            there = name.casefold() in document.text.casefold()
            _say(
                f"  {name} "
                + ("stands in the text and was not taken for a name" if there else "is not in the text")
            )
    if not all(named):
        return
    found = between(trail.said, *named)
    for said in found:
        _say(f"  {said}\n    {' '.join(said.sentence.split())}")
    both = [each for each in sentences if each.has(named[0]) and each.has(named[1])]
    if not both:
        _say("  no sentence names both")
    missed = [each for each in both if not _is_told(each, found)]
    for sentence in missed[:_SENTENCES]:
        _tell_sentence(sentence)
    if both and not found:
        fired = any(sentence.fired for sentence in both)
        _say("\n  " + ("rules fired, and none joins these two" if fired else "no rule joins them"))


def _is_told(sentence: SentenceTrail, found: list[Said]) -> bool:
    return any(said.sentence == sentence.text for said in found)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(why)
