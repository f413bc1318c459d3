"""brat's standoff format: a text and, beside it, a file of annotations; a corpus is a folder of such pairs.

    T1<TAB>Gene 0 4;8 12<TAB>text          a mention, of one or more stretches
    R1<TAB>Type Arg1:T1 Arg2:T2            a relation
    E1<TAB>Type:T3 Theme:T1 Cause:T2       an event; A1<TAB>Negation E1 marks it
    N1<TAB>Reference T1 NCBIGene:596<TAB>  a concept

As https://brat.nlplab.org/standoff.html describes it; the BioNLP shared tasks split `.ann` into `.a1` and `.a2`.
Notes (`#`) and equivalences (`*`) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from minex.errors import InputError
from minex.evaluation.corpora.base import CorpusItems, GoldRelation
from minex.evaluation.corpora.brat_events import Event, Events
from minex.evaluation.corpora.draft import ClaimedMention, Draft, make_document
from minex.evaluation.corpora.kinds import directed_by, sign_of
from minex.evaluation.corpora.offsets import CRLF_AS_ONE
from minex.formats.base import Limits, as_failure, utf8_error
from minex.formats.sniff import strip_bom
from minex.model import Passage

SUFFIXES = (".ann", ".a1", ".a2")

_LINE = re.compile(r"([A-Z#*][A-Za-z0-9_-]*|\*)\t(.*)", re.S)
_MENTION = re.compile(r"(\S+) ([0-9]{1,12} [0-9]{1,12}(?:;[0-9]{1,12} [0-9]{1,12})*)")
_EVENT = re.compile(r"([^\s:]+):(\S+)((?: +[^\s:]+:\S+)*) *")
_RELATION = re.compile(r"(\S+) +([^\s:]+):(\S+) +([^\s:]+):(\S+) *")
_REFERENCE = re.compile(r"\S+ +(\S+) +(\S+)")
_NEGATED = frozenset({"negation", "negated"})
_HEDGED = frozenset({"speculation", "speculated", "uncertainty", "hedge", "hedged"})
_HEAD = re.compile(rb"(?:[#*][^\n]*\n)*T[0-9]+\t\S+ [0-9]+ [0-9]+[;\t]")


def sniff(head: bytes) -> bool:
    """Return whether the first line is a mention of brat's."""
    return _HEAD.match(strip_bom(head)) is not None


def pairs(path: Path) -> list[Path] | None:
    """Return the texts of the pairs that a path names, their suffix aside, or None if it names none.

    Raises:
        InputError: if it is a folder without annotations.
    """
    if path.is_dir():
        found = {
            each.with_suffix("") for suffix in SUFFIXES for each in path.rglob(f"*{suffix}") if each.is_file()
        }
        if not found:
            cure = "name the corpus's file, or a folder of brat's .ann files"
            raise InputError("directory", "this folder holds no .ann file", where=str(path), cure=cure)
        return sorted(found | {each.with_suffix("") for each in path.rglob("*.txt")})
    if path.suffix in SUFFIXES or (path.suffix == ".txt" and _annotations(path.with_suffix(""))):
        return [path.with_suffix("")]
    return None


def read_pairs(stems: Sequence[Path], limits: Limits, folder: Path | None = None) -> CorpusItems:
    """Yield the document of each pair, after what was wrong with it."""
    for stem in stems:
        name = str(stem.relative_to(folder)) if folder is not None else stem.name
        try:
            yield from _pair(stem, name, limits)
        except InputError as error:
            yield as_failure(error, name)


@dataclass(slots=True)
class _Lines:
    """What the annotation files of one document say, each with its place."""

    mentions: list[tuple[str, str, str, str]] = field(default_factory=list)  # place, key, type and spans, text
    events: dict[str, Event] = field(default_factory=dict)
    relations: list[tuple[str, str, str, str, str]] = field(default_factory=list)  # place, key, type, two keys
    concepts: dict[str, list[str]] = field(default_factory=dict)
    marks: list[tuple[str, str, str]] = field(default_factory=list)  # place, name, key


def _annotations(stem: Path) -> list[Path]:
    named = [stem.parent / f"{stem.name}{suffix}" for suffix in SUFFIXES]
    return [each for each in named if each.is_file()]


