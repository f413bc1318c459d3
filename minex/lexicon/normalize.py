"""One spelling for all the ways in which a name is written, with the way back to the text's own offsets.

Lower case, Greek letters spelled out, accents and ligatures resolved, hyphens, slashes and spaces one space,
and a space between letters and digits: `HIF-1α`, `HIF1α` and `HIF 1 alpha` all read `hif 1 alpha`. Names are
normalized by the same function as texts, so a name, a stop word and a sentence can never disagree.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

GREEK: dict[str, str] = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "ο": "omicron",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
"""Greek letters as gene names spell them. `ß`, a common slip for beta, counts as one."""

# Printed hyphens, dashes and minus signs; a soft hyphen is invisible and counts as nothing.
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_ASCII = "".join(c.lower() if c.isalnum() else " " for c in map(chr, range(128)))
# What is not copied as it stands. The one set in front, and the branches only after it, let the engine skip what
# is regular by a table: that is three times as fast as the branches alone.
IRREGULAR = re.compile(
    r"""
    [0-9\s%\-\x80-\U0010ffff]
    (?: (?<=[\x80-\U0010ffff])
      | (?<=[\s%-])[\s%-]+
      | (?<=[0-9]) (?: (?<=[A-Za-z].)[0-9]* | (?<![0-9].)[0-9]*(?=[A-Za-z]) )  # digits after or before a letter
    )
    """,
    re.VERBOSE,
)


class Normalized:
    """A text in normal form, padded by one space on each side, that knows where each part came from."""

    __slots__ = ("_here", "_there", "source", "text")

    def __init__(self, source: str, text: str, here: list[int], there: list[int]) -> None:
        self.source = source
        self.text = text
        self._here = here
        self._there = there

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source's span for a span of the normal form that begins and ends on visible characters."""
        here, there = self._here, self._there
        piece = bisect_right(here, start) - 1
        first = last = _source_index(here[piece], there[piece], start)
        if end - start > 1:
            if piece + 1 < len(here) and here[piece + 1] < end:
                piece = bisect_right(here, end - 1) - 1
            last = _source_index(here[piece], there[piece], end - 1)
        last += 1
        while last < len(self.source) and unicodedata.combining(self.source[last]):
            last += 1
        return first, last


def _source_index(here: int, there: int, position: int) -> int:
    # Negative marks characters that all stand for one of the source: an expanded letter or ligature.
    return ~there if there < 0 else there + position - here


def normalize(source: str) -> Normalized:
    """Return the normal form of a text, with the way back.

    Examples:
        >>> normal = normalize("by TGF-β1 (in NSCLC)")
        >>> normal.text
        ' by tgf beta 1  in nsclc  '
        >>> start = normal.text.index("tgf")
        >>> normal.span(start, start + len("tgf beta 1"))
        (3, 9)
    """
    lowered = source.translate(_ASCII)
    pieces = [" "]
    here, there = [0], [0]
    length = 1  # of what has been written
    done = 0  # of what has been read
    space = True  # whether the last character written is one

    def plain(upto: int) -> None:
        nonlocal length, done, space
        if upto > done:
            here.append(length)
            there.append(done)
            pieces.append(lowered[done:upto])
            length += upto - done
            space = pieces[-1][-1] == " "
            done = upto

    def write(text: str, at: int) -> None:
        nonlocal length, space
        if text:
            here.append(length)
            there.append(~at)
            pieces.append(text)
            length += len(text)
            space = text[-1] == " "

    for match in IRREGULAR.finditer(source):
        start, end = match.span()
        first = source[start]
        if first.isascii() and first.isdigit():
            # A digit after a letter, or a letter after a digit: the only places where a space is put in.
            if start > done:
                plain(start)
            if not space:
                write(" ", start)
            plain(end)
            if end < len(source) and lowered[end].isascii() and lowered[end].isalpha():
                write(" ", end)
            continue
        plain(start)
        if first.isascii():
            if not space:
                write(" ", start)
        else:
            folded = fold(first)
            if first in GREEK or folded in _SPELLED:
                write(folded if space else f" {folded}", start)
                if end < len(source) and lowered[end].isalnum():
                    write(" ", end)
            elif folded != " " or not space:
                before = pieces[-1][-1]
                if not space and folded and folded[0].isdigit() != before.isdigit():
                    write(" ", start)
                write(folded, start)
                after = lowered[end] if end < len(source) else ""
                # A soft hyphen reads as nothing: the letter and the digit beside it are parted all the same.
                last = folded or ("" if space else before)
                if last and after.isascii() and after.isalnum() and after.isdigit() != last[-1].isdigit():
                    write(" ", end)
        done = end
    plain(len(source))
    write(" ", len(source))
    return Normalized(source, "".join(pieces), here, there)


@lru_cache(maxsize=4096)
def fold(character: str) -> str:
    """Return what a character that is not ASCII reads as: letters, a space, or nothing.

    Examples:
        >>> fold("é"), fold("ﬁ"), fold("Β"), fold("‑"), fold("²")
        ('e', 'fi', 'beta', ' ', '2')
    """
    if character in _DASHES or character.isspace():
        return " "
    if character == "ß":
        return "beta"
    if character == "µ":
        return "mu"
    folded = GREEK.get(character.lower())
    if folded:
        return folded
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKD", character).lower() if not unicodedata.combining(c))
    spelled = "".join(GREEK.get(c, c) for c in plain)
    return "".join(c for c in spelled if c.isalnum()) or " "


_SPELLED = frozenset(GREEK.values())


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """Return a name's normal form, by which the lexicon knows it.

    Examples:
        >>> {key(name) for name in ("HIF-1α", "HIF1α", "Hif 1 alpha", "HIF-1-alpha")}
        {'hif 1 alpha'}
    """
    return " ".join(normalize(name).text.split())
