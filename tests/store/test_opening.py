from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from minex.errors import StoreError
from minex.store import Store, schema
from minex.store import connection as opening
from tests.store.build import reading, said
from tests.store.conftest import Shelf


def _refused(path: Path, **options: bool) -> StoreError:
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(os.listdir(path.parent))
    with pytest.raises(StoreError) as caught:
        Store.open(path, **options)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(os.listdir(path.parent)) == beside
    assert caught.value.cure
    return caught.value


def test_a_new_database_says_what_it_is(database: Path) -> None:
    with Store.open(database) as store:
        assert store.connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert store.connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert os.listdir(database.parent) == ["x.db"]


def test_an_empty_file_becomes_a_database(database: Path) -> None:
    database.touch()
    Store.open(database).close()
    Store.open(database, create=False).close()


def test_a_file_that_is_no_database_is_left_as_it_is(database: Path) -> None:
    database.write_text("my precious notes\n" * 100)
    assert _refused(database).code == "not-sqlite"
    assert _refused(database, readonly=True).code == "not-sqlite"


def test_a_database_of_another_program_is_left_as_it_is(database: Path) -> None:
    with closing(sqlite3.connect(database)) as foreign:
        foreign.execute("CREATE TABLE t (a)")
    assert _refused(database).code == "not-minex"


def test_a_newer_schema_is_refused_with_the_cure(database: Path) -> None:
    Store.open(database).close()
    with closing(sqlite3.connect(database)) as newer:
        newer.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    error = _refused(database)
    assert error.code == "newer-schema"
    assert "upgrade minex" in str(error)
    assert _refused(database, readonly=True).code == "newer-schema"


def test_a_missing_database_is_told_unless_it_may_be_made(database: Path) -> None:
    assert _refused(database, readonly=True).code == "no-database"
    assert _refused(database, create=False).code == "no-database"


def test_a_missing_folder_and_a_folder_as_path_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        Store.open(tmp_path / "none" / "x.db")
    with pytest.raises(StoreError, match="not a file"):
        Store.open(tmp_path)


def test_a_half_made_database_of_a_killed_process_is_no_hindrance(database: Path) -> None:
    database.with_name(".x.db.new").write_bytes(b"half")
    Store.open(database).close()
    assert os.listdir(database.parent) == ["x.db"]


def test_odd_characters_in_a_path_are_no_syntax(tmp_path: Path) -> None:
    path = tmp_path / "100% a?b#c.db"
    Store.open(path).close()
    Store.open(path, readonly=True).close()
    assert os.listdir(tmp_path) == [path.name]


def test_views_of_an_older_minex_are_made_anew(database: Path) -> None:
    Store.open(database).close()
    with closing(sqlite3.connect(database)) as old:
        old.execute("DROP VIEW changes")
        old.execute("DROP VIEW mirna_target")
        old.execute("CREATE VIEW mirna_target AS SELECT 1 AS old")
        old.commit()
    with Store.open(database) as store:
        assert "methods" in store.select("SELECT * FROM mirna_target").columns
        assert store.select("SELECT * FROM changes").rows == []


def test_a_second_writer_is_told_who_the_first_is(database: Path) -> None:
    with Store.open(database):
        with pytest.raises(StoreError, match=f"process {os.getpid()} is writing") as caught:
            Store.open(database)
        assert caught.value.code == "in-use"
    Store.open(database).close()


def test_a_writer_that_was_killed_leaves_no_lock(database: Path) -> None:
    script = (
        "import os, signal, sys; from minex.store import Store; Store.open(sys.argv[1]); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(database)], check=False, timeout=60)
    assert database.with_name("x.db.lock").exists()
    Store.open(database).close()


def test_a_reader_inside_a_transaction_does_not_block_the_writer_and_sees_one_state(
    shelf: Shelf, database: Path
) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN")]))
    with Store.open(database, readonly=True) as reader:
        reader.connection.execute("BEGIN")
        count = "SELECT count(*) FROM document"
        assert reader.connection.execute(count).fetchone() == (1,)
        shelf.write(reading("PMID:2", [said("miR-21-5p", "targets", "TJP1")]))
        assert reader.connection.execute(count).fetchone() == (1,)
        reader.connection.execute("COMMIT")
        assert reader.connection.execute(count).fetchone() == (2,)


def test_a_store_opened_for_reading_writes_nothing(shelf: Shelf, database: Path) -> None:
    with Store.open(database, readonly=True) as reader:
        with pytest.raises(StoreError, match="reading only"):
            reader.write([], shelf.run)
        with pytest.raises(sqlite3.OperationalError):
            reader.connection.execute("DELETE FROM document")


def test_a_lock_of_another_program_is_told_with_its_cure(
    shelf: Shelf, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.store.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            shelf.write(reading("PMID:1"))
    assert caught.value.code == "locked"
    shelf.write(reading("PMID:1"))
    assert shelf.one("SELECT count(*) FROM document") == 1


def test_a_full_disk_loses_nothing_that_was_committed(shelf: Shelf, database: Path) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN")]))
    before = shelf.dump()
    pages = shelf.store.connection.execute("PRAGMA page_count").fetchone()[0]
    shelf.store.connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    many = [reading(f"PMID:{n}", [said("miR-21-5p", "targets", "TJP1")], text="word " * 500) for n in range(200)]
    with pytest.raises(StoreError) as caught:
        shelf.write(*many)
    assert caught.value.code == "disk-full"
    assert "what was committed is safe" in str(caught.value)
    assert shelf.dump() == before
    shelf.store.close()
    with Store.open(database) as again:
        assert again.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told_and_can_be_read(shelf: Shelf, database: Path) -> None:
    shelf.store.close()
    database.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught:
            Store.open(database)
        assert caught.value.code == "read-only"
        with Store.open(database, readonly=True) as reader:
            assert reader.select("SELECT count(*) FROM document").rows == [(0,)]
    finally:
        database.parent.chmod(0o700)


def test_a_network_file_system_is_noticed_and_told(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "file_system", lambda path: "nfs4")
    with Store.open(database) as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        (notice,) = store.notices
        assert "network file system (nfs4)" in notice


def test_a_local_file_system_is_known_by_its_longest_mount_point(tmp_path: Path) -> None:
    if sys.platform == "linux":
        assert opening.file_system(tmp_path)
        assert opening.file_system(Path("/proc/self")) == "proc"


def test_a_mount_point_holds_what_lies_below_it_and_not_what_begins_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path.resolve()
    mounts = f"a / ext4 rw\nb {here}/my\\040share nfs4 rw\nc {here}/late tmpfs rw\nd {here}/late xfs rw\n"
    monkeypatch.setattr(Path, "read_text", lambda self, **_: mounts)
    for name, kind in {
        "my share": "nfs4",
        "my share/x.db": "nfs4",
        "my shares/x.db": "ext4",
        "late/x.db": "xfs",
        "x.db": "ext4",
    }.items():
        assert opening.file_system(here / name) == kind
