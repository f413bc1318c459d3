"""A refresh: what a query finds in PubMed now, and what became of all that it found before.

The whole query is listed, and compared with its hits: an id that is new is fetched, one that vanished is asked for
singly before it is called deleted or no longer matching. What PubMed changed since the watermark is fetched again,
with some days' overlap. Only when every window and every batch came whole are hits, statuses and the watermark
moved on; until then the database is as good as before, and the next refresh does what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import cast

from minex.errors import RemoteError, StoreError
from minex.formats import jats, medline
from minex.formats.base import Limits
from minex.jobs.extract import read_body
from minex.jobs.runner import Pipeline, Progress, RunReport, run
from minex.model import Document, Failure, Status
from minex.pubmed.queries import Query
from minex.pubmed.records import Fetched
from minex.pubmed.source import PubmedSource
from minex.pubmed.windows import Window, list_ids
from minex.store import Keep, Store, awaited, sync

LOOK_BACK = timedelta(days=3)
"""How far before the watermark changes are asked for: PubMed's days are not ours, and its indexes lag."""

BATCH = 200
"""Records a request: what NCBI takes without POST."""

_FULL_TEXTS = 20
_CONFIRMED = 50
_GONE = "no longer in PubMed"
_FATAL = frozenset({"unreachable", "bad-key", "no-email"})


@dataclass
class RefreshReport:
    """What a refresh did: ids listed, new, asked again, gone, and what is missing."""

    query: str
    run: RunReport | None = None
    listed: int = 0
    new: int = 0
    again: int = 0
    deleted: int = 0
    unmatched: int = 0
    missing: list[str] = field(default_factory=list)
    warnings: tuple[str, ...] = ()
    watermark: str = ""

    @property
    def complete(self) -> bool:
        """Whether everything that PubMed has for the query is now in the database."""
        return self.run is not None and self.run.status == "done" and not self.missing

    @property
    def exit_code(self) -> int:
        """0 if all went well, 130 if it was interrupted, else 1."""
        return 1 if self.run is None or self.missing else self.run.exit_code

    def line(self) -> str:
        """Return the refresh in one line, for a log or a mail."""
        failed = self.run.counts.failed if self.run is not None else 0
        parts = [
            f"{self.listed:,} listed",
            f"{self.new:,} new",
            f"{self.again:,} asked again",
            f"{self.deleted:,} deleted",
            f"{self.unmatched:,} no longer matching",
            f"{failed:,} failed",
        ]
        state = f"complete up to {self.watermark}" if self.complete else "NOT COMPLETE"
        trouble = f": {self.missing[0]}" if self.missing else ""
        return f"minex refresh {self.query}: {', '.join(parts)}; {state}{trouble}"


def refresh(
    query: Query,
    store: Store,
    pipeline: Pipeline,
    eutils: PubmedSource,
    *,
    today: date,
    keep: Keep = "evidence",
    confirm: Callable[[int], bool] = lambda count: True,
    progress: Progress | None = None,
    batch: int = BATCH,
    limits: Limits | None = None,
    arguments: Sequence[str] = (),
) -> RefreshReport:
    """Bring a database up to what PubMed says today of a query.

    Parameters:
        query: the saved query; one whose term or dates differ from the last time is listed as a new one.
        store: an open store that can be written to.
        today: the last day that is asked for, and the new watermark.
        confirm: asked with the number of hits before any record is fetched; False ends the refresh.
        batch: records a request.
        arguments: what else the command line says, for the ledger.
        eutils: who answers: E-utilities, or a mirror.

    Returns:
        The report; what could not be had is in `missing`, and the watermark then stays.

    Raises:
        StoreError: if the database cannot be written (what was committed stays), or its watermark lies after
            today (`clock`): what PubMed took up in between would be held to match no longer.
    """
    _check_clock(query, store, today)
    job = _Refresh(query, store, eutils, today, confirm, batch, limits or Limits())
    job.report.run = run(
        [Path(f"pubmed:{query.name}")],
        store,
        pipeline,
        keep=keep,
        progress=progress,
        reader=job.documents,
        origin="pubmed",
        settling=job,
        arguments=["refresh", query.name, *arguments],
    )
    return job.report


def _check_clock(query: Query, store: Store, today: date) -> None:
    """Refuse a day before the watermark; a query that has changed since begins anew, and has none."""
    for known in sync.queries(store):
        changed = known.definition != json.loads(query.definition)
        if known.name == query.name and known.watermark and not changed and known.watermark > today.isoformat():
            message = f"the clock says {today}, but the query is known to be complete up to {known.watermark}"
            cure = (
                "set the clock; if it was ahead then, change the query's title: it is then compared from the start"
            )
            raise StoreError("clock", message, where=f"{store.path}, {query.name}", cure=cure)


