"""A report on one query sees what that query finds, and nothing else; the database stays as it is."""

from __future__ import annotations

import pytest

from minex.errors import UsageError
from minex.reports.scope import narrowed
from minex.store import Store, sync
from tests.store.build import reading, said
from tests.store.conftest import Shelf

ROWS = "SELECT factor, cancer FROM review_table ORDER BY cancer"


@pytest.fixture
def two(shelf: Shelf) -> Shelf:
    """Two papers; a query finds the first and has once found the second."""
    shelf.write(
        reading("PMID:1", [said("miR-21", "targets", "PTEN", cancer="lung cancer")]),
        reading("PMID:2", [said("miR-21", "targets", "PTEN", cancer="cancer")]),
    )
    sync.put_query(shelf.store, "lungs", term="lung cancer")
    sync.record_hits(shelf.store, "lungs", ["PMID:1", "PMID:2"], shelf.run)
    sync.unhit(shelf.store, "lungs", ["PMID:2"], "it matches no more", shelf.run)
    # A file brought it too, so it counts in the database.
    shelf.store.connection.execute("UPDATE document SET status = 'active' WHERE id = 'PMID:2'")
    return shelf


def test_views_see_only_what_the_query_finds(two: Shelf) -> None:
    connection = two.store.connection
    with narrowed(connection, "lungs"):
        assert connection.execute(ROWS).fetchall() == [("miR-21", "lung cancer")]
        assert connection.execute("SELECT count(*) FROM document").fetchone() == (1,)
    assert connection.execute(ROWS).fetchall() == [("miR-21", "cancer"), ("miR-21", "lung cancer")]


def test_without_a_query_all_counts(two: Shelf) -> None:
    with narrowed(two.store.connection, None):
        assert len(two.store.connection.execute(ROWS).fetchall()) == 2


def test_a_file_that_is_only_read_can_be_narrowed_and_stays_protected(two: Shelf) -> None:
    with Store.open(two.store.path, create=False, readonly=True) as store:
        with narrowed(store.connection, "lungs"):
            assert len(store.connection.execute(ROWS).fetchall()) == 1
            assert store.connection.execute("PRAGMA query_only").fetchone() == (1,)
        assert store.connection.execute("PRAGMA query_only").fetchone() == (1,)
        assert store.connection.execute("SELECT count(*) FROM temp.sqlite_master").fetchone() == (0,)


def test_an_error_inside_leaves_nothing_behind(two: Shelf) -> None:
    connection = two.store.connection
    with pytest.raises(RuntimeError), narrowed(connection, "lungs"):
        raise RuntimeError
    assert len(connection.execute(ROWS).fetchall()) == 2


def test_a_query_that_is_not_followed_is_told_with_those_that_are(two: Shelf) -> None:
    with (
        pytest.raises(UsageError, match="follows no query 'lung'; it follows lungs"),
        narrowed(two.store.connection, "lung"),
    ):
        pass


def test_a_database_made_from_files_follows_none(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="it was made from files"), narrowed(shelf.store.connection, "x"):
        pass
