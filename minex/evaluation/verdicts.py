"""People's verdicts as a judged set: what they found right should be read again, what they found wrong should not.

It says nothing of what nobody judged: precision is that of the judged pieces which are read now, recall the share
of the right ones which still are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from minex.evaluation.figures import Count, Tally
from minex.evaluation.report import table
from minex.model import Document, Failure
from minex.pipeline import Pipeline
from minex.store.encode import encode
from minex.store.verdict_tables import RIGHT
from minex.store.verdicts import Verdict


@dataclass
class VerdictRun:
    """What came of it: counts by document and by rule, what was lost, what is made again, what is mended."""

    tally: Tally = field(default_factory=Tally)
    rules: dict[str, Count] = field(default_factory=dict)
    lost: list[Verdict] = field(default_factory=list)
    made_again: list[Verdict] = field(default_factory=list)
    mended: int = 0
    without_text: int = 0
    problems: list[Failure] = field(default_factory=list)


def run_verdicts(pipeline: Pipeline, documents: Iterable[Document], verdicts: Sequence[Verdict]) -> VerdictRun:
    """Read documents and hold what is found against the verdicts on them.

    Parameters:
        pipeline: what reads.
        documents: those that the database keeps the text of; the verdicts on others are only counted.
        verdicts: the verdict that counts on each piece of evidence.
    """
    run = VerdictRun()
    by_document: dict[str, list[Verdict]] = {}
    for each in verdicts:
        by_document.setdefault(each.document, []).append(each)
    for result in pipeline.read(documents):
        found: set[str] = set()
        if isinstance(result, Failure):
            run.problems.append(result)
            name = result.document or ""
        else:
            name = result.document.id
            # The ids that the database would give to what was found.
            found = {row[0] for row in encode(result, name, keep_all=True).evidence}
        for each in by_document.pop(name, ()):
            _count(run, each, each.evidence in found)
    run.without_text = sum(map(len, by_document.values()))
    return run


def _count(run: VerdictRun, verdict: Verdict, found: bool) -> None:
    if verdict.verdict == RIGHT:
        count = Count(right=1) if found else Count(missed=1)
        if not found:
            run.lost.append(verdict)
    elif found:
        count = Count(wrong=1)
        run.made_again.append(verdict)
    else:
        count = Count()
        run.mended += 1
    run.tally.add(verdict.document, count)
    run.rules[verdict.rule] = run.rules.get(verdict.rule, Count()) + count


def as_json(run: VerdictRun, pipeline: Pipeline) -> dict[str, Any]:
    """Return a run as JSON: its versions, the figures, and each verdict that the reading does not heed."""
    return {
        "set": "verdicts",
        "date": datetime.now(timezone.utc).date().isoformat(),
        "versions": dict(pipeline.versions),
        "documents": len(run.tally.clusters),
        "figures": run.tally.figures() if run.tally.clusters else {},
        "mended": run.mended,
        "without_text": run.without_text,
        "rules": {
            name: Tally({name: count}).figures(intervals=False) for name, count in sorted(run.rules.items())
        },
        "lost": [_told(each) for each in run.lost],
        "made_again": [_told(each) for each in run.made_again],
    }


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield a run, as :func:`as_json` gives it, as lines of text."""
    figures = result["figures"]
    if not figures:
        yield "verdicts: there is nothing to judge"
    else:
        right, wrong, missed = (figures[name] for name in ("right", "wrong", "missed"))
        judged = right + wrong + missed + result["mended"]
        yield f"verdicts: {judged} judged pieces of {result['documents']} documents"
        yield f"  judged right and read again: {right} of {right + missed}"
        yield f"  judged wrong and made again: {wrong} of {wrong + result['mended']}"
        for name in ("precision", "recall"):
            ends = figures["intervals"][name]
            value = "-" if figures[name] is None else f"{figures[name]:.3f}"
            yield f"  {name} {value}" + (f" [{ends[0]:.3f} {ends[1]:.3f}]" if ends else "")
        yield from table("by rule", result["rules"])
        for title, key in (("no longer read", "lost"), ("wrong and read again", "made_again")):
            for each in result[key]:
                yield f"  {title}: {each['document']} {each['says']} ({each['rule']})"
    if result["without_text"]:
        yield f"note: {result['without_text']} verdicts are on documents whose text is not kept"


def _told(verdict: Verdict) -> dict[str, str]:
    says = f"{'not: ' if verdict.negated else ''}{verdict.subject} {verdict.predicate} {verdict.object}"
    return {"evidence": verdict.evidence, "document": verdict.document, "says": says, "rule": verdict.rule}
