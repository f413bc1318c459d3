"""Whole files made hostile: bytes changed, pieces cut, repeated, exchanged and put in."""

from __future__ import annotations

import random
import re

from tests.reliability.seeds import TOKENS

MOST = 20_000
_WORDS = re.compile(rb"\w+|[^\w\s]|\s+")


def mutated(seed: bytes, dice: random.Random) -> bytes:
    """Return a file with some damage."""
    data = seed
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        data = dice.choice(_WAYS)(data, dice)[:MOST]
    return data


def _place(data: bytes, dice: random.Random) -> int:
    return dice.randint(0, len(data))


def _span(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = _place(data, dice)
    return start, min(len(data), start + dice.choice((1, 2, 8, 40, 400)))


def _flip(data: bytes, dice: random.Random) -> bytes:
    at = _place(data, dice)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _put(data: bytes, dice: random.Random) -> bytes:
    at = _place(data, dice)
    return data[:at] + dice.choice(TOKENS) + data[at:]


def _exchange(data: bytes, dice: random.Random) -> bytes:
    """Put a hostile piece in the place of a whole word."""
    words = list(_WORDS.finditer(data))
    if not words:
        return _put(data, dice)
    word = dice.choice(words)
    return data[: word.start()] + dice.choice(TOKENS) + data[word.end() :]


def _cut(data: bytes, dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    return data[:start] + data[end:]


def _end(data: bytes, dice: random.Random) -> bytes:
    return data[: _place(data, dice)]


def _repeat(data: bytes, dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 3, 50)) + data[end:]


def _move(data: bytes, dice: random.Random) -> bytes:
    start, end = _span(data, dice)
    at = _place(data, dice)
    return data[:at] + data[start:end] + data[at:]


_WAYS = (_flip, _put, _put, _exchange, _exchange, _cut, _end, _repeat, _move)
