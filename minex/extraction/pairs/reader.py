"""What the words around a pair say of it: a claim where no rule joins the two, a doubt where one does.

A claim of the model's is of the lowest priority and needs a high probability. A rule's claim that the model holds
for next to impossible is dropped. Negation and hedging are read by the rules' cues at the word that joins the two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from minex.extraction.assertion import AssertionReader
from minex.extraction.claims import Claim, in_order
from minex.extraction.pairs.features import Said, Way, features_of
from minex.extraction.pairs.model import NOTHING, PairModel
from minex.extraction.pairs.words import SentenceWords, Vocabulary
from minex.extraction.words import ILLNESS
from minex.model import Mention, MentionType, Span
from minex.rules.match import Matcher
from minex.syntax.parse import Parse, Token

RULE = "weighed_words"
MAX_MENTIONS = 16
"""A sentence that names more is a list."""
NEVER = 2.0
LEAST = {"~": 0.9, "+": 0.9, "d": 0.5, "c": NEVER, "-": NEVER, "=": NEVER, "u": NEVER}
"""So sure a claim has to be, by what it says: strictly right 85 times of 100 on documents that were not trained on
(`training/pairs/fit.py --test`). What is not so often right at any probability is never
said, nor what lies in a vesicle: the gold set's guidelines ask for words of cargo, the annotation did not."""
IMPOSSIBLE = 0.05
"""A rule's claim below this was right 13 times of 100."""
UNDOUBTED = frozenset({"through_pathway", "means_agent", "mediated_route"})
"""*A does P through B*: the weights' annotation says it of A and B, the gold set's guidelines of B and P."""

