"""Which sentences are worth parsing: those with two arguments and a word that could join them.

It may skip only what could give nothing. A claim needs a trigger word, a frame of that trigger, and two different
things of the types that the frame joins; a trigger such as *showed*, which says nothing by itself, also needs a
word that says up or down, or a process. Trigger words are known as they might be written, split at hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from minex.extraction.words import ILLNESS
from minex.model import PREDICATE_SIGNS, Mention, MentionType
from minex.rules.language import RuleSet, Trigger

_WORD = re.compile(r"[a-z]+")
_PREFIXED = re.compile(r"(?:up|down|over|under|co|re|inter|trans|knock|non|dys|de|pre)(?=[a-z]{3})")
_PROCESS_TYPES = ILLNESS | {MentionType.PROCESS.value}

_Pair = tuple[str, str]
_Join = tuple[frozenset[str], frozenset[str], str]
"""The types of subjects and of objects, and what the effect needs: see `needs` in the taxonomy."""

MOST_KNOWN = 20_000
"""So many answers are remembered, then all are forgotten: texts never run out of new sets of pairs."""


@dataclass(frozen=True)
class CandidateFilter:
    """The cheap test before the parser."""

    rules: RuleSet

    @cached_property
    def _joinable(self) -> dict[str, frozenset[str]]:
        """For each mention type, the types that some frame joins it with, in either role."""
        taxonomy = self.rules.taxonomy
        partners: dict[str, set[str]] = {}
        kinds = [(each.subject_types, each.object_types) for each in self.rules.frames]
        kinds += [(each.subject_types, each.object_types) for each in self.rules.links]
        for subject_types, object_types in kinds:
            subjects, objects = taxonomy.types(subject_types), taxonomy.types(object_types)
            for first, second in ((subjects, objects), (objects, subjects)):
                for kind in first:
                    partners.setdefault(kind, set()).update(second)
        return {kind: frozenset(types) for kind, types in partners.items()}

    @cached_property
    def _forms(self) -> dict[str, frozenset[str]]:
        """For each word of a text the trigger forms that it may be, or be the last part of."""
        forms: dict[str, set[str]] = {}
        for form in self.rules.triggers:
            forms.setdefault(form, set()).add(form)
            prefix = _PREFIXED.match(form)
            if prefix:
                forms.setdefault(form[prefix.end() :], set()).add(form)
        return {word: frozenset(found) for word, found in forms.items()}

    @cached_property
    def _signed(self) -> frozenset[str]:
        """The words of a text that may say up or down."""
        effects = self.rules.taxonomy.effects
        return frozenset(
            word
            for word, forms in self._forms.items()
            for form in forms
            if any(PREDICATE_SIGNS[effects[each.effect].predicate] for each in self.rules.triggers[form])
        )

    @cached_property
    def _joins(self) -> dict[str, frozenset[_Join]]:
        """For each word of a text what it may join."""
        by_form = {form: frozenset(self._of_triggers(each)) for form, each in self.rules.triggers.items()}
        return {word: frozenset().union(*(by_form[form] for form in forms)) for word, forms in self._forms.items()}

    def _of_triggers(self, triggers: Sequence[Trigger]) -> Iterator[_Join]:
        taxonomy = self.rules.taxonomy
        for trigger in triggers:
            for frame in self.rules.frames:
                asked = frame.trigger
                if trigger.pos not in asked.pos or (asked.words and trigger.lemma not in asked.words):
                    continue
                if not asked.effects or trigger.effect in asked.effects:
                    needs = taxonomy.effects[frame.effect or trigger.effect].needs
                    yield taxonomy.types(frame.subject_types), taxonomy.types(frame.object_types), needs
            for link in self.rules.links:
                if trigger.effect in link.effects:
                    yield taxonomy.types(link.subject_types), taxonomy.types(link.object_types), ""

    @cached_property
    def _known(self) -> dict[tuple[str, frozenset[_Pair]], str | None]:
        """What :meth:`_lacks` said of each word and pairs of types."""
        return {}

    def _lacks(self, word: str, pairs: frozenset[_Pair]) -> str | None:
        """Return what a word needs beside it to join a pair: nothing, or `change`; None if it cannot join one."""
        key = (word, pairs)
        if key not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            lacks = {
                "" if not needs or (needs != "change" and object in _PROCESS_TYPES) else "change"
                for subjects, objects, needs in self._joins[word]
                for subject, object in pairs
                if subject in subjects and object in objects
            }
            self._known[key] = min(lacks) if lacks else None
        return self._known[key]

    def can_be_argument(self, mention: Mention) -> bool:
        """Return whether some frame takes mentions of this type."""
        return mention.type in self._joinable

    def worth_parsing(self, text: str, mentions: tuple[Mention, ...]) -> bool:
        """Return whether a frame could fit a sentence with these mentions."""
        keys = {(mention.type, mention.key) for mention in mentions if mention.type in self._joinable}
        pairs = frozenset(
            (kind, other_type)
            for kind, key in keys
            for other_type, other in keys
            if other != key and other_type in self._joinable[kind]
        )
        if not pairs:
            return False
        words = [word for word in _WORD.findall(text.lower()) if word in self._joins]
        lacking = [self._lacks(word, pairs) for word in words]
        if "" in lacking:
            return True
        signed = sum(word in self._signed for word in words)
        return any(
            lacks == "change" and signed > (word in self._signed)
            for word, lacks in zip(words, lacking, strict=True)
        )
