"""Plain text out of a PDF, put back together; every sample is written for these tests."""

from __future__ import annotations

import pytest

from minex.formats.plaintext import parse_text
from minex.model import Document, Passage, PassageKind

WIDE = "Exosomes from starved cells carried more miR-7 than those of fed cells"


def texts(document: Document, kind: PassageKind = PassageKind.TEXT) -> list[str]:
    return [passage.text for passage in document.passages if passage.kind is kind]


def table(document: Document) -> Passage:
    (found,) = (passage for passage in document.passages if passage.kind is PassageKind.TABLE)
    return found


def rows(passage: Passage) -> list[dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for cell in passage.cells:
        found.setdefault(cell.row, {})[cell.header] = passage.text[cell.start : cell.end]
    return [found[number] for number in sorted(found)]


def check_offsets(document: Document, text: str) -> None:
    for passage in document.passages:
        assert passage.source is not None
        for offset, char in enumerate(passage.text):
            if char not in " \n|":
                assert text[passage.source.to_source(offset)] == char


PAPER = """\
Starvation raises miR-7 in exosomes of
kidney cancer and lowers KLF4
Ada Byron1, Mary Fairfax2 and Emmy Noe1*

Abstract
Background: Starved cells shed exosomes. What they carry is not
well known.
Results: miR-7 rose under star-
vation. It lowered KLF4.

1 Introduction
Starved cells live on the edge of tumors, where vessels are few and
sugar is scarce. They send exosomes into their neighbourhood, and
these exosomes change others.
Whether this is good or bad for the tumor depends on the cargo that
the exosomes bring, and the cargo depends on the place where they

Fig. 1 Exosomes of starved cells. A Size of exosomes in fed and in starved cells. B Counts of them, *P < 0.05
 were made.

Results
Starvation raises miR-7 in the exosomes of kidney cancer
cells
We starved cells for two days and measured what their exosomes held.
Levels of miR-
7 rose fourfold (Fig. 1A, B), and serum-
free cells did the same. The rise was seen in all three lines of

KLF4-positive cells. KLF4 was low in them.

Discussion
Our data say that starved cells are talking to fed ones.

References
1. Byron A. On exosomes. J Sample Find. 2011;
3:14.
2. Fairfax M. On sugar. J Sample Find. 2012;4:1.
"""


def test_a_paper_comes_apart_as_its_author_meant():
    document = parse_text(PAPER, "paper.txt")
    check_offsets(document, PAPER)
    assert document.id == "text:paper.txt"
    assert document.title == "Starvation raises miR-7 in exosomes of kidney cancer and lowers KLF4"
    found = [(str(passage.kind), passage.section, passage.text) for passage in document.passages]
    place = "Starvation raises miR-7 in the exosomes of kidney cancer cells"
    assert found == [
        ("title", "", document.title),
        ("text", "Authors", "Ada Byron1, Mary Fairfax2 and Emmy Noe1*"),
        ("title", "Abstract", "Abstract"),
        ("text", "Background", "Starved cells shed exosomes. What they carry is not well known."),
        ("text", "Results", "miR-7 rose under starvation. It lowered KLF4."),
        ("title", "1 Introduction", "1 Introduction"),
        (
            "text",
            "1 Introduction",
            "Starved cells live on the edge of tumors, where vessels are few and sugar is scarce. They send "
            "exosomes into their neighbourhood, and these exosomes change others.",
        ),
        (
            "text",
            "1 Introduction",
            "Whether this is good or bad for the tumor depends on the cargo that the exosomes bring, and the "
            "cargo depends on the place where they were made.",
        ),
        (
            "caption",
            "1 Introduction",
            "Fig. 1 Exosomes of starved cells. A Size of exosomes in fed and in starved cells. B Counts of them, "
            "*P < 0.05",
        ),
        ("title", "Results", "Results"),
        ("title", place, place),
        (
            "text",
            place,
            "We starved cells for two days and measured what their exosomes held. Levels of miR-7 rose fourfold "
            "(Fig. 1A, B), and serum-free cells did the same. The rise was seen in all three lines of "
            "KLF4-positive cells. KLF4 was low in them.",
        ),
        ("title", "Discussion", "Discussion"),
        ("text", "Discussion", "Our data say that starved cells are talking to fed ones."),
        ("title", "References", "References"),
        ("references", "References", "1. Byron A. On exosomes. J Sample Find. 2011; 3:14."),
        ("references", "References", "2. Fairfax M. On sugar. J Sample Find. 2012;4:1."),
    ]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("the pro-\ngress of", "the progress of"),
        ("hypoxia-\ninduced exosomes", "hypoxia-induced exosomes"),
        ("miR-\n21 rose", "miR-21 rose"),
        ("by TGF-\nβ1 alone", "by TGF-β1 alone"),
        ("the mTHP-\n1 cells", "the mTHP-1 cells"),
        ("VEGF-\ndriven growth", "VEGF-driven growth"),
        ("anti-\nCD9 beads", "anti-CD9 beads"),
        ("a pheno-\ntype of", "a phenotype of"),
        ("an un-\nrelated gene", "an unrelated gene"),
        ("Sci-\nentific work", "Scientific work"),
        ("pre-\nand post-test", "pre- and post-test"),
        ("the micro\u00ad\nvesicles", "the microvesicles"),
        ("micro\u00advesicles", "microvesicles"),
        ("from 30–\n100 nm", "from 30–100 nm"),
        ("PTEN/\nAkt", "PTEN/Akt"),
        ("a low -\nvery low - level", "a low - very low - level"),
        ("ﬁbrosis is ﬂat", "fibrosis is flat"),
        ("some  text\u00a0\u2009here", "some text here"),
        ("one\r\ntwo\rthree", "one two three"),
        ("MiR-\nNAs and others; miRNAs", "MiRNAs and others; miRNAs"),
        ("tumor-asso-\nciated cells", "tumor-associated cells"),
        ("sero-\ntonin-fed; we write sero-tonin", "sero-tonin-fed; we write sero-tonin"),
        ("mitoXY-\nchondria", "mitoXY-chondria"),
    ],
)
def test_words_broken_at_a_lines_end(broken, mended):
    (passage,) = parse_text(f"We saw {broken}.", "a.txt").passages
    assert passage.text == f"We saw {mended}."


