"""Cancers and diseases from DOID and MONDO, processes from GO, cells from CL and Cellosaurus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from minex.lexicon.compiling.collect import CELLS, EXACT, Collector, Status
from minex.lexicon.compiling.parsers import Term
from minex.lexicon.compiling.variants import british, plural, squashed
from minex.lexicon.normalize import key
from minex.model import MentionType

NEOPLASM = ("DOID:14566", "MONDO:0005070")
CANCER = "DOID:162"
_XREFS = {"MESH": "MESH", "NCI": "NCIT", "NCIT": "NCIT", "EFO": "EFO"}


def below(terms: Iterable[Term], roots: Sequence[str]) -> set[str]:
    """Return the roots and everything under them."""
    children: dict[str, list[str]] = {}
    for term in terms:
        for parent in term.parents:
            children.setdefault(parent, []).append(term.id)
    found, todo = set(roots), list(roots)
    while todo:
        for child in children.get(todo.pop(), ()):
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def add_diseases(collector: Collector, doid: Sequence[Term], mondo: Sequence[Term], newer: Sequence[Term]) -> None:
    """Add all of DOID; MONDO's names of the same; and those neoplasms that only MONDO has."""
    cancers = below(doid, NEOPLASM[:1])
    for term in doid:
        type = MentionType.CANCER if term.id in cancers else MentionType.DISEASE
        collector.concept(term.id, type, term.name, term.parents, _xrefs(term))
        add_names(collector, term.id, term.name, Status.SYMBOL)
        for synonym in _fitting(term):
            add_names(collector, term.id, synonym, Status.ALIAS)
    same = _same(mondo, {term.id: term.name for term in doid})
    latest = {term.id: term for term in newer}
    neoplasms = below(mondo, NEOPLASM[1:]) | below(newer, NEOPLASM[1:])
    known = {term.id for term in mondo}
    for term in (*mondo, *(term for term in newer if term.id not in known)):
        id = same.get(term.id)
        synonyms = (*_fitting(term), *(_fitting(latest[term.id]) if term.id in latest else ()))
        if id is not None:
            collector.concept(id, MentionType.DISEASE, term.name, xrefs=[term.id, *_xrefs(term)])
            for name in (term.name, *synonyms):
                add_names(collector, id, name, Status.RELATED)
        elif term.id in neoplasms:
            parents = [same.get(parent, parent) for parent in term.parents]
            collector.concept(term.id, MentionType.CANCER, term.name, parents, _xrefs(term))
            add_names(collector, term.id, term.name, Status.NAME)
            for name in synonyms:
                add_names(collector, term.id, name, Status.RELATED)


def _fitting(term: Term) -> Iterator[str]:
    """Yield a term's synonyms, without those that say less than it: *colonic tumor* is not said of benign ones."""
    for synonym in term.synonyms:
        if "benign" not in term.name or "benign" in synonym.lower() or not _TUMOR.search(synonym):
            yield synonym


_TUMOR = re.compile(r"(?:tumou?r|neoplasm)s?\b", re.IGNORECASE)


def _same(mondo: Iterable[Term], doid: dict[str, str]) -> dict[str, str]:
    """Return which MONDO term is which DOID term: by its only cross-reference, else by the same label."""
    same = {}
    for term in mondo:
        found = [xref for xref in term.xrefs if xref in doid]
        if len(found) > 1:
            found = [xref for xref in found if key(doid[xref]) == key(term.name)]
        if len(found) == 1:
            same[term.id] = found[0]
    return same


def _xrefs(term: Term) -> list[str]:
    pairs = (xref.split(":", 1) for xref in term.xrefs if ":" in xref)
    return [f"{_XREFS[space]}:{id}" for space, id in pairs if space in _XREFS and " " not in id]


def add_names(collector: Collector, id: str, name: str, status: Status) -> None:
    """Add a disease's name with its plural and its British spelling."""
    name = re.sub(r" \((?:disease|disorder)\)$", "", name)
    if re.search(r"\b(?:NOS|unspecified|susceptibility|type [A-Z]$|caused by|due to|somatic)\b", name):
        return
    lowered = name if sum(c.isupper() for c in name) > 1 else name[:1].lower() + name[1:]
    for spelling in (name, plural(lowered)):
        if spelling:
            collector.name(id, spelling, status)
            for other in british(spelling):
                collector.name(id, other, status)


