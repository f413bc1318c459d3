"""What a pair of mentions looks like to the model: words between and around them, the way through the tree, signs.

Features are texts, so that a weight can be read: `top=inhibit` is the word at which the ways from both meet. The
same function serves training (`training/pairs/`) and reading. After Bunescu and Mooney 2005 (the shortest path)
and Zhou et al. 2005, *Exploring various knowledge in relation extraction* (words, lists, dependency, together).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

from minex.extraction.pairs.words import SentenceWords
from minex.syntax.parse import Token

_MODIFIERS = {"aux", "auxpass", "neg", "advmod", "amod", "prt", "prep", "mark", "det"}
_BESIDE = frozenset({*_MODIFIERS, "dobj", "attr", "acomp", "oprd", "nsubj", "nsubjpass"})
_WINDOW = 3
_SHORT_GAP = 5

Said = tuple[str, str, int, str]
"""What a rule has read: the keys of subject and object, sign, predicate."""
Add = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Way:
    """The way between two tokens of a tree: up from each, without the token where the two meet."""

    first: list[Token]
    second: list[Token]
    top: Token

    @classmethod
    def between(cls, words: SentenceWords, first: Token, second: Token) -> Way:
        """Find it."""
        one, other = words.chains[first.i], words.chains[second.i]
        places = {token.i: place for place, token in enumerate(other)}
        up = next(place for place, token in enumerate(one) if token.i in places)
        return cls(one[:up], other[: places[one[up].i]], one[up])

    @property
    def inner(self) -> list[Token]:
        """The tokens on the way, ends left out."""
        return [*self.first[1:], self.top, *self.second[1:]]


def features_of(words: SentenceWords, first: Token, second: Token, said: Collection[Said]) -> list[str]:
    """Return the features of two mentions, the first standing before the second.

    Parameters:
        said: what rules have read of the sentence.
    """
    types = f"{words.kinds[first.i]}|{words.kinds[second.i]}"
    way = Way.between(words, first, second)
    found: list[str] = [f"types={types}"]
    add = found.append
    labels = _path(words, way, types, add)
    _signs(words, way, types, labels, add)
    _beside(words, way, (first, second), add)
    _between(words, first, second, types, add)
    _around(words, first, second, types, add)
    _rules(words, first, second, types, said, add)
    return found


def _path(words: SentenceWords, way: Way, types: str, add: Add) -> str:
    """Add the way through the tree; return its labels alone."""
    legs = [
        [token for token in leg if token.dep != "conj" or token.mention is None] for leg in (way.first, way.second)
    ]
    head = words.parse.tokens
    spelt = [
        "/".join(
            token.dep if token.head == way.top.i else f"{token.dep}:{words.node(head[token.head])}"
            for token in leg
        )
        for leg in legs
    ]
    labels = "^".join("/".join(token.dep for token in leg) for leg in legs)
    meet, word = words.node(way.top), words.words[way.top.i]
    path = f"{spelt[0]}^{meet}^{spelt[1]}"
    steps = min(len(legs[0]) + len(legs[1]), 8)
    for name, value in (
        ("path", path),
        ("labels", labels),
        ("top", word),
        ("meet", meet),
        ("steps", str(steps)),
    ):
        add(f"{name}={value}")
        add(f"{name}={value} {types}")
    add(f"labels={labels} {word}")
    for name, leg, whole in (("first", legs[0], way.first), ("second", legs[1], way.second)):
        if len(leg) != len(whole):
            add(f"{name} is listed")
    for name, tokens in (("first", way.first[1:]), ("second", way.second[1:]), ("meeting", [way.top])):
        for token in tokens:
            if token.mention is None:
                add(f"{name} via {words.words[token.i]}")
                add(f"{name} by {token.dep}")
                if effect := words.effects[token.i]:
                    add(f"{name} effect {effect}")
                    add(f"{name} effect {effect} {types}")
    return labels


def _signs(words: SentenceWords, way: Way, types: str, labels: str, add: Add) -> None:
    """Add the signs on the way and of what stands beside it, and their product."""
    on_way = {token.i for token in way.inner}

    def spelt(tokens: Iterable[Token]) -> str:
        return "".join(
            ("" if token.mention is not None else words.sign(token))
            + "".join(sign for place, sign in words.attributes[token.i] if place not in on_way)
            for token in tokens
        )

    def ended(end: Token, leg: list[Token]) -> str:
        prefix = words.prefixes.get(end.i, 0)
        return ("", "P", "M")[prefix] + spelt(leg or [end])

    first, second = way.first[0] if way.first else way.top, way.second[0] if way.second else way.top
    one, other = ended(first, way.first), ended(second, way.second)
    top = "" if way.top.mention is not None else spelt([way.top])
    whole = f"{one}|{top}|{other}"
    add(f"signs={whole}")
    add(f"signs={whole} {types}")
    add(f"signs={whole} {labels}")
    add(f"first signs={one}")
    add(f"second signs={other}")
    add(f"top signs={top}")
    letters = one + top + other
    product = "0" if not letters else "+-"[sum(letters.count(each) for each in "-Mt") % 2]
    add(f"product={product}")
    add(f"product={product} {types}")
    add(f"product={product} {labels}")
    add(f"product={product} {top}")


def _beside(words: SentenceWords, way: Way, ends: tuple[Token, Token], add: Add) -> None:
    """Add what depends on the words of the way, and what stands next to the two in the tree."""
    parse = words.parse
    inner = {token.i for token in way.inner}
    for token in way.inner:
        if token.mention is not None:
            continue
        for child in parse.children[token.i]:
            if child.mention is None and child.i not in inner:
                if words.denied[child.i]:
                    add("denied")
                if child.dep in _BESIDE:
                    add(f"beside {child.dep}:{words.words[child.i]}")
            elif child.mention is not None and child.i not in (ends[0].i, ends[1].i):
                add(f"beside {child.dep}:<{words.kinds[child.i]}>")
    for name, end in zip(("first", "second"), ends, strict=True):
        around = [*parse.children[end.i], *words.chains[end.i][1:2]]
        for token in around:
            if token.mention is None:
                add(f"{name} has {token.dep}:{words.words[token.i]}")
                if words.done[token.i]:
                    add(f"{name} done {words.done[token.i]}")
        for token in words.chains[end.i][1 : _WINDOW + 1]:
            if words.done[token.i]:
                add(f"{name} under {words.done[token.i]}")


def _between(words: SentenceWords, first: Token, second: Token, types: str, add: Add) -> None:
    """Add the words between the two, one by one, in twos, and their effects in order."""
    gap = words.parse.tokens[first.i + 1 : second.i]
    add(f"gap={min(len(gap) // 4, 8)}")
    named = 0
    for token in gap:
        if token.mention is not None:
            named += 1
            add(f"between <{words.kinds[token.i]}>")
            continue
        add(f"between {words.words[token.i]}")
        if effect := words.effects[token.i]:
            add(f"between effect {effect}")
            add(f"between effect {effect} {types}")
        if words.done[token.i]:
            add(f"between done {words.done[token.i]}")
        if words.denied[token.i]:
            add("between denied")
    add(f"named between={min(named, 5)}")
    spelt = [words.words[token.i] for token in gap]
    if len(gap) <= _SHORT_GAP:
        add(f"gap={' '.join(spelt)}")
        add(f"gap={' '.join(spelt)} {types}")
    for one, other in pairwise(("^", *spelt, "$")):
        add(f"two={one} {other}")


def _around(words: SentenceWords, first: Token, second: Token, types: str, add: Add) -> None:
    """Add the words before the first and after the second, and the signs before, between and after."""
    tokens = words.parse.tokens
    for step in range(1, _WINDOW + 1):
        for name, place in (("left", first.i - step), ("right", second.i + step)):
            if 0 <= place < len(tokens):
                add(f"{name}={words.words[place]}")
                add(f"{name}{step}={words.words[place]}")
    for name, side in (("before", tokens[: first.i]), ("after", tokens[second.i + 1 :])):
        for token in side:
            if effect := words.effects[token.i]:
                add(f"{name} effect {effect}")
                add(f"{name} effect {effect} {types}")
            elif words.done[token.i]:
                add(f"{name} done {words.done[token.i]}")


def _rules(
    words: SentenceWords, first: Token, second: Token, types: str, said: Collection[Said], add: Add
) -> None:
    """Add what rules have read of the two with others, and of others in their lists."""
    one, other = words.keys[first.i], words.keys[second.i]
    with_one = words.siblings(first) | {one} if said else frozenset()
    with_other = words.siblings(second) | {other} if said else frozenset()
    for subject, target, sign, predicate in said:
        for name, key in (("first", one), ("second", other)):
            way = ">" if subject == key else "<" if target == key else ""
            if way:
                add(f"rule {name}{way}{sign}")
                add(f"rule {name}{way}{predicate} {types}")
        if subject in with_one and target in with_other:
            add(f"rule list>{sign}")
            add(f"rule list>{predicate}")
        if target in with_one and subject in with_other:
            add(f"rule list<{sign}")
            add(f"rule list<{predicate}")
