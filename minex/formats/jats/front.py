"""An article's `front` -> what is known of the article, in the words that PubMed uses for it.

Dates: that of the first publication which is known most precisely, on paper or online. Notices (`related-article`)
and types (`article-type`) get PubMed's names, so that a document is the same whichever file it comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from minex.formats.base import clean_doi
from minex.formats.jats.inline import line
from minex.formats.xmltext import iso_date
from minex.model import Reference, Status

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DEFAULT_LANGUAGE = "en"
"""What the DTDs say of an article that does not say it itself."""

_LANGUAGES = {
    "en": "eng", "de": "ger", "fr": "fre", "es": "spa", "pt": "por", "it": "ita", "ru": "rus", "zh": "chi",
    "ja": "jpn", "ko": "kor", "pl": "pol", "nl": "dut", "tr": "tur", "cs": "cze", "hu": "hun", "sv": "swe",
    "da": "dan", "no": "nor", "fi": "fin", "uk": "ukr", "el": "gre", "he": "heb", "ar": "ara", "fa": "per",
    "ro": "rum", "hr": "hrv", "sr": "srp",
}  # fmt: skip
_TYPES = {
    "research-article": "Journal Article",
    "review-article": "Review",
    "systematic-review": "Systematic Review",
    "meta-analysis": "Meta-Analysis",
    "case-report": "Case Reports",
    "letter": "Letter",
    "editorial": "Editorial",
    "article-commentary": "Comment",
    "news": "News",
    "correction": "Published Erratum",
    "retraction": "Retraction of Publication",
    "expression-of-concern": "Expression of Concern",
}
_NOTICES = {
    "retracted-article": "RetractionOf",
    "retraction-forward": "RetractionIn",
    "partial-retraction": "PartialRetractionOf",
    "partial-retraction-forward": "PartialRetractionIn",
    "corrected-article": "ErratumFor",
    "correction-forward": "ErratumIn",
    "object-of-concern": "ExpressionOfConcernFor",
    "concern-forward": "ExpressionOfConcernIn",
    "commentary-article": "CommentOn",
    "commentary": "CommentIn",
    "updated-article": "UpdateOf",
    "update": "UpdateIn",
}
_ABOUT_ANOTHER = frozenset({"retraction", "partial-retraction", "correction", "expression-of-concern", "removal"})
_RETRACTED = re.compile(r"\W*(?:RETRACTED|WITHDRAWN)(?: ARTICLE)?\W*:")
_NOT_PUBLISHED = re.compile(r"nihms|submitted|received|accepted|preprint|corrected|retracted|release|update")
_PMC_NUMBER = re.compile(r"(?:PMC)?(\d+)", re.I)


@dataclass(frozen=True, slots=True)
class Front:
    """What an article says of itself."""

    title: str
    pmid: str | None
    pmcid: str | None
    doi: str | None
    journal: str
    date: str
    language: str
    pubtypes: tuple[str, ...]
    references: tuple[Reference, ...]
    status: Status
    status_reason: str

    @property
    def id(self) -> str:
        """The document's id, or an empty text if the article has none of its own."""
        if self.pmid:
            return f"PMID:{self.pmid}"
        if self.pmcid:
            return f"PMC:{self.pmcid.removeprefix('PMC')}"
        return f"DOI:{self.doi}" if self.doi else ""


def read_front(article: etree._Element) -> Front:
    """Return what an article's front says, each thing empty that it does not say.

    Examples:
        >>> article = etree.fromstring('<article xml:lang="en"><front><article-meta>'
        ...     '<article-id pub-id-type="pmc">7</article-id><title-group><article-title>On <italic>p53</italic>'
        ...     '</article-title></title-group></article-meta></front></article>')
        >>> front = read_front(article)
        >>> front.id, front.title, front.language
        ('PMC:7', 'On p53', 'eng')
    """
    meta = article.find("front/article-meta")
    if meta is None:
        meta = etree.Element("article-meta")
    kind = (article.get("article-type") or "").casefold()
    title = _title(meta.find("title-group"))
    references = tuple(_reference(each) for each in meta.iterchildren("related-article"))
    status, reason = _status(kind, title, references)
    language = (article.get(_LANG) or _DEFAULT_LANGUAGE).casefold()
    return Front(
        title=title,
        pmid=_pmid(_own_id(meta, "pmid")),
        pmcid=f"PMC{match[1]}" if (match := _PMC_NUMBER.fullmatch(_own_id(meta, "pmcid", "pmc"))) else None,
        doi=clean_doi(_own_id(meta, "doi")),
        journal=_journal(article.find("front/journal-meta")),
        date=_date(meta),
        language=_LANGUAGES.get(language[:2], language),
        pubtypes=(_TYPES.get(kind, kind),) if kind else (),
        references=references,
        status=status,
        status_reason=reason,
    )


