"""What has to be read again, and documents made again from the text that is kept of them."""

from __future__ import annotations

from dataclasses import replace

from minex.merge import merge
from minex.model import (
    Document,
    Evidence,
    Mention,
    Passage,
    PassageKind,
    Reading,
    Reference,
    SourceMap,
    Span,
    Status,
    TableCell,
)
from minex.store import Stale
from tests.store.build import reading, said
from tests.store.conftest import Shelf
from tests.store.records import article, citation, gone

PTEN = said("miR-21-5p", "targets", "PTEN")
TJP1 = said("miR-21-5p", "targets", "TJP1")

RICH = Document(
    "PMID:1",
    (
        Passage("A title", kind=PassageKind.TITLE, source=SourceMap(((0, 100),))),
        Passage("miR-21 targets PTEN.", "RESULTS", source=SourceMap(((0, 200), (7, 215)))),
        Passage(
            "a\tb", "Table 1", PassageKind.TABLE, None, (TableCell(1, "Factor", 0, 1), TableCell(1, "Ü", 2, 3))
        ),
        Passage("", "Empty"),
    ),
    pmid="1",
    pmcid="PMC7",
    doi="10.1/a",
    title="A title",
    journal="J",
    date="2018-04",
    language="eng",
    pubtypes=("Review",),
    mesh=("D1 Neoplasms",),
    references=(Reference("CommentIn", "5", "J. 2019"), Reference("ErratumIn", None, "J. 2020")),
    status=Status.RETRACTED,
    status_reason="RetractionIn PMID:9",
    source="a.xml#1",
)


def _read(document: Document) -> Reading:
    evidence = Evidence(
        document.id,
        Mention(8, 14, "miR-21", "MIRNA"),
        "targets",
        Mention(23, 27, "PTEN", "GENE", ("HGNC:9588",), "PTEN"),
        Span(8, 28),
        "r",
    )
    return Reading(document, (), (), (evidence,))


def test_a_document_comes_back_as_it_was_read(shelf: Shelf) -> None:
    shelf.write(_read(RICH))
    (again,) = shelf.store.rebuild(["PMID:1"])
    assert again == RICH
    assert again.content_hash == RICH.content_hash
    assert again.to_source(again.text.index("PTEN")) == RICH.to_source(RICH.text.index("PTEN"))


def test_a_joined_document_comes_back_as_it_was_read_and_writing_it_changes_no_record(shelf: Shelf) -> None:
    abstract, full = citation(1, [PTEN], pmcid="PMC7"), article(None, [PTEN, TJP1], pmcid="PMC7")
    shelf.write(abstract, full)
    before = shelf.ask("SELECT * FROM document_source ORDER BY record")
    joined = merge(abstract.document, full.document)
    (again,) = shelf.store.rebuild(["PMID:1"])
    assert again == joined
    shelf.new_run("other")
    shelf.write(Reading(again, (), full.mentions, full.evidence))
    assert shelf.ask("SELECT * FROM document_source ORDER BY record") == before
    assert shelf.store.stale("other") == Stale()
    assert (
        shelf.store.state(full.document, "other") == shelf.store.state(abstract.document, "other") == "unchanged"
    )


def test_what_other_versions_read_is_stale_with_its_text_or_without(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]), reading("PMID:2", text="Nothing."), citation(3, [PTEN]), gone(3))
    shelf.write(reading("PMID:4", [TJP1], status=Status.RETRACTED))
    assert not shelf.store.stale("f")
    stale = shelf.store.stale("other")
    assert (stale.with_text, stale.without_text, len(stale)) == (("PMID:1", "PMID:4"), ("PMID:2",), 3)
    assert [document.id for document in shelf.store.rebuild([*stale.without_text, "PMID:9"])] == []


def test_what_is_known_and_not_read_is_to_be_had(shelf: Shelf) -> None:
    shelf.write(citation(1, [PTEN]).document)
    assert shelf.store.stale("f").without_text == ("PMID:1",)


def test_a_table_without_its_cells_is_to_be_had_again(shelf: Shelf) -> None:
    shelf.write(_read(replace(RICH, status=Status.ACTIVE, status_reason="")))
    assert shelf.store.stale("other").with_text == ("PMID:1",)
    shelf.store.connection.execute("UPDATE passage SET cells = NULL")
    assert shelf.store.stale("other").without_text == ("PMID:1",)
