"""What was read: queries, documents, runs with their versions, and what failed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

from minex.jobs.ledger import Ledger, Run
from minex.store import Store
from minex.store.sync_tables import STILL_FOUND
from minex.store.verdict_tables import COUNTS_STILL

_QUERIES = f"""
SELECT q.name, q.title, q.term, q.watermark,
       count(CASE WHEN h.{STILL_FOUND} THEN 1 END),
       count(CASE WHEN h.status = 'waiting' THEN 1 END)
FROM query q LEFT JOIN query_hit h ON h.query = q.name
WHERE ? IS NULL OR q.name = ?
GROUP BY q.name ORDER BY q.name
"""  # noqa: S608 - our own words
_STATUSES = "SELECT status, count(*) FROM document GROUP BY status ORDER BY status"
_GAVE = f"""
SELECT count(DISTINCT e.document), count(*), count(DISTINCT e.triple), min(d.year), max(d.year),
       count(CASE WHEN e.negated THEN 1 END), count(CASE WHEN e.hedged THEN 1 END),
       count(CASE WHEN e.origin <> 'own' THEN 1 END), avg(e.confidence)
FROM evidence e JOIN document d ON d.id = e.document AND d.status = 'active'
WHERE {COUNTS_STILL}
"""  # noqa: S608 - our own words
_FAILURES = """
SELECT stage, code, count(*), min(message) FROM failure
GROUP BY stage, code ORDER BY count(*) DESC, stage, code
"""
_RUNS = 5


@dataclass(frozen=True, slots=True)
class QueryRead:
    """A PubMed query: `hits` are the documents that it finds, `waiting` those of them not read yet."""

    name: str
    title: str
    term: str
    watermark: str | None
    hits: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Failed:
    """What failed in one way: how often, and the message of one."""

    stage: str
    code: str
    number: int
    message: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the documents gave: pieces of evidence, of what kind, and how sure on the whole."""

    documents: int
    evidence: int
    triples: int
    first_year: int | None
    last_year: int | None
    negated: int
    hedged: int
    second_hand: int
    confidence: float | None


@dataclass(frozen=True, slots=True)
class RunRead:
    """A run in words."""

    id: int
    started: str
    status: str
    what: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what came of it."""

    queries: tuple[QueryRead, ...]
    documents: dict[str, int]
    given: Given
    runs: tuple[RunRead, ...]
    runs_left_out: int
    failures: tuple[Failed, ...]
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def active(self) -> int:
        """Documents that count."""
        return self.documents.get("active", 0)

    @property
    def failed(self) -> int:
        """How much could not be read."""
        return sum(each.number for each in self.failures)


def reading(store: Store, query: str | None = None) -> Reading:
    """Gather it from a database that is narrowed to the query, if there is one."""
    connection = store.connection
    runs = Ledger(store).runs(_RUNS)
    (all_runs,) = connection.execute("SELECT count(*) FROM run").fetchone()
    return Reading(
        queries=tuple(QueryRead(*row) for row in connection.execute(_QUERIES, (query, query))),
        documents=dict(connection.execute(_STATUSES).fetchall()),
        given=Given(*connection.execute(_GAVE).fetchone()),
        runs=tuple(_run(run) for run in runs),
        runs_left_out=all_runs - len(runs),
        failures=tuple(Failed(*row) for row in connection.execute(_FAILURES)),
        versions=runs[0].versions if runs else {},
    )


def _run(run: Run) -> RunRead:
    # A folder's name is nobody's business whom the report is sent to.
    names = [PurePath(argument).name or argument for argument in run.arguments]
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    when = run.started[:16].replace("T", " ")
    return RunRead(run.id, when, run.status, ", ".join(names[:3]) + more, run.counts)
