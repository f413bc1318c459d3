"""A database of a million pieces of evidence: how long the questions and pages of `minex serve` take on it.

    python benchmarks/million.py                        # makes it first, which takes some ten minutes and 3 GB
    python benchmarks/million.py --evidence 50000       # a smaller one
    python benchmarks/million.py --database x.db        # any database that is there

Each question is asked with a name that people ask for and with the heaviest of its kind; medians of several runs,
by the clock and in processor time, which work beside it on the machine disturbs less. The page is the whole answer
of Datasette, HTML made.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from synthetic import make

from minex.reports import known, meant
from minex.store.connection import open_reader
from minex.web.questions import QUESTIONS
from minex.web.server import datasette

ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    ("targets_of_a_mirna", {"mirna": "miR-210"}),
    ("targets_of_a_mirna", {"mirna": "miR-21"}),
    ("factors_of_a_cancer", {"cancer": "multiple myeloma"}),
    ("factors_of_a_cancer", {"cancer": "lung cancer"}),
    ("factors_of_a_cancer", {"cancer": "hepatocellular carcinoma"}),
    ("factors_of_a_cancer", {"cancer": "cancer"}),
    ("what_it_does", {"name": "hypoxia"}),
    ("what_it_does", {"name": "miR-21"}),
    ("what_acts_on_it", {"name": "angiogenesis"}),
    ("what_acts_on_it", {"name": "cell proliferation"}),
    ("evidence_of_a_triple", {"subject": "miR-210", "object": "EGFR"}),
    ("evidence_of_a_triple", {"subject": "miR-21", "object": "PTEN"}),
    ("contradictions", {"name": ""}),
    ("contradictions", {"name": "miR-21"}),
    ("seen_in_vesicles", {"vesicle": "exosome"}),
    ("new_this_month", {"days": "31"}),
)


def timed(action: Callable[[], object], runs: int) -> tuple[float, float]:
    """Return the medians, in milliseconds, of the clock and of this process's processor time."""
    walls, processor = [], []
    for _ in range(runs):
        clock, worked = time.perf_counter(), time.process_time()
        action()
        walls.append((time.perf_counter() - clock) * 1e3)
        processor.append((time.process_time() - worked) * 1e3)
    return statistics.median(walls), statistics.median(processor)


def row(what: str, name: str, times: tuple[float, float], count: object = "") -> None:
    print(f"| {what} | {name} | {count} | {times[0]:.0f} | {times[1]:.0f} |", flush=True)


def questions(connection: sqlite3.Connection, runs: int) -> None:
    """Ask each question in SQL."""
    for name, parameters in ASKED:
        sql = QUESTIONS[name].sql
        found = len(connection.execute(sql, parameters).fetchall())
        times = timed(lambda sql=sql, p=parameters: connection.execute(sql, p).fetchall(), runs)  # type: ignore[misc]
        row(QUESTIONS[name].title, ", ".join(parameters.values()), times, found)


def looks(connection: sqlite3.Connection, runs: int) -> None:
    """Look at the heaviest concept, and at the triple with most evidence."""
    heavy = meant.concept(connection, "miR-21")
    row("concept", heavy.name, timed(lambda: known.concept(connection, heavy.id), runs))
    (triple,) = connection.execute("SELECT id FROM triple ORDER BY evidence_count DESC LIMIT 1").fetchone()
    row("triple", "that with most evidence", timed(lambda: known.triple(connection, triple, 200), runs))


def pages(database: Path, runs: int) -> None:
    """Fetch pages from Datasette, in this process."""
    with closing(open_reader(database)) as connection:
        mirna = meant.concept(connection, "miR-21").id
    name = database.stem
    addresses = {
        "home": "/",
        "sentences, all, with facets": f"/{name}/evidence",
        "sentences, search": f"/{name}/evidence?_search=hypoxia+PTEN",
        "sentences, search for a word of many": f"/{name}/evidence?_search=hypoxia",
        "sentences on one concept": f"/{name}/evidence?{urlencode({'_about': mirna})}&_nofacet=1&_nocount=1",
        "targets of a miRNA": f"/{name}/targets_of_a_mirna?mirna=miR-21",
        "factors of a cancer": f"/{name}/factors_of_a_cancer?cancer=lung+cancer",
        "evidence for a pair": f"/{name}/evidence_of_a_triple?subject=miR-21&object=PTEN",
    }

    async def fetch() -> None:
        server = datasette(database)
        await server.invoke_startup()
        for what, address in addresses.items():
            walls, processor = [], []
            for _ in range(runs):
                clock, worked = time.perf_counter(), time.process_time()
                answer = await server.client.get(address)
                walls.append((time.perf_counter() - clock) * 1e3)
                processor.append((time.process_time() - worked) * 1e3)
            row("page", what, (statistics.median(walls), statistics.median(processor)), answer.status_code)

    asyncio.run(fetch())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--evidence", type=int, default=1_000_000, help="how many pieces to make")
    parser.add_argument("--database", type=Path, help="one that is there, in place of a new one")
    parser.add_argument("--cache", type=Path, default=Path("build/benchmarks"), help="where it is made and kept")
    parser.add_argument("--runs", type=int, default=7, help="runs of which the median is taken")
    arguments = parser.parse_args()
    database = arguments.database or arguments.cache / f"synthetic-{arguments.evidence}.db"
    if not database.exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        draft = database.with_suffix(".making")
        draft.unlink(missing_ok=True)
        make(draft, arguments.evidence, lambda text: print(text, file=sys.stderr, flush=True))
        draft.rename(database)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"# {date.today()}, {platform.system()} {machine}, SQLite {sqlite3.sqlite_version}")
    print(f"# load average {os.getloadavg()[0]:.1f}")
    with closing(open_reader(database)) as connection:
        connection.execute("PRAGMA cache_size = -65536")
        counts = "SELECT (SELECT count(*) FROM evidence), (SELECT count(*) FROM triple)"
        print("# {:,} pieces of evidence, {:,} triples".format(*connection.execute(counts).fetchone()))
        print("| what | asked for | rows | ms | ms of processor |\n|---|---|---|---|---|")
        questions(connection, arguments.runs)
        looks(connection, arguments.runs)
    pages(database, arguments.runs)


if __name__ == "__main__":
    main()
