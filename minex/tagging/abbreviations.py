"""Short forms that a document defines, by scispaCy's detector, one sentence at a time.

Schwartz and Hearst's algorithm, as scispaCy has it, looks for *long form (short form)*. It is run on a
sentence's own tokens and only where there is a bracket, so a long form never reaches into another sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from minex.model import Sentence
from minex.tagging.words import tokens

# (SHORT), also of two words, or SHORT (long form): a sentence without either defines nothing.
_SHORT_INSIDE = re.compile(r"[(\[](?=[^()\[\]]*[A-Z])[^()\[\]\s;,=]{2,12}(?:\s[^()\[\]\s;,=]{1,8})?[)\]]")
_LONG_INSIDE = re.compile(r"\((?<=\s.)[A-Za-zα-ω][^()]{6,80}\)")
_SHORT_BEFORE = re.compile(r"\b(?=[a-zα-ω0-9-]*[A-Z])[\w-]{2,10}\s\Z")
_WORD = re.compile(r"\S+")
_CONTENT = re.compile(r"\((?P<content>[^()]*(?:\([^()]*\)[^()]*){0,3})\)")
_HYPHENED = re.compile(r"[A-Za-z]{1,6}(?:-[A-Za-z0-9]{1,6}){1,2}")
_PART = re.compile(r"[^\W_]+")
_WIDE = re.compile(
    r"(?:adeno)?carcinomas?|cancers?|tumou?rs?|\w*sarcomas?|lymphomas?|neoplasms?|diseases?|cells?", re.I
)
_JOINED = re.compile(r"[\s/-]{1,2}")
_SMALL = frozenset(("of", "the", "and", "in", "for", "to", "a", "an", "with", "by", "on", "or"))
_LONGEST_SENTENCE = 2000
_LONGEST_CONTENT = 200
_LONGEST_SHORT = 12


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form with the span of the long form that defines it."""

    short: str
    start: int
    end: int
    long: str


def find_definitions(text: str, sentences: Iterable[Sentence]) -> list[Definition]:
    """Return the definitions of a document's sentences, in order.

    Examples:
        >>> text = "We studied prostate cancer (PCA)."
        >>> [(d.short, d.long) for d in find_definitions(text, [Sentence(0, len(text))])]
        [('PCA', 'prostate cancer')]
    """
    found: list[Definition] = []
    for sentence in sentences:
        inside = text[sentence.start : sentence.end]
        if "(" in inside and len(inside) <= _LONGEST_SENTENCE and may_define(inside):
            found.extend(_in_sentence(inside, sentence.start))
    return found


def may_define(inside: str) -> bool:
    """Return whether a bracket could hold a short form, or what the word before it stands for."""
    return _SHORT_INSIDE.search(inside) is not None or any(
        _SHORT_BEFORE.search(inside, max(0, long.start() - 12), long.start())
        for long in _LONG_INSIDE.finditer(inside)
    )


def _in_sentence(inside: str, offset: int) -> list[Definition]:
    from scispacy.abbreviation import filter_matches, find_abbreviation

    found = []
    for opening, closing in _brackets(inside):
        begin = _window(inside, opening, closing)
        if begin is None:
            continue
        words: Any = tokens(_joined(inside, opening, closing)[begin : _words_end(inside, closing)])
        places = {begin + word.start: index for index, word in enumerate(words) if word.text in ("(", ")")}
        if opening not in places or closing not in places:
            continue
        bracket: Any = ("parenthesis", places[opening] + 1, places[closing])
        for long_candidate, short_candidate in filter_matches([bracket], words):
            short, long = find_abbreviation(long_candidate, short_candidate)
            if long is None:
                continue
            first, last = begin + long.start_char, begin + long.end_char
            form = inside[begin + short.start_char : begin + short.end_char]
            if _plausible(form, inside[first:last]):
                if last <= opening:
                    first = _initials(form, inside, first, last)
                found.append(Definition(form, offset + first, offset + last, inside[first:last]))
    return sorted(set(found), key=lambda d: (d.start, d.end, d.short))


def _joined(inside: str, opening: int, closing: int) -> str:
    """Return a sentence in which a short form with a hyphen is one token: the detector refuses *HR*, *-*, *MM*."""
    content = inside[opening + 1 : closing]
    if not _HYPHENED.fullmatch(content):
        return inside
    return f"{inside[: opening + 1]}{content.replace('-', '_')}{inside[closing:]}"


