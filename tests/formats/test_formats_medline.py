"""PubMed XML: what each part of a citation becomes."""

from __future__ import annotations

import pytest

from minex.formats import read
from minex.model import Document, PassageKind, Status


@pytest.fixture
def one(write, citation, pubmed):
    def read_one(**parts: str) -> Document:
        (document,) = read(write("set.xml", pubmed(citation(**parts))))
        assert isinstance(document, Document)
        return document

    return read_one


def abstract(*parts: str) -> str:
    return f"<Abstract>{''.join(parts)}</Abstract>"


def test_plain_citation(one):
    document = one()
    assert (document.id, document.pmid, document.source) == ("PMID:101", "101", "set.xml#1")
    assert (document.journal, document.date, document.language) == ("J Sample Find", "2019-04-02", "eng")
    assert document.pubtypes == ("Journal Article",)
    assert [(passage.kind, passage.text) for passage in document.passages] == [
        (PassageKind.TITLE, "Exosomal miR-9 lowers CDH1."),
        (PassageKind.TEXT, "miR-9 lowered CDH1."),
    ]


def test_structured_abstract_has_a_passage_a_label(one):
    document = one(
        abstract=abstract(
            '<AbstractText Label="AIM" NlmCategory="OBJECTIVE">To see.</AbstractText>',
            '<AbstractText NlmCategory="RESULTS">Seen.</AbstractText>',
            '<AbstractText Label="UNLABELLED" NlmCategory="UNASSIGNED">Twice.</AbstractText>',
            "<AbstractText/>",
            "<CopyrightInformation>Nobody.</CopyrightInformation>",
        )
    )
    assert [(passage.section, passage.text) for passage in document.passages[1:]] == [
        ("AIM", "To see."),
        ("RESULTS", "Seen."),
        ("", "Twice."),
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<i>PTEN</i> and\n   <b>p53</b>&#x3b2;", "PTEN and p53β"),
        ("CD163<sup>+</sup> H<sub>2</sub>O Ca<sup>2+</sup>", "CD163+ H2O Ca2+"),
        ("miR-21<sup>high</sup> cells", "miR-21 high cells"),
        ("10<sup>6</sup> and 10<sup>-3</sup> cells", "10^6 and 10^-3 cells"),
        ("a<i>b<sup>c<u>d</u>e</sup>f</i>g", "abcdefg"),
        (
            '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>R</mml:mi></mml:math>&lt;2 &amp; 3',
            "R<2 & 3",
        ),
        ("<![CDATA[a < b]]> c<!-- gone -->d", "a < b cd"),
        ("thin\u2009space\u00a0here", "thin space here"),
    ],
)
def test_inline_markup_loses_no_text(one, markup, text):
    assert one(title=markup).title == text


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[Hypoxia and exosomes].", "Hypoxia and exosomes."),
        ("[Is it so?]", "Is it so?"),
        ("[18F]FDG uptake in [rat] tumors.", "[18F]FDG uptake in [rat] tumors."),
        ("[Not Available].", "Von Exosomen."),
        ("", "Von Exosomen."),
    ],
)
def test_translated_and_vernacular_titles(one, title, expected):
    assert one(title=title, article="<VernacularTitle>Von Exosomen.</VernacularTitle>").title == expected


def test_other_abstract_counts_only_without_abstract_and_in_english(one):
    german = '<OtherAbstract Language="ger"><AbstractText>Deutsch.</AbstractText></OtherAbstract>'
    plain = '<OtherAbstract Type="plain" Language="eng"><AbstractText>Plain.</AbstractText></OtherAbstract>'
    assert one(citation=german + plain).passages[-1].text == "miR-9 lowered CDH1."
    assert one(abstract="", citation=german + plain).passages[-1].text == "Plain."
    assert len(one(abstract="", citation=german).passages) == 1


