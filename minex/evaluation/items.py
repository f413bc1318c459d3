"""What is compared: mentions and statements in places, whether a person wrote them or minex did."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minex.model import CONTEXT_SLOTS, PREDICATE_SIGNS, Document, Evidence, Mention, Reading, Span

SYMMETRIC = frozenset({"associated_with", "binds"})
"""Predicates whose two sides may change places."""

_STATED = frozenset({"sentence", "header"})
"""Where context is said of a statement itself; what comes from the title or the aim is not asked of a unit."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One side of a statement: its concepts and name, and where the unit mentions it.

    `spans` is empty where the unit does not (a table's header says it, or a sentence before).
    """

    type: str
    name: str
    concepts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    def same(self, other: Argument) -> bool:
        """Return whether both name one thing: a common concept, or where one has none, the same name.

        Examples:
            >>> Argument("GENE", "IRF1", ("HGNC:6116",)).same(Argument("GENE", "irf1"))
            True
        """
        if self.concepts and other.concepts:
            return self.concepts[0] in other.concepts or other.concepts[0] in self.concepts
        return self.name.casefold() == other.name.casefold()

    def touches(self, other: Argument) -> bool:
        """Return whether both are mentioned in one place; without a place, whether they name one thing."""
        if not self.spans or not other.spans:
            return self.same(other)
        return any(one.overlaps(two) for one in self.spans for two in other.spans)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one unit says of two things, by the gold set or by minex (then with a `rule`).

    `unsigned` is a pair of which a corpus says that it is related, and not how: only the loose look asks for it.
    """

    subject: Argument
    predicate: str
    object: Argument
    direct: bool = False
    negated: bool = False
    hedged: bool = False
    correlation: int | None = None
    manipulation: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origin: str = ""
    inferred: bool = False
    conflict: bool = False
    unsigned: bool = False
    rule: str = ""
    confidence: float = 1.0

    @property
    def sign(self) -> int:
        return PREDICATE_SIGNS[self.predicate]

    @property
    def types(self) -> str:
        """The pair of types, as the report groups by it."""
        return f"{self.subject.type}-{self.object.type}"

    def __str__(self) -> str:
        marks = ("not " if self.negated else "") + ("maybe " if self.hedged else "")
        return f"{marks}{self.subject.name} {self.predicate} {self.object.name}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a heading, a table row: its place, its mentions, its statements.

    `place` is for people (`gold/review.jsonl:46`); `half` is `development`, `held`, or empty where there are none.
    """

    id: str
    place: str
    span: Span
    kind: str = "text"
    half: str = ""
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """A document with what a person found in it, unit by unit."""

    document: Document
    units: tuple[Unit, ...]


def found_statement(evidence: Evidence, key_at: Mapping[Span, str]) -> Statement:
    """Return a piece of evidence as a statement; `key_at` says which thing a further place of it belongs to."""

    def argument(mention: Mention) -> Argument:
        also = tuple(span for span in evidence.also if key_at.get(span) == mention.key)
        return Argument(mention.type, mention.name or mention.text, mention.concepts, (mention.span, *also))

    where = dict(evidence.context.sources)
    return Statement(
        argument(evidence.subject),
        evidence.predicate,
        argument(evidence.object),
        direct=evidence.direct,
        negated=evidence.negated,
        hedged=evidence.hedged,
        correlation=evidence.correlation,
        manipulation=evidence.manipulation,
        method=evidence.method,
        context={
            slot: tuple(mention.name or mention.text for mention in getattr(evidence.context, slot))
            for slot in CONTEXT_SLOTS
            if where.get(slot) in _STATED
        },
        origin=str(evidence.origin),
        rule=evidence.rule,
        confidence=evidence.confidence,
    )


class Places:
    """Which unit an offset lies in, looked up by bisection; where units overlap, the one that begins last."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._order = sorted(range(len(units)), key=lambda number: units[number].span.start)
        self._starts = [units[number].span.start for number in self._order]
        self._longest = max((len(unit.span) for unit in units), default=0)

    def at(self, offsets: Iterable[int]) -> int | None:
        """Return the index of the unit that holds the first of some offsets that lies in any, or None."""
        for offset in offsets:
            before = bisect_right(self._starts, offset)
            while before and self._starts[before - 1] + self._longest > offset:
                before -= 1
                if offset < self._units[self._order[before]].span.end:
                    return self._order[before]
        return None


def found_by_unit(truth: Truth, reading: Reading) -> tuple[list[list[Mention]], list[list[Statement]]]:
    """Return what minex found in each unit: mentions by where they start, evidence by where its sentence lies.

    A sentence that minex cut otherwise counts for the unit that its arguments stand in.
    """
    mentions: list[list[Mention]] = [[] for _ in truth.units]
    statements: list[list[Statement]] = [[] for _ in truth.units]

    places = Places(truth.units)
    key_at = {mention.span: mention.key for mention in reading.mentions}
    for mention in reading.mentions:
        if (number := places.at((mention.start,))) is not None:
            mentions[number].append(mention)
    for evidence in reading.evidence:
        # What *it* stands for may be named in the sentence before: the claim is made in this one.
        here = [
            each.start for each in (evidence.object, evidence.subject) if evidence.sentence.contains(each.span)
        ]
        if (number := places.at((*here, evidence.sentence.start))) is not None:
            statements[number].append(found_statement(evidence, key_at))
    return mentions, statements
