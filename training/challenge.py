"""Count what minex reads of sentences whose statements are known by their words: gold/challenge.

    python training/challenge.py gold/challenge/*.jsonl [--show]

Loose: the pair is joined. Strict: direction, sign and denial too. `--show` prints what was missed or wrong in
the half that may be read.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from minex.model import PREDICATE_SIGNS, Document, Evidence, Mention, Passage, Reading
from minex.pipeline import Pipeline

SYMMETRIC = frozenset({"associated_with", "binds"})
HALVES = ("read", "held")

Statement = tuple[str, str, str, bool]


@dataclass
class Count:
    """What was found of one half of a file."""

    right: int = 0
    strict: int = 0
    wrong: int = 0
    missed: int = 0
    shown: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return precision and recall, loose and strict."""
        found, true = self.right + self.wrong, self.right + self.missed
        parts = [
            f"{name} P {count / found:.3f} R {count / true:.3f} F1 {2 * count / (found + true):.3f}"
            for name, count in (("loose", self.right), ("strict", self.strict))
        ]
        numbers = f"{self.right} joined, {self.strict} strict, {self.wrong} wrong, {self.missed} missed"
        return f"{', '.join(parts)} ({numbers})"


def stands(mention: Mention, name: str, text: str) -> bool:
    """Return whether a mention lies over an occurrence of a name."""
    return any(
        mention.start < found.end() and found.start() < mention.end for found in re.finditer(re.escape(name), text)
    )


def joins(evidence: Evidence, statement: Statement, text: str) -> tuple[bool, bool]:
    """Return whether evidence joins a statement's pair, and whether it says the same of it."""
    subject, predicate, object_, negated = statement
    straight = stands(evidence.subject, subject, text) and stands(evidence.object, object_, text)
    turned = stands(evidence.subject, object_, text) and stands(evidence.object, subject, text)
    same = PREDICATE_SIGNS[evidence.predicate] == PREDICATE_SIGNS[predicate] and evidence.negated == negated
    either_way = bool({predicate, evidence.predicate} & SYMMETRIC)
    return straight or turned, same and (straight or (turned and either_way))


def tally(count: Count, reading: Reading, text: str, statements: Sequence[Statement]) -> None:
    """Add one sentence to a count."""
    used: set[int] = set()
    for statement in statements:
        answers = [(number, joins(each, statement, text)) for number, each in enumerate(reading.evidence)]
        joined = [(number, strict) for number, (loose, strict) in answers if loose]
        used.update(number for number, _ in joined)
        strict = any(strict for _, strict in joined)
        count.right += bool(joined)
        count.missed += not joined
        count.strict += strict
        if not strict:
            count.shown.append(
                f"{'otherwise' if joined else 'missed'}: {' '.join(map(str, statement))}\n    {text}"
            )
    for number, each in enumerate(reading.evidence):
        if number not in used:
            count.wrong += 1
            claim = f"{each.subject.text} {each.predicate} {each.object.text}"
            count.shown.append(f"wrong: {claim} ({each.rule})\n    {text}")


def measure(pipeline: Pipeline, path: Path) -> Iterator[tuple[str, Count]]:
    """Yield the count of each half of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    counts = [Count(), Count()]
    documents = (Document(row["id"], (Passage(row["text"]),)) for row in rows)
    for number, (row, reading) in enumerate(zip(rows, pipeline.read(documents), strict=True)):
        if not isinstance(reading, Reading):
            raise SystemExit(f"{row['id']}: {reading.message}")
        tally(counts[number % 2], reading, row["text"], [tuple(each) for each in row["triples"]])
    yield from zip(HALVES, counts, strict=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument(
        "--show", action="store_true", help="what was missed or wrong in the half that may be read"
    )
    arguments = parser.parse_args()
    pipeline = Pipeline()
    for path in arguments.files:
        for half, count in measure(pipeline, path):
            print(f"{path.stem}, {half} half: {count.line()}")
            if arguments.show and half == HALVES[0]:
                print("\n".join(count.shown))


if __name__ == "__main__":
    main()
