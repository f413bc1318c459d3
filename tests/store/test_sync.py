"""Queries, their hits and windows: what a refresh remembers."""

from __future__ import annotations

import pytest

from minex.errors import StoreError
from minex.store import sync
from tests.store.build import said
from tests.store.conftest import Shelf
from tests.store.records import article, citation

PTEN = said("miR-21-5p", "targets", "PTEN")


@pytest.fixture
def following(shelf: Shelf) -> Shelf:
    sync.put_query(shelf.store, "q", title="Q", term="exosome", definition={"sources": ["pubmed"]})
    return shelf


def _status(shelf: Shelf) -> tuple[str, str]:
    ((status, reason),) = shelf.ask("SELECT status, status_reason FROM document")
    return status, reason


def test_a_query_is_written_down_and_reworded_with_its_watermark_kept(following: Shelf) -> None:
    store = following.store
    sync.set_watermark(store, "q", "2024-01-31")
    sync.put_query(store, "q", title="Q2", term="exosomes")
    (query,) = sync.queries(store)
    assert (query.name, query.title, query.term, query.definition) == ("q", "Q2", "exosomes", {})
    assert query.watermark == sync.watermark(store, "q") == "2024-01-31"
    sync.set_watermark(store, "q", None)
    assert sync.watermark(store, "q") is None
    assert sync.watermark(store, "unknown") is None


def test_a_query_that_is_not_written_down_is_told(shelf: Shelf) -> None:
    with pytest.raises(StoreError, match="no query 'x'"):
        sync.record_hits(shelf.store, "x", ["PMID:1"], shelf.run)
    with pytest.raises(StoreError, match="no query 'x'"):
        sync.open_window(shelf.store, "x", shelf.run, source="pubmed")


def test_a_document_that_no_query_finds_any_more_is_unmatched_until_one_does(following: Shelf) -> None:
    store, run = following.store, following.run
    sync.put_query(store, "other")
    for query in ("q", "other"):
        sync.record_hits(store, query, ["PMID:1", "PMID:2"], run)
    assert sync.hits(store, "q") == {"PMID:1": "waiting", "PMID:2": "waiting"}
    following.write(citation(1, [PTEN]), origin="pubmed")
    sync.unhit(store, "q", ["PMID:1"], "no longer matches", run)
    assert _status(following) == ("active", "")
    sync.unhit(store, "other", ["PMID:1"], "no longer matches", run)
    assert _status(following) == ("unmatched", "no longer matches")
    assert following.ask("SELECT * FROM triple_named") == []
    assert sync.hits(store, "q", current=True) == {"PMID:2": "waiting"}
    later = following.new_run()
    sync.record_hits(store, "q", ["PMID:1"], later)
    assert _status(following) == ("active", "")
    assert following.one("SELECT count(*) FROM triple_named") == 1
    assert following.ask(
        "SELECT first_run, last_run FROM query_hit WHERE query = 'q' AND document = 'PMID:1'"
    ) == [(run, later)]


def test_a_document_that_came_unmatched_before_it_was_stored_is_so(following: Shelf) -> None:
    sync.record_hits(following.store, "q", ["PMC:7"], following.run)
    sync.unhit(following.store, "q", ["PMC:7"], "no more", following.run)
    following.write(article(1, [PTEN], pmcid="PMC7"), origin="pmc")
    assert _status(following) == ("unmatched", "no more")
    assert sync.hits(following.store, "q") == {"PMID:1": "unmatched"}


def test_a_document_of_a_file_stays_whatever_queries_say(following: Shelf) -> None:
    following.write(citation(1, [PTEN]))
    sync.record_hits(following.store, "q", ["PMID:1"], following.run)
    sync.unhit(following.store, "q", ["PMID:1"], "no more", following.run)
    assert _status(following) == ("active", "")


def test_a_document_that_no_query_ever_found_is_active(following: Shelf) -> None:
    following.write(citation(1, [PTEN]), origin="mirror")
    assert _status(following) == ("active", "")


def test_two_hits_that_are_one_document_are_one_hit(following: Shelf) -> None:
    sync.record_hits(following.store, "q", ["PMID:1", "PMC:7"], following.run)
    sync.unhit(following.store, "q", ["PMC:7"], "no more", following.run)
    following.write(citation(1, [PTEN], pmcid="PMC7"), origin="pubmed")
    assert sync.hits(following.store, "q") == {"PMID:1": "waiting"}
    sync.record_hits(following.store, "q", ["PMC:7"], following.run)
    assert sync.hits(following.store, "q") == {"PMID:1": "fetched"}


def test_windows_are_kept_by_run_and_state(following: Shelf) -> None:
    store, run = following.store, following.run
    whole = sync.open_window(
        store,
        "q",
        run,
        source="pubmed",
        date_type="edat",
        first_day="2024-01-01",
        last_day="2024-01-31",
        expected=3,
    )
    batch = sync.open_window(store, "q", run, source="pubmed", parent=whole, batch=1)
    sync.close_window(store, batch, "failed", 2, "cut off", expected=3)
    first, second = sync.windows(store, "q", run)
    assert (first.id, first.status, first.expected, first.fetched, first.finished) == (
        whole,
        "waiting",
        3,
        None,
        None,
    )
    assert (second.parent, second.batch, second.status, second.expected, second.fetched, second.message) == (
        whole, 1, "failed", 3, 2, "cut off",
    )  # fmt: skip
    assert [window.id for window in sync.windows(store, "q", status="failed")] == [batch]
    assert sync.windows(store, "q", following.new_run()) == []