# Processes that factors of this field act on. What lies below them is taken too, if its name is short.
PROCESS_ROOTS = (
    "GO:0001525",  # angiogenesis
    "GO:0001837",  # epithelial to mesenchymal transition
    "GO:0008219",  # cell death
    "GO:0006914",  # autophagy
    "GO:0016477",  # cell migration
    "GO:0008283",  # cell population proliferation
    "GO:0006955",  # immune response
    "GO:0006954",  # inflammatory response
    "GO:0007049",  # cell cycle
    "GO:0006281",  # DNA repair
    "GO:0090398",  # cellular senescence
    "GO:0042110",  # T cell activation
    "GO:0030154",  # cell differentiation
    "GO:0006096",  # glycolytic process
    "GO:0006909",  # phagocytosis
    "GO:0007155",  # cell adhesion
)
_LONG_PROCESS = re.compile(
    r"regulation|involved in|pathway|activity|,|\bof\b|\bin\b|\bby\b|\bvia\b|checkpoint|phase\b"
)


def add_processes(collector: Collector, go: Sequence[Term]) -> None:
    """Add GO's biological processes below the roots, as far as their names are what papers write."""
    wanted = below(go, PROCESS_ROOTS)
    for term in go:
        if term.id not in wanted or term.namespace != "biological_process":
            continue
        names = [n for n in (term.name, *term.synonyms) if not _LONG_PROCESS.search(n) and n.count(" ") < 4]
        if names or term.id in PROCESS_ROOTS:
            collector.concept(term.id, MentionType.PROCESS, term.name, term.parents)
            for name in names:
                if " " in name or name == term.name:
                    collector.name(term.id, name, Status.SYMBOL if name == term.name else Status.ALIAS)


def add_cell_types(collector: Collector, terms: Sequence[Term]) -> None:
    """Add CL's cell types with plurals; names of one letter and the word cell only for B and T cells."""
    for term in terms:
        if term.name.startswith("obsolete"):
            continue
        collector.concept(term.id, MentionType.CELL_TYPE, term.name, term.parents)
        for status, name in ((Status.SYMBOL, term.name), *((Status.ALIAS, s) for s in term.synonyms)):
            odd = re.match(r"(?:[AC-SU-Z]|type [A-Z]|[a-z]+ [A-Z]) cell", name) or name.count(" ") > 5
            if odd or (" " not in name and len(name) < 6):
                continue
            collector.name(term.id, name, status)
            many = plural(name) or (f"{name}s" if name.endswith(("cell", "cyte")) else None)
            if many:
                collector.name(term.id, many, status)


_LINE = re.compile(
    r"(?=[^\d]*\d)(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9./ -]{2,14}"
    r"|[A-Z]+[a-z]+[A-Z]+[A-Za-z]*|[A-Z][a-z][A-Z][a-z][A-Za-z]*"
)


def add_cell_lines(collector: Collector, terms: Sequence[Term], genes: frozenset[str]) -> None:
    """Add Cellosaurus' well-known cell lines, whose accession is a plain number, if the name is well formed.

    A line that has the name of a gene counts only where the word cell or line stands beside it.
    """
    for term in terms:
        if not re.fullmatch(r"CVCL:\d{4}", term.id) or not _LINE.fullmatch(term.name):
            continue
        if re.fullmatch(r"[A-Za-z]{1,2}\d{1,2}|\d+[A-Za-z]?|\d+-\d+", term.name.replace("-", "")):
            continue
        collector.concept(term.id, MentionType.CELL_LINE, term.name)
        for spelling in (term.name, *term.synonyms, *squashed(term.name)):
            normal = key(spelling)
            doubtful = normal in genes or len(normal.replace(" ", "")) <= 3 or normal in collector.words
            if " " not in spelling and re.fullmatch(r"[A-Z][a-z]+", spelling) and doubtful:
                continue
            policy = CELLS if doubtful else EXACT if len(normal.replace(" ", "")) <= 4 else None
            if _LINE.fullmatch(spelling):
                collector.name(term.id, spelling, Status.ALIAS, policy)
