"""Sentences of two clauses, cut in two before they are parsed.

*Knockdown of X lowered Y, and knockdown of Z raised W*: parsers tend to take the second clause for a longer
object of the first, and then Z is said to be lowered by X. Each half by itself is parsed well. A cut is made
only where both halves have a subject and a verb of their own, and nothing in the first (*suggest that*, *if*)
reaches into the second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minex.model import Mention, Span

_JOINT = re.compile(r"[,;]\s+(?:and|but|while|whereas|whilst)\s+")
_LABEL = re.compile(r"(?:Fig(?:ure|s?\.)|Table|Scheme|Box)\s*S?\d+[A-Za-z]?[.:]?\s+(?=[A-Z])")
"""What stands before a caption is no part of its first sentence."""
_WORD = re.compile(r"[A-Za-z][\w'’-]*|[^\w\s]")
_REACHES_ON = re.compile(
    r"\b(?:that|whether|if|when|which|who|although|because|since|how|after|before|neither|not only|may|might)\b",
    re.IGNORECASE,
)
# What is shown, found, seen is so in both halves; what is suggested must keep its guess.
_REPORTED = re.compile(
    r"\b(?:show(?:s|ed|n)?|found|find|demonstrate[sd]?|reveal(?:s|ed)?|confirm(?:s|ed)?|observed|"
    r"report(?:s|ed)?) that\b"
)
_NO_SUBJECT = frozenset({"which", "that", "who", "whose", "to", "by", "thus", "thereby", "also", "then", "not"})
_FAR = 14
"""A verb this many words on is not the second clause's own."""


def split_clauses(text: str, start: int, mentions: Sequence[Mention], verbs: frozenset[str]) -> list[Span]:
    """Return the spans of a sentence's clauses, in document offsets; one if it is not to be cut.

    Parameters:
        text: the sentence.
        start: where it starts in the document.
        mentions: its mentions.
        verbs: forms, in lower case, of which one in each half must be the verb.

    Examples:
        >>> text = "A raised B, and C lowered D."
        >>> mentions = [Mention(i, i + 1, text[i], "GENE") for i in (0, 9, 16, 26)]
        >>> spans = split_clauses(text, 0, mentions, frozenset({"raised", "lowered"}))
        >>> [text[span.start : span.end] for span in spans]
        ['A raised B', 'C lowered D.']
    """
    cuts: list[tuple[int, int]] = []
    label = _LABEL.match(text)
    first = begin = label.end() if label and not any(m.start - start < label.end() for m in mentions) else 0
    for joint in _JOINT.finditer(text):
        left, right = text[begin : joint.start()], text[joint.end() :]
        inside = any(m.start - start < joint.end() and joint.start() < m.end - start for m in mentions)
        if inside or left.count("(") != left.count(")") or _REACHES_ON.search(_REPORTED.sub(" ", left)):
            continue
        if _has_verb(left, start + begin, mentions, verbs) and _has_verb(
            right, start + joint.end(), mentions, verbs, first=True
        ):
            cuts.append((joint.start(), joint.end()))
            begin = joint.end()
    spans: list[Span] = []
    begin = first
    for end, after in cuts:
        spans.append(Span(start + begin, start + end))
        begin = after
    return [*spans, Span(start + begin, start + len(text))]


def _has_verb(
    text: str, offset: int, mentions: Sequence[Mention], verbs: frozenset[str], first: bool = False
) -> bool:
    """Return whether a piece has a mention and a verb after it; `first`: it is the first verb there."""
    seen_mention, before = False, ""
    for place, word in enumerate(_WORD.finditer(text)):
        at = offset + word.start()
        if any(mention.start <= at < mention.end for mention in mentions):
            seen_mention, before = True, ""
            continue
        lower = word[0].lower()
        if first and (lower in _NO_SUBJECT or lower in ",;:" or place > _FAR):
            return False
        if lower in verbs:
            hyphened = word.start() > 0 and text[word.start() - 1] in "-‐‑–"
            if hyphened or re.match(r"\s+by\b", text[word.end() :]):
                continue
            # *raised A, B, and C and lowered D*: a verb after *and* has the subject of the first half.
            if first and (not seen_mention or before in ("and", "or")):
                return False
            if seen_mention:
                return True
        if not lower.endswith("ly"):
            before = lower
    return False
