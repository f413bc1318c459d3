"""What a refresh asks of PubMed, whoever answers it: E-utilities, or a mirror on one's own disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from minex.pubmed.answers import Found
from minex.pubmed.records import Fetched


class PubmedSource(Protocol):
    """Lists ids and gives records; :class:`minex.pubmed.eutils.Eutils` and the mirror's source are such."""

    @property
    def most(self) -> int:
        """The most ids of one search."""

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
        """Return one page of what matches a term."""

    def fetch(self, db: str, ids: Sequence[str]) -> Fetched:
        """Return the records of some ids, and which of them have none."""
