"""Where sentences end: a table of cases, the properties that hold for any text, and documents."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minex.model import Document, Passage, PassageKind, TableCell
from minex.syntax.sentences import split, split_document
from tests.growth import STRAIGHT, growth

# Each case is a text whose sentences are parted by "¦"; the mark is taken out before reading.
CASES = [
    "miR-21 was high in tumours. ¦It targets PTEN.",
    "As shown by Novak et al. in 2014, miR-21 rose.",
    "As shown by Novak et al. (2014), miR-21 rose.",
    "This agrees with Novak et al. ¦We then looked at PTEN.",
    "The band was absent (Fig. 2A). ¦The other was not.",
    "See Figs. 2 and 3 for the blots. ¦They agree.",
    "Normoxia vs. hypoxia was compared.",
    "Cells (i.e. HeLa) grew. ¦They died.",
    "A kinase, e.g. AKT1, is needed.",
    "A kinase, i.e. AKT1, is needed.",
    "E. coli was used. ¦H. pylori was not.",
    "In C. elegans, lin-4 acts early.",
    "In C. elegans. ¦The worm is small.",
    "The ratio was 5.5 in all wells. ¦It fell.",
    "Dr. Novak gave the cells. ¦She kept some.",
    "Clone No. 5 was kept. ¦No. 6 was lost.",
    "They said no. ¦The work went on.",
    "It took approx. 5 h. ¦Then it stopped.",
    "It took ca. 5 h and was washed.",
    "This holds (cf. Table 2). ¦We agree.",
    "Treated and control, resp. 5 and 7, were kept.",
    "As in Ref. 12, cells were starved. ¦They shrank.",
    "By Eq. 3 the rate is low.",
    "It came from Sigma Inc. and was pure. ¦It was cold.",
    "It came from Sigma Ltd. ¦The buffer was ours.",
    "She moved to St. Louis with it.",
    "The fall was clear (p < .05). ¦The rise was not.",
    "The fall was clear at p < .05 in mice.",
    "The line is from J. Smith and was typed.",
    "The line is from J. B. Smith. ¦It was typed.",
    "We thank P. Novak, R. Adams and K. Weber.",
    "It needs protein kinase C. ¦Activation follows.",
    "It is hepatitis B. ¦Patients recover.",
    "Doses were given i.v. and s.c. to mice.",
    "Doses were given i.p. ¦Mice were weighed.",
    "The U.S. Army paid for it. ¦Nobody else did.",
    "We used version 2.1.3 of it. ¦It ran.",
    "Mice (n = 5. Two died. Three lived.) were kept. ¦They ate.",
    "The rise (it was small.) is real. ¦It stays.",
    "We saw it [see Fig. 2. It is clear.] twice. ¦Then it went.",
    "It fell in all cells. ¦miR-21 was the cause.",
    "It fell in all cells. ¦let-7a was the cause.",
    "It fell in all cells. ¦p53 was the cause.",
    "It fell in all cells. ¦mTOR was the cause.",
    "It fell in all cells. ¦hsa-miR-21 was the cause.",
    "It fell in all cells. ¦c-myc was the cause.",
    "It fell in all cells. ¦pri-miR-21 did not.",
    "It fell in all cells. ¦12 mice were kept.",
    "It fell in all cells. ¦β-Catenin rose.",
    "It fell in all cells. ¦α-Actinin rose.",
    "It fell (in all cells.) ¦The rest rose.",
    'They call it "the oncomiR." ¦The name stayed.',
    "Is miR-21 the cause? ¦We think so.",
    "What a rise! ¦It was not expected.",
    "It fell in all cells.[12] ¦The rest rose.",
    "It fell in all cells.12 ¦The rest rose.",
    "It fell in all cells.12,14 ¦The rest rose.",
    "It drives metastasis [32]. ¦During growth it falls.",
    "It was seen before [1–5]. ¦Although rare, it matters.",
    "It was seen before [1, 5]. ¦Although rare, it matters.",
    "It has a role. ¦RESULTS: miR-21 was high. ¦CONCLUSIONS: It matters.",
    "We measured the levels.¦RESULTS: miR-21 was high.",
    "It binds the protein.¦We then washed it.",
    "It fell in all cells.¦The rest rose.",
    "It fell in all cells.¦miR-21 rose.",
    "It fell (p<0.05).¦The rest rose.",
    "The file is at www.example.Org and free.",
    "Mail mir.Novak@example.org about it.",
    "One paragraph without a stop\n\n¦Another paragraph",
    "One paragraph. \n \n ¦Another paragraph.",
    "A title without a stop\n¦The first sentence of the abstract is much longer than it. ¦The second is not.",
    "miR-21 targets PTEN in lung cancer\n¦miR-21 is high in lung cancer, as many have found in patients.",
    "A title with a stop.\n¦The first sentence.",
    "A title that breaks in the\nMiddle of a phrase",
    "Introduction\n¦The cells grew. ¦They died.\n¦Methods\n¦The cells were washed.",
    "This text was wrapped by hand at some sixty characters, so that\n"
    "PTEN stands at a line's head without a sentence before it, and\n"
    "HeLa cells do too, and nothing ends until there is a full stop.\n"
    "¦The second sentence follows it.",
    "This text was wrapped by hand at some sixty characters, as in\nFig.\n2 of the paper.",
    "1. Introduction",
    "1. The cells grew. ¦2. The cells died.",
    "Samples were spun for 10 min. ¦Pellets were kept.",
    "Samples were kept for 2 h. ¦Pellets were washed.",
    "The loci are on chr. 5 and chr. 9 of mice.",
    "Panels are shown in E and F. ¦Embryos are at the left.",
    "(A) The cells. ¦(B) The mice.",
    "the cells were seen. ¦(a) Bright field. ¦(b) Dark field.",
    "An open bracket (that never ends. ¦The text goes on.",
    "A closing bracket) that never began. ¦The text goes on.",
    "...",
    "",
    "   ",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_would_end_them(case: str) -> None:
    text = case.replace("¦", "")
    expected = [part.strip() for part in case.split("¦") if part.strip()]
    assert [text[span.start : span.end] for span in split(text)] == expected


WORDS = [
    "miR-21",
    "PTEN",
    "The",
    "cell",
    "et",
    "al.",
    "Fig.",
    "E.",
    "coli",
    "5.5",
    "2",
    "RESULTS:",
    "a",
    "p53",
    "β",
]
MARKS = [
    ".",
    "?",
    "!",
    "(",
    ")",
    "[",
    "]",
    "[12]",
    ",",
    ":",
    " ",
    " ",
    "\n",
    "\n\n",
    "\f",
    "\t",
    "\u2028",
    "\u00a0",
]
PIECES = st.lists(st.sampled_from([*WORDS, *MARKS]), max_size=60).map("".join)


@given(st.one_of(st.text(max_size=200), PIECES))
@settings(max_examples=150, deadline=None)
def test_every_character_but_white_space_is_in_exactly_one_sentence(text: str) -> None:
    spans = split(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())


@given(st.one_of(st.text(max_size=200), PIECES))
@settings(max_examples=150, deadline=None)
def test_a_sentence_is_trimmed_and_not_empty(text: str) -> None:
    for span in split(text):
        sentence = text[span.start : span.end]
        assert sentence
        assert sentence == sentence.strip()


@given(PIECES, PIECES)
@example("miR-21al.The\n", "")
@settings(max_examples=200, deadline=None)
def test_a_blank_line_parts_texts_that_do_not_know_of_each_other(one: str, other: str) -> None:
    together = f"{one}\n\n{other}"
    parts = [one[span.start : span.end] for span in split(one)]
    parts += [other[span.start : span.end] for span in split(other)]
    assert [together[span.start : span.end] for span in split(together)] == parts


@pytest.mark.parametrize(
    "unit", [". ", ".", "(", ")", "([", "a. A", "\n", " ", "[1] ", "A\n", ".[1", ".12", "e.g. A ", "?)"]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    assert growth(split, lambda size: unit * (size // len(unit)), 60_000) < STRAIGHT


def test_a_document_gives_each_sentence_with_its_passage() -> None:
    document = Document(
        "text:a",
        (
            Passage("miR-21 in cancer", kind=PassageKind.TITLE),
            Passage("It rose. It fell.", section="RESULTS"),
            Passage("Figure 1. The blot.", kind=PassageKind.CAPTION),
        ),
    )
    sentences = split_document(document)
    assert [document.text[one.start : one.end] for one in sentences] == [
        "miR-21 in cancer",
        "It rose.",
        "It fell.",
        "Figure 1.",
        "The blot.",
    ]
    assert [one.passage for one in sentences] == [0, 1, 1, 2, 2]
    assert [one.kind for one in sentences][::2] == [PassageKind.TITLE, PassageKind.TEXT, PassageKind.CAPTION]
    assert sentences[1].section == "RESULTS"


def test_a_title_of_two_sentences_gives_both() -> None:
    document = Document("text:a", (Passage("Friend or foe? The case of miR-21.", kind=PassageKind.TITLE),))
    assert len(split_document(document)) == 2


def test_a_table_gives_one_sentence_for_each_row() -> None:
    text = "miR-21\tPTEN. Yes\nmiR-210\tEFNA3\n"
    cells = (
        TableCell(1, "miRNA", 0, 6),
        TableCell(1, "Target", 7, 16),
        TableCell(2, "miRNA", 17, 24),
        TableCell(2, "Target", 25, 30),
    )
    document = Document("text:a", (Passage("T."), Passage(text, kind=PassageKind.TABLE, cells=cells)))
    rows = [document.text[one.start : one.end] for one in split_document(document)[1:]]
    assert rows == ["miR-21\tPTEN. Yes", "miR-210\tEFNA3"]


def test_references_give_no_sentence() -> None:
    document = Document(
        "text:a", (Passage("Novak J. A title. 2014.", kind=PassageKind.REFERENCES), Passage("It rose."))
    )
    assert [one.passage for one in split_document(document)] == [1]
