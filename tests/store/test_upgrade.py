"""A database of an older version is brought up to date in place, with all that it knew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from minex.errors import StoreError
from minex.model import Status
from minex.store import Store, schema, upgrade
from minex.store.documentation import TABLES
from tests.store.build import reading, said
from tests.store.conftest import Shelf
from tests.store.records import citation

OLD = Path(__file__).with_name("version_1.sql")
ASKED = "SELECT subject, predicate, object, belief, evidence_count FROM triple_named ORDER BY 1, 3"


@pytest.fixture
def before(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(database)) as old:
        old.executescript(OLD.read_text(encoding="utf-8"))
        names = [name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in names if "_fts" not in name]
        return {
            name: [
                tuple(zip([column[0] for column in rows.description], row, strict=True))
                for rows in [old.execute(f'SELECT * FROM "{name}"')]
                for row in rows
            ]
            for name in kept
        }


@pytest.fixture
def upgraded(before: dict[str, list[tuple[Any, ...]]], database: Path) -> Iterator[Shelf]:
    with Store.open(database) as store:
        yield Shelf(store)


def test_every_row_of_version_1_is_still_there(
    before: dict[str, list[tuple[Any, ...]]], upgraded: Shelf, database: Path
) -> None:
    # PMID:7 retracts PMID:6, which version 1 did not see: its status and the sums of its triple change.
    untouched = {name: rows for name, rows in before.items() if name not in ("triple", "run")}
    for name, rows in untouched.items():
        for row in rows:
            columns = {column: value for column, value in row if column not in ("status", "status_reason")}
            found = " AND ".join(f'"{column}" IS ?' for column in columns)
            if ("id", "PMID:5") not in row:
                assert upgraded.one(f'SELECT count(*) FROM "{name}" WHERE {found}', *columns.values()) == 1, row
    assert upgraded.one("SELECT count(*) FROM triple") == len(before["triple"])
    assert upgraded.store.connection.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
    assert upgraded.store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.with_name("x.db.schema-1-backup").exists()


def test_it_has_every_table_and_column_of_a_new_database(upgraded: Shelf) -> None:
    for name, what in TABLES.items():
        columns = {column for (column,) in upgraded.ask("SELECT name FROM pragma_table_info(?)", name)}
        assert columns == set(what.columns), name


def test_statuses_are_as_they_were_and_notices_count(upgraded: Shelf) -> None:
    assert upgraded.ask("SELECT id, status, status_reason FROM document ORDER BY id") == [
        ("PMID:1", "active", ""),
        ("PMID:2", "active", ""),
        ("PMID:3", "retracted", "RetractionIn PMID:9"),
        ("PMID:4", "deleted", "deleted by PubMed"),
        ("PMID:5", "deleted", "deleted by PubMed"),
        ("PMID:6", "retracted", "RetractionOf in PMID:7"),
        ("PMID:7", "active", ""),
    ]
    assert upgraded.ask(ASKED) == [
        ("miR-21-3p", "decreases", "EGLN2", 0.8, 1),
        ("miR-21-5p", "targets", "PTEN", 0.8, 1),
    ]
    upgraded.store.set_status({"PMID:4": (Status.ACTIVE, "")}, upgraded.run)
    assert upgraded.one("SELECT max(belief) FROM triple_named") == 0.96


def test_what_it_had_read_is_replaced_by_the_record_that_it_was(upgraded: Shelf) -> None:
    same = citation(1, [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")], pmcid="PMC7", title="One")
    assert upgraded.store.state(same.document, "f") == "changed"
    upgraded.write(same)
    assert upgraded.ask("SELECT record FROM document_source WHERE document = 'PMID:1'") == [("citation",)]
    assert upgraded.store.state(same.document, "f") == "unchanged"
    assert upgraded.one("SELECT count(*) FROM evidence WHERE document = 'PMID:1'") == 1
    own = reading("PMID:6", [said("miR-21-3p", "decreases", "EGLN1")])
    upgraded.write(own)
    assert upgraded.store.state(own.document, "f") == "unchanged"
    assert upgraded.one("SELECT status FROM document WHERE id = 'PMID:6'") == "retracted"


def test_what_it_kept_can_be_read_again(upgraded: Shelf) -> None:
    stale = upgraded.store.stale("other")
    assert stale.with_text == ("PMID:1", "PMID:3", "PMID:6", "PMID:7")
    assert stale.without_text == ("PMID:2",)
    texts = [document.text for document in upgraded.store.rebuild(stale.with_text)]
    assert texts[0] == "miR-21-5p targets PTEN in lung cancer."


@pytest.fixture
def second(database: Path) -> Iterator[Shelf]:
    with closing(sqlite3.connect(database)) as old:
        old.executescript(OLD.with_name("version_2.sql").read_text(encoding="utf-8"))
    with Store.open(database) as store:
        yield Shelf(store)


def test_version_2_gets_a_place_for_verdicts(second: Shelf, database: Path) -> None:
    for name, what in TABLES.items():
        columns = {column for (column,) in second.ask("SELECT name FROM pragma_table_info(?)", name)}
        assert columns == set(what.columns), name
    assert second.ask(ASKED) == [
        ("hypoxia", "increases", "miR-21-5p", 0.8, 1),
        ("miR-21-3p", "decreases", "EGLN1", 0.8, 1),
        ("miR-21-5p", "targets", "PTEN", 0.88, 2),
    ]
    assert second.ask("SELECT DISTINCT right_count, wrong_count FROM triple") == [(0, 0)]
    assert database.with_name("x.db.schema-2-backup").exists()
    # What was kept of changes is kept, and needs no new beginning.
    assert second.one("SELECT count(*) FROM history") == 0
    assert second.one("SELECT count(*) FROM triple_change") > 0


def test_evidence_of_version_2_can_be_judged(second: Shelf) -> None:
    evidence = second.one("SELECT id FROM evidence WHERE document = 'PMID:2' AND predicate = 'targets'")
    assert second.store.judge([(evidence, "wrong", "not stated")], "ann") == []
    assert second.one("SELECT belief FROM triple_named WHERE predicate = 'targets'") == 0.8


def test_indexes_that_are_missing_or_of_old_are_made_anew_without_a_version(database: Path) -> None:
    Store.open(database).close()
    with closing(sqlite3.connect(database)) as old:
        old.execute("DROP INDEX idx_triple_contested")
        old.execute("DROP INDEX idx_triple_run_belief")
        old.execute("CREATE INDEX idx_triple_run_belief ON triple (run_id)")
        old.commit()
    Store.open(database).close()
    with closing(sqlite3.connect(database)) as new:
        made = dict(new.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'").fetchall())
    assert {name: made[name] for name in schema.INDEXES} == {
        name: f"CREATE INDEX {name} ON {what}" for name, what in schema.INDEXES.items()
    }
    assert not list(database.parent.glob("*backup"))


def test_a_context_of_an_older_version_is_told_whose_it_is(upgraded: Shelf) -> None:
    assert upgraded.ask(
        "SELECT c.subject = t.subject, count(*) FROM context c JOIN evidence e ON e.nr = c.evidence "
        "JOIN triple t ON t.id = e.triple GROUP BY 1"
    ) == [(1, 2)]


def test_a_database_of_version_1_gets_the_indexes_too(upgraded: Shelf) -> None:
    made = {name for (name,) in upgraded.ask("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert set(schema.INDEXES) <= made


def of_version(version: int, database: Path) -> list[tuple[Any, ...]]:
    """Put a database of an older schema into place; return what its triples say."""
    with closing(sqlite3.connect(database)) as old:
        old.executescript(OLD.with_name(f"version_{version}.sql").read_text(encoding="utf-8"))
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
        return old.execute("SELECT id, subject, object FROM triple ORDER BY id").fetchall()


EVERY = range(1, schema.SCHEMA_VERSION)


@pytest.mark.parametrize("version", EVERY)
def test_every_schema_there_was_becomes_that_of_today_and_is_backed_up(version: int, database: Path) -> None:
    triples = of_version(version, database)
    with Store.open(database) as store:
        for name, what in TABLES.items():
            rows = store.select("SELECT name FROM pragma_table_info(?)", (name,)).rows
            assert {column for (column,) in rows} == set(what.columns), name
        assert store.select("SELECT id, subject, object FROM triple ORDER BY id").rows == triples
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    backup = database.with_name(f"x.db.schema-{version}-backup")
    with closing(sqlite3.connect(backup)) as before:
        assert before.execute("PRAGMA user_version").fetchone() == (version,)
        assert before.execute("SELECT id, subject, object FROM triple ORDER BY id").fetchall() == triples
    assert sorted(path.name for path in database.parent.iterdir()) == ["x.db", backup.name]


@pytest.mark.parametrize("version", EVERY)
def test_an_upgrade_that_breaks_half_way_leaves_the_database_as_it_was(
    version: int, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_version(version, database)
    with closing(sqlite3.connect(database)) as old:
        before = list(old.iterdump())

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(upgrade, "_remake_views", broken)
        with pytest.raises(StoreError) as caught:
            Store.open(database)
    assert caught.value.code == "disk-full"
    with closing(sqlite3.connect(database)) as old:
        assert list(old.iterdump()) == before
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
    Store.open(database).close()


def test_verdicts_of_version_3_are_kept(database: Path) -> None:
    of_version(3, database)
    with Store.open(database) as store:
        assert store.select("SELECT who, verdict, note FROM verdict").rows == [("ann", "wrong", "not stated")]
        assert store.select(
            "SELECT DISTINCT c.subject = t.subject FROM context c JOIN evidence e "
            "ON e.nr = c.evidence JOIN triple t ON t.id = e.triple"
        ).rows == [(1,)]


def test_a_backup_that_cannot_be_made_stops_the_upgrade_and_leaves_no_half_of_it(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_version(2, database)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises((StoreError, OSError)):
        Store.open(database)
    assert not list(database.parent.glob("*backup*")) + list(database.parent.glob(".*backup*"))
    with closing(sqlite3.connect(database)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (2,)
