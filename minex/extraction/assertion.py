"""Is it claimed, denied, or only supposed? Cues seen from the trigger, along paths that end their scope."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minex.model import Document, Origin, Sentence
from minex.rules.language import Cue
from minex.rules.match import Matcher
from minex.syntax.parse import Parse, Token

_CITATION = re.compile(
    r"""\[\d+(?:\s*[-–,]\s*\d+)*\]                                              # [12], [3-5, 9]
      | \bet\s+al\b
      | \([A-Z][a-z]+,?\s+(?:et\ al\.,?\s+)?(?:19|20)\d\d\)                     # (Meyer, 2011)
      | \b(?:[Pp]revious|[Ee]arlier)\ (?:work|stud|report)\w*
      | \bhas\ been\ (?:reported|shown|established)\b
    """,
    re.VERBOSE,
)
_BACKGROUND = re.compile(r"^\W*(?:background|introduction|rationale|context)\b", re.IGNORECASE)
_REVIEW = re.compile(
    r"\b(?:this|the present|our) (?:systematic |short |mini-?)?review\b|\bwe review\b", re.IGNORECASE
)

_DO = frozenset({"do", "does", "did"})
_NEGATIVE = frozenset({"inversely", "negatively", "reversely", "oppositely", "inverse", "negative", "reciprocal"})
_POSITIVE = frozenset({"positively", "directly", "positive", "direct"})


@dataclass(frozen=True, slots=True)
class Assertion:
    """The marks of one claim, with the names of the cues that made them."""

    negated: bool = False
    hedged: bool = False
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class AssertionReader:
    """Applies the cues of the rules to a trigger in its parse."""

    matcher: Matcher

    def read(self, parse: Parse, trigger: Token) -> Assertion:
        """Return whether what the trigger says is negated or hedged."""
        # *did not change X but did reduce Y*: who says *did* once more begins anew.
        anew = any(child.dep == "aux" and child.lower in _DO for child in parse.children[trigger.i])
        fired: list[Cue] = []
        denying: set[int] = set()
        for cue in self.matcher.rules.cues:
            words = self._reached(cue, parse, trigger, anew=anew)
            if words:
                fired.append(cue)
                denying |= words if cue.mark == "negated" else set()
        # An even number of denying words (*did not fail to*) denies nothing; one word that two cues see is one.
        return Assertion(
            negated=len(denying) % 2 == 1,
            hedged=any(cue.mark == "hedged" for cue in fired),
            cues=tuple(cue.name for cue in fired),
        )

    def _reached(self, cue: Cue, parse: Parse, trigger: Token, *, anew: bool) -> set[int]:
        return {
            reached.i
            for path in cue.paths
            for reached in self.matcher.walker.walk(parse, trigger, (path,), "")
            if reached.lower in cue.forms
            and reached.mention is None
            and not (anew and reached.dep == "neg" and reached.head != trigger.i)
        }


def correlation_of(parse: Parse, trigger: Token) -> int | None:
    """Return -1 or 1 where the words about a trigger say which way a correlation goes.

    Examples:
        >>> parse = Parse.by_hand(["A", "inversely", "correlated", "with", "B"], [2, 2, 2, 2, 3],
        ...                       ["nsubj", "advmod", "ROOT", "prep", "pobj"], ["NN", "RB", "VBD", "IN", "NN"])
        >>> correlation_of(parse, parse[2])
        -1
    """
    words = {child.lower for child in parse.children[trigger.i]}
    if words & _NEGATIVE:
        return -1
    return 1 if words & _POSITIVE else None


def is_review(document: Document) -> bool:
    """Return whether a document reviews others' work, by its type or by its own words at the beginning."""
    return "Review" in document.pubtypes or bool(_REVIEW.search(document.text[:6000]))


def origin_of(document: Document, sentence: Sentence, review: bool) -> Origin:
    """Return whose finding a sentence reports."""
    if review:
        return Origin.REVIEW
    if _CITATION.search(document.text, sentence.start, sentence.end):
        return Origin.CITED
    return Origin.BACKGROUND if _BACKGROUND.match(sentence.section) else Origin.OWN
