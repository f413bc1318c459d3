"""What the history says: the state at the end of any run, and what changed between two of them."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from minex.errors import UsageError
from minex.store.history_tables import STATE


class State(NamedTuple):
    """What is remembered of a triple; without evidence it was not there, or did not count."""

    belief: float = 0.0
    rolled_belief: float = 0.0
    evidence: int = 0
    documents: int = 0


class Named(NamedTuple):
    """A triple in words, there or gone."""

    id: str
    subject_id: str
    predicate: str
    object_id: str
    sign: int
    subject: str
    subject_type: str
    object: str
    object_type: str


class CauseRow(NamedTuple):
    """A document that changed a triple, over all runs that are looked at: a row of `change_cause`, or several."""

    run_id: int
    triple: str
    document: str
    reasons: tuple[str, ...]
    before: int
    after: int
    sentence: str | None


_STATE = ", ".join(STATE)
# SQLite gives the other columns of the row that holds the minimum.
_FIRST = f"""
SELECT triple, {", ".join(f"old_{name}" for name in STATE)}, min(run_id)
FROM triple_change WHERE run_id > ? AND run_id <= ? GROUP BY triple
"""  # noqa: S608 - our own names
_NAMES = """
SELECT t.id, t.subject, t.predicate, t.object, t.sign, s.name, s.type, o.name, o.type
FROM triple t JOIN concept s ON s.id = t.subject JOIN concept o ON o.id = t.object WHERE t.id = ?
"""
_GONE_NAMES = """
SELECT id, subject, predicate, object, sign, subject_name, subject_type, object_name, object_type
FROM gone_triple WHERE id = ?
"""
_CAUSES = """
SELECT run_id, triple, document, reason, old_evidence_count, new_evidence_count, sentence
FROM change_cause WHERE run_id > ? AND run_id <= ? ORDER BY run_id
"""

END = 1 << 60
"""A run later than all."""


def state_at(connection: sqlite3.Connection, run_id: int) -> dict[str, State]:
    """Return the triples that counted at the end of a run, found by going back from now.

    Parameters:
        connection: an open database.
        run_id: the run; 0 is before the first.
    """
    states = {id_: State(*row) for id_, *row in connection.execute(f"SELECT id, {_STATE} FROM triple")}  # noqa: S608
    states.update(undone(connection, run_id))
    return {id_: state for id_, state in states.items() if state.evidence}


def undone(connection: sqlite3.Connection, after: int, until: int = END) -> dict[str, State]:
    """Return the triples that runs after one, up to another, changed, as they were at the end of that one."""
    rows = connection.execute(_FIRST, (after, until))
    return {id_: State(*row) for id_, *row, _ in rows}


def names(connection: sqlite3.Connection, triple: str) -> Named:
    """Return a triple in words, whether it is there or gone."""
    for sql in (_NAMES, _GONE_NAMES):
        row = connection.execute(sql, (triple,)).fetchone()
        if row:
            return Named(*row)
    raise KeyError(triple)


def causes(connection: sqlite3.Connection, after: int, until: int) -> dict[str, list[CauseRow]]:
    """Return by triple the documents that changed it between the ends of two runs; later runs come later."""
    found: dict[tuple[str, str], CauseRow] = {}
    for run, triple, document, reason, before, now, sentence in connection.execute(_CAUSES, (after, until)):
        known = found.pop((triple, document), None)
        reasons = tuple(reason.split(", "))
        if known is not None:
            reasons = tuple(dict.fromkeys((*known.reasons, *reasons)))
            before, sentence = known.before, sentence or known.sentence
        found[triple, document] = CauseRow(run, triple, document, reasons, before, now, sentence)
    by_triple: dict[str, list[CauseRow]] = {}
    for row in found.values():
        if row.before or row.after:
            by_triple.setdefault(row.triple, []).append(row)
    return by_triple


def check_known(connection: sqlite3.Connection, run_id: int) -> None:
    """Say why the state at the end of a run cannot be known, in a database that is older than its history.

    Raises:
        UsageError: with the first run from which on it is.
    """
    row = connection.execute("SELECT run_id, since FROM history ORDER BY run_id DESC LIMIT 1").fetchone()
    if row and run_id < row[0]:
        raise UsageError(
            "no-history",
            f"changes are kept since {row[1][:10]}, when this database was brought up to date, and the state at "
            f"the end of run {run_id} is not known",
            cure=f"compare with run {row[0]} or a later one",
        )
