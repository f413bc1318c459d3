"""A database that is filled in one go has everything in the end that any other has, killed in between or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from minex.model import Reading
from minex.store import Store
from minex.store.filling import COUNTED, LATER, filling, missing
from tests.store.build import reading, said
from tests.store.conftest import Shelf
from tests.store.records import gone, notice

PTEN = said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")
UNKNOWN = said("FOXP9", "increases", "Foxp9b")

HISTORY: list[Sequence[Reading]] = [
    [reading("PMID:1", [PTEN]), reading("PMID:2", [UNKNOWN, PTEN])],
    # What texts alone name is named anew when one of them stops counting.
    [notice(3, "RetractionOf", 2), reading("PMID:4", [said("foxp9", "increases", "PTEN")])],
    [reading("PMID:1", [PTEN, said("miR-21-3p", "targets", "TJP1")]), gone(4)],
]


def _indexes(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}


def test_the_content_is_the_same_and_no_index_is_missing(tmp_path: Path) -> None:
    dumps = []
    for name in ("plain", "filled"):
        with Store.open(tmp_path / f"{name}.db") as store:
            shelf = Shelf(store)
            if name == "filled":
                with filling(store):
                    for items in HISTORY:
                        shelf.write(*items)
            else:
                for items in HISTORY:
                    shelf.write(*items)
            dumps.append(shelf.dump())
    assert dumps[0] == dumps[1]
    assert _indexes(tmp_path / "plain.db") == _indexes(tmp_path / "filled.db")


def test_meanwhile_what_only_helps_those_who_ask_is_not_kept(shelf: Shelf) -> None:
    with filling(shelf.store):
        shelf.write(*HISTORY[0])
        made = {name for (name,) in shelf.ask("SELECT name FROM sqlite_master WHERE type = 'index'")}
        assert made.isdisjoint(LATER)
        assert shelf.ask("SELECT object FROM triple_named WHERE subject = 'miR-21-5p'") == [("PTEN",)]
    assert not missing(shelf.store.connection)


def test_after_a_kill_the_next_opening_makes_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    store = Store.open(path)
    entered = filling(store)
    entered.__enter__()
    Shelf(store).write(*HISTORY[0])
    # What a kill leaves: nothing that stands behind the `with` is done.
    store.close()
    assert _indexes(path).isdisjoint(LATER)
    with Store.open(path, readonly=True) as reader:
        assert reader.select("SELECT count(*) FROM triple_named").rows == [(2,)]
    Store.open(path).close()
    assert _indexes(path) >= set(LATER)


def test_an_error_leaves_no_database_without_its_indexes(shelf: Shelf) -> None:
    def fill() -> None:
        with filling(shelf.store):
            shelf.write(*HISTORY[0])
            raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        fill()
    assert not missing(shelf.store.connection)


def test_a_database_with_content_keeps_its_indexes(shelf: Shelf) -> None:
    shelf.write(*HISTORY[0])
    with filling(shelf.store):
        assert not missing(shelf.store.connection)


def test_what_goes_when_nothing_mentions_it_is_found_with_the_indexes(shelf: Shelf) -> None:
    with filling(shelf.store):
        for items in HISTORY:
            shelf.write(*items)
        shelf.store.tidy()
        assert not missing(shelf.store.connection)
    assert shelf.ask("SELECT count(*) FROM concept WHERE name = 'foxp9'") == [(1,)]


def test_sqlite_has_the_statistics_that_it_has_after_a_run(tmp_path: Path) -> None:
    counted = []
    for name in ("plain", "filled"):
        with Store.open(tmp_path / f"{name}.db") as store, filling(store) if name == "filled" else nullcontext():
            # So many that SQLite would rather look at its statistics.
            for number in range(1, 100):
                Shelf(store).write(reading(f"PMID:{number}", [PTEN, UNKNOWN]))
            store.tidy()
        with closing(sqlite3.connect(tmp_path / f"{name}.db")) as connection:
            counted.append({table for (table,) in connection.execute("SELECT tbl FROM sqlite_stat1")})
    assert counted[0] <= counted[1] <= set(COUNTED)
