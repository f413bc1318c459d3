"""What a refresh is tried on: a PubMed that changes, and a database that follows it.

As a program: `python -m tests.jobs.pubmed_histories HISTORIES SEED` runs random histories and says how many held.
"""

from __future__ import annotations

import functools
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from minex.jobs.refresh import RefreshReport, refresh
from minex.pubmed.eutils import Eutils
from minex.pubmed.limiter import Unlimited
from minex.pubmed.queries import Query
from minex.pubmed.settings import Settings
from minex.store import Store
from tests.jobs.little import LittlePipeline
from tests.pubmed.citations import Citation
from tests.pubmed.server import Fault, PubMed, Request, Server

START = date(2020, 1, 1)
MOST = 12
"""The most ids a search gives here: windows have to be split often."""

TERM = "exosomes"
GENES = ("PTEN", "KRAS", "TP53", "ZEB1")
CHANGES = ("add", "add", "add", "revise", "unmatch", "rematch", "delete", "retract", "return")
FAULTS = (
    Fault("status", 429, retry_after="1"),
    Fault("status", 429),
    Fault("status", 500),
    Fault("status", 502, text="<html><body>Bad gateway</body></html>"),
    Fault("error", text="Search Backend failed"),
    Fault("html"),
    Fault("empty"),
    Fault("reset"),
    Fault("cut", 120),
    Fault("cut", -30, honest=True),
    Fault("duplicate", 0),
    Fault("missing", 1),
    Fault("stranger"),
    Fault("count", 1),
)


class Stopped(BaseException):
    """A kill at a moment of its own choosing: nothing catches it, nothing is written after it."""


def query(name: str = "exosomes", term: str = TERM, **more: object) -> Query:
    """Return a saved query."""
    # A first day keeps the halving of windows short: most of a thousand years would hold nothing.
    made = Query(
        name, name, term, START - timedelta(days=1), None, "edat", ("pubmed",), None, Path(f"{name}.toml")
    )
    return replace(made, **more)  # type: ignore[arg-type]


@functools.cache
def eutils(server: Server, attempts: int = 3) -> Eutils:
    """Return a client of the server that never really sleeps: one for all histories, for it keeps nothing."""
    settings = Settings("tests@example.org", base=server.base, timeout=5, attempts=attempts)
    return Eutils(settings, Unlimited(), sleep=lambda seconds: None, most=server.most)


def follow(
    store: Store, server: Server, today: date, asked: Query | None = None, batch: int = 4, **more: object
) -> RefreshReport:
    """Refresh a database with the little pipeline."""
    return refresh(
        asked or query(),
        store,
        LittlePipeline(batch=3),
        eutils(server),
        today=today,
        batch=batch,
        **more,  # type: ignore[arg-type]
    )


def content(store: Store) -> list[str]:
    """Return what a database says: active documents, evidence, beliefs."""
    return [line for line in store.canonical_dump(tombstones=False) if not line.startswith('["failure"')]


@dataclass
class World:
    """A PubMed with a clock, changed at random."""

    dice: random.Random
    pubmed: PubMed = field(default_factory=PubMed)
    today: date = START
    next_pmid: int = 1

    def citation(self, pmid: str, matching: bool = True) -> Citation:
        genes = self.dice.sample(GENES, self.dice.randint(0, 2))
        # A labelled section is a passage of its own, and the little pipeline reads passages.
        parts = tuple(
            (f"PART {n}", f"miR-{self.dice.randint(1, 3)} targets {gene}.") for n, gene in enumerate(genes)
        )
        word = "exosomes" if matching else "vesicles"
        return Citation(pmid, f"Of {word} {self.dice.randint(1, 9)}.", parts, entered=self.today)

    def step(self) -> None:
        """Let a day or two pass in which something happens."""
        self.today += timedelta(days=self.dice.choice((0, 1, 1, 2, 9)))
        for _ in range(self.dice.randint(0, 4)):
            self._happens()

    def _happens(self) -> None:
        known = sorted(self.pubmed.citations, key=int)
        kind = self.dice.choice(CHANGES)
        if kind == "add" or not known:
            for _ in range(self.dice.choice((1, 2, 9))):
                self._make_room()
                self.pubmed.add(self.citation(str(self.next_pmid), self.dice.random() < 0.8))
                self.next_pmid += 1
            return
        self._make_room()
        pmid = self.dice.choice(known)
        if kind in ("revise", "unmatch", "rematch"):
            fresh = self.citation(pmid, kind != "unmatch")
            self.pubmed.revise(pmid, self.today, title=fresh.title, abstract=fresh.abstract)
        elif kind == "delete":
            self.pubmed.delete(pmid)
        elif kind == "retract":
            self.pubmed.retract(pmid, str(self.next_pmid), self.today)
            self.next_pmid += 1
        else:
            # A PMID that was deleted may come back.
            back = self.dice.randint(1, self.next_pmid - 1)
            if str(back) not in self.pubmed.citations:
                self.pubmed.add(self._as_its_notice_says(self.citation(str(back))))

    def _as_its_notice_says(self, citation: Citation) -> Citation:
        """Return a citation with its retraction: PubMed keeps what the two records say of each other in step."""
        notices = [
            pmid
            for pmid, each in self.pubmed.citations.items()
            if ("RetractionOf", citation.pmid) in each.references
        ]
        if not notices:
            return citation
        return replace(
            citation,
            pubtypes=(*citation.pubtypes, "Retracted Publication"),
            references=tuple(("RetractionIn", notice) for notice in notices),
        )

    def _make_room(self) -> None:
        """Go on to the next day where one more citation could not be listed: nothing splits a day here."""
        if sum(each.entered == self.today for each in self.pubmed.citations.values()) >= MOST - 1:
            self.today += timedelta(days=1)


