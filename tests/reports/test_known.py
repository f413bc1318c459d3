"""What is known of a triple, a concept, a document; and what people mean by a name."""

from __future__ import annotations

import pytest

from minex.errors import UsageError
from minex.model import Status
from minex.reports import known, meant
from tests.store.build import reading, said
from tests.store.conftest import Shelf


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    shelf.write(
        reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")], title="One", date="2016"),
        reading("PMID:2", [said("miR-21-3p", "decreases", "PTEN", hedged=True)], title="Two", date="2019"),
        reading("PMID:3", [said("miR-21-5p", "increases", "PTEN"), said("PTEN", "down_in", "lung cancer")]),
    )
    return shelf


def test_a_name_is_meant_in_any_case_by_id_and_by_cross_reference(shelf: Shelf) -> None:
    c = shelf.store.connection
    mature = "mirbase.mature:MIMAT0000076"
    for name in ("miR-21-5p", "mir-21-5P", " miR-21-5p ", mature, mature.lower(), "RNAcentral:1"):
        assert [each.id for each in meant.concepts(c, name)] == [mature], name
    assert meant.concepts(c, "miR-22") == []


@pytest.mark.parametrize("name", ["", "%", "_", "'", '"', "\\", "a:b", "\x00", "{", "PTEN; DROP TABLE triple"])
def test_no_name_is_syntax(shelf: Shelf, name: str) -> None:
    assert meant.concepts(shelf.store.connection, name) == []
    assert meant.like(shelf.store.connection, name) == []


def test_a_name_that_is_none_is_told_with_names_that_are_like_it(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match=r"nothing in this database is called 'lung'; did you mean lung cancer"):
        meant.concept(shelf.store.connection, "lung")


def test_a_triple_is_meant_by_its_id_by_two_names_and_by_all_three_words(shelf: Shelf) -> None:
    c = shelf.store.connection
    (id_,) = meant.triples(c, ["miR-21-5p targets PTEN"])
    assert meant.triples(c, [id_]) == meant.triples(c, ["miR-21-5p", "targets", "PTEN"]) == [id_]
    assert len(meant.triples(c, ["miR-21-5p", "PTEN"])) == 2
    assert len(meant.triples(c, ["mir-21", "pten"])) == 3, "with what is below miR-21"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["PTEN", "targets", "miR-21"], "nothing here says that PTEN targets miR-21; leave out the predicate"),
        (["PTEN", "miR-21"], "nothing here says that PTEN does anything to miR-21"),
        (["miR-21", "targets", "PTNE"], "nothing in this database is called 'PTNE'; did you mean PTEN"),
        (["miR-21"], "'miR-21' is no triple of this database; give its id"),
    ],
)
def test_what_is_no_triple_says_what_to_give(shelf: Shelf, words: list[str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        meant.triples(shelf.store.connection, words)


def test_a_triple_comes_with_what_else_is_said_of_the_two(shelf: Shelf) -> None:
    c = shelf.store.connection
    (id_,) = meant.triples(c, ["miR-21-5p", "targets", "PTEN"])
    found = known.triple(c, id_)
    assert found is not None
    assert (str(found.fact), found.fact.years, found.fact.evidence_count) == ("miR-21-5p targets PTEN", "2016", 1)
    assert [str(fact) for fact in found.others] == ["miR-21-5p increases PTEN"]
    assert [piece.pmid for piece in found.pieces] == ["1"]
    assert known.triple(c, "nothing") is None


def test_a_concept_is_counted_with_what_is_below_it(shelf: Shelf) -> None:
    c = shelf.store.connection
    above = known.concept(c, "mirbase:MI0000077")
    assert above is not None
    assert [each.name for each in above.children] == ["miR-21-3p", "miR-21-5p"]
    assert [each.name for each in above.parents] == ["miR-21 family"]
    assert (above.triples_as_subject, above.triples_as_object, above.evidence_count) == (3, 0, 3)
    below = known.concept(c, "mirbase.mature:MIMAT0000076")
    assert below is not None
    assert (below.called, below.triples_as_subject) == ((("miR-21-5p", 2),), 2)
    assert {str(fact) for fact in below.as_subject} == {"miR-21-5p targets PTEN", "miR-21-5p increases PTEN"}
    assert known.concept(c, "nothing") is None


def test_a_document_shows_names_and_evidence_in_the_order_of_its_text(shelf: Shelf) -> None:
    found = known.document(shelf.store.connection, "PMID:3")
    assert found is not None
    assert [(piece.subject, piece.object) for piece in found.pieces] == [
        ("miR-21-5p", "PTEN"),
        ("PTEN", "lung cancer"),
    ]
    assert [(type_, one.name, count) for type_, one, count in found.names] == [
        ("CANCER", "lung cancer", 1),
        ("GENE", "PTEN", 2),
        ("MIRNA", "miR-21-5p", 1),
    ]
    assert found.parts[0].text.startswith("miR-21-5p increases PTEN.")
    assert known.document(shelf.store.connection, "PMID:9") is None


def test_what_a_retracted_paper_says_is_shown_on_its_own_page_and_counts_nowhere(shelf: Shelf) -> None:
    c = shelf.store.connection
    (id_,) = meant.triples(c, ["miR-21-5p", "targets", "PTEN"])
    shelf.store.set_status({"PMID:1": (Status.DELETED, "withdrawn")}, shelf.run)
    paper, triple = known.document(c, "PMID:1"), known.triple(c, id_)
    assert paper is not None
    assert (paper.status, paper.status_reason, len(paper.pieces)) == ("deleted", "withdrawn", 1)
    assert triple is not None
    assert (triple.pieces, triple.fact.evidence_count) == ((), 0)