def _pair(stem: Path, name: str, limits: Limits) -> CorpusItems:
    files = _annotations(stem)
    text_file = stem.parent / f"{stem.name}.txt"
    if not files:
        cure = "put an empty .ann beside it if nothing is annotated"
        raise InputError("missing-annotation", "no .ann stands beside the text", where=str(text_file), cure=cure)
    if not text_file.is_file():
        message = f"{text_file.name} is missing beside it"
        raise InputError("missing-text", message, where=str(files[0]), cure="put the text there")
    text = _load(text_file, limits)
    draft = Draft(make_document(name, (Passage(text),), text_file.name), f"{files[0]}:1")
    said = _Lines()
    for file in files:
        _take(said, draft, file, limits)
    triggers = {event.trigger for event in said.events.values()}
    draft.claim(list(_claims(said, draft, triggers)), tolerate=(CRLF_AS_ONE,))
    _relate(said, draft)
    yield from draft.finish()


def _load(file: Path, limits: Limits) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(limits.document_bytes + 1)
    except OSError as error:
        message = f"the file cannot be read ({error.strerror})"
        raise InputError("unreadable", message, where=str(file)) from error
    if len(data) > limits.document_bytes:
        message = f"the file is longer than {limits.document_bytes} bytes"
        raise InputError("document-too-long", message, where=str(file), cure="raise the limit")
    if (strange := utf8_error(data, str(file))) is not None:
        raise strange
    return strip_bom(data).decode("utf-8")


def _take(said: _Lines, draft: Draft, file: Path, limits: Limits) -> None:
    for number, line in enumerate(_load(file, limits).split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith(("#", "*")):
            continue
        place = f"{file}:{number}"
        match = _LINE.match(line)
        if match is None or not _take_line(said, match[1], match[2], place):
            draft.fail(
                "malformed-line", f"{line[:80]!r} is no line of brat's", place, "see brat's standoff format"
            )
            draft.leave_out(line.split("\t")[0])


def _take_line(said: _Lines, key: str, rest: str, place: str) -> bool:
    """Take what a line says; return False if it is none of the format's."""
    body, _, text = rest.partition("\t")
    if key[0] == "T" and (match := _MENTION.fullmatch(body)):
        said.mentions.append((place, key, body, text))
    elif key[0] == "R" and (match := _RELATION.fullmatch(body)):
        said.relations.append((place, key, match[1], match[3], match[5]))
    elif key[0] == "E" and (match := _EVENT.fullmatch(body)):
        parts = (argument.split(":", 1) for argument in match[3].split())
        said.events[key] = Event(key, match[1], match[2], tuple((role, value) for role, value in parts), place)
    elif key[0] in "AM" and len(words := body.split()) >= 2:
        said.marks.append((place, words[0], words[1]))
    elif key[0] == "N" and (match := _REFERENCE.match(body)):
        said.concepts.setdefault(match[1], []).append(match[2])
    else:
        return False
    return True


def _claims(said: _Lines, draft: Draft, triggers: set[str]) -> Iterator[ClaimedMention]:
    seen: dict[str, str] = {}
    for place, key, body, text in said.mentions:
        if key in seen:
            draft.fail("duplicate-key", f"{key} stands twice", place, f"it stands at {seen[key]} already")
        seen.setdefault(key, place)
        kind, _, places = body.partition(" ")
        spans = tuple((int(start), int(end)) for start, end in (part.split(" ") for part in places.split(";")))
        concepts = tuple(dict.fromkeys(said.concepts.get(key, ())))
        yield ClaimedMention(key, spans, text or None, kind, concepts, place, key in triggers)


def _relate(said: _Lines, draft: Draft) -> None:
    negated, hedged = set(), set()
    for place, name, key in said.marks:
        if name.casefold() in _NEGATED:
            negated.add(key)
        elif name.casefold() in _HEDGED:
            hedged.add(key)
        if key[0] == "E" and key not in said.events:
            draft.fail("unknown-event", f"{name} marks {key}, which is no event of this document", place)
    for place, key, kind, first, second in said.relations:
        marks = (key in negated or None, key in hedged or None)
        relation = GoldRelation(
            0, 0, kind, sign_of(kind), directed_by(kind, otherwise=True), *marks, id=key, where=place
        )
        draft.relate(relation, (first, second))
    for item in Events(said.events).relations():
        if isinstance(item, InputError):
            draft.failures.append(as_failure(item, draft.document.id))
            continue
        event, first, second, sign, directed = item
        relation = GoldRelation(
            0,
            0,
            event.type,
            sign,
            directed,
            event.key in negated,
            event.key in hedged,
            id=event.key,
            where=event.where,
        )
        draft.relate(relation, (first, second))
