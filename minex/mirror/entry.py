"""What the mirror knows of a citation beside its record: dates as numbers, and the words to find it by.

Ids become words too: `d008175` is a heading, `d008175m` one that is a major topic, `d008175q000235` one with a
subheading, `pd016428` a kind of article, `nc000590` a substance, `leng` a language, `j9107782` a journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from minex.errors import InputError
from minex.formats.xmltext import flat_text, iso_date
from minex.mirror.words import listed, words

_MEDLINE_DATE = re.compile(r"(\d{4})(?:\s+([A-Za-z]{3,9}))?(?:\s+(\d{1,2}))?")
_DAYS = frozenset({"entrez", "pubmed", "medline"})
_NAME = ("LastName", "Initials", "Suffix", "CollectiveName")
_NO_LABEL = frozenset({"", "UNASSIGNED", "UNLABELLED"})

Name = tuple[str, str, str]
"""What a word of an id stands for: kind (`mh`, `sh`, `pt`, `nm`, `ta`), the word, and the name."""


@dataclass(slots=True)
class Entry:
    """A citation as it is sought. Dates are YYYYMMDD, 0 if there is none; each text is words parted by spaces."""

    pmid: int
    version: int
    published: int = 0
    electronic: int = 0
    entered: int = 0
    created: int = 0
    indexed: int = 0
    revised: int = 0
    completed: int = 0
    title: str = ""
    abstract: str = ""
    keywords: str = ""
    authors: str = ""
    headings: str = ""
    tags: str = ""
    names: list[Name] = field(default_factory=list)


def entry_of(element: etree._Element) -> Entry:
    """Return the entry of a PubmedArticle, a MedlineCitation or a PubmedBookArticle.

    Raises:
        InputError: if it has no PMID.
    """
    book = element.find("BookDocument")
    citation = element if element.tag == "MedlineCitation" else element.find("MedlineCitation")
    top = book if book is not None else citation
    number = None if top is None else top.find("PMID")
    if top is None or number is None or not (flat_text(number).isascii() and flat_text(number).isdecimal()):
        raise InputError("missing-pmid", "the citation has no PMID")
    version = number.get("Version", "1")
    entry = Entry(int(flat_text(number)[:18]), int(version) if version.isdecimal() and version.isascii() else 1)
    article = top if book is not None else top.find("Article")
    if article is None:
        raise InputError("xml-invalid", "the citation has no Article")
    _texts(entry, top, article)
    _dates(entry, element, top, article)
    _people(entry, article)
    tags: set[str] = set()
    _journal(entry, tags, top, article)
    _kinds(entry, tags, top, article)
    entry.tags = " ".join(sorted(tags))
    entry.headings = " ".join(sorted(_headings(entry, top.iterfind("MeshHeadingList/MeshHeading"))))
    return entry


def day_of(element: etree._Element | None) -> int:
    """Return the day that Year, Month and Day name; what is not said is the first; 0 if there is no year."""
    if element is None:
        return 0
    parts = {each.tag: (each.text or "").strip() for each in element}
    said = parts.get("MedlineDate")
    if said:
        match = _MEDLINE_DATE.match(said)
        date = iso_date(*(part or "" for part in match.groups())) if match else iso_date(said, "", "")
    else:
        date = iso_date(parts.get("Year", ""), parts.get("Month", ""), parts.get("Day", ""))
    year, month, day = (int(part or 1) for part in [*date.split("-"), "", ""][:3]) if date else (0, 0, 0)
    return year * 10000 + month * 100 + day


def _text(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else flat_text(found)


def _texts(entry: Entry, top: etree._Element, article: etree._Element) -> None:
    titles = (_text(article, path) for path in ("ArticleTitle", "VernacularTitle", "Book/BookTitle"))
    entry.title = words(next((title for title in titles if title), ""))
    parts = []
    for path in ("Abstract", "OtherAbstract"):
        for each in (article if path == "Abstract" else top).iterfind(f"{path}/AbstractText"):
            label = each.get("Label", "")
            parts.append(f"{'' if label.upper() in _NO_LABEL else label} {flat_text(each)}")
    entry.abstract = words(" ".join(parts))
    keywords = [word for each in top.iterfind("KeywordList/Keyword") if (word := words(flat_text(each)))]
    entry.keywords = listed(keywords)


def _dates(entry: Entry, element: etree._Element, top: etree._Element, article: etree._Element) -> None:
    entry.published = day_of(article.find("Journal/JournalIssue/PubDate")) or day_of(article.find("Book/PubDate"))
    entry.electronic = next(
        (day_of(each) for each in article.iterfind("ArticleDate") if each.get("DateType") == "Electronic"), 0
    )
    entry.revised = day_of(top.find("DateRevised"))
    entry.completed = day_of(top.find("DateCompleted"))
    history = element.find("PubmedData/History")
    if history is None:
        history = element.find("PubmedBookData/History")
    days = (
        {} if history is None else {status: each for each in history if (status := each.get("PubStatus")) in _DAYS}
    )
    entry.created = day_of(days.get("entrez"))
    entry.entered = day_of(days.get("pubmed")) or entry.created
    entry.created = entry.created or entry.entered
    entry.indexed = day_of(days.get("medline")) or entry.entered


def _people(entry: Entry, article: etree._Element) -> None:
    found = []
    for people in article.iterfind("AuthorList"):
        for each in people if people.get("Type") != "editors" else ():
            parts = {part.tag: part for part in each}
            said = (flat_text(parts[tag]) for tag in _NAME if tag in parts)
            name = words(" ".join(said))
            if name:
                found.append(name)
    entry.authors = listed(found)


def _journal(entry: Entry, tags: set[str], top: etree._Element, article: etree._Element) -> None:
    number = words(_text(top, "MedlineJournalInfo/NlmUniqueID"))
    names = [
        _text(top, "MedlineJournalInfo/MedlineTA"),
        _text(article, "Journal/Title"),
        _text(article, "Journal/ISOAbbreviation"),
        _text(article, "Journal/ISSN"),
        _text(top, "MedlineJournalInfo/ISSNLinking"),
    ]
    known = [name for name in dict.fromkeys(names) if name]
    if not number and known:
        number = "x" + words(known[0]).replace(" ", "")
    if number:
        tags.add(f"j{number}")
        entry.names += [("ta", f"j{number}", name) for name in known]


def _kinds(entry: Entry, tags: set[str], top: etree._Element, article: etree._Element) -> None:
    for each in article.iterfind("Language"):
        tags.add(f"l{words(flat_text(each)).replace(' ', '')}")
    for each in (*article.iterfind("PublicationTypeList/PublicationType"), *article.iterfind("PublicationType")):
        _named(entry, tags, "pt", "p", each)
    for path in ("ChemicalList/Chemical/NameOfSubstance", "SupplMeshList/SupplMeshName"):
        for each in top.iterfind(path):
            _named(entry, tags, "nm", "n", each)
    status = words(top.get("Status", "")).replace(" ", "")
    tags.add(f"s{status}" if status else "s")
    if entry.abstract:
        tags.add("sabstract")


def _named(entry: Entry, tags: set[str], kind: str, letter: str, element: etree._Element) -> None:
    name = flat_text(element)
    id = words(element.get("UI", "")) or words(name).replace(" ", "")
    if name and id:
        tags.add(letter + id)
        entry.names.append((kind, letter + id, name))


def _headings(entry: Entry, headings: Iterable[etree._Element]) -> Iterator[str]:
    found: set[str] = set()
    for heading in headings:
        about = heading.find("DescriptorName")
        if about is None:
            continue
        main = words(about.get("UI", "")) or words(flat_text(about)).replace(" ", "")
        entry.names.append(("mh", main, flat_text(about)))
        found.add(main)
        major = about.get("MajorTopicYN") == "Y"
        for each in heading.iterfind("QualifierName"):
            part = words(each.get("UI", "")) or words(flat_text(each)).replace(" ", "")
            entry.names.append(("sh", part, flat_text(each)))
            found |= {part, main + part}
            if each.get("MajorTopicYN") == "Y":
                major = True
                found |= {f"{part}m", f"{main}{part}m"}
        if major:
            found.add(f"{main}m")
    return iter(found)
