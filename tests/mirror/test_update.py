"""What becomes of a mirror when files come: checked, each once, whole, and in whatever order."""

from __future__ import annotations

import gzip
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import StoreError, UsageError
from minex.formats import read
from minex.mirror import database
from minex.mirror.mirror import Mirror, body_of
from minex.mirror.status import status_of
from minex.mirror.update import update
from minex.store.lock import WriterLock
from tests.mirror.content import content, titles
from tests.mirror.maker import HEAD, Paper, file_of, seal


def test_a_revision_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1, "Old title."), Paper(2, "Stays.")])
    file_of(tmp_path, 2, [Paper(1, "New title."), Paper(3, "Comes.")])
    report = update(tmp_path)
    assert [(file.fresh, file.revised) for file in report.loaded] == [(2, 0), (1, 1)]
    assert titles(tmp_path) == {1: "New title.", 2: "Stays.", 3: "Comes."}
    assert titles(tmp_path, "old[ti]") == {}
    assert titles(tmp_path, "new[ti]") == {1: "New title."}
    assert status_of(tmp_path).stale == 1


def test_of_two_states_in_one_file_the_later_counts(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1, "Old title."), Paper(1, "New title.")])
    update(tmp_path)
    assert titles(tmp_path) == {1: "New title."}


def test_a_higher_version_is_not_replaced_by_a_lower_one(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1, "Second.", version=2)])
    file_of(tmp_path, 2, [Paper(1, "First, revised.")], deleted=[1])
    report = update(tmp_path)
    assert report.loaded[1].older == 1
    assert titles(tmp_path) == {1: "Second."}


def test_what_is_deleted_leaves_a_tombstone_and_may_come_back(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1, "Old title."), Paper(2)])
    file_of(tmp_path, 2, deleted=[1, 99])
    update(tmp_path)
    with Mirror(tmp_path) as mirror:
        assert mirror.search("all[sb]").pmids == (2,)
        assert mirror.search("1[pmid]").pmids == ()
        assert mirror.buried([1, 2, 99, 100]) == {1, 99}
    file_of(tmp_path, 3, [Paper(1, "New title.")])
    update(tmp_path)
    with Mirror(tmp_path) as mirror:
        assert mirror.search("title[ti]").pmids == (1, 2)
        assert mirror.buried([1, 99]) == {99}


def test_a_file_that_deletes_what_it_brings_leaves_it_deleted(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1)], deleted=[1])
    update(tmp_path)
    assert titles(tmp_path) == {}


def test_a_second_update_does_nothing(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1), Paper(2)])
    update(tmp_path)
    before = content(tmp_path)
    assert update(tmp_path).loaded == []
    assert content(tmp_path) == before


def test_what_comes_again_unchanged_is_not_written_again(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1), Paper(2)])
    file_of(tmp_path, 2, [Paper(1), Paper(2, "New title.")])
    assert [(file.same, file.revised) for file in update(tmp_path).loaded] == [(0, 0), (1, 1)]
    assert status_of(tmp_path).stale == 1


def test_a_record_is_the_file_s_own_for_all_that_minex_reads(tmp_path: Path) -> None:
    papers = [Paper(n, f"Title {n} & <i>more</i>.", "Text.\n  Of two lines.") for n in range(1, 80)]
    path = file_of(tmp_path, 1, papers)
    update(tmp_path)
    with Mirror(tmp_path) as mirror:
        body = tmp_path / "body.xml"
        body.write_bytes(body_of(mirror.records(range(1, 80)).values()))
    # Where a document was read is told apart from what it says.
    kept, own = ([each.content_hash for each in read(file)] for file in (body, path))  # type: ignore[union-attr]
    assert kept == own
    assert len(kept) == 79


@pytest.mark.parametrize("place", ["", "baseline", "updatefiles"])
def test_files_may_lie_as_ncbi_has_them(tmp_path: Path, place: str) -> None:
    (tmp_path / place).mkdir(exist_ok=True)
    file_of(tmp_path / place, 1, [Paper(1)])
    assert len(update(tmp_path).loaded) == 1


