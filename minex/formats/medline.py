"""PubMed XML: sets of citations as PubMed's files and its efetch give them, read in flat memory."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from minex.errors import InputError
from minex.formats.base import Format, Items, Limits, Source
from minex.formats.citation import book_document, citation_document
from minex.formats.sniff import xml_root
from minex.formats.xmlrecords import Piece, Pieces, Shape, failure_in, make_parser, parse, refuse_entities
from minex.model import Document, Failure, Record, Status

_ROOTS = frozenset(
    {
        b"PubmedArticleSet",
        b"PubmedArticle",
        b"MedlineCitationSet",
        b"MedlineCitation",
        b"PubmedBookArticle",
        b"DeleteCitation",
    }
)
SHAPE = Shape(
    roots=(b"PubmedArticleSet", b"MedlineCitationSet", b"PubmedBookArticleSet"),
    records=(b"PubmedArticle", b"PubmedBookArticle", b"MedlineCitation", b"DeleteCitation"),
)
_UNREAD = (
    (b"<AuthorList", b"</AuthorList>"),
    (b"<History", b"</History>"),
    (b"<ReferenceList", b"</ReferenceList>"),
)
"""Long lists of which nothing is read, in the order in which they stand; the last may stand several times."""

_PMID = re.compile(rb"<PMID[^>]*>\s*(\d+)\s*</PMID>")
_CURE = "PubMed's own files declare none: fetch the file from PubMed"


def sniff(head: bytes) -> bool:
    """Return whether the root element is one of PubMed's."""
    return xml_root(head) in _ROOTS


def read(source: Source, limits: Limits) -> Items:
    """Yield each citation as a document, and each deleted PMID as a document of status `deleted`."""
    refuse_entities(source, _CURE)
    parser = make_parser(source)
    number = 0
    for piece in Pieces(source, limits, SHAPE):
        if isinstance(piece, InputError):
            yield source.failure(piece)
            continue
        if piece.kind == b"DeleteCitation":
            yield from _deleted(piece, parser, source)
            continue
        number += 1
        if piece.trouble is not None:
            yield _failure(piece.trouble, piece, number, source)
            continue
        try:
            yield _document(piece, parser, f"{source.name}#{number}")
        except InputError as error:
            yield _failure(error, piece, number, source)


FORMAT = Format("PubMed XML", sniff, read)


def _document(piece: Piece, parser: etree.XMLParser, source: str) -> Document:
    element = parse(shortened(piece), parser)
    if piece.kind == b"PubmedBookArticle":
        return book_document(element, source)
    return citation_document(element, source)


def shortened(piece: Piece) -> bytes:
    """Return a record without the lists of which nothing is read: half of PubMed's bytes and parsing time."""
    data = piece.data
    if piece.kind != b"PubmedArticle" or (b"!" in data and b"<!" in data):
        return data
    kept: list[bytes] = []
    at = 0
    for opening, closing in _UNREAD:
        start = data.find(opening, at)
        if start < 0:
            continue
        end = data.rfind(closing, start) if opening == b"<ReferenceList" else data.find(closing, start)
        if end >= 0:
            kept.append(data[at:start])
            at = end + len(closing)
    kept.append(data[at:])
    return b"".join(kept)


def _deleted(piece: Piece, parser: etree.XMLParser, source: Source) -> Items:
    place = f"{source.path}, byte {piece.offset}"
    if piece.trouble is None:
        try:
            found = [(element.text or "").strip() for element in parse(piece.data, parser).iter("PMID")]
        except InputError as error:
            piece.trouble = error
    if piece.trouble is not None:
        # The PMIDs that stand there whole are deleted all the same.
        found = [match.decode() for match in _PMID.findall(piece.data)]
    for pmid in found:
        if pmid.isdecimal():
            reason = f"DeleteCitation in {source.name}"
            yield Document(
                f"PMID:{pmid}",
                pmid=pmid,
                status=Status.DELETED,
                status_reason=reason,
                source=f"{source.name}#DeleteCitation",
                record=Record.CITATION,
            )
        else:
            yield Failure("read", "bad-pmid", f"{pmid!r} in DeleteCitation is no PMID", place)
    if piece.trouble is not None:
        yield source.failure(
            InputError(piece.trouble.code, piece.trouble.message, where=place, cure=piece.trouble.cure)
        )


def _failure(error: InputError, piece: Piece, number: int, source: Source) -> Failure:
    match = _PMID.search(piece.data)
    failure = failure_in(piece, error, number, source, f"PMID:{match[1].decode()}" if match else None)
    return replace(failure, record=Record.CITATION)
