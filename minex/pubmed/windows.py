"""All ids of a search, however many: split by date until each part fits, and added up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from minex.pubmed.eutils import MOST, Eutils

__all__ = ["MOST", "Listing", "Window", "WindowResult", "list_ids"]


@dataclass(frozen=True, slots=True)
class Window:
    """One part of a search: days from first to last (None: open), and what else narrows it within one day."""

    db: str
    term: str
    date_type: str
    first: date | None
    last: date | None
    narrowed: tuple[str, ...] = ()


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
    eutils: Eutils,
    db: str,
    term: str,
    first_day: date | None = None,
    last_day: date | None = None,
    date_type: str = "edat",
    *,
    most: int | None = None,
    on_window: OnWindow | None = None,
    done: Callable[[Window], Sequence[str] | None] | None = None,
) -> Listing:
    """Return the ids of everything that matches: exactly those, or an error.

    Raises:
        RemoteError: `unsteady` if the counts do not add up in three rounds, `too-many` if a day can't be split,
            or whatever the client raises.
    """
    raise NotImplementedError
