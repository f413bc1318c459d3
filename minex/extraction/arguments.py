"""From the token where a frame's argument stands to the mentions that it is about.

*knockdown of PTEN expression* stands at *knockdown*, is about PTEN, and inverts what is said of it. On the
way down the tree signs are composed, and what was done, and to what aspect, is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from minex.extraction.descent import Argument, Descent
from minex.extraction.words import ArgumentWords
from minex.model import Mention
from minex.rules.match import Matcher
from minex.syntax.parse import Parse, Token

MAX_ARGUMENTS = 60
"""A coordination longer than this is a list that says nothing of each member."""


@dataclass(frozen=True)
class ArgumentResolver:
    """Finds the mentions that a token is about, by the head nouns and manipulations of the rules."""

    matcher: Matcher

    @cached_property
    def words(self) -> ArgumentWords:
        """The words of these rules by their forms."""
        return ArgumentWords(self.matcher)

    def resolve(
        self,
        parse: Parse,
        token: Token,
        types: frozenset[str],
        text: str,
        trigger: Token,
        *,
        acting: bool,
        adjectives: bool,
    ) -> list[Argument]:
        """Return the arguments of one of the types that a token is about.

        Parameters:
            parse: the sentence's parse.
            token: where the frame's path ended.
            types: the mention types that the frame takes there.
            text: the document's text, for prefixes such as *anti-*.
            trigger: the frame's own trigger, which says what it says once and not again on the way down.
            acting: whether it acts: *overexpression of X* is then something done to X, else a change of X.
            adjectives: whether *increased* in *increased PTEN expression* counts as a change.
        """
        found: dict[tuple[int, int], Argument] = {}
        own = trigger.dep == "amod" and trigger.head == token.i
        measured = self.words.sign_of(trigger) if own else 0
        walk = Descent(self.words, parse, types, text, acting, adjectives, measured)
        for argument in walk.down(token, Argument(Mention(0, 0, "", "")), {trigger.i}):
            found.setdefault((argument.mention.start, argument.mention.end), argument)
            if len(found) >= MAX_ARGUMENTS:
                break
        return list(found.values())
