"""Processes that are named by a bare word, in a place where it can mean nothing else.

*Growth* may be a child's and *mobility* a gel's, so that no list has them; but *the growth of glioma cells* and
*growth and migration* are what cells do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from minex.lexicon import Lexicon
from minex.model import Mention, MentionType
from minex.tagging.resolution import Choice
from minex.tagging.unlisted import mention_of

# What each word names of cells, and what of tumors.
_OF_CELLS = {
    "growth": "cell proliferation",
    "outgrowth": "cell proliferation",
    "viability": "cell proliferation",
    "mobility": "cell motility",
    "motility": "cell motility",
    "survival": "cell survival",
    "death": "cell death",
    "differentiation": "cell differentiation",
}
_OF_TUMORS = {"growth": "tumor growth", "outgrowth": "tumor growth"}
_WORD = re.compile(
    r"\b(?<!poor )(?<!overall )(?<!patient )(?<!free )(?<!prolonged )(?P<word>" + "|".join(_OF_CELLS) + r")\b"
    r"(?![\s-](?:factors?|hormones?|arrest|receptors?|response|shift|media|medium|curves?|rates?|times?|analys[ei]s|"
    r"assays?|domains?|antigens?|ligands?|markers?|clusters?|plates?|inhibit\w*|differentiation factor)\b)"
)
# *of glioma cells*, *of these cell lines*, *of A549 and H460 cells*: at most six words up to the cells.
_CELLS_AFTER = re.compile(
    r"\s+(?:rate\s+)?(?:of|in)\s+(?:(?!(?:in|by|with|and\s+the|from|via|through|that|which|patients?|people|mice|rats|animals)\b)[\w+/-]+,?\s+){0,6}?"
    r"(?P<what>cells?|cell lines?|\w+cytes?|\w+blasts?|macrophages?|neurons?|keratinocytes?|"
    r"(?:tumou?rs?|xenografts?|cancers?)\b(?![\s-](?:stem[\s-])?cell))\b"
)
_TUMORS = ("tumor", "tumour", "xenograft", "cancer")
_BESIDE_AFTER = re.compile(r"(?:,?\s+(?:and|or|as well as)\s+|,\s+|/)(?:the\s+|cell\s+)?\Z")
_AND = re.compile(
    r"(?:,?\s+(?:and|or|as well as)\s+|,\s+|/)(?:the\s+|increased\s+|decreased\s+|reduced\s+|cell\s+)?"
)
_CELL_WORD = re.compile(r"(?:\s+cells?)?\s+\Z")
_CELLULAR = frozenset(
    {"cell migration", "cell motility", "cell proliferation", "invasion", "apoptosis", "cell survival",
     "colony formation", "metastasis", "angiogenesis", "epithelial to mesenchymal transition", "cell death",
     "cell cycle", "cell cycle arrest", "cell differentiation", "cell adhesion", "tube formation", "autophagy",
     "chemoresistance", "stemness", "senescence"}
)  # fmt: skip
_OF_WHOLE_TUMORS = frozenset({"angiogenesis", "metastasis"})


def processes(lexicon: Lexicon, text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the processes that bare words name, by what stands beside them.

    Parameters:
        found: the other mentions, in order, without overlap.
    """
    starts = [mention.start for mention in found]
    last: Mention | None = None
    for match in _WORD.finditer(text):
        at = bisect_left(starts, match.end())
        before = found[at - 1] if at else None
        if before is not None and before.end > match.start():
            continue
        after = found[at] if at < len(found) else None
        if last is not None and (before is None or last.start > before.start):
            before = last  # *growth, viability and survival*: one such word vouches for the next
        name = _named(match, text, before, after)
        candidates = lexicon.candidates(name) if name else ()
        candidate = next((each for each in candidates if each.type is MentionType.PROCESS), None)
        if candidate is not None:
            choice = Choice(MentionType.PROCESS, candidate, 0.9, ("a process of the cells beside it",))
            last = mention_of(lexicon, match.start(), match.end(), match["word"], choice, "lexicon")
            yield last


def _named(match: re.Match[str], text: str, before: Mention | None, after: Mention | None) -> str | None:
    word = match["word"]
    cells = _CELLS_AFTER.match(text, match.end())
    if cells:
        if cells["what"].startswith(_TUMORS):
            return _OF_TUMORS.get(word)
        return _OF_CELLS[word]
    if before is not None:
        between = text[before.end : match.start()]
        if before.type in ("CELL_LINE", "CELL_TYPE") and _CELL_WORD.fullmatch(between):
            return _OF_CELLS[word]
        if _is_cellular(before) and _BESIDE_AFTER.fullmatch(between):
            return _of_list(word, before)
    if after is not None and _is_cellular(after) and _AND.fullmatch(text[match.end() : after.start]):
        return _of_list(word, after)
    return None


def _is_cellular(mention: Mention) -> bool:
    return mention.type == "PROCESS" and (mention.name in _CELLULAR or mention.name.startswith("cell "))


def _of_list(word: str, other: Mention) -> str:
    """Return what a word means beside another process: *growth and metastasis* is the tumor's."""
    return _OF_TUMORS.get(word, _OF_CELLS[word]) if other.name in _OF_WHOLE_TUMORS else _OF_CELLS[word]
