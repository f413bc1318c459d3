"""Names to concepts, the hierarchy, a user's own names, and errors that say what to do."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import LexiconError
from minex.lexicon import Lexicon
from minex.lexicon import compiled as files
from minex.model import MentionType
from minex.tagging import mirna


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load()


def names(lexicon, text):
    return [(m.text, lexicon.name(m.candidates[0].id)) for m in lexicon.match(text)]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("HIF-1α", "HGNC:4910"),
        ("TGF-β1", "HGNC:11766"),
        ("TGFbeta1", "HGNC:11766"),
        ("TGF-β", "FPLX:TGFB"),
        ("VEGF", "FPLX:VEGF"),
        ("NF-κB", "FPLX:NFkappaB"),
        ("PHD1", "HGNC:14660"),
        ("PHD2", "HGNC:1232"),
        ("FIH-1", "HGNC:17113"),
        ("ZO-1", "HGNC:11827"),
        ("NKG2D", "HGNC:18788"),
        ("PTP1B", "HGNC:9642"),
        ("Ephrin-A3", "HGNC:3223"),
        ("CD107a", "HGNC:6499"),
        ("E-cadherin", "HGNC:1748"),
        ("tissue factor", "HGNC:3541"),
        ("p120-catenin", "HGNC:2515"),
        ("linc-RoR", "HGNC:43773"),
        ("lncRNA-UCA1", "HGNC:37126"),
        ("MIR210HG", "HGNC:39524"),
        ("PDAC", "DOID:3498"),
        ("ccRCC", "DOID:4467"),
        ("OSCC", "DOID:0050866"),
        ("H1299", "CVCL:0060"),
        ("U251", "CVCL:0021"),
        ("HUVECs", "CL:0002618"),
        ("angiogenesis", "GO:0001525"),
        ("M2 polarization", "minex:m2-polarization"),
        ("hypoxic", "MESH:D000860"),
        ("exosomal", "MESH:D055354"),
        ("dual-luciferase reporter assay", "minex:luciferase-reporter-assay"),
        ("mice", "NCBITaxon:10090"),
        ("cisplatin", "MESH:D002945"),
    ],
)
def test_people_s_names_find_their_concepts(lexicon, name, id):
    assert [m.candidates[0].id for m in lexicon.match(f"the {name}, too") if m.text == name] == [id]


def test_every_type_of_mention_has_concepts(lexicon):
    assert set(lexicon.counts) == {str(type) for type in MentionType}


@pytest.mark.parametrize(
    ("name", "id", "shown"),
    [
        ("miR-21", "mirbase.mature:MIMAT0000076", "miR-21"),
        ("miR-21-5p", "mirbase.mature:MIMAT0000076", "miR-21-5p"),
        ("miR-21*", "mirbase.mature:MIMAT0004494", "miR-21*"),
        ("miR-126", "mirbase.mature:MIMAT0000445", "miR-126"),
        ("miR-24-3p", "mirbase.mature:MIMAT0000080", "miR-24-3p"),
        ("miR-16-1", "mirbase.mature:MIMAT0000069", "miR-16-1"),
        ("let-7a", "mirbase.mature:MIMAT0000062", "let-7a"),
        ("pre-miR-155", "mirbase:MI0000681", "pre-miR-155"),
        ("pri-miR-155", "mirbase:MI0000681", "pri-miR-155"),
        ("miR-17-92 cluster", "minex.family:mir-17-92", "miR-17-92 cluster"),
        ("miR-200 family", "minex.family:mir-200", "miR-200 family"),
        ("let-7", "minex.family:let-7", "let-7 family"),
        ("miR-378", "mirbase.mature:MIMAT0000732", "miR-378"),
        ("miR-378*", "mirbase.mature:MIMAT0000731", "miR-378*"),
        ("miR-216", "mirbase.mature:MIMAT0000273", "miR-216"),
        ("miR-216 cluster", "minex.family:mir-216", "miR-216 family"),
        ("miR-128a", "mirbase.mature:MIMAT0000424", "miR-128a"),
        ("miR-151-5p", "mirbase.mature:MIMAT0004697", "miR-151-5p"),
        ("miR-24-1*", "mirbase.mature:MIMAT0000079", "miR-24-1*"),
        ("miR-125b-2*", "mirbase.mature:MIMAT0004603", "miR-125b-2*"),
        ("miR-30c-1*", "mirbase.mature:MIMAT0004674", "miR-30c-1*"),
        ("miR-196a-2", "mirbase.mature:MIMAT0000226", "miR-196a-2"),
        ("miR-181b-1", "mirbase.mature:MIMAT0000257", "miR-181b-1"),
        ("miR-133a-1", "mirbase.mature:MIMAT0000427", "miR-133a-1"),
        ("miR-29", "minex.family:mir-29", "miR-29 family"),
    ],
)
def test_a_mirna_s_name_is_the_concept_that_formerly_had_it(lexicon, name, id, shown):
    assert lexicon.link_mirna(name) == ((id,), shown)


def test_the_two_alleles_of_a_variant_are_no_part_of_a_name(lexicon):
    found = [name.name for name in mirna.find("hsa-mir-146aC>G, miR-196a2C>T, miR-499A>G and miR-149C>T")]
    assert found == ["miR-146a", "miR-196a-2", "miR-499", "miR-149"]
    assert all(lexicon.link_mirna(name)[0] for name in found)


def test_another_species_mirna_is_its_own_and_lies_below_the_human_one(lexicon):
    concepts, _ = lexicon.link_mirna("miR-155", "mmu")
    assert concepts == ("mirbase.mature:MIMAT0000165",)
    assert "mirbase.mature:MIMAT0000646" in lexicon.ancestors(concepts[0])
    assert lexicon.link_mirna("miR-99999") == ((), "miR-99999")


def test_asking_for_a_thing_collects_what_lies_below(lexicon):
    below = lexicon.descendants("mirbase.mature:MIMAT0000076")
    assert {"mirbase.mature:MIMAT0004494", "mirbase:MI0000077"} <= set(below)
    assert "DOID:3908" in lexicon.descendants("DOID:1324")
    assert "HGNC:11766" in lexicon.descendants("FPLX:TGFB")
    assert lexicon.by_xref("NCBIGene:7157") == "HGNC:11998"


def test_short_names_and_words_need_their_case(lexicon):
    assert names(lexicon, "CAT and AKT were impaired; the cat did rest") == [("CAT", "CAT"), ("AKT", "AKT")]
    assert names(lexicon, "Akt but not akt") == [("Akt", "AKT")]


def test_names_end_where_words_end(lexicon):
    assert names(lexicon, "PTENX, xPTEN and PTEN_9") == []
    assert names(lexicon, "PTEN-null, (PTEN)") == [("PTEN", "PTEN"), ("PTEN", "PTEN")]


def test_the_longest_name_wins_and_a_comma_parts_names(lexicon):
    assert names(lexicon, "non-small cell lung cancer")[0][0] == "non-small cell lung cancer"
    assert "HIF-1α" not in [m.text for m in lexicon.match("HIF, 1α")]


@given(
    st.lists(
        st.sampled_from(
            [
                "HIF-1α",
                "ﬁbroblasts",
                "TGF-β1",
                "e\u0301",
                "PTEN",
                " ",
                ", ",
                "(",
                ")",
                "-",
                "β",
                "\n",
                "😀",
                "1% O₂",
            ]
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_offsets_point_at_the_text(parts):
    text = "".join(parts)
    last = 0
    for match in Lexicon.load().match(text):
        assert text[match.start : match.end] == match.text
        assert match.start >= last
        last = match.end


def test_loading_is_quick():
    # Seconds of the processor: how busy the machine is besides says nothing of the lexicon.
    start = time.process_time()
    Lexicon(files.load(Lexicon.load.__globals__["DEFAULT"]))
    assert time.process_time() - start < 4  # 1.0 s on a free core


def test_a_user_s_names_and_blocks_come_on_top(tmp_path, lexicon):
    own = tmp_path / "own.yaml"
    own.write_text(
        "names:\n  - {id: 'minex:zz9', type: GENE, name: ZZ9, synonyms: [plural zed], parents: ['FPLX:AKT']}\n"
        "block:\n  - {name: vimentin}\n  - {name: PTEN, id: 'HGNC:9588'}\n"
    )
    mine = Lexicon.load(user=own)
    assert names(mine, "plural zed, vimentin and PTEN") == [("plural zed", "ZZ9")]
    assert mine.ancestors("minex:zz9") == ("FPLX:AKT",)
    assert mine.version != lexicon.version


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("names:\n  - {id: 'a:b', kind: GENE}\n", "names entry 1"),
        ("names:\n  - {id: 'a:b', type: GENES}\n", "LNCRNA"),
        ("stop: []\n", "names and block"),
        ("names: [", "not YAML"),
    ],
)
def test_a_wrong_user_s_file_is_explained(tmp_path, content, said):
    path = tmp_path / "own.yaml"
    path.write_text(content)
    with pytest.raises(LexiconError, match=said):
        Lexicon.load(user=path)


@pytest.mark.parametrize("content", [None, b"", b"no lexicon", b"\xfd7zXZ\x00cut"])
def test_a_missing_or_damaged_lexicon_says_how_to_build_it(tmp_path, content):
    path = tmp_path / "lexicon.xz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LexiconError, match="minex lexicon build"):
        Lexicon.load(path)