def stacked(*cells: str) -> str:
    return "\n\n".join(cells) + "\n\n"


def test_table_of_cells_one_below_the_other():
    text = (
        "They took up what the fed cells had shed before, and this was seen\nin mice too, where Smith found that\n"
        " Table 2 Exosomal factors of starved tumors\n"
        + stacked("Factor", "Tumor", "Effect", "Refs")
        + stacked("miR-7", "Kidney\ncancer", "Lowers KLF4 and\nstem-\nness", "[12]")
        + stacked("lnc-ABC", "Glioma", "Not known", "[13, 14]")
        + stacked("SOX9 protein", "Melanoma", "Raises growth", "[15–17]")
        + "fed tumors did the same, though more slowly and only after several days.\nThe end of it was the same.\n"
    )
    document = parse_text(text, "a.txt")
    check_offsets(document, text)
    found = table(document)
    assert found.text == (
        "miR-7 | Kidney cancer | Lowers KLF4 and stemness | [12]\n"
        "lnc-ABC | Glioma | Not known | [13, 14]\n"
        "SOX9 protein | Melanoma | Raises growth | [15–17]"
    )
    assert found.section == "Table 2 Exosomal factors of starved tumors"
    assert rows(found)[0] == {
        "Factor": "miR-7",
        "Tumor": "Kidney cancer",
        "Effect": "Lowers KLF4 and stemness",
        "Refs": "[12]",
    }
    assert len(rows(found)) == 3
    assert texts(document, PassageKind.CAPTION) == ["Table 2 Exosomal factors of starved tumors"]
    assert "Smith found that fed tumors did the same" in texts(document)[0]


def test_a_row_that_does_not_come_out_even_is_text_and_the_others_are_cells():
    text = (
        "Table 1. Factors\n\n"
        + stacked("Factor", "Tumor", "Ref")
        + stacked("miR-7", "Kidney cancer", "[1]")
        + stacked("miR-8", "[2]")
        + stacked("miR-9", "Glioma", "in mice", "[3]")
        + stacked("miR-10", "Melanoma", "[4]")
    )
    found = table(parse_text(text, "a.txt"))
    assert [row["Factor"] for row in rows(found)] == ["miR-7", "miR-10"]
    assert found.text.split("\n")[1:3] == ["miR-8 | [2]", "miR-9 | Glioma | in mice | [3]"]
    assert [cell.row for cell in found.cells] == [0, 0, 0, 3, 3, 3]


