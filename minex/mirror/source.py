"""The mirror in the place of E-utilities: what a refresh asks, answered from the disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from minex.errors import RemoteError
from minex.mirror.compile import Where
from minex.mirror.mirror import Mirror, body_of
from minex.mirror.status import missing_of
from minex.pubmed.answers import Found
from minex.pubmed.records import Fetched, Records, plain_ids

_COLUMNS = {"edat": ("entered",), "crdt": ("created",), "pdat": ("published", "electronic")}
_NO_FULL_TEXTS = "the mirror has titles and abstracts; full texts of PMC are not read from it"


class MirrorSource:
    """Answers searches and gives records as E-utilities do.

    Changed since a day (`mdat`) means here: loaded into the mirror since. A revision of Monday that is mirrored on
    Friday would else be missed by a refresh that was complete up to Thursday.
    """

    most = 1_000_000_000

    def __init__(self, mirror: Mirror, today: date) -> None:
        self.mirror = mirror
        self.today = today
        self._last: tuple[object, tuple[int, ...], tuple[str, ...]] = (None, (), ())

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
        """Return one page of what matches a term within some days.

        Raises:
            QueryError: if the term is wrong or asks for what the mirror lacks.
            StoreError: if the mirror cannot be read.
        """
        asked = (term, first_day, last_day, date_type)
        if self._last[0] != asked:
            answer = self.mirror.search(term, self.today, also=self._within(first_day, last_day, date_type))
            self._last = (asked, answer.pmids, (*answer.notes, *self._gaps()))
        _, pmids, notes = self._last
        page = pmids[start : None if size is None else start + size]
        return Found(len(pmids), tuple(map(str, page)), notes)

    def fetch(self, db: str, ids: Sequence[str]) -> Fetched:
        """Return the records of some PMIDs; missing is only what PubMed has deleted.

        Raises:
            RemoteError: if the mirror knows nothing of a PMID: then it is older than who asks, or lacks a file.
        """
        asked = plain_ids(db, ids)
        if db != "pubmed":
            empty = Records(db).fetched(asked)
            return Fetched(empty.body, (), asked, dict.fromkeys(asked, _NO_FULL_TEXTS))
        records = self.mirror.records(map(int, asked))
        absent = [each for each in asked if int(each) not in records]
        buried = self.mirror.buried(map(int, absent))
        unknown = [each for each in absent if int(each) not in buried]
        if unknown:
            raise RemoteError(
                "not-mirrored",
                f"the mirror has neither a record nor a tombstone of {len(unknown)} PMIDs, such as {unknown[0]}",
                where=str(self.mirror.folder),
                cure="bring it up to date: minex mirror update DIR; it may lack files: minex mirror status DIR",
            )
        found = tuple(each for each in asked if int(each) in records)
        body = body_of(records[int(each)] for each in found)
        return Fetched(body, found, tuple(absent), dict.fromkeys(absent, "PubMed has deleted it"))

    def _gaps(self) -> tuple[str, ...]:
        missing = missing_of(self.mirror.connection)
        return (f"files are missing, the first is {missing[0]}: minex mirror status DIR",) if missing else ()

    def _within(self, first: date | None, last: date | None, date_type: str) -> Where | None:
        if first is None and last is None:
            return None
        if date_type == "mdat":
            # The days are compared as text: ISO dates sort as they follow.
            low = first.isoformat() if first else ""
            return Where("c.seq IN (SELECT seq FROM file WHERE substr(loaded, 1, 10) >= ?)", (low,))
        # What bears no date is not shut out by an open beginning: nobody asked for it to be dated.
        low_number = int(first.strftime("%Y%m%d")) if first else 0
        high = int(last.strftime("%Y%m%d")) if last else 9999_99_99
        columns = _COLUMNS[date_type]
        condition = " OR ".join(f"c.{column} BETWEEN ? AND ?" for column in columns)
        return Where(f"({condition})", (low_number, high) * len(columns))
