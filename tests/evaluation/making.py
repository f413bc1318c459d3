"""Statements, truths and readings made by hand, so that a test of counting needs no model."""

from __future__ import annotations

from typing import Any

from minex.evaluation.items import Argument, Statement, Truth, Unit
from minex.model import Document, Evidence, Mention, Passage, Reading, Span


def side(name: str, *places: tuple[int, int], type: str = "GENE", concept: str = "") -> Argument:
    """Return an argument; it is linked if a concept is given."""
    return Argument(type, name, (concept,) if concept else (), tuple(Span(*place) for place in places))


def say(words: str, **marks: Any) -> Statement:
    """Return the statement that `A inhibits B` says."""
    one, predicate, two = words.split()
    return Statement(side(one), predicate, side(two), **marks)


def named(text: str, surface: str, type: str = "GENE", name: str = "", concept: str = "", nth: int = 1) -> Mention:
    """Return the n-th place of a surface in a text as a mention."""
    at = -1
    for _ in range(nth):
        at = text.index(surface, at + 1)
    return Mention(at, at + len(surface), surface, type, (concept,) if concept else (), name or surface)


def found(subject: Mention, predicate: str, object: Mention, **more: Any) -> Evidence:
    """Return evidence whose sentence begins where its first argument does."""
    start = min(subject.start, object.start)
    sentence = Span(start, max(subject.end, object.end))
    return Evidence("d", subject, predicate, object, **{"sentence": sentence, "rule": "r", **more})


def judged(
    text: str,
    gold: tuple[Statement, ...],
    evidence: tuple[Evidence, ...] = (),
    mentions: tuple[Mention, ...] = (),
    tagged: tuple[Mention, ...] | None = None,
    **unit: Any,
) -> tuple[Truth, Reading]:
    """Return a document of one unit with what a person and what minex found in it."""
    document = Document("d", (Passage(text),))
    only = Unit("u1", "gold.jsonl:1", Span(0, len(text)), mentions=mentions, statements=gold, **unit)
    reading = Reading(document, mentions=mentions if tagged is None else tagged, evidence=evidence)
    return Truth(document, (only,)), reading