def _initials(short: str, inside: str, first: int, last: int) -> int:
    """Return where a long form begins, if the short form's letters are initials of more words than were found.

    The detector takes the shortest stretch: *cancer* for the CC of *colon cancer (CC)*.
    """
    letters = short.removesuffix("s").lower()
    if not (2 <= len(letters) <= 6 and letters.isalpha() and short.removesuffix("s").isupper()):
        return first
    found = len(_PART.findall(inside, first, last))
    if found >= len(letters):
        return first
    words = list(_PART.finditer(inside, max(0, last - 100), last))
    before = words[-2] if found == 1 < len(words) and _WIDE.fullmatch(words[-1][0]) else None
    if before and before[0][0].lower() == letters[0] and inside[before.end() : first] in (" ", "-"):
        return before.start()  # the CRC of *colorectal carcinoma (CRC)* is no carcinoma that begins with CRC
    if words[-1][0][0].lower() != letters[-1]:
        return first
    left = len(letters) - 1
    skipped = 0
    for index in range(len(words) - 2, -1, -1):
        if not _JOINED.fullmatch(inside, words[index].end(), words[index + 1].start()):
            break
        if words[index][0][0].lower() == letters[left - 1]:
            left -= 1
            if not left:
                return words[index].start()
        elif words[index][0].lower() not in _SMALL:
            skipped += 1
            if skipped > 1:
                break
    return first


def _brackets(inside: str) -> Iterator[tuple[int, int]]:
    """Yield where round brackets open and close, those inside others too."""
    at = inside.find("(")
    while at >= 0:
        match = _CONTENT.match(inside, at)
        if match and len(match["content"]) <= _LONGEST_CONTENT:
            yield at, match.end() - 1
        at = inside.find("(", at + 1)


def _window(inside: str, opening: int, closing: int) -> int | None:
    """Return from where on a sentence must be read for a bracket's definition; None if it can define nothing.

    The detector is dear and most brackets hold figures and asides; this refuses only what it would refuse too.
    """
    content = inside[opening + 1 : closing]
    before = inside[:opening]
    size = len("".join(content.split()))
    words = min(size + 5, size * 2) + 1
    read = before.rsplit(None, words)
    if not read:
        return None
    # With as many words as asked for there is a rest before them.
    begin = _start(before[len(read[0]) :], opening) if len(read) > words else _start(before, opening)
    if _can_be_short(content) and _initials_stand_in(content, inside[begin:opening]):
        return begin
    # SHORT (long form): the word before, or its end, is the short form.
    if size <= 6 or content.count(" ") >= 8:
        return None
    word = read[-1]
    last = next((c.lower() for c in reversed(word) if c.isalnum()), "")
    if last and last in content.lower() and any(map(str.isupper, word)):
        return len(before.rstrip()) - len(word)
    return None


def _start(stretch: str, end: int) -> int:
    """Return where the first word begins of a stretch that ends at `end`."""
    return end - len(stretch.lstrip())


def _can_be_short(content: str) -> bool:
    return (
        2 <= len(content) <= _LONGEST_SHORT
        and content[0].isalpha()
        and any(map(str.isupper, content))
        and 2 * sum(map(str.isalpha, content)) >= len(content)
    )


def _initials_stand_in(short: str, before: str) -> bool:
    """Return whether a short form's letters stand in a text in order, the first of them where a word begins."""
    lowered = before.lower()
    at = len(lowered)
    for letter in reversed(short[1:].lower()):
        if letter.isalnum():
            at = lowered.rfind(letter, 0, at)
            if at < 0:
                return False
    first = short[0].lower()
    while (at := lowered.rfind(first, 0, at)) > 0:
        # The tokenizer parts a figure from its unit, so a letter after a digit may begin a word.
        if not lowered[at - 1].isalpha():
            return True
    return at == 0


def _words_end(inside: str, closing: int) -> int:
    """Return where the word ends that a closing bracket stands in: the tokenizer reads whole words."""
    match = _WORD.match(inside, closing)
    return match.end() if match else closing + 1


def _plausible(short: str, long: str) -> bool:
    """Return whether a short form is one: not a word, not longer than what it stands for."""
    return 2 <= len(short) <= _LONGEST_SHORT and len(long) > len(short) and any(c.isupper() for c in short)


def occurrences(text: str, shorts: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return where short forms stand in a text, also in the plural: start, end, short form.

    Examples:
        >>> occurrences("EVs and an EV, not EVA", ["EV"])
        [(0, 3, 'EV'), (11, 13, 'EV')]
    """
    found = []
    for short in set(shorts):
        at = text.find(short)
        while at >= 0:
            end = at + len(short)
            if not _ends_word(text, end) and text[end] == "s":
                end += 1
            if _ends_word(text, end) and (at == 0 or not _of_word(text[at - 1])):
                found.append((at, end, short))
            at = text.find(short, at + 1)
    # Of two that begin at one place the longer counts, and none begins inside another.
    kept: list[tuple[int, int, str]] = []
    for item in sorted(found, key=lambda item: (item[0], -len(item[2]))):
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def _ends_word(text: str, at: int) -> bool:
    return at == len(text) or not _of_word(text[at])


def _of_word(character: str) -> bool:
    return character.isalnum() or character == "_"
