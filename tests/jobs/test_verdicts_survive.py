"""What people judged outlives what a refresh and other rules do to a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from minex.jobs.extract import extract_stale
from minex.store import Store
from tests.jobs.little import LittlePipeline
from tests.jobs.pubmed_histories import MOST, START, follow
from tests.pubmed.citations import Citation
from tests.pubmed.server import PubMed, Server

TODAY = START + timedelta(days=30)
LATER = TODAY + timedelta(days=1)


def article(pmid: str, *genes: str) -> Citation:
    text = tuple((f"PART {gene}", f"miR-21 targets {gene}.") for gene in genes)
    return Citation(pmid, "On exosomes.", text, entered=START)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(PubMed([article("1", "PTEN", "KRAS"), article("2", "PTEN")]), most=MOST) as server:
        yield server


@pytest.fixture
def store(tmp_path: Path, server: Server) -> Iterator[Store]:
    """Two documents say that PTEN is targeted; a person judged the first wrong and what it says of KRAS right."""
    with Store.open(tmp_path / "x.db") as store:
        follow(store, server, TODAY)
        evidence = {(row[0], row[1]): row[2] for row in store.select(
            "SELECT e.document, t.object, e.id FROM evidence e JOIN triple t ON t.id = e.triple"
        ).rows}  # fmt: skip
        store.judge([(evidence["PMID:1", "HGNC:PTEN"], "wrong", "")], "ann")
        store.judge([(evidence["PMID:1", "HGNC:KRAS"], "right", "")], "ann")
        yield store


def beliefs(store: Store) -> dict[str, tuple[float, int]]:
    """Belief and pieces of evidence that count, by gene."""
    rows = store.select("SELECT object, belief, evidence_count FROM triple WHERE evidence_count > 0").rows
    return {object_.removeprefix("HGNC:"): (round(belief, 2), count) for object_, belief, count in rows}


def refreshed(store: Store, server: Server, today: date = LATER) -> dict[str, tuple[float, int]]:
    follow(store, server, today)
    return beliefs(store)


JUDGED = {"PTEN": (0.7, 1), "KRAS": (0.99, 1)}


def test_a_refresh_without_news_changes_nothing(store: Store, server: Server) -> None:
    assert beliefs(store) == JUDGED
    assert refreshed(store, server) == JUDGED


def test_a_revision_keeps_the_verdicts_on_the_sentences_that_stay(store: Store, server: Server) -> None:
    server.pubmed.revise("1", TODAY, abstract=(("NEW", "miR-21 targets ZEB1."), *article("1", "PTEN").sections))
    assert refreshed(store, server) == {"PTEN": (0.7, 1), "ZEB1": (0.7, 1)}
    server.pubmed.revise("1", LATER, abstract=article("1", "KRAS", "PTEN").abstract)
    assert refreshed(store, server, LATER + timedelta(days=1)) == JUDGED


def test_a_retraction_takes_a_right_piece_out_all_the_same(store: Store, server: Server) -> None:
    server.pubmed.retract("1", "77", LATER)
    assert refreshed(store, server) == {"PTEN": (0.7, 1)}
    assert store.select("SELECT count(*), sum(is_read) FROM judged").rows == [(2, 0)]


def test_other_rules_read_the_same_under_the_same_verdicts(store: Store, server: Server) -> None:
    for version in ("2", "3"):
        report = extract_stale(store, LittlePipeline(version=version), None)
        assert report.read + sum(run.counts.changed for run in report.runs) > 0
        assert beliefs(store) == JUDGED
    assert store.select("SELECT sum(is_read) FROM judged").rows == [(2,)]
