"""The gold set's files: one unit a line, checked strictly, each problem told with file and line.

A unit of a document is stand-off: a fingerprint, and mentions as the n-th occurrence of a surface. A restatement
has a text of our own, and mentions by offset. Both say their statements in the same form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minex.errors import InputError
from minex.evaluation.corpora.jsonl import load_json
from minex.evaluation.items import Argument, Statement
from minex.formats import DEFAULT_LIMITS
from minex.formats.lines import numbered_lines
from minex.model import CONTEXT_SLOTS, PREDICATE_SIGNS, Failure, Mention, MentionType, Origin

TYPES = frozenset(kind.value for kind in MentionType)
HALVES = ("development", "held")
_MARKS = frozenset({"direct", "negated", "hedged", "inferred", "source_conflict"})
_UNIT = frozenset(
    {"unit", "kind", "section", "fingerprint", "length", "occurrence", "half", "mentions", "statements"}
)
_RESTATEMENT = frozenset({"id", "of", "half", "text", "caption", "header", "cells", "mentions", "statements"})
_NAMED = frozenset({"type", "name", "concepts"})
_STAND_OFF = _NAMED | {"surface", "ordinal"}
_PLACED = _NAMED | {"start", "end"}
_STATEMENT = frozenset({"subject", "predicate", "object", "marks", "correlation", "origin", "reason"}) | {
    *("manipulation", "method", "context"),
}
_ORIGINS = frozenset(origin.value for origin in Origin)


@dataclass(frozen=True, slots=True)
class StandOff:
    """A mention as the n-th occurrence of a surface in a sentence, counted over letters and digits alone."""

    surface: str
    ordinal: int
    type: str
    name: str
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """A sentence, heading, caption sentence or table row of a document, without its text.

    `occurrence` tells apart units of the same words; `statements` are as in the file, their sides indices into
    `mentions` or, where the unit does not mention them, objects with a name.
    """

    document: str
    id: str
    kind: str
    section: str
    fingerprint: str
    length: int
    occurrence: int
    half: str
    mentions: tuple[StandOff, ...]
    statements: tuple[Mapping[str, Any], ...]
    place: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One of the gold set's documents: its name, its ids, and its units in the order of the text."""

    name: str
    doi: str
    title: str
    units: tuple[GoldUnit, ...]


@dataclass(frozen=True, slots=True)
class Restatement:
    """A sentence of our own that says what units of the documents say, or a table row with its headers."""

    id: str
    of: tuple[str, ...]
    half: str
    text: str
    header: tuple[str, ...]
    cells: tuple[str, ...]
    caption: str
    mentions: tuple[Mention, ...]
    statements: tuple[Mapping[str, Any], ...]
    place: str


@dataclass(slots=True)
class Problems:
    """What is wrong with a gold file: told one by one, while the rest is used."""

    failures: list[Failure] = field(default_factory=list)

    def add(self, code: str, message: str, where: str, document: str | None = None) -> None:
        """Keep a problem as a failure of stage `read`."""
        self.failures.append(Failure("read", code, message, where, document))


def lines(path: Path, problems: Problems) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the JSON objects of a file with their places; a line that is none is a problem.

    Raises:
        InputError: if the file cannot be opened.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(
            "unreadable", f"the gold file cannot be read ({error.strerror})", where=str(path)
        ) from error
    with stream:
        for number, line in numbered_lines(stream, DEFAULT_LIMITS.line_bytes):
            where = f"{path}:{number}"
            try:
                if isinstance(line, InputError):
                    raise line
                if line.strip():
                    yield where, load_json(line)
            except InputError as error:
                problems.add(error.code, error.message, where)


