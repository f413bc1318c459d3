"""What a term in PubMed's syntax finds in a mirror."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import QueryError
from minex.lexicon.meshtree import Descriptor, MeshTree
from minex.mirror.mirror import Mirror, tree_of
from minex.mirror.update import update
from tests.mirror.conftest import Mirrored
from tests.mirror.maker import Heading, Paper, file_of
from tests.mirror.naive import matches

TREE = MeshTree(
    [
        Descriptor("D000001", "Growths", ("C04",), ("Swelling",)),
        Descriptor("D000002", "Lung Growths", ("C04.588", "C08.381")),
        Descriptor("D000003", "Lung Diseases", ("C08",)),
        Descriptor("D000004", "Small Lung Growths", ("C04.588.100",)),
        Descriptor("D000005", "Look-Alikes", ("C041",)),
        Descriptor("D016454", "Review", ("V02.800",)),
        Descriptor("D000078182", "Systematic Review", ("V02.800.500",)),
    ]
)
BLOOD, CELLS = ("Q000097", "blood", False), ("Q000166", "cytology", True)
PAPERS = [
    Paper(
        11,
        "Exosomal miR-21 in lung cancer.",
        "Vesicles of tumour cells were taken up. TGF-\u03b2 rose in S\u00f3lyom's assay.",
        keywords=("hypoxia", "liquid biopsy"),
        headings=(Heading("D000002", "Lung Growths", parts=(BLOOD, CELLS)),),
        authors=(("Smith", "JA"), ("van der Berg", "P")),
        published=(2018, 3),
        electronic=(2017, 12, 30),
        entered=(2018, 1, 2),
    ),
    Paper(
        12,
        "Exosomes carry proteins.",
        "A review of vesicles under hypoxia.",
        headings=(Heading("D000003", "Lung Diseases", major=True), Heading("D000004", "Small Lung Growths")),
        types=(("D000078182", "Systematic Review"),),
        authors=(("Smithson", "J"),),
        language="ger",
        journal=("202", "Annals of vesicles", "Ann Vesicles"),
        published=(2019,),
        entered=(2019, 7, 15),
        status="PubMed-not-MEDLINE",
    ),
    Paper(
        13,
        "Notes on cell lines.",
        substances=(("C000590", "MIRN21 microRNA, human"),),
        headings=(Heading("D000005", "Look-Alikes"),),
        authors=(("Smith", "B"), ("Smith", "J")),
        published=(2020, 2, 29),
        entered=(2020, 3, 1),
        indexed=(2020, 9, 1),
    ),
]


@pytest.mark.parametrize(
    ("term", "pmids"),
    [
        ("exosom*[tiab]", [11, 12]),
        ("exosome*[ti]", [12]),
        ("vesicles[ti]", []),
        ("vesicles[ab] AND hypoxia[ab]", [12]),
        ("hypoxia[tiab]", [11, 12]),  # an author's keyword counts as PubMed counts it
        ("hypoxia[ot]", [11]),
        ("MIR-21[tiab]", [11]),
        ('"mir 21"[tiab]', [11]),
        ("TGF-beta[tiab]", [11]),
        ("solyom[tiab]", [11]),
        ('"lung cancer"[tiab]', [11]),
        ("lung cancer[tiab]", [11]),
        ('"cancer lung"[tiab]', []),
        ("cancer lung[tiab]", [11]),  # no such phrase, so word by word, as PubMed does
        ('"tumour cells"[tiab:~0]', [11]),
        ('"cells vesicles"[tiab:~2]', [11]),
        ('"cells vesicles"[tiab:~1]', []),
        ('"liquid biops*"[tiab]', [11]),
        ('"Growths"[mh]', [11, 12]),
        ("swelling[mesh terms]", [11, 12]),
        ('"Growths"[mh:noexp]', []),
        ('"Lung Growths"[mh:noexp]', [11]),
        ('"Lung Diseases"[mh]', [11, 12]),
        ('"Lung Diseases"[majr]', [11, 12]),
        ('"Lung Diseases"[majr:noexp]', [12]),
        ("Growths/cytology[mh]", [11]),
        ("Growths/cytology[majr]", [11]),
        ("Growths/blood[majr]", []),
        ("blood[sh]", [11]),
        ("Lung*[mh]", [11, 12]),
        ("D000004[mh]", [12]),
        ("review[pt]", [12]),
        ("review[pt:noexp]", []),
        ("journal article[pt]", [11, 13]),
        ('"MIRN21 microRNA, human"[nm]', [13]),
        ("english[la]", [11, 13]),
        ("ger[la]", [12]),
        ('"Annals of vesicles"[ta]', [12]),
        ("ann vesicles[journal]", [12]),
        ("202[jid]", [12]),
        ("smith[au]", [11, 13]),
        ("smith j[au]", [11, 13]),
        ('"smith j"[au]', [13]),
        ("smith*[au]", [11, 12, 13]),
        ("smith b[1au]", [13]),
        ("smith b[lastau]", []),
        ("van der berg p[lastau]", [11]),
        ("2018[dp]", [11]),
        ("2017[dp]", [11]),
        ("2017[ppdat]", []),
        ("2018:2019[dp]", [11, 12]),
        ("2019/01/01:2020/02[dp]", [12, 13]),
        ('"2019"[dp]:"3000"[dp]', [12, 13]),
        ("2019/02[dp]", []),  # a year alone is its first day
        ("2020/03[crdt]", [13]),
        ("2020/09[mhda]", [13]),
        ("2019/07/15[mhda]", [12]),  # not indexed: the day of its entry
        ('"last 10 days"[edat]', [13]),
        ("11 13[pmid]", [11, 13]),
        ("11, 12", [11, 12]),
        ("vesicles NOT 2018[dp]", [12]),
        ("smith[au] NOT exosomal OR hypoxia[ab]", [12, 13]),
        ("smith[au] NOT (exosomal OR hypoxia[ab])", [13]),
        ("hypoxia exosomes", [12]),
        ("blood AND cytology[all]", [11]),  # all fields know names of headings and subheadings
        ("all[sb] NOT medline[sb]", [12]),
        ("hasabstract", [11, 12]),
        ("german[filter]", [12]),
        ("2018[dp] OR german[la]", [11, 12]),
        ("all[sb] AND exosomes", [12]),
    ],
)
def test_a_term_finds(mirrored: Mirrored, term: str, pmids: list[int]) -> None:
    with mirrored(PAPERS) as mirror:
        mirror.vocabulary._tree = TREE
        assert list(mirror.search(term, date(2020, 3, 5)).pmids) == pmids
        assert mirror.count(term, date(2020, 3, 5)).pmids == (len(pmids),)


@pytest.mark.parametrize(
    ("term", "note"),
    [
        ('"Vapours"[mh]', "MeSH has no heading 'Vapours'"),
        ("exosomes proteins[tiab]", "its words are sought one by one"),
        ("nowhere[ta]", "journal 'nowhere'"),
        ("!!![tiab]", "no letter and no digit"),
        ("opera[pt]", "no publication type 'opera'"),
    ],
)
def test_what_is_read_otherwise_is_told(mirrored: Mirrored, term: str, note: str) -> None:
    with mirrored(PAPERS) as mirror:
        mirror.vocabulary._tree = TREE
        assert note in " ".join(mirror.search(term).notes)


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("", "no term"),
        ("(exosomes", "never closed"),
        ("exosomes)", "never opened"),
        ("exosomes AND", "ends with AND"),
        ("AND exosomes", "begins with AND"),
        ("exosomes[nowhere]", "no field"),
        ("exosomes[ad]", "the mirror has no field"),
        ("x" * 50_001, "more than 50,000"),
        (" OR ".join(["ab"] * 5_001), "more than 5,000"),
        ("(a OR (b AND " * 60 + "c" + "))" * 60, "levels deep"),
        ("2019/13[dp]", "2019/13"),
        ("soon[dp]", "soon"),
        ("ab:cd[tiab] : ef[tiab]", "range"),
        ("one[pmid]", "no PMID"),
        ("wonders[sb]", "no subset"),
        ('"exo* rest"[tiab]', "asterisk"),
        ("[tiab]", "without a term"),
        ("a\x00b", "no text"),
    ],
)
def test_a_wrong_term_is_an_error_that_says_what_is_wrong(mirrored: Mirrored, term: str, words: str) -> None:
    with mirrored(PAPERS) as mirror, pytest.raises(QueryError, match=words):
        mirror.search(term)


@pytest.mark.parametrize(
    "term",
    [
        'x"[tiab] OR tags:*[tiab]', "title:exosomes", "^exosomes[ti]", "a + b[tiab]", "NEAR(a b)", "-exosomes",
        "{title}:exosomes[ti]", "'; DROP TABLE citation; --", '") OR 1=1 --[tiab]', "exosomes* ^", "rank:x[au]",
        "\u00a7[au]", "\u00a71 \u00a7[1au]", "%[mh]", "_*[ta]", "((((((((((exosomes))))))))))",
        "(" * 500 + "a" + ")" * 500,
        "-" * 40_000, "a " * 4_000, "* *", "*[tiab]", "abcd**[ti]",
    ],
)  # fmt: skip
def test_no_sign_of_a_term_reaches_the_index_or_the_database(mirrored: Mirrored, term: str) -> None:
    with mirrored(PAPERS) as mirror:
        try:
            found = mirror.search(term).pmids
        except QueryError:
            found = ()
        assert set(found) <= {11, 12, 13}
        assert mirror.search("exosomes").pmids == (12,)


def test_the_deepest_term_that_is_allowed_is_answered(mirrored: Mirrored) -> None:
    term = "exosomes"
    for _ in range(24):
        term = f"(({term} AND a) OR exosomes[ti])"
    with mirrored(PAPERS) as mirror:
        assert mirror.search(term).pmids == (12,)


WORDS = ["exosome", "exosomes", "cell", "cells", "mir", "21", "lung", "cancer", "rose"]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(lambda found: " ".join(found).capitalize())
days = st.tuples(st.integers(2018, 2020), st.integers(1, 12), st.integers(1, 28))
headings = st.lists(
    st.builds(
        Heading,
        st.sampled_from(["D000001", "D000002", "D000003", "D000004", "D000005"]),
        st.just(""),
        st.booleans(),
        st.lists(st.sampled_from([BLOOD, CELLS]), unique=True, max_size=2).map(tuple),
    ).map(lambda h: Heading(h.id, TREE.descriptors[h.id].name, h.major, h.parts)),
    unique_by=lambda heading: heading.id,
    max_size=2,
).map(tuple)
authors = st.tuples(st.sampled_from(["Berg", "Bergman", "Cell"]), st.sampled_from(["J", "JA", "K"]))
papers = st.lists(
    st.builds(
        Paper,
        st.integers(1, 40),
        texts,
        texts,
        st.just(1),
        st.lists(st.sampled_from(["lung cells", "mir", "cancer"]), max_size=2).map(tuple),
        headings,
        st.sampled_from([(("D016454", "Review"),), (("D000078182", "Systematic Review"),), ()]),
        st.just(()),
        st.lists(authors, max_size=2).map(tuple),
        st.sampled_from(["eng", "ger"]),
        st.sampled_from([("1", "Lung", "Lung J"), ("2", "Cells of note", "Cells")]),
        days | st.tuples(st.integers(2018, 2020)),
        st.just(()) | days,
        days,
        st.just(()) | days,
        st.just(()) | days,
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda paper: paper.pmid,
)  # fmt: skip
dates = st.one_of(
    st.integers(2018, 2020).map(str),
    st.tuples(st.integers(2018, 2020), st.integers(1, 12)).map(lambda d: f"{d[0]}/{d[1]:02d}"),
    days.map(lambda d: "/".join(map(str, d))),
)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
leaves = st.one_of(
    st.sampled_from(WORDS),
    st.tuples(st.sampled_from(["lung", "exos", "canc", "cell"]), st.sampled_from(["tiab", "ti", "ab", "all"])).map(
        lambda pair: f"{pair[0]}*[{pair[1]}]"
    ),
    st.tuples(phrases, st.sampled_from(["tiab", "ti", "ab", "all"]), st.booleans()).map(
        lambda found: f'"{found[0]}"[{found[1]}]' if found[2] else f"{found[0]}[{found[1]}]"
    ),
    st.tuples(
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=3, unique=True), st.integers(0, 3)
    ).map(lambda found: f'"{" ".join(found[0])}"[tiab:~{found[1]}]'),
    st.tuples(
        st.sampled_from([each.name for each in TREE.descriptors.values()]),
        st.sampled_from(["", "/blood", "/cytology"]),
        st.sampled_from(["mh", "mh:noexp", "majr", "majr:noexp"]),
    ).map(lambda found: f'"{found[0]}{found[1]}"[{found[2]}]'),
    st.sampled_from(["review[pt]", "systematic review[pt]", "review[pt:noexp]", "english[la]", "ger[la]"]),
    st.sampled_from(["lung[ta]", '"Cells of note"[ta]', "berg[au]", "berg j[au]", '"berg j"[au]', "cell k[au]"]),
    st.lists(st.integers(1, 40), min_size=1, max_size=3).map(lambda found: f"{' '.join(map(str, found))}[pmid]"),
    st.tuples(dates, st.sampled_from(["dp", "edat", "crdt", "mhda"])).map(lambda found: f"{found[0]}[{found[1]}]"),
    st.tuples(dates, dates, st.sampled_from(["dp", "edat", "crdt", "mhda"])).map(
        lambda found: f"{min(found[:2])[:4]}:{max(found[:2])}[{found[2]}]"
    ),
)  # fmt: skip
operators = st.sampled_from([" AND ", " OR ", " NOT "])
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(inner, operators, inner).map("".join),
        st.tuples(inner, operators, inner).map(lambda parts: f"({''.join(parts)})"),
    ),
    max_leaves=8,
)


@contextmanager
def a_mirror(found: list[Paper]) -> Iterator[Mirror]:
    folder = Path(tempfile.mkdtemp())
    try:
        file_of(folder, 1, found)
        assert update(folder).exit_code == 0
        with Mirror(folder, TREE) as mirror:
            yield mirror
    finally:
        shutil.rmtree(folder)


@settings(max_examples=60, deadline=None)
@given(papers, st.lists(terms, min_size=1, max_size=25))
def test_the_index_finds_what_reading_every_paper_finds(found: list[Paper], asked: list[str]) -> None:
    with a_mirror(found) as mirror:
        for term in asked:
            expected = matches(tree_of(term), found, TREE)
            assert set(mirror.search(term).pmids) == expected, term


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='ab "[]()*:~/&|^{}+-\u00a7\u201cANDORNOT tiab mh dp 2019', max_size=60))
def test_whatever_is_asked_there_is_an_answer_or_an_error_that_says_why(term: str) -> None:
    with Mirror(_shared()) as mirror:
        mirror.vocabulary._tree = TREE
        with suppress(QueryError):
            mirror.search(term)


def _shared() -> Path:
    """Return the folder of a mirror that lives as long as the tests."""
    global _FOLDER
    if _FOLDER is None:
        _FOLDER = tempfile.TemporaryDirectory()
        file_of(Path(_FOLDER.name), 1, PAPERS)
        update(Path(_FOLDER.name))
    return Path(_FOLDER.name)


_FOLDER: tempfile.TemporaryDirectory[str] | None = None
