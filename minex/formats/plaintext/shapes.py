"""What a line looks like: a heading, a caption, a label, a list of authors, a sentence's end."""

from __future__ import annotations

import re

_NUMBERING = r"(?:(?:\d+(?:\.\d+)*|[IVX]+)\.?\s+)?"
_NAMES = r"""abstract|summary|background|introduction|(?:materials?|patients|subjects|animals)\s+and\s+methods?
|methods?(?:\s+and\s+materials?)?|methodology|experimental\s+(?:procedures?|section)|results?(?:\s+and\s+discussion)?|discussion
|(?:discussion\s+and\s+)?conclusions?|concluding\s+remarks|(?:future\s+)?(?:perspectives?|directions?)|future\s+perspectives?
|limitations?|statistical\s+analys[ie]s|keywords?|key\s+words|highlights|abbreviations?|acknowledge?ments?|funding
|authors?['’]*\s+contributions?|author\s+contributions?|competing\s+interests?|conflicts?\s+of\s+interests?
|declarations?|availability\s+of\s+data(?:\s+and\s+materials?)?|data\s+availability(?:\s+statement)?
|ethics\s+approval.*|consent\s+(?:for|to)\s+.*|publisher['’]?s\s+note|supplementary\s+(?:materials?|information|data)
|additional\s+files?|appendix|references?|bibliography|literature\s+cited|works\s+cited"""
_KNOWN = re.compile(rf"{_NUMBERING}(?:{_NAMES})\s*:?", re.I | re.X)
_REFERENCES = re.compile(rf"{_NUMBERING}(?:references?|bibliography|literature\s+cited|works\s+cited)\s*:?", re.I)
_ABSTRACT = re.compile(r"(?:abstract|summary)\s*:?", re.I)
_LABEL = re.compile(
    r"(background|introduction|context|purpose|objectives?|aims?|hypothesis|design|setting|patients|participants"
    r"|materials? and methods|patients and methods|methods?|interventions?|results?|findings?|interpretation"
    r"|conclusions?|significance|importance|key ?words)\s*[:：]\s+(?=\S)",
    re.I,
)
_CAPTION = re.compile(
    r"(?:supplementa(?:ry|l)\s+|additional\s+|extended\s+data\s+)?(fig(?:ure|\.)?|table|scheme|box|algorithm)\s*"
    r"S?(?:\d+[A-Za-z]?|[IVX]+)\b\s*[.:|–-]?\s*(?=$|[A-Z“\"(\d])",
    re.I,
)
_CONTINUED = re.compile(r"\bcont(?:inued|'d|\.)\W*$", re.I)
_TERMINAL = re.compile(r"[.!?][\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:et al|figs?|vs|i\.e|e\.g|cf|dr|prof|no|approx|ca|resp|spp?|st|refs?|eqs?|tab)\.$", re.I
)
_INNER_STOP = re.compile(r"[a-z)\]][.!?]\s+[A-Z]")
_FUNCTION_WORDS = """
    a an the of in on at by for from to with and or nor but as that which than into via through between among under
    over is are was were be been has have had can could may might will would shall should did does do not no its
    their this these those our his her both either such using during after before within without against upon
    about we it also however moreover thus therefore
"""
_OPEN_WORDS = frozenset(_FUNCTION_WORDS.split())
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w.’'-]*|van|von|de|del|della|der|den|di|da|la|le|bin|ibn|el|al)\s?[\d,*†‡§¶#]*[,;]?"
)
_MARKED_NAME = re.compile(r"[a-zà-ÿ][\d*†‡§¶#]")
_PLAIN_SMALL = re.compile(r"[\"“‘'(]?[a-z][a-z’'-]*[,;:.)\]]*$")

_MAX_NAME = 80
_TAIL = 40
"""How far back from a line's end its sentence's end is looked for."""

DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;)\]]")


def is_known_heading(text: str) -> bool:
    """Return whether the whole line is the name of a part that papers have: *Background*, *3. Results*."""
    return len(text) <= _MAX_NAME and _KNOWN.fullmatch(text) is not None


def is_references(text: str) -> bool:
    """Return whether a heading begins the list of references."""
    return _REFERENCES.fullmatch(text) is not None


def is_abstract(text: str) -> bool:
    """Return whether a heading begins the abstract."""
    return _ABSTRACT.fullmatch(text) is not None


def label(text: str) -> tuple[str, int]:
    """Return the label that a paragraph of a structured abstract begins with and its length, else `("", 0)`.

    Examples:
        >>> label("Methods: Exosomes were isolated.")
        ('Methods', 9)
    """
    match = _LABEL.match(text)
    return (match[1], match.end()) if match else ("", 0)


def caption(text: str) -> str:
    """Return `figure`, `table`, ... if a line begins as such a thing's caption, else an empty text."""
    match = _CAPTION.match(text)
    if match is None:
        return ""
    kind = match[1].casefold()
    return "figure" if kind.startswith("fig") else kind


def is_continued(text: str) -> bool:
    """Return whether a caption only says that its table goes on."""
    return _CONTINUED.search(text) is not None


def is_terminal(text: str) -> bool:
    """Return whether a line ends where a sentence may end."""
    end = text[-_TAIL:]
    return _TERMINAL.search(end) is not None and _ABBREVIATION.search(end) is None


def is_open(text: str) -> bool:
    """Return whether a line plainly goes on: it ends in a comma, a hyphen, a bracket or a word such as *of*."""
    return not text or text[-1] in ",;:-‐–/(&" or text.rsplit(maxsplit=1)[-1].casefold() in _OPEN_WORDS


def starts_small(text: str) -> bool:
    """Return whether a line begins with an ordinary word in small letters: not `p53`, not `miR-21`."""
    words = text.split(maxsplit=1)
    return bool(words) and _PLAIN_SMALL.match(words[0]) is not None


def may_be_heading(text: str) -> bool:
    """Return whether a text could be a heading by itself: it begins large, is one phrase and does not go on."""
    if (
        not 3 <= len(text) <= 200
        or starts_small(text)
        or not (text[0].isupper() or text[0].isdigit() or text[0].islower())
    ):
        return False
    if is_terminal(text) or is_open(text) or _INNER_STOP.search(text) or "@" in text or "://" in text:
        return False
    letters = sum(char.isalpha() or char.isspace() for char in text)
    return letters >= 0.6 * len(text) and not caption(text)


def is_authors(text: str) -> bool:
    """Return whether a line lists people: names with marks for their addresses, or three and more names.

    Examples:
        >>> is_authors("Ada Lovelace1 and Mary Somerville2*"), is_authors("Tumor Hypoxia and Exosomes")
        (True, False)
    """
    parts = [part for part in re.split(r",(?!\s*\d)|;|\band\b|&", text) if part.strip(" \t0123456789,*†‡§¶#")]
    if not parts:
        return False
    for part in parts:
        words = part.split()
        if not all(_NAME.fullmatch(word) or re.fullmatch(r"[\d,*†‡§¶#]+", word) for word in words):
            return False
        if not 2 <= sum(word[0].isalpha() for word in words) <= 5:
            return False
    return _MARKED_NAME.search(text) is not None or len(parts) >= 3
