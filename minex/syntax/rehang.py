"""A parse whose tokens can be rehung: what the mends work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minex.syntax.parse import Token


class Tree:
    """A list of tokens that can be rehung."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = list(tokens)
        self.changed = False

    def children(self, index: int) -> list[Token]:
        return [token for token in self.tokens if token.head == index and token.i != index]

    def has(self, index: int, deps: frozenset[str]) -> bool:
        return any(child.dep in deps for child in self.children(index))

    def hang(self, index: int, head: int, dep: str, tag: str | None = None) -> None:
        token = self.tokens[index]
        self.changed = True
        self.tokens[index] = replace(token, head=head, dep=dep, tag=tag or token.tag)

    def root(self) -> Token:
        return next(token for token in self.tokens if token.head == token.i)

    def hyphened(self, left: int, right: int) -> bool:
        """Return whether nothing but a hyphen stands between two tokens."""
        return any(token.tag == "HYPH" or token.lower in "-–‐‑—" for token in self.tokens[left + 1 : right])

    def verb_above(self, index: int) -> Token:
        """Return the first verb that a token hangs on, the root if there is none."""
        above = self.tokens[self.tokens[index].head]
        while above.head != above.i and above.tag[:2] != "VB":
            above = self.tokens[above.head]
        return above

    def first_of(self, index: int) -> int:
        """Return where the phrase of a token begins."""
        while before := [child.i for child in self.children(index) if child.i < index]:
            index = min(before)
        return index

    def above(self, index: int) -> set[int]:
        """Return a token and all that it hangs on."""
        found: set[int] = set()
        while index not in found:
            found.add(index)
            index = self.tokens[index].head
        return found
