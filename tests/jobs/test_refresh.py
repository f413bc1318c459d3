"""A refresh makes the database what PubMed says today, and nothing that fails can look like an answer."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.store import Store, awaited, sync
from tests.jobs.pubmed_histories import MOST, START, follow, query, run_history
from tests.pubmed.citations import Citation
from tests.pubmed.server import Fault, PubMed, Request, Server

DAY = timedelta(days=1)
TODAY = START + 30 * DAY


def article(pmid: str, gene: str = "PTEN", word: str = "exosomes", **more: object) -> Citation:
    made = Citation(pmid, f"On {word}.", (("RESULTS", f"miR-21 targets {gene}."),), entered=START)
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def shared() -> Iterator[Server]:
    with Server(PubMed(), most=MOST) as server:
        yield server


@pytest.fixture
def server(shared: Server) -> Server:
    shared.reset(PubMed([article("1"), article("2", "KRAS"), article("3", "TP53", word="vesicles")]))
    return shared


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "x.db") as opened:
        yield opened


def believed(store: Store) -> set[str]:
    rows = store.select("SELECT object FROM triple WHERE evidence_count > 0 AND belief > 0").rows
    return {object_.removeprefix("HGNC:") for (object_,) in rows}


def status(store: Store, pmid: str) -> str:
    return str(store.select("SELECT status FROM document WHERE id = ?", (f"PMID:{pmid}",)).rows[0][0])


def test_the_first_refresh_brings_what_matches(server: Server, store: Store) -> None:
    report = follow(store, server, TODAY)
    assert (report.listed, report.new, report.exit_code) == (2, 2, 0)
    assert believed(store) == {"PTEN", "KRAS"}
    assert sync.watermark(store, "exosomes") == TODAY.isoformat()
    assert report.line().startswith("minex refresh exosomes: 2 listed, 2 new")


def test_a_second_one_fetches_nothing(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.requests.clear()
    report = follow(store, server, TODAY + 5 * DAY)
    assert (report.new, report.again, report.complete) == (0, 0, True)
    assert {request.tool for request in server.requests} == {"esearch"}


def test_a_revised_text_takes_the_place_of_the_old_one(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.pubmed.revise("1", TODAY + DAY, abstract=(("RESULTS", "miR-21 targets ZEB1."),))
    report = follow(store, server, TODAY + DAY)
    assert (report.new, report.again) == (0, 1)
    assert believed(store) == {"ZEB1", "KRAS"}


def test_a_revision_before_the_watermark_is_seen_if_pubmed_was_late(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.pubmed.revise("1", TODAY - 2 * DAY, abstract=(("RESULTS", "miR-21 targets ZEB1."),))
    follow(store, server, TODAY + DAY)
    assert believed(store) == {"ZEB1", "KRAS"}


def test_an_article_that_was_entered_long_ago_is_found_all_the_same(server: Server, store: Store) -> None:
    """PubMed dates an old article's entry back to its publication: a look-back by date would miss it for ever."""
    follow(store, server, TODAY)
    server.pubmed.add(article("9", "ZEB1", entered=START))
    assert follow(store, server, TODAY + 60 * DAY).new == 1
    assert "ZEB1" in believed(store)