class _Refresh:
    def __init__(
        self,
        query: Query,
        store: Store,
        eutils: PubmedSource,
        today: date,
        confirm: Callable[[int], bool],
        batch: int,
        limits: Limits,
    ) -> None:
        self.query, self.store, self.eutils, self.today = query, store, eutils, today
        self.confirm, self.batch, self.limits = confirm, batch, limits
        self.report = RefreshReport(query.name)
        self.run_id = self.attempt = 0
        self.listed: frozenset[str] = frozenset()
        self.deleted: list[str] = []
        self.unmatched: list[str] = []
        self.back: set[str] = set()
        """Documents that were held to be deleted and are there again."""
        self.whole = False
        """Whether the listing came whole, so that what is not in it is gone."""

    # What the runner asks for.

    def started(self, run_id: int, /) -> None:
        """Take note of the run and write the query down."""
        self.run_id = run_id
        query = self.query
        definition = json.loads(query.definition)
        known = {each.name: each for each in sync.queries(self.store)}
        with self.store.transaction():
            sync.put_query(self.store, query.name, title=query.title, term=query.term, definition=definition)
            if query.name in known and known[query.name].definition != definition:
                # Another question: what changed since then is asked of the old one only.
                sync.set_watermark(self.store, query.name, None)

    def documents(self, path: Path) -> Iterator[Document | Failure]:
        """Yield every document that has to be read: new ones, changed ones, and those that came back."""
        day = self.today.isoformat()
        self.attempt = sync.open_window(
            self.store, self.query.name, self.run_id, source="refresh", first_day=day, last_day=day
        )
        try:
            self._list()
            wanted = self._wanted()
        except RemoteError as error:
            self.report.missing.append(error.message)
            raise
        for number, ids in enumerate(_parts(wanted, self.batch), start=1):
            awaited.advance(self.store, self.query.name)
            yield from self._fetched(number, ids)
        if not self.report.missing:
            yield from self._look_for_the_gone()

    def settle(self, report: RunReport, /) -> str:
        """Move hits, statuses and the watermark on, all or nothing; say what is missing if anything is."""
        awaited.advance(self.store, self.query.name)
        if self.report.missing or not self.whole:
            return "; ".join(self.report.missing) or "the query was not listed"
        name = self.query.name
        with self.store.transaction():
            sync.record_hits(self.store, name, _ids(self.listed), self.run_id)
            sync.unhit(self.store, name, _ids(self.unmatched), "no longer matches the query", self.run_id)
            sync.unhit(self.store, name, _ids(self.deleted), _GONE, self.run_id, status="gone")
            self.store.set_status(dict.fromkeys(_ids(self.deleted), (Status.DELETED, _GONE)), self.run_id)
            self.store.set_status(dict.fromkeys(self.back, (Status.ACTIVE, "")), self.run_id)
            sync.close_window(self.store, self.attempt, "done", len(self.listed), expected=len(self.listed))
            sync.set_watermark(self.store, name, self.today.isoformat())
        self.report.watermark = self.today.isoformat()
        self.report.deleted, self.report.unmatched = len(self.deleted), len(self.unmatched)
        return ""

    # The steps.

    def _list(self) -> None:
        query = self.query
        last = min(query.last_day or self.today, self.today)
        count = self.eutils.search(
            "pubmed", query.term, first_day=query.first_day, last_day=last, date_type=query.date_type, size=0
        ).count
        if (query.limit is not None and count > query.limit) or not self.confirm(count):
            most = f"more than its limit of {query.limit:,}" if query.limit else "and was not confirmed"
            raise RemoteError(
                "too-many",
                f"the query matches {count:,} citations, {most}",
                where=query.name,
                cure="narrow it, or --yes",
            )
        listing = list_ids(
            self.eutils, "pubmed", query.term, query.first_day, last, query.date_type, on_window=self._window
        )
        self.listed, self.whole = listing.ids, True
        self.report.listed, self.report.warnings = len(listing.ids), listing.warnings
        known = sync.hits(self.store, query.name, current=True)
        self.back = awaited.deleted(self.store, _ids(listing.ids))
        fresh = {id_ for id_ in _ids(listing.ids) if id_ not in known} | self.back
        awaited.expect(self.store, query.name, fresh, self.run_id)

    def _wanted(self) -> list[str]:
        """Return what is to be fetched: what the database has no record of, and what PubMed changed since."""
        awaited.advance(self.store, self.query.name)
        new = self.listed & _numbers(awaited.waiting(self.store, self.query.name))
        again: set[str] = set()
        known_up_to = sync.watermark(self.store, self.query.name) or awaited.begun(self.store, self.query.name)
        if known_up_to is not None:
            since = date.fromisoformat(known_up_to) - LOOK_BACK
            changed = list_ids(
                self.eutils, "pubmed", self.query.term, since, self.today, "mdat", on_window=self._window
            )
            again = (set(changed.ids) & self.listed) - new
        # What could not be read may be readable now: the next version of minex, a machine with more memory.
        again |= _numbers(awaited.failed(self.store, self.query.name)) & self.listed - new
        self.report.new, self.report.again = len(new), len(again)
        return sorted(new | again, key=int)

    def _fetched(self, number: int, ids: Sequence[str]) -> Iterator[Document | Failure]:
        window = sync.open_window(
            self.store, self.query.name, self.run_id, source="pubmed", batch=number, expected=len(ids)
        )
        place = f"pubmed:{self.query.name} batch {number}"
        try:
            fetched = list(self._records(ids))
            items = [item for each in fetched for item in read_body(each.body, medline.FORMAT, place, self.limits)]
            if "pmc" in self.query.sources:
                items += self._full_texts(items, place)
        except RemoteError as error:
            sync.close_window(self.store, window, "failed", 0, error.message)
            self.report.missing.append(f"batch {number} ({len(ids)} records): {error.message}")
            if error.code in _FATAL:
                raise
            yield Failure("read", error.code, str(error), place)
            return
        if missing := [id_ for each in fetched for id_ in each.missing]:
            # A search that lists an id whose record is not there yet: to be asked for again, not to be forgotten.
            message = f"PubMed lists {len(missing)} ids without giving their records: {_few(missing)}"
            self.report.missing.append(message)
            yield Failure("read", "record-missing", message, place)
        found = sum(len(each.found) for each in fetched)
        sync.close_window(self.store, window, "failed" if missing else "done", found)
        yield from items

    def _records(self, ids: Sequence[str]) -> Iterator[Fetched]:
        """Yield the records of some ids, in parts where one of them spoils the answer for all."""
        try:
            yield self.eutils.fetch("pubmed", ids)
        except RemoteError as error:
            if error.code != "bad-answer" or len(ids) == 1:
                raise
            middle = len(ids) // 2
            yield from self._records(ids[:middle])
            yield from self._records(ids[middle:])

    def _full_texts(self, items: Iterable[Document | Failure], place: str) -> Iterator[Document | Failure]:
        """Yield the full texts that PMC's open-access set has; which the store joins to the citations."""
        wanted = [item.pmcid for item in items if isinstance(item, Document) and item.pmcid]
        for ids in _parts(wanted, _FULL_TEXTS):
            fetched = self.eutils.fetch("pmc", ids)
            yield from read_body(fetched.body, jats.FORMAT, f"{place} pmc", self.limits)

    def _look_for_the_gone(self) -> Iterator[Document | Failure]:
        """Tell apart what is deleted and what no longer matches, each asked for singly."""
        known = _numbers(sync.hits(self.store, self.query.name, current=True))
        vanished = sorted(known - self.listed, key=int)
        try:
            self._confirm_absence(vanished)
            for id_ in vanished:
                fetched = self.eutils.fetch("pubmed", [id_])
                (self.deleted if fetched.missing else self.unmatched).append(id_)
        except RemoteError as error:
            self.deleted, self.unmatched = [], []
            self.report.missing.append(f"whether {len(vanished)} vanished ids are deleted: {error.message}")
            yield Failure("read", error.code, str(error), f"pubmed:{self.query.name}")

    def _confirm_absence(self, vanished: Sequence[str]) -> None:
        """Ask the query for the vanished ids once more: a listing wrong for a moment must not bury them."""
        query = self.query
        for ids in _parts(vanished, _CONFIRMED):
            narrowed = f"({query.term}) AND ({' OR '.join(f'{id_}[uid]' for id_ in ids)})"
            last = min(query.last_day or self.today, self.today)
            found = self.eutils.search(
                "pubmed", narrowed, first_day=query.first_day, last_day=last, date_type=query.date_type
            )
            if found.count:
                raise RemoteError(
                    "unsteady",
                    f"PubMed left out {found.count} ids that match the query",
                    where=query.name,
                    cure="refresh again in a while",
                )

    def _window(
        self, window: Window, status: str, expected: int | None, fetched: int | None, message: str
    ) -> None:
        number = sync.open_window(
            self.store,
            self.query.name,
            self.run_id,
            source=window.db,
            date_type=window.date_type,
            first_day=window.first.isoformat() if window.first else "",
            last_day=window.last.isoformat() if window.last else "",
            expected=expected,
        )
        # The names of the states are the same on both sides.
        sync.close_window(self.store, number, cast(sync.WindowStatus, status), fetched, message)


def _numbers(ids: Iterable[str]) -> set[str]:
    return {id_.removeprefix("PMID:") for id_ in ids if id_.startswith("PMID:")}


def _ids(numbers: Iterable[str]) -> list[str]:
    return [f"PMID:{number}" for number in numbers]


def _parts(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _few(ids: Sequence[str]) -> str:
    return ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
