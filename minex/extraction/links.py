"""Pairs that no construction joins, and one clause does: that the text relates them is all that is claimed.

The way between two mentions through the tree, with the trigger words on it and beside it, is the classic evidence
of a relation (Bunescu and Mooney 2005, *A shortest path dependency kernel for relation extraction*). It says that
there is one, not who does what: so the claim is weak, of low priority, and yields to every construction's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from minex.extraction.assertion import Assertion, AssertionReader
from minex.extraction.claims import Claim, in_order
from minex.model import Span
from minex.rules.inflect import noun_forms
from minex.rules.language import Link, Trigger
from minex.rules.match import Matcher
from minex.syntax.parse import Parse, Token

MAX_MENTIONS = 40
"""A sentence that names more is a list; a pair of it says nothing."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True)
class LinkReader:
    """Reads the links of a parsed sentence."""

    matcher: Matcher
    assertion: AssertionReader

    @cached_property
    def _done(self) -> frozenset[str]:
        """Words for what was done to a factor: an inhibitor of it says nothing of the other one."""
        nouns = (noun for each in self.matcher.rules.manipulations for noun in each.nouns)
        return frozenset(form for noun in nouns for form in noun_forms(noun))

    def read(self, parse: Parse, claims: Iterable[Claim], *, given: bool = False) -> list[Claim]:
        """Return a claim for each pair that a link joins.

        Where constructions have joined the pair, or have read what each of the two does, and not to the other,
        nothing is left to join.
        """
        explained = {mention.span for claim in claims for mention in (claim.subject, claim.object)}
        joined = {frozenset((claim.subject.key, claim.object.key)) for claim in claims}
        return [
            claim
            for link in self.matcher.rules.links
            if given or not link.given
            for claim in self._of_link(link, parse)
            if not explained.issuperset((claim.subject.span, claim.object.span))
            and frozenset((claim.subject.key, claim.object.key)) not in joined
        ]

    def _of_link(self, link: Link, parse: Parse) -> Iterator[Claim]:
        taxonomy = self.matcher.rules.taxonomy
        mentions = list(parse.mentions())
        if len(mentions) > MAX_MENTIONS:
            return
        subjects = [each for each in mentions if each[1].type in taxonomy.types(link.subject_types)]
        objects = [each for each in mentions if each[1].type in taxonomy.types(link.object_types)]
        for token, subject in subjects:
            for other, target in objects:
                way = _way(parse, token, other, link) if subject.key != target.key else None
                found = way and self._trigger(link, parse, way)
                if not found:
                    continue
                word, trigger = found
                effect = taxonomy.effects[link.says.get(trigger.effect, link.effect)]
                assertion = self._assertion(parse, (word, _top(parse, token, other)))
                if effect.subject and subject.type not in taxonomy.types(effect.subject):
                    effect = taxonomy.effects[link.effect]
                first, second = in_order(taxonomy, effect.predicate, subject, target)
                yield Claim(
                    first,
                    effect.predicate,
                    second,
                    rule=link.name,
                    priority=link.priority,
                    trigger=Span(word.start, word.end),
                    negated=assertion.negated,
                    hedged=assertion.hedged,
                    mended=parse.mended,
                )

    def _trigger(self, link: Link, parse: Parse, way: list[Token]) -> tuple[Token, Trigger] | None:
        """Return the word that joins: one of a stronger effect, else the first on the way, else one beside it."""
        beside = [child for token in way for child in parse.children[token.i] if child.dep in link.beside]
        found = [
            (token, trigger)
            for token in (*way, *beside)
            for trigger in self.matcher.triggers(token)
            if trigger.effect in link.effects and token.lower not in self._done
        ]
        strong = [each for each in found if each[1].effect in link.stronger]
        return next(iter(strong or found), None)

    def _assertion(self, parse: Parse, tokens: tuple[Token, ...]) -> Assertion:
        read = [self.assertion.read(parse, token) for token in tokens]
        return Assertion(any(each.negated for each in read), any(each.hedged for each in read))


def _up(parse: Parse, token: Token) -> list[Token]:
    chain = [token]
    while (head := parse.head(chain[-1])) is not None:
        chain.append(head)
    return chain


def _top(parse: Parse, first: Token, second: Token) -> Token:
    above = {token.i for token in _up(parse, first)}
    return next(token for token in _up(parse, second) if token.i in above)


def _way(parse: Parse, first: Token, second: Token, link: Link) -> list[Token] | None:
    """Return the words between two mentions in the tree, themselves and other mentions left out.

    None if the way is too long or leaves the clause.
    """
    top = _top(parse, first, second)
    legs = [_below(parse, token, top) for token in (first, second)]
    below = [token for leg in legs for token in leg]
    if len(below) > link.steps or any(_leaves(parse, token, link) for token in below):
        return None
    return [token for token in (*legs[0], top, *legs[1]) if token.mention is None]


def _below(parse: Parse, token: Token, top: Token) -> list[Token]:
    chain = _up(parse, token)
    return chain[: next(place for place, each in enumerate(chain) if each.i == top.i)]


def _leaves(parse: Parse, token: Token, link: Link) -> bool:
    """Return whether the step from a token to its head leaves a clause, by its label or as one joined by *and*."""
    if token.dep in link.barriers:
        return True
    own = any(child.dep in _SUBJECTS for child in parse.children[token.i])
    return token.dep == "conj" and own and token.tag.startswith("VB")
