"""Networks for Cytoscape and others: SIF, and GraphML with all that is known of nodes and edges.

Both are written as they are read from the database, so that a network may be larger than memory.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any, BinaryIO

from minex.reports.export.notice import FACTS
from minex.reports.export.output import as_text
from minex.reports.selection import Selection
from minex.reports.wording import plain

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", int: "int", float: "double"}
NODE: dict[str, type] = {"name": str, "type": str}
EDGE: dict[str, type] = {
    "interaction": str, "sign": int, "belief": float, "evidence_count": int, "document_count": int,
    "negated_count": int, "hedged_count": int, "direct_count": int, "contrary_document_count": int,
}  # fmt: skip
"""Attributes of nodes and edges in GraphML; `interaction` is what Cytoscape calls the predicate."""

_COLUMNS = """
t.id, t.subject, t.object, s.name AS subject_name, s.type AS subject_type, o.name AS object_name,
o.type AS object_type, t.predicate AS interaction, t.sign, t.belief, t.evidence_count, t.document_count,
t.negated_count, t.hedged_count, t.direct_count, t.contrary_document_count
"""
_SHARED = "SELECT name FROM concept GROUP BY name HAVING count(*) > 1"


def write_sif(selection: Selection, stream: BinaryIO) -> int:
    """Write an edge a line: name, predicate, name, with tabs between them. Returns how many there are.

    A name that several concepts have is followed by the id in brackets, for SIF knows nodes by name.
    """
    shared = {name for (name,) in selection.connection.execute(_SHARED)}
    number = 0
    with as_text(stream) as text:
        for row in selection.triples(_COLUMNS):
            number += 1
            ends = [_node(row[f"{side}_name"], row[side], shared) for side in ("subject", "object")]
            text.write(f"{ends[0]}\t{row['interaction']}\t{ends[1]}\n")
    return number


def write_graphml(selection: Selection, stream: BinaryIO) -> int:
    """Write GraphML, a directed graph with an edge a triple. Returns how many edges there are."""
    from lxml import etree

    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", nsmap={None: _GRAPHML}):
            for owner, names in (("node", NODE), ("edge", EDGE)):
                for name, kind in names.items():
                    key = {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": _TYPES[kind]}
                    xml.write(etree.Element("key", key))
            licence = {"id": "graph_licence", "for": "graph", "attr.name": "licence", "attr.type": "string"}
            xml.write(etree.Element("key", licence))
            with xml.element("graph", id="minex", edgedefault="directed"):
                xml.write(_data("graph", {"licence": FACTS})[0])
                for id_, name, kind in _nodes(selection):
                    xml.write(_element("node", {"id": _text(id_)}, _data("node", {"name": name, "type": kind})))
                number = 0
                for row in selection.triples(_COLUMNS):
                    number += 1
                    ends = {"source": _text(row["subject"]), "target": _text(row["object"])}
                    said = _data("edge", {name: row[name] for name in EDGE})
                    xml.write(_element("edge", {"id": row["id"], **ends}, said))
    return number


def _nodes(selection: Selection) -> Iterable[sqlite3.Row]:
    """Yield each concept once: first as a subject, then those that are objects alone."""
    seen: set[str] = set()
    for side in ("s", "o"):
        columns = f"DISTINCT {side}.id, {side}.name, {side}.type"
        for row in selection.triples(columns, order=f"{side}.id"):
            if row["id"] not in seen:
                seen.add(row["id"])
                yield row


def _element(tag: str, attributes: dict[str, str], inner: list[Any]) -> Any:
    from lxml import etree

    element = etree.Element(tag, attributes)
    element.extend(inner)
    return element


def _data(owner: str, values: dict[str, Any]) -> list[Any]:
    from lxml import etree

    made = []
    for name, value in values.items():
        element = etree.Element("data", key=f"{owner}_{name}")
        element.text = _text(str(value))
        made.append(element)
    return made


def _text(text: str) -> str:
    return plain(text)


def _node(name: str, id_: str, shared: set[str]) -> str:
    """Return a node's name for SIF, which has no quotes: tabs end a name and blanks are kept.

    Examples:
        >>> _node("PTEN", "HGNC:9588", set()), _node("PTEN", "MGI:109583", {"PTEN"})
        ('PTEN', 'PTEN (MGI:109583)')
    """
    return re.sub(r"\s+", " ", f"{name} ({id_})" if name in shared else name).strip()
