"""A status is a function of all that is known: the order in which it came does not matter."""

from __future__ import annotations

from itertools import permutations

import pytest

from minex.model import Reading, Reference, Status
from minex.store import sync
from tests.store.build import said
from tests.store.conftest import Shelf
from tests.store.records import article, citation, gone, notice

PTEN = said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")
UP = said("miR-21-5p", "promotes", "angiogenesis", cancer="lung cancer")
VIEWS = (
    "triple_named",
    "triple_rolled",
    "mirna_target",
    "cancer_factor",
    "factor_in_cancer",
    "review_table",
    "changes",
)


def _status(shelf: Shelf, id_: str = "PMID:1") -> tuple[str, str]:
    ((status, reason),) = shelf.ask("SELECT status, status_reason FROM document WHERE id = ?", id_)
    return status, reason


def _shown(shelf: Shelf) -> dict[str, int]:
    return {view: shelf.one(f"SELECT count(*) FROM {view}") for view in VIEWS}


@pytest.mark.parametrize("status", [Status.DELETED, Status.UNMATCHED])
def test_what_does_not_count_is_in_no_view_and_comes_back_without_a_reading(shelf: Shelf, status: Status) -> None:
    shelf.write(citation(1, [PTEN, UP]), origin="pubmed")
    before, content = _shown(shelf), shelf.dump()
    assert all(before.values())
    shelf.store.set_status({"PMID:1": (status, "for a reason")}, shelf.run)
    assert _status(shelf) == (str(status), "for a reason")
    assert not any(_shown(shelf).values())
    assert shelf.store.search("PTEN") == []
    assert shelf.one("SELECT count(*) FROM evidence") == 2
    assert shelf.store.state(citation(1, [PTEN, UP]).document, "f") == "unchanged"
    shelf.store.set_status({"PMID:1": (Status.ACTIVE, "")}, shelf.run)
    assert _status(shelf) == ("active", "")
    assert (_shown(shelf), shelf.dump()) == (before, content)


def test_what_came_from_a_file_is_never_unmatched(shelf: Shelf) -> None:
    shelf.write(citation(1, [PTEN]), origin="pubmed")
    assert shelf.store.state(citation(1, [PTEN]).document, "f", origin="file") == "metadata"
    shelf.write(citation(1, [PTEN]).document, origin="file")
    shelf.write(citation(1, [PTEN], title="Better"), origin="pubmed")
    shelf.store.set_status({"PMID:1": (Status.UNMATCHED, "no query")}, shelf.run)
    assert _status(shelf) == ("active", "")


def test_a_mark_may_come_before_its_document(shelf: Shelf) -> None:
    shelf.store.set_status({"PMC:7": (Status.UNMATCHED, "no query")}, shelf.run)
    shelf.store.retract("2", "told by hand", "me", shelf.run)
    shelf.write(citation(1, [PTEN], pmcid="PMC7"), citation(2, [PTEN]), origin="pubmed")
    assert _status(shelf) == ("unmatched", "no query")
    assert _status(shelf, "PMID:2") == ("retracted", "told by hand")
    shelf.store.unretract("2", "me")
    assert _status(shelf, "PMID:2") == ("active", "")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_deleted_citation_takes_its_full_text_with_it_until_news_come(shelf: Shelf, place: int) -> None:
    items = [citation(1, [PTEN]), gone(1)]
    items.insert(place, article(1, [PTEN, UP]))
    shelf.write(*items)
    assert _status(shelf) == ("deleted", "DeleteCitation")
    assert shelf.ask("SELECT * FROM triple_named") == []
    assert shelf.store.state(gone(1).document, "f") == "unchanged"
    shelf.write(citation(1, [PTEN], title="Here again"))
    assert _status(shelf) == ("active", "")
    assert shelf.one("SELECT count(*) FROM triple_named") == 2


def test_an_old_file_read_again_brings_no_deleted_citation_back(shelf: Shelf) -> None:
    shelf.write(citation(1, [PTEN]), gone(1))
    shelf.write(citation(1, [PTEN]))
    assert _status(shelf) == ("deleted", "DeleteCitation")


RETRACTED = [
    citation(1, [PTEN], status=Status.RETRACTED, status_reason="Retracted Publication, notice not named"),
    citation(1, [PTEN], references=(Reference("RetractionIn", "9", ""),)),
]


