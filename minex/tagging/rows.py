"""What a summary table's row is about, where no list has its name: the words of the table itself.

A table says by its headers which column names factors and which cancers. A cell of such a column that has no
concept (*Exosomal proteins*, a symbol that nobody knows) keeps its words, so that its row is not lost, nor taken
for a row about something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from minex.model import Document, Mention, MentionType, PassageKind, Sentence, TableCell

_FACTORS = re.compile(
    r"\b(?:factors?|genes?|proteins?|molecules?|(?:mi|lnc|linc|circ|nc)-?(?:cro)?-?RNAs?|RNAs?|micro-?RNAs?|cargo(?:e?s)?|"
    r"contents?|components?|regulators?|mediators?)\b",
    re.IGNORECASE,
)
_CANCERS = re.compile(r"\b(?:cancers?|tumou?rs?|malignanc(?:y|ies)|neoplasms?|carcinomas?)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"[\W_]*|(?:not|never) \w+|un(?:known|clear|defined|specified)|n[./]?\s?[ad]\.?|none|nil|various|several|"
    r"different|others?|many|all|multiple|yes|no",
    re.IGNORECASE,
)
_MIRNAS = re.compile(r"\bmi(?:cro)?-?RNAs?\b", re.IGNORECASE)
_LNCRNAS = re.compile(r"\b(?:lnc|linc)-?(?:RNAs?)?\b|\blong non-?coding RNAs?\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_LONGEST, _MOST_WORDS = 60, 6
_NAMED_CANCER = frozenset({"CANCER", "DISEASE", "CELL_LINE", "CELL_TYPE"})


def keep_words(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[Mention]:
    """Return unlinked mentions for cells under a header of factors or cancers in which nothing is named.

    Parameters:
        sentences: the document's sentences; those of tables are looked at.
        mentions: what the tagger found, in order.
    """
    starts = [mention.start for mention in mentions]
    tables = dict.fromkeys(each.passage for each in sentences if each.kind is PassageKind.TABLE)
    kept: list[Mention] = []
    for number in tables:
        passage, offset = document.passages[number], document.passage_starts[number]
        for _, row in groupby(passage.cells, key=lambda cell: cell.row):
            for cell, type_ in _columns(list(row)):
                start, end = offset + cell.start, offset + cell.end
                inside = [
                    each
                    for each in mentions[bisect_left(starts, start) : bisect_left(starts, end)]
                    if each.end <= end
                ]
                kept.extend(_kept(document.text, start, end, type_, inside))
    return kept


def _columns(row: Sequence[TableCell]) -> Iterator[tuple[TableCell, MentionType]]:
    """Yield the cell that names the factor, which is the first, and those that name the cancer."""
    if len(row) > 1 and _FACTORS.search(row[0].header):
        yield row[0], MentionType.GENE
        for cell in row[1:]:
            if _CANCERS.search(cell.header) and not _FACTORS.search(cell.header):
                yield cell, MentionType.CANCER


def _kept(text: str, start: int, end: int, type_: MentionType, inside: Sequence[Mention]) -> Iterator[Mention]:
    if type_ is MentionType.CANCER:
        named = any(each.type in _NAMED_CANCER for each in inside)
    else:
        # *Exosomal X*: the vesicle is where the factor is; any other thing that has a name is who is meant.
        vesicles = [each for each in inside if each.type == MentionType.VESICLE]
        named = len(vesicles) < len(inside)
        if vesicles and vesicles[0].start == start:
            start = vesicles[0].end
    words = text[start:end]
    start += len(words) - len(words.lstrip(" -,:"))
    words = words.strip(" -,:")
    if named or _NOTHING.fullmatch(words) or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS:
        return
    if _WORD.search(words) and not any(each.end > start for each in inside):
        if type_ is MentionType.GENE:
            type_ = _factor_type(words)
        yield Mention(start, start + len(words), words, str(type_), (), words, "table")


def _factor_type(words: str) -> MentionType:
    if _LNCRNAS.search(words):
        return MentionType.LNCRNA
    return MentionType.MIRNA if _MIRNAS.search(words) else MentionType.GENE
