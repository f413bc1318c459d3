"""Verdicts of people on evidence: given, taken back, and moved with the document that they are of.

A verdict is on one statement of one sentence, by its content hash. So it finds its evidence again after every
reading that says the same, and waits while none does; beliefs follow within the same transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from minex.errors import UsageError
from minex.store.counts import recount
from minex.store.encode import clean, evidence_id
from minex.store.verdict_tables import NEWEST, VERDICT_TABLES, VERDICTS

_MOST_REPEATS = 100
"""How often one sentence is looked for within a document; what repeats more keeps the first ones' verdicts."""

_JUDGE = """
INSERT INTO verdict
SELECT e.id, :who, :verdict, :note, :time, e.document, e.triple, s.name, e.predicate, o.name, e.sign, e.negated,
       e.sentence, e.sentence_start, e.sentence_end, e.subject_start, e.subject_end, e.object_start, e.object_end,
       e.rule, e.confidence
FROM evidence e
JOIN triple t ON t.id = e.triple
JOIN concept s ON s.id = t.subject
JOIN concept o ON o.id = t.object
WHERE e.id = :evidence
ON CONFLICT (evidence, who) DO UPDATE SET {}
""".format(
    ", ".join(f"{name} = excluded.{name}" for name in VERDICT_TABLES["verdict"].columns if name != "evidence")
)
_PAIRS = """
SELECT DISTINCT t.subject, t.object FROM evidence e JOIN triple t ON t.id = e.triple
WHERE e.id IN (SELECT value FROM json_each(?))
"""
_NEWEST = f"SELECT j.value, {NEWEST.format('j.value')} FROM json_each(?) j"  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person judged of one piece of evidence, with what was judged: a row of the table `verdict`."""

    evidence: str
    who: str
    verdict: str
    note: str
    time: str
    document: str
    triple: str
    subject: str
    predicate: str
    object: str
    sign: int
    negated: int
    sentence: str
    sentence_start: int
    sentence_end: int
    subject_start: int
    subject_end: int
    object_start: int
    object_end: int
    rule: str
    confidence: float


_COLUMNS = ", ".join(f"v.{field.name}" for field in fields(Verdict))
_NEWER = "SELECT 1 FROM verdict n WHERE n.evidence = v.evidence AND (n.time, n.who) > (v.time, v.who)"
_COUNTING = f"SELECT {_COLUMNS} FROM verdict v WHERE NOT EXISTS ({_NEWER})"  # noqa: S608 - our own names


def counting(connection: sqlite3.Connection) -> Iterator[Verdict]:
    """Yield the verdict that counts on each piece that was judged, the newest, by document and place."""
    order = " ORDER BY v.document, v.sentence_start, v.subject_start, v.object_start, v.evidence"
    for row in connection.execute(_COUNTING + order):
        yield Verdict(*row)


def given(connection: sqlite3.Connection, evidence: str, who: str) -> tuple[str, str, str] | None:
    """Return verdict, note and time of what one person judged of a piece of evidence, or None."""
    ask = "SELECT verdict, note, time FROM verdict WHERE evidence = ? AND who = ?"
    row = connection.execute(ask, (evidence, clean(who))).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def judge(
    connection: sqlite3.Connection, evidence: str, verdict: str, who: str, time: str, note: str = ""
) -> bool:
    """Write down a verdict, in the place of what the same person judged before; beliefs are for the caller.

    Returns:
        Whether there is such evidence.

    Raises:
        UsageError: if the verdict is none of :data:`minex.store.verdict_tables.VERDICTS`.
    """
    if verdict not in VERDICTS:
        raise UsageError("verdict", f"{verdict!r} is no verdict", cure=f"allowed: {', '.join(VERDICTS)}")
    known = {"evidence": evidence, "verdict": verdict, "who": clean(who), "time": time, "note": clean(note)}
    return connection.execute(_JUDGE, known).rowcount > 0


def withdraw(connection: sqlite3.Connection, evidence: str, who: str) -> bool:
    """Take a person's verdict back; return whether there was one."""
    done = connection.execute("DELETE FROM verdict WHERE evidence = ? AND who = ?", (evidence, clean(who)))
    return done.rowcount > 0


def recount_for(connection: sqlite3.Connection, evidence: Iterable[str]) -> None:
    """Sum anew what the pairs of some pieces of evidence amount to."""
    recount(connection, set(connection.execute(_PAIRS, (json.dumps(sorted(set(evidence))),))))


def newest(connection: sqlite3.Connection, evidence: Iterable[str]) -> dict[str, str]:
    """Return the verdict that counts on each of some pieces that was judged."""
    if not connection.execute("SELECT EXISTS (SELECT 1 FROM verdict)").fetchone()[0]:
        return {}
    found = connection.execute(_NEWEST, (json.dumps(sorted(set(evidence))),))
    return {id_: verdict for id_, verdict in found if verdict is not None}


def move(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Give the verdicts on a document to the one that it turned out to be; of two on one piece the newer stays."""
    ask = "SELECT evidence, who, time, triple, sentence, negated FROM verdict WHERE document = ?"
    for evidence, who, time, triple, sentence, negated in connection.execute(ask, (old,)).fetchall():
        again = _which(evidence, old, triple, sentence, bool(negated))
        target = evidence_id(new, triple, sentence, bool(negated), again)
        there = connection.execute(
            "SELECT time FROM verdict WHERE evidence = ? AND who = ?", (target, who)
        ).fetchone()
        if there is not None:
            # One of the two goes: the older.
            gone = evidence if there[0] >= time else target
            connection.execute("DELETE FROM verdict WHERE evidence = ? AND who = ?", (gone, who))
        connection.execute(
            "UPDATE verdict SET evidence = ?, document = ? WHERE evidence = ? AND who = ?",
            (target, new, evidence, who),
        )


def _which(evidence: str, document: str, triple: str, sentence: str, negated: bool) -> int:
    """Return which of several equal sentences of a document an id of evidence is of."""
    numbers = range(1, _MOST_REPEATS + 1)
    return next((n for n in numbers if evidence_id(document, triple, sentence, negated, n) == evidence), 1)
