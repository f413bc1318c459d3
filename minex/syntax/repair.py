"""Parses mended by rule where they cannot be right, one mend after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minex.syntax.mends import MENDS
from minex.syntax.rehang import Tree
from minex.syntax.seams import SEAMS

if TYPE_CHECKING:
    from minex.syntax.parse import Token


def repair(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with these mistakes mended where they occur; the result is a tree like the input."""
    if len(tokens) < 3:
        return tuple(tokens)
    tree = Tree(tokens)
    for mend in (*MENDS, *SEAMS):
        before, tree.changed = list(tree.tokens), False
        mend(tree)
        if tree.changed and not _is_tree(tree.tokens):
            tree.tokens = before
    return tuple(tree.tokens)


def _is_tree(tokens: Sequence[Token]) -> bool:
    if sum(token.head == token.i for token in tokens) != 1:
        return False
    for token in tokens:
        steps, here = 0, token
        while here.head != here.i:
            here = tokens[here.head]
            steps += 1
            if steps > len(tokens):
                return False
    return True