def load_document(path: Path, problems: Problems) -> GoldDocument:
    """Read a document's gold file: a line about the document, then one a unit.

    Raises:
        InputError: if the file cannot be read, or its first line does not say which document it is of.
    """
    items = lines(path, problems)
    where, head = next(items, (str(path), {}))
    if head.get("gold") != 1 or not all(isinstance(head.get(key), str) for key in ("document", "doi", "title")):
        raise InputError(
            "gold", "the first line has to name the document", where=where, cure='{"gold": 1, "document": ...}'
        )
    units: list[GoldUnit] = []
    seen: set[str] = set()
    for where, item in items:
        unit = _unit(head["document"], item, where, problems)
        if unit is None:
            continue
        if unit.id in seen:
            problems.add("gold", f"unit {unit.id} stands here for the second time", where)
            continue
        seen.add(unit.id)
        units.append(unit)
    return GoldDocument(head["document"], head["doi"], head["title"], tuple(units))


def _unit(document: str, item: Mapping[str, Any], where: str, problems: Problems) -> GoldUnit | None:
    try:
        _only(item, _UNIT)
        mentions = tuple(
            StandOff(
                _text(each["surface"]),
                _number(each["ordinal"], least=1),
                _text(each["type"]),
                _text(each["name"]),
                _texts(each, "concepts"),
            )
            for each in _mentions(item, _STAND_OFF)
        )
        unit = GoldUnit(
            document,
            _text(item["unit"]),
            _text(item["kind"]),
            _text(item.get("section", "")),
            _text(item["fingerprint"]),
            _number(item["length"], least=1),
            _number(item.get("occurrence", 1), least=1),
            _half(item),
            mentions,
            _objects(item, "statements"),
            where,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problems.add("gold", f"not a unit of the gold set ({type(error).__name__}: {error})", where)
        return None
    _check_types(mentions, where, problems)
    return unit


def load_restatements(path: Path, problems: Problems) -> tuple[Restatement, ...]:
    """Read the restatements.

    Raises:
        InputError: if the file cannot be read at all.
    """
    found: dict[str, Restatement] = {}
    for where, item in lines(path, problems):
        try:
            _only(item, _RESTATEMENT)
            cells = _texts(item, "cells")
            text = " | ".join(cells) if cells else _text(item["text"])
            restatement = Restatement(
                _text(item["id"]),
                _texts(item, "of"),
                _half(item),
                text,
                _texts(item, "header"),
                cells,
                _text(item.get("caption", "")),
                tuple(_mention(each, text) for each in _mentions(item, _PLACED)),
                _objects(item, "statements"),
                where,
            )
            if not text.strip():
                raise ValueError("the text is empty")
            if len(cells) != len(restatement.header):
                raise ValueError(f"{len(cells)} cells under {len(restatement.header)} headers")
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problems.add("gold", f"not a restatement ({type(error).__name__}: {error})", where)
            continue
        _check_types(restatement.mentions, where, problems)
        if restatement.id in found:
            problems.add("gold", f"restatement {restatement.id} stands here for the second time", where)
            continue
        found[restatement.id] = restatement
    return tuple(found.values())


def _mention(item: Mapping[str, Any], text: str) -> Mention:
    start, end = _number(item["start"]), _number(item["end"])
    if not 0 <= start < end <= len(text):
        raise ValueError(f"offsets {start}-{end} lie outside the text of {len(text)} characters")
    return Mention(start, end, text[start:end], _text(item["type"]), _texts(item, "concepts"), _text(item["name"]))


def _check_types(mentions: Sequence[StandOff] | Sequence[Mention], where: str, problems: Problems) -> None:
    for mention in mentions:
        if mention.type not in TYPES:
            message = f"{mention.type!r} is no mention type; allowed: {', '.join(sorted(TYPES))}"
            problems.add("unknown-type", message, where)


def usable(mentions: Sequence[Mention | None], where: str, problems: Problems) -> tuple[Mention, ...]:
    """Return the mentions that were found and have a known type; those that overlap are told, and stay."""
    there = [mention for mention in mentions if mention is not None and mention.type in TYPES]
    last: Mention | None = None
    for mention in sorted(there, key=lambda mention: (mention.start, mention.end)):
        if last is not None and last.span.overlaps(mention.span):
            problems.add("overlap", f"the mentions {last.text!r} and {mention.text!r} overlap", where)
        if last is None or mention.end > last.end:
            last = mention
    return tuple(there)


def read_statements(
    items: Sequence[Mapping[str, Any]], mentions: Sequence[Mention | None], where: str, problems: Problems
) -> tuple[Statement, ...]:
    """Return a unit's statements with their arguments' places; `mentions` has None for those not found.

    A statement that cannot be read, or whose mention is not there, is told and left out.
    """
    read: list[Statement] = []
    for item in items:
        try:
            _only(item, _STATEMENT)
            marks = set(_texts(item, "marks"))
            if strange := marks - _MARKS:
                raise ValueError(f"unknown: {', '.join(sorted(strange))}")
            if item["predicate"] not in PREDICATE_SIGNS:
                raise ValueError(f"{item['predicate']!r} is no predicate; allowed: {', '.join(PREDICATE_SIGNS)}")
            if item.get("origin", "own") not in _ORIGINS:
                raise ValueError(f"{item['origin']!r} is no origin; allowed: {', '.join(sorted(_ORIGINS))}")
            if item.get("correlation") not in (None, -1, 1):
                raise ValueError(f"the correlation is {item['correlation']!r}; allowed: -1, 1")
            context = item.get("context", {})
            if strange := set(context) - set(CONTEXT_SLOTS):
                raise ValueError(f"{', '.join(sorted(strange))}: no context slot")
            read.append(
                Statement(
                    _argument(item["subject"], mentions),
                    item["predicate"],
                    _argument(item["object"], mentions),
                    direct="direct" in marks,
                    negated="negated" in marks,
                    hedged="hedged" in marks,
                    inferred="inferred" in marks,
                    conflict="source_conflict" in marks,
                    correlation=item.get("correlation"),
                    manipulation=_texts(item, "manipulation"),
                    method=_texts(item, "method"),
                    context={slot: _texts(context, slot) for slot in context},
                    origin=item.get("origin", "own"),
                )
            )
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            problems.add("gold", f"a statement cannot be read ({type(error).__name__}: {error})", where)
    return tuple(read)


def _argument(side: object, mentions: Sequence[Mention | None]) -> Argument:
    if isinstance(side, Mapping):
        return read_named(side)
    number = _number(side)
    if not 0 <= number < len(mentions):
        raise ValueError(f"mention {number} is none of the {len(mentions)} of the unit")
    mention = mentions[number]
    if mention is None:
        raise ValueError(f"its mention {number} was not found in the text")
    places = [each.span for each in mentions if each is not None and each.key == mention.key]
    if mention.type not in TYPES:
        raise ValueError(f"its mention {number} is of no known type")
    return Argument(mention.type, mention.name, mention.concepts, tuple(places))


def read_named(item: Mapping[str, Any]) -> Argument:
    """Return a thing that is named without a place.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: if it is not written as one.
    """
    _only(item, _NAMED)
    if item["type"] not in TYPES:
        raise ValueError(f"{item['type']!r} is no mention type; allowed: {', '.join(sorted(TYPES))}")
    return Argument(_text(item["type"]), _text(item["name"]), _texts(item, "concepts"))


def _only(item: Mapping[str, Any], allowed: frozenset[str]) -> None:
    if strange := set(item) - allowed:
        raise ValueError(f"unknown: {', '.join(sorted(strange))}")


def _objects(item: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    values = item.get(key, [])
    if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        raise TypeError(f"{key} is not a list of objects")
    return tuple(values)


def _mentions(item: Mapping[str, Any], allowed: frozenset[str]) -> tuple[Mapping[str, Any], ...]:
    found = _objects(item, "mentions")
    for each in found:
        _only(each, allowed)
    return found


def _texts(item: Mapping[str, Any], key: str) -> tuple[str, ...]:
    values = item.get(key, [])
    if not isinstance(values, list):
        raise TypeError(f"{key} is not a list")
    return tuple(map(_text, values))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _number(value: object, least: int = 0) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise TypeError(f"{value!r} is not a whole number from {least}")
    return value


def _half(item: Mapping[str, Any]) -> str:
    if item["half"] not in HALVES:
        raise ValueError(f"half {item['half']!r}; allowed: {', '.join(HALVES)}")
    return str(item["half"])
