"""How far to trust what was read: how often each class of rules was right, and how much of it each found."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass

from minex import resources
from minex.store.verdict_tables import COUNTS_STILL

_BY_RULE = f"""
SELECT e.rule, count(*), sum(e.confidence)
FROM evidence e JOIN document d ON d.id = e.document AND d.status = 'active'
WHERE {COUNTS_STILL}
GROUP BY e.rule
"""  # noqa: S608 - our own words
KINDS: dict[str, str] = {
    "verb": "a verb joins the two: *miR-21 inhibits PTEN*",
    "noun": "a noun does: *inhibition of PTEN by miR-21*",
    "adjective": "an adjective does: *miR-21 was higher in tumours*",
    "compound": "a compound does: *miR-21-mediated loss of PTEN*",
    "surface": "fixed words do: *the miR-21/PTEN axis*",
    "table": "a table's row and column do",
    "link": "both stand in one clause, and no construction joins them",
}
"""What the classes of rules look at, in words."""


@dataclass(frozen=True, slots=True)
class RuleClass:
    """A class of rules: its precision, on how many verdicts, and the sentences that it found here."""

    name: str
    words: str
    precision: float | None
    verdicts: int
    evidence: int
    confidence: float | None


def trust(connection: sqlite3.Connection) -> tuple[RuleClass, ...]:
    """Return the classes of rules that found something here, the busiest first."""
    counted = json.loads((resources.find("patterns") / "precision.json").read_text(encoding="utf-8"))
    classes: dict[str, dict[str, float]] = counted["classes"]
    verdicts: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for name, rule in counted["rules"].items():
        kinds[name] = rule["class"]
        verdicts[rule["class"]] += sum(sum(each) for each in rule["counts"].values())
    found: Counter[str] = Counter()
    confidence: Counter[str] = Counter()
    for rule, number, total in connection.execute(_BY_RULE):
        kind = kinds.get(rule, "")
        found[kind] += number
        confidence[kind] += total
    return tuple(
        RuleClass(
            kind or "uncounted",
            KINDS.get(kind, "rules that nobody has judged, such as your own"),
            classes[kind]["precision"] if kind else None,
            verdicts[kind],
            number,
            confidence[kind] / number,
        )
        for kind, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    )
