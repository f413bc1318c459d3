"""Events made flat: who acts upon what, and with which sign, through events that are arguments of events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from minex.errors import InputError
from minex.evaluation.corpora.kinds import directed_by, sign_of
from minex.exchange.typemap import BUILT_IN

_SUBJECTS = frozenset({"cause", "agent", "subject", "arg1", "regulator"})
_OBJECTS = frozenset({"theme", "patient", "object", "arg2", "target"})
_LOWERING = frozenset({"degradation", "protein_catabolism", "catabolism", "inactivation"})
"""Events that leave less of their theme: what raises them lowers it."""

_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Event:
    """An event line: its type, its trigger's key, and its arguments as (role, key of a mention or an event)."""

    key: str
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]
    where: str = ""


Flat = tuple[Event, str, str, int | None, bool | None]
"""An event, the keys of two mentions, the sign between them, and whether it has a direction."""

_Reached = tuple[str, int]
"""A mention that an argument comes down to, and the sign of all events on the way to it."""


@dataclass(slots=True)
class Events:
    """The events of a document."""

    by_key: Mapping[str, Event]
    _known: dict[str, list[_Reached]] = field(default_factory=dict)

    def relations(self) -> Iterator[Flat | InputError]:
        """Yield what each event says of two mentions, or what is wrong with it.

        Causes act upon themes; themes without a cause are joined with each other, where they are bound. An
        argument that is an event stands for its own themes, its sign composed into the relation: what raises a
        lowering lowers. An event that is a process of its own (*proliferation*) stands for itself.

        Examples:
            >>> inner = Event("E2", "Negative_regulation", "T4", (("Theme", "T2"),))
            >>> outer = Event("E1", "Positive_regulation", "T3", (("Cause", "T1"), ("Theme", "E2")))
            >>> events = Events({"E1": outer, "E2": inner})
            >>> [(cause, theme, sign) for _, cause, theme, sign, _ in events.relations()]
            [('T1', 'T2', -1)]
        """
        for event in self.by_key.values():
            try:
                yield from self._flat(event)
            except InputError as error:
                yield InputError(error.code, error.message, where=event.where, cure=error.cure)

    def _flat(self, event: Event) -> Iterator[Flat]:
        causes = self._reach(event, _SUBJECTS, 0)
        themes = self._reach(event, _OBJECTS, 0)
        own = sign_of(event.type)
        if not causes and directed_by(event.type, otherwise=True) is False:
            for (first, one), (second, two) in combinations(dict.fromkeys(themes), 2):
                yield event, first, second, _product(own, one * two), False
        for cause, one in causes:
            for theme, two in themes:
                if cause != theme:
                    yield event, cause, theme, _product(own, one * two), directed_by(event.type, otherwise=True)

    def _reach(self, event: Event, roles: frozenset[str], depth: int) -> list[_Reached]:
        if depth > _DEPTH:
            raise InputError("event-loop", f"the event {event.key} is an argument of itself, or nested too deeply")
        found: list[_Reached] = []
        for role, key in event.arguments:
            if role.rstrip("0123456789").casefold() not in roles and role.casefold() not in roles:
                continue
            if key in self.by_key:
                found += self._within(self.by_key[key], depth)
            elif key[:1] == "E":
                raise InputError("unknown-event", f"{event.key} joins {key}, which is no event of this document")
            else:
                found.append((key, 1))
        # Each once: events that share their arguments would multiply them.
        return list(dict.fromkeys(found))

    def _within(self, event: Event, depth: int) -> list[_Reached]:
        """Return the mentions that an event stands for where it is an argument."""
        if BUILT_IN.get(event.type) == "PROCESS":
            return [(event.trigger, 1)]
        if event.key in self._known:
            return self._known[event.key]
        sign = -1 if event.type.casefold() in _LOWERING else sign_of(event.type)
        themes = self._reach(event, _OBJECTS, depth + 1)
        found = [(key, (1 if sign is None else sign) * inner) for key, inner in themes] or [(event.trigger, 1)]
        self._known[event.key] = found
        return found


def _product(own: int | None, inner: int) -> int | None:
    return None if own is None else own * inner
