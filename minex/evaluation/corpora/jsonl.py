"""Gold as JSON lines: the exchange contract's input with what people say of it, or the contract's own output.

    {"id": ..., "text" or "passages": ..., "mentions": [{"start", "end", "text", "type", "concepts"}, ...],
     "triples": [{"subject": 0, "object": 1, "predicate", "sign", "negated", "hedged"}, ...]}

`entities` and `names` (one name with its `starts`) are other words for mentions. Relations are `triples` between
indices of mentions, or spans as the contract's output gives them; `pairs` (`m1`, `m2`, with `positive` and
`direction`), where `positive_revised` outdoes `positive`; or `relations` between concepts (`id1`, `id2`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from minex.errors import InputError
from minex.evaluation.corpora.base import CorpusFormat, CorpusItems, GoldRelation
from minex.evaluation.corpora.draft import ClaimedMention, Draft
from minex.evaluation.corpora.kinds import directed_by, sign_of, split_ids
from minex.evaluation.corpora.knowledge import Knowledge, beside
from minex.formats.base import Limits, Source, utf8_error
from minex.formats.jsonl import document_of, load_line, sniff
from minex.formats.lines import numbered_lines

_MENTIONS = ("mentions", "entities", "names")
_RELATIONS = ("triples", "pairs", "relations")
_HALF = re.compile(r"\\ud[89a-f]", re.I)
_SIGNS = {-1: -1, 0: 0, 1: 1}

_DEPTH = 100

Object = dict[str, object]


def read(source: Source, limits: Limits) -> CorpusItems:
    """Yield each line's document, after what was wrong with it."""
    knowledge = beside(source.path)
    if knowledge is not None:
        yield from knowledge.failures
    for number, line in numbered_lines(source.stream, limits.line_bytes):
        place = f"{source.path}:{number}"
        if isinstance(line, InputError):
            yield source.failure(InputError(line.code, line.message, where=place, cure=line.cure))
            continue
        if not line.strip():
            continue
        known: str | None = None
        try:
            value = load_json(line)
            known = str(value["id"]) if value.get("id") else None
            items = list(_draft(value, f"{source.name}#{number}", place, knowledge).finish())
        except InputError as error:
            yield source.failure(InputError(error.code, error.message, where=place, cure=error.cure), known)
            continue
        yield from items


FORMAT = CorpusFormat("JSONL", sniff, read)


def load_json(line: bytes) -> Object:
    """Return the object that a line holds.

    Raises:
        InputError: if it is not UTF-8, not strict JSON or no object, or if it holds half a character.
    """
    if (error := utf8_error(line, "")) is not None:
        raise error
    text = line.decode("utf-8")
    value = load_line(text)
    if not isinstance(value, dict):
        raise InputError("not-object", "the line holds no object", cure='write {"id": ..., "text": ...}')
    if _HALF.search(text) and _has_half(value, 0):
        raise InputError(
            "lone-surrogate", "the line holds half of a character (a lone surrogate)", cure="write it as UTF-8"
        )
    return value


def _has_half(value: object, depth: int) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= char <= "\udfff" for char in value)
    if depth > _DEPTH:
        raise InputError("json-depth", "the JSON is nested too deeply", cure="lay it flat")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    return isinstance(value, list) and any(_has_half(each, depth + 1) for each in value)


def _draft(value: Object, source: str, place: str, knowledge: Knowledge | None) -> Draft:
    told = value.get("error")
    if isinstance(told, dict):
        raise InputError("not-read", f"the line tells of a document that failed: {_shown(told.get('message'))}")
    mentions = next((key for key in _MENTIONS if key in value), None)
    if mentions is None and not any(key in value for key in _RELATIONS):
        raise InputError(
            "not-annotated", "the line holds no mentions", cure="give `mentions`, empty if the text has none"
        )
    if "contract" in value and not {"text", "passages"} & value.keys():
        # The contract's output repeats no text; what it says of spans can be compared all the same.
        document = replace(document_of({**value, "text": ""}, source), passages=())
    else:
        document = document_of(value, source)
    draft = Draft(document, place)
    if mentions is not None:
        claims = list(_mentions(draft, mentions, _list(value, mentions)))
        # A list of names may give one name twice, under two words of a knowledge base.
        draft.claim(list(dict.fromkeys(claims)) if mentions == "names" else claims)
    for key in _RELATIONS:
        if key in value:
            for index, item in enumerate(_list(value, key)):
                try:
                    _relate(draft, item, f"{key}[{index}]", place)
                except InputError as error:
                    draft.fail(error.code, error.message, place, error.cure)
    if knowledge is not None:
        draft.relations.extend(knowledge.relations_of(document))
    return draft


def _list(value: Object, key: str) -> list[object]:
    found = value[key]
    if not isinstance(found, list):
        raise InputError("wrong-type", f"`{key}` is no list", cure="write [] if there are none")
    return found


def _mentions(draft: Draft, key: str, items: list[object]) -> Iterator[ClaimedMention]:
    for index, item in enumerate(items):
        place = f"{key}[{index}]"
        try:
            yield from _names(_object(item, place), place) if key == "names" else [_mention(item, place, index)]
        except InputError as error:
            draft.fail(error.code, error.message, cure=error.cure)
            draft.leave_out(str(index))


