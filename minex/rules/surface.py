"""Surface patterns: idioms that are read from the words alone, where syntax is no help.

A pattern is text with slots. `<REGULATOR subject>` takes one mention of that group or type, `<FACTOR object+>`
a list of them; a space stands for any white space, `(a|b)`, `?` and `[...]` mean what they mean in a regular
expression, without regard to case. `(?P<trigger>...)` marks the words that say it; by default it is
everything between the slots.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from minex.model import Mention, Span
from minex.rules.cost import MAX_LENGTH, MAX_WAYS, ways
from minex.rules.language import SurfacePattern, Taxonomy

_SLOT = re.compile(r"<(?P<types>[A-Z_|]+)(?: (?P<role>subject|object)(?P<many>\+)?)?>")
_OPEN, _CLOSE = "\u27e6", "\u27e7"
_ONE, _MANY = _OPEN, f"{_OPEN}{{1,20}}"  # what a slot counts as where the cost is reckoned
_JOINT = r"(?:\s*(?:,|/|;)\s*(?:and\s|or\s)?|\s+(?:and|or|as well as)\s+)"


@dataclass(frozen=True, slots=True)
class SurfaceMatch:
    """What a surface pattern found: mentions in its two slots, and the words between them."""

    pattern: SurfacePattern
    subjects: tuple[Mention, ...]
    objects: tuple[Mention, ...]
    trigger: Span


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A sentence in which each mention is a numbered sign, with the way back to document offsets."""

    text: str
    anchors: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, text: str, start: int, mentions: Sequence[Mention]) -> MaskedText:
        """Mask a sentence that starts at `start`; of overlapping mentions the first and longest counts."""
        pieces: list[str] = []
        anchors: list[tuple[int, int]] = []
        kept: list[Mention] = []
        position = length = 0
        for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
            here = mention.start - start
            if here < position:
                continue
            for piece, source in (
                (text[position:here].replace(_OPEN, " "), start + position),
                (f"{_OPEN}{mention.type}#{len(kept)}{_CLOSE}", mention.start),
            ):
                anchors.append((length, source))
                pieces.append(piece)
                length += len(piece)
            kept.append(mention)
            position = mention.end - start
        anchors.append((length, start + position))
        pieces.append(text[position:].replace(_OPEN, " "))
        return cls("".join(pieces), tuple(anchors), tuple(kept))

    def to_document(self, offset: int) -> int:
        """Return the document offset of an offset in the masked text."""
        here, there = self.anchors[bisect_right(self.anchors, (offset, 1 << 62)) - 1]
        return there + offset - here


@dataclass(frozen=True)
class CompiledPattern:
    """A surface pattern as a regular expression over masked text."""

    rule: SurfacePattern
    taxonomy: Taxonomy

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The expression; slots are named groups that hold the mention's number."""
        pieces: list[str] = []
        position = 0
        for slot in _SLOT.finditer(self.rule.pattern):
            pieces.append(self.rule.pattern[position : slot.start()].replace(" ", r"\s+"))
            types = "|".join(sorted(self.taxonomy.types(tuple(slot["types"].split("|")), self.rule.place)))
            sign = rf"{_OPEN}(?:{types})#\d+{_CLOSE}"
            one = rf"{sign}(?:{_JOINT}{sign}){{0,19}}" if slot["many"] else sign
            pieces.append(f"(?P<{slot['role']}>{one})" if slot["role"] else f"(?:{one})")
            position = slot.end()
        pieces.append(self.rule.pattern[position:].replace(" ", r"\s+"))
        return re.compile("".join(pieces), re.IGNORECASE)

    @cached_property
    def _slots(self) -> tuple[frozenset[str], ...]:
        """The types that the subject and the object may have; a slot without a role may be in a part left out."""
        types, place = self.taxonomy.types, self.rule.place
        slots = _SLOT.finditer(self.rule.pattern)
        return tuple(types(tuple(slot["types"].split("|")), place) for slot in slots if slot["role"])

    def may_match(self, types: frozenset[str]) -> bool:
        """Return whether mentions of these types have one for the subject and one for the object."""
        return all(not types.isdisjoint(slot) for slot in self._slots)

    def find(self, masked: MaskedText) -> Iterator[SurfaceMatch]:
        """Yield every match in a sentence."""
        for match in self.expression.finditer(masked.text):
            if "trigger" in match.re.groupindex and match["trigger"]:
                start, end = match.span("trigger")
            else:
                start, end = sorted((match.end("subject"), match.start("object")))
                start, end = (match.span()) if start >= end else (start, end)
            yield SurfaceMatch(
                self.rule,
                _members(match["subject"], masked),
                _members(match["object"], masked),
                Span(masked.to_document(start), masked.to_document(end)),
            )


def _members(text: str, masked: MaskedText) -> tuple[Mention, ...]:
    return tuple(masked.mentions[int(number)] for number in re.findall(r"#(\d+)", text))


def check_pattern(pattern: SurfacePattern, taxonomy: Taxonomy) -> None:
    """Raise a PatternError if a pattern lacks a slot, is not an expression, or could take too long."""
    if len(pattern.pattern) > MAX_LENGTH:
        raise pattern.place.error(f"the pattern is longer than {MAX_LENGTH:,} characters", "make several of it")
    roles = [slot["role"] for slot in _SLOT.finditer(pattern.pattern)]
    if sorted(filter(None, roles)) != ["object", "subject"]:
        raise pattern.place.error("a pattern has one <... subject> and one <... object> slot")
    try:
        _ = CompiledPattern(pattern, taxonomy).expression
        bare = _SLOT.sub(lambda slot: _MANY if slot["many"] else _ONE, pattern.pattern)
        number = ways(bare.replace(" ", r"\s+"))
    except (re.error, RecursionError, OverflowError) as error:
        raise pattern.place.error(f"the pattern is not understood: {error}") from error
    if number > MAX_WAYS:
        raise pattern.place.error(
            f"the pattern may match in more than {MAX_WAYS:,} ways, and a text could make it run for hours",
            "no repeat within a repeat, and a bound for what repeats anything: .{0,80} and not .*",
        )
