"""BioC, as JSON: a collection, a list of collections, a list of documents, or one of these a line.

As PubTator, PMC's BioC service and NCBI's corpora give it. A file that is one object is held whole, so it is
bounded like a record; one object a line is read line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from minex.errors import InputError
from minex.evaluation.corpora.base import CorpusFormat, CorpusItems
from minex.evaluation.corpora.bioc_document import read_document
from minex.evaluation.corpora.jsonl import Object, load_json
from minex.formats.base import Limits, Source
from minex.formats.lines import numbered_lines
from minex.formats.sniff import strip_bom

_START = re.compile(rb"\s*[\[{]")
_KEYS = re.compile(rb'(?<!\\)"(?:infons|documents|PubTator3)"\s*:')
_DEPTH = 4
"""How deep documents may lie in lists and collections."""


def sniff(head: bytes) -> bool:
    """Return whether it is JSON with the keys of BioC."""
    text = strip_bom(head)
    return _START.match(text) is not None and _KEYS.search(text) is not None


def read(source: Source, limits: Limits) -> CorpusItems:
    """Yield each document, after what was wrong with it."""
    lines = ((number, line) for number, line in numbered_lines(source.stream, limits.line_bytes) if line)
    first = next(((number, line) for number, line in lines if isinstance(line, InputError) or line.strip()), None)
    if first is None:
        return
    number, line = first
    if isinstance(line, bytes) and not _is_whole(line):
        value = _load(_rest(line, lines, limits), source.path)
        yield from _documents(value, source, source.path)
        return
    for number, line in chain([first], lines):
        place = f"{source.path}:{number}"
        if isinstance(line, InputError):
            yield source.failure(InputError(line.code, line.message, where=place, cure=line.cure))
        elif line.strip():
            try:
                value = _load(line, place)
            except InputError as error:
                yield source.failure(error)
                continue
            yield from _documents(value, source, place)


FORMAT = CorpusFormat("BioC JSON", sniff, read)


def _is_whole(line: bytes) -> bool:
    """Return whether a line begins and ends as one value: if not, the value is spread over lines."""
    try:
        load_json(b'{"value": ' + strip_bom(line).strip() + b"}")
    except InputError as error:
        return error.code not in ("json", "json-depth")
    return True


def _rest(line: bytes, lines: Iterator[tuple[int, bytes | InputError]], limits: Limits) -> bytes:
    parts, size = [line], len(line)
    for _, more in lines:
        if isinstance(more, InputError):
            raise more
        parts.append(more)
        size += len(more)
        if size > limits.record_bytes:
            message = f"the JSON is longer than {limits.record_bytes} bytes"
            raise InputError("record-too-long", message, cure="write one document a line, or raise the limit")
    return b"".join(parts)


def _load(data: bytes, place: str) -> object:
    try:
        return load_json(b'{"value": ' + data.strip() + b"}")["value"]
    except InputError as error:
        raise InputError(error.code, error.message, where=place, cure=error.cure) from None


def _documents(value: object, source: Source, place: str) -> CorpusItems:
    for index, item in enumerate(_found(value, 0), start=1):
        where = f"{place}, document {index}"
        try:
            if isinstance(item, InputError):
                raise item
            items = list(read_document(item, f"{source.name}#{index}", where).finish())
        except InputError as error:
            yield source.failure(InputError(error.code, error.message, where=where, cure=error.cure))
            continue
        yield from items


def _found(value: object, depth: int) -> Iterator[Object | InputError]:
    """Yield the documents of a value, through the lists and collections around them."""
    if isinstance(value, list) and depth < _DEPTH:
        for each in value:
            yield from _found(each, depth + 1)
        return
    if isinstance(value, dict):
        inner = next((value[key] for key in ("documents", "PubTator3") if key in value), None)
        if inner is not None and depth < _DEPTH:
            yield from _found(inner, depth + 1)
            return
        yield value
        return
    yield InputError("not-object", "something that is no BioC document stands where one should")
