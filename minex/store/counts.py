"""What each triple amounts to: counts, years, sums and beliefs, kept up to date with every transaction.

Documents that are new are added to the sums that stand in the `triple` table; the cost is that of the new
documents, however much is known already. Where evidence went or stopped counting, the pair is summed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from minex.store.belief import Tally, weigh
from minex.store.encode import Row, Said
from minex.store.verdict_tables import NEWEST, RIGHT

Pair = tuple[str, str]

_ALL = f"""
SELECT t.subject, t.object, e.document, d.year,
       t.id, e.confidence, e.origin = 'own', e.negated, e.hedged, e.direct, {NEWEST.format("e.id")}
FROM touched x
JOIN triple t ON t.subject = x.subject AND t.object = x.object
JOIN evidence e ON e.triple = t.id
JOIN document d ON d.id = e.document AND d.status = 'active'
ORDER BY t.subject, t.object, e.document
"""  # noqa: S608 - our own names

_ORPHANS = """
DELETE FROM triple WHERE id IN (
    SELECT t.id FROM touched x JOIN triple t ON t.subject = x.subject AND t.object = x.object
    WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.triple = t.id)
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
SELECT t.subject, t.object, t.id, t.sign, {", ".join(_STATE)}
FROM touched x
JOIN triple t ON t.subject = x.subject AND t.object = x.object
"""  # noqa: S608

_SUMS = (*_STATE, *_DERIVED)
_UPDATE = f"UPDATE triple SET {', '.join(f'{name} = ?' for name in _SUMS)} WHERE id = ?"  # noqa: S608
_COLUMNS = (*_SUMS, "id", "subject", "predicate", "object", "sign", "run_id")
_INSERT = f"INSERT INTO triple ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608


_NOTHING = (0, 0, 0, 0, 0, None, None, *[0] * (len(_SUMS) - 7))


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

    def load(self, id_: str, sign: int, state: Row) -> None:
        """Take over a triple as it stands in the table."""
        triple = self.triples[id_] = _TripleSum(sign, *state[:7], *state[17:19])
        triple.tally = Tally(*state[7:11])
        # A triple that only documents speak of that do not count has no sums; any other has them all.
        rolled = Tally(*state[11:17])
        if sign not in self.signs or rolled.affirming or rolled.denying:
            self.signs[sign] = rolled

    def begin(self, id_: str, sign: int) -> None:
        """Count a triple from nothing."""
        self.triples[id_] = _TripleSum(sign)
        if sign not in self.signs:
            self.signs[sign] = Tally()

    def add_document(self, year: int | None, said: Iterable[Said]) -> None:
        """Add all that one document says of the pair."""
        by_sign: dict[int, list[tuple[int, bool, bool]]] = {}
        by_triple: dict[str, list[tuple[int, bool, bool]]] = {}
        for id_, confidence, own, negated, hedged, direct, verdict in said:
            triple = self.triples[id_]
            if verdict is not None:
                # A person's word: right is sure, and wrong is as if it had never been read.
                triple.right += verdict == RIGHT
                triple.wrong += verdict != RIGHT
                if verdict != RIGHT:
                    continue
                confidence = 1.0
            sentence = (weigh(confidence, bool(own), bool(hedged)), bool(own), bool(negated))
            by_sign.setdefault(triple.sign, []).append(sentence)
            by_triple.setdefault(id_, []).append(sentence)
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


def insert(
    connection: sqlite3.Connection,
    triples: Mapping[str, Row],
    said: Iterable[tuple[int | None, Sequence[Said]]],
    again: Container[Pair],
    run_id: int,
) -> int:
    """Insert new triples with their sums, bring those that are there up to date, and return how many are new.

    By pair and not by triple, because the predicates of a pair support and contradict each other. It takes no
    evidence in the table: that refers to its triple, and comes after it.

    Parameters:
        connection: within a transaction.
        triples: (id, subject, predicate, object, sign) of all triples of the documents, by id.
        said: year and sentences of each document that counts.
        again: pairs that lost evidence, and are left to :func:`recount`: their new triples begin with nothing.
    """
    pairs = {id_: (row[1], row[3]) for id_, row in triples.items()}
    sums: dict[Pair, _PairSum] = {pair: _PairSum() for pair in pairs.values()}
    _touch(connection, sums)
    known: set[str] = set()
    for subject, object_, id_, sign, *state in connection.execute(_LOAD):
        known.add(id_)
        sums[subject, object_].load(id_, sign, state)
    fresh = [id_ for id_ in triples if id_ not in known]
    for id_ in fresh:
        sums[pairs[id_]].begin(id_, triples[id_][4])
    for year, sentences in said:
        by_pair: dict[Pair, list[Said]] = {}
        for one in sentences:
            by_pair.setdefault(pairs[one[0]], []).append(one)
        for pair, ones in by_pair.items():
            if pair not in again:
                sums[pair].add_document(year, ones)
    counted = {row[-1]: row for pair, sum_ in sums.items() if pair not in again for row in sum_.rows()}
    rows = [(*counted.get(id_, (*_NOTHING, id_)), *triples[id_][1:], run_id) for id_ in fresh]
    connection.executemany(_INSERT, rows)
    connection.executemany(_UPDATE, [row for id_, row in counted.items() if id_ in known])
    return len(fresh)


def recount(connection: sqlite3.Connection, again: Collection[Pair]) -> None:
    """Sum the triples of pairs that lost evidence from all that is left, and drop those without any.

    Parameters:
        connection: within a transaction, with all evidence that it inserts.
        again: (subject, object) of each pair.
    """
    if not again:
        return
    _touch(connection, again)
    connection.execute(_ORPHANS)
    sums: dict[Pair, _PairSum] = {}
    for subject, object_, id_, sign, *_ in connection.execute(_LOAD):
        sums.setdefault((subject, object_), _PairSum()).begin(id_, sign)
    for (subject, object_, _), rows in groupby(connection.execute(_ALL), key=itemgetter(0, 1, 2)):
        said = list(rows)
        sums[subject, object_].add_document(said[0][3], (row[4:] for row in said))
    connection.executemany(_UPDATE, [row for pair in sums.values() for row in pair.rows()])


def _touch(connection: sqlite3.Connection, pairs: Iterable[Pair]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (subject TEXT, object TEXT)")
    connection.execute("DELETE FROM touched")
    # Sorted, so that the index is read from one end to the other.
    connection.executemany("INSERT INTO touched VALUES (?, ?)", sorted(pairs))
