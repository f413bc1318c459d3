"""A kept text read once more, sentence by sentence, to see which rules nearly fired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minex.model import Document, Mention
from minex.pipeline import Pipeline


@dataclass(frozen=True)
class SentenceTrail:
    """A sentence with a name: whether it was parsed, what rules said of it, and which ones nearly did."""

    text: str
    mentions: tuple[Mention, ...]
    parsed: bool
    fired: tuple[str, ...]
    nearly: tuple[str, ...]

    def has(self, names: set[str]) -> bool:
        """Return whether it names one of some concepts."""
        return any(mention.key in names for mention in self.mentions)

    @property
    def things(self) -> int:
        """How many different things it names."""
        return len({mention.key for mention in self.mentions})


def reread(pipeline: Pipeline, document: Document) -> Iterator[SentenceTrail]:
    """Yield the sentences that have names, in order."""
    plan = pipeline.plan(document)
    parses = list(pipeline.syntax.parse(plan.requests)) if plan.requests else []
    position = 0
    for part in plan.plans:
        own = parses[position : position + len(part.requests)]
        position += len(part.requests)
        trace = pipeline.extractor.trace(document, plan.mentions, part, own)
        fired = [
            f"{claim.rule}: {claim.subject.name} {claim.predicate} {claim.object.name}" for claim in trace.claims
        ]
        done = {(claim.rule, claim.trigger.start) for claim in trace.claims}
        nearly = [
            f"{miss.frame.name} at {miss.token.text!r} lacked {miss.lacks}"
            for miss in trace.misses
            if (miss.frame.name, miss.token.start) not in done
        ]
        text = document.text[part.sentence.start : part.sentence.end]
        yield SentenceTrail(text, part.mentions, bool(own), _distinct(fired), _distinct(nearly))


def where_it_stopped(sentences: Sequence[SentenceTrail]) -> str:
    """Say how far the best sentence of a document without triples came."""
    if not sentences:
        return "no names were found in it"
    with_two = [sentence for sentence in sentences if sentence.things > 1]
    if not with_two:
        return "no sentence has two names"
    if not any(sentence.parsed or sentence.fired for sentence in with_two):
        return f"{len(with_two)} sentences have two names, and none a word that could join them"
    if any(sentence.fired for sentence in with_two):
        return "rules fired, and nothing that they said was kept"
    return f"{len(with_two)} sentences have two names, and no rule joins them"


def _distinct(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