def test_deleted_and_no_longer_matching_are_told_apart(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.pubmed.delete("1")
    server.pubmed.revise("2", TODAY, title="On something else.")
    report = follow(store, server, TODAY + DAY)
    assert (report.deleted, report.unmatched) == (1, 1)
    assert (status(store, "1"), status(store, "2")) == ("deleted", "unmatched")
    assert believed(store) == set()
    hits = sync.hits(store, "exosomes")
    assert hits == {"PMID:1": "gone", "PMID:2": "unmatched"}


def test_what_comes_back_counts_again_as_it_is_now(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.pubmed.delete("1")
    server.pubmed.revise("2", TODAY, title="On something else.")
    follow(store, server, TODAY + DAY)
    server.pubmed.add(article("1", "ZEB1"))
    server.pubmed.revise("2", START, title="On exosomes.", abstract=(("RESULTS", "miR-21 targets CDH1."),))
    follow(store, server, TODAY + 60 * DAY)
    assert (status(store, "1"), status(store, "2")) == ("active", "active")
    assert believed(store) == {"ZEB1", "CDH1"}


def test_a_retraction_takes_an_article_out_and_leaves_it_visible(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.pubmed.retract("1", "77", TODAY + DAY)
    follow(store, server, TODAY + DAY)
    assert status(store, "1") == "retracted"
    assert believed(store) == {"KRAS"}
    assert store.select("SELECT count(*) FROM evidence WHERE document = 'PMID:1'").rows == [(1,)]


def test_a_document_is_unmatched_only_when_no_query_has_it(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    wider = query("wider", "exosomes OR vesicles")
    assert follow(store, server, TODAY, wider).listed == 3
    server.pubmed.revise("1", TODAY, title="On vesicles.")
    follow(store, server, TODAY + DAY)
    assert status(store, "1") == "active"
    follow(store, server, TODAY + DAY, wider)
    assert status(store, "1") == "active"
    server.pubmed.revise("1", TODAY + DAY, title="On neither.")
    follow(store, server, TODAY + 2 * DAY, wider)
    assert status(store, "1") == "unmatched"


def test_a_query_that_finds_what_another_one_saw_long_ago_fetches_it_anew(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.pubmed.revise("1", TODAY + DAY, abstract=(("RESULTS", "miR-21 targets ZEB1."),))
    follow(store, server, TODAY + 60 * DAY, query("wider", "exosomes OR vesicles"))
    assert believed(store) == {"ZEB1", "KRAS", "TP53"}


def test_a_query_that_was_changed_is_another_question(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    report = follow(store, server, TODAY + DAY, query(term="vesicles"))
    assert (report.listed, report.new, report.unmatched) == (1, 1, 2)
    assert believed(store) == {"TP53"}


def test_a_full_text_and_its_abstract_are_one_document(server: Server, store: Store) -> None:
    text = (("Results", "miR-21 targets CDH1."), ("Discussion", "miR-21 targets PTEN."))
    server.pubmed.add(article("5", pmcid="PMC5", full_text=text))
    server.pubmed.add(article("6", "VHL", pmcid="PMC6", full_text=text, restricted=True))
    both = query(sources=("pubmed", "pmc"))
    report = follow(store, server, TODAY, both)
    assert report.complete
    assert believed(store) == {"PTEN", "KRAS", "CDH1", "VHL"}
    assert store.select("SELECT id FROM document WHERE pmcid = 'PMC5'").rows == [("PMID:5",)]
    server.pubmed.retract("5", "77", TODAY)
    follow(store, server, TODAY + DAY, both)
    assert believed(store) == {"PTEN", "KRAS", "VHL"}


def broken(tool: str, part: str = "") -> object:
    def fault_of(request: Request) -> Fault | None:
        return Fault("status", 500) if request.tool == tool and part in str(request.parameters) else None

    return fault_of


def test_a_search_that_fails_changes_nothing_and_is_told(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    before = list(store.canonical_dump())
    server.pubmed.delete("1")
    server.fault_of = broken("esearch")  # type: ignore[assignment]
    report = follow(store, server, TODAY + DAY)
    assert (report.exit_code, report.complete) == (1, False)
    assert "NOT COMPLETE" in report.line()
    assert [line for line in store.canonical_dump() if '"failure"' not in line] == before
    assert sync.watermark(store, "exosomes") == TODAY.isoformat()
    server.fault_of = None
    assert follow(store, server, TODAY + DAY).deleted == 1


def test_a_batch_that_fails_is_fetched_by_the_next_refresh_and_only_it(server: Server, store: Store) -> None:
    for number in range(10, 20):
        server.pubmed.add(article(str(number), f"GENE{number}", entered=START + number * DAY))
    server.fault_of = broken("efetch", "'id': '12,")  # type: ignore[assignment]
    report = follow(store, server, TODAY)
    assert not report.complete
    assert sync.watermark(store, "exosomes") is None
    failed = sync.windows(store, "exosomes", status="failed")
    assert [(window.source, window.expected, window.fetched) for window in failed] == [("pubmed", 4, 0)]
    assert len(awaited.waiting(store, "exosomes")) == 4
    server.fault_of = None
    server.requests.clear()
    assert follow(store, server, TODAY).complete
    fetched = [request.parameters["id"] for request in server.requests if request.tool == "efetch"]
    assert fetched == ["12,13,14,15"]


def test_a_passing_fault_of_the_check_for_deleted_ones_deletes_nothing(server: Server, store: Store) -> None:
    follow(store, server, TODAY)
    server.pubmed.delete("1")
    server.fault_of = broken("efetch")  # type: ignore[assignment]
    report = follow(store, server, TODAY + DAY)
    assert (report.deleted, status(store, "1"), report.exit_code) == (0, "active", 1)


def test_a_listing_that_was_wrong_for_a_moment_buries_nothing(server: Server, store: Store) -> None:
    """Half of the index answered: the count fits the ids, and both are too few."""
    follow(store, server, TODAY)

    def half(citation: Citation) -> bool:
        return citation.pmid == "2"

    server.pubmed.matches["exosomes"] = half
    report = follow(store, server, TODAY + DAY)
    assert "left out 1 ids that match" in report.missing[0]
    assert (status(store, "1"), sync.watermark(store, "exosomes")) == ("active", TODAY.isoformat())


def test_a_query_of_very_many_hits_is_confirmed_first(server: Server, store: Store) -> None:
    report = follow(store, server, TODAY, confirm=lambda count: count < 2)
    assert (report.exit_code, believed(store)) == (1, set())
    assert "matches 2 citations" in report.missing[0]
    assert "more than its limit of 1" in follow(store, server, TODAY, query(limit=1)).missing[0]


def test_a_text_that_cannot_be_read_is_told_and_does_not_hold_up_the_rest(server: Server, store: Store) -> None:
    server.pubmed.add(article("5", "unreadable"))
    report = follow(store, server, TODAY)
    assert (report.exit_code, report.complete, report.run is not None and report.run.counts.failed) == (1, True, 1)
    assert sync.watermark(store, "exosomes") == TODAY.isoformat()
    assert follow(store, server, TODAY + DAY).again == 1


def test_every_window_and_batch_is_written_down(server: Server, store: Store) -> None:
    for number in range(10, 40):
        server.pubmed.add(article(str(number), entered=START + number // 3 * DAY))
    report = follow(store, server, TODAY)
    windows = sync.windows(store, "exosomes")
    days = [window for window in windows if window.date_type == "edat" and window.status == "done"]
    assert sum(window.expected or 0 for window in days) == report.listed == 32
    batches = [window for window in windows if window.batch is not None]
    assert sum(window.fetched or 0 for window in batches) == 32


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the databases lie: in memory if there is such a place, for two thirds of the time went to the disk."""
    memory = Path("/dev/shm")  # noqa: S108
    if os.access(memory, os.W_OK):
        with tempfile.TemporaryDirectory(dir=memory) as made:
            yield Path(made)
    else:
        yield tmp_path_factory.mktemp("histories")


@pytest.mark.parametrize("part", range(8))
@settings(
    max_examples=125, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(number=st.integers(0, 10**9))
def test_after_any_history_the_database_is_that_of_one_clean_run(
    part: int, number: int, shared: Server, folder: Path
) -> None:
    """Additions, revisions, deletions, retractions, returns, faults, kills at any commit: 8 x 125 histories."""
    run_history(part * 10**9 + number, shared, folder)


def test_today_is_the_last_day_that_is_asked_for(server: Server, store: Store) -> None:
    server.pubmed.add(article("5", entered=date(2021, 1, 1)))
    assert follow(store, server, TODAY).listed == 2
