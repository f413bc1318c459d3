"""A diff as sections of items: what the formats for readers have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from minex.reports import wording
from minex.reports.diff import Cause, Diff, FactorChange, Quote, TripleChange, Turn

T = TypeVar("T")


@dataclass(frozen=True)
class Item:
    """One change, ready to be shown: `key` is the same whenever the same diff is made."""

    key: str
    kind: str
    title: str
    detail: str
    causes: tuple[Cause, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Section:
    """Changes of one kind; `left_out` is how many more there are than shown."""

    title: str
    items: tuple[Item, ...]
    left_out: int = 0


def sections(diff: Diff, limit: int | None = None) -> list[Section]:
    """Return the sections that are not empty, what matters most first.

    Parameters:
        diff: what changed.
        limit: show no more items a section than this.
    """
    made = [
        _section("Turned", diff.turned, _turn, limit),
        _section("New factors", diff.factors_came, _factor("factor came"), limit),
        _section("New triples", diff.came, _triple("came"), limit),
        _section("Gone triples", diff.went, _triple("went"), limit),
        _section("Gone factors", diff.factors_went, _factor("factor went"), limit),
        _section("Changed belief", diff.believed, _triple("belief"), limit),
    ]
    return [section for section in made if section.items]


def _section(title: str, changes: Sequence[T], item: Callable[[T], Item], limit: int | None) -> Section:
    shown = changes if limit is None else changes[:limit]
    return Section(title, tuple(map(item, shown)), len(changes) - len(shown))


def _turn(turn: Turn) -> Item:
    key = f"turned:{turn.subject}:{turn.object}:{turn.sign_after}"
    return Item(key, "turned", wording.turn(turn), wording.turned_beliefs(turn), turn.causes, turn.quotes)


def _triple(kind: str) -> Callable[[TripleChange], Item]:
    def make(change: TripleChange) -> Item:
        title, detail = wording.claim(change), wording.beliefs(change)
        return Item(f"{kind}:{change.id}", kind, title, detail, change.causes, change.quotes)

    return make


def _factor(kind: str) -> Callable[[FactorChange], Item]:
    def make(change: FactorChange) -> Item:
        told = "; ".join(wording.plain(triple) for triple in change.triples[:5])
        more = f"; and {len(change.triples) - 5} more" if len(change.triples) > 5 else ""
        return Item(f"{kind}:{change.id}", kind, wording.plain(f"{change.name} ({change.type})"), told + more)

    return make
