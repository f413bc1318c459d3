"""Sentence boundaries, made once, before anything is parsed.

A mark of an end (`.`, `?`, `!`) ends a sentence if what follows can begin one, if what stands before is no
abbreviation, and if it is not inside brackets. Line feeds count by the shape of the lines around them.

Why not pysbd: on CRAFT dev it reads 0.03 MB a second with a sentence F of 0.874 where this module, on the same
input, reads 10 MB a second with 0.902. Both lose there what no reader could find, headings run into the text
by a space; with headings on lines of their own, as documents have them, this module's F is 0.984.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from minex.model import Document, PassageKind, Sentence, Span

_BLANK = re.compile(r"\n[^\S\n]*\n\s*|\f\s*")
_BRACKET = re.compile(r"[()\[\]]")
_LONGEST_BRACKET = 600

_END = re.compile(
    r"""
    [.!?][.!?]{0,3}  # a set in front, not a repetition of one, lets the engine skip all else by a table
    ["'”’»)\]]{0,4}
    (?P<cite> \s?\[\d[\d,;\s–-]{0,60}\] | (?<=[a-z)]\.)\d{1,3}(?:[,–-]\s?\d{1,3}){0,15}(?=\s+[A-Z]) )?
    (?: (?P<gap>\s+)
      | (?<=[a-z)\]%\d][.!?])(?=[A-Z][a-z]{1,20}[\s,]|A\s|[A-Z]{4,20}\s?:|(?:hsa-)?miR-\d) )
    """,
    re.VERBOSE,
)

# What may begin a sentence: a capital, a digit, a Greek letter, or a name that is written small.
_BEGINS = re.compile(
    r"""
    ["'“‘«(\[*†‡]{0,3}
    (?: [^\W\d_a-zß-ÿ] | \d | [-–−~<>≥≤±•]\s?\d
      | (?<=\()(?:[a-z]|i{1,3}|iv|vi{0,3})(?:[,–-][a-z])?\)[\s,]
      | [a-z](?:[,–-][a-z])?[.:]\s[A-Zα-ω] | (?<=\()\*\) | (?<=\*)[\s,]{0,2}[a-zA-Z] | [-+]/[-+],
      | (?:[a-z]{3}-)?(?:mi[rR]|let-7|lin-4|microRNA) | (?:pre|pri|anti)-mi[rR]
      | [a-z]{1,3}-?[A-Z] | o-[a-z] | [a-z]{1,4}-?\d | c-(?:myc|fos|jun|met|kit|src|raf|abl)\b )
    """,
    re.VERBOSE,
)

# Words after which a full stop never ends a sentence, whatever follows.
_NEVER = re.compile(
    r"fig|figs|vs|i\.e|e\.g|cf|approx|dr|drs|mr|mrs|prof|eq|eqs|ref|refs|vol|pp|viz|nos|suppl|tab|st|ie|eg|"
    r"ver|ed|eds|dept|univ|ph"
)
# Words after which it ends one only before a word that begins sentences.
_SELDOM = re.compile(
    r"al|inc|ltd|co|corp|ca|resp|sp|spp|var|subsp|etc|jr|sr|gmbh|u\.s|u\.k|u\.s\.a|a\.m|p\.m|i\.v|i\.p|"
    r"s\.c|i\.m|p\.o|d\.p\.c|d\.p\.i|ph\.d|m\.d"
)
_WITH_NUMBER = re.compile(
    r"no|p|chap|sec|exp|table|scheme|art|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|chr|str"
)
_OPENER = re.compile(
    r"[\"'“‘(\[]?(?:The|This|These|Those|We|In|It|Our|However|Moreover|Furthermore|Here|There|Thus|Therefore|To|An?|As|"
    r"At|By|For|From|If|On|Although|Though|While|Whereas|When|Since|Both|All|Each|After|Before|During|Using|Results?|"
    r"Conclusions?|Methods?|Background|Objectives?|Their|They|Its|He|She|Additionally|Finally|Interestingly|"
    r"Consistent(?:ly)?|Similarly|Conversely|Importantly|Notably|Indeed|Then|Next|Such|That|Hence|Overall|Taken|"
    r"Together|Upon|Under|Because|Given|With|Within|Without|Among|Whether|First|Second|Third|One|Two|Three|Another|"
    r"Other|Most|Many|Several|Some|No|Not|Nevertheless|Nonetheless|Instead|Also|Even|Despite|Unlike|Only|Recent(?:ly)?|"
    r"Previous(?:ly)?|Of|Expression|Overexpression|Knockdown|Subsequently|Accordingly|Surprisingly|Through|Where|"
    r"Mice|Cells|Data|RESULTS?|CONCLUSIONS?|METHODS?|BACKGROUND|OBJECTIVES?)(?=[\s,:]|$)"
)
# After these a capital is a kind's letter (protein kinase C, vitamin D), not somebody's initial.
_LETTERED = re.compile(
    r"vitamin|hepatitis|kinase|type|group|panel|factor|figure|fig|table|class|grade|protein|stage|complex|"
    r"domain|region|allele|cytochrome|influenza|immunoglobulin|part|section|step|category|box|chain|"
    r"subunit|strain|form|site|condition|lane|column|row"
)
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}[.-]){1,8}[^\W\d_]")
_COUNT = re.compile(r"[A-Z]{0,3}\d|[IVX]+\b")
_OPEN_END = re.compile(
    r"(?:[,;:(\[/&+=<>-]|\b(?:of|in|the|an?|and|or|by|with|for|to|from|on|at|as|via|between|through|that|which|is|are|"
    r"was|were|be|its|their|our|this|these|both|than|into|not|but|can|may|has|have|de|under|during|against))$"
)


def split(text: str) -> list[Span]:
    """Return the sentences of a text, in order, trimmed of white space; every other character is in one.

    Examples:
        >>> text = "E. coli grew at 5.5 h (Fig. 2). miR-21 rose [3]. p53 did not."
        >>> [text[span.start:span.end] for span in split(text)]
        ['E. coli grew at 5.5 h (Fig. 2).', 'miR-21 rose [3].', 'p53 did not.']
    """
    spans: list[Span] = []
    begin = 0
    for blank in _BLANK.finditer(text):
        _split_block(text, begin, blank.start(), spans)
        begin = blank.end()
    _split_block(text, begin, len(text), spans)
    return spans


def split_document(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of a document: those of its passages, a table's by rows, none of its references.

    Examples:
        >>> from minex.model import Passage
        >>> document = Document("text:a", (Passage("A title", kind=PassageKind.TITLE), Passage("One. Two.")))
        >>> [(sentence.start, sentence.end, sentence.passage) for sentence in split_document(document)]
        [(0, 7, 0), (8, 12, 1), (13, 17, 1)]
    """
    sentences = []
    for index, (passage, offset) in enumerate(zip(document.passages, document.passage_starts, strict=True)):
        if passage.kind is PassageKind.REFERENCES:
            continue
        if passage.kind is PassageKind.TABLE and passage.cells:
            rows: dict[int, list[int]] = {}
            for cell in passage.cells:
                rows.setdefault(cell.row, []).extend((cell.start, cell.end))
            spans = [span for ends in rows.values() for span in _trimmed(passage.text, min(ends), max(ends))]
        else:
            spans = split(passage.text)
        sentences += [
            Sentence(offset + span.start, offset + span.end, index, passage.kind, passage.section)
            for span in spans
        ]
    return tuple(sentences)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stretch without the white space around it, if anything is left."""
    stretch = text[start:end]
    inner = stretch.strip()
    if inner:
        start += len(stretch) - len(stretch.lstrip())
        yield Span(start, start + len(inner))


def _split_block(text: str, start: int, end: int, spans: list[Span]) -> None:
    """Add the sentences of a stretch without blank lines; what white space follows it does not matter."""
    while end > start and text[end - 1].isspace():
        end -= 1
    opens, closes = _brackets(text, start, end)
    cuts = [
        match.end()
        for match in _END.finditer(text, start, end)
        if match.end() < end
        and not _inside(opens, closes, match.start(), match.end())
        and _ends_sentence(text, match, start)
    ]
    if text.find("\n", start, end) >= 0:
        cuts = sorted(
            {*cuts, *(cut for cut in _line_cuts(text, start, end) if not _inside(opens, closes, cut - 1, cut))}
        )
    for cut in (*cuts, end):
        spans.extend(_trimmed(text, start, cut))
        start = cut


def _brackets(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Return where the outermost matched brackets open and close; unmatched and very long ones don't count."""
    opens: list[int] = []
    closes: list[int] = []
    stack: list[tuple[int, str]] = []
    for match in _BRACKET.finditer(text, start, end):
        mark = match[0]
        if mark in "([":
            stack.append((match.start(), mark))
        elif stack and stack[-1][1] == ("(" if mark == ")" else "["):
            opened = stack.pop()[0]
            if match.start() - opened > _LONGEST_BRACKET:
                continue
            while opens and opens[-1] > opened:
                opens.pop()
                closes.pop()
            opens.append(opened)
            closes.append(match.start())
    return opens, closes


def _inside(opens: list[int], closes: list[int], mark: int, after: int) -> bool:
    """Return whether a mark stands in brackets that are not closed where the next sentence would begin."""
    index = bisect_right(opens, mark) - 1
    return index >= 0 and closes[index] >= after


def _ends_sentence(text: str, match: re.Match[str], floor: int) -> bool:
    """Return whether a mark that white space or a capital follows ends a sentence."""
    mark, after = match.start(), match.end()
    if not match["gap"]:
        return _ends_without_space(text, mark, floor)
    if _BEGINS.match(text, after) is None:
        return False
    if text[mark] != "." or match["cite"]:
        return True
    before = text[max(mark - 24, floor) : mark]
    word = before.split()[-1] if before and not before[-1].isspace() else ""
    return _stop_ends(text, word.lstrip("([\"'“‘"), before, after, mark, floor)


def _stop_ends(text: str, word: str, before: str, after: int, mark: int, floor: int) -> bool:
    """Return whether a full stop after a word ends a sentence that something else could follow."""
    if not word or word[-1] in ")]%":
        return True
    low = word.lower()
    if _NEVER.fullmatch(low):
        return False
    if word.isdigit():
        head = mark - len(word)
        counts = head <= floor or text[head - 1] == "\n" or before[: -len(word)].rstrip().endswith((".", "!", "?"))
        return not (counts or text[after].isdigit())  # "1. Introduction", "... grew. 2. The cells"
    if (_WITH_NUMBER.fullmatch(low) and word != "P") or word in ("Mm", "Hs", "Rn"):
        return _COUNT.match(text, after) is None
    if len(word) == 1 and word.isalpha():
        words = before[: len(before) - 1].split()[-2:]
        if not words or words[-1][-1] in ".!?" or before[-2:-1] == "\n":
            return (
                word.isupper() and _OPENER.match(text, after) is not None
            )  # else an item's letter: "... cells. b. The"
        if word.islower():
            return True  # a unit after its number, or "subunit c"
        listed = words[-1] in ("and", "or") and len(words[0]) == 1  # "in panels E and F."
        if listed or _LETTERED.fullmatch(words[-1].lower()):
            return True
    elif not _SELDOM.fullmatch(low) and not _DOTTED.fullmatch(word):
        return True
    return _OPENER.match(text, after) is not None


def _ends_without_space(text: str, mark: int, floor: int) -> bool:
    """Return whether a mark right before a capital ends a sentence whose space was lost."""
    before = text[max(mark - 40, floor) : mark].split()[-1:]
    word = before[0] if before else ""
    if any(sign in word for sign in "@/\\_") or word.startswith(("www", "http")) or word.count(".") > 1:
        return False
    low = word.lower()
    return not _NEVER.fullmatch(low) and not _SELDOM.fullmatch(low) and (len(word) > 2 or not word.isalpha())


def _line_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where a line feed ends a heading, or a title, that has no full stop."""
    lines = text[start:end].split("\n")
    width = max(map(len, lines))
    filled = sum(len(line) > 0.6 * width for line in lines[:-1])
    is_wrapped = len(lines) > 2 and 40 <= width <= 200 and filled >= 0.6 * (len(lines) - 1)
    offset = start
    for line, following in pairwise(lines):
        offset += len(line) + 1
        line, following = line.strip(), following.strip()
        if not line or not following or _BEGINS.match(following) is None or _OPEN_END.search(line[-16:]):
            continue
        # In wrapped text a line breaks where its next word does not fit; a heading breaks before that.
        wrapped = is_wrapped and len(line) + len(following.split(None, 1)[0]) + 1 > 0.8 * width
        if not wrapped and not line.endswith((".", "!", "?")):
            yield offset
