"""Human genes and lncRNAs from HGNC, families and complexes from FamPlex."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping

from minex.lexicon.compiling.collect import EXACT, Collector, Status
from minex.lexicon.compiling.parsers import Gene
from minex.lexicon.compiling.variants import apolipoprotein, cased, glued, latin, small, spoken
from minex.lexicon.normalize import key
from minex.model import MentionType

# Loci that no paper about regulation names, or that the miRNA grammar reads.
LEFT_OUT = re.compile(
    r"pseudogene|phenotype only|fragile|RNA, (?:micro|transfer|cluster|ribosomal)|region|virus|endogenous"
)

_LABEL = re.compile(r"[A-Z][A-Z0-9]{2,}[A-Z]")


def add_genes(collector: Collector, genes: Iterable[Gene]) -> dict[str, str]:
    """Add genes with their symbols, names and aliases; return ids by symbol."""
    ids: dict[str, str] = {}
    for gene in genes:
        if LEFT_OUT.search(gene.locus):
            continue
        ids[gene.symbol] = gene.id
        long = gene.locus == "RNA, long non-coding"
        collector.concept(gene.id, MentionType.LNCRNA if long else MentionType.GENE, gene.symbol, xrefs=gene.xrefs)
        collector.name(gene.id, gene.symbol, Status.SYMBOL)
        for other in apolipoprotein(gene.symbol):
            collector.name(gene.id, other, Status.SYMBOL, EXACT)
        for name in (gene.name, *gene.alias_names):
            if not long or " " in name:
                _add(collector, gene.id, name, Status.NAME)
        for status, names in ((Status.ALIAS, gene.aliases), (Status.PREVIOUS, gene.previous)):
            for name in names:
                # MIR21 and miRNA21 are for the miRNA grammar; MIR210HG is a gene's symbol and stays.
                if not re.match(r"(?i)(?:hsa-)?(?:mirn?a?|let)-?\d+[a-z]?(?:-\d)?\b", name):
                    _add(collector, gene.id, name, status)
    return ids


def _add(collector: Collector, id: str, name: str, status: Status) -> None:
    collector.name(id, name, status)
    for other in spoken(name):
        _add(collector, id, other, status)
    for other in latin(name):
        collector.name(id, other, status, EXACT)
    for other in cased(name):
        collector.name(id, other, status, EXACT)
        collector.name(id, other.replace("-", ""), status, EXACT) if other[:1].islower() else None
    for other in small(name):
        if re.sub(r"[^a-z]", "", other) not in collector.words:
            collector.name(id, other, status, EXACT)
    for variant in glued(name):
        collector.name(id, variant, status)


def add_families(
    collector: Collector, names: Iterable[str], relations: Iterable[str], ids: dict[str, str]
) -> None:
    """Add FamPlex's families and complexes from its `grounding_map.csv` and `relations.csv`."""
    rows = [row[:5] for row in csv.reader(relations) if len(row) >= 5]
    entities = {row[4] for row in rows} | {row[1] for row in rows if row[0] == "FPLX"}
    for entity in sorted(entities):
        collector.concept(f"FPLX:{entity}", MentionType.GENE, entity.replace("_", " "))
        if _LABEL.fullmatch(entity) and entity not in ids:
            # FamPlex has not always its own label among a family's names, and rarely their plural.
            collector.name(f"FPLX:{entity}", entity, Status.SYMBOL)
            collector.name(f"FPLX:{entity}", f"{entity}s", Status.ALIAS)
    for source, child, _, target, parent in rows:
        if target != "FPLX":
            continue
        if source == "HGNC" and child in ids:
            collector.concept(ids[child], MentionType.GENE, child, parents=[f"FPLX:{parent}"])
        elif source == "FPLX":
            collector.concept(f"FPLX:{child}", MentionType.GENE, child, parents=[f"FPLX:{parent}"])
    proteins = {xref: id for id, draft in collector.concepts.items() for xref in draft.xrefs}
    for row in csv.reader(names):
        if len(row) >= 3 and row[1] == "FPLX" and row[2] in entities:
            status = Status.SYMBOL if row[0] == row[2] else Status.ALIAS
            _add(collector, f"FPLX:{row[2]}", row[0], status)
        elif len(row) >= 3 and row[1] in ("HGNC", "UP"):
            # What FamPlex says of single proteins; a name that has a meaning keeps it.
            id = ids.get(row[2]) or proteins.get(f"UniProt:{row[2]}")
            if id is not None and key(row[0]) not in collector.names:
                _add(collector, id, row[0], Status.ALIAS)


def add_mice(collector: Collector, symbols: Mapping[str, str]) -> dict[str, str]:
    """Add mouse symbols that are spelled otherwise (*Trp53*) as names of the human genes.

    Return all mouse symbols, by MGI id, that are not the human symbol with small letters after the first.
    """
    other: dict[str, str] = {}
    for id, draft in sorted(collector.concepts.items()):
        for xref in draft.xrefs & symbols.keys() if id.startswith("HGNC:") else ():
            symbol = symbols[xref]
            if symbol != draft.name.capitalize():
                other[xref] = symbol
            if key(symbol) not in collector.names:
                collector.name(id, symbol, Status.ALIAS, EXACT)
    return other
