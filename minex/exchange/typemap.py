"""Foreign mention types and what they are here; a type without a mapping takes part in nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from minex.errors import UsageError
from minex.model import MentionType

_BIONLP = {  # the Cancer Genetics and Pathway Curation tasks of the BioNLP shared task 2013
    "Gene_or_gene_product": "GENE",
    "Gene_or_gene_products": "GENE",
    "GENE_OR_GENE_PRODUCT": "GENE",
    "Complex": "GENE",
    "Cancer": "CANCER",
    "Cell": "CELL_TYPE",
    "Simple_chemical": "CHEMICAL",
    "SIMPLE_CHEMICAL": "CHEMICAL",
    "Organism": "SPECIES",
    # Process-like events, given as mentions of their trigger words
    **dict.fromkeys(
        (
            "Metastasis",
            "Cell_proliferation",
            "Cell_death",
            "Cell_differentiation",
            "Cell_transformation",
            "Carcinogenesis",
            "Blood_vessel_development",
            "Growth",
        ),
        "PROCESS",
    ),
}
_SCAI = {  # the miRNA corpus of Bagewadi et al. 2014
    "Specific_miRNAs": "MIRNA",
    "Genes/Proteins": "GENE",
    "Diseases": "DISEASE",
    "Species": "SPECIES",
}
_BIORED = {
    "GeneOrGeneProduct": "GENE",
    "DiseaseOrPhenotypicFeature": "DISEASE",
    "ChemicalEntity": "CHEMICAL",
    "OrganismTaxon": "SPECIES",
    "CellLine": "CELL_LINE",
}
_NCBI_DISEASE = dict.fromkeys(("SpecificDisease", "DiseaseClass", "CompositeMention", "Modifier"), "DISEASE")
_PUBTATOR = {"Gene": "GENE", "Disease": "DISEASE", "Chemical": "CHEMICAL", "Species": "SPECIES", "Protein": "GENE"}
_NATIVE = {kind.value: kind.value for kind in MentionType}

BUILT_IN: Mapping[str, str] = {**_BIONLP, **_SCAI, **_BIORED, **_NCBI_DISEASE, **_PUBTATOR, **_NATIVE}
"""Every foreign type that is mapped without being told."""


def read_type_map(path: Path) -> Mapping[str, str]:
    """Return the built-in map with a user's on top: JSON, or lines of `foreign<TAB>minex`.

    Raises:
        UsageError: if the file cannot be read or maps to something that is not a mention type.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("type-map", f"the type map cannot be read ({error})", where=str(path)) from error
    if text.lstrip().startswith("{"):
        try:
            pairs = list(json.loads(text).items())
        except json.JSONDecodeError as error:
            raise UsageError("type-map", f"not JSON: {error.msg}", where=f"{path}:{error.lineno}") from error
        except (ValueError, RecursionError) as error:  # digits without end, brackets without end
            raise UsageError("type-map", f"not JSON that can be read: {error}", where=str(path)) from error
    else:
        rows = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
        bad = next((row for row in rows if len(row) != 2), None)
        if bad is not None:
            raise UsageError("type-map", f"{bad!r} is not two columns", where=str(path), cure="foreign<TAB>minex")
        pairs = [(foreign.strip(), native.strip()) for foreign, native in rows]
    for foreign, native in pairs:
        if not isinstance(native, str) or native not in _NATIVE:
            raise UsageError(
                "type-map",
                f"{foreign!r:.82} is mapped to {native!r:.82}, which is no mention type",
                where=str(path),
                cure=f"allowed: {', '.join(_NATIVE)}",
            )
    return {**BUILT_IN, **dict(pairs)}
