"""Files for the readers, written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Writer = Callable[[str, "bytes | str"], Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write a file and return its path."""

    def write_file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture(scope="session")
def citation() -> Callable[..., str]:
    """Return the XML of a citation, its parts replaceable."""

    def make(
        pmid: str = "101",
        title: str = "Exosomal miR-9 lowers CDH1.",
        abstract: str = "<Abstract><AbstractText>miR-9 lowered CDH1.</AbstractText></Abstract>",
        *,
        date: str = "<Year>2019</Year><Month>Apr</Month><Day>2</Day>",
        article: str = "",
        pubtypes: str = '<PublicationType UI="D016428">Journal Article</PublicationType>',
        citation: str = "",
        data: str = "",
    ) -> str:
        return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><PubDate>{date}</PubDate></JournalIssue>
<Title>Journal of Sample Findings</Title><ISOAbbreviation>J Sample Find</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle>{abstract}
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Doe</LastName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList>{pubtypes}</PublicationTypeList>{article}</Article>{citation}
</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>
"""

    return make


@pytest.fixture(scope="session")
def pubmed() -> Callable[..., str]:
    """Return records as a PubMed file."""

    def wrap(*records: str) -> str:
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" '
            '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">\n'
            f"<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>\n"
        )

    return wrap


@pytest.fixture(scope="session")
def article() -> Callable[..., str]:
    """Return the XML of a JATS article, its parts replaceable."""

    def make(
        body: str = "<sec><title>Results</title><p>miR-9 lowered CDH1.</p></sec>",
        *,
        ids: str = '<article-id pub-id-type="pmid">101</article-id><article-id pub-id-type="pmc">77</article-id>',
        title: str = "Exosomal miR-9 lowers CDH1",
        meta: str = '<pub-date pub-type="epub"><day>2</day><month>4</month><year>2019</year></pub-date>',
        abstract: str = "<abstract><p>We saw miR-9.</p></abstract>",
        back: str = "",
        attributes: str = 'article-type="research-article" xml:lang="en"',
    ) -> str:
        return f"""<article xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:mml="http://www.w3.org/1998/Math/MathML" {attributes}><front><journal-meta>
<journal-id journal-id-type="nlm-ta">J Sample Find</journal-id>
<journal-title-group><journal-title>Journal of Sample Findings</journal-title></journal-title-group></journal-meta>
<article-meta>{ids}<title-group><article-title>{title}</article-title></title-group>
<contrib-group><contrib><name><surname>Doe</surname></name><bio><p>Doe likes TP53.</p></bio></contrib>
</contrib-group><aff>Institute of Samples</aff><author-notes><fn><p>Doe did it all.</p></fn></author-notes>
{meta}{abstract}<kwd-group><kwd>sample</kwd></kwd-group></article-meta></front>
<body>{body}</body><back>{back}</back></article>
"""

    return make


@pytest.fixture(scope="session")
def articles() -> Callable[..., str]:
    """Return articles, and what stands in the place of one, as efetch gives them."""

    def wrap(*records: str) -> str:
        return (
            '<?xml version="1.0" ?>\n<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" '
            '"https://dtd.nlm.nih.gov/ncbi/pmc/articleset/nlm-articleset-2.0.dtd">\n'
            f"<pmc-articleset>{''.join(records)}</pmc-articleset>\n"
        )

    return wrap
