"""`minex explain`: how a sentence is read, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from minex.cli.display import plain_console
from minex.cli.options import Lexicon, Model, Ner, Patterns

if TYPE_CHECKING:
    from rich.console import Console

    from minex.extraction.extractor import SentencePlan, Trace
    from minex.lexicon import Lexicon as Names
    from minex.model import Evidence
    from minex.syntax.parse import Parse
    from minex.tagging.considered import Considered


def explain(
    sentence: Annotated[str, typer.Argument(help="A sentence, or a few.")],
    model: Model = None,
    patterns: Patterns = None,
    lexicon: Lexicon = None,
    ner: Ner = False,
) -> None:
    """Show how text is read: mentions, parse, rules that fired, rules that nearly did, and what is kept.

    Of what is kept it shows the sum behind its confidence, in log-odds (docs/confidence.md).

    Of each name in the lexicon it shows what it may mean: a score and what speaks for it, or why it is refused;
    and which was taken.

    Example:

        minex explain "Knockdown of HIF1A reduced VEGFA expression."
    """
    from minex.model import Document, Passage
    from minex.pipeline import Pipeline
    from minex.syntax.sentences import split_document
    from minex.tagging.considered import consider

    console = plain_console(soft_wrap=True)
    pipeline = Pipeline(model, patterns, lexicon, ner=ner)
    document = Document("explained", (Passage(sentence),))
    plan = pipeline.plan(document)
    parses = list(pipeline.syntax.parse(plan.requests))
    names = consider(pipeline.lexicon, document, split_document(document))
    for part, own in pipeline.extractor.resolved(plan, parses):
        console.print(document.text[part.sentence.start : part.sentence.end], style="bold")
        _show_mentions(console, part)
        here = [name for name in names if part.sentence.start <= name.start < part.sentence.end]
        _show_names(console, here, pipeline.lexicon)
        names = [name for name in names if name not in here]
        if not own:
            console.print("  not parsed: no two things that a rule could join, or no word that could join them")
        for parse in own:
            if parse is None:
                console.print("  not parsed: longer than any sentence")
            else:
                _show_parse(console, parse)
                _show_referents(console, parse)
        _show_rules(console, pipeline.extractor.trace(document, plan.mentions, part, own), document.text)
    if not plan.plans:
        console.print("no mentions: nothing here is a factor, a cancer, a condition, a vesicle or a process")
    _show_names(console, names, pipeline.lexicon)
    for evidence in pipeline.extractor.evidence(plan, parses):
        marks = " ".join(
            word for word, is_so in (("negated", evidence.negated), ("hedged", evidence.hedged)) if is_so
        )
        rules = ", ".join((evidence.rule, *evidence.references))
        _show_sum(console, evidence)
        console.print(
            f"=> {evidence.subject.name} {evidence.predicate} {evidence.object.name}"
            f"  {marks}{' ' if marks else ''}({rules}, confidence {evidence.confidence:g})",
            style="green",
        )


def _show_sum(console: Console, evidence: Evidence) -> None:
    """Show what the confidence is the sum of, in log-odds."""
    terms = (
        f"{each.log_odds:+.2f} {each.what}{f' ({each.times} times)' if each.times > 1 else ''}"
        for each in evidence.reasons
    )
    total = sum(each.log_odds for each in evidence.reasons)
    console.print(
        f"  sum: {', '.join(terms)} = {total:+.2f}, so {evidence.confidence:g}", style="dim", markup=False
    )


def _show_mentions(console: Console, part: SentencePlan) -> None:
    for mention in part.mentions:
        linked = ", ".join(mention.concepts) or "unlinked"
        console.print(
            f"  {mention.text}  {mention.type}  {mention.name}  {linked}  ({mention.finder})", markup=False
        )


def _show_names(console: Console, names: list[Considered], lexicon: Names) -> None:
    from minex.tagging.considered import KINDS

    for name in names:
        for weighed in name.candidates:
            one = weighed.candidate
            known = f"{lexicon.name(one.id)} {one.id} {one.type}"
            why = ", ".join((KINDS[one.status], *weighed.evidence))
            score = f"{weighed.score:g}" if weighed.score else "refused"
            if one.id == name.chosen:
                score += f", taken as {name.of_species} for its species" if name.of_species else ", taken"
            console.print(f"  may mean: {name.text!r} {known}: {score} ({why})", style="dim", markup=False)


def _show_parse(console: Console, parse: Parse) -> None:
    # The parser was shown a stand-in for each mention; people want to see the mention.
    names = [token.mention.text if token.mention else token.text for token in parse]
    words = [f"{names[t.i]}/{t.tag}/{t.dep}" + ("" if t.head == t.i else f"<{names[t.head]}") for t in parse]
    console.print("  parse: " + "  ".join(words), style="dim")


def _show_referents(console: Console, parse: Parse) -> None:
    for place, referent in sorted(parse.referents.items()):
        meant = " and ".join(mention.name or mention.text for mention in referent.mentions)
        console.print(f"  refers: {parse[place].text!r} to {meant}  ({referent.rule})")


def _show_rules(console: Console, trace: Trace, text: str) -> None:
    for claim in trace.claims:
        word = text[claim.trigger.start : claim.trigger.end]
        done = "".join(f", {each}" for each in (*claim.manipulation, *claim.references))
        console.print(
            f"  fired: {claim.rule} at {word!r}: {claim.subject.name} {claim.predicate} {claim.object.name}{done}"
            f"  priority {claim.priority}",
        )
    for claim in trace.unlikely:
        console.print(
            f"  dropped: {claim.rule}: {claim.subject.name} {claim.predicate} {claim.object.name}"
            f"  the words around the two make it {claim.likely:.0%} likely",
            markup=False,
        )
    seen: set[tuple[str, str]] = set()
    fired = {(claim.rule, claim.trigger.start) for claim in trace.claims}
    for miss in trace.misses:
        key = (miss.frame.name, miss.token.text)
        if (miss.frame.name, miss.token.start) in fired or key in seen:
            continue
        seen.add(key)
        console.print(
            f"  nearly: {miss.frame.name} at {miss.token.text!r} lacked {miss.lacks}", style="dim", markup=False
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)
