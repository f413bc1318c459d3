"""The rules' own examples, executed: each sentence must give exactly the statements that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minex.model import Document, Evidence, Failure, Mention, Passage
from minex.pipeline import Pipeline
from minex.rules.language import Example


def statement(evidence: Evidence) -> str:
    """Return evidence as examples write it: `not miR-21 inhibits PTEN`, `maybe ...`."""
    marks = ("not " if evidence.negated else "") + ("maybe " if evidence.hedged else "")
    subject, object = (mention.name or mention.text for mention in (evidence.subject, evidence.object))
    return f"{marks}{subject} {evidence.predicate} {object}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An example, what it gave, and what is wrong with that (empty if nothing)."""

    rule: str
    example: Example
    given: tuple[str, ...]
    problem: str = ""


def run_examples(pipeline: Pipeline, only: Iterable[str] | None = None) -> Iterator[Outcome]:
    """Yield the outcome of every executed example, or of those of some rules: by the rules alone."""
    pipeline = pipeline.by_rules_alone()
    wanted = set(only) if only is not None else None
    rules = pipeline.rules
    readers = {each.name for each in (*rules.readers, *rules.references)}
    examples = [
        (rule, example) for rule, example in pipeline.rules.executed_examples() if wanted is None or rule in wanted
    ]
    # What holds only for mentions that are given is tried on the tagger's own, given.
    judging = {each.name for each in pipeline.rules.links if each.given}
    documents = [
        Document(f"{rule}#{number}", (Passage(example.text),)) for number, (rule, example) in enumerate(examples)
    ]
    tagged = [
        (document, _mentions(pipeline, document) if rule in judging else None)
        for (rule, _), document in zip(examples, documents, strict=True)
    ]
    for (rule, example), reading in zip(examples, pipeline.read_tagged(tagged), strict=True):
        if isinstance(reading, Failure):
            yield Outcome(rule, example, (), f"failed: {reading.message}")
            continue
        given = tuple(sorted(statement(each) for each in reading.evidence))
        problem = ""
        if set(given) != set(example.gives):
            problem = f"gave {list(given) or 'nothing'} instead of {sorted(example.gives) or 'nothing'}"
        elif example.gives and rule in readers:
            fired = {name for each in reading.evidence for name in (each.rule, *each.overridden, *each.references)}
            if rule not in fired:
                problem = f"was read by {', '.join(sorted(fired))}, not by this rule"
        yield Outcome(rule, example, given, problem)


def _mentions(pipeline: Pipeline, document: Document) -> tuple[Mention, ...] | None:
    found = pipeline.tag(document)
    return None if isinstance(found, Failure) else found.mentions
