"""All that a report shows, gathered from a database into plain data."""

from __future__ import annotations

from dataclasses import dataclass

from minex import __version__
from minex.reports.figures.heatmap import Heatmap, heatmap
from minex.reports.figures.network import Network, network
from minex.reports.figures.timeline import Year, timeline
from minex.reports.page.changes import Changes, changes
from minex.reports.page.reading import Reading, reading
from minex.reports.page.rows import Table, table
from minex.reports.page.trust import RuleClass, trust
from minex.reports.scope import narrowed
from minex.store import Store

LIMIT = 5000
"""How many rows of the table, further statements and edges a report has by default at the most."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be laid out: the same for the same database, so that two can be compared."""

    title: str
    version: str
    state: str
    """When the last run ended, in words."""
    table: Table
    network: Network
    heatmap: Heatmap
    timeline: tuple[Year, ...]
    changes: Changes
    reading: Reading
    trust: tuple[RuleClass, ...]


def gather(store: Store, query: str | None = None, *, since: str | None = None, limit: int = LIMIT) -> Report:
    """Gather a report.

    Parameters:
        store: an open database.
        query: only what this saved query finds counts, but for what changed, which is told of all.
        since: a day; what runs of it and later changed is told. Default: what the last run changed.
        limit: how many rows, further statements and edges at the most, those of most papers first.

    Raises:
        UsageError: if the database follows no such query.
    """
    connection = store.connection
    changed = changes(store, since)
    with narrowed(connection, query):
        # One transaction: a run that goes on meanwhile must not be seen by half.
        connection.execute("BEGIN")
        try:
            read = reading(store, query)
            return Report(
                title=_title(store, read, query),
                version=__version__,
                state=_state(read),
                table=table(connection, limit=limit),
                network=network(connection, top=limit),
                heatmap=heatmap(connection),
                timeline=timeline(connection),
                changes=changed,
                reading=read,
                trust=trust(connection),
            )
        finally:
            connection.execute("COMMIT")


def _title(store: Store, read: Reading, query: str | None) -> str:
    for each in read.queries:
        if each.name == query or len(read.queries) == 1:
            return each.title or each.name
    return store.path.stem


def _state(read: Reading) -> str:
    return f"run {read.runs[0].id}, {read.runs[0].started} UTC" if read.runs else "no run yet"
