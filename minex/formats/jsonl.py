"""The exchange contract's input: one JSON object a line, with an id and a text or passages.

    {"id": "PMID:1", "text": "..."}
    {"id": "PMID:1", "passages": [{"section": "title", "text": "..."}], "mentions": [{"start": 0, ...}]}

Texts are taken verbatim: nothing is joined, trimmed or mended, for offsets count their code points. Keys that
the contract does not name are ignored.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from minex.errors import InputError
from minex.formats.base import Format, Items, Limits, Source, as_failure, clean_doi, open_source, utf8_error
from minex.formats.lines import numbered_lines
from minex.formats.sniff import strip_bom
from minex.formats.weight import refuse_heavy_json
from minex.model import Document, Failure, Mention, Passage, PassageKind

_KINDS = {
    "title": PassageKind.TITLE,
    "caption": PassageKind.CAPTION,
    "table": PassageKind.TABLE,
    "references": PassageKind.REFERENCES,
}
_PMID = re.compile(r"PMID:([1-9]\d*)")
_PMC = re.compile(r"PMC:?(\d+)")
_DOI = re.compile(r"DOI:(.+)", re.I)
_START = re.compile(rb"\s*\{[ \t]*[\"}]")


@dataclass(frozen=True, slots=True)
class InputRecord:
    """One line: its document, and the mentions that came with it (None if the line had no such key)."""

    document: Document
    mentions: tuple[Mention, ...] | None = None


def parse_line(line: str, *, where: str = "", source: str = "") -> InputRecord:
    """Return what a line says; anything against the contract raises :class:`InputError` with a code.

    Codes: `json`, `json-duplicate-key`, `json-constant`, `json-depth`, `bom`, `not-object`, `missing-key`,
    `wrong-type`, `bad-id`, `text-and-passages`, `lone-surrogate`, `mention-offsets`, `mention-text`,
    `line-too-heavy`.

    Examples:
        >>> parse_line('{"id": "PMID:7", "text": "miR-21"}').document.pmid
        '7'
    """
    try:
        return _record(load_line(line), source)
    except InputError as error:
        raise InputError(error.code, error.message, where=where, cure=error.cure) from None


def records(
    stream: BinaryIO, where: str = "", *, limits: Limits | None = None
) -> Iterator[tuple[int, InputRecord | InputError, str | None]]:
    """Yield (line number, what it says or why it cannot be read, its id if known) for every line not blank.

    A line is never held beyond the limit: a longer one is skipped and told as `line-too-long`.
    """
    name = Path(where).name
    for number, line in numbered_lines(stream, (limits or Limits()).line_bytes):
        place = f"{where}, line {number}" if where else f"line {number}"
        if isinstance(line, InputError):
            yield number, InputError(line.code, line.message, where=place, cure=line.cure), None
        elif line.strip():
            yield number, *_parse(line, place, f"{name}#{number}" if name else "")


def read_records(path: Path | str, *, limits: Limits | None = None) -> Iterator[InputRecord | Failure]:
    """Yield each line of a JSONL file, gzipped or not, with its mentions; a bad line is a :class:`Failure`."""
    limits = limits or Limits()
    with open_source(path, limits) as source:
        for _, item, known in records(source.stream, source.path, limits=limits):
            yield as_failure(item, known) if isinstance(item, InputError) else item


def sniff(head: bytes) -> bool:
    """Return whether the first line that is not blank begins as a JSON object."""
    return _START.match(strip_bom(head)) is not None


def read(source: Source, limits: Limits) -> Items:
    """Yield the document of each line; mentions that came with it are left aside."""
    for _, item, known in records(source.stream, source.path, limits=limits):
        yield as_failure(item, known) if isinstance(item, InputError) else item.document


FORMAT = Format("JSONL", sniff, read)


def _parse(line: bytes, place: str, source: str) -> tuple[InputRecord | InputError, str | None]:
    known: str | None = None
    try:
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise utf8_error(line, place) or InputError("not-utf8", "the line is not UTF-8") from None
        value = load_line(text)
        if isinstance(value, dict) and isinstance(value.get("id"), str) and not _has_surrogate(value["id"]):
            known = value["id"] or None
        record = _record(value, source)
    except InputError as error:
        return InputError(error.code, error.message, where=place, cure=error.cure), known
    return record, record.document.id


def load_line(line: str) -> object:
    """Return a line's JSON, strictly: a key given twice, NaN, and what is too deep or too heavy are errors."""
    if line.startswith("\ufeff"):
        raise InputError("bom", "the line begins with a byte order mark", cure="leave it out")
    refuse_heavy_json(line)
    try:
        return json.loads(line, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise InputError("json", f"this is not JSON: {error.msg} at column {error.colno}") from None
    except RecursionError:
        raise InputError(
            "json-depth", "the JSON is nested too deeply", cure="lay it flat as the contract says"
        ) from None
    except ValueError as error:
        raise InputError("json", f"this is not JSON that can be read: {error}") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice, _ = next(item for item in Counter(key for key, _ in pairs).items() if item[1] > 1)
        raise InputError(
            "json-duplicate-key", f"the key {twice!r} stands twice in one object", cure="give it once"
        )
    return found


def _constant(name: str) -> NoReturn:
    raise InputError("json-constant", f"{name} is not JSON", cure="write null or leave the key out")


def _record(value: object, source: str) -> InputRecord:
    document = document_of(value, source)
    if isinstance(value, dict) and "mentions" in value:
        return InputRecord(document, _mentions(value["mentions"], document.text))
    return InputRecord(document)


def document_of(value: object, source: str) -> Document:
    """Return the document that a line's object holds, its mentions aside, or raise :class:`InputError`.

    Examples:
        >>> document_of({"id": "PMID:7", "text": "miR-21", "mentions": "not looked at"}, "a.jsonl#1").text
        'miR-21'
    """
    if not isinstance(value, dict):
        raise InputError(
            "not-object", f"the line holds {_a(value)}, not an object", cure='write {"id": ..., "text": ...}'
        )
    identifier = _string(value, "id", "")
    if not identifier.strip():
        raise InputError("bad-id", "`id` is empty", cure="give every document an id, such as PMID:1")
    passages = _passages(value)
    return Document(
        id=identifier,
        passages=passages,
        pmid=match[1] if (match := _PMID.fullmatch(identifier)) else None,
        pmcid=f"PMC{match[1]}" if (match := _PMC.fullmatch(identifier)) else None,
        doi=clean_doi(match[1]) if (match := _DOI.fullmatch(identifier)) else None,
        title=next((passage.text for passage in passages if passage.kind is PassageKind.TITLE), ""),
        source=source,
    )


def _passages(value: dict[str, object]) -> tuple[Passage, ...]:
    if "text" in value and "passages" in value:
        raise InputError("text-and-passages", "both `text` and `passages` are given", cure="give one of them")
    if "text" in value:
        return (Passage(_string(value, "text", "")),)
    if "passages" not in value:
        raise InputError("missing-key", "neither `text` nor `passages` is given", cure="give one of them")
    passages = []
    for index, item in enumerate(_list(value, "passages", "")):
        place = f"passages[{index}]."
        if not isinstance(item, dict):
            raise InputError("wrong-type", f"`passages[{index}]` is {_a(item)}, not an object")
        section = _string(item, "section", place) if "section" in item else ""
        kind = _KINDS.get(section.strip().casefold(), PassageKind.TEXT)
        passages.append(Passage(_string(item, "text", place), section, kind))
    return tuple(passages)


def _mentions(value: object, text: str) -> tuple[Mention, ...]:
    return tuple(
        _mention(item, f"mentions[{index}]", text)
        for index, item in enumerate(_list({"mentions": value}, "mentions", ""))
    )


def _mention(item: object, place: str, text: str) -> Mention:
    if not isinstance(item, dict):
        raise InputError("wrong-type", f"`{place}` is {_a(item)}, not an object")
    start, end = _integer(item, "start", place), _integer(item, "end", place)
    if not 0 <= start < end <= len(text):
        raise InputError(
            "mention-offsets",
            f"`{place}` spans {start} to {end} in a text of {len(text)} code points",
            cure="offsets are code points of the text, end exclusive, passages joined by one line feed",
        )
    kind = _string(item, "type", f"{place}.")
    if not kind:
        raise InputError("wrong-type", f"`{place}.type` is empty", cure="name the type, such as MIRNA")
    covered = text[start:end]
    if "text" in item and (given := _string(item, "text", f"{place}.")) != covered:
        raise InputError(
            "mention-text",
            f"`{place}.text` is {given!r}, but the text there is {covered!r}",
            cure="check the offsets",
        )
    concepts = _list(item, "concepts", f"{place}.") if "concepts" in item else []
    for index, concept in enumerate(concepts):
        if not isinstance(concept, str) or not concept:
            raise InputError("wrong-type", f"`{place}.concepts[{index}]` is {_a(concept)}, not a CURIE")
        _no_surrogate(concept, f"{place}.concepts[{index}]")
    return Mention(start, end, covered, kind, tuple(str(c) for c in concepts), covered, "given", kind)


def _string(value: dict[str, object], key: str, place: str) -> str:
    found = _get(value, key, place)
    if not isinstance(found, str):
        cure = f'write "{found}"' if key == "id" and type(found) is int else ""
        raise InputError("wrong-type", f"`{place}{key}` is {_a(found)}, not a string", cure=cure)
    _no_surrogate(found, f"{place}{key}")
    return found


def _integer(value: dict[str, object], key: str, place: str) -> int:
    found = _get(value, key, f"{place}.")
    if type(found) is not int:
        raise InputError("wrong-type", f"`{place}.{key}` is {_a(found)}, not a whole number")
    return found


def _list(value: dict[str, object], key: str, place: str) -> list[object]:
    found = _get(value, key, place)
    if not isinstance(found, list):
        cure = "leave the key out instead" if found is None else ""
        raise InputError("wrong-type", f"`{place}{key}` is {_a(found)}, not a list", cure=cure)
    return found


def _get(value: dict[str, object], key: str, place: str) -> object:
    if key not in value:
        raise InputError("missing-key", f"`{place}{key}` is missing")
    return value[key]


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _no_surrogate(text: str, place: str) -> None:
    if _has_surrogate(text):
        raise InputError(
            "lone-surrogate",
            f"`{place}` holds half of a character (a lone surrogate)",
            cure="write the text as UTF-8",
        )


def _a(value: object) -> str:
    """Name a JSON value's type as JSON names it."""
    if value is None:
        return "null"
    names = {
        bool: "a truth value",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), type(value).__name__)
