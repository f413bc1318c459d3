"""E-utilities: searches, records and histories of PubMed and PMC, asked patiently and checked before use."""

from __future__ import annotations

import random as randomness
import time
from collections.abc import Callable, Sequence
from datetime import date

from minex.pubmed.answers import Fetched, Found, History, Info
from minex.pubmed.limiter import Pace
from minex.pubmed.settings import Settings

MOST = 9_999
"""The most ids of one search that PubMed gives, with and without the history server."""


class Eutils:
    """A client that either gives what was asked for, whole, or raises; safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        limiter: Pace | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = randomness.random,
        most: int = MOST,
    ) -> None:
        raise NotImplementedError

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

        Raises:
            RemoteError: if no whole answer could be had; never fewer ids than the count promises.
        """
        raise NotImplementedError

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
        raise NotImplementedError

    def fetch_history(self, history: History, start: int, size: int) -> Fetched:
        """Return the records `start` to `start + size` of a kept search, as many as there must be."""
        raise NotImplementedError

    def fetch(self, db: str, ids: Sequence[str]) -> Fetched:
        """Return the records of some ids (PMC's with or without prefix), and which of them have none."""
        raise NotImplementedError

    def info(self, db: str) -> Info:
        """Return what a database says of itself."""
        raise NotImplementedError
