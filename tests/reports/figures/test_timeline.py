"""Triples a year: each year from the first to the last, and what no earlier paper said."""

from __future__ import annotations

from minex.reports.figures.timeline import Year, timeline
from tests.store.build import reading, said
from tests.store.conftest import Shelf


def test_years_between_are_there_and_what_was_said_before_is_not_new(shelf: Shelf) -> None:
    shelf.write(
        reading("PMID:1", [said("miR-21", "targets", "PTEN")], date="2015"),
        reading("PMID:2", [said("miR-21", "targets", "PTEN"), said("EGLN1", "targets", "PTEN")], date="2017-03"),
        reading("PMID:3", [said("EGLN1", "targets", "PTEN")], date="2017"),
    )
    assert timeline(shelf.store.connection) == (Year(2015, 1, 1, 1), Year(2016), Year(2017, 2, 1, 2))


def test_a_paper_without_a_year_is_in_none(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21", "targets", "PTEN")], date=""))
    assert timeline(shelf.store.connection) == ()
