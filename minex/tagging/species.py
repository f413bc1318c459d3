"""Whose gene a gene's name means: people's, unless the words beside it or the whole document say otherwise.

Papers on tumors in people keep their cells in mice: nude mice, and antibodies raised in rabbits, say nothing of
whose genes are studied. A document speaks of the animal only where it names it more often than people and
their cells. A mouse or rat gene has its own id first and that of the human gene after it; a gene of any other
organism is left unlinked, for a wrong id is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minex.lexicon import Lexicon
from minex.model import Mention, MentionType, Sentence

HUMAN, MOUSE, RAT = "NCBITaxon:9606", "NCBITaxon:10090", "NCBITaxon:10116"
_DATABASES = {MOUSE: "MGI:", RAT: "RGD:"}

# Animals that carry human cells, or whose antibodies and sera are reagents.
_HOST = re.compile(
    r"(?:nude|athymic|SCID|NOD\S*|immuno-?(?:deficient|compromised)|BALB/c|xenograft\w*|anti|goat|tumor-bearing)[\s-]+$",
    re.IGNORECASE,
)
_REAGENT = re.compile(
    r"[\s-]+(?:anti\b|monoclonal|polyclonal|IgG|serum|antibod|xenograft|tumou?rigenicity|tumou?r models?|"
    r"(?:two|one)-hybrid)"
)
_HOSTS = re.compile(r"nude|SCID|BALB", re.IGNORECASE)
# Of whose body or genome these are, there is no doubt.
_BRED = re.compile(
    r"[\s-]+(?:\w+\s)?(?:embryo\w*|lacking|deficient|expressing|homozyg\w+|heterozyg\w+|genome|gene|genes|homolog\w*|"
    r"ortholog\w*|development|oocytes?|ES\b|mutants?|strains?|brain|hippocamp\w*|cortex|liver|heart|kidney)\b"
)
_KNOCKOUT = re.compile(
    r"(?:knock-?out|knock-?in|transgenic|null|deficient|mutant|wild-?type|[-–/]\s?/\s?[-–]|\(-/-\)|conditional)\W+$",
    re.I,
)
# Genes are put into bacteria and yeast to be read off, and into these cells because they take them up.
_TOOLS = ("NCBITaxon:562", "NCBITaxon:4932")
_INTO = re.compile(r"\b(?:in|from|into|of|using|used) (?:the |an? )?(?:budding )?$")
_TOOL_LINES = re.compile(r"(?:HEK[\s-]?)?293T?|HeLa\S*|COS-?[17]|CHO\S*|MDCK|Vero|Sf9", re.IGNORECASE)
_MOUSE_LINES = re.compile(
    r"(?:NIH[\s-]?)?3T3(?:-?L1)?|RAW[\s-]?264(?:\.7)?|4T1|B16\S*|CT-?26|LLC\S*|C2C12|J774\S*|BV-?2|EL-?4|MC-?38|"
    r"HT-?22|GL-?261|Renca|AML-?12|E0771|EO771|L929|Neuro-?2a|N2a|MC3T3\S*|C3H10T1/2|Hepa-?1-?6|ID8|MIN6|F9|P19|A20|NSC-?34|ST2"
)
_RAT_LINES = re.compile(r"PC-?12|H9[cC]2|INS-?1\S*|NRK\S*|IEC-?\d+|GH3\S*|RBL\S*|C6|RIN\S*|PC12\S*")
_BESIDE = re.compile(
    r"(?P<human>[Hh]uman|patients?')|(?P<mouse>[Mm]ouse|[Mm]urine)|(?P<rat>[Rr]at)|"
    r"(?P<other>[Dd]rosophila|[Zz]ebrafish|[Xx]enopus|[Yy]east|[Cc]hick(?:en)?|[Bb]ovine|[Pp]orcine|[Rr]abbit|"
    r"[Cc]anine|[Aa]rabidopsis|Saccharomyces cerevisiae|S\. cerevisiae|C\. elegans|E\. coli)"
)
_BETWEEN = re.compile(r"\s(?:[\w-]+\s){0,1}")
_NAMED = {"human": HUMAN, "mouse": MOUSE, "rat": RAT}


def assign(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield mentions, genes with the ids of the species that they are spoken of in.

    Examples:
        >>> text = "Mouse Foxp3 was lost."
        >>> gene = Mention(6, 11, "Foxp3", "GENE", ("HGNC:6106",), "FOXP3", "lexicon")
        >>> [(m.name, m.concepts) for m in assign(text, [Sentence(0, len(text))], [gene], Lexicon.load())]
        [('Foxp3', ('MGI:1891436', 'HGNC:6106'))]
    """
    title = sentences[0].end if sentences else 0
    evidence = _evidence(text, mentions, title)
    main = _main(evidence)
    starts = [sentence.start for sentence in sentences]
    inside: dict[int, set[str]] = {}
    for mention, species, _ in evidence:
        inside.setdefault(bisect_right(starts, mention.start), set()).add(species)
    for mention in mentions:
        if mention.type in (MentionType.GENE, MentionType.LNCRNA) and mention.concepts:
            here = inside.get(bisect_right(starts, mention.start), set())
            spoken = HUMAN if HUMAN in here and main not in here else main
            beside = _beside(text, mention)
            yield _of(spoken if beside is None else beside, mention, lexicon)
        else:
            yield mention


