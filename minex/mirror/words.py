"""Text as the mirror seeks it: words in small letters without signs, the same for citations and queries.

So the index's own tokenizer has nothing left to decide, and a query cannot say anything to it.
"""

from __future__ import annotations

import re
import unicodedata

BETWEEN, FIRST, LAST = "§", "§1", "§9"
"""Words that no text has: what parts the names of a list, and what stands before its first and its last one."""

_NO_WORD = re.compile(r"[^a-z0-9]+")
_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
    "phi chi psi omega"
)
_GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True))


def words(text: str) -> str:
    """Return a text's words, parted by single spaces: no capitals, no accents, no signs, Greek letters by name.

    Examples:
        >>> words("TGF-β1 in Sjögren's (CD8+) cells")
        'tgf beta1 in sjogren s cd8 cells'
    """
    if text.isascii():
        return _NO_WORD.sub(" ", text.lower()).strip()
    return " ".join(text.translate(_SIGNS).split())


class _Signs(dict[int, str]):
    """What each sign becomes, found out once: nothing, a space, or small letters and digits."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        letters = (_GREEK.get(sign, sign) for sign in plain if not unicodedata.combining(sign))
        self[code] = "".join(sign if sign.isalnum() else " " for sign in letters)
        return self[code]


_SIGNS = _Signs()


def listed(names: list[str]) -> str:
    """Return names as an index of whole ones: each between marks, the last a second time behind a mark of its own.

    Examples:
        >>> listed(["smith j", "doe p"])
        '§1 § smith j § doe p § §9 § doe p §'
    """
    if not names:
        return ""
    return f"{FIRST} {BETWEEN} {f' {BETWEEN} '.join(names)} {BETWEEN} {LAST} {BETWEEN} {names[-1]} {BETWEEN}"
