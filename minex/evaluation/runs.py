"""One run of the evaluation over one set: its figures, its errors, and what was wrong with the set itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from itertools import repeat
from pathlib import Path
from typing import Any

from minex.errors import InputError
from minex.evaluation.causes import Mistake, mistakes
from minex.evaluation.compare import MADE_UP
from minex.evaluation.corpora import AnnotatedDocument, read_corpus
from minex.evaluation.corpus import CorpusTruth, corpus_truth, judgeable
from minex.evaluation.corpus import given_mentions as given_mentions_of
from minex.evaluation.gold import sets
from minex.evaluation.gold.align import best_copies, place_all
from minex.evaluation.gold.records import HALVES, Problems
from minex.evaluation.items import Truth
from minex.evaluation.score import Score, score
from minex.evaluation.tables import table_cells
from minex.model import Document, Failure, Mention, Reading
from minex.pipeline import Pipeline

HELD = "held"


@dataclass(slots=True)
class Part:
    """A set's half, or the whole of a set without halves: figures, and errors where they may be looked at."""

    name: str
    figures: dict[str, Any]
    mistakes: list[Mistake] = field(default_factory=list)
    facts: dict[str, bool] = field(default_factory=dict)
    """Each gold statement and whether it was found, and each wrong one: what two runs are compared by."""


@dataclass(slots=True)
class Run:
    """An evaluation of one set."""

    name: str
    parts: list[Part] = field(default_factory=list)
    problems: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    given_mentions: bool = False
    half: int | None = None


def run_restatements(pipeline: Pipeline, source: Path | None = None) -> Run:
    """Evaluate on the gold set's restatements."""
    problems = Problems()
    truths = sets.restatements(problems, source)
    run = Run("restatements", problems=problems.failures)
    pairs = _read_truths(pipeline, truths, run)
    for half in HALVES:
        run.parts.append(_part(half, pairs, half=half, work=lambda truth: truth.document.id[:6]))
    return run


def run_documents(pipeline: Pipeline, folder: Path, source: Path | None = None) -> Run:
    """Evaluate on the gold set's documents, found in a folder by their sentences."""
    problems = Problems()
    golds = sets.documents(problems, source)
    copies, failures = place_all(golds, folder)
    placed = best_copies(copies)
    problems.failures.extend(failures)
    problems.failures.extend(failure for each in placed for failure in each.problems.failures)
    run = Run("documents", problems=problems.failures)
    if len(copies) > len(placed):
        run.notes.append(f"{len(copies) - len(placed)} further copies of the documents were not asked")
    pairs = _read_truths(pipeline, [each.truth for each in placed], run)
    for half in HALVES:
        run.parts.append(_part(half, pairs, half=half))
    run.parts.append(_part("all", pairs, look=False))
    try:
        if cells := table_cells(pairs, problems, source):
            run.parts[-1].figures["table_cells"] = cells
    except InputError as error:
        problems.add(error.code, error.message, error.where)
    return run


def run_corpus(
    pipeline: Pipeline,
    path: Path,
    types: Mapping[str, str],
    *,
    given_mentions: bool = False,
    half: int | None = None,
) -> Run:
    """Evaluate on an annotated corpus; with `half` (0 or 1) on every second document only."""
    run = Run(path.name, given_mentions=given_mentions, half=half)
    items: list[AnnotatedDocument] = []
    for item in read_corpus(path):
        if isinstance(item, Failure):
            run.problems.append(item)
        elif item.document.passages:
            items.append(item)
    if half is not None:
        items = items[half::2]
    given = [given_mentions_of(each, types, pipeline.lexicon) for each in items]
    wanted = zip(items, given if given_mentions else repeat(None), strict=False)
    readings = _read(pipeline, [(each.document, mentions) for each, mentions in wanted], run)
    corpus = [
        corpus_truth(each, mentions, reading.mentions)
        for each, mentions, reading in zip(items, given, readings, strict=True)
    ]
    if unasked := sum(each.unasked for each in corpus):
        run.notes.append(
            f"{unasked} related pairs are not asked: a type is unmapped (--type-map) or no side of a statement"
        )
    if any(unit.kind == "document" for each in corpus for unit in each.truth.units):
        run.notes.append("relations are of whole documents: what is not listed may still be said in the text")
    marked = frozenset(mention.type for mentions in given for mention in mentions)
    linked = {mention.type for mentions in given for mention in mentions if mention.concepts}
    kinds = frozenset(kind for each in corpus for kind in each.types)
    listed = any(each.negatives for each in corpus)
    judged = [
        (each.truth, judgeable(reading, each, marked, kinds, listed=listed))
        for reading, each in zip(readings, corpus, strict=True)
    ]
    part = _part("all", judged, by_document=True)
    # What a corpus does not mark, it cannot judge: concepts of types that it does not link, context, methods.
    part.figures["concepts"] = {kind: each for kind, each in part.figures["concepts"].items() if kind in linked}
    part.figures |= {"context": {}, "marks": {}}
    run.parts.append(part)
    return run


