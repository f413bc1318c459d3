"""What the rules' words say on the way to an argument: head nouns, manipulations, and the sign of an effect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from minex.model import PREDICATE_SIGNS, Mention, MentionType
from minex.rules.inflect import noun_forms
from minex.rules.language import HeadNoun, Manipulation
from minex.rules.match import Matcher
from minex.syntax.parse import Token

ILLNESS = frozenset({MentionType.CANCER.value, MentionType.DISEASE.value})
ANY_CANCER = "DOID:162"
"""*Cancer* by itself is no cancer that anything is said of, nor one that a later word could mean."""


@dataclass(frozen=True)
class ArgumentWords:
    """The words of a set of rules by their forms."""

    matcher: Matcher

    @cached_property
    def head_nouns(self) -> dict[str, HeadNoun]:
        """Nouns that stand for the thing they are said of."""
        return {form: head for head in self.matcher.rules.head_nouns for form in head.forms}

    @cached_property
    def manipulation_nouns(self) -> dict[str, Manipulation]:
        """*knockdown*, *inhibitor*, *mimic*."""
        return {
            form: manipulation
            for manipulation in self.matcher.rules.manipulations
            for noun in manipulation.nouns
            for form in noun_forms(noun)
        }

    @cached_property
    def manipulation_adjectives(self) -> dict[str, Manipulation]:
        """*silenced*, *overexpressed*."""
        return {word: each for each in self.matcher.rules.manipulations for word in each.adjectives}

    @cached_property
    def prefixes(self) -> tuple[tuple[str, Manipulation], ...]:
        """*anti-*, *si*, the longest first."""
        found = [(prefix, each) for each in self.matcher.rules.manipulations for prefix in each.prefixes]
        return tuple(sorted(found, key=lambda pair: -len(pair[0])))

    def prefixed(self, text: str, mention: Mention) -> Manipulation | None:
        """Return what sticks to a name: *anti-miR-21*, *siPTEN*, *small interfering RNA (si)-PTEN*."""
        raw = text[max(mention.start - 14, 0) : mention.start].lower()
        attached, spaced = raw.rstrip("-‐‑–)"), raw.rstrip("-‐‑– ")
        for prefix, manipulation in self.prefixes:
            # "anti miR-21" is one; but the "as" of "as well as miR-21" is not antisense.
            before = spaced if len(prefix) > 3 else attached
            if before.endswith(prefix) and not before[: -len(prefix)][-1:].isalnum():
                return manipulation
        return None

    def effect_sign(self, effect: str) -> int:
        """Return the sign of the predicate that an effect states plainly."""
        return PREDICATE_SIGNS[self.matcher.rules.taxonomy.effects[effect].predicate]

    def sign_of(self, token: Token) -> int:
        """Return what a trigger word says by itself: up (1), down (-1), nothing (0)."""
        signs = (self.effect_sign(each.effect) for each in self.matcher.triggers(token))
        return next(filter(None, signs), 0)
