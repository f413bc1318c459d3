"""What the machine does to a database - a full disk, a lock, a clock set back - is told, and nothing is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from minex.errors import StoreError
from minex.jobs import run
from minex.jobs.refresh import refresh
from minex.jobs.runner import RunReport
from minex.pubmed.eutils import Eutils
from minex.pubmed.queries import parse
from minex.pubmed.settings import Settings
from minex.store import Store, sync
from tests.jobs.little import LittlePipeline
from tests.pubmed.citations import Citation
from tests.pubmed.server import PubMed, Server


def corpus(folder: Path, documents: int) -> Path:
    file = folder / "in.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(documents):
            text = "\n".join(f"miR-{number % 50} targets G{(number + n) % 90}." for n in range(6))
            stream.write(json.dumps({"id": f"PMID:{number + 1}", "text": text}) + "\n")
    return file


def read(file: Path, database: Path) -> RunReport:
    with Store.open(database) as store:
        return run([file], store, LittlePipeline(), batch_seconds=0.02)


def content(database: Path) -> list[str]:
    with Store.open(database) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return list(store.canonical_dump())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        pytest.skip(f"a disk cannot be mounted here: {error}")
    if mounted.returncode:
        pytest.skip(f"a disk cannot be mounted here: {mounted.stderr.decode()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_gets_full_is_told_and_the_same_call_goes_on_when_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    file = corpus(tmp_path, 400)
    read(file, tmp_path / "whole.db")
    database = small_disk / "x.db"
    with pytest.raises(StoreError) as caught:
        read(file, database)
    assert caught.value.code in ("disk-full", "disk-error")
    assert "what was committed is safe" in str(caught.value)
    with Store.open(database, readonly=True) as reader:
        stored = reader.select("SELECT count(*) FROM document").rows[0][0]
        assert reader.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert 0 < stored < 400
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    report = read(file, database)
    assert report.counts.unchanged == stored
    assert content(database) == content(tmp_path / "whole.db")


def test_a_disk_that_is_full_from_the_start_leaves_nothing_half_made(small_disk: Path, tmp_path: Path) -> None:
    (small_disk / "filling").write_bytes(b"x" * ((2 << 20) - 8192))
    with pytest.raises(StoreError) as caught:
        read(corpus(tmp_path, 1), small_disk / "x.db")
    assert caught.value.code in ("disk-full", "disk-error", "cannot-create", "cannot-open")
    assert sorted(path.name for path in small_disk.iterdir()) == ["filling"]


def test_an_old_database_on_a_full_disk_stays_old_and_whole(small_disk: Path, tmp_path: Path) -> None:
    """The backup before an upgrade needs room: without it nothing is touched."""
    old = Path(__file__).parents[1] / "store" / "version_3.sql"
    database = small_disk / "x.db"
    with closing(sqlite3.connect(database)) as made:
        made.executescript(old.read_text(encoding="utf-8"))
    room = os.statvfs(small_disk)
    (small_disk / "filling").write_bytes(b"x" * (room.f_bavail * room.f_frsize - 65536))
    with pytest.raises(StoreError) as caught:
        Store.open(database)
    assert caught.value.code in ("disk-full", "disk-error")
    assert not list(small_disk.glob("*backup*")) + list(small_disk.glob(".*backup*"))
    (small_disk / "filling").unlink()
    with Store.open(database) as store:
        assert store.select("SELECT count(*) FROM verdict").rows == [(1,)]


def test_a_file_system_mounted_read_only_is_told_and_can_still_be_asked(small_disk: Path, tmp_path: Path) -> None:
    database = small_disk / "x.db"
    read(corpus(tmp_path, 5), database)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreError) as caught:
        Store.open(database)
    assert caught.value.code == "read-only"
    assert "write" in str(caught.value)
    with Store.open(database, readonly=True) as reader:
        assert reader.select("SELECT count(*) FROM document").rows == [(5,)]


def test_a_reader_inside_a_transaction_does_not_stop_a_run_and_sees_one_state(tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    read(corpus(tmp_path, 5), database)
    count = "SELECT count(*) FROM document"
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute(count).fetchone() == (5,)
        assert read(corpus(tmp_path, 400), database).counts.new == 395
        assert reader.execute(count).fetchone() == (5,)
        reader.execute("COMMIT")
        assert reader.execute(count).fetchone() == (400,)


def test_another_program_that_holds_the_lock_is_told_and_the_run_goes_on_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "x.db"
    read(corpus(tmp_path, 5), database)
    monkeypatch.setattr("minex.store.connection.BUSY_SECONDS", 0.1)
    file = corpus(tmp_path, 50)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            read(file, database)
        other.execute("ROLLBACK")
    assert caught.value.code == "locked"
    assert "wait" in str(caught.value)
    assert read(file, database).counts.new == 45


TODAY = date(2020, 3, 10)
QUERY = parse('title = "Mine"\nterm = "exosomes"', Path("mine.toml"))


@pytest.fixture
def eutils(monkeypatch: pytest.MonkeyPatch) -> Iterator[Eutils]:
    papers = [
        Citation(str(n), "Exosomes.", f"miR-{n} targets PTEN.", entered=date(2020, 3, n)) for n in range(1, 9)
    ]
    with Server(PubMed(papers)) as server:
        monkeypatch.setenv("MINEX_EUTILS", server.base)
        yield Eutils(Settings.load("tests@example.org"))


def test_a_clock_set_back_is_told_and_loses_no_hits(eutils: Eutils, tmp_path: Path) -> None:
    """Listed up to a day before the last one, what PubMed took up in between would seem to match no longer."""
    with Store.open(tmp_path / "x.db") as store:
        refresh(QUERY, store, LittlePipeline(), eutils, today=TODAY)
        before = list(store.canonical_dump())
        with pytest.raises(StoreError, match="set the clock") as caught:
            refresh(QUERY, store, LittlePipeline(), eutils, today=date(2020, 3, 4))
        assert caught.value.code == "clock"
        assert list(store.canonical_dump()) == before
        assert len(sync.hits(store, "mine", current=True)) == 8
        assert sync.watermark(store, "mine") == TODAY.isoformat()
        assert refresh(QUERY, store, LittlePipeline(), eutils, today=TODAY).complete


def test_a_clock_that_was_ahead_is_set_right_by_comparing_from_the_start(eutils: Eutils, tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as store:
        refresh(QUERY, store, LittlePipeline(), eutils, today=date(2099, 1, 1))
        with pytest.raises(StoreError, match="change the query's title"):
            refresh(QUERY, store, LittlePipeline(), eutils, today=TODAY)
        again = parse('title = "Mine again"\nterm = "exosomes"', Path("mine.toml"))
        assert refresh(again, store, LittlePipeline(), eutils, today=TODAY).complete
        assert sync.watermark(store, "mine") == TODAY.isoformat()


def test_runs_keep_their_order_when_the_clock_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "x.db"
    read(corpus(tmp_path, 5), database)
    monkeypatch.setattr("minex.jobs.ledger.now", lambda: "2001-01-01T00:00:00+00:00")
    monkeypatch.setattr("minex.store.batch.now", lambda: "2001-01-01T00:00:00+00:00")
    report = read(corpus(tmp_path, 9), database)
    assert (report.run_id, report.counts.new, report.counts.unchanged) == (2, 4, 5)
    assert len(content(database)) > 9
