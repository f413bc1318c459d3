"""BioC, as XML and as JSON: texts with annotations and relations.

The format is that of Comeau et al. (2013), doi 10.1093/database/bat064. Offsets and lengths count code points;
passages lie one character apart. A relation has two nodes, of the roles `subject` and `object`, and its infons say
sign, negation and all else that minex knows.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from typing import Any, BinaryIO

from minex import __version__
from minex.reports.export.annotated import Annotated, Documents, Passage
from minex.reports.export.notice import rights
from minex.reports.export.output import as_text
from minex.reports.selection import Selection

_KINDS = {
    "title": "title",
    "text": "paragraph",
    "caption": "fig_caption",
    "table": "table",
    "references": "ref",
}
# What XML 1.0 has no way to write; one character for one, so that offsets stay.
_FORBIDDEN = re.compile("[^\t\n\r -\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Object = dict[str, Any]


def write_json(selection: Selection, stream: BinaryIO) -> Documents:
    """Write one collection as BioC's JSON, a document a line. Returns what was written and what not."""
    documents = Documents(selection)
    head = {"source": "minex", "date": _today(), "key": _key(), "version": "1.0", "infons": _infons(selection)}
    with as_text(stream) as text:
        text.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "documents": [')
        for document in documents:
            text.write(",\n" if documents.written > 1 else "\n")
            text.write(json.dumps(as_object(document), ensure_ascii=False))
        text.write("\n]}\n")
    return documents


def write_xml(selection: Selection, stream: BinaryIO) -> Documents:
    """Write one collection as BioC's XML, a document at a time. Returns what was written and what not."""
    from lxml import etree

    documents = Documents(selection)
    with etree.xmlfile(stream, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("collection"):
            for tag, said in (("source", "minex"), ("date", _today()), ("key", _key())):
                xml.write(_leaf(tag, said))
            for name, value in _infons(selection).items():
                xml.write(_leaf("infon", value, key=name))
            for document in documents:
                xml.write(_document(as_object(document)))
                xml.write("\n")
    return documents


def as_object(document: Annotated) -> Object:
    """Return a document as BioC's JSON has it."""
    names = {"article-id_pmid": document.pmid, "article-id_pmc": document.pmcid, "article-id_doi": document.doi}
    more = {"journal": document.journal, "year": document.year and str(document.year)}
    return {
        "id": document.name,
        "infons": {name: value for name, value in (names | more).items() if value},
        "passages": [_passage(passage, document) for passage in document.passages],
        "annotations": [],
        "relations": [
            {
                "id": f"R{number}",
                "infons": {
                    "type": each.predicate,
                    "sign": str(each.sign),
                    "negated": str(each.negated).lower(),
                    "hedged": str(each.hedged).lower(),
                    "direct": str(each.direct).lower(),
                    "rule": each.rule,
                    "confidence": str(each.confidence),
                    "evidence": each.id,
                },
                "nodes": [
                    {"refid": each.subject.id, "role": "subject"},
                    {"refid": each.object.id, "role": "object"},
                ],
            }
            for number, each in enumerate(document.relations, 1)
        ],
    }


def _passage(passage: Passage, document: Annotated) -> Object:
    return {
        "infons": {"type": _KINDS.get(passage.kind, passage.kind), "section": passage.section},
        "offset": passage.start,
        "text": passage.text,
        "sentences": [],
        "annotations": [
            {
                "id": each.id,
                "infons": {"type": each.type, "identifier": each.concept, "name": each.name},
                "text": each.text,
                "locations": [{"offset": each.start, "length": each.end - each.start}],
            }
            for each in document.mentions
            if passage.start <= each.start < passage.end
        ],
        "relations": [],
    }


def _document(value: Object) -> Any:
    from lxml import etree

    document = etree.Element("document")
    document.append(_leaf("id", value["id"]))
    _add_infons(document, value)
    for each in value["passages"]:
        passage = etree.SubElement(document, "passage")
        _add_infons(passage, each)
        passage.append(_leaf("offset", str(each["offset"])))
        passage.append(_leaf("text", each["text"]))
        for annotation in each["annotations"]:
            element = etree.SubElement(passage, "annotation", id=annotation["id"])
            _add_infons(element, annotation)
            (place,) = annotation["locations"]
            etree.SubElement(element, "location", {name: str(number) for name, number in place.items()})
            element.append(_leaf("text", annotation["text"]))
    for relation in value["relations"]:
        element = etree.SubElement(document, "relation", id=relation["id"])
        _add_infons(element, relation)
        for node in relation["nodes"]:
            etree.SubElement(element, "node", node)
    return document


def _add_infons(element: Any, value: Object) -> None:
    element.extend(_leaf("infon", each, key=name) for name, each in value["infons"].items())


def _leaf(tag: str, text: str, **attributes: str) -> Any:
    from lxml import etree

    element = etree.Element(tag, attributes)
    element.text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return element


def _infons(selection: Selection) -> dict[str, str]:
    return {"licence": rights(selection.connection)}


def _key() -> str:
    return f"minex {__version__}: docs/exports.md"


def _today() -> str:
    return datetime.now(timezone.utc).date().isoformat()