def test_ids_are_the_articles_own(one):
    location = '<ELocationID EIdType="pii">S1</ELocationID><ELocationID EIdType="doi">10.1/b</ELocationID>'
    listed = (
        '<ArticleIdList><ArticleId IdType="pubmed">101</ArticleId><ArticleId IdType="pmc">PMC77</ArticleId>'
        '<ArticleId IdType="doi">https://doi.org/10.1/A</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList>'
        '<ArticleId IdType="doi">10.1/other</ArticleId></ArticleIdList></Reference></ReferenceList>'
    )
    document = one(article=location, data=listed)
    assert (document.doi, document.pmcid) == ("10.1/A", "PMC77")
    assert one(article=location).doi == "10.1/b"
    assert one().doi is None


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("<Year>2020</Year>", "2020"),
        ("<Year>2020</Year><Month>11</Month>", "2020-11"),
        ("<Year>2020</Year><Month>Sept</Month><Day>31</Day>", "2020-09-31"),
        ("<Year>2020</Year><Season>Spring</Season>", "2020"),
        ("<MedlineDate>2020 Jul-Aug</MedlineDate>", "2020"),
        ("<MedlineDate>2020 Apr 12-18</MedlineDate>", "2020-04"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998"),
        ("<MedlineDate>Winter 1976</MedlineDate>", "1976"),
        ("<MedlineDate>undated</MedlineDate>", ""),
    ],
)
def test_dates_are_as_precise_as_known(one, date, iso):
    assert one(date=date).date == iso


def notice(kind: str, pmid: str) -> str:
    inner = f"<RefSource>J. 2020;1</RefSource><PMID>{pmid}</PMID>"
    each = f'<CommentsCorrections RefType="{kind}">{inner}</CommentsCorrections>'
    return f"<CommentsCorrectionsList>{each}</CommentsCorrectionsList>"


def test_mesh_and_references(one):
    heading = '<DescriptorName UI="D009369">Neoplasms</DescriptorName><QualifierName UI="Q1">x</QualifierName>'
    mesh = f"<MeshHeadingList><MeshHeading>{heading}</MeshHeading></MeshHeadingList>"
    document = one(citation=notice("ErratumIn", "5") + mesh)
    assert document.mesh == ("D009369 Neoplasms",)
    assert [(each.kind, each.pmid, each.text) for each in document.references] == [("ErratumIn", "5", "J. 2020;1")]
    assert document.status is Status.ACTIVE


def test_retraction_names_its_notice(one):
    document = one(citation=notice("RetractionIn", "55"))
    assert (document.status, document.status_reason) == (Status.RETRACTED, "RetractionIn PMID:55")
    assert one(pubtypes="<PublicationType>Retracted Publication</PublicationType>").status is Status.RETRACTED
    assert one(pubtypes="<PublicationType>Retraction of Publication</PublicationType>").status is Status.ACTIVE


def test_deleted_citations(write, citation, pubmed):
    path = write(
        "update.xml",
        pubmed(citation(), "<DeleteCitation><PMID Version='1'>8</PMID><PMID>9</PMID></DeleteCitation>"),
    )
    _, *deleted = read(path)
    assert [
        (each.id, each.status, each.status_reason, each.passages) for each in deleted if isinstance(each, Document)
    ] == [(f"PMID:{pmid}", Status.DELETED, "DeleteCitation in update.xml", ()) for pmid in (8, 9)]


def test_single_records_and_older_sets(write, citation):
    record = citation()
    bare = record[record.index("<MedlineCitation") : record.index("<PubmedData>")]
    for content in (
        record,
        bare,
        f"<MedlineCitationSet>{bare}{bare}</MedlineCitationSet>",
        record + "<!-- <PubmedArticle> -->",
    ):
        assert {item.id for item in read(write("a.xml", content)) if isinstance(item, Document)} == {"PMID:101"}


def test_records_in_comments_and_empty_elements_are_no_records(write, citation, pubmed):
    path = write("a.xml", pubmed("<!-- " + citation("1") + " -->", "<DeleteCitation/>", citation("2")))
    assert [getattr(item, "id", item) for item in read(path)] == ["PMID:2"]


def test_book_chapter(write, pubmed):
    book = (
        "<PubmedBookArticle><BookDocument><PMID>44</PMID>"
        "<Book><BookTitle>A Book</BookTitle><PubDate><Year>2001</Year></PubDate></Book>"
        "<ArticleTitle>A Chapter</ArticleTitle><Abstract><AbstractText>Text.</AbstractText></Abstract>"
        "</BookDocument></PubmedBookArticle>"
    )
    (document,) = read(write("a.xml", pubmed(book)))
    assert isinstance(document, Document)
    assert (document.id, document.title, document.journal, document.date) == (
        "PMID:44",
        "A Chapter",
        "A Book",
        "2001",
    )


def test_latin_1_declared_is_read(write, citation):
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><PubmedArticleSet>'
        + citation(title="Café")
        + "</PubmedArticleSet>"
    )
    (document,) = read(write("a.xml", text.encode("latin-1")))
    assert isinstance(document, Document)
    assert document.title == "Café"