def faulty(dice: random.Random, share: float) -> Callable[[Request], Fault | None]:
    """Return what makes a share of the requests fail, each in a way of its own."""
    return lambda request: dice.choice(FAULTS) if dice.random() < share else None


def stopping(store: Store, dice: random.Random, odds: float) -> None:
    """Let a store be killed at a commit: before it or right after it."""
    real = store.transaction

    class Killed:
        def __init__(self) -> None:
            self.inner = real()

        def __enter__(self) -> None:
            self.inner.__enter__()

        def __exit__(self, *error: object) -> None:
            if error[0] is None and dice.random() < odds / 2:
                stop = Stopped()
                self.inner.__exit__(Stopped, stop, None)
                raise stop
            self.inner.__exit__(*error)  # type: ignore[arg-type]
            if error[0] is None and dice.random() < odds / 2:
                raise Stopped

    store.transaction = Killed  # type: ignore[method-assign, assignment]


def run_history(seed: int, server: Server, folder: Path) -> None:
    """Let a PubMed change for a while and a database follow it, badly; then compare it with a clean one.

    Raises:
        AssertionError: if the database differs from that of one clean run, or a watermark passed a failed window.
    """
    dice = random.Random(seed)  # noqa: S311 - a history, no secret
    world = World(dice)
    server.reset(world.pubmed)
    database = _empty(folder, f"{seed}.db")
    for _ in range(dice.randint(1, 5)):
        world.step()
        server.fault_of = faulty(dice, dice.choice((0.0, 0.05, 0.4)))
        with Store.open(database) as store:
            before = _watermark(store)
            stopping(store, dice, dice.choice((0.0, 0.0, 0.2)))
            try:
                report = follow(store, server, world.today)
            except Stopped:
                continue
            after = _watermark(store)
        assert report.complete == (after == world.today.isoformat() and not report.missing), report.line()
        assert report.complete or after == before, f"the watermark moved to {after} though {report.missing}"
        if report.complete and dice.random() < 0.2:
            _same(database, server, world, folder)
    server.fault_of = None
    with Store.open(database) as store:
        report = follow(store, server, world.today)
    assert report.complete, report.line()
    _same(database, server, world, folder)
    database.unlink()


def _empty(folder: Path, name: str = "clean.db") -> Path:
    """Return an empty database: copied, for making one takes longer than a refresh."""
    template, copy = folder / "template.db", folder / name
    if not template.exists():
        Store.open(template).close()
    shutil.copy(template, copy)
    return copy


def _watermark(store: Store) -> str | None:
    # Outside a transaction one reads what is committed. A connection of its own would read the whole schema.
    assert not store.connection.in_transaction
    rows = store.connection.execute("SELECT watermark FROM query").fetchall()
    return rows[0][0] if rows else None


def _same(database: Path, server: Server, world: World, folder: Path) -> None:
    server.fault_of, faults = None, server.fault_of
    clean = _empty(folder)
    with Store.open(clean) as fresh, Store.open(database) as store:
        # In one go, as the other was not: how records are shared out among requests changes nothing either.
        assert follow(fresh, server, world.today, batch=200).complete
        assert content(store) == content(fresh)
    server.fault_of = faults
    clean.unlink()


def seeds(first: int, number: int) -> Iterator[int]:
    """Return the seeds of some histories."""
    yield from range(first, first + number)


def main(number: str, seed: str) -> int:
    """Run histories and say how many held."""
    with Server(PubMed(), most=MOST) as server, tempfile.TemporaryDirectory() as folder:
        for each in seeds(int(seed), int(number)):
            try:
                run_history(each, server, Path(folder))
            except AssertionError as error:
                sys.stdout.write(f"history {each}: {str(error)[:2000]}\n")
                return 1
    sys.stdout.write(f"{number} histories held, seeds from {seed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
