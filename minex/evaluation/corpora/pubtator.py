"""PubTator's text format: title and abstract, then a line a mention and a line a relation.

    7|t|Title
    7|a|Abstract
    7<TAB>0<TAB>5<TAB>Title<TAB>Gene<TAB>596;597
    7<TAB>Positive_Correlation<TAB>596<TAB>D001943<TAB>Novel

Offsets count title and abstract with one character between them, and relations join ids. The format is described
at https://www.ncbi.nlm.nih.gov/research/pubtator3/api, the relations as BioRED has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minex.errors import InputError
from minex.evaluation.corpora.base import CorpusFormat, CorpusItems, GoldRelation
from minex.evaluation.corpora.draft import ClaimedMention, Draft, make_document
from minex.evaluation.corpora.kinds import directed_by, sign_of, split_ids
from minex.formats.base import Limits, Source, utf8_error
from minex.formats.lines import numbered_lines
from minex.formats.sniff import strip_bom
from minex.model import Passage, PassageKind

_TEXT = re.compile(r"([^|\t]+)\|([a-zA-Z])\|(.*)", re.S)
_HEAD = re.compile(rb"\s*[^|\t\r\n]{1,80}\|[at]\|")
_NUMBER = re.compile(r"[0-9]{1,12}")


def sniff(head: bytes) -> bool:
    """Return whether the first line that is not blank is a title or an abstract."""
    return _HEAD.match(strip_bom(head)) is not None


def read(source: Source, limits: Limits) -> CorpusItems:
    """Yield each document, after what was wrong with it; a blank line or another title ends one."""
    block = _Block()
    for number, line in numbered_lines(source.stream, limits.line_bytes):
        place = f"{source.path}:{number}"
        if isinstance(line, InputError):
            block.errors.append(InputError(line.code, line.message, where=place, cure=line.cure))
            continue
        if (error := utf8_error(line, place)) is not None:
            block.errors.append(error)
            continue
        text = line.decode("utf-8").rstrip("\r\n")
        match = _TEXT.match(text)
        if (not text.strip() or (match and match[2] == "t")) and not block.empty:
            yield from _finish(block, source)
            block = _Block()
        if match:
            block.texts.append((place, match[1].strip(), match[2], match[3]))
        elif text.strip():
            block.rows.append((place, text))
    if not block.empty:
        yield from _finish(block, source)


FORMAT = CorpusFormat("PubTator", sniff, read)


@dataclass(slots=True)
class _Block:
    """The lines of one document: (place, id, kind, text) and (place, row)."""

    texts: list[tuple[str, str, str, str]] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.texts or self.rows or self.errors)


def _finish(block: _Block, source: Source) -> CorpusItems:
    for error in block.errors:
        yield source.failure(error, block.texts[0][1] if block.texts else None)
    if not block.texts:
        if block.rows:
            place, row = block.rows[0]
            message = f"{len(block.rows)} lines from {row[:60]!r} on belong to no title or abstract"
            yield source.failure(InputError("stray-line", message, where=place))
        return
    where, identifier, *_ = block.texts[0]
    kinds = [kind.casefold() for _, _, kind, _ in block.texts]
    passages = [
        Passage(text, kind=PassageKind.TITLE if kind == "t" else PassageKind.TEXT)
        for kind, (_, _, _, text) in zip(kinds, block.texts, strict=True)
    ]
    name = f"{source.name}#{where.rpartition(':')[2]}"
    draft = Draft(make_document(identifier, passages, name), where)
    for place, other, _, _ in block.texts:
        if other != identifier:
            draft.fail("wrong-id", f"a text of {other!r} stands within document {identifier!r}", place)
    if len(set(kinds)) < len(kinds):
        draft.fail("text-twice", "a title or an abstract stands twice", cure="separate documents by a blank line")
    rows = list(_rows(block, draft, identifier))
    draft.claim([row for row in rows if isinstance(row, ClaimedMention)])
    for relation in rows:
        if isinstance(relation, GoldRelation):
            draft.relate_concepts(relation)
    yield from draft.finish()


def _rows(block: _Block, draft: Draft, identifier: str) -> Iterator[ClaimedMention | GoldRelation]:
    for place, row in block.rows:
        fields = row.split("\t")
        if fields[0].strip() != identifier:
            message = f"a line of {fields[0][:40]!r} stands within document {identifier!r}"
            draft.fail("wrong-id", message, place)
        elif len(fields) >= 5 and _NUMBER.fullmatch(fields[1]) and _NUMBER.fullmatch(fields[2]):
            spans = ((int(fields[1]), int(fields[2])),)
            concepts = split_ids(fields[5]) if len(fields) > 5 else ()
            yield ClaimedMention("", spans, fields[3], fields[4].strip(), concepts, place)
        elif len(fields) >= 4 and not _NUMBER.fullmatch(fields[1]) and all(part.strip() for part in fields[:4]):
            kind, first, second = (part.strip() for part in fields[1:4])
            yield GoldRelation(first, second, kind, sign_of(kind), directed_by(kind, None), where=place)
        else:
            cure = "write id, start, end, text, type, ids or id, type, id1, id2, with tabs between them"
            draft.fail("malformed-line", f"{row[:80]!r} is neither a mention nor a relation", place, cure)
            draft.leave_out("")
