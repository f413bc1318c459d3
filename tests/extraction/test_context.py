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


ORAL, OSCC = "DOID:8618", "DOID:0050866"
KINDS = {OSCC: {ORAL, "DOID:162"}, ORAL: {"DOID:162"}, "DOID:1": {ORAL, "DOID:162"}}


def title_cancer(*later: str, title: str = ORAL) -> list[str]:
    """The cancer that a sentence without one has, after a title with one and others named in between."""
    text = "A title. " + "x " * len(later) + "It rose."
    named = [Mention(0, 1, "A", "CANCER", (title,))]
    named += [Mention(9 + 2 * n, 10 + 2 * n, "x", "CANCER", (id_,)) for n, id_ in enumerate(later)]
    sentences = [Sentence(0, 8, 0, PassageKind.TITLE), Sentence(9, len(text))]
    document = Document("text:t", (Passage(text),))
    reader = ContextReader.of(document, sentences, named, lambda id_: KINDS.get(id_, ()))
    return [mention.key for mention in reader.read([], []).cancer]


def test_a_titles_cancer_is_the_one_kind_of_it_that_the_document_names() -> None:
    assert title_cancer(OSCC) == [OSCC]


def test_where_two_kinds_are_named_the_titles_cancer_stays() -> None:
    assert title_cancer(OSCC, "DOID:1") == [ORAL]


def test_a_cancer_of_another_kind_changes_nothing() -> None:
    assert title_cancer("DOID:9") == [ORAL]


def test_a_paper_on_tumours_as_such_is_of_no_one_cancer() -> None:
    assert title_cancer(OSCC, title="DOID:162") == ["DOID:162"]
