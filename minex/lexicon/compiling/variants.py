"""Further spellings that papers use and sources lack: plurals, British spelling, glued Greek letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minex.lexicon.normalize import GREEK, key

_BRITISH = (
    ("tumor", "tumour"),
    ("leukemia", "leukaemia"),
    ("esophag", "oesophag"),
    ("anemia", "anaemia"),
    ("ischemi", "ischaemi"),
    ("edema", "oedema"),
    ("hematopoie", "haematopoie"),
    ("polarization", "polarisation"),
    ("vascularization", "vascularisation"),
)
_NO_PLURAL = re.compile(r"(?:s|x|z|[^a-z]|ing|ness|ity|ia|osis|itis)$")
_SPELLED = "|".join(sorted({name for name in GREEK.values() if len(name) > 2}, key=len, reverse=True))
_GLUE = re.compile(rf"(?<=[a-z]) ({_SPELLED})(?= |$)")


def plural(name: str) -> str | None:
    """Return the plural of a name that has one.

    Examples:
        >>> plural("squamous cell carcinoma"), plural("dendritic cell"), plural("melanosis")
        ('squamous cell carcinomas', 'dendritic cells', None)
    """
    return None if _NO_PLURAL.search(name) or not name.islower() else f"{name}s"


def british(name: str) -> Iterator[str]:
    """Yield the British spelling of a name, if it differs."""
    other = name
    for american, spelling in _BRITISH:
        if spelling not in other:
            other = other.replace(american, spelling)
    if other != name:
        yield other


def glued(name: str) -> Iterator[str]:
    """Yield a name with its Greek letters spelled out and glued to the word before.

    Examples:
        >>> list(glued("TGF-β1"))
        ['tgfbeta 1']
    """
    normal = key(name)
    other = _GLUE.sub(r"\1", normal)
    if other != normal:
        yield other


def squashed(name: str) -> Iterator[str]:
    """Yield a cell line's name without its hyphens and spaces.

    Examples:
        >>> list(squashed("SK-OV-3")), list(squashed("HeLa"))
        (['SKOV3'], [])
    """
    other = re.sub(r"[-\s]", "", name)
    if other != name and len(other) >= 4:
        yield other
