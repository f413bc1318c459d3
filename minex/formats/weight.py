"""What a record would take in memory, estimated before it is parsed: empty elements take fifty times their bytes.

The weights were measured (`tests/reliability/test_memory.py`): lxml and Python need so much for a node, whatever
stands in it. PMC's articles come to 8 to 16 times their size by them, and citations to less.
"""

from __future__ import annotations

from minex.errors import InputError

MOST_BYTES = 100_000_000
"""So much a record may take whatever its size: that of an article of 200,000 elements."""

MOST_TIMES = 20

_ELEMENT, _ATTRIBUTE = 500, 220
_KEY, _BRACKET = 240, 90
_LIGHT = 800_000
"""A record of fewer bytes cannot take as much."""

_CURE = "split it into several documents, or take out of it what is empty"


def refuse_heavy_xml(data: bytes) -> None:
    """Raise :class:`InputError` if a record has more elements and attributes than its size explains.

    Examples:
        >>> refuse_heavy_xml(b"<p>Text.</p>")
    """
    if len(data) < _LIGHT:
        return
    elements, attributes = data.count(b"<") - data.count(b"</"), data.count(b"=")
    what = f"{elements:,} elements and {attributes:,} attributes"
    _refuse("record", what, elements * _ELEMENT + attributes * _ATTRIBUTE, len(data))


def refuse_heavy_json(line: str) -> None:
    """Raise :class:`InputError` if a line has more keys, objects and lists than its size explains.

    Examples:
        >>> refuse_heavy_json('{"id": "a"}')
    """
    if len(line) < _LIGHT:
        return
    keys, brackets = line.count(":"), line.count("{") + line.count("[")
    _refuse(
        "line", f"{brackets:,} objects and lists, and {keys:,} keys", keys * _KEY + brackets * _BRACKET, len(line)
    )


def _refuse(whole: str, what: str, weight: int, size: int) -> None:
    if weight > max(MOST_BYTES, MOST_TIMES * size):
        told = f"the {whole} has {what}, which would take some {weight // 1_000_000:,} MB of memory"
        raise InputError(f"{whole}-too-heavy", f"{told}, more than {MOST_TIMES} times its size", cure=_CURE)
