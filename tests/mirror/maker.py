"""PubMed's files as NCBI issues them, of citations written for the tests."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st '
    'January 2019//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">\n<PubmedArticleSet>\n'
)


@dataclass(frozen=True)
class Heading:
    """A MeSH heading; each part is a subheading's id, its name and whether it is a major topic."""

    id: str
    name: str
    major: bool = False
    parts: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A citation; days are (year, month, day), as much of them as is known."""

    pmid: int
    title: str = "A title."
    abstract: str = ""
    version: int = 1
    keywords: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    types: tuple[tuple[str, str], ...] = (("D016428", "Journal Article"),)
    substances: tuple[tuple[str, str], ...] = ()
    authors: tuple[tuple[str, str], ...] = ()
    language: str = "eng"
    journal: tuple[str, str, str] = ("101", "Journal of examples", "J Examples")
    published: tuple[int, ...] = (2020, 5)
    electronic: tuple[int, ...] = ()
    entered: tuple[int, ...] = (2020, 4, 1)
    created: tuple[int, ...] = ()
    indexed: tuple[int, ...] = ()
    status: str = "MEDLINE"

    def xml(self) -> str:
        """Return the record, laid out as PubMed lays it out."""
        nlm, name, short = self.journal
        abstract = f"<Abstract>\n<AbstractText>{escape(self.abstract)}</AbstractText>\n</Abstract>\n"
        lines = [
            f'  <PubmedArticle>\n    <MedlineCitation Status="{self.status}" Owner="NLM">',
            f'<PMID Version="{self.version}">{self.pmid}</PMID>',
            f'<Article PubModel="Print">\n<Journal><JournalIssue><PubDate>{_day(self.published)}</PubDate>'
            f"</JournalIssue>\n<Title>{escape(name)}</Title></Journal>",
            f"<ArticleTitle>{escape(self.title)}</ArticleTitle>\n{abstract if self.abstract else ''}",
            '<AuthorList CompleteYN="Y">',
            *(
                f"<Author><LastName>{escape(last)}</LastName><Initials>{initials}</Initials></Author>"
                for last, initials in self.authors
            ),
            f"</AuthorList>\n<Language>{self.language}</Language>\n<PublicationTypeList>",
            *(f'<PublicationType UI="{ui}">{escape(each)}</PublicationType>' for ui, each in self.types),
            "</PublicationTypeList>",
            f'<ArticleDate DateType="Electronic">{_day(self.electronic)}</ArticleDate>' if self.electronic else "",
            f"</Article>\n<MedlineJournalInfo><MedlineTA>{escape(short)}</MedlineTA><NlmUniqueID>{nlm}"
            "</NlmUniqueID></MedlineJournalInfo>\n<ChemicalList>",
            *(
                f'<Chemical><RegistryNumber>0</RegistryNumber><NameOfSubstance UI="{ui}">{escape(each)}'
                "</NameOfSubstance></Chemical>"
                for ui, each in self.substances
            ),
            "</ChemicalList>\n<MeshHeadingList>",
            *map(_heading, self.headings),
            "</MeshHeadingList>\n<KeywordList Owner='NOTNLM'>",
            *(f'<Keyword MajorTopicYN="N">{escape(each)}</Keyword>' for each in self.keywords),
            "</KeywordList>\n</MedlineCitation>\n<PubmedData>\n<History>",
            *(
                f'<PubMedPubDate PubStatus="{status}">{_day(day)}</PubMedPubDate>'
                for status, day in (
                    ("entrez", self.created or self.entered),
                    ("pubmed", self.entered),
                    ("medline", self.indexed),
                )
                if day
            ),
            "</History>\n<ReferenceList><Reference><ArticleIdList><ArticleId IdType='pubmed'>77</ArticleId>"
            "</ArticleIdList></Reference></ReferenceList>\n</PubmedData>\n  </PubmedArticle>\n",
        ]
        return "\n".join(line for line in lines if line)


def file_of(
    folder: Path,
    number: int,
    papers: Iterable[Paper] = (),
    deleted: Sequence[int] = (),
    *,
    year: int = 2026,
    md5: str | None = "",
) -> Path:
    """Write a file of PubMed with its checksum beside it; `md5` replaces the true one, None leaves it out."""
    path = folder / f"pubmed{year % 100}n{number:04d}.xml.gz"
    body = HEAD + "".join(paper.xml() for paper in papers)
    if deleted:
        body += "<DeleteCitation>" + "".join(f'<PMID Version="1">{pmid}</PMID>' for pmid in deleted)
        body += "</DeleteCitation>\n"
    path.write_bytes(gzip.compress((body + "</PubmedArticleSet>\n").encode(), mtime=0))
    if md5 is not None:
        seal(path, md5)
    return path


def seal(path: Path, md5: str = "") -> None:
    """Write the checksum beside a file, as NCBI does."""
    found = md5 or hashlib.md5(path.read_bytes()).hexdigest()  # noqa: S324 - NCBI's checksums are MD5
    path.with_name(f"{path.name}.md5").write_text(f"MD5({path.name})= {found}\n")


def _day(parts: tuple[int, ...]) -> str:
    return "".join(f"<{tag}>{part}</{tag}>" for tag, part in zip(("Year", "Month", "Day"), parts, strict=False))


def _heading(heading: Heading) -> str:
    parts = "".join(
        f'<QualifierName UI="{ui}" MajorTopicYN="{"Y" if major else "N"}">{name}</QualifierName>'
        for ui, name, major in heading.parts
    )
    return (
        f'<MeshHeading><DescriptorName UI="{heading.id}" MajorTopicYN="{"Y" if heading.major else "N"}">'
        f"{escape(heading.name)}</DescriptorName>{parts}</MeshHeading>"
    )