def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "baseline").mkdir()
    file_of(tmp_path, 1)
    file_of(tmp_path / "baseline", 1)
    with pytest.raises(Exception, match="there twice"):
        update(tmp_path)


# What is wrong with a file.


def test_a_missing_file_is_told_and_may_come_later(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1, "Old title."), Paper(2, "Old title.")])
    file_of(tmp_path, 4, [Paper(1, "Newest title.")])
    report = update(tmp_path)
    assert report.missing == ["pubmed26n0002.xml.gz", "pubmed26n0003.xml.gz"]
    assert report.exit_code == 1
    assert status_of(tmp_path).missing == tuple(report.missing)
    file_of(tmp_path, 2, [Paper(1, "New title."), Paper(2, "New title.")])
    file_of(tmp_path, 3)
    assert update(tmp_path).exit_code == 0
    assert titles(tmp_path) == {1: "Newest title.", 2: "New title."}


@pytest.mark.parametrize(
    ("md5", "words"), [("0" * 32, "its checksum is"), ("none", "no checksum stands"), (None, "no checksum stands")]
)
def test_a_file_without_its_checksum_is_not_loaded(tmp_path: Path, md5: str | None, words: str) -> None:
    file_of(tmp_path, 1, [Paper(1)], md5=md5)
    file_of(tmp_path, 2, [Paper(2)])
    report = update(tmp_path)
    assert words in report.troubles[0]
    assert report.exit_code == 1
    assert set(titles(tmp_path)) == {2}


def test_a_file_without_checksum_is_loaded_on_demand(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1)], md5=None)
    assert update(tmp_path, unverified=True).exit_code == 0
    assert update(tmp_path, unverified=True).loaded == []


@pytest.mark.parametrize("cut", [10, 200, -8, -300])
def test_a_cut_file_brings_nothing_even_if_its_checksum_fits(tmp_path: Path, cut: int) -> None:
    path = file_of(tmp_path, 1, [Paper(n, hashlib.sha512(b"%d" % n).hexdigest()) for n in range(1, 9)])
    path.write_bytes(path.read_bytes()[:cut])
    seal(path)
    report = update(tmp_path)
    assert len(report.troubles) == 1
    assert titles(tmp_path) == {}
    file_of(tmp_path, 1, [Paper(1)])
    assert update(tmp_path).exit_code == 0
    assert set(titles(tmp_path)) == {1}


def test_a_record_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "pubmed26n0001.xml.gz"
    body = HEAD + Paper(1).xml() + "<PubmedArticle><broken></PubmedArticle>" + Paper(3).xml()
    path.write_bytes(gzip.compress((body + "</PubmedArticleSet>").encode()))
    seal(path)
    report = update(tmp_path)
    assert report.loaded[0].failed == 1
    assert set(titles(tmp_path)) == {1, 3}
    assert status_of(tmp_path).failed == 1


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "pubmed26n0001.xml.gz"
    body = '<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]><PubmedArticleSet>' + Paper(1).xml()
    path.write_bytes(gzip.compress((body + "</PubmedArticleSet>").encode()))
    seal(path)
    assert "declare none" in update(tmp_path).troubles[0]


def test_a_file_issued_again_is_loaded_again_and_told(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1, "Old title.")])
    file_of(tmp_path, 2, [Paper(2)])
    update(tmp_path)
    file_of(tmp_path, 1, [Paper(1, "New title.")])
    report = update(tmp_path)
    assert "issued again" in report.notes[0]
    assert titles(tmp_path)[1] == "New title."
    assert update(tmp_path).notes == []


def test_loaded_files_may_be_removed(tmp_path: Path) -> None:
    path = file_of(tmp_path, 1, [Paper(1)])
    update(tmp_path)
    path.unlink()
    file_of(tmp_path, 2, [Paper(2)])
    assert update(tmp_path).exit_code == 0
    assert set(titles(tmp_path)) == {1, 2}


