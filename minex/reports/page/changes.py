"""What changed since an earlier run, as the report shows it."""

from __future__ import annotations

from dataclasses import dataclass

from minex.errors import UsageError
from minex.jobs.naming import find_run, run_since
from minex.reports import wording
from minex.reports.diff import Diff, compare
from minex.reports.sections import Section, sections
from minex.store import Store

_SHOWN = 12
"""How many changes of a kind are shown: `minex diff` lists all."""


@dataclass(frozen=True, slots=True)
class Changes:
    """A diff in words; `diff` is None where `note` says why there is none."""

    note: str
    diff: Diff | None = None
    sections: tuple[Section, ...] = ()


def changes(store: Store, since: str | None = None) -> Changes:
    """Compare the last run with the one before it, or with what there was before a day.

    Parameters:
        store: an open database, not inside a transaction.
        since: a day or a time; what runs of it and later changed is told.
    """
    connection = store.connection
    (runs,) = connection.execute("SELECT count(*) FROM run").fetchone()
    if not runs:
        return Changes("No run has been made yet.")
    last = find_run(connection, "last")
    before = run_since(connection, since) if since else find_run(connection, "last-1")
    if not before:
        return Changes("Everything is new: there was nothing before the first run.")
    if before == last:
        return Changes(f"No run began on {since} or later.")
    try:
        found = compare(store, before, last)
    except UsageError as error:
        return Changes(f"What changed is not known: {error.message}.")
    span = f"From {wording.run_name(found.before)} to {wording.run_name(found.after)}."
    return Changes(span, found, tuple(sections(found, _SHOWN)))