def _mention(item: object, place: str, index: int) -> ClaimedMention:
    value = _object(item, place)
    text = None if value.get("text") is None else _string(value, "text", place)
    concepts: tuple[str, ...] = ()
    if isinstance(value.get("concepts"), list):
        concepts = tuple(each for each in _list(value, "concepts") if isinstance(each, str) and each)
    elif isinstance(value.get("ids"), str):
        concepts = split_ids(str(value["ids"]))
    return ClaimedMention(
        str(index),
        ((_integer(value, "start", place), _integer(value, "end", place)),),
        text,
        _string(value, "type", place),
        concepts,
        trigger=value.get("trigger") is True,
    )


def _names(value: Object, place: str) -> Iterator[ClaimedMention]:
    name, kind = _string(value, "text", place), _string(value, "type", place)
    for start in _list(value, "starts") if "starts" in value else []:
        if type(start) is not int:
            raise InputError("wrong-type", f"`{place}.starts` holds what is no whole number")
        yield ClaimedMention("", ((start, start + len(name)),), name, kind)


def _relate(draft: Draft, item: object, place: str, where: str) -> None:
    value = _object(item, place)
    if "id1" in value:
        _relate_concepts(draft, value, place, where)
        return
    names = ("m1", "m2") if "m1" in value else ("subject", "object")
    first, second = (_argument(draft, value, name, place) for name in names)
    kind = next((str(value[key]) for key in ("predicate", "type") if isinstance(value.get(key), str)), "")
    trigger = value.get("trigger")
    if not kind and type(trigger) is int and (at := draft.index_of(str(trigger))) is not None:
        kind = draft.mentions[at].type
    directed = directed_by(kind, None if "m1" in value else True)
    direction = value.get("direction")
    if direction == "m2->m1":
        first, second = second, first
    if direction in ("m1->m2", "m2->m1"):
        directed = True
    elif direction is not None:
        raise InputError(
            "wrong-type", f"`{place}.direction` is {_shown(direction)}", cure="write m1->m2 or m2->m1"
        )
    positive, revised = _truth(value, "positive", place), _truth(value, "positive_revised", place)
    relation = GoldRelation(
        0,
        0,
        kind,
        _sign(value, place) if "sign" in value else sign_of(kind),
        directed,
        _truth(value, "negated", place),
        _truth(value, "hedged", place),
        positive=next((each for each in (revised, positive) if each is not None), True),
        other_label=positive if revised is not None else None,
        id=place,
        where=where,
    )
    draft.relate(relation, (first, second))


def _relate_concepts(draft: Draft, value: Object, place: str, where: str) -> None:
    first, second = _string(value, "id1", place).strip(), _string(value, "id2", place).strip()
    kind = _string(value, "type", place)
    draft.relate_concepts(
        GoldRelation(first, second, kind, sign_of(kind), directed_by(kind, None), id=place, where=where)
    )


def _argument(draft: Draft, value: Object, name: str, place: str) -> str:
    """Return what the draft calls a relation's argument: the index of a mention, or of its span."""
    found = value.get(name)
    if type(found) is int:
        return str(found)
    if not isinstance(found, dict):
        cure = "give the index of a mention, or its start and end"
        raise InputError("relation-argument", f"`{place}.{name}` names no mention", cure=cure)
    claim = _mention(found, f"{place}.{name}", 0)
    ((start, end),) = claim.spans
    for index, each in enumerate(draft.mentions):
        if (each.start, each.end, each.type) == (start, end, claim.type):
            return each.id or str(index)
    key = f"{place}.{name}"
    name_given = found.get("name")
    given = name_given if isinstance(name_given, str) and not draft.document.passages else None
    draft.claim([replace(claim, key=key, text=claim.text or given)])
    return key


def _sign(value: Object, place: str) -> int | None:
    sign = value["sign"]
    if sign is None:
        return None
    if type(sign) is not int or sign not in _SIGNS:
        raise InputError("wrong-type", f"`{place}.sign` is {_shown(sign)}", cure="write -1, 0, 1 or null")
    return sign


def _truth(value: Object, key: str, place: str) -> bool | None:
    found = value.get(key)
    if found is None or isinstance(found, bool):
        return found
    raise InputError("wrong-type", f"`{place}.{key}` is no truth value", cure="write true or false")


def _shown(value: object) -> str:
    return repr(value)[:60] if isinstance(value, str | int | float) else "no word"


def _object(item: object, place: str) -> Object:
    if not isinstance(item, dict):
        raise InputError("wrong-type", f"`{place}` is no object")
    return item


def _string(value: Object, key: str, place: str) -> str:
    found = value.get(key)
    if not isinstance(found, str):
        raise InputError("wrong-type", f"`{place}.{key}` is {'no string' if key in value else 'missing'}")
    return found


def _integer(value: Object, key: str, place: str) -> int:
    found = value.get(key)
    if type(found) is not int:
        raise InputError("wrong-type", f"`{place}.{key}` is {'no whole number' if key in value else 'missing'}")
    return found