_ILL_OR_PROCESS = ILLNESS | {MentionType.PROCESS.value}
_FACTORS = frozenset({"MIRNA", "GENE", "LNCRNA"})
_ACTING = _FACTORS | {"CONDITION", "VESICLE", "CHEMICAL"}
_AFFECTED = _FACTORS | _ILL_OR_PROCESS | {"VESICLE"}
_ACTIVITY = {"activate": "activates", "inhibit": "inhibits"}
_AMOUNT = {"+": "increases", "-": "decreases"}
_COURSE = {"+": "promotes", "-": "suppresses"}
_REGULATING = frozenset({"regulate"})
_LEVEL = {"u": "up_in", "d": "down_in"}
_UNDIRECTED = frozenset({"associated_with", "binds"})
_CLASSES_OF_SIGN = {1: "+u", -1: "-d", 0: "=c"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Claims where no rule joins a pair, and how likely what rules have read of the others is."""

    claims: list[Claim]
    likely: dict[Said, float]


@dataclass(frozen=True)
class PairReader:
    """Reads pairs of a parsed sentence by weights."""

    matcher: Matcher
    assertion: AssertionReader
    model: PairModel
    limits: Mapping[str, float] = field(default_factory=lambda: LEAST)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The rules' words."""
        return Vocabulary(self.matcher)

    def read(self, parse: Parse, text: str, said: Collection[Said]) -> Weighed:
        """Weigh every pair of a parse.

        Parameters:
            said: what rules have read of the sentence.
        """
        best: dict[frozenset[str], tuple[float, Claim]] = {}
        likely: dict[Said, float] = {}
        pairs = list(candidates(parse))
        if not pairs:
            return Weighed([], {})
        words = SentenceWords(self.vocabulary, parse, text)
        weighed = self.model.probabilities([features_of(words, *pair, said) for pair in pairs])
        joined = {frozenset((subject, target)) for subject, target, _, _ in said}
        for (first, second), probabilities in zip(pairs, weighed, strict=True):
            pair = frozenset((_key(first), _key(second)))
            if pair in joined:
                for each in said:
                    if frozenset(each[:2]) == pair:
                        now = self._likelihood(each, probabilities, _key(first))
                        likely[each] = max(likely.get(each, 0.0), now)
                continue
            place = int(np.argmax(probabilities))
            says, sure = self.model.classes[place], float(probabilities[place])
            if says == NOTHING or sure < self.limits[says[0]]:
                continue
            claim = self._claim(words, first, second, says, sure)
            if claim is not None and (pair not in best or sure > best[pair][0]):
                best[pair] = (sure, claim)
        return Weighed([claim for _, claim in best.values()], likely)

    def _likelihood(self, said: Said, probabilities: NDArray[np.float32], first: str) -> float:
        """Return how likely the model holds what a rule has read, its predicate's kin included."""
        subject, _, sign, predicate = said
        way = ">" if subject == first else "<"
        classes = ["~"] if predicate in _UNDIRECTED else [f"{each}{way}" for each in _CLASSES_OF_SIGN[sign]]
        return max(float(probabilities[self._places[each]]) for each in classes if each in self._places)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {each: place for place, each in enumerate(self.model.classes)}

    def _claim(self, words: SentenceWords, first: Token, second: Token, says: str, sure: float) -> Claim | None:
        subject, target = (
            (second.mention, first.mention) if says.endswith("<") else (first.mention, second.mention)
        )
        parse, way = words.parse, Way.between(words, first, second)
        joining = _joining(words, way, first, second)
        if subject is None or target is None:
            return None
        predicate = _predicate(says[0], subject, target, words.effects[joining.i])
        if predicate is None:
            return None
        read = [self.assertion.read(parse, token) for token in {joining.i: joining, way.top.i: way.top}.values()]
        taxonomy = self.matcher.rules.taxonomy
        one, other = in_order(taxonomy, predicate, subject, target)
        return Claim(
            one,
            predicate,
            other,
            rule=RULE,
            priority=-1,
            trigger=Span(joining.start, joining.end),
            direct=predicate in ("targets", "binds"),
            negated=any(each.negated for each in read),
            hedged=any(each.hedged for each in read),
            mended=parse.mended,
            sure=sure,
        )


def candidates(parse: Parse) -> Iterator[tuple[Token, Token]]:
    """Yield the pairs of mentions that something could be said of, in the order of the text."""
    tokens = [token for token, mention in parse.mentions() if mention.type in _ACTING | _AFFECTED]
    if len(tokens) > MAX_MENTIONS:
        return
    for first, second in combinations(tokens, 2):
        both_affected = {_type(first), _type(second)} <= _ILL_OR_PROCESS
        if _key(first) != _key(second) and not both_affected:
            yield first, second


def _key(token: Token) -> str:
    return token.mention.key if token.mention is not None else ""


def _type(token: Token) -> str:
    return token.mention.type if token.mention is not None else ""


def _joining(words: SentenceWords, way: Way, first: Token, second: Token) -> Token:
    """Return the word that joins a pair: the trigger nearest to where the ways meet, else one between."""
    on_way = [way.top, *reversed(way.second[1:]), *reversed(way.first[1:])]
    between = words.parse.tokens[first.i + 1 : second.i]
    for token in (*on_way, *between):
        if token.mention is None and words.effects[token.i]:
            return token
    return next((token for token in (*on_way, *between) if token.mention is None), way.top)


def _predicate(says: str, subject: Mention, target: Mention, effect: str) -> str | None:
    """Return the predicate of a class for two mentions, None if they cannot have it."""
    if says == "~":
        both = subject.type in _FACTORS and target.type in _FACTORS
        if both and effect == "bind":
            return "targets" if MentionType.MIRNA.value in (subject.type, target.type) else "binds"
        return "associated_with"
    if says == "c":
        return "carried_by" if target.type == MentionType.VESICLE.value and subject.type in _FACTORS else None
    if says in _LEVEL:
        return _LEVEL[says] if target.type in ILLNESS and subject.type in _FACTORS else None
    if subject.type not in _ACTING or target.type not in _AFFECTED:
        return None
    if says == "=":
        # Readers put down as *acts on* also what is only named as a pathway's parts.
        return "regulates" if effect in _REGULATING else None
    if target.type in _ILL_OR_PROCESS:
        return _COURSE[says]
    if says == "-" and effect in ("target", "bind") and subject.type == MentionType.MIRNA.value:
        return "targets" if target.type in _FACTORS else _AMOUNT[says]
    activity = _ACTIVITY.get(effect)
    return activity if activity and (activity == "activates") is (says == "+") else _AMOUNT[says]
