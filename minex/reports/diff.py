"""What changed between two states of a database: triples and factors that came, went, or are believed anew."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from minex.errors import UsageError
from minex.store import Store
from minex.store.changes import CauseRow, Named, State, causes, check_known, names, undone
from minex.store.verdict_tables import COUNTS_STILL

FACTORS = frozenset({"MIRNA", "GENE", "LNCRNA"})
"""The types of concepts that are factors, as in a review's table."""

_QUOTES = f"""
SELECT e.document, d.pmid, d.title, d.year, e.sentence, e.negated, e.hedged
FROM evidence e JOIN document d ON d.id = e.document AND d.status = 'active'
WHERE e.triple = ? AND e.run_id <= ? AND {COUNTS_STILL}
ORDER BY e.run_id DESC, d.year DESC, e.confidence DESC, e.nr LIMIT 20
"""  # noqa: S608 - our own names
_PAIR = "SELECT id, sign, rolled_belief FROM triple WHERE subject = ? AND object = ?"
_WITH_CONCEPT = "SELECT id FROM triple WHERE (subject = ? OR object = ?) AND evidence_count > 0"
_DOCUMENT = "SELECT pmid, title, year, status, status_reason FROM document WHERE id = ?"


@dataclass(frozen=True)
class RunEnd:
    """One side of a diff: a run, or 0 for the empty database before the first."""

    id: int
    started: str = ""
    status: str = ""
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Cause:
    """A document that made a change, and how it came to: `reasons` are those of the table `change_cause`.

    `note` is why it is retracted, deleted or unmatched; `lost` the best sentence that went with it.
    """

    document: str
    pmid: str | None
    title: str
    year: int | None
    reasons: tuple[str, ...]
    note: str
    evidence_before: int
    evidence_after: int
    lost: str | None


@dataclass(frozen=True)
class Quote:
    """A sentence that is evidence now."""

    document: str
    pmid: str | None
    title: str
    year: int | None
    sentence: str
    negated: bool
    hedged: bool


