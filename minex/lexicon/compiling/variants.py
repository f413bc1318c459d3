"""Further spellings that papers use and sources lack: plurals, British spelling, glued Greek letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minex.lexicon.normalize import GREEK, key

_BRITISH = tuple(
    (re.compile(american), spelling)
    for american, spelling in (
        (r"tumor", "tumour"),
        (r"(?<=[b-z])emia(?=s?\b)", "aemia"),
        (r"(leuk|isch|an|glyc|lip|ur)emic\b", r"\1aemic"),
        (r"\bhem(?=[ao])", "haem"),
        (r"\besophag", "oesophag"),
        (r"(?<!o)edema", "oedema"),
        (r"diarrhea", "diarrhoea"),
        (r"\bceliac", "coeliac"),
        (r"(polar|vascular)ization", r"\1isation"),
    )
)
_NO_PLURAL = re.compile(r"(?:s|x|z|[^a-z]|ing|ness|ity|ia|osis|itis)$")
_IES = re.compile(r"[^aeiou]y$")
_LETTER_WORD = re.compile(r"([A-Za-z])-([A-Za-z]{3,4})")
_INTEGRIN = re.compile(r"integrin subunit ((?:alpha|beta) ?[A-Z0-9]*)")
_CANCER_OF = re.compile(r"([A-Za-z].* )(?:cancer|tumor|neoplasm)")
_GREEK_END = re.compile(
    r"(?P<stem>[A-Z][A-Za-z]{0,3}(?:[A-Z]|-?[0-9]+)[ -]?|[A-Z]{3,5}[ -]?)"
    r"(?P<letter>alpha|beta|gamma|delta|[αβγδ])(?P<number>[0-9]?)"
)
_NUMBERED = re.compile(r"[A-Z][A-Za-z]{2,4}-?[0-9]{1,2}")
_APOLIPOPROTEIN = re.compile(r"APO([A-Z])([1-4]?)")
_SPELLED = "|".join(sorted({name for name in GREEK.values() if len(name) > 2}, key=len, reverse=True))
_GLUE = re.compile(rf"(?<=[a-z]) ({_SPELLED})(?= |$)")


def plural(name: str) -> str | None:
    """Return the plural of a name that has one.

    Examples:
        >>> plural("squamous cell carcinoma"), plural("complement deficiency"), plural("melanosis")
        ('squamous cell carcinomas', 'complement deficiencies', None)
    """
    if _NO_PLURAL.search(name) or not name.islower():
        return None
    return f"{name[:-1]}ies" if _IES.search(name) else f"{name}s"


def british(name: str) -> Iterator[str]:
    """Yield the British spelling of a name, if it differs.

    Examples:
        >>> [*british("hypoglycemia"), *british("hemolytic anemia"), *british("systemic disease")]
        ['hypoglycaemia', 'haemolytic anaemia']
    """
    other = name
    for american, spelling in _BRITISH:
        other = american.sub(spelling, other)
    if other != name:
        yield other


def glued(name: str) -> Iterator[str]:
    """Yield a name with its Greek letters spelled out and glued to the word before.

    Examples:
        >>> list(glued("TGF-β1"))
        ['tgfbeta 1']
    """
    normal = key(name)
    other = _GLUE.sub(r"\1", normal)
    if other != normal:
        yield other


def cased(name: str) -> Iterator[str]:
    """Yield a name of one letter and a short word in the cases in which papers write it.

    Examples:
        >>> list(cased("c-Met"))
        ['c-met', 'c-Met', 'c-MET', 'C-met', 'C-Met', 'C-MET']
    """
    match = _LETTER_WORD.fullmatch(name)
    if match:
        letter, word = match.groups()
        for first in (letter.lower(), letter.upper()):
            for rest in (word.lower(), word.capitalize(), word.upper()):
                yield f"{first}-{rest}"


def spoken(name: str) -> Iterator[str]:
    """Yield what papers say for names that HGNC has changed or words in its own way.

    Examples:
        >>> list(spoken("matrix metallopeptidase 14")), list(spoken("integrin subunit beta 4"))
        (['matrix metalloproteinase 14', 'matrix metalloprotease 14'], ['integrin beta 4', 'beta 4 integrin'])
    """
    if "metallopeptidase" in name:
        yield name.replace("metallopeptidase", "metalloproteinase")
        yield name.replace("metallopeptidase", "metalloprotease")
    match = _INTEGRIN.fullmatch(name)
    if match:
        yield f"integrin {match[1]}"
        yield f"{match[1]} integrin"


def of_cancers(name: str) -> Iterator[str]:
    """Yield the other words for a cancer of some kind: its tumors, malignancies and neoplasms are the same.

    Examples:
        >>> "colonic tumours" in of_cancers("colonic cancer"), list(of_cancers("melanoma"))
        (True, [])
    """
    match = _CANCER_OF.fullmatch(name)
    if match:
        for word in ("cancer", "tumor", "tumour", "neoplasm", "malignancy", "neoplasia"):
            many = "malignancies" if word == "malignancy" else f"{word}s"
            yield f"{match[1]}{word}"
            yield f"{match[1]}{many}"


def latin(name: str) -> Iterator[str]:
    """Yield a name that ends in a Greek letter as papers print it that lost the letter: *TNFa*, *IL-1b*, *IkBa*.

    Examples:
        >>> list(latin("IFN-gamma")), list(latin("IL-1 beta")), list(latin("tubulin alpha"))
        (['IFN-g', 'IFNg'], ['IL-1b', 'IL-1-b'], [])
    """
    match = _GREEK_END.fullmatch(name)
    if match:
        stem, letter, number = match["stem"].rstrip(" -"), match["letter"][0], match["number"]
        letter = {"α": "a", "β": "b", "γ": "g", "δ": "d"}.get(letter, letter)
        glued = f"{stem}{letter}{number}"
        yield from (
            (f"{stem}-{letter}{number}", glued) if not stem[-1].isdigit() else (glued, f"{stem}-{letter}{number}")
        )


def small(name: str) -> Iterator[str]:
    """Yield a symbol with a number in small letters, as older papers write it.

    Examples:
        >>> list(small("RAC1")), list(small("CDC2")), list(small("CD4")), list(small("REST"))
        (['rac1'], ['cdc2'], [], [])
    """
    if _NUMBERED.fullmatch(name):
        yield name.lower()


def apolipoprotein(name: str) -> Iterator[str]:
    """Yield an apolipoprotein's symbol as papers write it: nearly always *apoE*, hardly ever *APOE*.

    Examples:
        >>> list(apolipoprotein("APOE")), list(apolipoprotein("APOA1"))[-2:], list(apolipoprotein("APOBEC1"))
        (['apoE', 'ApoE', 'apo E', 'Apo E'], ['apoA-I', 'ApoA-I'], [])
    """
    match = _APOLIPOPROTEIN.fullmatch(name)
    if match:
        letter, number = match.groups()
        yield from (f"{stem}{letter}{number}" for stem in ("apo", "Apo", "apo ", "Apo "))
        if number:
            yield from (f"{stem}{letter}-{'I' * int(number) if number < '4' else 'IV'}" for stem in ("apo", "Apo"))


def squashed(name: str) -> Iterator[str]:
    """Yield a cell line's name without its hyphens and spaces.

    Examples:
        >>> list(squashed("SK-OV-3")), list(squashed("HeLa"))
        (['SKOV3'], [])
    """
    other = re.sub(r"[-\s]", "", name)
    if other != name and len(other) >= 4:
        yield other
