"""The path language: how a frame says where in the tree its arguments stand.

    >nsubj                  a dependent labelled nsubj
    >nsubj|csubj            either label
    >prep:by|via >pobj      a preposition that is one of these words, then its object
    <relcl                  the head, if this token is its relative clause
    <pcomp:by <prep         up to *by*, and on to what *by* hangs on: words are those of the token arrived at
    >prep:@prep >pobj       the preposition that the trigger's own entry names (lead to, bind to)
    >conj[VBD]              only tokens with this tag; [VB*] is any tag that begins so
    =[VB]                   stay, but only if this token has the tag (or, =:word, is the word)
    >xcomp?                 this step may be left out
    $subject                a named path; names may refer to each other

A path is a list of alternatives, tried in order: the first that reaches a token is the one that counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minex.syntax.parse import Parse, Token

_STEP = re.compile(
    r"(?:(?P<way>[<>])(?P<deps>[A-Za-z]+(?:\|[A-Za-z]+)*)|(?P<stay>=))"
    r"(?::(?P<words>[^\s\[\]?]+))?(?:\[(?P<tags>[A-Z$|*]+)\])?(?P<optional>\?)?"
)
_MAX_DEPTH = 5

Alternatives = tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One move in the tree, along labels, to a token with one of the words and tags if any are given."""

    up: bool
    deps: frozenset[str]
    words: frozenset[str] | None = None
    tags: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a named path."""

    name: str


Path = tuple[Step | Named, ...]


def parse_path(text: str) -> Path:
    """Compile one alternative.

    Raises:
        ValueError: naming the part that is not understood.

    Examples:
        >>> parse_path(">prep:by >pobj")[0].words
        frozenset({'by'})
    """
    steps: list[Step | Named] = []
    for part in text.split():
        if part.startswith("$") and len(part) > 1:
            steps.append(Named(part[1:]))
            continue
        match = _STEP.fullmatch(part)
        if match is None:
            raise ValueError(
                f"{part!r} is not a step; steps look like >dobj, <relcl, >prep:by|via, >conj[VB], $name"
            )
        steps.append(
            Step(
                up=match["way"] == "<",
                deps=frozenset(match["deps"].split("|")) if match["deps"] else frozenset(),
                words=frozenset(match["words"].split("|")) if match["words"] else None,
                tags=tuple(match["tags"].split("|")) if match["tags"] else (),
                optional=bool(match["optional"]),
            )
        )
    if not steps:
        raise ValueError("a path needs at least one step")
    return tuple(steps)


def dearest(named: Mapping[str, Alternatives]) -> dict[str, int]:
    """Return of each named path how many steps a walk may try from one word, where every one leads to one word.

    Examples:
        >>> dearest({"of": (parse_path(">prep:of >pobj"), parse_path(">poss"))})
        {'of': 3}
    """
    steps: dict[str, int] = {}
    for _ in range(_MAX_DEPTH + 1):
        # A name that is not there is another's mistake to tell; beyond any bound the sum need not be exact.
        steps = {name: min(cost(paths, steps), 1 << 40) for name, paths in named.items()}
    return steps


def cost(alternatives: Alternatives, dearest: Mapping[str, int]) -> int:
    """Return how many steps a walk may try from one word, given those of the named paths.

    Examples:
        >>> cost((parse_path(">dobj $of"),), {"of": 3})
        4
    """
    steps = (step for path in alternatives for step in path)
    return sum(dearest.get(step.name, 0) if isinstance(step, Named) else 1 for step in steps)


@dataclass(frozen=True)
class Walker:
    """Walks paths, knowing the named ones.

    Examples:
        >>> parse = Parse.by_hand(["miR-21", "inhibits", "PTEN"], [1, 1, 1], ["nsubj", "ROOT", "dobj"], ["NN"] * 3)
        >>> [token.text for token in Walker({}).walk(parse, parse[1], (parse_path(">dobj"),))]
        ['PTEN']
    """

    named: Mapping[str, Alternatives]

    def walk(self, parse: Parse, start: Token, alternatives: Alternatives, prep: str = "") -> list[Token]:
        """Return the tokens that the first successful alternative reaches, in the order of the sentence."""
        return self._alternatives(parse, start, alternatives, prep, 0)

    def each(
        self, parse: Parse, start: Token, alternatives: Alternatives, prep: str = ""
    ) -> tuple[tuple[Token, ...], ...]:
        """Return for each alternative that reaches something what it reaches, best first."""
        found = [self._path(parse, start, path, prep, 0) for path in alternatives]
        return tuple(tuple(sorted(each, key=lambda token: token.i)) for each in found if each)

    def _reached(self, parse: Parse, start: Token, name: str, prep: str, depth: int) -> list[Token]:
        """Return what a named path reaches: many frames ask the same of one word, and a parse remembers it."""
        if parse.walks.get("") is not self.named:
            parse.walks.clear()
            parse.walks[""] = self.named
        key = (name, start.i, prep, depth)
        reached: list[Token] | None = parse.walks.get(key)
        if reached is None:
            reached = parse.walks[key] = self._alternatives(parse, start, self.named[name], prep, depth)
        return reached

    def _alternatives(
        self, parse: Parse, start: Token, alternatives: Alternatives, prep: str, depth: int
    ) -> list[Token]:
        if depth > _MAX_DEPTH:
            return []
        for path in alternatives:
            reached = self._path(parse, start, path, prep, depth)
            if reached:
                return sorted(reached, key=lambda token: token.i)
        return []

    def _path(self, parse: Parse, start: Token, path: Path, prep: str, depth: int) -> list[Token]:
        here = [start]
        for step in path:
            if isinstance(step, Named):
                there: list[Token] = []
                for token in here:
                    there.extend(self._reached(parse, token, step.name, prep, depth + 1))
            else:
                there = [found for token in here for found in _move(parse, token, step, prep)]
                if step.optional:
                    there.extend(here)
            if not there:
                return []
            here = there if len(there) == 1 else list({token.i: token for token in there}.values())
        return here


def _move(parse: Parse, token: Token, step: Step, prep: str) -> Sequence[Token]:
    if not step.deps:
        candidates: Sequence[Token] = [token]
    elif step.up:
        head = parse.head(token)
        candidates = [head] if head is not None and token.dep in step.deps else []
    else:
        candidates = [child for child in parse.children[token.i] if child.dep in step.deps]
    if not candidates or (step.words is None and not step.tags):
        return candidates
    return [candidate for candidate in candidates if _fits(candidate, step, prep)]


def _fits(token: Token, step: Step, prep: str) -> bool:
    if step.tags and not any(
        token.tag.startswith(tag[:-1]) if tag.endswith("*") else token.tag == tag for tag in step.tags
    ):
        return False
    if step.words is None:
        return True
    if "@prep" in step.words:
        return bool(prep) and token.lower == prep
    return token.lower in step.words
