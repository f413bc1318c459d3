"""Which sentences are worth parsing: those with two arguments and a word that could join them.

It may skip only what could give nothing: a frame needs a trigger word in the sentence, and every trigger
word, split at hyphens as it might be written, is known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from minex.model import Mention
from minex.rules.language import RuleSet

_WORD = re.compile(r"[a-z]+")
_PREFIXED = re.compile(r"(?:up|down|over|under|co|re|inter|trans|knock|non|dys|de|pre)(?=[a-z]{3})")


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
    def _words(self) -> frozenset[str]:
        words = set()
        for form in self.rules.triggers:
            words.add(form)
            prefix = _PREFIXED.match(form)
            if prefix:
                words.add(form[prefix.end() :])
        return frozenset(words)

    def can_be_argument(self, mention: Mention) -> bool:
        """Return whether some frame takes mentions of this type."""
        return mention.type in self._joinable

    def worth_parsing(self, text: str, mentions: tuple[Mention, ...]) -> bool:
        """Return whether a frame could fit a sentence with these mentions."""
        keys = {(mention.type, mention.key) for mention in mentions if mention.type in self._joinable}
        if not any(
            other_type in self._joinable[kind] and other != key for kind, key in keys for other_type, other in keys
        ):
            return False
        return not self._words.isdisjoint(_WORD.findall(text.lower()))
