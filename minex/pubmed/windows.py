"""All ids of a search, however many: split by date until each part fits, and added up again.

PubMed gives at most :data:`MOST` ids of one search. A window with more is halved, down to single days; a day
that is still too full is split into what matches another condition and what does not, so that parts never share
an id and never lack one. What the parts give must add up to what the whole counts, or they are asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from minex.errors import RemoteError
from minex.pubmed.eutils import EARLIEST, LATEST, MOST
from minex.pubmed.source import PubmedSource

__all__ = ["MOST", "Listing", "Window", "WindowResult", "list_ids"]

ROUNDS = 3
"""How often parts that do not add up are asked again."""

_YEARS_BACK = (1, 0, 2, 3, 5, 10, 20, 40)
_CONDITIONS = {
    "pubmed": (
        "english[la]", "journal article[pt]", "hasabstract", "humans[mh]", "review[pt]", "medline[sb]",
        "female[mh]", "male[mh]", "animals[mh]",
    ),
    "pmc": ("open access[filter]",),
}  # fmt: skip
"""What splits a day, after the years of publication. One that matches all or nothing does no harm."""


@dataclass(frozen=True, slots=True)
class Window:
    """One part of a search: days from first to last (None: open), and what else narrows it.

    Examples:
        >>> day = date(2020, 3, 1)
        >>> print(Window("pubmed", "exosome", "edat", day, day, ("NOT english[la]",)))
        pubmed, edat 2020-03-01, NOT english[la]
    """

    db: str
    term: str
    date_type: str
    first: date | None
    last: date | None
    narrowed: tuple[str, ...] = ()

    @property
    def narrowed_term(self) -> str:
        """The term with its conditions, each of which applies to all before it."""
        term = self.term
        for condition in self.narrowed:
            term = f"({term}) {condition}"
        return term

    def __str__(self) -> str:
        days = (
            f"{self.first or ''}" if self.first == self.last else f"{self.first or ''} to {self.last or 'today'}"
        )
        return ", ".join(
            part for part in (self.db, f"{self.date_type} {days}" if days else "", *self.narrowed) if part
        )


@dataclass(frozen=True, slots=True)
class WindowResult:
    """A window that was read whole: as many ids as its count said."""

    window: Window
    ids: tuple[str, ...]
    resumed: bool = False

    @property
    def count(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Listing:
    """All ids of a search, their count as PubMed says it of the whole, and the windows that gave them."""

    ids: frozenset[str]
    count: int
    windows: tuple[WindowResult, ...]
    warnings: tuple[str, ...] = ()


OnWindow = Callable[[Window, str, int | None, int | None, str], None]
"""Told of each window: status (`split`, `done`, `failed`), ids expected and fetched, and a message."""


def list_ids(
    eutils: PubmedSource,
    db: str,
    term: str,
    first_day: date | None = None,
    last_day: date | None = None,
    date_type: str = "edat",
    *,
    most: int | None = None,
    page: int | None = None,
    on_window: OnWindow | None = None,
    keep: Callable[[Window, Sequence[str]], None] | None = None,
    done: Callable[[Window], Sequence[str] | None] | None = None,
    today: date | None = None,
) -> Listing:
    """Return the ids of everything that matches: exactly those, or an error.

    Without days, all is listed, whatever its dates. `most` is the most ids of one search (PubMed's own limit),
    `page` of one answer. `keep` is given the ids of each window that was read, and `done` gives them back to a
    later call, which then reads only the others; a window may be told and kept again, if it changed meanwhile.
    Windows are the same in a later call with the same days; `today` (where an open end is split) is one of them.

    Raises:
        RemoteError: `unsteady` if the counts do not add up in three rounds, `too-many` if a day can't be split,
            or whatever the client raises.
    """
    lister = _Lister(
        eutils,
        min(most or eutils.most, eutils.most),
        page,
        on_window or (lambda *_: None),
        keep or (lambda *_: None),
        done or (lambda _: None),
        today or date.today(),
    )
    return lister.listing(Window(db, term, date_type, first_day, last_day))


@dataclass
class _Part:
    """A window with what was read of it, by itself or by its parts."""

    window: Window
    count: int
    leaves: list[WindowResult]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(each for leaf in self.leaves for each in leaf.ids)


@dataclass
class _Lister:
    eutils: PubmedSource
    most: int
    page: int | None
    on_window: OnWindow
    keep: Callable[[Window, Sequence[str]], None]
    done: Callable[[Window], Sequence[str] | None]
    today: date
    warnings: dict[str, None] = field(default_factory=dict)

    def listing(self, window: Window) -> Listing:
        for number in range(ROUNDS):
            part = self._read(window, afresh=number > 0)
            # That nothing matches is what a passing fault looks like too: it is believed when said twice.
            if part.count or not self._count(window):
                return Listing(part.ids, part.count, tuple(part.leaves), tuple(self.warnings))
        raise self._unsteady(window, "nothing matches in one answer, and something in the next")

    def _read(self, window: Window, *, afresh: bool = False) -> _Part:
        known = None if afresh else self.done(window)
        if known is not None:
            return _Part(window, len(known), [WindowResult(window, tuple(known), resumed=True)])
        try:
            count, ids = self._pages(window)
        except RemoteError as error:
            self.on_window(window, "failed", None, None, str(error))
            raise
        if count <= self.most:
            self.keep(window, ids)
            self.on_window(window, "done", count, len(ids), "")
            return _Part(window, count, [WindowResult(window, ids)])
        windows = _split(window, self.today)
        if not windows:
            full = RemoteError(
                "too-many",
                f"{count} ids of one day exceed the {self.most} that one search lists, and nothing splits them",
                where=str(replace(window, narrowed=())),
                cure="make the query narrower, or two queries of it",
            )
            self.on_window(window, "failed", count, None, str(full))
            raise full
        self.on_window(window, "split", count, None, "")
        return self._together(window, count, [self._read(each, afresh=afresh) for each in windows])

    def _pages(self, window: Window) -> tuple[int, tuple[str, ...]]:
        """Return how many match, and their ids unless there are too many of them."""
        page = min(self.page or self.most, self.most)
        for _ in range(ROUNDS):
            found = self._search(window, 0, page)
            count, ids = found
            if count > self.most:
                return found
            while len(ids) < count:
                again, more = self._search(window, len(ids), min(page, self.most - len(ids)))
                if again != count or not more:
                    break
                ids += more
            # A count that ends just where the page does would hide what comes after it: it is asked for twice.
            if len(ids) == count == len(set(ids)) and (count != page or self._count(window) == count):
                return count, ids
        raise self._unsteady(window, "the count or the order changes from page to page")

    def _search(self, window: Window, start: int, size: int) -> tuple[int, tuple[str, ...]]:
        found = self.eutils.search(
            window.db,
            window.narrowed_term,
            first_day=window.first,
            last_day=window.last,
            date_type=window.date_type,
            start=start,
            size=size,
        )
        if not window.narrowed:
            self.warnings.update(dict.fromkeys(found.warnings))
        return found.count, found.ids

    def _count(self, window: Window) -> int:
        return self._search(window, 0, 0)[0]

    def _together(self, window: Window, count: int, parts: list[_Part]) -> _Part:
        """Return the whole of some parts, once they add up to it; until then what changed is read again."""
        for number in range(ROUNDS + 1):
            total = sum(part.count for part in parts)
            whole = _Part(window, total, [leaf for part in parts for leaf in part.leaves])
            if total == count == len(whole.ids):
                return whole
            if number == ROUNDS:
                break
            count = self._count(window)
            if total == count == len(whole.ids):
                return whole
            undated = _undated(window)
            if undated is not None and all(part.window != undated for part in parts):
                parts.append(self._read(undated, afresh=True))
            # Counts that add up over ids that do not (one moved from window to window) tell nothing.
            moved = len(whole.ids) != total
            parts = [
                self._read(part.window, afresh=True) if moved or self._count(part.window) != part.count else part
                for part in parts
            ]
        raise self._unsteady(
            window, f"its parts have {total} ids ({len(whole.ids)} different ones), the whole {count}"
        )

    def _unsteady(self, window: Window, what: str) -> RemoteError:
        error = RemoteError(
            "unsteady",
            f"{what}, and so it stayed over {ROUNDS} rounds",
            where=str(window),
            cure="run it again later: nothing is lost",
        )
        self.on_window(window, "failed", None, None, str(error))
        return error


def _split(window: Window, today: date) -> tuple[Window, ...]:
    """Return parts that share nothing and lack nothing, or none if nothing is left to split by."""
    first, last = window.first or EARLIEST, window.last or LATEST
    if first < last and not window.narrowed:
        middle = today if first <= today < last and last == LATEST else first + (last - first) // 2
        return (
            replace(window, first=first, last=middle),
            replace(window, first=middle + timedelta(days=1), last=last),
        )
    year = window.first.year if window.first else today.year
    years = tuple(f"{EARLIEST.year}:{year - back}[dp]" for back in _YEARS_BACK)
    used = {narrowed.split(" ", 1)[1] for narrowed in window.narrowed}
    for condition in years + _CONDITIONS[window.db]:
        if condition not in used:
            return tuple(
                replace(window, narrowed=(*window.narrowed, f"{word} {condition}")) for word in ("AND", "NOT")
            )
    return ()


def _undated(window: Window) -> Window | None:
    """Return what a listing of all dates has and no range of dates: what bears no such date."""
    if window.first is not None or window.last is not None or window.narrowed:
        return None
    return replace(window, narrowed=(f"NOT {EARLIEST:%Y/%m/%d}:{LATEST:%Y/%m/%d}[{window.date_type}]",))
