"""What people are shown first: one piece a triple, of the least certain or the most influential ones."""

from __future__ import annotations

import pytest

from minex.curation.queue import due
from minex.errors import UsageError
from minex.reports.selection import Filters
from tests.store.build import said
from tests.store.conftest import Shelf
from tests.store.records import citation


@pytest.fixture
def many(shelf: Shelf) -> Shelf:
    """PTEN is decreased for sure and TJP1 contradicted; miR-21-5p does three things, miR-21-3p one."""
    shelf.write(
        citation(1, [said("miR-21-5p", "decreases", "PTEN"), said("miR-21-5p", "decreases", "TJP1")]),
        citation(2, [said("miR-21-5p", "decreases", "PTEN", confidence=0.9)]),
        citation(3, [said("miR-21-5p", "increases", "TJP1"), said("miR-21-3p", "binds", "EGLN1", confidence=0.7)]),
    )
    return shelf


def names(shelf: Shelf, **options: object) -> list[tuple[str, str, str]]:
    found = due(shelf.store.connection, **options)  # type: ignore[arg-type]
    return [(each.piece.document, each.piece.predicate, each.piece.object) for each in found]


def test_the_least_certain_come_first(many: Shelf) -> None:
    ordered = names(many)
    assert {each[1:] for each in ordered[:2]} == {("decreases", "TJP1"), ("increases", "TJP1")}
    assert [each[1:] for each in ordered[2:]] == [("binds", "EGLN1"), ("decreases", "PTEN")]


def test_the_most_influential_come_first(many: Shelf) -> None:
    ordered = names(many, order="influential")
    assert {each[2] for each in ordered[:2]} == {"TJP1"}
    assert ordered[-1] == ("PMID:3", "binds", "EGLN1")


def test_a_triple_gives_its_surest_piece_then_the_next(many: Shelf) -> None:
    pten = Filters(factors=("PTEN",))
    (first,) = due(many.store.connection, filters=pten)
    assert (first.piece.document, first.belief, first.documents) == ("PMID:2", 0.98, 2)
    many.store.judge([(first.piece.id, "right", "")], "ann")
    assert names(many, filters=pten) == [("PMID:1", "decreases", "PTEN")]
    (again,) = due(many.store.connection, filters=pten, again_by="ben")
    assert again.piece.id == first.piece.id
    assert names(many, filters=pten, again_by="ann") == [("PMID:1", "decreases", "PTEN")]


def test_who_looks_again_sees_what_others_judged_wrong(many: Shelf) -> None:
    (first,) = due(many.store.connection, filters=Filters(factors=("EGLN1",)))
    many.store.judge([(first.piece.id, "wrong", "")], "ann")
    assert names(many, filters=Filters(factors=("EGLN1",))) == []
    (again,) = due(many.store.connection, filters=Filters(factors=("EGLN1",)), again_by="ben")
    assert again.piece.marks == ("judged wrong",)


def test_what_has_a_right_piece_already_comes_last(many: Shelf) -> None:
    (least, *_) = due(many.store.connection)
    many.write(citation(4, [said("miR-21-5p", least.piece.predicate, "TJP1")]))
    many.store.judge([(least.piece.id, "right", "")], "ann")
    assert names(many)[-1][1:] == (least.piece.predicate, "TJP1")


def test_no_more_than_asked_for_and_nothing_retracted(many: Shelf) -> None:
    assert len(names(many, most=2)) == 2
    many.store.retract("3", "fraud", "ann", many.run)
    assert "PMID:3" not in {each[0] for each in names(many)}


def test_an_unknown_order_is_told(many: Shelf) -> None:
    with pytest.raises(UsageError, match="allowed: uncertain, influential"):
        names(many, order="random")
