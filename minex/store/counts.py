"""What each triple amounts to: counts, years, sums and beliefs, kept up to date with every transaction.

Documents that are new are added to the sums that stand in the `triple` table; the cost is that of the new
documents, however much is known already. Where evidence went or stopped counting, the pair is summed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from minex.store.belief import Tally, weigh
from minex.store.encode import Row
from minex.store.verdict_tables import NEWEST, RIGHT

Pair = tuple[str, str]

_SAID = f"""
SELECT t.subject, t.object, t.id, t.sign, e.document, d.year, e.confidence, e.origin = 'own', e.negated, e.hedged,
       e.direct, {NEWEST.format("e.id")}
"""

# What the documents of this transaction say of pairs that need not be summed again.
_FRESH = f"""
{_SAID}
FROM evidence e
JOIN triple t ON t.id = e.triple
JOIN document d ON d.id = e.document AND d.status = 'active'
WHERE e.nr > ?
ORDER BY t.subject, t.object, e.document
"""

_ALL = f"""
{_SAID}
FROM touched x
JOIN triple t ON t.subject = x.subject AND t.object = x.object
JOIN evidence e ON e.triple = t.id
JOIN document d ON d.id = e.document AND d.status = 'active'
WHERE x.again
ORDER BY t.subject, t.object, e.document
"""

_ORPHANS = """
DELETE FROM triple WHERE id IN (
    SELECT t.id FROM touched x JOIN triple t ON t.subject = x.subject AND t.object = x.object
    WHERE x.again AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.triple = t.id)
)
"""

_STATE = (
    "evidence_count",
    "document_count",
    "negated_count",
    "hedged_count",
    "direct_count",
    "first_year",
    "last_year",
    "support",
    "opposition",
    "second_hand",
    "second_hand_against",
    "rolled_support",
    "rolled_opposition",
    "rolled_second_hand",
    "rolled_second_hand_against",
    "rolled_document_count",
    "rolled_denying_count",
    "right_count",
    "wrong_count",
)
_DERIVED = ("belief", "rolled_belief", "contrary_document_count")

_LOAD = f"""
SELECT t.subject, t.object, t.id, t.sign, x.again, {", ".join(_STATE)}
FROM touched x
JOIN triple t ON t.subject = x.subject AND t.object = x.object
"""  # noqa: S608

_UPDATE = f"UPDATE triple SET {', '.join(f'{name} = ?' for name in (*_STATE, *_DERIVED))} WHERE id = ?"  # noqa: S608


@dataclass(slots=True)
class _TripleSum:
    """The counts of one triple."""

    sign: int
    evidence: int = 0
    documents: int = 0
    negated: int = 0
    hedged: int = 0
    direct: int = 0
    first_year: int | None = None
    last_year: int | None = None
    right: int = 0
    wrong: int = 0
    tally: Tally = field(default_factory=Tally)


@dataclass(slots=True)
class _PairSum:
    """The triples of one pair of concepts, and what they amount to by sign."""

    triples: dict[str, _TripleSum] = field(default_factory=dict)
    signs: dict[int, Tally] = field(default_factory=dict)

    def load(self, row: Row) -> None:
        """Take over a triple as it stands in the table, unless it is to be summed again."""
        _, _, id_, sign, again, *state = row
        if again:
            self.triples[id_] = _TripleSum(sign)
            self.signs.setdefault(sign, Tally())
            return
        triple = self.triples[id_] = _TripleSum(sign, *state[:7], *state[17:19])
        triple.tally = Tally(*state[7:11])
        # A triple that this transaction made has no sums yet; one that was there has them all.
        rolled = Tally(*state[11:17])
        if sign not in self.signs or rolled.affirming or rolled.denying:
            self.signs[sign] = rolled

    def add_document(self, rows: list[Row]) -> None:
        """Add all that one document says of the pair."""
        by_sign: dict[int, list[tuple[int, bool, bool]]] = {}
        by_triple: dict[str, list[tuple[int, bool, bool]]] = {}
        year: int | None = rows[0][5]
        for _, _, id_, sign, _, _, confidence, own, negated, hedged, direct, verdict in rows:
            if verdict is not None:
                # A person's word: right is sure, and wrong is as if it had never been read.
                self.triples[id_].right += verdict == RIGHT
                self.triples[id_].wrong += verdict != RIGHT
                if verdict != RIGHT:
                    continue
                confidence = 1.0
            sentence = (weigh(confidence, bool(own), bool(hedged)), bool(own), bool(negated))
            by_sign.setdefault(sign, []).append(sentence)
            by_triple.setdefault(id_, []).append(sentence)
            triple = self.triples[id_]
            triple.evidence += 1
            triple.negated += negated
            triple.hedged += hedged
            triple.direct += direct
        for sign, sentences in by_sign.items():
            self.signs[sign].add_document(sentences)
        for id_, sentences in by_triple.items():
            triple = self.triples[id_]
            triple.documents += 1
            triple.tally.add_document(sentences)
            if year is not None:
                triple.first_year = year if triple.first_year is None else min(triple.first_year, year)
                triple.last_year = year if triple.last_year is None else max(triple.last_year, year)

    def rows(self) -> Iterator[Row]:
        """Yield the rows for :data:`_UPDATE`."""
        for id_, triple in self.triples.items():
            tally, rolled = triple.tally, self.signs[triple.sign]
            # Without a sign there is no opposite; who denies the opposite is silent on this.
            contrary = self.signs.get(-triple.sign) if triple.sign else None
            yield (
                triple.evidence,
                triple.documents,
                triple.negated,
                triple.hedged,
                triple.direct,
                triple.first_year,
                triple.last_year,
                tally.support,
                tally.opposition,
                tally.second_hand,
                tally.second_hand_against,
                rolled.support,
                rolled.opposition,
                rolled.second_hand,
                rolled.second_hand_against,
                rolled.affirming,
                rolled.denying,
                triple.right,
                triple.wrong,
                tally.belief(),
                rolled.belief(contrary),
                rolled.denying + (contrary.affirming if contrary else 0),
                id_,
            )


def recount(connection: sqlite3.Connection, fresh: Iterable[Pair], again: set[Pair], after: int) -> None:
    """Bring the triples of the given (subject, object) pairs up to date, and drop those without evidence.

    By pair and not by triple, because the predicates of a pair support and contradict each other.

    Parameters:
        connection: within a transaction.
        fresh: pairs of which new documents speak.
        again: pairs that lost evidence, to be summed from all that is left.
        after: the number of the last piece of evidence before this transaction.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (subject TEXT, object TEXT, again INTEGER)")
    connection.execute("DELETE FROM touched")
    pairs = [(*pair, pair in again) for pair in {*fresh, *again}]
    connection.executemany("INSERT INTO touched VALUES (?, ?, ?)", pairs)
    if again:
        connection.execute(_ORPHANS)
    sums: dict[Pair, _PairSum] = {}
    for row in connection.execute(_LOAD):
        sums.setdefault((row[0], row[1]), _PairSum()).load(row)
    for (subject, object_, _), rows in _documents(connection.execute(_FRESH, (after,))):
        if (subject, object_) not in again:
            sums[subject, object_].add_document(rows)
    if again:
        for (subject, object_, _), rows in _documents(connection.execute(_ALL)):
            sums[subject, object_].add_document(rows)
    connection.executemany(_UPDATE, [row for pair in sums.values() for row in pair.rows()])


def _documents(rows: Iterable[Row]) -> Iterator[tuple[tuple[str, str, str], list[Row]]]:
    for key, group in groupby(rows, key=lambda row: (row[0], row[1], row[4])):
        yield key, list(group)
