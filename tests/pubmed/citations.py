"""Citations that exist nowhere, written out as PubMed and PMC write theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
PUBTYPES = {
    "Journal Article": "D016428",
    "Review": "D016454",
    "Retracted Publication": "D016441",
    "Retraction of Publication": "D016440",
    "Expression of Concern": "D000081242",
}
MESH = {"Exosomes": "D055354", "Hypoxia": "D000860", "Neoplasms": "D009369", "Humans": "D006801"}
RESTRICTED = "The publisher of this article does not allow downloading of the full text in XML form."


@dataclass(frozen=True)
class Citation:
    """An article as PubMed has it: `entered` and `changed` are its dates there, `full_text` what PMC has.

    `abstract` is text, or pairs of a label and a text; `full_text` are pairs of a heading and a text.
    """

    pmid: str
    title: str = "An article."
    abstract: str | tuple[tuple[str, str], ...] = ""
    entered: date = date(2020, 1, 1)
    changed: date | None = None
    published: date = date(2020, 1, 1)
    language: str = "eng"
    journal: str = "J Made Up"
    pubtypes: tuple[str, ...] = ("Journal Article",)
    mesh: tuple[str, ...] = ()
    doi: str | None = None
    pmcid: str | None = None
    full_text: tuple[tuple[str, str], ...] = ()
    restricted: bool = False
    references: tuple[tuple[str, str], ...] = ()
    version: int = 1

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        if isinstance(self.abstract, tuple):
            return self.abstract
        return (("", self.abstract),) if self.abstract else ()

    @property
    def pmc_number(self) -> str:
        return (self.pmcid or "").removeprefix("PMC")

    def day(self, date_type: str) -> date:
        """Return its day of a kind: `edat`, `crdt`, `mdat` or `pdat`."""
        if date_type == "pdat":
            return self.published
        return (self.changed or self.entered) if date_type == "mdat" else self.entered


def pubmed_xml(citation: Citation) -> str:
    """Return a PubmedArticle."""
    each = citation
    abstract = "".join(
        f'<AbstractText Label="{escape(label)}">{escape(text)}</AbstractText>'
        if label
        else f"<AbstractText>{escape(text)}</AbstractText>"
        for label, text in each.sections
    )
    types = "".join(
        f'<PublicationType UI="{PUBTYPES.get(name, "D000000")}">{escape(name)}</PublicationType>'
        for name in each.pubtypes
    )
    notices = "".join(
        f'<CommentsCorrections RefType="{kind}"><RefSource>J Made Up. 2021</RefSource>'
        f'<PMID Version="1">{pmid}</PMID></CommentsCorrections>'
        for kind, pmid in each.references
    )
    mesh = "".join(
        f'<MeshHeading><DescriptorName UI="{MESH.get(name, "D000001")}" MajorTopicYN="N">{escape(name)}'
        "</DescriptorName></MeshHeading>"
        for name in each.mesh
    )
    ids = f'<ArticleId IdType="pubmed">{each.pmid}</ArticleId>'
    ids += f'<ArticleId IdType="pmc">{each.pmcid}</ArticleId>' if each.pmcid else ""
    ids += f'<ArticleId IdType="doi">{escape(each.doi)}</ArticleId>' if each.doi else ""
    return (
        '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">'
        f'<PMID Version="{each.version}">{each.pmid}</PMID>'
        f"<DateRevised>{_ymd(each.day('mdat'))}</DateRevised>"
        '<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">0000-0000</ISSN>'
        '<JournalIssue CitedMedium="Internet"><Volume>1</Volume>'
        f"<PubDate><Year>{each.published.year}</Year><Month>{MONTHS[each.published.month - 1]}</Month>"
        f"<Day>{each.published.day:02d}</Day></PubDate></JournalIssue>"
        f"<Title>{escape(each.journal)}</Title><ISOAbbreviation>{escape(each.journal)}</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{escape(each.title)}</ArticleTitle>"
        + (f"<Abstract>{abstract}</Abstract>" if abstract else "")
        + f"<Language>{each.language}</Language><PublicationTypeList>{types}</PublicationTypeList></Article>"
        f"<MedlineJournalInfo><MedlineTA>{escape(each.journal)}</MedlineTA></MedlineJournalInfo>"
        + (f"<CommentsCorrectionsList>{notices}</CommentsCorrectionsList>" if notices else "")
        + (f"<MeshHeadingList>{mesh}</MeshHeadingList>" if mesh else "")
        + "</MedlineCitation><PubmedData><History>"
        f'<PubMedPubDate PubStatus="entrez">{_ymd(each.entered)}</PubMedPubDate></History>'
        f"<PublicationStatus>ppublish</PublicationStatus><ArticleIdList>{ids}</ArticleIdList>"
        "</PubmedData></PubmedArticle>\n"
    )


def pmc_xml(citation: Citation) -> str:
    """Return an article of PMC: of a restricted one the front matter with PMC's remark."""
    each = citation
    notices = "".join(
        f'<related-article related-article-type="{_RELATED[kind]}" ext-link-type="pubmed" '
        f'xlink:href="{pmid}" id="r{number}"/>'
        for number, (kind, pmid) in enumerate(each.references)
        if kind in _RELATED
    )
    kind = "retraction" if "Retraction of Publication" in each.pubtypes else "research-article"
    body = "".join(
        f'<sec id="s{number}"><title>{escape(heading)}</title><p>{escape(text)}</p></sec>'
        for number, (heading, text) in enumerate(each.full_text)
    )
    abstract = "".join(f"<p>{escape(text)}</p>" for _, text in each.sections)
    return (
        f'<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="{kind}" xml:lang="en">'
        + (f"<!--{RESTRICTED}-->" if each.restricted else "")
        + f'<front><journal-meta><journal-id journal-id-type="iso-abbrev">{escape(each.journal)}</journal-id>'
        "</journal-meta><article-meta>"
        f'<article-id pub-id-type="pmid">{each.pmid}</article-id>'
        f'<article-id pub-id-type="pmcid">{each.pmcid}</article-id>'
        f'<article-id pub-id-type="pmcaid">{each.pmc_number}</article-id>'
        + (f'<article-id pub-id-type="doi">{escape(each.doi)}</article-id>' if each.doi else "")
        + f"<title-group><article-title>{escape(each.title)}</article-title></title-group>"
        f'<pub-date pub-type="epub"><day>{each.published.day}</day><month>{each.published.month}</month>'
        f"<year>{each.published.year}</year></pub-date>{notices}"
        + (f"<abstract>{abstract}</abstract>" if abstract else "")
        + "</article-meta></front>"
        + ("" if each.restricted else f"<body>{body}</body>")
        + "</article>"
    )


_RELATED = {
    "RetractionIn": "retraction-forward",
    "RetractionOf": "retracted-article",
    "ExpressionOfConcernIn": "concern-forward",
    "ExpressionOfConcernFor": "object-of-concern",
    "ErratumIn": "correction-forward",
    "ErratumFor": "corrected-article",
}


def _ymd(day: date) -> str:
    return f"<Year>{day.year}</Year><Month>{day.month:02d}</Month><Day>{day.day:02d}</Day>"
