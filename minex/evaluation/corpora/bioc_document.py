"""What a BioC document says, whether it came as XML or as JSON.

Offsets count from the document's beginning, passage by passage. Files differ in what they count (code points,
bytes, UTF-16 units) and in what they put between passages: so each passage is taken on its own, and its
annotations' texts tell the unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from minex.errors import InputError
from minex.evaluation.corpora.base import GoldRelation
from minex.evaluation.corpora.draft import ClaimedMention, Draft, make_document
from minex.evaluation.corpora.kinds import directed_by, sign_of, split_ids
from minex.evaluation.corpora.offsets import BYTES, UTF16
from minex.model import Passage, PassageKind

Object = Mapping[str, object]

_IDS = frozenset(
    {
        *("identifier", "identifiers", "mesh", "ncbi gene", "ncbi gene id", "ncbi_gene", "gene_id", "geneid"),
        *("concept_id", "conceptid", "cui", "umls", "entrez", "omim", "ncbi taxonomy", "database_id", "curie"),
    }
)
"""Keys of infons that hold ids, in lower case; every corpus has its own."""

_KINDS = {
    "title": PassageKind.TITLE,
    "front": PassageKind.TITLE,
    "fig_caption": PassageKind.CAPTION,
    "fig_title_caption": PassageKind.CAPTION,
    "table": PassageKind.TABLE,
    "table_caption": PassageKind.CAPTION,
    "ref": PassageKind.REFERENCES,
}
_FIRST = frozenset({"cause", "agent", "subject", "arg1", "source", "regulator"})
_SECOND = frozenset({"theme", "patient", "object", "arg2", "target"})


@dataclass(frozen=True, slots=True)
class _Part:
    """A passage or a passage's sentence: where it begins in the file's count, its text, and what it holds."""

    offset: int
    text: str
    value: Object


def read_document(value: Object, source: str, where: str) -> Draft:
    """Return a document with what is annotated, checked.

    Raises:
        InputError: if it has no id, or a passage no text or offset.
    """
    name = (_word(value.get("id")) or _word(value.get("pmid"))).strip()
    if not name:
        raise InputError("bad-id", "a document has no id", where=where, cure="give every document an id")
    passages = [_part(each, f"passage {number}") for number, each in _items(value, "passages")]
    made = [
        Passage(part.text, _infon(part.value, "section", "section_type", "type"), _kind(part.value))
        for part in passages
    ]
    if passages and name.isdigit() and _infon(passages[0].value, "article-id_pmc").removeprefix("PMC") == name:
        name = f"PMC{name}"
    draft = Draft(make_document(name, made, source), where)
    for part, base in zip(passages, draft.document.passage_starts, strict=True):
        draft.claim(list(_claims(part, draft)), text=part.text, base=base, tolerate=(BYTES, UTF16))
    # Some files keep a document's annotations beside its passages instead of in them.
    for annotation in _annotations(value):
        _loose(annotation, passages, draft)
    for holder in (value, *(inner for each in passages for inner in _within(each.value))):
        for number, item in _items(holder, "relations"):
            try:
                _relate(item, draft, number)
            except InputError as error:
                draft.fail(error.code, error.message, cure=error.cure)
    return draft


def _part(value: Object, place: str) -> _Part:
    """Return a passage: its text is its own or, where it has none, its sentences'."""
    text = value.get("text")
    if isinstance(text, str) and (text or not value.get("sentences")):
        return _Part(_offset(value, place), text, value)
    offset, joined = _offset(value, place), ""
    for number, sentence in _items(value, "sentences"):
        # The gap between sentences is white space that the file leaves out.
        gap = _offset(sentence, f"{place}, sentence {number}") - offset - len(joined)
        joined += " " * (gap if 0 <= gap <= 1000 else 1 if joined else 0) + _word(sentence.get("text"))
    if not joined and _annotations(value):
        raise InputError("missing-key", f"{place} has annotations and no text")
    return _Part(offset, joined, value)


def _offset(value: Object, place: str) -> int:
    offset = value.get("offset", 0)
    if type(offset) is not int:
        raise InputError("wrong-type", f"the offset of {place} is no whole number")
    return offset


def _within(value: Object) -> Iterator[Object]:
    """Yield a passage and its sentences: all may hold annotations and relations."""
    yield value
    for _, sentence in _items(value, "sentences"):
        yield sentence


def _annotations(value: Object) -> list[Object]:
    return [item for _, item in _items(value, "annotations")]


def _claims(part: _Part, draft: Draft) -> Iterator[ClaimedMention]:
    for inner in _within(part.value):
        for annotation in _annotations(inner):
            try:
                yield _claim(annotation, part.offset)
            except InputError as error:
                _unread(annotation, error, draft)


