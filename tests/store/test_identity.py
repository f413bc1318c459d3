"""PMID, PMCID and DOI are names of one document, whatever comes first."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from minex.merge import merge
from minex.model import Document, Failure, Passage, Reading, Record
from minex.store import Store, sync
from minex.store.identity import Identity, unknown
from tests.store.build import reading, said
from tests.store.conftest import Shelf
from tests.store.records import article, citation, gone, versioned

PTEN = said("miR-21-5p", "targets", "PTEN")
TJP1 = said("miR-21-5p", "targets", "TJP1")
EGLN1 = said("miR-21-3p", "targets", "EGLN1")

ABSTRACT = citation(1, [PTEN], pmcid="PMC7", doi="10.1/Ab", mesh=("D1 Neoplasms",), date="2018-04")
FULL = article(None, [PTEN, TJP1], pmcid="PMC7", date="2018")


def _said(shelf: Shelf) -> list[tuple[str, str]]:
    return sorted(shelf.ask("SELECT document, sentence FROM evidence"))


@pytest.mark.parametrize("items", list(permutations([ABSTRACT, FULL])))
@pytest.mark.parametrize("together", [True, False])
def test_an_abstract_and_its_full_text_are_one_document_with_pubmeds_metadata(
    shelf: Shelf, items: tuple[Reading, ...], together: bool
) -> None:
    if together:
        shelf.write(*items)
    else:
        for item in items:
            shelf.write(item)
    rows = shelf.ask("SELECT id, pmid, pmcid, doi, title, date, mesh, record FROM document")
    assert rows == [
        ("PMID:1", "1", "PMC7", "10.1/Ab", "Title 1", "2018-04", '["D1 Neoplasms"]', "article"),
    ]
    assert _said(shelf) == [("PMID:1", "miR-21-5p targets PTEN."), ("PMID:1", "miR-21-5p targets TJP1.")]
    assert shelf.ask("SELECT object, evidence_count, document_count FROM triple_named ORDER BY object") == [
        ("PTEN", 1, 1),
        ("TJP1", 1, 1),
    ]
    assert shelf.store.state(ABSTRACT.document, "f") == shelf.store.state(FULL.document, "f") == "unchanged"


def test_the_way_makes_no_difference_to_the_content(tmp_path: Path) -> None:
    joined = Reading(merge(ABSTRACT.document, FULL.document), (), FULL.mentions, FULL.evidence)
    dumps = []
    for number, items in enumerate(([ABSTRACT, FULL], [FULL, ABSTRACT], [joined], [ABSTRACT, joined])):
        with Store.open(tmp_path / f"{number}.db") as store:
            shelf = Shelf(store)
            shelf.write(*items)
            dumps.append(shelf.dump())
    assert dumps[0] == dumps[1] == dumps[2] == dumps[3]


def test_a_row_that_gets_a_better_name_keeps_what_hangs_on_it(shelf: Shelf) -> None:
    shelf.write(FULL, failures=[])
    shelf.store.write([], shelf.run, [Failure("parse", "slow", "too slow", "b.nxml", "PMC:7", Record.CITATION)])
    sync.put_query(shelf.store, "q", term="x")
    sync.record_hits(shelf.store, "q", ["PMC:7"], shelf.run)
    first = shelf.run
    shelf.new_run()
    shelf.write(citation(1, [PTEN], pmcid="PMC7"))
    assert shelf.ask("SELECT id FROM document") == [("PMID:1",)]
    assert sync.hits(shelf.store, "q") == {"PMID:1": "fetched"}
    assert shelf.ask("SELECT DISTINCT run_id FROM evidence") == [(first,)]
    assert shelf.ask("SELECT document FROM failure") == []
    assert shelf.store.resolve(["PMC:7", "PMID:1", "PMC:8"]) == {"PMC:7": "PMID:1", "PMID:1": "PMID:1"}
    assert shelf.store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    shelf.store.connection.execute("INSERT INTO evidence_fts (evidence_fts, rank) VALUES ('integrity-check', 1)")


def test_a_record_that_links_two_stored_documents_makes_them_one(shelf: Shelf) -> None:
    shelf.write(article(None, [PTEN, TJP1], pmcid="PMC7"), citation(1, [PTEN]))
    assert shelf.one("SELECT count(*) FROM document") == 2
    assert shelf.one("SELECT max(document_count) FROM triple_named") == 2
    shelf.write(citation(1, [PTEN], pmcid="PMC7"))
    assert shelf.ask("SELECT id, record FROM document") == [("PMID:1", "article")]
    assert shelf.one("SELECT max(document_count) FROM triple_named") == 1
    assert len(_said(shelf)) == 2


def test_dois_are_one_whatever_their_case(shelf: Shelf) -> None:
    shelf.write(article(None, [PTEN], doi="10.1/ABC"), citation(1, [PTEN], doi="10.1/abc"))
    assert shelf.ask("SELECT id, doi FROM document") == [("PMID:1", "10.1/abc")]


def test_two_pmids_with_one_doi_are_two_documents_and_that_is_told(shelf: Shelf) -> None:
    shelf.write(citation(1, [PTEN], doi="10.1/a"))
    written = shelf.write(citation(2, [TJP1], doi="10.1/A"))
    assert shelf.ask("SELECT id FROM document ORDER BY id") == [("PMID:1",), ("PMID:2",)]
    assert written.told == [
        "PMID:2 has the DOI 10.1/A in common with PMID:1, and is kept apart: their PMIDs or PMCIDs differ"
    ]
    assert shelf.write(article(None, [EGLN1], doi="10.1/a")).told
    assert shelf.one("SELECT count(*) FROM document") == 3


def test_a_full_text_with_less_text_than_the_abstract_takes_nothing_away(shelf: Shelf) -> None:
    front_only = article(1, [], text="", title="T")
    shelf.write(ABSTRACT, front_only)
    assert shelf.ask("SELECT record FROM document") == [("citation",)]
    assert len(_said(shelf)) == 1
    assert shelf.store.state(front_only.document, "f") == "unchanged"


def test_a_changed_abstract_of_a_full_text_changes_metadata_without_a_reading(shelf: Shelf) -> None:
    shelf.write(ABSTRACT, FULL)
    revised = citation(1, [EGLN1], pmcid="PMC7", title="Better title", date="2019")
    assert shelf.store.state(revised.document, "f") == "metadata"
    assert shelf.store.needs(revised.document, "f")
    shelf.new_run()
    shelf.write(revised.document)
    assert shelf.ask("SELECT title, year, mesh FROM document") == [("Better title", 2019, "[]")]
    assert len(_said(shelf)) == 2
    assert shelf.one("SELECT min(first_year) FROM triple_named") == 2019
    assert shelf.store.state(revised.document, "f") == "unchanged"


def test_new_headings_of_an_abstract_alone_need_no_reading(shelf: Shelf) -> None:
    shelf.write(citation(1, [PTEN]))
    headed = citation(1, [PTEN], mesh=("D1 Neoplasms",)).document
    assert shelf.store.state(headed, "f") == "metadata"
    shelf.write(headed)
    assert shelf.one("SELECT mesh FROM document") == '["D1 Neoplasms"]'
    assert len(_said(shelf)) == 1


def test_only_the_record_whose_text_counts_is_stale(shelf: Shelf) -> None:
    shelf.write(ABSTRACT, FULL)
    assert shelf.store.state(FULL.document, "other") == "stale"
    assert shelf.store.state(ABSTRACT.document, "other") == "unchanged"


def test_what_is_known_to_be_a_review_is_read_as_one(shelf: Shelf) -> None:
    shelf.write(FULL)
    shelf.write(citation(1, [PTEN], pmcid="PMC7", pubtypes=("Review",)))
    state, wanted = shelf.store.look(FULL.document, "f")
    assert (state, wanted.pubtypes) == ("changed", ("Review",))
    shelf.write(Reading(wanted, (), FULL.mentions, FULL.evidence))
    assert shelf.store.state(FULL.document, "f") == "unchanged"


def test_of_two_versions_the_higher_counts_whatever_comes_last(shelf: Shelf) -> None:
    one, two = versioned(citation(1, [PTEN]), 1), versioned(citation(1, [TJP1]), 2)
    shelf.write(two, one)
    assert _said(shelf) == [("PMID:1", "miR-21-5p targets TJP1.")]
    assert shelf.store.state(one.document, "f") == shelf.store.state(two.document, "f") == "unchanged"
    shelf.write(versioned(citation(1, [EGLN1]), 2))
    assert _said(shelf) == [("PMID:1", "miR-21-3p targets EGLN1.")]


def test_a_files_own_text_does_not_take_the_place_of_a_full_text(shelf: Shelf) -> None:
    own = reading("PMID:1", [EGLN1])
    shelf.write(own)
    shelf.write(FULL, citation(1, [PTEN], pmcid="PMC7"))
    shelf.write(own)
    assert len(_said(shelf)) == 2
    assert shelf.store.state(own.document, "f") == "unchanged"


def test_merge_makes_one_document_of_both(shelf: Shelf) -> None:
    joined = merge(ABSTRACT.document, FULL.document)
    assert (joined.id, joined.text, joined.mesh) == ("PMID:1", FULL.document.text, ("D1 Neoplasms",))
    assert joined.parts == (ABSTRACT.document, FULL.document)
    assert merge(joined, FULL.document) == joined
    assert shelf.store.state(joined, "f") == "new"
    shelf.write(Reading(joined, (), FULL.mentions, FULL.evidence))
    for known in (joined, ABSTRACT.document, FULL.document):
        assert shelf.store.state(known, "f") == "unchanged"
    assert shelf.one("SELECT content_hash FROM document") == joined.content_hash


def test_a_withdrawn_full_text_leaves_the_abstract_to_be_read(shelf: Shelf) -> None:
    shelf.write(ABSTRACT, FULL)
    withdrawn = Document(
        "PMC:7", pmcid="PMC7", status=gone(1).document.status, status_reason="withdrawn", record=Record.ARTICLE
    )
    shelf.write(Reading(withdrawn))
    assert _said(shelf) == []
    assert shelf.ask("SELECT status FROM document") == [("active",)]
    assert shelf.store.state(ABSTRACT.document, "f") == "changed"
    shelf.write(ABSTRACT)
    assert len(_said(shelf)) == 1


def test_a_failing_full_text_is_not_forgotten_when_the_abstract_succeeds(shelf: Shelf) -> None:
    shelf.store.write([], shelf.run, [Failure("parse", "slow", "too slow", "b.nxml", "PMC:7", Record.ARTICLE)])
    shelf.write(ABSTRACT)
    assert shelf.ask("SELECT document, record FROM failure") == [("PMID:1", "article")]
    shelf.write(FULL)
    assert shelf.ask("SELECT * FROM failure") == []


def test_a_text_of_the_same_doi_is_the_same_publication(shelf: Shelf) -> None:
    text = Reading(Document("text:a.txt", (Passage("Some words of mine."),), doi="10.1/ab"))
    shelf.write(text)
    shelf.write(ABSTRACT)
    assert shelf.ask("SELECT id, record FROM document") == [("PMID:1", "citation")]


def test_a_batch_is_told_apart_at_once_from_what_is_stored_under_any_name(shelf: Shelf) -> None:
    shelf.write(citation(1, [PTEN], pmcid="PMC7", doi="10.1/Ab"), gone(2))
    fresh = [citation(3).document, article(None, pmcid="PMC8").document, reading("DOI:10.1/ABC").document]
    stored = [
        citation(1).document,
        citation(2).document,
        article(None, pmcid="PMC7").document,
        citation(4, doi="10.1/AB").document,
        reading("DOI:10.1/aB", doi="10.1/aB").document,
    ]
    found = unknown(shelf.store.connection, [*fresh, *stored])
    assert found == {Identity.of(document) for document in fresh}
