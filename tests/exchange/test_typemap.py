"""Foreign mention types: what is built in, and a user's own map on top."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.errors import UsageError
from minex.exchange.typemap import BUILT_IN, read_type_map
from minex.model import MentionType


@pytest.mark.parametrize(
    ("corpus", "foreign", "native"),
    [
        ("BioNLP CG", "Gene_or_gene_product", "GENE"),
        ("BioNLP CG", "Cancer", "CANCER"),
        ("BioNLP CG", "Cell", "CELL_TYPE"),
        ("BioNLP CG", "Organism", "SPECIES"),
        ("BioNLP CG", "Simple_chemical", "CHEMICAL"),
        ("BioNLP CG", "Blood_vessel_development", "PROCESS"),
        ("BioNLP PC", "Complex", "GENE"),
        ("SCAI", "Specific_miRNAs", "MIRNA"),
        ("SCAI", "Genes/Proteins", "GENE"),
        ("SCAI", "Diseases", "DISEASE"),
        ("BioRED", "GeneOrGeneProduct", "GENE"),
        ("BioRED", "DiseaseOrPhenotypicFeature", "DISEASE"),
        ("BioRED", "ChemicalEntity", "CHEMICAL"),
        ("BioRED", "OrganismTaxon", "SPECIES"),
        ("BioRED", "CellLine", "CELL_LINE"),
        ("PubTator", "Gene", "GENE"),
        ("PubTator", "Disease", "DISEASE"),
        ("PubTator", "Chemical", "CHEMICAL"),
        ("PubTator", "Species", "SPECIES"),
    ],
)
def test_the_types_of_the_known_corpora_are_built_in(corpus: str, foreign: str, native: str) -> None:
    assert BUILT_IN[foreign] == native


def test_every_own_type_is_itself_and_every_target_is_one() -> None:
    types = {kind.value for kind in MentionType}
    assert all(BUILT_IN[kind] == kind for kind in types)
    assert set(BUILT_IN.values()) <= types


@pytest.mark.parametrize("foreign", ["Relation_Trigger", "Non-Specific_miRNAs", "SequenceVariant", "Mutation"])
def test_what_is_no_argument_is_not_mapped(foreign: str) -> None:
    assert foreign not in BUILT_IN


@pytest.mark.parametrize(
    "content",
    [
        '{"Widget": "MIRNA", "Gene": "LNCRNA"}',
        '\n  {"Widget": "MIRNA",\n "Gene": "LNCRNA"}\n',
        '\ufeff{"Widget": "MIRNA", "Gene": "LNCRNA"}',
        "Widget\tMIRNA\nGene\tLNCRNA\n",
        "# foreign\tminex\n\nWidget\tMIRNA\r\nGene \t LNCRNA",
        "\ufeffWidget\tMIRNA\nGene\tLNCRNA\n",
    ],
)
def test_a_map_is_json_or_two_columns_and_lies_on_top_of_the_built_in(tmp_path: Path, content: str) -> None:
    file = tmp_path / "map"
    file.write_text(content, encoding="utf-8")
    types = read_type_map(file)
    assert dict(types) == {**BUILT_IN, "Widget": "MIRNA", "Gene": "LNCRNA"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"Widget": "MIRNAS"}', "'MIRNAS', which is no mention type"),
        (b'{"Widget": 7}', "7, which is no mention type"),
        (b'{"Widget": ["GENE"]}', "which is no mention type"),
        (b'{"Widget": null}', "None, which is no mention type"),
        (b'{"Widget": "GENE"', "not JSON"),
        (b"Widget GENE\n", "is not two columns"),
        (b"Widget\tGENE\tmore\n", "is not two columns"),
        (b"Widget\tgene\n", "'gene', which is no mention type"),
        (b"\xff\xfeW", "cannot be read"),
    ],
)
def test_a_bad_map_is_a_wrong_call_and_says_what_is_wrong(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "map"
    file.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_type_map(file)
    assert says in caught.value.message
    assert str(file) in caught.value.where
    assert caught.value.exit_code == 2


def test_a_map_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_type_map(tmp_path / "none")
