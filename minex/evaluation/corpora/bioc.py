"""BioC, as XML: one document at a time, in flat memory, without its DTD.

The elements are those of http://bioc.sourceforge.net (Comeau et al. 2013); what they say is made of one shape
with BioC's JSON in :mod:`minex.evaluation.corpora.bioc_document`.
"""

from __future__ import annotations

from lxml import etree

from minex.errors import InputError
from minex.evaluation.corpora.base import CorpusFormat, CorpusItems
from minex.evaluation.corpora.bioc_document import read_document
from minex.formats.base import Limits, Source
from minex.formats.sniff import xml_root
from minex.formats.xmlrecords import Pieces, Shape, failure_in, make_parser, parse, refuse_entities

_SHAPE = Shape(roots=(b"collection",), records=(b"document",), unread=(b"source", b"date", b"key", b"infon"))
_CURE = "BioC's own DTD declares none: take the declaration out"

Object = dict[str, object]


def sniff(head: bytes) -> bool:
    """Return whether the root element is BioC's."""
    return xml_root(head) in (b"collection", b"document")


def read(source: Source, limits: Limits) -> CorpusItems:
    """Yield each document, after what was wrong with it."""
    refuse_entities(source, _CURE)
    parser = make_parser(source)
    number = 0
    for piece in Pieces(source, limits, _SHAPE):
        if isinstance(piece, InputError):
            yield source.failure(piece)
            continue
        number += 1
        try:
            if piece.trouble is not None:
                raise piece.trouble
            value = document_value(parse(piece.data, parser))
            where = f"{source.path}, record {number}, byte {piece.offset}"
            items = list(read_document(value, f"{source.name}#{number}", where).finish())
        except InputError as error:
            yield failure_in(piece, error, number, source, None)
            continue
        yield from items


FORMAT = CorpusFormat("BioC XML", sniff, read)


def document_value(element: etree._Element) -> Object:
    """Return a document's, a passage's or a sentence's element as BioC's JSON has it."""
    value: Object = {"infons": _infons(element)}
    for key in ("id", "offset", "text"):
        found = element.find(key)
        if found is not None:
            text = _text(found)
            value[key] = _number(text) if key == "offset" else text.strip() if key == "id" else text
    for key, plural in (("passage", "passages"), ("sentence", "sentences")):
        value[plural] = [document_value(each) for each in element.findall(key)]
    value["annotations"] = [_annotation(each) for each in element.findall("annotation")]
    value["relations"] = [
        {
            "id": each.get("id", ""),
            "infons": _infons(each),
            "nodes": [{"refid": node.get("refid"), "role": node.get("role", "")} for node in each.findall("node")],
        }
        for each in element.findall("relation")
    ]
    return value


def _annotation(element: etree._Element) -> Object:
    text = element.find("text")
    return {
        "id": element.get("id", ""),
        "infons": _infons(element),
        "text": None if text is None else _text(text),
        "locations": [
            {"offset": _number(each.get("offset", "")), "length": _number(each.get("length", ""))}
            for each in element.findall("location")
        ],
    }


def _infons(element: etree._Element) -> Object:
    return {each.get("key", ""): _text(each) for each in element.findall("infon")}


def _text(element: etree._Element) -> str:
    for each in element.iter():
        if each.tag is etree.Entity:
            raise InputError("xml-invalid", f"the entity {each.text} is not defined")
    return "".join(str(part) for part in element.itertext())


def _number(text: str) -> object:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else text