@pytest.mark.parametrize("item", RETRACTED)
@pytest.mark.parametrize("first", [True, False])
def test_a_retracted_citation_strikes_out_its_full_text(shelf: Shelf, item: Reading, first: bool) -> None:
    full = article(1, [PTEN, UP])
    shelf.write(*([item, full] if first else [full, item]))
    assert _status(shelf)[0] == "retracted"
    assert shelf.ask("SELECT * FROM triple_named") == []
    shelf.write(citation(1, [PTEN]))
    assert _status(shelf) == ("active", "")
    assert shelf.one("SELECT count(*) FROM triple_named") == 2


@pytest.mark.parametrize("items", list(permutations([citation(1, [PTEN]), notice(9, "RetractionOf", 1)])))
def test_a_notice_retracts_whatever_comes_first_and_no_more_when_it_is_gone(
    shelf: Shelf, items: tuple[Reading, ...]
) -> None:
    for item in items:
        shelf.write(item)
    assert _status(shelf) == ("retracted", "RetractionOf in PMID:9")
    assert shelf.ask("SELECT * FROM triple_named") == []
    shelf.store.set_status({"PMID:9": (Status.DELETED, "gone")}, shelf.run)
    assert _status(shelf) == ("active", "")
    assert shelf.one("SELECT count(*) FROM triple_named") == 1
    shelf.store.set_status({"PMID:9": (Status.ACTIVE, "")}, shelf.run)
    assert _status(shelf)[0] == "retracted"
    shelf.write(notice(9, "CommentOn", 1))
    assert _status(shelf) == ("active", "")


CHAIN = [
    citation(1, [PTEN]),
    notice(8, "RetractionOf", 1),
    notice(9, "RetractionOf", 8),
    notice(10, "RetractionOf", 9),
]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_notice_that_is_retracted_counts_as_long_as_that_stands(shelf: Shelf, order: tuple[int, ...]) -> None:
    shelf.write(*(CHAIN[number] for number in order if number < 3))
    assert _status(shelf) == ("active", "")
    shelf.write(*(CHAIN[number] for number in order))
    assert [row[0] for row in shelf.ask("SELECT status FROM document ORDER BY CAST(pmid AS INTEGER)")] == [
        "retracted",
        "active",
        "retracted",
        "active",
    ]


def test_two_that_retract_each_other_end(shelf: Shelf) -> None:
    shelf.write(notice(1, "RetractionOf", 2), notice(2, "RetractionOf", 1))
    assert _status(shelf)[0] == _status(shelf, "PMID:2")[0] == "retracted"


def test_a_notice_may_name_its_target_by_doi(shelf: Shelf) -> None:
    shelf.write(
        citation(1, [PTEN], doi="10.1/Ab"),
        article(9, references=(Reference("RetractionOf", None, "doi:10.1/aB"),)),
    )
    assert _status(shelf) == ("retracted", "RetractionOf in PMID:9")


@pytest.mark.parametrize("first", [True, False])
def test_a_concern_is_told_and_the_document_counts(shelf: Shelf, first: bool) -> None:
    items = [citation(1, [PTEN]), notice(9, "ExpressionOfConcernFor", 1)]
    shelf.write(*(items if first else reversed(items)))
    assert _status(shelf) == ("active", "")
    assert shelf.one("SELECT concern FROM document WHERE id = 'PMID:1'") == "ExpressionOfConcern in PMID:9"
    assert shelf.one("SELECT count(*) FROM triple_named") == 1
    shelf.write(citation(1, [PTEN], references=(Reference("ExpressionOfConcernIn", "9", ""),)), notice(9, "x", 1))
    assert shelf.one("SELECT concern FROM document WHERE id = 'PMID:1'") == "ExpressionOfConcernIn PMID:9"


def test_beliefs_are_those_of_a_store_that_never_had_it(shelf: Shelf) -> None:
    shelf.write(citation(2, [PTEN]))
    alone = shelf.ask("SELECT * FROM triple_named")
    shelf.write(citation(1, [PTEN, UP]), origin="pubmed")
    shelf.store.set_status({"PMID:1": (Status.UNMATCHED, "x")}, shelf.run)
    assert shelf.ask("SELECT * FROM triple_named") == alone


def test_statuses_and_hits_in_one_transaction_are_all_or_nothing(shelf: Shelf) -> None:
    shelf.write(citation(1, [PTEN]), origin="pubmed")
    sync.put_query(shelf.store, "q")
    before = shelf.dump()

    def settle() -> None:
        with shelf.store.transaction():
            sync.record_hits(shelf.store, "q", ["PMID:1"], shelf.run)
            sync.unhit(shelf.store, "q", ["PMID:1"], "no more", shelf.run)
            assert shelf.store.connection.execute("SELECT status FROM document").fetchall() == [("unmatched",)]
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        settle()
    assert sync.hits(shelf.store, "q") == {}
    assert shelf.dump() == before