def test_table_that_goes_on_on_the_next_page():
    text = (
        "Table 1 Factors\n\n"
        + stacked("Factor", "Tumor", "Ref")
        + stacked("miR-7", "Kidney cancer", "[1]", "miR-8", "Lung cancer", "[2]")
        + stacked("Table 1 Factors (Continued)", "Factor", "Tumor", "Ref")
        + stacked("miR-9", "Glioma", "[3]")
    )
    assert [row["Factor"] for row in rows(table(parse_text(text, "a.txt")))] == ["miR-7", "miR-8", "miR-9"]


def test_stacked_table_without_references_is_found_by_its_columns():
    cells = [each for n in range(6) for each in (f"miR-{n}", "raised in many patients", f"{n}.5")]
    found = table(parse_text("Table 3 Levels\n\n" + stacked("Factor", "What was seen", "Fold", *cells), "a.txt"))
    assert len(rows(found)) == 6
    assert rows(found)[2] == {"Factor": "miR-2", "What was seen": "raised in many patients", "Fold": "2.5"}


def test_stacked_cells_without_a_pattern_stay_text():
    found = table(
        parse_text(
            "Table 3 Words\n\n" + stacked("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"), "a.txt"
        )
    )
    assert found.cells == ()
    assert found.text.split("\n")[:2] == ["alpha", "beta"]


def test_table_with_gaps_between_columns():
    text = (
        "Table 1 Factors\n"
        "Factor     Tumor          Effect\n"
        "miR-7      Kidney         Lowers KLF4 and\n"
        "           cancer         SOX2\n"
        "miR-8      Glioma         None\n"
        "\nThe text goes on here, with a sentence.\n"
    )
    document = parse_text(text, "a.txt")
    check_offsets(document, text)
    found = table(document)
    assert found.text == "miR-7 | Kidney cancer | Lowers KLF4 and SOX2\nmiR-8 | Glioma | None"
    assert rows(found)[1] == {"Factor": "miR-8", "Tumor": "Glioma", "Effect": "None"}
    assert texts(document) == ["The text goes on here, with a sentence."]


def test_table_with_a_row_a_line_and_no_gaps_is_kept_as_lines():
    text = (
        "Table 1 Primers\n\nGene Forward Reverse\n\nABC ACG TTG CCA\n\nDEF GGT CCA AAC\n\nMice\nMice were fed.\n"
    )
    document = parse_text(text, "a.txt")
    found = table(document)
    assert (found.cells, found.text.split("\n")) == (
        (),
        ["Gene Forward Reverse", "ABC ACG TTG CCA", "DEF GGT CCA AAC"],
    )
    assert document.passages[-1].section == "Mice"


def test_running_heads_and_page_numbers_are_left_out():
    pages = []
    for number, (animal, place) in enumerate([("mice", "kidney"), ("rats", "liver"), ("fish", "brain")], start=1):
        body = f"and in the {place} of {animal} the exosomes of starved cells\n"
        body += f"carried more miR-7 than those of fed {animal},"
        pages.append(f"Byron et al. J Sample Find (2020) 3:14\n\n{body}\n\n{number}\n")
    text = "\f".join(pages) + "\fwhich is much."
    document = parse_text(text, "a.txt")
    check_offsets(document, text)
    (passage,) = document.passages
    assert "Byron" not in passage.text
    assert passage.text.endswith(
        "than those of fed rats, and in the brain of fish the exosomes of starved cells "
        "carried more miR-7 than those of fed fish, which is much."
    )


def test_numbers_and_repeated_lines_elsewhere_stay():
    text = "One.\n\n12\n\nIncreased\n\nIncreased\n\nIncreased\n\n12\n"
    assert parse_text(text, "a.txt").text.replace("\n", " ").split() == text.split()


def test_small_first_letters_of_names_begin_paragraphs():
    text = f"{WIDE} and died.\n\nmiR-7 lowered KLF4 in {WIDE}.\n\np53 did not."
    assert len(texts(parse_text(text, "a.txt"))) == 3


def test_one_line_a_paragraph():
    long = "This is a paragraph on one long line. " * 12
    text = f"A heading of some kind\n{long}\nResults\n{long}\n{long}\n"
    kinds = [str(passage.kind) for passage in parse_text(text, "a.txt").passages]
    assert kinds == ["title", "text", "title", "text", "text"]


def test_doi_on_the_first_page():
    assert parse_text("https://doi.org/10.1234/abc-1.2.\n\nText.", "a.txt").doi == "10.1234/abc-1.2"
    assert parse_text("Text.", "a.txt").doi is None


def test_nothing_but_signs_that_are_not_seen():
    assert parse_text("\u200b\n\u00ad", "a.txt").passages == ()
