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
_PREFIXED = re.compile(r"(?:up|down|over|under|co|re|inter|trans|knock|non|dys|de)(?=[a-z]{3})")


@dataclass(frozen=True)
class CandidateFilter:
    """The cheap test before the parser."""

    rules: RuleSet

    @cached_property
    def argument_types(self) -> frozenset[str]:
        """All mention types that some frame or pattern takes."""
        taxonomy = self.rules.taxonomy
        found: set[str] = set()
        for frame in self.rules.frames:
            found |= taxonomy.types(frame.subject_types) | taxonomy.types(frame.object_types)
        return frozenset(found)

    @cached_property
    def _words(self) -> frozenset[str]:
        words = set()
        for form in self.rules.triggers:
            words.add(form)
            prefix = _PREFIXED.match(form)
            if prefix:
                words.add(form[prefix.end() :])
        return frozenset(words)

    def worth_parsing(self, text: str, mentions: tuple[Mention, ...], implied_subject: bool = False) -> bool:
        """Return whether a frame could fit a sentence with these mentions."""
        keys = {mention.key for mention in mentions if mention.type in self.argument_types}
        if len(keys) + implied_subject < 2:
            return False
        return not self._words.isdisjoint(_WORD.findall(text.lower()))
