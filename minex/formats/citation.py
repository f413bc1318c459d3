"""A PubMed citation's element -> :class:`Document`.

What is decided here: a passage per AbstractText, its label as section (`NlmCategory` where there is none); a title
without PubMed's brackets around a translation; `OtherAbstract` only where there is no Abstract and it is in
English; MeSH headings as `D009369 Neoplasms`; a date as precise as it is the same for the whole issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from minex.errors import InputError
from minex.formats.base import clean_doi
from minex.formats.xmltext import flat_text, iso_date
from minex.model import Document, Passage, PassageKind, Record, Reference, Status

_MEDLINE_DATE = re.compile(r"^(\d{4})(?:\s+([A-Za-z]{3,9}))?(?:\s+(\d{1,2}))?$")
_ONE_MONTH = re.compile(r"^(\d{4})\s+([A-Za-z]{3,9})\s+\d{1,2}\s*-\s*\d{1,2}$")
_NO_LABEL = frozenset({"UNASSIGNED", "UNLABELLED"})
_RETRACTED_BY = frozenset({"RetractionIn", "RetractedandRepublishedIn"})


def citation_document(element: etree._Element, source: str) -> Document:
    """Return the document of a PubmedArticle, or of a MedlineCitation that stands alone."""
    record = {"MedlineCitation": element} if element.tag == "MedlineCitation" else _children(element)
    if "MedlineCitation" not in record:
        raise InputError("xml-invalid", "the record has no MedlineCitation")
    citation = _children(record["MedlineCitation"])
    pmid = _pmid(citation.get("PMID"))
    if "Article" not in citation:
        raise InputError("xml-invalid", "the citation has no Article")
    article = _children(citation["Article"])
    doi, pmcid = _ids(_children(record.get("PubmedData")).get("ArticleIdList"))
    title = _title(article)
    references = tuple(_reference(each) for each in citation.get("CommentsCorrectionsList", ()))
    pubtypes = tuple(text for each in article.get("PublicationTypeList", ()) if (text := flat_text(each)))
    status, reason = _status(pubtypes, references)
    others = (each for each in record["MedlineCitation"] if each.tag == "OtherAbstract")
    return Document(
        id=f"PMID:{pmid}",
        passages=_passages(title, article.get("Abstract"), others),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi or _location_doi(citation["Article"]),
        title=title,
        journal=_journal(citation, article),
        date=_date(article),
        language=_text(article.get("Language")),
        pubtypes=pubtypes,
        mesh=tuple(
            f"{each.get('UI', '')} {flat_text(each)}".strip()
            for heading in citation.get("MeshHeadingList", ())
            for each in heading
            if each.tag == "DescriptorName"
        ),
        references=references,
        status=status,
        status_reason=reason,
        source=source,
        record=Record.CITATION,
        version=_version(citation["PMID"]),
    )


def book_document(element: etree._Element, source: str) -> Document:
    """Return the document of a PubmedBookArticle: a chapter of PubMed's bookshelf."""
    book = element.find("BookDocument")
    if book is None:
        raise InputError("xml-invalid", "the record has no BookDocument")
    pmid = _pmid(book.find("PMID"))
    doi, pmcid = _ids(book.find("ArticleIdList"))
    title = _text(book.find("ArticleTitle")) or _text(book.find("Book/BookTitle"))
    return Document(
        id=f"PMID:{pmid}",
        passages=_passages(title, book.find("Abstract"), []),
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        title=title,
        journal=_text(book.find("Book/BookTitle")),
        date=_pub_date(book.find("Book/PubDate")),
        language=_text(book.find("Language")),
        pubtypes=tuple(flat_text(each) for each in book.iterfind("PublicationType")),
        source=source,
        record=Record.CITATION,
    )


def _children(element: etree._Element | None) -> dict[str, etree._Element]:
    """Return an element's children by tag, the first of each: one pass, where a `find` each would be many."""
    found: dict[str, etree._Element] = {}
    for child in () if element is None else element:
        found.setdefault(str(child.tag), child)
    return found


def _text(element: etree._Element | None) -> str:
    return "" if element is None else flat_text(element)


def _pmid(element: etree._Element | None) -> str:
    pmid = _text(element)
    if not pmid:
        raise InputError("missing-pmid", "the citation has no PMID")
    if not (pmid.isascii() and pmid.isdecimal()):
        raise InputError("bad-pmid", f"{pmid!r} is no PMID")
    return pmid.lstrip("0") or "0"


def _version(pmid: etree._Element) -> int:
    """Return the version of a citation: F1000Research and others publish an article several times."""
    version = pmid.get("Version", "1")
    # A longer number is nonsense, more than SQLite holds, and from 4,300 digits on more than Python reads.
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 1


