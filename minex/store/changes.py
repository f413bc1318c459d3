"""What the history says: the state at the end of any run, and what changed between two of them."""

from __future__ import annotations

import sqlite3

from minex.store.history_tables import STATE

State = tuple[float, float, int, int]
"""Belief, rolled-up belief, pieces of evidence and documents of a triple."""

_NOW = f"SELECT id, {', '.join(STATE)} FROM triple"  # noqa: S608 - our own names

# SQLite gives the other columns of the row that holds the minimum.
_FIRST_AFTER = f"""
SELECT triple, {", ".join(f"old_{name}" for name in STATE)}, min(run_id)
FROM triple_change WHERE run_id > ? GROUP BY triple
"""  # noqa: S608 - our own names


def state_at(connection: sqlite3.Connection, run_id: int) -> dict[str, State]:
    """Return the triples that counted at the end of a run, found by going back from now.

    Parameters:
        connection: an open database.
        run_id: the run; 0 is before the first.
    """
    states: dict[str, State] = {id_: (a, b, c, d) for id_, a, b, c, d in connection.execute(_NOW)}
    for id_, belief, rolled, evidence, documents, _ in connection.execute(_FIRST_AFTER, (run_id,)):
        states[id_] = (belief, rolled, evidence, documents)
    return {id_: state for id_, state in states.items() if state[2]}
