"""SIF and GraphML, read back by networkx and as Cytoscape splits lines."""

from __future__ import annotations

import networkx
import pytest

from minex.model import Evidence, Mention, Reading, Span
from minex.reports.export.network import EDGE
from tests.reports.export.conftest import Written
from tests.store.build import reading, said
from tests.store.conftest import Shelf


def test_networkx_reads_nodes_and_edges_with_their_types(written: Written) -> None:
    graph = networkx.read_graphml(written("graphml"))
    assert graph.is_directed()
    assert graph.nodes["HGNC:9588"] == {"name": "PTEN", "type": "GENE"}
    edge = graph.edges["mirbase.mature:MIMAT0000076", "HGNC:9588"]
    assert {name: type(edge[name]) for name in EDGE} == EDGE
    assert (edge["interaction"], edge["sign"], edge["belief"]) == ("targets", -1, 0.4)
    assert "No text of papers is in this file" in graph.graph["licence"]
    assert (len(graph.nodes), len(graph.edges)) == (11, 7)


def test_several_predicates_of_a_pair_are_several_edges(full: Shelf, written: Written) -> None:
    full.write(reading("PMID:9", [said("miR-21-5p", "decreases", "PTEN")]))
    graph = networkx.read_graphml(written("graphml"))
    edges = graph.get_edge_data("mirbase.mature:MIMAT0000076", "HGNC:9588")
    assert {edge["interaction"] for edge in edges.values()} == {"targets", "decreases"}


def test_a_line_of_sif_is_two_nodes_and_what_joins_them(written: Written) -> None:
    lines = [line.split("\t") for line in written("sif").read_text(encoding="utf-8").splitlines()]
    assert ["miR-21-5p", "targets", "PTEN"] in lines
    assert all(len(line) == 3 for line in lines)
    assert len(lines) == 7


def test_hostile_names_break_no_line_and_no_markup(full: Shelf, written: Written) -> None:
    name = 'a\tb\n<node id="x"/>\x0b]]>&'
    text = f"{name} inhibits PTEN."
    odd = Mention(0, len(name), name, "GENE", (), "", "lexicon")
    at = text.index("PTEN")
    pten = Mention(at, at + 4, "PTEN", "GENE", ("HGNC:9588",), "PTEN", "lexicon")
    document = reading("PMID:8", text=text).document
    evidence = Evidence("PMID:8", odd, "inhibits", pten, Span(0, len(text)), rule="r", confidence=0.8)
    full.write(Reading(document, (), (odd, pten), (evidence,)))
    lines = written("sif").read_text(encoding="utf-8").splitlines()
    assert all(line.count("\t") == 2 for line in lines)
    graph = networkx.read_graphml(written("graphml"))
    assert "x" not in graph.nodes
    assert 'a b <node id="x"/>\ufffd]]>&' in {data["name"] for _, data in graph.nodes(data=True)}


def test_a_name_of_two_concepts_is_told_apart_in_sif(full: Shelf, written: Written) -> None:
    with full.store.transaction():
        full.store.connection.execute("UPDATE concept SET name = 'PTEN' WHERE id = 'HGNC:1232'")
    text = written("sif").read_text(encoding="utf-8")
    assert "PTEN (HGNC:1232)\tbinds" in text
    assert "\tPTEN (HGNC:9588)\n" in text


@pytest.mark.parametrize("format", ["sif", "graphml"])
def test_a_network_names_only_what_is_asked_for(written: Written, format: str) -> None:
    text = written(format, factors=("EGLN2",)).read_text(encoding="utf-8")
    assert "EGLN2" in text
    assert "TJP1" not in text
