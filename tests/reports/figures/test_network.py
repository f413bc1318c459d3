"""The network: predicates of one sign are one edge, what is denied is none, what is said most comes first."""

from __future__ import annotations

from minex.reports.figures.network import Edge, Network, network
from tests.store.build import reading, said, tombstone
from tests.store.conftest import Shelf


def named(found: Network) -> list[tuple[str, int, str]]:
    names = {node.id: node.name for node in found.nodes}
    return [(names[edge.subject], edge.sign, names[edge.object]) for edge in found.edges]


def test_predicates_of_one_sign_are_one_edge(shelf: Shelf) -> None:
    shelf.write(
        reading("PMID:1", [said("miR-21", "targets", "PTEN"), said("miR-21", "decreases", "PTEN")]),
        reading("PMID:2", [said("miR-21", "increases", "PTEN")]),
    )
    found = network(shelf.store.connection)
    assert sorted(named(found)) == [("miR-21", -1, "PTEN"), ("miR-21", 1, "PTEN")]
    (down,) = [edge for edge in found.edges if edge.sign < 0]
    assert (down.predicates, down.documents, len(down.triples)) == (("decreases", "targets"), 1, 2)
    assert down.belief == shelf.one("SELECT max(rolled_belief) FROM triple WHERE sign = -1")


def test_what_more_papers_say_comes_first(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("EGLN1", "decreases", "TJP1", confidence=0.95)]))
    shelf.write(*(reading(f"PMID:{n}", [said("miR-21", "targets", "PTEN", confidence=0.3)]) for n in (2, 3)))
    found = network(shelf.store.connection, top=1)
    assert named(found) == [("miR-21", -1, "PTEN")]
    assert found.left_out == 1
    assert {node.name for node in found.nodes} == {"miR-21", "PTEN"}


def test_what_is_only_denied_and_levels_are_no_edges(shelf: Shelf) -> None:
    shelf.write(
        reading(
            "PMID:1", [said("miR-21", "targets", "PTEN", negated=True), said("miR-21", "up_in", "lung cancer")]
        )
    )
    assert network(shelf.store.connection).edges == ()


def test_documents_that_do_not_count_make_no_edge(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21", "targets", "PTEN")]))
    shelf.write(tombstone("PMID:1"))
    assert network(shelf.store.connection) == Network((), ())


def test_what_has_no_sign_can_be_left_out(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21", "regulates", "PTEN")]))
    (edge,) = network(shelf.store.connection).edges
    assert isinstance(edge, Edge)
    assert edge.sign == 0
    assert network(shelf.store.connection, unsigned=False).edges == ()
