"""The curated tables: what people write and no source has. Ids are looked up in the sources, never invented."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from minex.errors import LexiconError
from minex.lexicon.compiling.collect import CELLS, EXACT, STRICT, SUPPORT, Collector, Status
from minex.lexicon.compiling.mirnas import Family
from minex.lexicon.compiling.variants import british, cased, glued, latin, of_cancers, plural
from minex.lexicon.normalize import key
from minex.model import MentionType

FOLDER = Path(__file__).resolve().parent.parent / "curated"
TABLES = ("genes.tsv", "cancers.tsv", "processes.tsv", "surroundings.tsv", "cells.tsv", "others.tsv")
_TYPE_OF = {"genes.tsv": MentionType.GENE, "processes.tsv": MentionType.PROCESS}
_COUNTED = (
    MentionType.CANCER,
    MentionType.DISEASE,
    MentionType.CELL_TYPE,
    MentionType.PROCESS,
    MentionType.METHOD,
    MentionType.VESICLE,
)
# MeSH's supplementary concepts are not among the labels: there are ten times as many as descriptors.
_LITERAL = ("minex:", "NCBITaxon:", "CHEBI:", "MESH:C")

Labels = Mapping[str, Mapping[str, str]]
"""Ids by source (`DOID`, `GO`, ...) and label."""


def rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a table's rows with where each stands; lines that begin with # are comments."""
    lines = [
        (number, line)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if line and not line.startswith("#")
    ]
    reader = csv.reader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(reader)
    for (number, _), values in zip(lines[1:], reader, strict=True):
        yield f"{path}:{number}", dict(zip(header, (*values, *[""] * len(header)), strict=False))


def split(value: str) -> tuple[str, ...]:
    """Return a cell's parts."""
    return tuple(part.strip() for part in value.split("|") if part.strip())


def add_tables(collector: Collector, labels: Labels, folder: Path = FOLDER) -> None:
    """Add the concepts and names of all tables that are there.

    Raises:
        LexiconError: if an id cannot be found in the sources.
    """
    for table in TABLES:
        path = folder / table
        if not path.exists():
            continue
        for where, row in rows(path):
            type = MentionType(row["type"]) if "type" in row else _TYPE_OF[table]
            id = resolve(row["id"], labels, where)
            parents = [resolve(parent, labels, where) for parent in split(row.get("parents", ""))]
            _add(collector, id, type, row, parents, labels)


def _add(
    collector: Collector, id: str, type: MentionType, row: dict[str, str], parents: list[str], labels: Labels
) -> None:
    name = row.get("name") or row["id"].split("=", 1)[-1]
    known = collector.concepts.get(id)
    if known is None:
        collector.concept(id, type, name, parents)
    else:
        known.parents.update(parent for parent in parents if parent != id)
        known.name = row.get("name") or known.name
        # A family of genes, or a term that two ontologies share, keeps its own type.
        known.type = known.type if type is MentionType.GENE else type
    for spelling in split(row["synonyms"]):
        policy = CELLS if spelling.startswith("*") else None
        spelling = spelling.removeprefix("*")
        for variant in _variants(spelling, type):
            collector.name(id, variant, Status.CURATED, policy)


def _variants(spelling: str, type: MentionType) -> Iterator[str]:
    """Yield a curated name in all its spellings; the singular and the plural are one name."""
    spellings = [spelling]
    if type is MentionType.GENE:
        spellings += (*cased(spelling), *latin(spelling))
    elif type in _COUNTED and (many := plural(spelling)):
        spellings.append(many)
    if type is MentionType.CANCER:
        spellings += of_cancers(spelling)
    for one in spellings:
        yield from (one, *british(one), *glued(one))


def add_support(collector: Collector, labels: Labels, folder: Path = FOLDER) -> dict[str, dict[str, list[str]]]:
    """Add the names that count only with support; return the words that support each, by name and id.

    The first is `+` where a word of genes beside the name is support too; one that begins with `!` is against it.

    Raises:
        LexiconError: if an id cannot be found in the sources.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for where, row in rows(folder / "support.tsv"):
        id = resolve(row["id"], labels, where)
        words = sorted({"!" * word.startswith("!") + key(word) for word in split(row["words"])})
        for name in split(row["names"]):
            # *Was gene expression changed?* is no sentence on the gene WAS.
            policy = STRICT if name.lower() in collector.words else EXACT
            collector.name(id, name, Status.CURATED, policy + SUPPORT if words else policy)
            if words:
                found.setdefault(key(name), {})[id] = [*(["+"] if row["beside"] else []), *words]
    return found


def resolve(lookup: str, labels: Labels, where: str) -> str:
    """Return the id for `SOURCE=label`, or a literal `minex:` id."""
    if lookup.startswith(_LITERAL):
        return lookup
    source, _, label = lookup.partition("=")
    try:
        return labels[source][label]
    except KeyError:
        raise LexiconError(
            "lexicon-label",
            f"{source or lookup!r} has no term {label!r}",
            where=where,
            cure="look the label up in the source, or give a minex: id",
        ) from None


def families(folder: Path = FOLDER) -> list[Family]:
    """Return the curated miRNA families and clusters."""
    return [
        Family(row["id"], row["name"], split(row["synonyms"]), split(row["members"]))
        for _, row in rows(folder / "mirna_families.tsv")
    ]


def former(folder: Path = FOLDER) -> dict[str, str]:
    """Return which arm had a bare name, where accessions do not say it."""
    return {row["name"].lower(): row["arm"] for _, row in rows(folder / "mirna_former.tsv")}


def stop(folder: Path = FOLDER) -> dict[str, frozenset[str]]:
    """Return the names that no concept of a type may have, in normal form."""
    return {row["type"]: frozenset(map(key, split(row["names"]))) for _, row in rows(folder / "stop.tsv")}


def lines(name: str, folder: Path = FOLDER) -> frozenset[str]:
    """Return the lines of a word list."""
    text = (folder / name).read_text().splitlines()
    return frozenset(line for line in text if line and not line.startswith("#"))
