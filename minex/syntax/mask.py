"""Sentence to tokens, with every mention as one token that the parser can make sense of.

Gene and miRNA names full of hyphens and brackets are what breaks general parsers, so a mention is never
tokenized: it becomes one token, and the parser is shown a plain word in its place (`BMP2` for *miR-200a-3p*,
the head noun for *epithelial-mesenchymal transition*). Compounds such as *down-regulated*, which treebanks
split at the hyphen, are shown as one word for the same reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from minex.cutting import cut
from minex.model import Mention

if TYPE_CHECKING:
    from spacy.language import Language

_WORD = re.compile(r"\S+")
_PLAIN_WORD = re.compile(r"[A-Za-z]{2,}|[A-Z]{2,}[0-9]*")
_NAME_TYPES = frozenset({"MIRNA", "GENE", "LNCRNA", "CHEMICAL", "CELL_LINE"})
_NAME = "BMP2"  # a frequent gene name of the treebank: its shape is what the parser knows best

_COMPOUND = re.compile(
    r"""\b(?P<first>up|down|over|under|co|re|pre|inter|trans|knock|non|dys|de)[-‐‑–](?P<second>[a-z]{3,})
      | \b(?P<spaced>up|down|over|knock)[ ](?P<word>regulat\w+|expressi\w+|expressed|down|out)\b
      | \bloss[-‐‑– ]of[-‐‑– ]function | \bgain[-‐‑– ]of[-‐‑– ]function
      | (?P<never>\bno[ ]longer\b) | (?P<also>\bnot[ ](?:only|just|merely|solely)\b)
      | (?P<manner>\b(?:(?:dose|time|concentration)[-‐‑–][ ](?:and|or)[ ])?
          (?:dose|time|concentration)[-‐‑–]dependently\b)
      | (?P<cerna>\bcompeting[ ]endogenous[ ]RNAs?\b)
      | (?P<utr>\b3[ ]?[′'’`]?[-‐‑– ]?(?:UTRs?\b|untranslated[ ]regions?\b))
    """,
    re.VERBOSE | re.IGNORECASE,
)

# *pre-miR-21*, *p-AKT*, *anti-miR-21*: rules read these from the text; a parser takes them for words of their own.
_ATTACHED = re.compile(r"(?<![\w-])(?:p|pre|pri|phospho|anti|si|sh|ago|antago)[-‐‑–]?\Z", re.IGNORECASE)

# (P = 0.04), (2.1-fold; 95% CI 1.2-3.3), (n = 20 vs 18): asides of figures tell a parser nothing and part lists.
_ASIDE = re.compile(
    r"""\s?\((?=[^()]{0,80}[0-9])(?=[^()]{0,80}(?:[=<>≤≥±%]|-?fold\b))
        (?:[^()A-Za-z]|\b(?:[A-Za-z]{1,4}|hazard|ratio|confidence|interval|versus|range|median|value|log-rank)\b){1,80}\)""",
    re.VERBOSE,
)

_FOR_EXAMPLE = re.compile(r"(?<=[,(]) ?(for instance|for example|e\.g\.|namely),?\s+\Z")
_INCLUDING = "including"
"""The word for *for instance* before a name that parsers know."""

_MANNER = "gradually"
"""The word for *dose-dependently*, which parsers cut, and then a dose acts."""

# Laboratory words that the treebank lacks, and the word of the same kind by which the parser knows them.
_STAND_INS = {
    **dict.fromkeys(("mimic", "antagomir", "agomir", "antimir", "sponge", "sirna", "shrna"), "inhibitor"),
    **dict.fromkeys(("mimics", "antagomirs", "agomirs", "antimirs", "sponges", "sirnas", "shrnas"), "inhibitors"),
}


class MaskedToken(NamedTuple):
    """A token of a sentence: its word, its span in the document, its mention, what the parser is shown."""

    word: str
    start: int
    end: int
    space: bool
    mention: Mention | None = None
    shown: str = ""

    @property
    def for_parser(self) -> str:
        """The word that stands before the parser."""
        return self.shown or self.word


def shown_word(mention: Mention) -> str:
    """Return the word that stands for a mention before the parser.

    Examples:
        >>> shown_word(Mention(0, 11, "miR-200a-3p", "MIRNA"))
        'BMP2'
        >>> shown_word(Mention(0, 33, "epithelial-mesenchymal transition", "PROCESS"))
        'transition'
        >>> shown_word(Mention(0, 18, "invasion of tissue", "PROCESS"))
        'invasion'
    """
    if _PLAIN_WORD.fullmatch(mention.text):
        return mention.text
    if mention.type in _NAME_TYPES:
        return _NAME
    words = re.findall(r"[^\W\d_]{2,}", mention.text)
    if not words:
        return _NAME
    lowered = [word.lower() for word in words]
    if "of" in lowered[1:]:
        return str(words[lowered.index("of", 1) - 1])
    return str(words[-1])


def _compound_word(match: re.Match[str]) -> str:
    if match["utr"]:
        return "UTR"
    if match["cerna"]:
        return "ceRNA"
    if match["manner"]:
        return _MANNER
    for plain in ("never", "also"):
        if match[plain]:
            return plain
    for first, second in (("first", "second"), ("spaced", "word")):
        if match[first]:
            return f"{match[first]}{match[second]}"
    return str(match[0]).split("-")[0].split(" ")[0]


def mask(nlp: Language, text: str, offset: int, mentions: Sequence[Mention]) -> list[MaskedToken]:
    """Return the tokens of a sentence.

    Parameters:
        nlp: the pipeline whose tokenizer cuts what lies between mentions.
        text: the sentence.
        offset: where the sentence starts in the document.
        mentions: mentions within the sentence, in document offsets; of overlapping ones the first and
            longest becomes a token.

    Returns:
        Tokens without white space, spans in document offsets.
    """
    tokens: list[MaskedToken] = []
    position = 0
    for mention in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        start, end = mention.start - offset, mention.end - offset
        if start < position or end > len(text) or start == end:
            continue
        tokens.extend(_before(nlp, text, position, start, offset))
        tokens.append(
            MaskedToken(shown_word(mention), mention.start, mention.end, text[end : end + 1] == " ", mention)
        )
        position = end
    tokens.extend(_between(nlp, text, position, len(text), offset))
    return tokens


def _before(nlp: Language, text: str, start: int, end: int, offset: int) -> list[MaskedToken]:
    """Return the tokens between the last mention and the next one, without what only announces it."""
    if attached := _ATTACHED.search(text, start, end):
        end = attached.start()
    if example := _FOR_EXAMPLE.search(text, start, end):
        here = MaskedToken(_INCLUDING, offset + example.start(1), offset + example.end(1), True)
        return [*_between(nlp, text, start, example.start(), offset), here]
    return _between(nlp, text, start, end, offset)


def compounds(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where words stand that tokenizers cut and rules know whole, each with the word for it.

    Examples:
        >>> list(compounds("was down-regulated"))
        [(4, 18, 'downregulated')]
    """
    for match in _COMPOUND.finditer(text):
        yield match.start(), match.end(), _compound_word(match)


def _between(nlp: Language, text: str, start: int, end: int, offset: int) -> list[MaskedToken]:
    tokens: list[MaskedToken] = []
    position = start
    for match in _COMPOUND.finditer(text, start, end):
        tokens.extend(_plain(nlp, text, position, match.start(), offset))
        after = text[match.end() : match.end() + 1] == " "
        tokens.append(MaskedToken(_compound_word(match), offset + match.start(), offset + match.end(), after))
        position = match.end()
    tokens.extend(_plain(nlp, text, position, end, offset))
    return tokens


def _plain(nlp: Language, text: str, start: int, end: int, offset: int) -> list[MaskedToken]:
    piece = text[start:end]
    if not piece or piece.isspace():
        return []
    if aside := _ASIDE.search(piece):
        before = _plain(nlp, text, start, start + aside.start(), offset)
        return [*before, *_plain(nlp, text, start + aside.end(), end, offset)]
    tokens: list[MaskedToken] = []
    for word in _WORD.finditer(piece):
        begin = start + word.start()
        for part in cut(nlp, word[0]):
            end = begin + len(part)
            shown = _STAND_INS.get(part.lower(), "")
            space = text[end : end + 1] == " "
            tokens.append(MaskedToken(part, offset + begin, offset + end, space, shown=shown))
            begin = end
    return tokens
