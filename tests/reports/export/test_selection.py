"""What is exported: everything that counts, or what the filters leave."""

from __future__ import annotations

import pytest

from minex.errors import UsageError
from minex.reports.selection import Filters, Selection
from tests.store.conftest import Shelf


def triples(shelf: Shelf, **filters: object) -> list[tuple[str, str, str]]:
    selection = Selection(shelf.store.connection, Filters(**filters))  # type: ignore[arg-type]
    return [tuple(row) for row in selection.triples("s.name, t.predicate, o.name")]


def documents(shelf: Shelf, **filters: object) -> list[str]:
    return list(Selection(shelf.store.connection, Filters(**filters)).documents())  # type: ignore[arg-type]


def test_without_filters_it_is_everything_that_counts(full: Shelf) -> None:
    assert len(triples(full)) == 7
    assert documents(full) == ["PMID:1", "PMID:2", "PMID:3", "PMID:4"]


def test_a_name_collects_what_is_below_it(full: Shelf) -> None:
    assert triples(full, factors=("mir-21",)) == [
        ("hypoxia", "increases", "miR-21-5p"),
        ("miR-21-3p", "promotes", "migration"),
        ("miR-21-5p", "regulates", "EGLN2"),
        ("miR-21-5p", "targets", "PTEN"),
    ]
    assert triples(full, factors=("mirbase.mature:MIMAT0004494",)) == [("miR-21-3p", "promotes", "migration")]
    assert len(triples(full, factors=("EGLN1", "EGLN2"))) == 2


def test_a_cancer_is_where_it_was_seen_or_what_it_speaks_of(full: Shelf) -> None:
    assert triples(full, cancers=("lung cancer",)) == [
        ("PTEN", "up_in", "lung cancer"),
        ("miR-21-5p", "targets", "PTEN"),
    ]
    assert documents(full, cancers=("lung non-small cell carcinoma",)) == ["PMID:1"]


def test_a_query_leaves_the_documents_that_it_finds(full: Shelf) -> None:
    assert triples(full, query="mine") == [
        ("miR-21-3p", "promotes", "migration"),
        ("miR-21-5p", "targets", "PTEN"),
    ]
    assert documents(full, query="mine") == ["PMID:1", "PMID:3"]


def test_filters_narrow_each_other(full: Shelf) -> None:
    assert triples(full, query="mine", factors=("miR-21",), min_belief=0.39, cancers=("cancer",)) == [
        ("miR-21-5p", "targets", "PTEN")
    ]
    assert triples(full, min_belief=0.81) == []


def test_what_was_judged_wrong_or_retracted_is_left_out(full: Shelf) -> None:
    full.store.judge([(full.one("SELECT id FROM evidence WHERE document = 'PMID:3'"), "wrong", "")], "ann")
    full.store.retract("1", "fraud", "ann", full.run)
    assert triples(full, query="mine") == []
    selection = Selection(full.store.connection)
    assert {row["document"] for row in selection.evidence("e.document")} == {"PMID:2", "PMID:4"}


def test_a_name_that_nothing_has_is_told_with_what_may_be_meant(full: Shelf) -> None:
    with pytest.raises(UsageError, match="nothing in this database is called 'PTENN'; did you mean PTEN"):
        triples(full, factors=("PTENN",))
    with pytest.raises(UsageError, match="follows no query 'other'; it follows mine"):
        triples(full, query="other")
