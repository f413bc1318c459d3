"""A refresh that asks a mirror, and the same query asked of E-utilities before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from minex.errors import RemoteError
from minex.jobs.refresh import RefreshReport, refresh
from minex.mirror.mirror import Mirror
from minex.mirror.source import MirrorSource
from minex.mirror.update import update
from minex.pipeline import Pipeline
from minex.pubmed.queries import Query, parse
from minex.store import Store, sync
from tests.mirror.maker import Paper, file_of

TODAY = date(2026, 11, 22)
QUERY = parse('title = "Mine"\nterm = "exosom*[tiab]"\n', Path("mine.toml"))
PAPERS = [
    Paper(1, "Exosomal miR-21 in lung cancer.", "miR-21 inhibited PTEN in lung cancer cells."),
    Paper(2, "Exosomes under hypoxia.", "Hypoxia increased miR-210 in exosomes."),
    Paper(3, "Cells.", "miR-155 inhibited SOCS1."),
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "x.db")


def refreshed(folder: Path, store: Store, pipeline: Pipeline, query: Query = QUERY) -> RefreshReport:
    with Mirror(folder) as mirror:
        return refresh(query, store, pipeline, MirrorSource(mirror, TODAY), today=TODAY)


def triples(store: Store) -> set[tuple[str, ...]]:
    return set(store.connection.execute("SELECT subject, predicate, object FROM triple_named"))


def test_a_saved_query_is_run_over_the_mirror(tmp_path: Path, store: Store, pipeline: Pipeline) -> None:
    file_of(tmp_path, 1, PAPERS)
    update(tmp_path)
    report = refreshed(tmp_path, store, pipeline)
    assert (report.listed, report.new, report.complete) == (2, 2, True)
    assert triples(store) == {("miR-21", "inhibits", "PTEN"), ("hypoxia", "increases", "miR-210")}
    assert sync.hits(store, "mine") == {"PMID:1": "fetched", "PMID:2": "fetched"}
    assert sync.watermark(store, "mine") == "2026-11-22"


def test_what_the_mirror_learns_reaches_the_database(tmp_path: Path, store: Store, pipeline: Pipeline) -> None:
    file_of(tmp_path, 1, PAPERS)
    update(tmp_path)
    refreshed(tmp_path, store, pipeline)
    revised = Paper(2, "Exosomes under hypoxia.", "Hypoxia decreased miR-210 in exosomes.")
    new = Paper(4, "Exosomes.", "miR-155 inhibited SOCS1.")
    # Its days lie years back: what counts as changed is what was mirrored since.
    file_of(tmp_path, 2, [revised, new], deleted=[1])
    update(tmp_path)
    report = refreshed(tmp_path, store, pipeline)
    assert (report.new, report.deleted, report.unmatched) == (1, 1, 0)
    assert triples(store) == {("hypoxia", "decreases", "miR-210"), ("miR-155", "inhibits", "SOCS1")}
    rows = store.connection.execute("SELECT id, status FROM document ORDER BY id").fetchall()
    assert rows == [("PMID:1", "deleted"), ("PMID:2", "active"), ("PMID:4", "active")]


def test_what_matches_no_more_is_unmatched(tmp_path: Path, store: Store, pipeline: Pipeline) -> None:
    file_of(tmp_path, 1, PAPERS)
    update(tmp_path)
    refreshed(tmp_path, store, pipeline)
    file_of(tmp_path, 2, [Paper(2, "Vesicles under hypoxia.", "Hypoxia increased miR-210.")])
    update(tmp_path)
    report = refreshed(tmp_path, store, pipeline)
    assert (report.deleted, report.unmatched) == (0, 1)


def test_a_mirror_that_lacks_what_the_database_has_buries_nothing(
    tmp_path: Path, store: Store, pipeline: Pipeline
) -> None:
    for name, papers in (("full", PAPERS), ("thin", PAPERS[1:])):
        (tmp_path / name).mkdir()
        file_of(tmp_path / name, 1, papers)
        update(tmp_path / name)
    refreshed(tmp_path / "full", store, pipeline)
    report = refreshed(tmp_path / "thin", store, pipeline)
    assert not report.complete
    assert "neither a record nor a tombstone" in report.missing[0]
    assert ("miR-21", "inhibits", "PTEN") in triples(store)


def test_full_texts_are_not_in_a_mirror(tmp_path: Path, store: Store, pipeline: Pipeline) -> None:
    file_of(tmp_path, 1, PAPERS)
    update(tmp_path)
    both = parse('title = "Mine"\nsources = ["pubmed", "pmc"]\nterm = "exosom*[tiab]"\n', Path("mine.toml"))
    assert refreshed(tmp_path, store, pipeline, both).complete


def test_missing_files_are_told_with_every_refresh(tmp_path: Path, store: Store, pipeline: Pipeline) -> None:
    file_of(tmp_path, 2, PAPERS)
    update(tmp_path)
    assert "pubmed26n0001.xml.gz" in " ".join(refreshed(tmp_path, store, pipeline).warnings)


def test_days_narrow_a_search_as_they_do_in_pubmed(tmp_path: Path) -> None:
    file_of(
        tmp_path,
        1,
        [
            Paper(1, entered=(2020, 4, 1)),
            Paper(2, entered=(2021, 4, 1), published=(2019, 3)),
            Paper(3, entered=(), published=()),
        ],
    )
    update(tmp_path)
    with Mirror(tmp_path) as mirror:
        source = MirrorSource(mirror, TODAY)

        def found(date_type: str, first: date | None = None, last: date | None = None) -> tuple[str, ...]:
            return source.search("pubmed", "title", first_day=first, last_day=last, date_type=date_type).ids

        assert found("edat", date(2021, 1, 1)) == ("2",)
        assert found("edat", None, date(2020, 12, 31)) == ("1", "3")
        assert found("pdat", date(2019, 3, 1), date(2019, 3, 31)) == ("2",)
        assert found("mdat", date(2020, 1, 1)) == ("1", "2", "3")
        assert found("mdat", date(2999, 1, 1)) == ()
        assert source.search("pubmed", "title", start=1, size=1).ids == ("2",)
        assert source.search("pubmed", "title", size=0).count == 3
        with pytest.raises(RemoteError, match="9"):
            source.fetch("pubmed", ["1", "9"])
