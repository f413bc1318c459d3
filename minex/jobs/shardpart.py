"""One part of a file into its shard, with all that a database has to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyarrow as arrow

from minex.jobs.parts import Part
from minex.jobs.runner import Pipeline
from minex.model import CONTEXT_SLOTS, Concept, Evidence, Failure, Mention, Reading
from minex.shards import files
from minex.shards.about import About
from minex.shards.schema import ROW, Row

__all__ = ["write_part"]

_BROKEN = (ValueError, TypeError, AttributeError, KeyError, OverflowError, arrow.ArrowException)
"""What a reading that breaks the model's promises may raise."""


def write_part(
    folder: Path, part: Part, found: Sequence[Reading | Failure], pipeline: Pipeline
) -> tuple[About, list[Failure]]:
    """Write the shard of a part.

    Parameters:
        found: a reading or a failure for each document of the part, in order.
        pipeline: what read it, and knows the concepts.

    Returns:
        What the shard says of itself, and what failed in it.

    Raises:
        ShardError: if it cannot be written.
    """
    each = iter(found)
    rows = [Row(failure=item) if isinstance(item, Failure) else Row.of(next(each), item) for item in part.items]
    try:
        return _write(folder, part, rows, pipeline)
    except _BROKEN:
        # One document that breaks the model's promises must not cost the others.
        return _write(folder, part, [_sound(row) for row in rows], pipeline)


def _write(folder: Path, part: Part, rows: list[Row], pipeline: Pipeline) -> tuple[About, list[Failure]]:
    concepts = [Row(concept=concept) for concept in _concepts(rows, pipeline)]
    failures = [row.failure for row in rows if row.failure is not None]
    about = About(
        dict(pipeline.versions),
        pipeline.fingerprint,
        part.file,
        part.number,
        part.last,
        files.digest_of(part.items, pipeline.fingerprint),
        documents=len(part.documents),
        failures=len(failures),
        evidence=sum(len(row.evidence) for row in rows),
    )
    files.write(folder, about, [*concepts, *rows])
    return about, failures


def _sound(row: Row) -> Row:
    try:
        ROW.build([row])
    except _BROKEN as error:
        document = row.document
        message = f"{type(error).__name__}: {error}"
        where, id_ = (document.source, document.id) if document is not None else ("", None)
        return Row(failure=Failure("store", "reading-invalid", message, where, id_))
    return row


def _concepts(rows: Iterable[Row], pipeline: Pipeline) -> Iterator[Concept]:
    """Yield what the lexicon knows of the concepts that rows name, and of all above them, in order."""
    waiting = sorted({id_ for row in rows for mention in _named(row) for id_ in mention.concepts[:1]})
    known: dict[str, Concept] = {}
    while waiting:
        id_ = waiting.pop()
        if id_ not in known and (concept := pipeline.concept(id_)) is not None:
            known[id_] = concept
            waiting.extend(concept.parents)
    for id_ in sorted(known):
        yield known[id_]


def _named(row: Row) -> Iterator[Mention]:
    yield from row.mentions
    for evidence in row.evidence:
        yield from _named_by(evidence)


def _named_by(evidence: Evidence) -> Iterator[Mention]:
    slots = (getattr(evidence.context, slot) for slot in CONTEXT_SLOTS)
    yield from chain((evidence.subject, evidence.object), *slots)
