"""What is known of each word of a sentence before pairs are looked at: its trigger, its sign, its way up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from minex.extraction.words import ArgumentWords
from minex.model import Mention
from minex.rules.match import Matcher
from minex.syntax.parse import Parse, Token

_ONE_KIND = {"CANCER": "ILLNESS", "DISEASE": "ILLNESS"}
_SIGNS = {
    "increase": "+",
    "activate": "+",
    "cause": "+",
    "need": "+",
    "decrease": "-",
    "inhibit": "-",
    "sponge": "-",
}
_ATTRIBUTES = frozenset({"amod", "compound", "nmod", "advmod", "acl", "relcl"})
_ENDINGS = ("ingly", "edly", "ing", "ies", "ed", "es", "ly", "s")
_LONG = 5


def kind(mention: Mention) -> str:
    """Return a mention's type, cancers and other diseases being of one."""
    return _ONE_KIND.get(mention.type, mention.type)


def stem(word: str) -> str:
    """Return a word without its ending, a number as 0: crude, and the same in training and in reading.

    Examples:
        >>> [stem(word) for word in ("dampening", "dampens", "42", "was")]
        ['dampen', 'dampen', '0', 'was']
    """
    if word.isdigit():
        return "0"
    if len(word) > _LONG:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) > 3:
                return word[: -len(ending)]
    return word


@dataclass(frozen=True)
class Vocabulary:
    """The rules' own words: what they say of a token is the best that is known of it."""

    matcher: Matcher

    @cached_property
    def _words(self) -> ArgumentWords:
        return ArgumentWords(self.matcher)

    @cached_property
    def manipulations(self) -> dict[str, int]:
        """Words for what was done to a factor, with its sign."""
        nouns, adjectives = self._words.manipulation_nouns, self._words.manipulation_adjectives
        return {word: each.sign for word, each in (*nouns.items(), *adjectives.items())}

    @cached_property
    def denials(self) -> frozenset[str]:
        """Words that deny."""
        cues = (cue.forms for cue in self.matcher.rules.cues if cue.mark == "negated")
        return frozenset[str]().union(*cues)

    def prefix(self, text: str, mention: Mention) -> int:
        """Return the sign of what sticks to a name, *anti-* or *si-*; 0 if nothing does."""
        done = self._words.prefixed(text, mention)
        return done.sign if done else 0


class SentenceWords:
    """The words of one parse, looked up once for all of its pairs.

    Attributes:
        effects: of each token the effect of the trigger that it is, or an empty text.
        words: of each token its lemma if it is a trigger, the kind of a mention in brackets, else its stem.
        signs: `+` or `-` where a trigger says so, `P` or `M` where something was done to a factor.
        chains: of each token the way up to the root, itself first.
        kinds, keys: of each mention its type and what it names.
    """

    def __init__(self, vocabulary: Vocabulary, parse: Parse, text: str) -> None:
        self.vocabulary, self.parse = vocabulary, parse
        self.effects: list[str] = []
        self.words: list[str] = []
        self.signs: list[str] = []
        self.denied: list[bool] = []
        done = vocabulary.manipulations
        for token in parse:
            trigger = next(vocabulary.matcher.triggers(token), None)
            self.effects.append(trigger.effect if trigger else "")
            if token.mention is not None:
                self.words.append(f"<{kind(token.mention)}>")
                self.signs.append("")
            else:
                self.words.append(trigger.lemma if trigger else stem(token.lower))
                sign = _SIGNS.get(trigger.effect, "t" if trigger.effect == "target" else "") if trigger else ""
                self.signs.append(sign or _DONE[done.get(token.lower, 0)])
            self.denied.append(token.mention is None and token.lower in vocabulary.denials)
        self.done = [0 if token.mention is not None else done.get(token.lower, 0) for token in parse]
        self.prefixes = {
            token.i: vocabulary.prefix(text, token.mention) for token in parse if token.mention is not None
        }
        self.chains = [_chain(parse, token) for token in parse]
        self.kinds = ["" if token.mention is None else kind(token.mention) for token in parse]
        self.keys = ["" if token.mention is None else token.mention.key for token in parse]
        self.attributes = [self._attributes(token) for token in parse]

    def __len__(self) -> int:
        return len(self.parse)

    def sign(self, token: Token) -> str:
        """Return a word's sign, what was done to a factor going before what it says as a trigger."""
        return _DONE[self.done[token.i]] or self.signs[token.i]

    def node(self, token: Token) -> str:
        """Return what a token on a path is: a mention, an effect, else its part of speech."""
        if token.mention is not None:
            return "<>"
        return self.effects[token.i] or token.tag[:2]

    def siblings(self, token: Token) -> frozenset[str]:
        """Return the keys of the mentions that stand in one list with a mention."""
        parse, root = self.parse, token
        while root.dep == "conj" and parse[root.head].mention is not None:
            root = parse[root.head]
        found: set[str] = set()
        waiting = [root]
        while waiting:
            here = waiting.pop()
            if here.mention is not None:
                found.add(here.mention.key)
            waiting += [c for c in parse.children[here.i] if c.dep in ("conj", "appos") and c.mention is not None]
        return frozenset(found)

    def _attributes(self, token: Token) -> Sequence[tuple[int, str]]:
        """Return the signs of the words beside a noun: *reduced X*, *X knockdown*."""
        return [
            (child.i, self.sign(child))
            for child in self.parse.children[token.i]
            if child.mention is None and child.dep in _ATTRIBUTES and self.sign(child)
        ]


_DONE = {0: "", 1: "P", -1: "M"}


def _chain(parse: Parse, token: Token) -> list[Token]:
    chain = [token]
    while (head := parse.head(chain[-1])) is not None:
        chain.append(head)
    return chain
