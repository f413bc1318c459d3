"""Lines -> one text, its words mended and every character's place in the file kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from minex.formats.plaintext.lines import Line
from minex.model import SourceMap

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_SPECIAL = re.compile(
    "(?P<space> \\s+|[^\\S ]\\s*)|(?P<ligature>[ﬀﬁﬂﬃﬄﬅﬆ])"
    "|(?P<unseen>[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]+)"
)
_TOKEN = re.compile(r"\w+")
_PAIR = re.compile(r"(?<!\w)(\w+)[-‐‑](?=(\w+))")
_LAST = re.compile(r"(\w+)[-‐]$")
_FIRST = re.compile(r"\w+")

_HYPHENS = "-‐"
_SOFT_HYPHEN = "\u00ad"

_SECOND_WORDS = """
    induced mediated derived dependent independent related specific type types like free positive negative
    associated treated untreated based resistant sensitive containing secreted secreting deficient rich enriched
    binding bound driven activated stimulated regulated inducible responsive expressing overexpressing transfected
    infected targeting targeted labeled labelled labeling linked coupled conjugated coated loaded fold day week
    month year old blind term level grade risk throughput wide only cell cells null knockout knockdown exposed
    cultured conditioned
"""
_SECONDS = frozenset(_SECOND_WORDS.split())
"""Words that follow a hyphen whole: *hypoxia-induced* keeps its own."""

_FIRSTS = frozenset(
    {"self", "non", "well", "wild", "dose", "time", "half", "cross", "cell", "tumor", "tumour", "gene"}
)
_SUFFIXES = frozenset(
    {"er", "ers", "ed", "ing", "ings", "ly", "ness", "est", "al", "ular", "ulas", "able", "ations"}
)

_BEGINNINGS = """
    un in im cor pheno geno sub proto karyo sero haplo inter dis over under out bio mono poly hetero homo sus ex de
    re as con col com ab ac ad af ag an ap at
"""
_BOUND = frozenset(_BEGINNINGS.split())
"""Beginnings that are no words: before them a *related* or a *type* is a word's second half."""

_LOOSE = frozenset({"under", "over", "with", "through", "there", "where", "some", "every", "here", "when", "what"})
_SUSPENDED = frozenset({"and", "or", "to", "versus", "nor"})

_TAIL = 200
"""How far back from a line's end its last word is looked for: no word is longer, and some lines are endless."""


class Splicer:
    """Builds a passage's text out of pieces of the file; inserted characters point at what they stand for."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._anchors: list[tuple[int, int]] = []
        self.length = 0

    def add(self, text: str, start: int) -> None:
        """Append text that stands in the file from `start`: runs of space become one, ligatures letters."""
        at = 0
        for match in _SPECIAL.finditer(text):
            self._copy(text[at : match.start()], start + at)
            if match["space"]:
                self._copy(" ", start + match.start())
            elif match["ligature"]:
                for letter in _LIGATURES[match["ligature"]]:
                    self._copy(letter, start + match.start())
            at = match.end()
        self._copy(text[at:], start + at)

    def insert(self, text: str) -> None:
        """Append text that stands nowhere in the file; a passage does not begin with such."""
        if not self._anchors:
            return
        self._parts.append(text)
        self.length += len(text)

    def result(self) -> tuple[str, SourceMap | None]:
        """Return the text and where its characters stand."""
        text = "".join(self._parts)
        return text, SourceMap(tuple(self._anchors)) if self._anchors else None

    def _copy(self, text: str, start: int) -> None:
        if not text:
            return
        if self._anchors:
            here, there = self._anchors[-1]
            expected = there + self.length - here
        else:
            expected = -1
        if expected != start:
            self._anchors.append((self.length, start))
        self._parts.append(text)
        self.length += len(text)


class Words:
    """The document's own words: the evidence for whether a hyphen at a line's end is part of its word.

    Examples:
        >>> words = Words(["hypoxia-induced exosomes make progress", "miR-21"])
        >>> words.joins("pro", "gress"), words.joins("hypoxia", "induced"), words.joins("miR", "21")
        (True, False, False)
        >>> words.joins("norm", "oxic"), words.joins("VEGF", "mediated"), words.joins("TGF", "β1")
        (True, False, False)
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            broken = _LAST.search(text[-_TAIL:])
            whole = text[: len(text) - len(broken[0]) if broken else None].replace(_SOFT_HYPHEN, "").casefold()
            self._words.update(match[0] for match in _TOKEN.finditer(whole))
            self._pairs.update((match[1], match[2]) for match in _PAIR.finditer(whole))

    def knows(self, word: str) -> bool:
        """Return whether the document has the word, in any case, whole in a line."""
        return self._words[word.casefold()] > 0

    def has_small(self, word: str) -> bool:
        """Return whether a capitalised word is an ordinary one, so that its capital begins a sentence."""
        return word[1:].islower() and word.isalpha() and word.casefold() in self._words

    def joins(self, left: str, right: str) -> bool:
        """Return whether `left-` at a line's end and `right` on the next line are one word without hyphen."""
        small = left.casefold(), right.casefold()
        joined, hyphened = self._words["".join(small)], self._pairs[small]
        if joined != hyphened:
            return joined > hyphened
        if not _is_plain(left[-1]) or not _is_plain(right[0]) or any(char.isdigit() for char in left + right):
            return False
        if small[0] in _BOUND:
            return True
        if small[1] in _SECONDS or (small[0] in _FIRSTS and small[1] not in _SUFFIXES):
            return False
        both_words = len(left) > 3 and len(right) > 3 and self.knows(left) and self.knows(right)
        return not both_words or small[0] in _LOOSE


def _is_plain(char: str) -> bool:
    """Return whether a character is a small letter of ordinary words: not a capital, a digit or Greek."""
    return char.islower() and not "\u0370" <= char <= "\u03ff"


def splice(lines: Sequence[Line], words: Words, into: Splicer) -> None:
    """Append lines as running text: joined by a space, words broken at a line's end mended."""
    for index, line in enumerate(lines):
        text = line.text
        if index + 1 == len(lines):
            into.add(text, line.start)
            continue
        dropped, glue = _seam(text, lines[index + 1].text, words)
        into.add(text[: len(text) - dropped], line.start)
        into.insert(glue)


def _seam(text: str, following: str, words: Words) -> tuple[int, str]:
    """Return how many characters of a line's end to drop, and what to put between it and the next line."""
    last = text[-1]
    if last == _SOFT_HYPHEN:
        return 0, ""
    before = text[-2:-1]
    if last in _HYPHENS:
        left, right = _LAST.search(text[-_TAIL:]), _FIRST.match(following[:_TAIL])
        if left is None or right is None:
            return 0, "" if before.strip() and following[:1].strip() else " "
        if right[0].casefold() in _SUSPENDED:
            return 0, " "
        return (1, "") if words.joins(left[1], right[0]) else (0, "")
    if last in "–/—‑" and before.strip() and following[:1].isalnum():
        return 0, ""
    return 0, " "


def spliced(lines: Sequence[Line], words: Words) -> tuple[str, SourceMap | None]:
    """Return lines as running text with its source map."""
    splicer = Splicer()
    splice(lines, words, splicer)
    return splicer.result()
