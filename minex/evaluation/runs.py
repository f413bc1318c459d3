"""One run of the evaluation over one set: its figures, its errors, and what was wrong with the set itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from minex.evaluation.causes import Mistake, mistakes
from minex.evaluation.corpora import AnnotatedDocument, read_corpus
from minex.evaluation.corpus import CorpusTruth, corpus_truth, judgeable
from minex.evaluation.gold import sets
from minex.evaluation.gold.align import place_all
from minex.evaluation.gold.records import HALVES, Problems
from minex.evaluation.items import Truth
from minex.evaluation.score import Score, score
from minex.evaluation.tables import table_cells
from minex.model import Failure, Mention, Reading
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
    pairs = _read(pipeline, [(truth, None) for truth in truths], run)
    for half in HALVES:
        run.parts.append(_part(half, pairs, half=half, work=lambda truth: truth.document.id[:6]))
    return run


def run_documents(pipeline: Pipeline, folder: Path, source: Path | None = None) -> Run:
    """Evaluate on the gold set's documents, found in a folder by their sentences."""
    problems = Problems()
    golds = sets.documents(problems, source)
    placed, failures = place_all(golds, folder)
    run = Run("documents", problems=[*problems.failures, *failures])
    run.problems.extend(failure for each in placed for failure in each.problems.failures)
    pairs = _read(pipeline, [(each.truth, None) for each in placed], run)
    for half in HALVES:
        run.parts.append(_part(half, pairs, half=half))
    run.parts.append(_part("all", pairs, look=False))
    if cells := table_cells(pairs, problems, source):
        run.parts[-1].figures["table_cells"] = cells
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
        else:
            items.append(item)
    corpus = [corpus_truth(each, types, pipeline.lexicon) for each in items if each.document.passages]
    if half is not None:
        corpus = corpus[half::2]
    wanted: list[tuple[Truth, Sequence[Mention] | None]] = [
        (each.truth, each.given if given_mentions else None) for each in corpus
    ]
    pairs = _read(pipeline, wanted, run)
    if unasked := sum(each.unasked for each in corpus):
        run.notes.append(
            f"{unasked} related pairs are not asked: a type is unmapped (--type-map) or no side of a statement"
        )
    if any(unit.kind == "document" for each in corpus for unit in each.truth.units):
        run.notes.append("relations are of whole documents: what is not listed may still be said in the text")
    kinds = frozenset(kind for each in corpus for kind in each.types)
    listed = any(each.negatives for each in corpus)
    judged = [
        (truth, judgeable(reading, each, kinds, listed=listed))
        for (truth, reading), each in zip(pairs, corpus, strict=True)
    ]
    run.parts.append(_part("all", judged, by_document=True))
    return run


def _read(
    pipeline: Pipeline, wanted: Sequence[tuple[Truth, Sequence[Mention] | None]], run: Run
) -> list[tuple[Truth, Reading]]:
    """Return each truth with its reading; one that failed is a problem of the run, and counts as nothing found."""
    pairs: list[tuple[Truth, Reading]] = []
    results = pipeline.read_tagged((truth.document, given) for truth, given in wanted)
    for (truth, _), result in zip(wanted, results, strict=True):
        if isinstance(result, Failure):
            run.problems.append(result)
            result = Reading(truth.document)
        pairs.append((truth, result))
    return pairs


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
        for gold, _ in judged.strict.pairs:
            facts[f"{judged.document} {unit.id}: {unit.statements[gold]}"] = True
        for gold in judged.strict.missed:
            facts[f"{judged.document} {unit.id}: {unit.statements[gold]}"] = False
        for found in judged.strict.wrong:
            facts[f"{judged.document} {unit.id}: wrongly {judged.statements[found]}"] = False
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
