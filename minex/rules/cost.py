"""What a surface pattern can cost: in how many ways it may match, bounded before it is ever run.

A regular expression tries all ways to divide a text among its repeats before it gives up; `(a+)+` has more ways
than there are atoms. Python cannot stop an expression that runs, so one with too many ways is refused.
"""

from __future__ import annotations

import re
import sys
import warnings
from typing import Any

if sys.version_info >= (3, 11):
    from re import _parser as _regex  # type: ignore[attr-defined]  # the only way to see what an expression is made of
else:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import sre_parse as _regex

MAX_WAYS = 20_000
MAX_LENGTH = 2_000

_SPACES, _WORD, _ANYTHING = 4, 30, 1_000
"""How long a repeat without an end may get: of spaces, within a word, over anything."""

_ALPHABET = frozenset(map(chr, range(0x250))) | {"\u27e6", "\u27e7"}
_SPACE = frozenset(char for char in _ALPHABET if char.isspace())
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})

Node = tuple[Any, Any]


def ways(expression: str) -> float:
    """Return in how many ways an expression may match one text from one place, `inf` if beyond all bounds.

    A repeat that can only end where the next thing begins has one way, so a few words between two names are cheap.

    Raises:
        re.error: if it is not an expression.

    Examples:
        >>> ways("the (red|green) axis")
        2.0
        >>> ways(r"a(?:\\w+ ){0,3}b") < 100
        True
        >>> ways("(a+)+b")
        inf
    """
    return _sequence(list(_regex.parse(expression, re.IGNORECASE)))


def _sequence(nodes: list[Node]) -> float:
    total = 1.0
    for place, node in enumerate(nodes):
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        total *= _node(node, following)
    return total


def _node(node: Node, following: Node | None) -> float:
    kind, value = str(node[0]), node[1]
    if kind in _REPEATS:
        least, most, body = value
        return _repeat(least, most, body, following)
    if kind == "BRANCH":
        return sum(_sequence(list(branch)) for branch in value[1])
    if kind == "SUBPATTERN":
        return _sequence(list(value[-1]))
    if kind in ("ASSERT", "ASSERT_NOT"):
        return _sequence(list(value[1]))
    if kind == "ATOMIC_GROUP":
        return _sequence(list(value))
    if kind == "GROUPREF_EXISTS":
        return sum(_sequence(list(branch)) for branch in value[1:] if branch is not None)
    return 1.0


def _repeat(least: int, most: int, body: Any, following: Node | None) -> float:
    inner = _sequence(list(body))
    chars = _chars(body[0]) if len(body) == 1 else None
    after = _first(following)
    if chars is not None and after is not None and not chars & after:
        return 1.0
    longest = _ANYTHING
    if chars is not None:
        longest = _SPACES if chars <= _SPACE else _ANYTHING if chars & _SPACE else _WORD
    steps = min(most - least, longest)
    if inner == 1:
        return steps + 1.0
    try:
        return float(sum(inner ** (least + step) for step in range(steps + 1)))
    except OverflowError:
        return float("inf")


def _first(node: Node | None) -> frozenset[str] | None:
    """Return the characters that a node must begin with, or None if that is not known."""
    if node is None:
        return None
    kind, value = str(node[0]), node[1]
    if kind in _REPEATS:
        least, _, body = value
        return _first(body[0]) if least and len(body) else None
    if kind == "SUBPATTERN":
        return _first(value[-1][0]) if len(value[-1]) else None
    return _chars(node)


def _chars(node: Node) -> frozenset[str] | None:
    """Return the characters that a node matches one of, or None if it is more than a character."""
    kind, value = str(node[0]), node[1]
    if kind == "LITERAL":
        return _both_cases(chr(value))
    if kind == "NOT_LITERAL":
        return _ALPHABET - _both_cases(chr(value))
    if kind == "ANY":
        return _ALPHABET
    if kind != "IN":
        return None
    found: set[str] = set()
    for item, part in value:
        if str(item) == "LITERAL":
            found |= _both_cases(chr(part))
        elif str(item) == "RANGE":
            low, high = part
            found.update(*(_both_cases(char) for char in _ALPHABET if low <= ord(char) <= high))
        elif str(item) == "CATEGORY":
            found |= _category(str(part))
    return _ALPHABET - found if str(value[0][0]) == "NEGATE" else frozenset(found)


def _both_cases(char: str) -> frozenset[str]:
    return frozenset({char, char.lower(), char.upper()})


def _category(name: str) -> frozenset[str]:
    letter = {"WORD": r"\w", "SPACE": r"\s", "DIGIT": r"\d"}[name.rsplit("_", 1)[-1]]
    inside = frozenset(char for char in _ALPHABET if re.fullmatch(letter, char))
    return _ALPHABET - inside if "_NOT_" in name else inside
