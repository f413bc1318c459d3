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
_HISTORY = ("History", "PubMedPubDate")
_NO_LABEL = frozenset({"", "UNASSIGNED", "UNLABELLED"})

Children = dict[str, list[etree._Element]]
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
    record = {"MedlineCitation": [element]} if element.tag == "MedlineCitation" else _children(element)
    book = _first(record, "BookDocument")
    element_of_all = book if book is not None else _first(record, "MedlineCitation")
    top = _children(element_of_all)
    number = _first(top, "PMID")
    said = "" if number is None else flat_text(number)
    if number is None or element_of_all is None or not (said.isascii() and said.isdecimal()):
        raise InputError("missing-pmid", "the citation has no PMID")
    version = number.get("Version", "1")
    entry = Entry(int(said[:18]), int(version[:9]) if version.isdecimal() and version.isascii() else 1)
    article = top if book is not None else _children(_first(top, "Article"))
    if not article:
        raise InputError("xml-invalid", "the citation has no Article")
    _texts(entry, top, article)
    _dates(entry, record, top, article)
    _people(entry, article)
    tags: set[str] = set()
    _journal(entry, tags, top, article)
    _kinds(entry, tags, top, article)
    status = words(element_of_all.get("Status", "")).replace(" ", "")
    tags.add(f"s{status}")
    entry.tags = " ".join(sorted(tags))
    entry.headings = " ".join(sorted(_headings(entry, _listed(top, "MeshHeadingList", "MeshHeading"))))
    return entry


def _children(element: etree._Element | None) -> Children:
    """Return an element's children by tag: one pass, where lxml's paths would be many."""
    found: Children = {}
    for child in () if element is None else element:
        found.setdefault(str(child.tag), []).append(child)
    return found


def _first(children: Children, tag: str) -> etree._Element | None:
    found = children.get(tag)
    return found[0] if found else None


def _listed(children: Children, group: str, tag: str) -> Iterator[etree._Element]:
    """Yield the elements of a tag that stand in groups, such as the authors of author lists."""
    for each in children.get(group, ()):
        for element in each:
            if element.tag == tag:
                yield element


def _text(children: Children, tag: str) -> str:
    found = children.get(tag)
    return flat_text(found[0]) if found else ""


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


def _texts(entry: Entry, top: Children, article: Children) -> None:
    title = _text(article, "ArticleTitle") or _text(article, "VernacularTitle")
    entry.title = words(title or _text(_children(_first(article, "Book")), "BookTitle"))
    parts = []
    for found in (_listed(article, "Abstract", "AbstractText"), _listed(top, "OtherAbstract", "AbstractText")):
        for each in found:
            label = each.get("Label", "")
            parts.append(f"{'' if label.upper() in _NO_LABEL else label} {flat_text(each)}")
    entry.abstract = words(" ".join(parts))
    keywords = [word for each in _listed(top, "KeywordList", "Keyword") if (word := words(flat_text(each)))]
    entry.keywords = listed(keywords)


def _dates(entry: Entry, record: Children, top: Children, article: Children) -> None:
    issue = _children(_first(_children(_first(article, "Journal")), "JournalIssue"))
    book = _children(_first(article, "Book"))
    entry.published = day_of(_first(issue, "PubDate")) or day_of(_first(book, "PubDate"))
    electronic = (each for each in article.get("ArticleDate", ()) if each.get("DateType") == "Electronic")
    entry.electronic = day_of(next(electronic, None))
    entry.revised = day_of(_first(top, "DateRevised"))
    entry.completed = day_of(_first(top, "DateCompleted"))
    data = _first(record, "PubmedData")
    history = _listed(_children(data if data is not None else _first(record, "PubmedBookData")), *_HISTORY)
    days = {status: day_of(each) for each in history if (status := each.get("PubStatus")) in _DAYS}
    entry.created = days.get("entrez", 0)
    entry.entered = days.get("pubmed", 0) or entry.created
    entry.created = entry.created or entry.entered
    entry.indexed = days.get("medline", 0) or entry.entered


def _people(entry: Entry, article: Children) -> None:
    found = []
    for people in article.get("AuthorList", ()):
        for each in people if people.get("Type") != "editors" else ():
            parts = {part.tag: part for part in each}
            said = (flat_text(parts[tag]) for tag in _NAME if tag in parts)
            name = words(" ".join(said))
            if name:
                found.append(name)
    entry.authors = listed(found)


def _journal(entry: Entry, tags: set[str], top: Children, article: Children) -> None:
    info, journal = _children(_first(top, "MedlineJournalInfo")), _children(_first(article, "Journal"))
    number = words(_text(info, "NlmUniqueID"))
    names = [_text(info, "MedlineTA"), _text(journal, "Title"), _text(journal, "ISOAbbreviation")]
    names += [_text(journal, "ISSN"), _text(info, "ISSNLinking")]
    known = [name for name in dict.fromkeys(names) if name]
    if not number and known:
        number = "x" + words(known[0]).replace(" ", "")
    if number:
        tags.add(f"j{number}")
        entry.names += [("ta", f"j{number}", name) for name in known]


def _kinds(entry: Entry, tags: set[str], top: Children, article: Children) -> None:
    tags.update(f"l{words(flat_text(each)).replace(' ', '')}" for each in article.get("Language", ()))
    for each in (*_listed(article, "PublicationTypeList", "PublicationType"), *article.get("PublicationType", ())):
        _named(entry, tags, "pt", "p", each)
    for chemical in _listed(top, "ChemicalList", "Chemical"):
        for each in chemical:
            if each.tag == "NameOfSubstance":
                _named(entry, tags, "nm", "n", each)
    for each in _listed(top, "SupplMeshList", "SupplMeshName"):
        _named(entry, tags, "nm", "n", each)
    if entry.abstract:
        tags.add("sabstract")


def _named(entry: Entry, tags: set[str], kind: str, letter: str, element: etree._Element) -> None:
    name = flat_text(element)
    id = words(element.get("UI", "")) or words(name).replace(" ", "")
    if name and id:
        tags.add(letter + id)
        entry.names.append((kind, letter + id, name))


def _headings(entry: Entry, headings: Iterable[etree._Element]) -> set[str]:
    found: set[str] = set()
    for heading in headings:
        main, major = "", False
        for each in heading:
            name = flat_text(each)
            id = words(each.get("UI", "")) or words(name).replace(" ", "")
            if not id or each.tag not in ("DescriptorName", "QualifierName"):
                continue
            is_major = each.get("MajorTopicYN") == "Y"
            major |= is_major
            if each.tag == "DescriptorName":
                main = id
                entry.names.append(("mh", id, name))
                found.add(id)
            elif main:
                entry.names.append(("sh", id, name))
                found |= {id, main + id}
                if is_major:
                    found |= {f"{id}m", f"{main}{id}m"}
        if main and major:
            found.add(f"{main}m")
    return found
