"""The reader of JATS: a file's articles, one at a time -> :class:`Document`.

What is read: title, abstracts, body, captions, tables, appendices and glossaries. What is not: names and
addresses, the list of references, acknowledgements, funding, interests and contributions (nothing there is a
finding of the article), peer review and translations (`sub-article`, `response`), formulas.

Source: Journal Article Tag Suite (NISO Z39.96), and the NLM DTDs before it, as PubMed Central tags them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from minex.errors import InputError
from minex.formats.base import Format, Items, Limits, Source
from minex.formats.jats.front import read_front
from minex.formats.jats.passages import read_passages
from minex.formats.sniff import xml_root
from minex.formats.xmlrecords import AGAIN, Piece, Pieces, Shape, failure_in, make_parser, parse, refuse_entities
from minex.formats.xmltext import flat_text
from minex.model import Document, Record, Status

_SETS = (b"pmc-articleset", b"OAI-PMH", b"ListRecords", b"GetRecord", b"record", b"metadata")
_ERRORS = (b"Reply", b"error", b"ERROR")
_SHAPE = Shape(
    roots=_SETS,
    records=(b"article", b"header", *_ERRORS),
    unread=(b"responseDate", b"request", b"resumptionToken", b"about"),
)
_ARTICLE = re.compile(rb"<article[\s>]")
_DOCBOOK = re.compile(rb"docbook", re.I)
_OWN_ID = re.compile(rb"<article-id[^>]*\bpub-id-type=[\"'](pmid|pmc|pmcid)[\"'][^>]*>\s*(?:PMC)?(\d+)\s*<")
_DIGITS = re.compile(r"\d+")
_MAX_DEPTH = 100
_CURE = "PMC's own files declare none: fetch the article from PMC"
_OPENING = (
    b'<_ xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" '
    b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ali="http://www.niso.org/schemas/ali/1.0/">'
)
"""Prefixes that a set may declare once for all its articles."""


def sniff(head: bytes) -> bool:
    """Return whether the root element is an article of JATS, or a set that holds some."""
    root = xml_root(head)
    if root in (b"OAI-PMH", b"ListRecords", b"GetRecord", b"record"):
        # Other repositories and formats answer in the same envelope.
        return _ARTICLE.search(head) is not None or b"<error" in head or b"pubmedcentral" in head
    return root == b"pmc-articleset" or (root == b"article" and _DOCBOOK.search(head[:4096]) is None)


def read(source: Source, limits: Limits) -> Items:
    """Yield each article as a document, and what PMC says of those that it does not give as a failure."""
    refuse_entities(source, _CURE)
    parser = make_parser(source)
    number = 0
    for piece in Pieces(source, limits, _SHAPE):
        if isinstance(piece, InputError):
            yield source.failure(piece)
            continue
        number += piece.kind != b"header"
        try:
            if piece.trouble is not None:
                raise piece.trouble
            element = _element(piece, parser)
            if piece.kind == b"article":
                yield _document(element, f"{source.name}#{number}")
            elif piece.kind == b"header":
                yield from _deleted(element, source)
            else:
                raise _refusal(element)
        except InputError as error:
            yield replace(failure_in(piece, error, number, source, _known_id(piece)), record=Record.ARTICLE)


FORMAT = Format("JATS (PMC XML)", sniff, read)


def _element(piece: Piece, parser: etree.XMLParser) -> etree._Element:
    """Return a record's element, all names without namespace; one nested beyond reason is an error."""
    element = parse(_OPENING + piece.data + b"</_>", parser)[0]
    depth = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise InputError("xml-deep", f"elements are nested more than {_MAX_DEPTH} deep", cure=AGAIN)
        if event == "start" and each.tag[0] == "{":
            each.tag = etree.QName(each).localname
    return element


def _document(article: etree._Element, source: str) -> Document:
    front = read_front(article)
    passages = read_passages(article, front.title)
    if not (front.pmid or front.pmcid or front.doi or passages):
        raise InputError("no-article", "the article has no id and no text", cure=AGAIN)
    return Document(
        id=front.id or f"text:{source}",
        passages=passages,
        pmid=front.pmid,
        pmcid=front.pmcid,
        doi=front.doi,
        title=front.title,
        journal=front.journal,
        date=front.date,
        language=front.language,
        pubtypes=front.pubtypes,
        references=front.references,
        status=front.status,
        status_reason=front.status_reason,
        source=source,
        record=Record.ARTICLE,
    )


def _deleted(header: etree._Element, source: Source) -> Items:
    """Yield the tombstone of a record that OAI-PMH says is deleted."""
    name = (header.findtext("identifier") or "").rpartition(":")[2].removeprefix("PMC")
    if header.get("status") == "deleted" and name.isascii() and name.isdecimal():
        yield Document(
            f"PMC:{name}",
            pmcid=f"PMC{name}",
            status=Status.DELETED,
            status_reason=f"deleted record in {source.name}",
            source=f"{source.name}#header",
            record=Record.ARTICLE,
        )


def _refusal(element: etree._Element) -> InputError:
    """Return what PMC says in the place of an article, as an error."""
    said = element.get("error") or flat_text(element) or element.get("code") or "no reason"
    return InputError("not-available", f"PMC gives no article: {said}", cure="ask PubMed for its abstract")


def _known_id(piece: Piece) -> str | None:
    """Return the id of a record that cannot be read, as far as its bytes show it."""
    if piece.kind in _ERRORS:
        opening = re.match(rb"<[^>]*\b[Ii]d=[\"'](?:PMC)?:?(\d+)[\"']", piece.data)
        return f"PMC:{opening[1].decode()}" if opening else None
    found = {match[1]: match[2].decode() for match in _OWN_ID.finditer(piece.data[: 1 << 20])}
    if b"pmid" in found:
        return f"PMID:{found[b'pmid']}"
    number = found.get(b"pmc") or found.get(b"pmcid")
    return f"PMC:{number}" if number else None
