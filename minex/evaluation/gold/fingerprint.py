"""A sentence's fingerprint: says which sentence is meant without repeating it.

It is a hash over the sentence's letters and digits alone, casefolded and without accents, so that a PDF's text
with its line ends, soft hyphens and ligatures and the publisher's XML give the same one.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache


@lru_cache(maxsize=4096)
def _kept(character: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", character).casefold() if each.isalnum())


def squeeze(text: str) -> str:
    """Return the letters and digits of a text, casefolded, accents off.

    Examples:
        >>> squeeze("HIF-1α pro-\\nmotes (Fig. 1)")
        'hif1αpromotesfig1'
    """
    return "".join(map(_kept, text))


def digest(squeezed: str) -> str:
    """Return the hash of a squeezed text: 16 hexadecimal digits."""
    return hashlib.blake2b(squeezed.encode(), digest_size=8).hexdigest()


def fingerprint(text: str) -> str:
    """Return a sentence's fingerprint.

    Examples:
        >>> fingerprint("miR-21 targets PTEN.") == fingerprint("MiR‑21 tar- gets PTEN")
        True
    """
    return digest(squeeze(text))


@dataclass(frozen=True)
class Stream:
    """A text's letters and digits, each with its offset in the text."""

    text: str

    @cached_property
    def _parts(self) -> tuple[str, list[int], list[int], frozenset[int]]:
        squeezed: list[str] = []
        offsets: list[int] = []
        starts: list[int] = []
        ends: set[int] = set()
        inside = False
        for offset, character in enumerate(self.text):
            kept = _kept(character)
            if kept and not inside:
                starts.append(len(offsets))
            elif inside and not kept:
                ends.add(len(offsets))
            inside = bool(kept)
            squeezed.append(kept)
            offsets.extend([offset] * len(kept))
        ends.add(len(offsets))
        return "".join(squeezed), offsets, starts, frozenset(ends)

    @property
    def squeezed(self) -> str:
        return self._parts[0]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text of a stretch of the squeezed one."""
        offsets = self._parts[1]
        return offsets[start], offsets[end - 1] + 1

    def find(self, wanted: Mapping[int, Iterable[str]]) -> dict[tuple[int, str], list[int]]:
        """Return where stretches stand in the squeezed text; `wanted` maps lengths to digests.

        Only stretches that begin where a word begins and end where one ends are looked at.
        """
        squeezed, _, starts, ends = self._parts
        found: dict[tuple[int, str], list[int]] = {}
        for length, digests in wanted.items():
            sought = set(digests)
            for start in starts:
                if start + length not in ends:
                    continue
                here = digest(squeezed[start : start + length])
                if here in sought:
                    found.setdefault((length, here), []).append(start)
        return found


def occurrence(squeezed: str, surface: str, ordinal: int) -> tuple[int, int] | None:
    """Return where the `ordinal`-th occurrence of a surface stands in a squeezed sentence, or None.

    Occurrences are counted from 1, those inside longer words too, so that no tokenizer takes part.

    Examples:
        >>> occurrence(squeeze("HIF-1α and HIF"), "HIF", 2)
        (8, 11)
    """
    sought = squeeze(surface)
    at = -1
    for _ in range(ordinal):
        at = squeezed.find(sought, at + 1)
        if at < 0 or not sought:
            return None
    return at, at + len(sought)
