"""Names of genes that no list has as they stand: parts of longer names, members of lists, prefixes that tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from minex.lexicon import Lexicon, Match
from minex.model import Mention, MentionType
from minex.tagging.resolution import Choice, resolve

# What makes another protein of a protein's name: *CRF-binding protein*, *p53-induced gene 3*.
_OTHER_PROTEIN = re.compile(
    r"[\s-](?:binding|related|like|associated|interacting|inducible|induced|converting|processing|releasing|activating)"
    r"[\s-](?:(?:nuclear|growth|transcription|membrane) )?"
    r"(?:proteins?|peptides?|factors?|enzymes?|kinases?|genes?|hormones?)(?:[\s-]\d{1,2}[A-Za-z]?)?\b"
)
_ANTISENSE = re.compile(r"[\s-]antisense (?:RNA|transcript)(?:\s(?P<number>\d))?\b")
# The number of a family's member, and what makes a number one of something else.
_NUMBERED = re.compile(
    r"(?P<glued>-?(?:\d{1,2}[A-Za-z]?|[αβγδ]\d{0,2}|[IVX]{1,3})|-(?:alpha|beta|gamma|delta)\d{0,2})(?![\w%/.]\w|\w)"
    r"|\s(?:type\s)?(?:\d{1,2}[A-Za-z]?|[IVX]{1,3}|[αβγδ]\d{0,2}|(?:alpha|beta|gamma|delta)[\s-]?\d{0,2})(?![\w%]|[./]\d)"
)
_UNIT = re.compile(
    r"\s?[%°×]|[\s-]?(?:fold|[nµμmk]?[gMLl]|[nµμm]m|[kM]?Da|hours?|hrs?|h|days?|d|weeks?|months?|years?|min|minutes?|s|"
    r"times?|patients?|cases?|of|genes?|proteins?|members?|mice|cells?|and \d)\b"
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_SPELLED_OUT = re.compile(r"[a-z]{4}")
_MEMBER = re.compile(r"(?P<stem>[A-Za-zα-ω][\w-]*?(?<![\d]))\d{1,2}[A-Za-z]?")
_FURTHER = re.compile(r"(?:/-?|,\s-|,? and -)(?P<number>\d{1,2}[A-Za-z]?)(?![\w%]|[.]\d)")
_HUMAN = re.compile(r"h(?<![\w-]h)(?P<symbol>[A-Z]{2,6}(?:\d[A-Z0-9]{0,2}|(?<=[A-Z]{4})))(?![\w-])")
_LONG_UNKNOWN = re.compile(
    r"(?<![\w-])(?:lnc|linc|lncRNA|lincRNA|LncRNA|LINC)-?(?=\w*[A-Z0-9])[A-Za-z0-9][\w.-]*\w"
)


def longer(lexicon: Lexicon, match: Match, text: str, choice: Choice) -> Mention | None:
    """Return the longer name of which a gene's or a family's name is only the beginning.

    It is one that no list has, or it would have been found: what it begins with is something else.
    """
    antisense = _ANTISENSE.match(text, match.end)
    if antisense:
        long = text[match.start : antisense.end()]
        number = antisense["number"] or "1"
        symbol = lexicon.name(choice.candidate.id) if choice.candidate else match.text
        candidates = lexicon.candidates(f"{symbol}-AS{number}")
        opposite = next((c for c in candidates if c.type is MentionType.LNCRNA), None)
        named = Choice(MentionType.LNCRNA, opposite, 1.0, ("antisense RNA",))
        return mention_of(lexicon, match.start, antisense.end(), long, named, "lexicon")
    other = _OTHER_PROTEIN.match(text, match.end)
    if other:
        named = Choice(choice.type, None, 1.0, ("the beginning of another protein's name",))
        long = text[match.start : other.end()]
        return mention_of(lexicon, match.start, other.end(), long, named, "lexicon")
    if choice.candidate and choice.candidate.id.startswith("FPLX:"):
        number = _NUMBERED.match(text, match.end)
        if number and not _UNIT.match(text, number.end()) and (number["glued"] or _SPELLED_OUT.search(match.text)):
            long = text[match.start : number.end()]
            arabic = _ROMAN.get(number[0].strip(" -"))
            own = lexicon.candidates(f"{match.text} {arabic}") if arabic else ()
            gene = next((c for c in own if c.type is MentionType.GENE and not c.support), None)
            member = Choice(choice.type, gene, 1.0, ("a member of the family",))
            return mention_of(lexicon, match.start, number.end(), long, member, "lexicon")
    return None


def further_members(lexicon: Lexicon, mentions: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Yield the genes that a list names by their numbers alone: the second and third of *TLR7/8/9*."""
    for mention in mentions:
        last = _MEMBER.fullmatch(mention.text.split("/")[0]) if mention.type == MentionType.GENE else None
        if last is None:
            continue
        at = mention.end
        while further := _FURTHER.match(text, at):
            name = f"{last['stem']}{further['number']}"
            found = lexicon.match(name)
            choice = resolve(found[0], name, {}) if found and found[0].text == name else None
            if choice is None or choice.candidate is None or choice.type is not MentionType.GENE:
                break
            start, at = further.span("number")
            yield mention_of(lexicon, start, at, text[start:at], choice, "lexicon")


def with_human_prefix(lexicon: Lexicon, text: str) -> Iterator[Mention]:
    """Yield human genes whose symbols have an h before them: *hMSH2*."""
    for match in _HUMAN.finditer(text):
        symbol = match["symbol"]
        for found in lexicon.match(symbol):
            candidate = found.candidates[0]
            if found.text == symbol and candidate.status <= 1 and candidate.type is MentionType.GENE:
                choice = Choice(candidate.type, candidate, 1.0, ("a symbol after h for human",))
                yield mention_of(lexicon, *match.span(), match[0], choice, "lexicon")


def unknown_long(text: str) -> Iterator[Mention]:
    """Yield lncRNAs that no list has and whose prefix says what they are."""
    lowered = text.lower()
    if "lnc" not in lowered and "linc" not in lowered:
        return
    for match in _LONG_UNKNOWN.finditer(text):
        if not re.fullmatch(r"(?i)(?:lnc|linc)RNAs?(?:-\w*)?", match[0]) or "-" in match[0]:
            name = match[0]
            if not re.search(r"-(?:mediated|induced|based|mRNA|miRNA|associated|related|dependent|protein)", name):
                yield Mention(match.start(), match.end(), name, str(MentionType.LNCRNA), (), name, "lexicon")


def mention_of(lexicon: Lexicon, start: int, end: int, text: str, choice: Choice, finder: str) -> Mention:
    """Return a stretch of text as a mention of what it was taken for."""
    concepts = (choice.candidate.id,) if choice.candidate else ()
    name = lexicon.name(concepts[0]) if concepts else text
    return Mention(start, end, text, str(choice.type), concepts, name, finder)
