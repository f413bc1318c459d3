"""Where a statement was observed, and where that was read."""

from __future__ import annotations

from minex.extraction.context import ContextReader
from minex.model import Document, Mention, Passage, PassageKind, Sentence

TITLE = "A miRNA in glioma of mice."
BODY = "It was seen in HeLa cells."
DOCUMENT = Document("x", (Passage(TITLE, kind=PassageKind.TITLE), Passage(BODY)))
START = len(TITLE) + 1
SENTENCES = (
    Sentence(0, len(TITLE), 0, PassageKind.TITLE),
    Sentence(START, START + len(BODY), 1),
)
GLIOMA = Mention(11, 17, "glioma", "CANCER", ("DOID:0060108",), "glioma")
MOUSE = Mention(21, 25, "mice", "SPECIES", ("NCBITaxon:10090",), "mouse")
HELA = Mention(START + 15, START + 19, "HeLa", "CELL_LINE", ("CVCL:0030",), "HeLa")
HYPOXIA = Mention(0, 1, "A", "CONDITION", (), "hypoxia")
READER = ContextReader.of(DOCUMENT, SENTENCES, (GLIOMA, MOUSE, HELA))


def test_the_sentence_comes_first_and_the_title_fills_what_is_open() -> None:
    context = READER.read([HELA], [])
    assert (context.cell_line, context.cancer, context.species) == ((HELA,), (GLIOMA,), (MOUSE,))
    assert dict(context.sources) == {"cell_line": "sentence", "cancer": "title", "species": "title"}


def test_an_argument_is_no_context_of_its_own_statement() -> None:
    assert READER.read([GLIOMA], [GLIOMA]).cancer == ()


def test_a_condition_of_the_title_does_not_hold_for_every_sentence() -> None:
    reader = ContextReader(DOCUMENT, (HYPOXIA,), ())
    assert reader.read([], []).condition == ()


def test_the_header_of_a_table_holds_for_its_rows() -> None:
    context = READER.read([], [], [HYPOXIA])
    assert context.condition == (HYPOXIA,)
    assert dict(context.sources)["condition"] == "header"
