"""A document of a corpus while it is read: what the file claims, checked against the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from minex.errors import InputError
from minex.evaluation.corpora.base import AnnotatedDocument, CorpusItems, GoldMention, GoldRelation, mentions_named
from minex.evaluation.corpora.offsets import Spans, Unit, covered_text, in_unit, probable_cause, same_text
from minex.formats.base import as_failure
from minex.model import Document, Failure, Passage, PassageKind

_PMID = re.compile(r"(?:PMID[-_: ]?)?([1-9][0-9]{0,9})", re.I)
_PMC = re.compile(r"PMC:?([0-9]+)", re.I)


def make_document(identifier: str, passages: Iterable[Passage], source: str) -> Document:
    """Return a document of a corpus; a number is a PMID, for that is what the formats name documents by.

    Examples:
        >>> [make_document(each, (), "").id for each in ("7", "PMID-7", "PMC7", "note 7")]
        ['PMID:7', 'PMID:7', 'PMC:7', 'note 7']
    """
    passages = tuple(passages)
    title = next((each.text for each in passages if each.kind is PassageKind.TITLE), "")
    if match := _PMID.fullmatch(identifier):
        return Document(f"PMID:{match[1]}", passages, pmid=match[1], title=title, source=source)
    if match := _PMC.fullmatch(identifier):
        return Document(f"PMC:{match[1]}", passages, pmcid=f"PMC{match[1]}", title=title, source=source)
    return Document(identifier, passages, title=title, source=source)


@dataclass(frozen=True, slots=True)
class ClaimedMention:
    """A mention as the file gives it: `key` is what relations call it, `text` what the file says stands there."""

    key: str
    spans: Spans
    text: str | None
    type: str
    concepts: tuple[str, ...] = ()
    where: str = ""
    trigger: bool = False


@dataclass(slots=True)
class Draft:
    """A document, and what has been claimed of it and checked so far; :meth:`finish` gives it away."""

    document: Document
    where: str
    failures: list[Failure] = field(default_factory=list)
    mentions: list[GoldMention] = field(default_factory=list)
    relations: list[GoldRelation] = field(default_factory=list)
    _index: dict[str, int] = field(default_factory=dict)
    _left_out: set[str] = field(default_factory=set)
    _ambiguous: set[str] = field(default_factory=set)
    _seen: dict[tuple[object, ...], int] = field(default_factory=dict)
    _silent: int = 0
    _lost: bool = False

    def fail(self, code: str, message: str, where: str = "", cure: str = "") -> None:
        """Take note of a problem, at its own place or at the document's."""
        error = InputError(code, message, where=where or self.where, cure=cure)
        self.failures.append(as_failure(error, self.document.id))

    def leave_out(self, key: str) -> None:
        """Take note that a mention could not be read, so that no relation of it is called unknown."""
        self._left_out.add(key)

    def claim(
        self,
        claims: Sequence[ClaimedMention],
        *,
        text: str | None = None,
        base: int = 0,
        tolerate: Sequence[Unit] = (),
    ) -> None:
        """Check mentions against a text (the document's, or a passage's that begins at `base`) and keep the good.

        If not all fit, but all do in one of the units to `tolerate`, that unit is what the file counts in.
        If one mistake explains all offsets, it is told once and the document is given up: its gold is nowhere.
        """
        if text is None:
            text = self.document.text
        if not self.document.passages:
            self._claim_textless(claims)
            return
        pairs = [(each.spans, each.text) for each in claims]
        covered = [covered_text(text, spans) for spans, _ in pairs]
        bad = [index for index, each in enumerate(claims) if not _says(each, covered[index])]
        if bad and (found := in_unit(text, pairs, tolerate)) is not None:
            for each, spans in zip(claims, found[1], strict=True):
                self._keep(each, spans, text, base)
            return
        cause = probable_cause(text, pairs) if bad else ""
        if cause:
            self._lost = True
            first = claims[bad[0]]
            message = f"{len(bad)} of {len(claims)} mentions are not where the offsets say"
            cure = f"probably {cause}; convert them to code points of the text"
            self.fail("offsets", f"{message}: {_problem(first, covered[bad[0]], text)}", first.where, cure)
            return
        wrong = set(bad)
        for index, each in enumerate(claims):
            if index not in wrong:
                self._keep(each, each.spans, text, base)
                continue
            code = "mention-offsets" if covered[index] is None else "mention-text"
            self.fail(code, _problem(each, covered[index], text), each.where, "check the offsets")
            self.leave_out(each.key)

    def _claim_textless(self, claims: Sequence[ClaimedMention]) -> None:
        for each in claims:
            if all(0 <= start < end for start, end in each.spans):
                self._keep(each, each.spans, each.text or "", 0)
                continue
            self.fail("mention-offsets", f"a mention spans {_places(each.spans)}", each.where, "check the offsets")
            self.leave_out(each.key)

    def index_of(self, key: str) -> int | None:
        """Return the index of the mention that the file calls so, or None if there is none that was kept."""
        return self._index.get(key)

    def relate(self, relation: GoldRelation, keys: tuple[str, str] | None = None) -> None:
        """Keep a relation, between the two mentions that the file calls `keys` if given.

        A relation of a mention that is not there is told; one of a mention that was left out is counted.
        """
        if self._lost:
            return
        if keys is not None:
            found = [self._index.get(key) for key in keys]
            if found[0] is None or found[1] is None:
                unknown = [
                    key for key, at in zip(keys, found, strict=True) if at is None and key not in self._left_out
                ]
                if unknown:
                    message = f"a relation joins {unknown[0]!r}, which is no mention of this document"
                    self.fail("relation-argument", message, relation.where)
                else:
                    self._silent += 1
                return
            ambiguous = next((key for key in keys if key in self._ambiguous), None)
            if ambiguous is not None:
                message = f"a relation joins {ambiguous!r}, which is what two mentions are called"
                self.fail("relation-argument", message, relation.where)
                return
            relation = replace(relation, subject=found[0], object=found[1])
        self.relations.append(relation)

    def relate_concepts(self, relation: GoldRelation) -> None:
        """Keep a relation between two ids, of which both must be ids of mentions."""
        for argument in (relation.subject, relation.object) if not self._lost else ():
            if not mentions_named(self.mentions, str(argument)):
                if self._left_out:
                    self._silent += 1
                else:
                    message = f"a relation joins {argument!r}, which no mention of this document names"
                    self.fail("relation-argument", message, relation.where)
                return
        self.relations.append(relation)

    def finish(self) -> CorpusItems:
        """Yield what was wrong, then the document, unless all its offsets are wrong."""
        if self._silent:
            message = f"{self._silent} relations are left out, for their mentions were"
            self.fail("relation-left-out", message)
        yield from self.failures
        if not self._lost:
            yield AnnotatedDocument(self.document, tuple(self.mentions), tuple(self.relations), self.where)

    def _keep(self, claim: ClaimedMention, spans: Spans, text: str, base: int) -> None:
        identity = (spans, base, claim.type, claim.concepts, claim.trigger)
        if (before := self._seen.get(identity)) is not None:
            message = f"the mention {claim.type} at {_places(spans, base)} stands twice"
            self.fail("duplicate-mention", message, claim.where, "give it once")
            self._name(claim.key, before)
            return
        start, end = min(start for start, _ in spans), max(end for _, end in spans)
        shown = text[start:end] if self.document.passages else text
        index = self._seen[identity] = len(self.mentions)
        self.mentions.append(
            GoldMention(
                start + base,
                end + base,
                shown,
                claim.type,
                claim.concepts,
                claim.key,
                len(spans) > 1,
                claim.trigger,
            )
        )
        self._name(claim.key, index)

    def _name(self, key: str, index: int) -> None:
        if key and self._index.setdefault(key, index) != index:
            self._ambiguous.add(key)


def unique(items: CorpusItems) -> CorpusItems:
    """Yield a corpus's items, each document once: a second one of the same id is a failure and left out."""
    first: dict[str, str] = {}
    for item in items:
        if isinstance(item, AnnotatedDocument):
            name = item.document.id
            if name in first:
                message = f"a document {name!r} stands at {first[name]} already; this one is left out"
                yield Failure("read", "duplicate-id", message, item.where, name)
                continue
            first[name] = item.where
        yield item


def _says(claim: ClaimedMention, covered: str | None) -> bool:
    return covered is not None and (claim.text is None or same_text(claim.text, covered))


def _places(spans: Spans, base: int = 0) -> str:
    return ", ".join(f"{start + base} to {end + base}" for start, end in spans)


def _problem(claim: ClaimedMention, covered: str | None, text: str) -> str:
    if covered is None:
        return f"a mention spans {_places(claim.spans)} in a text of {len(text)} code points"
    given, place = _short(claim.text or ""), _places(claim.spans)
    return f"a mention's text is {given}, but the text at {place} is {_short(covered)}"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