def _title(article: dict[str, etree._Element]) -> str:
    title = _text(article.get("ArticleTitle"))
    if title.strip("[]. ").casefold() in ("", "not available", "in process citation"):
        title = _text(article.get("VernacularTitle"))
    return _without_brackets(title)


def _without_brackets(title: str) -> str:
    """Return a title without the brackets that PubMed puts around a translated one.

    Examples:
        >>> _without_brackets("[Exosomes in [18F] imaging].")
        'Exosomes in [18F] imaging.'
        >>> _without_brackets("[18F]FDG uptake [letter]")
        '[18F]FDG uptake [letter]'
    """
    if not title.startswith("["):
        return title
    depth = 0
    for index, char in enumerate(title):
        depth += (char == "[") - (char == "]")
        if depth == 0:
            rest = title[index + 1 :]
            inner = title[1:index].strip()
            return title if rest.strip(". ") else inner + ("" if inner.endswith((".", "?", "!")) else rest.strip())
    return title


def _passages(
    title: str, abstract: etree._Element | None, others: Iterable[etree._Element]
) -> tuple[Passage, ...]:
    passages = [Passage(title, kind=PassageKind.TITLE)] if title else []
    found = _abstract(abstract) if abstract is not None else []
    if not found:
        english = (each for each in others if each.get("Language", "eng") == "eng")
        found = next((texts for each in english if (texts := _abstract(each))), [])
    return (*passages, *found)


def _abstract(abstract: etree._Element) -> list[Passage]:
    passages = []
    for each in abstract:
        text = flat_text(each) if each.tag == "AbstractText" else ""
        if text:
            labels = (" ".join(each.get(name, "").split()) for name in ("Label", "NlmCategory"))
            section = next((label for label in labels if label and label.upper() not in _NO_LABEL), "")
            passages.append(Passage(text, section))
    return passages


def _ids(listed: etree._Element | None) -> tuple[str | None, str | None]:
    """Return the DOI and the PMCID of an ArticleIdList: the article's own, not those of its references."""
    doi = pmcid = None
    for each in () if listed is None else listed:
        kind = each.get("IdType")
        if kind == "doi":
            doi = doi or clean_doi(_text(each))
        elif kind == "pmc":
            pmcid = pmcid or _text(each) or None
    return doi, pmcid


def _location_doi(article: etree._Element) -> str | None:
    for each in article:
        if each.tag == "ELocationID" and each.get("EIdType") == "doi" and each.get("ValidYN", "Y") == "Y":
            return clean_doi(flat_text(each))
    return None


def _journal(citation: dict[str, etree._Element], article: dict[str, etree._Element]) -> str:
    journal = _children(article.get("Journal"))
    info = _children(citation.get("MedlineJournalInfo"))
    return _text(journal.get("ISOAbbreviation")) or _text(info.get("MedlineTA")) or _text(journal.get("Title"))


def _reference(element: etree._Element) -> Reference:
    parts = _children(element)
    return Reference(element.get("RefType", ""), _text(parts.get("PMID")) or None, _text(parts.get("RefSource")))


def _status(pubtypes: tuple[str, ...], references: tuple[Reference, ...]) -> tuple[Status, str]:
    notice = next((each for each in references if each.kind in _RETRACTED_BY), None)
    if notice is not None:
        name = f"PMID:{notice.pmid}" if notice.pmid else notice.text or "a notice without PMID"
        return Status.RETRACTED, f"{notice.kind} {name}"
    if "Retracted Publication" in pubtypes:
        return Status.RETRACTED, "Retracted Publication, notice not named"
    return Status.ACTIVE, ""


def _date(article: dict[str, etree._Element]) -> str:
    issue = _children(_children(article.get("Journal")).get("JournalIssue"))
    return _pub_date(issue.get("PubDate")) or _pub_date(article.get("ArticleDate"))


def _pub_date(element: etree._Element | None) -> str:
    parts = _children(element)
    if text := _text(parts.get("MedlineDate")):
        return _medline_date(text)
    return iso_date(_text(parts.get("Year")), _text(parts.get("Month")), _text(parts.get("Day")))


def _medline_date(text: str) -> str:
    """Return what of a date for people is the same for all of it; of two years, the first.

    Examples:
        >>> [_medline_date(text) for text in ("1998 Dec-1999 Jan", "2020 Apr 12-18", "2019 Winter", "2021 Jun")]
        ['1998', '2020-04', '2019', '2021-06']
    """
    match = _MEDLINE_DATE.match(text) or _ONE_MONTH.match(text)
    if match:
        return iso_date(*(group or "" for group in (*match.groups(), "", "")[:3]))
    return iso_date(text, "", "")
