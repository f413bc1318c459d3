"""`minex annotate`: a document a line in, its annotation a line out, in order, streaming."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, TextIO

from minex.errors import InputError
from minex.exchange.contract import error_out, mention_out, reading_out
from minex.exchange.typemap import BUILT_IN
from minex.formats.jsonl import InputRecord, records
from minex.model import Document, Failure, Mention, Reading
from minex.pipeline import Pipeline

_ABREAST = 64
"""Lines read ahead, so that their sentences are parsed in one batch."""


@dataclass(frozen=True)
class Options:
    """How to annotate: what is given, what is wanted."""

    given_mentions: bool = False
    tag_context: bool = False
    mentions_only: bool = False
    type_map: Mapping[str, str] | None = None
    abreast: int = _ABREAST
    tell: Callable[[str], None] = lambda notice: None
    """Called with what the user should know of a document that was read: the contract has no place for it."""
    more: Callable[[], bool] = lambda: True
    """Whether more input is there already; where it is not, what was read is answered before waiting for it."""


def annotate(
    source: BinaryIO, target: TextIO, pipeline: Pipeline, options: Options | None = None, where: str = ""
) -> tuple[int, int]:
    """Annotate every line of `source` and return how many lines were written and how many failed."""
    options = options or Options()
    written = failed = 0
    for batch in _batches(records(source, where), options):
        for item in _annotate_batch(batch, pipeline, options):
            target.write(json.dumps(item, ensure_ascii=False) + "\n")
            written += 1
            failed += item["error"] is not None
        target.flush()
    return written, failed


Numbered = tuple[int, InputRecord | InputError, str | None]


def _batches(items: Iterable[Numbered], options: Options) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    for item in items:
        batch.append(item)
        if len(batch) >= options.abreast or not options.more():
            yield batch
            batch = []
    if batch:
        yield batch


def _annotate_batch(batch: list[Numbered], pipeline: Pipeline, options: Options) -> Iterator[dict[str, object]]:
    types = options.type_map or BUILT_IN
    good: deque[tuple[Document, Sequence[Mention] | None]] = deque()
    for _, item, _ in batch:
        if isinstance(item, InputRecord):
            good.append((item.document, _mapped(item, types, pipeline) if options.given_mentions else None))
    if options.mentions_only:
        results: Iterator[Reading | Failure] = _tagged_only(good, pipeline)
    else:
        results = pipeline.read_tagged(good, tag_context=options.tag_context)
    for line, item, id in batch:
        if isinstance(item, InputError):
            yield error_out(id, line, item.code, str(item))
            continue
        result = next(results)
        if isinstance(result, Failure):
            yield error_out(item.document.id, line, result.code, result.message)
            continue
        for notice in result.notices:
            options.tell(notice)
        out = reading_out(result, line, mentions_only=options.mentions_only)
        if options.given_mentions:
            # Cues that the lexicon added (methods, context) worked inside; what was given is what goes back.
            out["mentions"] = [mention_out(each) for each in _mapped(item, types, pipeline)]
        yield out


def _tagged_only(
    documents: Iterable[tuple[Document, Sequence[Mention] | None]], pipeline: Pipeline
) -> Iterator[Reading | Failure]:
    for document, given in documents:
        yield pipeline.tag(document, given)


def _mapped(record: InputRecord, types: Mapping[str, str], pipeline: Pipeline) -> tuple[Mention, ...]:
    text = record.document.text

    def name(mention: Mention) -> str:
        concept = pipeline.concept(mention.concepts[0]) if mention.concepts else None
        return concept.name if concept else text[mention.start : mention.end]

    return tuple(
        replace(
            mention,
            text=text[mention.start : mention.end],
            type=types.get(mention.type, mention.type),
            given_type=mention.type,
            name=name(mention),
            finder="given",
        )
        for mention in record.mentions or ()
    )
