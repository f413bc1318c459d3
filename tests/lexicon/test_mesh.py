"""What MeSH adds: names of proteins, substances, diseases, and nothing that means something already."""

from __future__ import annotations

from minex.lexicon.compiling import parsers
from minex.lexicon.compiling.collect import Collector, Status
from minex.lexicon.compiling.genes import add_mice
from minex.lexicon.compiling.mesh import add_chemicals, add_diseases, add_proteins
from minex.lexicon.compiling.variants import latin, small
from minex.lexicon.normalize import key
from minex.model import MentionType

DESCRIPTORS = list(
    parsers.mesh_terms(
        [
            "D1\tOsteoprotegerin\tOCIF Protein|Factor, Turned Round\tD12.776.1",
            "D2\tCisplatin\tcis-Platinum\tD01.1|D02.2",
            "D3\tFlavonoids\t\tD03.1",
            "D4\tLead\t\tD01.5",
            "D5\tP-Selectin\t\tD09.4|D12.776.2",
            "D6\tEbola\tEbola Fever\tC01.1",
            "D7\tDry Eye\tDry Eye Disease\tC11.1",
            "D8\tSome Tumor\t\tC04.1",
            "D9\tPlainafil Citrate\t\tD02.9|D03.9",
            "D10\tNobodimab\t\tD12.776.3",
        ]
    )
)
SUPPLEMENTS = list(
    parsers.mesh_supplements(
        [
            "C1\tKITLG protein, human\tstem cell factor, human|SCF protein, human|mast cell (kit) factor, human",
            "C2\tGW 4869\tN,N'-bis long name",
            "C3\tPRK1 protein, Petunia\tpollen kinase 1",
            "C4\tsomething else\tSE-1",
            "C5\ttetrawonine\t\tD9",
            "C6\tkinasinase\t\tD5",
            "C7\tnowheresine\t\t",
        ]
    )
)
MAPPINGS = parsers.mesh_mappings(
    ["MESH\tD1\tOsteoprotegerin\tHGNC\t9\tTNFRSF11B", "MESH\tD7\tDry Eye\tDOID\tDOID:7\tdry"]
)
SYMBOLS = {"TNFRSF11B": "HGNC:9", "KITLG": "HGNC:8"}


def collector():
    made = Collector(words=frozenset({"lead"}))
    for symbol, id in SYMBOLS.items():
        made.concept(id, MentionType.GENE, symbol, xrefs=[f"MGI:{id[-1]}"])
        made.name(id, symbol, Status.SYMBOL)
    return made


def meanings(made, name):
    return sorted(made.names.get(key(name), {}))


def test_proteins_have_their_names_in_words():
    made = collector()
    add_proteins(made, DESCRIPTORS, SUPPLEMENTS, MAPPINGS, SYMBOLS)
    assert meanings(made, "osteoprotegerin") == ["HGNC:9"]
    assert meanings(made, "stem cell factor") == meanings(made, "SCF") == ["HGNC:8"]
    assert meanings(made, "mast cell (kit) factor") == meanings(made, "pollen kinase 1") == []


def test_a_name_that_means_a_gene_gets_no_second_meaning():
    made = collector()
    made.concept("HGNC:1", MentionType.GENE, "OTHER")
    made.name("HGNC:1", "stem cell factor", Status.NAME)
    add_proteins(made, DESCRIPTORS, SUPPLEMENTS, MAPPINGS, SYMBOLS)
    assert meanings(made, "stem cell factor") == ["HGNC:1"]


def test_substances_are_taken_and_classes_words_and_proteins_are_not():
    made = collector()
    add_chemicals(made, DESCRIPTORS, SUPPLEMENTS, MAPPINGS)
    assert meanings(made, "cisplatin") == ["MESH:D2"]
    assert meanings(made, "GW4869") == ["MESH:C2"]
    assert meanings(made, "plainafil") == ["MESH:D9"]
    assert meanings(made, "nobodimab") == ["MESH:D10"]
    assert meanings(made, "tetrawonine") == ["MESH:C5"]
    for name in (
        "kinasinase",
        "nowheresine",
        "flavonoids",
        "lead",
        "P-selectin",
        "something else",
        "osteoprotegerin",
    ):
        assert meanings(made, name) == []


def test_a_disease_of_doid_has_mesh_s_names_and_id_and_others_are_added():
    made = collector()
    made.concept("DOID:7", MentionType.DISEASE, "dry eye")
    made.name("DOID:7", "dry eye", Status.SYMBOL)
    add_diseases(made, DESCRIPTORS, MAPPINGS)
    assert meanings(made, "dry eye disease") == ["DOID:7"]
    assert made.concepts["DOID:7"].xrefs == {"MESH:D7"}
    assert meanings(made, "Ebola fever") == ["MESH:D6"]
    assert "MESH:D8" not in made.concepts


def test_mouse_symbols_that_differ_are_kept_and_name_the_human_gene():
    made = collector()
    symbols = parsers.mouse_symbols(["ID\tsymbol\tsynonyms", "9\tOpg9\t", "8\tKitlg\t"])
    assert add_mice(made, symbols) == {"MGI:9": "Opg9"}
    assert meanings(made, "Opg9") == ["HGNC:9"]


def test_greek_letters_lost_in_print_and_symbols_in_small_letters():
    assert "TNFa" in list(latin("TNF-alpha"))
    assert list(latin("tubulin alpha")) == []
    assert (list(small("RAC1")), list(small("REST"))) == (["rac1"], [])
