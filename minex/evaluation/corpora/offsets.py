"""Which unit a file counted its offsets in, told from the texts that it gives for its mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

Spans = tuple[tuple[int, int], ...]
"""The stretches of one mention, in order: one, unless it is discontinuous."""

_TRIED = 50
"""How many places of a mention's text are tried for a constant shift."""


def same_text(given: str, covered: str) -> bool:
    """Return whether two texts are equal but for how white space is written.

    Examples:
        >>> same_text("lung cancer", "lung" + chr(10) + "cancer"), same_text("miR21", "miR 21")
        (True, False)
    """
    return given == covered or given.split() == covered.split()


def covered_text(text: str, spans: Spans) -> str | None:
    """Return what the stretches cover, joined by spaces, or None if one is empty or not within the text."""
    if not spans or not all(0 <= start < end <= len(text) for start, end in spans):
        return None
    return " ".join(text[start:end] for start, end in spans)


@dataclass(frozen=True, slots=True)
class Unit:
    """A way to count: its name for people, and how wide a character is, seen with the one after it."""

    name: str
    width: Callable[[str, str], int]

    def convert(self, text: str, spans: Sequence[Spans]) -> list[Spans | None]:
        """Return spans counted in this unit as code points of the text; None where a character would be cut.

        Examples:
            >>> BYTES.convert("β-catenin", [((0, 2),), ((1, 2),)])
            [((0, 1),), None]
        """
        places: dict[int, int] = {}
        at = 0
        for index, char in enumerate(text):
            places.setdefault(at, index)
            at += self.width(char, text[index + 1 : index + 2])
        places.setdefault(at, len(text))
        found: list[Spans | None] = []
        for stretches in spans:
            mapped = [(places.get(start), places.get(end)) for start, end in stretches]
            known = tuple((start, end) for start, end in mapped if start is not None and end is not None)
            found.append(known if len(known) == len(mapped) else None)
        return found


BYTES = Unit("UTF-8 bytes", lambda char, _: len(char.encode("utf-8", "surrogatepass")))
UTF16 = Unit("UTF-16 units, as JavaScript and Java count", lambda char, _: 2 if ord(char) > 0xFFFF else 1)
CRLF_AS_ONE = Unit("line ends CR LF as one character", lambda char, then: 0 if char + then == "\r\n" else 1)
LF_AS_TWO = Unit("line ends as two characters, CR LF", lambda char, _: 2 if char == "\n" else 1)

UNITS = (BYTES, UTF16, CRLF_AS_ONE, LF_AS_TWO)
"""What files are known to count instead of code points."""

Claim = tuple[Spans, str | None]
"""Where a file says that a mention stands, and the text that it says stands there (None if it says none)."""


def fits(text: str, claims: Sequence[Claim]) -> bool:
    """Return whether every mention stands where the file says."""
    return all(_fits(text, spans, given) for spans, given in claims)


def in_unit(text: str, claims: Sequence[Claim], units: Sequence[Unit]) -> tuple[Unit, list[Spans]] | None:
    """Return the unit in which every mention fits its text, with its spans in code points, or None.

    Only texts that the file gives are proof: without one, no unit is believed.
    """
    if not any(given is not None for _, given in claims):
        return None
    for unit in units:
        converted = unit.convert(text, [spans for spans, _ in claims])
        known = [spans for spans in converted if spans is not None]
        if len(known) < len(claims):
            continue
        if fits(text, [(spans, given) for spans, (_, given) in zip(known, claims, strict=True)]):
            return unit, known
    return None


def probable_cause(text: str, claims: Sequence[Claim]) -> str:
    """Return what a document's offsets probably count, if one mistake explains all its mentions, else nothing.

    Examples:
        >>> probable_cause("miR-21 hits PTEN", [(((1, 7),), "miR-21"), (((13, 17),), "PTEN")])
        'all its offsets are too high by 1'
    """
    found = in_unit(text, claims, UNITS)
    if found is not None:
        return f"its offsets count {found[0].name}"
    for shift in _shifts(text, claims):
        moved = [
            (tuple((start + shift, end + shift) for start, end in spans), given)
            for spans, given in claims
            if given is not None
        ]
        # With one mention any other place of its text would be a constant shift.
        if len(moved) > 1 and fits(text, moved):
            return f"all its offsets are too {'high' if shift < 0 else 'low'} by {abs(shift)}"
    return ""


def _shifts(text: str, claims: Sequence[Claim]) -> Iterator[int]:
    """Yield by how much the first mention's text stands elsewhere, the nearest place first."""
    first = next(((spans[0][0], given) for spans, given in claims if given and len(spans) == 1), None)
    if first is None:
        return
    start, given = first
    places: list[int] = []
    at = text.find(given)
    while at >= 0:
        places.append(at - start)
        at = text.find(given, at + 1)
    yield from [shift for shift in sorted(places, key=abs)[:_TRIED] if shift]


def _fits(text: str, spans: Spans, given: str | None) -> bool:
    covered = covered_text(text, spans)
    return covered is not None and (given is None or same_text(given, covered))