def _read(
    pipeline: Pipeline, wanted: Sequence[tuple[Document, Sequence[Mention] | None]], run: Run
) -> list[Reading]:
    """Return each document's reading; one that failed is a problem of the run, and counts as nothing found."""
    readings: list[Reading] = []
    for (document, _), result in zip(wanted, pipeline.read_tagged(wanted), strict=True):
        if isinstance(result, Failure):
            run.problems.append(result)
            result = Reading(document)
        readings.append(result)
    return readings


def _read_truths(pipeline: Pipeline, truths: Sequence[Truth], run: Run) -> list[tuple[Truth, Reading]]:
    return list(zip(truths, _read(pipeline, [(each.document, None) for each in truths], run), strict=True))


def _part(
    name: str,
    pairs: Sequence[tuple[Truth, Reading]],
    *,
    half: str | None = None,
    by_document: bool = False,
    look: bool = True,
    work: Callable[[Truth], str] = lambda truth: truth.document.id,
) -> Part:
    scored = score(pairs, half=half, by_document=by_document, work=work)
    part = Part(name, scored.figures())
    # The held half is for figures alone: what is looked at there would be written for.
    if look and half != HELD:
        part.mistakes = [mistake for judged in scored.judged for mistake in mistakes(judged)]
        part.facts = _facts(scored)
    return part


def _facts(scored: Score) -> dict[str, bool]:
    facts: dict[str, bool] = {}
    for judged in scored.judged:
        unit = judged.unit
        strict, loose = judged.strict, judged.loose
        unsigned = [number for number, each in enumerate(unit.statements) if each.unsigned and not each.inferred]
        for gold in (*strict.missed, *(number for number in unsigned if number in loose.missed)):
            facts[f"{judged.document} {unit.id}: {unit.statements[gold]}"] = False
        right = {gold for gold, _ in loose.pairs}
        for gold in (*(gold for gold, _ in strict.pairs), *(number for number in unsigned if number in right)):
            facts[f"{judged.document} {unit.id}: {unit.statements[gold]}"] = True
        for found in strict.wrong:
            facts[f"{judged.document} {unit.id}{MADE_UP}{judged.statements[found]}"] = False
    return facts


def as_json(run: Run, pipeline: Pipeline) -> dict[str, Any]:
    """Return a run as JSON: what it was made with, the figures, the errors by cause and one by one."""
    return {
        "set": run.name,
        "given_mentions": run.given_mentions,
        "half": run.half,
        "date": datetime.now(timezone.utc).date().isoformat(),
        "versions": dict(pipeline.versions),
        "notes": run.notes,
        "problems": [
            {"code": each.code, "message": each.message, "where": each.where, "document": each.document}
            for each in run.problems
        ],
        "parts": {
            part.name: {
                **part.figures,
                "causes": causes(part.mistakes),
                "errors": [
                    {"kind": e.kind, "cause": e.cause, "place": e.place, "unit": e.unit, "statement": e.statement}
                    | ({"rule": e.rule} if e.rule else {})
                    for e in part.mistakes
                ],
                "facts": part.facts,
            }
            for part in run.parts
        },
    }


def causes(found: Iterable[Mistake]) -> list[dict[str, Any]]:
    """Return the errors counted by kind and cause, the biggest class first, wrong ones with their rules."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for mistake in found:
        rules = counted.setdefault((mistake.kind, mistake.cause), {})
        rules[mistake.rule] = rules.get(mistake.rule, 0) + 1
    ordered = sorted(counted.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return [
        {
            "kind": kind,
            "cause": cause,
            "count": sum(rules.values()),
            "rules": {rule: n for rule, n in sorted(rules.items(), key=lambda item: -item[1]) if rule},
        }
        for (kind, cause), rules in ordered
    ]


__all__ = ["CorpusTruth", "Part", "Run", "as_json", "causes", "run_corpus", "run_documents", "run_restatements"]
