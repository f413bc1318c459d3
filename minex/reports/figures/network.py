"""Who regulates whom: the predicates of one sign between two concepts taken together are one edge.

That a level is up or down in a cancer is no act of the factor: `up_in` and `down_in` make no edge. They stand in
the table and the heat map.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from minex.reports.figures.selection import EVIDENCE, Selection

_ASKED = f"""
SELECT subject, sign, object, predicate, triple, belief, document FROM ({EVIDENCE})
WHERE negated = 0 AND predicate NOT IN ('up_in', 'down_in') AND subject <> object AND abs(sign) >= :least
"""  # noqa: S608 - our own SQL
_CONCEPTS = """
SELECT id, name, type FROM concept WHERE id IN (SELECT subject FROM triple UNION SELECT object FROM triple)
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A concept of the network."""

    id: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What is said of one concept by another with one sign; `documents` are those that affirm it.

    `triples` are the ids of what was taken together, `belief` is that in (subject, sign, object).
    """

    subject: str
    sign: int
    object: str
    predicates: tuple[str, ...]
    triples: tuple[str, ...]
    belief: float
    documents: int


@dataclass(frozen=True, slots=True)
class Network:
    """Edges, those of most documents first, and the nodes at their ends; `left_out` more edges there are."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0


@dataclass
class _Gathered:
    predicates: set[str] = field(default_factory=set)
    triples: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    belief: float = 0.0


def network(
    connection: sqlite3.Connection,
    selection: Selection | None = None,
    top: int | None = None,
    *,
    unsigned: bool = True,
) -> Network:
    """Gather the network of a selection.

    What is only denied is no edge, and nor is what a thing does to itself.

    Parameters:
        connection: to an open database, narrowed to a query or not.
        selection: what it is about; default: all.
        top: how many edges at the most.
        unsigned: take what says neither raises nor lowers as well: `associated_with`, `regulates`, `binds`.
    """
    gathered: dict[tuple[str, int, str], _Gathered] = defaultdict(_Gathered)
    parameters = {**(selection or Selection()).parameters, "least": 0 if unsigned else 1}
    for subject, sign, object_, predicate, triple, belief, document in connection.execute(_ASKED, parameters):
        one = gathered[subject, sign, object_]
        one.predicates.add(predicate)
        one.triples.add(triple)
        one.documents.add(document)
        one.belief = max(one.belief, belief)
    edges = [
        Edge(*key, tuple(sorted(one.predicates)), tuple(sorted(one.triples)), one.belief, len(one.documents))
        for key, one in gathered.items()
    ]
    nodes = {row[0]: Node(*row) for row in connection.execute(_CONCEPTS)}

    def rank(edge: Edge) -> tuple[int | float | str, ...]:
        names = nodes[edge.subject].name, nodes[edge.object].name
        return (-edge.documents, -edge.belief, *names, edge.sign, edge.subject, edge.object)

    edges.sort(key=rank)
    kept = tuple(edges[:top])
    ends = dict.fromkeys(id_ for edge in kept for id_ in (edge.subject, edge.object))
    return Network(tuple(nodes[id_] for id_ in ends), kept, len(edges) - len(kept))