def _evidence(text: str, mentions: Sequence[Mention], title: int) -> list[tuple[Mention, str, int]]:
    """Return which mentions speak of which species, and how much; what stands in the title counts twice."""
    found = []
    for mention in mentions:
        if mention.type == MentionType.SPECIES and mention.concepts:
            species = mention.concepts[0]
            weight = 2 + 2 * (mention.end <= title)
            if species != HUMAN:
                before = text[max(0, mention.start - 24) : mention.start]
                after = text[mention.end : mention.end + 30]
                if _HOST.search(before) or _REAGENT.match(after) or _HOSTS.search(mention.text):
                    continue
                if species in _TOOLS and _INTO.search(before):
                    continue
                if _KNOCKOUT.search(before) or _BRED.match(after):
                    weight += 2
            found.append((mention, species, weight))
        elif mention.type == MentionType.CELL_LINE:
            line = mention.text
            species = MOUSE if _MOUSE_LINES.fullmatch(line) else RAT if _RAT_LINES.fullmatch(line) else HUMAN
            found.append((mention, species, 1 if _TOOL_LINES.fullmatch(line) else 2))
    return found


def _main(evidence: Sequence[tuple[Mention, str, int]]) -> str:
    """Return the species of which a document speaks: people, unless another is spoken of more."""
    if all(species == HUMAN for _, species, _ in evidence):
        return HUMAN
    counted: Counter[str] = Counter()
    for _, species, weight in evidence:
        counted[species] += weight
    species, most = min(counted.items(), key=lambda item: (-item[1], item[0] != HUMAN, item[0]))
    return species if most > counted[HUMAN] else HUMAN


def _beside(text: str, mention: Mention) -> str | None:
    """Return the species that the words before a gene name: *murine Foxp3*, *human and mouse* leaves it open."""
    before = text[max(0, mention.start - 40) : mention.start]
    if not before[-1:].isspace():
        return None
    found = [match for match in _BESIDE.finditer(before) if _BETWEEN.fullmatch(before, match.end())]
    return _NAMED.get(found[-1].lastgroup or "", "") if found else None


def _of(species: str, mention: Mention, lexicon: Lexicon) -> Mention:
    id = mention.concepts[0]
    if species == HUMAN or not id.startswith("HGNC:"):
        return mention
    own = lexicon.ortholog(id, _DATABASES.get(species, ""))
    if own is None:
        return replace(mention, concepts=(), name=mention.text)
    return replace(mention, concepts=(own, id), name=lexicon.name(own))
