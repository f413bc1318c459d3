"""What minex found against what is there: figures of mentions, concepts, statements, context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from minex.evaluation.figures import Count, Tally
from minex.evaluation.items import Statement, Truth, Unit, found_by_unit
from minex.evaluation.match import LEVELS, STRICTNESS, Matching, distinct, match, most_pairs
from minex.model import CONTEXT_SLOTS, Mention, Reading, Span

MARKS = ("direct", "hedged", "correlation", "manipulation", "method", "origin")


@dataclass(slots=True)
class Judged:
    """One unit with what minex found in it, and how the looks at pairs of names went."""

    unit: Unit
    document: str
    mentions: Sequence[Mention]
    statements: Sequence[Statement]
    loose: Matching
    strict: Matching


@dataclass(slots=True)
class Score:
    """All tallies of a run over one set."""

    levels: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    predicates: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    types: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    mentions: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    concepts: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    context: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    marks: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    judged: list[Judged] = field(default_factory=list)
    units: int = 0
    documents: int = 0

    def figures(self) -> dict[str, Any]:
        """Return everything as the JSON of a run holds it; only the levels have intervals."""

        def plain(tallies: dict[str, Tally]) -> dict[str, Any]:
            return {name: tally.figures(intervals=False) for name, tally in sorted(tallies.items())}

        return {
            "documents": self.documents,
            "units": self.units,
            "statements": {
                level: {how: self.levels[level, how].figures() for how in STRICTNESS} for level in LEVELS
            },
            "predicates": plain(self.predicates),
            "types": plain(self.types),
            "mentions": {
                how: plain({kind: tally for (kind, each), tally in self.mentions.items() if each == how})
                for how in ("exact", "overlapping")
            },
            "concepts": plain(self.concepts),
            "context": plain(self.context),
            "marks": plain(self.marks),
        }


def score(
    pairs: Iterable[tuple[Truth, Reading]],
    *,
    half: str | None = None,
    by_document: bool = False,
    work: Callable[[Truth], str] = lambda truth: truth.document.id,
) -> Score:
    """Score readings against the truth; the bootstrap draws units, or whole documents where these are many.

    Of a `half` only its units count; what was found is laid to the units of both halves first, so that a table
    row's evidence does not fall to the caption that names its condition. `work` says which truths are parts of
    one document: what the document level puts together.
    """
    result = Score()
    works: dict[str, tuple[list[Statement], list[Statement]]] = defaultdict(lambda: ([], []))
    for truth, reading in pairs:
        chosen = [
            (unit, named, said)
            for unit, named, said in zip(truth.units, *found_by_unit(truth, reading), strict=True)
            if half in (None, unit.half)
        ]
        if not chosen:
            continue
        result.documents += 1
        gold, given = works[work(truth)]
        for unit, named, said in chosen:
            cluster = truth.document.id if by_document else f"{truth.document.id}\x1f{unit.id}"
            result.units += 1
            _mentions(result, cluster, unit, named)
            _statements(result, cluster, truth, unit, named, said)
            gold.extend(unit.statements)
            given.extend(said)
    for name, (gold, given) in works.items():
        _document_level(result, name, gold, given)
    return result


def _statements(
    result: Score, cluster: str, truth: Truth, unit: Unit, named: Sequence[Mention], said: Sequence[Statement]
) -> None:
    looks = {
        (level, how): match(unit.statements, said, level, strict=how == "strict")
        for level in LEVELS[:2]
        for how in STRICTNESS
    }
    for look, matching in looks.items():
        result.levels[look].add(cluster, _count(matching))
    # Everything finer is told by the strict look at pairs of names.
    matching = looks["pair", "strict"]
    result.judged.append(Judged(unit, truth.document.id, named, said, looks["pair", "loose"], matching))
    for gold, found in matching.pairs:
        one = unit.statements[gold]
        result.predicates[one.predicate].add(cluster, Count(right=1))
        result.types[one.types].add(cluster, Count(right=1))
        _details(result, cluster, one, said[found])
    for number in matching.missed:
        result.predicates[unit.statements[number].predicate].add(cluster, Count(missed=1))
        result.types[unit.statements[number].types].add(cluster, Count(missed=1))
    for number in matching.wrong:
        result.predicates[said[number].predicate].add(cluster, Count(wrong=1))
        result.types[said[number].types].add(cluster, Count(wrong=1))


def _document_level(result: Score, name: str, gold: Sequence[Statement], given: Sequence[Statement]) -> None:
    sides = distinct(gold), distinct(given)
    for how in STRICTNESS:
        result.levels["document", how].add(name, _count(match(*sides, "document", strict=how == "strict")))


def _count(matching: Matching) -> Count:
    return Count(len(matching.pairs), len(matching.wrong), len(matching.missed))


def _mentions(result: Score, cluster: str, unit: Unit, found: Sequence[Mention]) -> None:
    for kind in sorted({each.type for each in (*unit.mentions, *found)}):
        golds, givens = ([each.span for each in side if each.type == kind] for side in (unit.mentions, found))
        for how, meets in (("exact", Span.__eq__), ("overlapping", Span.overlaps)):
            right = len(most_pairs(golds, givens, meets))
            result.mentions[kind, how].add(cluster, Count(right, len(givens) - right, len(golds) - right))
    gold_concepts = {(each.type, each.key) for each in unit.mentions if each.concepts}
    found_concepts = {(each.type, each.key) for each in found if each.concepts}
    for kind, _ in gold_concepts & found_concepts:
        result.concepts[kind].add(cluster, Count(right=1))
    for kind, _ in gold_concepts - found_concepts:
        result.concepts[kind].add(cluster, Count(missed=1))
    for kind, _ in found_concepts - gold_concepts:
        result.concepts[kind].add(cluster, Count(wrong=1))


def _details(result: Score, cluster: str, gold: Statement, found: Statement) -> None:
    """Count context slots and marks of a statement that was found: they have no meaning for one that was not."""
    for slot in CONTEXT_SLOTS:
        wanted = {name.casefold() for name in gold.context.get(slot, ())}
        given = {name.casefold() for name in found.context.get(slot, ())}
        result.context[slot].add(cluster, Count(len(wanted & given), len(given - wanted), len(wanted - given)))
    for mark in MARKS:
        for one in _mark(gold, found, mark):
            result.marks[mark].add(cluster, one)


def _mark(gold: Statement, found: Statement, mark: str) -> Iterator[Count]:
    wanted, given = getattr(gold, mark), getattr(found, mark)
    if isinstance(wanted, tuple):
        left, right = ({each.casefold() for each in side} for side in (wanted, given))
        yield Count(len(left & right), len(right - left), len(left - right))
    elif mark == "origin":
        yield Count(right=1) if wanted == given else Count(wrong=1, missed=1)
    else:
        alike = wanted == given
        yield Count(int(bool(wanted) and alike), int(bool(given) and not alike), int(bool(wanted) and not alike))