def is_english(element: etree._Element) -> bool:
    """Return whether an element is in English, or does not say in what language."""
    return (element.get(_LANG) or _DEFAULT_LANGUAGE).casefold()[:2] == "en"


def _own_id(element: etree._Element, *kinds: str) -> str:
    for kind in kinds:
        for tag in ("article-id", "pub-id"):
            for each in element.iterchildren(tag):
                if each.get("pub-id-type") == kind and (text := line(each)):
                    return text
    return ""


def _pmid(text: str) -> str | None:
    return (text.lstrip("0") or None) if text.isascii() and text.isdecimal() else None


def _title(group: etree._Element | None) -> str:
    if group is None:
        return ""
    title = _said(group, "article-title") or _said(group, "trans-title-group/trans-title", "trans-title")
    subtitle = _said(group, "subtitle")
    if not (title and subtitle):
        return title or subtitle
    return f"{title}{'' if title.endswith((':', '.', '?', '!')) else ':'} {subtitle}"


def _journal(meta: etree._Element | None) -> str:
    if meta is None:
        return ""
    named = {each.get("journal-id-type"): line(each) for each in meta.iterchildren("journal-id")}
    abbreviated = named.get("iso-abbrev") or named.get("nlm-ta") or _said(meta, "abbrev-journal-title")
    return abbreviated or _said(meta, "journal-title-group/journal-title", "journal-title")


def _said(element: etree._Element, *paths: str) -> str:
    """Return the text of the first of the paths that has any."""
    for path in paths:
        found = element.find(path)
        if found is not None and (text := line(found)):
            return text
    return ""


def _date(meta: etree._Element) -> str:
    """Return the date of publication: the most precise one, of several the first."""
    dates: list[str] = []
    others: list[str] = []
    for each in meta.iterchildren("pub-date"):
        date = iso_date(*(_said(each, part) for part in ("year", "month", "day"))) or (
            iso_date(_said(each, "string-date"), "", "")
        )
        kind = f"{each.get('pub-type') or ''} {each.get('date-type') or ''}"
        (others if _NOT_PUBLISHED.search(kind.casefold()) else dates).append(date)
    known = [date for date in dates if date] or [date for date in others if date]
    return min(known, key=lambda date: (-len(date), date), default="")


def _reference(element: etree._Element) -> Reference:
    kind = element.get("related-article-type") or ""
    target = (element.get("{http://www.w3.org/1999/xlink}href") or "").strip()
    link = element.get("ext-link-type") or ""
    pmid = _pmid(_own_id(element, "pmid")) or (_pmid(target) if link in ("pubmed", "pmid") else None)
    doi = clean_doi(target) or clean_doi(_own_id(element, "doi"))
    text = f"doi:{doi}" if doi else target or line(element)
    return Reference(_NOTICES.get(kind, kind), pmid, text)


def _status(kind: str, title: str, references: tuple[Reference, ...]) -> tuple[Status, str]:
    if kind in _ABOUT_ANOTHER:
        return Status.ACTIVE, ""
    notice = next((each for each in references if each.kind == "RetractionIn"), None)
    if notice is not None:
        name = f"PMID:{notice.pmid}" if notice.pmid else notice.text or "a notice without PMID"
        return Status.RETRACTED, f"{notice.kind} {name}"
    if kind == "retracted-article" or _RETRACTED.match(title):
        return Status.RETRACTED, "marked as retracted, notice not named"
    return Status.ACTIVE, ""
