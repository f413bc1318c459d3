"""A figure is about everything, or about a factor or a cancer with all that is below it."""

from __future__ import annotations

import pytest

from minex.errors import UsageError
from minex.reports.figures.network import network
from minex.reports.figures.selection import select
from tests.store.build import reading, said
from tests.store.conftest import Shelf


@pytest.fixture
def three(shelf: Shelf) -> Shelf:
    shelf.write(
        reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung non-small cell carcinoma")]),
        reading("PMID:2", [said("miR-21-3p", "promotes", "migration")]),
        reading("PMID:3", [said("EGLN1", "decreases", "TJP1", cancer="lung cancer")]),
    )
    return shelf


def edges(shelf: Shelf, factor: str | None = None, cancer: str | None = None) -> set[tuple[str, str]]:
    connection = shelf.store.connection
    found = network(connection, select(connection, factor, cancer))
    names = {node.id: node.name for node in found.nodes}
    return {(names[edge.subject], names[edge.object]) for edge in found.edges}


def test_without_a_choice_all_is_taken(three: Shelf) -> None:
    assert len(edges(three)) == 3


def test_a_mirna_is_asked_with_its_arms(three: Shelf) -> None:
    assert edges(three, factor="miR-21") == {("miR-21-5p", "PTEN"), ("miR-21-3p", "migration")}


def test_a_factor_may_be_the_object_and_be_given_by_id(three: Shelf) -> None:
    assert edges(three, factor="HGNC:9588") == {("miR-21-5p", "PTEN")}


def test_a_cancer_is_asked_with_its_subtypes_whatever_the_case(three: Shelf) -> None:
    assert edges(three, cancer="Lung Cancer") == {("miR-21-5p", "PTEN"), ("EGLN1", "TJP1")}


def test_both_together_narrow(three: Shelf) -> None:
    assert edges(three, factor="miR-21", cancer="lung cancer") == {("miR-21-5p", "PTEN")}


def test_a_name_that_nothing_has_is_told_with_those_like_it(three: Shelf) -> None:
    with pytest.raises(UsageError, match="nothing in this database is called 'miR-211x'; did you mean miR-21"):
        select(three.store.connection, factor="miR-211x")
    with pytest.raises(UsageError, match="lists what there is"):
        select(three.store.connection, cancer="zzzz")


def test_a_name_of_the_lexicon_is_enough(three: Shelf) -> None:
    assert select(three.store.connection, factor="mir21") == select(three.store.connection, factor="miR-21")