def _loose(annotation: Object, passages: list[_Part], draft: Draft) -> None:
    try:
        start = min(start for start, _ in _claim(annotation, 0).spans)
        places = list(zip(passages, draft.document.passage_starts, strict=True))
        found = [place for place in places if place[0].offset <= start] or places[:1]
        if not found:
            raise InputError("mention-offsets", "an annotation stands in a document without passages")
        part, base = found[-1]
        draft.claim([_claim(annotation, part.offset)], text=part.text, base=base, tolerate=(BYTES, UTF16))
    except InputError as error:
        _unread(annotation, error, draft)


def _unread(annotation: Object, error: InputError, draft: Draft) -> None:
    key = _word(annotation.get("id"))
    draft.fail(error.code, f"the annotation {key!r} cannot be read: {error.message}", cure=error.cure)
    draft.leave_out(key)


def _claim(annotation: Object, offset: int) -> ClaimedMention:
    spans = []
    for number, location in _items(annotation, "locations"):
        start, length = location.get("offset"), location.get("length")
        if type(start) is not int or type(length) is not int:
            raise InputError("wrong-type", f"location {number} has no offset and length")
        spans.append((start - offset, start - offset + length))
    if not spans:
        raise InputError("missing-key", "it has no location")
    text = annotation.get("text")
    infons = _infons(annotation)
    kind = _infon(annotation, "type", "class")
    if not kind:
        raise InputError("missing-key", "it has no type", cure="give an infon `type`")
    return ClaimedMention(
        _word(annotation.get("id")),
        tuple(sorted(spans)),
        text if isinstance(text, str) and text else None,
        kind,
        tuple(
            dict.fromkeys(
                each for key, found in infons.items() if key.casefold() in _IDS for each in split_ids(_word(found))
            )
        ),
    )


def _relate(item: Object, draft: Draft, number: int) -> None:
    infons = _infons(item)
    key = _word(item.get("id")) or str(number)
    kind = _infon(item, "type", "relation type", "relation")
    sign, where = sign_of(kind), f"{draft.where}, relation {key}"
    ends = next(
        (pair for pair in (("entity1", "entity2"), ("role1", "role2")) if all(name in infons for name in pair)),
        None,
    )
    if ends is not None:
        first, second = (_end(infons[name]) for name in ends)
        draft.relate_concepts(
            GoldRelation(first, second, kind, sign, directed_by(kind, None), id=key, where=where)
        )
        return
    nodes = [(_word(node.get("role")).casefold(), _word(node.get("refid"))) for _, node in _items(item, "nodes")]
    firsts = [refid for role, refid in nodes if role in _FIRST]
    seconds = [refid for role, refid in nodes if role in _SECOND]
    if len(firsts) == len(seconds) == 1:
        directed = directed_by(kind, otherwise=True)
        keys = (firsts[0], seconds[0])
    elif len(nodes) == 2:
        directed = directed_by(kind, otherwise=None)
        keys = (nodes[0][1], nodes[1][1])
    else:
        cure = "write one relation for each two"
        raise InputError("relation-argument", f"the relation {key} joins {len(nodes)} things, not two", cure=cure)
    draft.relate(GoldRelation(0, 0, kind, sign, directed, id=key, where=where), keys)


def _end(value: object) -> str:
    """Return the id that one side of a relation is: as it is, in an object, or behind its type and a bar."""
    if isinstance(value, Mapping):
        value = value.get("identifier")
    return _word(value).rpartition("|")[2].strip()


def _items(value: Object, key: str) -> Iterator[tuple[int, Object]]:
    """Yield the objects of a list with their numbers, from 1; a missing list is empty.

    Raises:
        InputError: if it is no list of objects.
    """
    found = value.get(key) or []
    if not isinstance(found, list):
        raise InputError("wrong-type", f"`{key}` is no list")
    for number, each in enumerate(found, start=1):
        if not isinstance(each, Mapping):
            raise InputError("wrong-type", f"`{key}` holds what is no object")
        yield number, each


def _infons(value: Object) -> Object:
    found = value.get("infons")
    return found if isinstance(found, Mapping) else {}


def _infon(value: Object, *keys: str) -> str:
    """Return the first infon of these keys that says something."""
    infons = _infons(value)
    return next((word for key in keys if (word := _word(infons.get(key)).strip())), "")


def _word(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""


def _kind(value: Object) -> PassageKind:
    for key in ("type", "section", "section_type"):
        if (kind := _KINDS.get(_infon(value, key).casefold())) is not None:
            return kind
    return PassageKind.TEXT
