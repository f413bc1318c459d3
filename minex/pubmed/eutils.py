"""E-utilities: searches, records and histories of PubMed and PMC, asked patiently and checked before use."""

from __future__ import annotations

import random as randomness
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from minex.errors import RemoteError
from minex.pubmed.answers import Found, History, Info, read_history, read_info, read_search
from minex.pubmed.limiter import Limiter, Pace
from minex.pubmed.records import Fetched, Records, plain_ids
from minex.pubmed.retry import Trouble, delay
from minex.pubmed.settings import Settings, scrubbed
from minex.pubmed.transport import Transport

__all__ = ["EARLIEST", "LATEST", "MOST", "Eutils", "Fetched", "Found", "History", "Info"]

MOST = 9_999
"""The most ids of one search that PubMed gives, with and without the history server."""

EARLIEST, LATEST = date(1000, 1, 1), date(3000, 12, 31)
"""What stands for an open end where PubMed wants both; its own pages do the same."""

DATABASES = ("pubmed", "pmc")
DATE_TYPES = ("edat", "mdat", "pdat", "crdt")

T = TypeVar("T")


class Eutils:
    """A client that either gives what was asked for, whole, or raises; safe to share between threads.

    Without `limiter`, all clients of this user on this machine share the pace that NCBI allows.
    """

    def __init__(
        self,
        settings: Settings,
        limiter: Pace | None = None,
        *,
        sleep: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        random: Callable[[], float] = randomness.random,
        most: int = MOST,
    ) -> None:
        self.settings = settings
        self.most = most
        self._limiter = Limiter(settings.rate) if limiter is None else limiter
        self._sleep = sleep or time.sleep
        self._random = random
        self._transport = Transport(settings, clock)

    def search(
        self,
        db: str,
        term: str,
        *,
        first_day: date | None = None,
        last_day: date | None = None,
        date_type: str = "edat",
        start: int = 0,
        size: int | None = None,
    ) -> Found:
        """Return one page of what matches a term, entered (`edat`), changed (`mdat`) or published (`pdat`) then.

        `size` is the most that PubMed gives if it is not set; with 0 one asks for the count alone.

        Raises:
            RemoteError: if no whole answer could be had; never fewer ids than the count promises.
        """
        size = self.most - start if size is None else size
        if start < 0 or size < 0 or start + size > self.most:
            raise ValueError(f"a search gives ids 0 to {self.most}, not {start} to {start + size}")
        asked = _search(db, term, first_day, last_day, date_type)
        where = _where("esearch", db, first_day, last_day)
        asked |= {"retstart": str(start), "retmax": str(size)}
        return self._ask("esearch", asked, where, lambda body: read_search(body, start, size))

    def search_history(
        self,
        db: str,
        term: str,
        *,
        first_day: date | None = None,
        last_day: date | None = None,
        date_type: str = "edat",
    ) -> History:
        """Search and let the history server keep the result, for :meth:`fetch_history`."""
        asked = _search(db, term, first_day, last_day, date_type) | {"retmax": "0", "usehistory": "y"}
        where = _where("esearch", db, first_day, last_day)
        return self._ask("esearch", asked, where, lambda body: read_history(body, db))

    def fetch_history(self, history: History, start: int, size: int) -> Fetched:
        """Return the records `start` to `start + size` of a kept search, as many as there must be.

        Raises:
            RemoteError: `bad-answer` also if the server keeps the search no longer: then search again.
        """
        if start < 0 or size < 1 or start + size > self.most:
            raise ValueError(f"a kept search gives records 0 to {self.most}, not {start} to {start + size}")
        expected = max(min(size, history.count - start), 0)
        if not expected:
            return Records(history.db).fetched(())
        asked = {"db": history.db, "WebEnv": history.webenv, "query_key": history.query_key, "retmode": "xml"}
        asked |= {"retstart": str(start), "retmax": str(size)}

        def check(body: bytes) -> Records:
            records = Records(history.db, body)
            came = len(records.found.keys() | records.reasons.keys())
            if came != expected:
                raise Trouble("bad-answer", f"{came} records came where {expected} must be")
            return records

        where = f"efetch {history.db}, records {start} to {start + expected} of {history.count}"
        records = self._ask("efetch", asked, where, check)
        return records.fetched((*records.found, *records.reasons))

    def fetch(self, db: str, ids: Sequence[str]) -> Fetched:
        """Return the records of some ids (PMC's with or without prefix), and which of them have none.

        What did not come is asked for again, first together and then one by one: only an id that three
        whole answers lack is called missing.

        Raises:
            RemoteError: if no whole answer could be had.
            ValueError: if something is no id.
        """
        asked = plain_ids(_known(db, DATABASES), ids)
        records = self._records(db, asked) if asked else Records(db)
        again = [each for each in asked if each not in records.found and each not in records.refused]
        if again:
            records.add(self._records(db, again))
        for each in again:
            if each not in records.found and each not in records.refused:
                records.add(self._records(db, (each,)))
        return records.fetched(asked)

    def info(self, db: str) -> Info:
        """Return what a database says of itself."""
        asked = {"db": _known(db, DATABASES), "retmode": "xml"}
        return self._ask("einfo", asked, f"einfo {db}", lambda body: read_info(body, db))

    def _records(self, db: str, ids: Sequence[str]) -> Records:
        asked = {"db": db, "id": ",".join(ids), "retmode": "xml"}
        where = f"efetch {db}, {ids[0]}" + (f" and {len(ids) - 1} more" if len(ids) > 1 else "")
        return self._ask("efetch", asked, where, lambda body: Records(db, body).check(ids))

    def _ask(self, tool: str, parameters: Mapping[str, str], where: str, check: Callable[[bytes], T]) -> T:
        """Return the first answer that stands the check, of at most `attempts`."""
        attempts = self.settings.attempts
        for attempt in range(1, attempts + 1):
            self._limiter.wait()
            try:
                return check(self._transport.ask(tool, parameters))
            except Trouble as trouble:
                if trouble.lasting or attempt == attempts:
                    tried = f" (asked {attempt} times)" if attempt > 1 else ""
                    message = scrubbed(trouble.message, self.settings.api_key) + tried
                    raise RemoteError(trouble.code, message, where=where, cure=trouble.cure) from None
                seconds = delay(attempt, trouble.retry_after, self._random)
                if trouble.code == "throttled":
                    self._limiter.postpone(seconds)
            self._sleep(seconds)
        raise AssertionError("the last attempt returns or raises")


def _search(db: str, term: str, first_day: date | None, last_day: date | None, date_type: str) -> dict[str, str]:
    if not term.strip():
        raise RemoteError("bad-query", "the term is empty", where=f"esearch {db}", cure="say what to search for")
    asked = {"db": _known(db, DATABASES), "term": term, "retmode": "xml"}
    if first_day is not None or last_day is not None:
        asked["datetype"] = _known(date_type, DATE_TYPES)
        asked["mindate"] = f"{first_day or EARLIEST:%Y/%m/%d}"
        asked["maxdate"] = f"{last_day or LATEST:%Y/%m/%d}"
    return asked


def _known(value: str, values: Sequence[str]) -> str:
    if value not in values:
        raise ValueError(f"{value!r} is none of {', '.join(values)}")
    return value


def _where(tool: str, db: str, first_day: date | None, last_day: date | None) -> str:
    if first_day is None and last_day is None:
        return f"{tool} {db}"
    return f"{tool} {db}, {first_day or 'the beginning'} to {last_day or 'today'}"