def test_a_foreign_database_is_left_as_it_is(tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / database.NAME) as connection:
        connection.execute("CREATE TABLE mine (x)")
    file_of(tmp_path, 1)
    with pytest.raises(StoreError, match="no mirror"):
        update(tmp_path)
    with pytest.raises(StoreError, match="no mirror"):
        Mirror(tmp_path)


def test_two_updates_do_not_meet(tmp_path: Path) -> None:
    file_of(tmp_path, 1)
    lock = WriterLock(tmp_path / database.NAME)
    with pytest.raises(StoreError, match="is writing"):
        update(tmp_path)
    lock.release()


# A new baseline.


def test_a_new_baseline_is_told_and_waits_to_be_named(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1, "Old title."), Paper(2)])
    file_of(tmp_path, 2, [Paper(3)])
    update(tmp_path)
    file_of(tmp_path, 1, [Paper(1, "New title."), Paper(3)], year=2027)
    report = update(tmp_path)
    assert "--new-baseline 2027" in report.troubles[0]
    assert titles(tmp_path)[1] == "Old title."
    assert update(tmp_path, new_baseline=2027).exit_code == 0
    assert titles(tmp_path) == {1: "New title.", 2: "A title.", 3: "A title."}
    found = status_of(tmp_path)
    assert (found.year, found.loaded, found.from_older) == (2027, 1, 1)
    assert update(tmp_path).exit_code == 0


def test_an_empty_mirror_beside_two_baselines_asks_which(tmp_path: Path) -> None:
    file_of(tmp_path, 1, [Paper(1)])
    file_of(tmp_path, 1, [Paper(2)], year=2027)
    with pytest.raises(UsageError, match="2026 and 2027"):
        update(tmp_path)
    update(tmp_path, new_baseline=2027)
    assert set(titles(tmp_path)) == {2}


@pytest.mark.parametrize(("year", "words"), [(2025, "older"), (2028, "pubmed28n0001.xml.gz, is not there")])
def test_a_baseline_that_cannot_be_is_refused(tmp_path: Path, year: int, words: str) -> None:
    file_of(tmp_path, 1)
    update(tmp_path)
    with pytest.raises(UsageError, match=words):
        update(tmp_path, new_baseline=year)


# Order, repetition, and kills.

events = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["Old title.", "New title.", "Newest title."]))),
        st.lists(st.integers(1, 6), max_size=2),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=40, deadline=None)
@given(events, st.randoms(use_true_random=False))
def test_the_order_in_which_files_come_changes_nothing(
    found: list[tuple[list[tuple[int, str]], list[int]]], chance: random.Random
) -> None:
    one, other = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    try:
        expected: dict[int, str] = {}
        for number, (papers, deleted) in enumerate(found, 1):
            file_of(one, number, [Paper(pmid, title) for pmid, title in papers], deleted)
            expected.update(papers)
            expected = {pmid: title for pmid, title in expected.items() if pmid not in deleted}
        assert update(one).exit_code == 0
        assert titles(one) == expected
        paths = sorted(one.glob("*.gz"))
        chance.shuffle(paths)
        for path in paths:
            shutil.copy(path, other)
            shutil.copy(f"{path}.md5", other)
            update(other)
        assert content(other) == content(one)
    finally:
        shutil.rmtree(one)
        shutil.rmtree(other)


def test_an_update_killed_anywhere_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    for number in range(1, 6):
        papers = [Paper(n * number, f"Title {n} of {number}.", "Some text. " * 40) for n in range(1, 400)]
        file_of(whole, number, papers, deleted=[number * 7])
    shutil.copytree(whole, killed)
    update(whole)
    program = f"from minex.mirror.update import update; from pathlib import Path; update(Path({str(killed)!r}))"
    chance, kills = random.Random(8), 0  # noqa: S311
    for _ in range(40):
        process = subprocess.Popen([sys.executable, "-c", program], env=os.environ)
        wait = chance.uniform(0.3, 1.6)
        deadline = time.monotonic() + wait
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        if process.wait() == 0:
            break
    update(killed)
    assert kills
    assert content(killed) == content(whole)
