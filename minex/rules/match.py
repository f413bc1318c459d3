"""Frames over a parse: an index by trigger word, then a walk along each frame's paths.

spaCy's DependencyMatcher was the alternative; it has no optional nodes, no alternatives and no named
paths, and its time grows with patterns times tokens. Here a sentence costs a dictionary look-up a token.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from minex.rules.language import Frame, RuleSet, Trigger
from minex.rules.paths import Walker
from minex.rules.surface import CompiledPattern
from minex.syntax.parse import Parse, Token

_MEANING = frozenset({"from", "against", "on", "off"})
"""Words without which a verb says something else: *protect X* is not *protect from X*."""
_HYPHENS = frozenset("-‐‑–")
_TAGS_OF_POS: dict[str, tuple[str, ...]] = {"verb": ("VB",), "noun": ("NN",), "adjective": ("JJ", "RB")}

MOST_TYPES = 2000
"""For so many sets of types frames are remembered, then all are forgotten: mentions may have foreign types."""


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits a trigger token: where its subject and object stand, by alternative, best first.

    `subjects` is empty where the clause has none and the parse implies one.
    """

    frame: Frame
    trigger: Trigger
    token: Token
    subjects: tuple[tuple[Token, ...], ...]
    objects: tuple[tuple[Token, ...], ...]


@dataclass(frozen=True)
class Miss:
    """A frame that fits a trigger but found no subject or no object: what `explain` shows."""

    frame: Frame
    token: Token
    lacks: str


@dataclass(frozen=True)
class Matcher:
    """The compiled rules."""

    rules: RuleSet

    @cached_property
    def walker(self) -> Walker:
        """Walks the paths of these rules."""
        return Walker(self.rules.named_paths)

    @cached_property
    def surface(self) -> tuple[CompiledPattern, ...]:
        """The surface patterns as expressions."""
        return tuple(CompiledPattern(pattern, self.rules.taxonomy) for pattern in self.rules.surface)

    @cached_property
    def _frames(self) -> dict[tuple[str, str], tuple[Frame, ...]]:
        index: dict[tuple[str, str], list[Frame]] = {}
        for effect in self.rules.taxonomy.effects:
            for frame in self.rules.frames:
                if frame.trigger.effects and effect not in frame.trigger.effects:
                    continue
                for pos in frame.trigger.pos:
                    index.setdefault((pos, effect), []).append(frame)
        return {key: tuple(frames) for key, frames in index.items()}

    @cached_property
    def _by_types(self) -> dict[frozenset[str], dict[tuple[str, str], tuple[Frame, ...]]]:
        """The frames that types of mentions leave possible, for each set of types met so far."""
        return {}

    def _possible(self, parse: Parse) -> Mapping[tuple[str, str], tuple[Frame, ...]]:
        """Return the frames for which a parse has a subject and an object at all: two things of their types."""
        things = [mention for _, mention in parse.mentions()]
        things += [mention for referent in parse.referents.values() for mention in referent.mentions]
        things += [parse.implied_subject] if parse.implied_subject is not None else []
        if len({thing.key for thing in things}) < 2:
            return {}
        types = frozenset(thing.type for thing in things)
        if types not in self._by_types:
            if len(self._by_types) >= MOST_TYPES:
                self._by_types.clear()
            allowed = self.rules.taxonomy.types
            self._by_types[types] = {
                key: tuple(
                    frame
                    for frame in frames
                    if types & allowed(frame.subject_types) and types & allowed(frame.object_types)
                )
                for key, frames in self._frames.items()
            }
        return self._by_types[types]

    def triggers(self, token: Token) -> Iterator[Trigger]:
        """Yield what a token can mean as a trigger."""
        if token.mention is not None:
            return
        candidates = self.rules.triggers.get(token.lower, ())
        if not candidates:
            return
        fitting = [trigger for trigger in candidates if token.tag.startswith(_TAGS_OF_POS[trigger.pos])]
        # A tagger that takes "inhibits" for a noun must not hide it: a form that is only a verb is one.
        yield from fitting or (candidates if len({trigger.pos for trigger in candidates}) == 1 else ())

    def matches(self, parse: Parse, *, near: bool = True) -> Iterator[Match | Miss]:
        """Yield every frame that fits a trigger of the sentence, and those that nearly did.

        Parameters:
            near: also try the frames for which the sentence names nothing of the right type; these can only miss.
        """
        frames = self._frames if near else self._possible(parse)
        if not frames:
            return
        for token in parse:
            for trigger in self.triggers(token):
                voice = voice_of(parse, token) if trigger.pos == "verb" else ""
                if voice and trigger.prep in _MEANING and not _has_beside(parse, token, trigger.prep):
                    continue
                for frame in frames.get((trigger.pos, trigger.effect), ()):
                    if frame.trigger.voice and voice not in frame.trigger.voice:
                        continue
                    if frame.trigger.words and trigger.lemma not in frame.trigger.words:
                        continue
                    yield self._walk(parse, frame, trigger, token)

    def _walk(self, parse: Parse, frame: Frame, trigger: Trigger, token: Token) -> Match | Miss:
        if frame.without and self.walker.walk(parse, token, frame.without, trigger.prep):
            return Miss(frame, token, "a clause without what it excludes")
        objects = self.walker.each(parse, token, frame.object, trigger.prep)
        if not objects:
            return Miss(frame, token, "object")
        subjects = self.walker.each(parse, token, frame.subject, trigger.prep)
        if not subjects and parse.implied_subject is None:
            return Miss(frame, token, "subject")
        return Match(frame, trigger, token, subjects, objects)


def _has_beside(parse: Parse, token: Token, word: str) -> bool:
    """Return whether a verb has the word that makes it what it is: *protect from*, *switch on*."""
    children = parse.children[token.i]
    below = (child for each in children if each.dep in ("dobj", "nsubjpass") for child in parse.children[each.i])
    return any(child.lower == word for child in (*children, *below))


def voice_of(parse: Parse, token: Token) -> str:
    """Return whether a verb is active, passive, a participle by itself, or part of a compound (*X-induced*)."""
    if token.i and parse[token.i - 1].lower in _HYPHENS and token.tag in ("VBN", "VBD", "VBG", "JJ"):
        return "compound"
    children = {child.dep for child in parse.children[token.i]}
    if children & {"auxpass", "nsubjpass"}:
        return "passive"
    bare = token.tag == "VBN" or (token.tag in ("VBD", "JJ") and token.dep in ("amod", "acl"))
    if bare and token.dep in ("amod", "acl", "advcl", "relcl") and "nsubj" not in children:
        return "participle"
    if token.tag == "VBN" and "agent" in children:
        return "participle"
    return "active"
