"""The gold set laid over a copy of its documents: units and mentions with offsets, or told as not placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minex.errors import InputError
from minex.evaluation.gold.fingerprint import Stream, occurrence
from minex.evaluation.gold.records import (
    GoldDocument,
    GoldUnit,
    Problems,
    StandOff,
    read_statements,
    usable,
)
from minex.evaluation.items import Truth, Unit
from minex.model import Document, Failure, Mention, Span

_ENOUGH = 0.2
"""A text of which this share of a document's units is found is a copy of that document."""


@dataclass(slots=True)
class Placed:
    """A gold document laid over a text: the units with offsets, and what could not be placed."""

    gold: GoldDocument
    document: Document
    truth: Truth
    unplaced: list[GoldUnit] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)

    @property
    def share(self) -> float:
        """How much of the gold document is in the text."""
        units = len(self.gold.units)
        return (units - len(self.unplaced)) / units if units else 0.0


def place(gold: GoldDocument, document: Document) -> Placed:
    """Lay a gold document over a text; offsets are those of `document.text`."""
    placed = Placed(gold, document, Truth(document, ()))
    stream = Stream(document.text)
    starts = _assign(gold.units, stream)
    units: list[Unit] = []
    for unit in gold.units:
        start = starts.get(unit.id)
        if start is None:
            placed.unplaced.append(unit)
            mark = unit.fingerprint
            message = f"unit {unit.id}: no sentence of the text has the fingerprint {mark}, or another unit has it"
            placed.problems.add("unplaced", message, unit.place, document.id)
            continue
        units.append(_placed_unit(unit, stream, start, placed.problems))
    placed.truth = Truth(document, tuple(sorted(units, key=lambda unit: unit.span.start)))
    return placed


def _assign(units: Sequence[GoldUnit], stream: Stream) -> dict[str, int]:
    """Return where each unit stands; of the same words in several places, the n-th is the n-th of these units.

    The longest are placed first, and no two on one place: a heading (*Results*) is found inside sentences too.
    """
    alike: dict[tuple[int, str], list[GoldUnit]] = defaultdict(list)
    wanted: dict[int, set[str]] = defaultdict(set)
    for unit in units:
        alike[unit.length, unit.fingerprint].append(unit)
        wanted[unit.length].add(unit.fingerprint)
    found = stream.find(wanted)
    covered = bytearray(len(stream.squeezed))
    starts: dict[str, int] = {}
    for (length, mark), group in sorted(alike.items(), key=lambda each: -each[0][0]):
        free = [at for at in found.get((length, mark), ()) if covered.find(1, at, at + length) < 0]
        for unit in group:
            at = free[unit.occurrence - 1] if unit.occurrence <= len(free) else None
            if at is not None and covered.find(1, at, at + length) < 0:
                starts[unit.id] = at
                covered[at : at + length] = b"\1" * length
    return starts


def _placed_unit(unit: GoldUnit, stream: Stream, start: int, problems: Problems) -> Unit:
    squeezed = stream.squeezed[start : start + unit.length]
    mentions: list[Mention | None] = []
    for mention in unit.mentions:
        at = occurrence(squeezed, mention.surface, mention.ordinal)
        if at is None:
            message = f"unit {unit.id} has no {mention.surface!r} number {mention.ordinal}"
            problems.add("unplaced", message, unit.place)
            mentions.append(None)
            continue
        first, last = stream.span(start + at[0], start + at[1])
        mentions.append(_mention(mention, stream.text, first, last))
    there = usable(mentions, unit.place, problems)
    statements = read_statements(unit.statements, mentions, unit.place, problems)
    span = Span(*stream.span(start, start + unit.length))
    return Unit(unit.id, unit.place, span, unit.kind, unit.half, there, statements)


def _mention(mention: StandOff, text: str, start: int, end: int) -> Mention:
    """Return a mention in the text, with a sign at the surface's end (`miR-199a*`) if it stands there."""
    tail = mention.surface[len(mention.surface.rstrip("*+")) :]
    if tail and text[end : end + len(tail)] == tail:
        end += len(tail)
    return Mention(start, end, text[start:end], mention.type, mention.concepts, mention.name)


def place_all(golds: Sequence[GoldDocument], folder: Path) -> tuple[list[Placed], list[Failure]]:
    """Lay the gold documents over the files of a folder, whatever their names and formats.

    Returns what was placed, one for each copy, and as failures the files that could not be read and the documents
    that no file holds. Files that are no copy of a gold document, and hidden ones, are passed over.

    Raises:
        InputError: if the folder cannot be looked into.
    """
    from minex.formats import read

    placed: list[Placed] = []
    failures: list[Failure] = []
    try:
        paths = sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith("."))
    except OSError as error:
        raise InputError(
            "unreadable", f"the folder cannot be read ({error.strerror})", where=str(folder)
        ) from error
    for path in paths:
        try:
            items: Iterator[Document | Failure] = read(path)
            for item in items:
                if isinstance(item, Failure):
                    failures.append(item)
                elif golds:
                    best = max((place(gold, item) for gold in golds), key=lambda each: each.share)
                    placed.extend([best] if best.share >= _ENOUGH else [])
        except InputError as error:
            failures.append(Failure("read", error.code, error.message, error.where or str(path)))
    there = {each.gold.name for each in placed}
    for gold in golds:
        if gold.name not in there:
            message = f"no file holds the document {gold.name} (doi {gold.doi}); get it with: minex gold fetch"
            failures.append(Failure("read", "missing-document", message, str(folder)))
    return placed, failures


def best_copies(placed: Iterable[Placed]) -> list[Placed]:
    """Return the copy of each gold document that has most of it: one that is there twice is not asked twice."""
    best: dict[str, Placed] = {}
    for each in placed:
        if each.gold.name not in best or each.share > best[each.gold.name].share:
            best[each.gold.name] = each
    return list(best.values())


def as_json(placed: Placed) -> Iterator[dict[str, Any]]:
    """Yield the placed units with offsets into the document's text, and into the file where that is plain text."""
    for unit in placed.truth.units:
        yield {
            "document": placed.gold.name,
            "unit": unit.id,
            "kind": unit.kind,
            **_offsets(placed.document, unit.span),
            "mentions": [
                {**_offsets(placed.document, each.span), "type": each.type, "name": each.name}
                | ({"concepts": list(each.concepts)} if each.concepts else {})
                for each in unit.mentions
            ],
            "statements": [str(statement) for statement in unit.statements],
        }


def _offsets(document: Document, span: Span) -> dict[str, int]:
    offsets = {"start": span.start, "end": span.end}
    first, last = document.to_source(span.start), document.to_source(span.end - 1)
    if first is not None and last is not None:
        offsets |= {"source_start": first, "source_end": last + 1}
    return offsets
