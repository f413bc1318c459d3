"""Count how often each rule is right, and write patterns/precision.json and the figures of docs/confidence.md.

    python training/precision/count.py PATH/TO/DATA

counts the gold set's restatements (development half), the judgements (gold/judgements), the quarter of the
annotated sentences that the weights of pairs were not fitted on, and the first halves of CG and PC train; it
measures on the other halves, and on the judgements by leaving out a tenth of their documents.
Of a source only numbers are kept, by rule. What no source has a verdict on gets what its class has.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from fit import (
    CLASS,
    EXPECTED,
    EXPECTED_ALL,
    EXPECTED_CLASS,
    FACTOR,
    RULE,
    WEIGHTS,
    Fit,
    bins,
    brier,
    calibration_error,
    fit,
    sigmoid,
)
from judged import CORPORA, ONLY_FIGURES, Verdict, annotated, by_document, corpus, judgements, restatements

from minex.extraction.confidence import FACTORS
from minex.extraction.tables import RESPONSE_RULE
from minex.pipeline import Pipeline

ROOT = Path(__file__).resolve().parents[2]
COUNTED = ROOT / "patterns" / "precision.json"
FIGURES = ROOT / "docs" / "confidence.json"
PARTS = 10

Pairs = list[tuple[float, bool]]


def classes_of(pipeline: Pipeline) -> dict[str, str]:
    """Return the class of every rule that reads statements."""
    return {rule.name: rule.kind for rule in pipeline.rules.readers} | {RESPONSE_RULE: "table"}


def by_rules(verdicts: Iterable[Verdict], kinds: Mapping[str, str]) -> list[Verdict]:
    """Return the verdicts on what rules read; what was weighed has a probability of its own."""
    return [each for each in verdicts if each.rule in kinds]


def counts(verdicts: Iterable[Verdict], name: str, value: str) -> dict[str, list[int]]:
    """Return [right, wrong] by source of the verdicts whose field has a value."""
    found: dict[str, list[int]] = {}
    for each in verdicts:
        if getattr(each, name) == value:
            found.setdefault(each.source, [0, 0])[not each.right] += 1
    return dict(sorted(found.items()))


def counted(verdicts: Sequence[Verdict], fitted: Fit, kinds: Mapping[str, str]) -> dict[str, Any]:
    """Return what is written: precisions with the counts behind them, and the priors in words."""
    held = Counter(name for each in verdicts for name, _ in each.factors)
    wrong = Counter(name for each in verdicts for name, _ in each.factors if not each.right)
    sources = Counter(each.source for each in verdicts)
    return {
        "made_by": "training/precision/count.py; not to be edited by hand, see docs/confidence.md",
        "sources": {
            name: {"verdicts": number, "weight": WEIGHTS.get(name, 1.0)}
            | ({"strictness": round(fitted.sources[name], 3)} if name in fitted.sources else {})
            for name, number in sorted(sources.items())
        },
        "prior": {
            "all": EXPECTED_ALL,
            "class_spread": CLASS,
            "rule_spread": RULE,
            "factor_spread": FACTOR,
            "class_expected": EXPECTED_CLASS,
            "factor_expected": EXPECTED,
        },
        "factors": {
            name: {
                "log_odds": round(fitted.factors[name], 3),
                "counts": [held[name] - wrong[name], wrong[name]],
                "when": when,
            }
            for name, when in FACTORS.items()
        },
        "classes": {name: {"precision": round(sigmoid(value), 3)} for name, value in fitted.classes.items()},
        "rules": {
            name: {
                "precision": round(sigmoid(fitted.rules[name]), 3),
                "class": kinds[name],
                "counts": counts(verdicts, "rule", name),
            }
            for name in sorted(kinds)
        },
    }


def write_lines(path: Path, data: Mapping[str, Any]) -> None:
    """Write JSON with one line for each member of a section, so that a diff shows which rule moved."""
    sections = []
    for key, value in data.items():
        if isinstance(value, dict):
            members = (f"  {json.dumps(name)}: {json.dumps(each)}" for name, each in value.items())
            sections.append(f"{json.dumps(key)}: {{\n" + ",\n".join(members) + "\n}")
        else:
            sections.append(f"{json.dumps(key)}: {json.dumps(value)}")
    path.write_text("{\n" + ",\n".join(sections) + "\n}\n", encoding="utf-8")


def crossed(judged: Sequence[Verdict], rest: Sequence[Verdict], kinds: Mapping[str, str]) -> dict[Any, float]:
    """Return what each judged piece is given by a fit that did not see its document."""
    said: dict[Any, float] = {}
    for part in by_document(judged, PARTS):
        gone = {each.document for each in part}
        seen = fit([*rest, *(each for each in judged if each.document not in gone)], kinds)
        said |= {each.key: seen.probability(each, kinds) for each in part}
    return said


def figures(pairs: Pairs) -> dict[str, Any]:
    """Return of one set how many are right, what was said of them, and how far that lies off."""
    return {
        "pieces": len(pairs),
        "right": round(sum(so for _, so in pairs) / len(pairs), 3),
        "said": round(sum(said for said, _ in pairs) / len(pairs), 3),
        "brier": round(brier(pairs), 4),
        "calibration_error": round(calibration_error(pairs), 4),
        "order": round(order(pairs), 3),
        "bins": [[round(said, 3), round(so, 3), number] for said, so, number in bins(pairs)],
    }


def order(pairs: Pairs) -> float:
    """Return how often a right piece was given more than a wrong one, ties as half (the area under the curve)."""
    right, wrong = ([said for said, so in pairs if so is is_right] for is_right in (True, False))
    better = sum((one > two) + (one == two) / 2 for one in right for two in wrong)
    return better / max(len(right) * len(wrong), 1)


def main() -> None:
    """Count, fit, write, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--updates", type=Path, default=Path("build/benchmarks"), help="PubMed's update files.")
    parser.add_argument(
        "--before",
        type=Path,
        help="Confidences of another version: JSON, [document, start, start, predicate, value].",
    )
    chosen = parser.parse_args()
    pipeline = Pipeline()
    kinds = classes_of(pipeline)
    halves = {name: by_rules(half, kinds) for name, half in restatements(pipeline).items()}
    judged = by_rules(judgements(pipeline, chosen.data), kinds)
    rest = [*halves["development"], *annotated(pipeline, chosen.data, chosen.updates)]
    for source in CORPORA:
        rest.extend(by_rules(corpus(pipeline, chosen.data, source, 0), kinds))
    verdicts = [*judged, *rest]
    fitted = fit(verdicts, kinds)
    write_lines(COUNTED, counted(verdicts, fitted, kinds))

    crossed_out = crossed(judged, rest, kinds)
    sets = {
        "judgements": [each for each in judged if each.source == "judgements"],
        "restatements, held half": halves["held"],
        **{
            f"{source}, second half": by_rules(corpus(pipeline, chosen.data, source, 1), kinds)
            for source in (*CORPORA, *ONLY_FIGURES)
        },
    }
    kept = json.loads(FIGURES.read_text(encoding="utf-8"))["sets"] if FIGURES.exists() else {}
    earlier = json.loads(chosen.before.read_text(encoding="utf-8")) if chosen.before else []
    before = {(document, one, two, predicate): value for document, one, two, predicate, value in earlier}
    told = {}
    for name, members in sets.items():
        now = [(crossed_out.get(each.key) or fitted.probability(each, kinds), each.right) for each in members]
        then = [(before[each.key], each.right) for each in members if each.key in before]
        told[name] = {"now": figures(now), "before": figures(then) if then else kept.get(name, {}).get("before")}
        print(name, {key: value for key, value in told[name]["now"].items() if key != "bins"})
    date = datetime.now(timezone.utc).date().isoformat()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)  # noqa: S607
    write_lines(FIGURES, {"date": date, "commit": commit.stdout.strip(), "sets": told})


if __name__ == "__main__":
    main()