@dataclass(frozen=True)
class TripleChange:
    """A triple that came, went, or has another belief."""

    id: str
    subject: str
    predicate: str
    object: str
    sign: int
    belief_before: float
    belief_after: float
    documents_before: int
    documents_after: int
    causes: tuple[Cause, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Turn:
    """A pair whose literature leans the other way now, all predicates of one sign taken together."""

    subject: str
    object: str
    sign_before: int
    sign_after: int
    belief_before: float
    belief_after: float
    causes: tuple[Cause, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class FactorChange:
    """A miRNA, gene or lncRNA of which something is said for the first time, or nothing any more."""

    id: str
    name: str
    type: str
    triples: tuple[str, ...]


@dataclass
class Diff:
    """All that changed; `small` triples changed their belief by less than `threshold`, and are not listed."""

    database: str
    before: RunEnd
    after: RunEnd
    came: list[TripleChange] = field(default_factory=list)
    went: list[TripleChange] = field(default_factory=list)
    believed: list[TripleChange] = field(default_factory=list)
    turned: list[Turn] = field(default_factory=list)
    factors_came: list[FactorChange] = field(default_factory=list)
    factors_went: list[FactorChange] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)
    small: int = 0
    threshold: float = 0.01

    @property
    def empty(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.came or self.went or self.believed or self.turned or self.small)

    @property
    def versions_changed(self) -> dict[str, tuple[str, str]]:
        """Versions of the program, the model, the lexicon and the rules that differ: before and after."""
        old, new = self.before.versions, self.after.versions
        changed = {name: (old.get(name, ""), new.get(name, "")) for name in sorted({*old, *new})}
        return {name: pair for name, pair in changed.items() if pair[0] != pair[1]} if old and new else {}


def compare(store: Store, before: int, after: int, *, threshold: float = 0.01, sentences: int = 3) -> Diff:
    """Find what changed from the end of one run to the end of another.

    Parameters:
        store: an open database.
        before: the id of the earlier run; 0 is the empty database.
        after: the id of the later one.
        threshold: beliefs that changed by less are counted and not listed.
        sentences: how many sentences a change is shown with, at the most.

    Raises:
        UsageError: if the runs stand in the wrong order, or the earlier one is older than the history.
    """
    if before > after:
        raise UsageError(
            "runs-reversed",
            f"run {before} came after run {after}",
            cure=f"give the earlier one first: {after} {before}",
        )
    connection = store.connection
    # One transaction: a run that goes on meanwhile must not be seen by half.
    connection.execute("BEGIN")
    try:
        check_known(connection, before)
        return _Comparison(connection, before, after, threshold, sentences).diff(str(store.path))
    finally:
        connection.execute("COMMIT")


class _Comparison:
    def __init__(
        self, connection: sqlite3.Connection, before: int, after: int, threshold: float, sentences: int
    ) -> None:
        self.connection = connection
        self.ends = before, after
        self.threshold = threshold
        self.sentences = sentences
        self.at_start = undone(connection, before)
        self.at_end = undone(connection, after)
        self.changed = undone(connection, before, after)
        self.named = {id_: names(connection, id_) for id_ in {*self.at_start, *self.at_end}}
        self.cause_rows = causes(connection, before, after)

    def diff(self, database: str) -> Diff:
        diff = Diff(database, self._run(self.ends[0]), self._run(self.ends[1]), threshold=self.threshold)
        touched: Counter[str] = Counter()
        seen: set[tuple[str, str]] = set()
        for id_, old in self.changed.items():
            new = self._at_end(id_)
            if bool(old.evidence) is not bool(new.evidence):
                (diff.came if new.evidence else diff.went).append(self._change(id_, old, new))
            elif old.belief != new.belief and old.evidence:
                if abs(old.belief - new.belief) >= self.threshold:
                    diff.believed.append(self._change(id_, old, new))
                else:
                    diff.small += 1
            for row in self.cause_rows.get(id_, ()):
                for reason in row.reasons:
                    if (reason, row.document) not in seen:
                        seen.add((reason, row.document))
                        touched[reason] += 1
        diff.documents = dict(sorted(touched.items()))
        diff.turned = self._turns()
        self._factors(diff)
        diff.came.sort(key=lambda c: (-c.belief_after, c.subject, c.predicate, c.object))
        diff.went.sort(key=lambda c: (-c.belief_before, c.subject, c.predicate, c.object))
        diff.believed.sort(
            key=lambda c: (-abs(c.belief_after - c.belief_before), c.subject, c.predicate, c.object)
        )
        return diff

    def _run(self, id_: int) -> RunEnd:
        row = self.connection.execute(
            "SELECT id, started, status, versions FROM run WHERE id = ?", (id_,)
        ).fetchone()
        return RunEnd(row[0], row[1], row[2], json.loads(row[3])) if row else RunEnd(id_)

    def _pair(self, id_: str) -> tuple[str, str]:
        return self.named[id_].subject_id, self.named[id_].object_id

    def _at_end(self, id_: str) -> State:
        if id_ in self.at_end:
            return self.at_end[id_]
        row = self.connection.execute(
            "SELECT belief, rolled_belief, evidence_count, document_count FROM triple WHERE id = ?", (id_,)
        ).fetchone()
        return State(*row) if row else State()

    def _change(self, id_: str, old: State, new: State) -> TripleChange:
        name = self.named[id_]
        return TripleChange(
            id_,
            name.subject,
            name.predicate,
            name.object,
            name.sign,
            old.belief,
            new.belief,
            old.documents,
            new.documents,
            self._causes([id_]),
            self._quotes([id_]) if new.evidence else (),
        )

    def _causes(self, triples: Iterable[str]) -> tuple[Cause, ...]:
        rows: dict[str, CauseRow] = {}
        for triple in triples:
            for row in self.cause_rows.get(triple, ()):
                rows.setdefault(row.document, row)
        return tuple(self._cause(row) for row in rows.values())

    def _cause(self, row: CauseRow) -> Cause:
        found = self.connection.execute(_DOCUMENT, (row.document,)).fetchone()
        pmid, title, year, status, note = found or (None, "", None, "", "")
        note = note if status in row.reasons else ""
        return Cause(row.document, pmid, title or "", year, row.reasons, note, row.before, row.after, row.sentence)

    def _quotes(self, triples: Iterable[str]) -> tuple[Quote, ...]:
        """Return the newest sentences, of as many documents as there are."""
        rows = [row for triple in triples for row in self.connection.execute(_QUOTES, (triple, self.ends[1]))]
        first = {row[0]: row for row in reversed(rows)}
        picked = sorted(rows, key=lambda row: first[row[0]] is not row)[: self.sentences]
        return tuple(
            Quote(document, pmid, title or "", year, sentence, bool(negated), bool(hedged))
            for document, pmid, title, year, sentence, negated, hedged in picked
        )

    def _turns(self) -> list[Turn]:
        of_pair: dict[tuple[str, str], list[str]] = defaultdict(list)
        for id_ in self.named:
            of_pair[self._pair(id_)].append(id_)
        pairs = {self._pair(id_): self.named[id_] for id_ in self.changed if self.named[id_].sign}
        turns = []
        for pair, name in pairs.items():
            now = {id_: (sign, rolled) for id_, sign, rolled in self.connection.execute(_PAIR, pair)}
            ids = {*now, *of_pair[pair]}
            leans = [self._lean(ids, now, states) for states in (self.at_start, self.at_end)]
            (old, old_belief), (new, new_belief) = leans
            if old and new and old != new:
                told = [id_ for id_ in sorted(ids) if self._sign(id_, now) == new]
                turns.append(
                    Turn(
                        name.subject,
                        name.object,
                        old,
                        new,
                        old_belief,
                        new_belief,
                        self._causes(sorted(ids)),
                        self._quotes(told),
                    )
                )
        return sorted(turns, key=lambda turn: (-turn.belief_after, turn.subject, turn.object))

    def _sign(self, id_: str, now: dict[str, tuple[int, float]]) -> int:
        return now[id_][0] if id_ in now else self.named[id_].sign

    def _lean(
        self, ids: set[str], now: dict[str, tuple[int, float]], states: dict[str, State]
    ) -> tuple[int, float]:
        """Return the sign that is believed more, 0 if neither is, with its belief."""
        best = {1: 0.0, -1: 0.0}
        for id_ in ids:
            sign = self._sign(id_, now)
            rolled = states[id_].rolled_belief if id_ in states else now.get(id_, (0, 0.0))[1]
            if sign:
                best[sign] = max(best[sign], rolled)
        sign = (best[1] > best[-1]) - (best[1] < best[-1])
        return sign, best[sign] if sign else 0.0

    def _factors(self, diff: Diff) -> None:
        ends: dict[str, tuple[Named, bool]] = {}
        for change in (*diff.came, *diff.went):
            name = self.named[change.id]
            ends.setdefault(name.subject_id, (name, True))
            ends.setdefault(name.object_id, (name, False))
        over: list[dict[str, bool]] = [{}, {}]
        for known, states in zip(over, (self.at_start, self.at_end), strict=True):
            for id_, state in states.items():
                for concept in self._pair(id_):
                    known[concept] = known.get(concept, False) or bool(state.evidence)
        for concept, (name, is_subject) in sorted(ends.items()):
            label, type_ = (name.subject, name.subject_type) if is_subject else (name.object, name.object_type)
            if type_ not in FACTORS:
                continue
            now = [id_ for (id_,) in self.connection.execute(_WITH_CONCEPT, (concept, concept))]
            was, is_ = (
                known.get(concept, False) or any(id_ not in states for id_ in now)
                for known, states in zip(over, (self.at_start, self.at_end), strict=True)
            )
            if was is not is_:
                changes = diff.came if is_ else diff.went
                about = [
                    c for c in changes if concept in (self.named[c.id].subject_id, self.named[c.id].object_id)
                ]
                told = tuple(f"{c.subject} {c.predicate} {c.object}" for c in about)
                (diff.factors_came if is_ else diff.factors_went).append(FactorChange(concept, label, type_, told))
        for factors in (diff.factors_came, diff.factors_went):
            factors.sort(key=lambda factor: (factor.type, factor.name))
