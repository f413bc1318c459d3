"""JATS: what each part of an article becomes."""

from __future__ import annotations

import pytest

from minex.formats import read
from minex.model import Document, PassageKind, Status


@pytest.fixture
def one(write, article):
    def read_one(*body: str, **parts: str) -> Document:
        (document,) = read(write("a.nxml", article(*body, **parts)))
        assert isinstance(document, Document)
        return document

    return read_one


def shown(document: Document, skip: int = 2) -> list[tuple[str, str, str]]:
    """Return kind, section and text of the passages after the title and the abstract."""
    return [(each.kind.value, each.section, each.text) for each in document.passages[skip:]]


def said(document: Document) -> list[str]:
    return [each.text for each in document.passages]


def test_plain_article(one):
    document = one()
    assert (document.id, document.pmid, document.pmcid, document.doi) == ("PMID:101", "101", "PMC77", None)
    assert (document.journal, document.date, document.language) == ("J Sample Find", "2019-04-02", "eng")
    assert (document.pubtypes, document.status) == (("Journal Article",), Status.ACTIVE)
    assert document.source == "a.nxml#1"
    assert document.to_source(0) is None
    assert shown(document, 0) == [
        ("title", "", "Exosomal miR-9 lowers CDH1"),
        ("text", "Abstract", "We saw miR-9."),
        ("title", "Results", "Results"),
        ("text", "Results", "miR-9 lowered CDH1."),
    ]


@pytest.mark.parametrize(
    ("ids", "id_", "pmcid"),
    [
        ('<article-id pub-id-type="pmcid">PMC8</article-id>', "PMC:8", "PMC8"),
        (
            '<article-id pub-id-type="pmcaid">5</article-id><article-id pub-id-type="doi">10.1/A</article-id>',
            "DOI:10.1/A",
            None,
        ),
        ('<article-id pub-id-type="pmid">n/a</article-id>', "text:a.nxml#1", None),
        ('<article-id pub-id-type="pmid">007</article-id>', "PMID:7", None),
    ],
)
def test_the_id_is_the_best_that_the_article_has(one, ids, id_, pmcid):
    document = one(ids=ids)
    assert (document.id, document.pmcid) == (id_, pmcid)


@pytest.mark.parametrize(
    ("dates", "iso"),
    [
        ('<pub-date pub-type="collection"><year>2011</year></pub-date>', "2011"),
        (
            '<pub-date pub-type="ppub"><month>11</month><year>2010</year></pub-date>'
            '<pub-date pub-type="epub"><day>2</day><month>10</month><year>2010</year></pub-date>',
            "2010-10-02",
        ),
        (
            '<pub-date date-type="pub" publication-format="print"><day>5</day><month>Sept</month><year>2020</year>'
            '</pub-date><pub-date date-type="pub"><day>30</day><month>8</month><year>2020</year></pub-date>',
            "2020-08-30",
        ),
        (
            '<pub-date pub-type="ppub"><season>Spring</season><year>2009</year></pub-date>'
            '<pub-date pub-type="pmc-release"><day>1</day><month>3</month><year>2010</year></pub-date>',
            "2009",
        ),
        ('<pub-date pub-type="pmc-release"><year>2010</year></pub-date>', "2010"),
        ("<pub-date><string-date>In the year 1999</string-date></pub-date>", "1999"),
        ("", ""),
    ],
)
def test_the_date_is_that_of_publication_as_precise_as_known(one, dates, iso):
    assert one(meta=dates).date == iso


def test_type_and_language_have_the_names_that_pubmed_gives_them(one):
    document = one(attributes='article-type="review-article" xml:lang="fr"')
    assert (document.pubtypes, document.language) == (("Review",), "fre")
    assert one(attributes='article-type="obituary"').pubtypes == ("obituary",)
    assert one(attributes="").language == "eng"


def related(kind: str, link: str, href: str, inner: str = "") -> str:
    return (
        f'<related-article related-article-type="{kind}" ext-link-type="{link}" xlink:href="{href}">'
        f"{inner}</related-article>"
    )


def test_a_retracted_article_names_its_notice(one):
    document = one(meta=related("retraction-forward", "pubmed", "55"))
    assert (document.status, document.status_reason) == (Status.RETRACTED, "RetractionIn PMID:55")
    document = one(meta=related("retraction-forward", "doi", "https://doi.org/10.1/N"))
    assert document.status_reason == "RetractionIn doi:10.1/N"
    inner = '<article-title>Retracted</article-title><pub-id pub-id-type="pmid">56</pub-id>'
    assert one(meta=related("retraction-forward", "pmc", "PMC9", inner)).references[0].pmid == "56"
    assert one(title="RETRACTED ARTICLE: On miR-9").status is Status.RETRACTED
    assert one(title="Retracted segments of chromosome 3").status is Status.ACTIVE


def test_a_notice_is_not_itself_retracted(one):
    document = one(
        attributes='article-type="retraction"',
        title="RETRACTED: On miR-9",
        meta=related("retracted-article", "doi", "10.1/A") + related("retraction-forward", "doi", "10.1/A"),
    )
    assert (document.status, document.pubtypes) == (Status.ACTIVE, ("Retraction of Publication",))
    assert document.references[0].kind == "RetractionOf"
    assert document.references[0].text == "doi:10.1/A"


def test_a_subtitle_belongs_to_the_title(write, article):
    subtitle = "<subtitle>a <italic>study</italic></subtitle></title-group>"
    text = article(title="On miR-9<xref ref-type='fn'>*</xref>").replace(
        "</title-group>\n<con", f"{subtitle}\n<con"
    )
    (document,) = read(write("a.xml", text))
    assert isinstance(document, Document)
    assert document.title == "On miR-9: a study"


def test_structured_abstract_has_its_labels_as_sections(one):
    document = one(
        abstract="<abstract><title>Abstract</title><sec><title>Aim:</title><p>To see.</p></sec>"
        "<sec><title>Results</title><p>Seen.</p><p>Twice.</p></sec><p><bold>Methods:</bold> By eye.</p></abstract>"
    )
    assert shown(document, 1)[:4] == [
        ("text", "Aim", "To see."),
        ("text", "Results", "Seen."),
        ("text", "Results", "Twice."),
        ("text", "Methods", "By eye."),
    ]


def test_other_abstracts_are_marked_by_their_section(one):
    document = one(
        abstract="<abstract><p>Own.</p></abstract>"
        '<abstract abstract-type="summary"><title>Author Summary</title><p>Plain.</p></abstract>'
        '<abstract abstract-type="graphical"><p><fig><caption><p>Drawn.</p></caption></fig></p></abstract>'
        '<abstract abstract-type="editor"><sec><title>Background</title><p>Edited.</p></sec></abstract>'
    )
    assert shown(document, 1)[:4] == [
        ("text", "Abstract", "Own."),
        ("text", "Author Summary", "Plain."),
        ("caption", "Graphical abstract", "Drawn."),
        ("text", "Editor's summary: Background", "Edited."),
    ]


def test_a_translated_abstract_counts_only_without_another_and_in_english(one):
    german = '<trans-abstract xml:lang="de"><p>Deutsch.</p></trans-abstract>'
    english = '<trans-abstract xml:lang="en"><p>English.</p></trans-abstract>'
    own = "<abstract><p>Own.</p></abstract>"
    assert said(one("<p>x</p>", abstract=own + german + english))[1:] == ["Own.", "x"]
    assert said(one("<p>x</p>", abstract=german + english))[1:] == ["English.", "x"]
    assert said(one("<p>x</p>", abstract=german))[1:] == ["x"]
    two = own + '<abstract xml:lang="fr"><p>Propre.</p></abstract>'
    assert said(one("<p>x</p>", abstract=two))[1:] == ["Own.", "x"]


def test_sections_have_their_own_heading_and_the_parents_after_it(one):
    document = one(
        "<p>Before.</p><sec><label>2.</label><title>Results:</title><p>One.</p>"
        "<sec><label>2.1</label><title>In <italic>mice</italic></title><p>Two.</p></sec>"
        "<sec><p>Three.</p></sec></sec>"
    )
    assert shown(document) == [
        ("text", "", "Before."),
        ("title", "Results", "Results:"),
        ("text", "Results", "One."),
        ("title", "In mice", "In mice"),
        ("text", "In mice", "Two."),
        ("text", "Results", "Three."),
    ]


def test_lists_quotes_boxes_and_terms_are_passages(one):
    document = one(
        "<p>Two things: <list><list-item><label>1.</label><p>miR-9.</p></list-item><list-item><p>CDH1.</p>"
        "</list-item></list> and no more.</p><disp-quote><p>Quoted.</p></disp-quote>"
        "<boxed-text><label>Box 1</label><caption><title>Vesicles</title></caption><p>Boxed.</p></boxed-text>"
        "<def-list><title>Terms</title><def-item><term>EV</term><def><p>vesicle</p></def></def-item></def-list>"
    )
    assert shown(document) == [
        ("text", "", "Two things:"),
        ("text", "", "miR-9."),
        ("text", "", "CDH1."),
        ("text", "", "and no more."),
        ("text", "", "Quoted."),
        ("title", "Box 1 Vesicles", "Box 1 Vesicles"),
        ("text", "Box 1 Vesicles", "Boxed."),
        ("text", "", "Terms"),
        ("text", "", "EV: vesicle"),
    ]


def test_a_figure_within_a_sentence_comes_after_it(one):
    document = one(
        "<sec><title>Results</title><p>miR-9 <fig><label>Figure 1</label><caption><title>Levels of miR-9</title>"
        "<p>(A) In mice.</p><p>(B) In rats.</p></caption><graphic/><attrib>By Doe</attrib></fig> rose.</p></sec>"
    )
    assert shown(document)[1:] == [
        ("text", "Results", "miR-9 rose."),
        ("caption", "Results", "Figure 1 Levels of miR-9\n(A) In mice. (B) In rats."),
    ]


def test_floats_and_files_have_captions_and_pmcs_words_are_left_out(write, article):
    text = article(
        "<p>x</p><supplementary-material><label>Table S1</label>"
        "<caption><title>Primers.</title><p>All.</p></caption>"
        "<media><caption><p>Click here for additional data file.</p></caption></media></supplementary-material>"
    ).replace("<back>", "<floats-group><fig><caption><p>Afloat.</p></caption></fig></floats-group><back>")
    (document,) = read(write("a.xml", text))
    assert isinstance(document, Document)
    assert [each.text for each in document.passages if each.kind is PassageKind.CAPTION] == [
        "Table S1 Primers. All.",
        "Afloat.",
    ]


def test_what_is_about_people_and_money_is_not_read(one):
    document = one(
        "<sec><title>Results</title><p>Read.</p></sec>"
        "<sec><title>Authors' contributions</title><p>JD saw.</p></sec>"
        '<sec sec-type="COI-statement"><p>None.</p></sec>',
        back="<ack><p>We thank A.</p></ack><sec><title>Acknowledgments</title><p>And B.</p></sec>"
        "<sec><title>Declarations</title><sec><title>Competing interests</title><p>None.</p></sec></sec>"
        '<fn-group><fn fn-type="conflict"><p>None.</p></fn><fn><p>Funding: by C.</p></fn>'
        "<fn><p>miR-9 is old.</p></fn></fn-group>"
        "<glossary><title>Abbreviations</title><p>EV, vesicle.</p></glossary><bio><p>Doe.</p></bio>"
        "<app-group><app><title>Appendix A</title><p>Also read.</p></app></app-group>"
        "<ref-list><title>References</title><ref><mixed-citation>miR-9 lowers CDH1.</mixed-citation></ref>"
        "</ref-list>",
    )
    assert said(document)[3:] == [
        "Read.",
        "Declarations",
        "miR-9 is old.",
        "Abbreviations",
        "EV, vesicle.",
        "Appendix A",
        "Also read.",
    ]


def test_peer_review_and_translations_are_not_read(write, article):
    review = '<sub-article article-type="reviewer-report"><body><p>Weak.</p></body></sub-article>'
    reply = "<response><body><p>Strong.</p></body></response>"
    (document,) = read(write("a.xml", article("<p>Own.</p>").replace("</article>", review + reply + "</article>")))
    assert isinstance(document, Document)
    assert document.passages[-1].text == "Own."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<italic>PTEN</italic> and\n   <bold>p53</bold>&#x3b2;", "PTEN and p53β"),
        ("CD163<sup>+</sup> H<sub>2</sub>O Ca<sup>2+</sup>", "CD163+ H2O Ca2+"),
        ("miR-21<sup>high</sup>, 10<sup><italic>6</italic></sup>", "miR-21 high, 10^6"),
        ("one<break/>two<!-- gone --> <?pi gone?>three", "one two three"),
        ("<![CDATA[a < b]]> &amp; c\u2009d", "a < b & c d"),
        ("cells<xref ref-type='fn'>1</xref>", "cells"),
        ("cells<sup><xref ref-type='fn'>a</xref>,<xref ref-type='fn'>b</xref></sup> grew", "cells grew"),
        ("a <index-term><term>hidden</term></index-term>b", "a b"),
        ("<named-content content-type='gene'>PTEN</named-content> <ext-link>at x.org</ext-link>", "PTEN at x.org"),
    ],
)
def test_inline_markup(one, markup, text):
    assert one(f"<p>{markup}</p>").passages[-1].text == text


def cite(text: str) -> str:
    return f'<xref ref-type="bibr" rid="b">{text}</xref>'


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (f"cells<sup>{cite('12')}</sup> grew", "cells [12] grew"),
        (f"miR-9{cite('<sup>3</sup>')}, and", "miR-9 [3], and"),
        (f"cells<sup>{cite('1')},{cite('2')}–{cite('5')}</sup>.", "cells [1,2–5]."),
        (f"cells{cite('<sup>1</sup>')}<sup>,</sup>{cite('<sup>2</sup>')}", "cells [1,2]"),
        (f"cells.<sup>{cite('1')}{cite('2')}</sup> The", "cells. [1,2] The"),
        (f"cells [{cite('1')}, {cite('2')}-{cite('4')}] grew", "cells [1, 2-4] grew"),
        (f"cells {cite('[1]')}–{cite('[4]')} grew", "cells [1]–[4] grew"),
        (f"cells ({cite('1')}, {cite('2')}) grew", "cells [1, 2] grew"),
        (f"cells (reviewed in {cite('1')}) grew", "cells (reviewed in [1]) grew"),
        (f"as {cite('Doe et al., 2001')} and Roe ({cite('2002')}) saw", "as Doe et al., 2001 and Roe (2002) saw"),
        (f"10<sup>{cite('6')}</sup>and", "10 [6] and"),
        ("see <xref ref-type='fig'>Fig. 1</xref>A", "see Fig. 1A"),
    ],
)
def test_a_citations_number_is_never_part_of_a_word(one, markup, text):
    assert one(f"<p>{markup}</p>").passages[-1].text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("TGF-<inline-formula><mml:math><mml:mi>β</mml:mi></mml:math></inline-formula>", "TGF-β"),
        (
            "so <mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>6</mml:mn></mml:msup></mml:math> cells",
            "so 10^6 cells",
        ),
        ("if <mml:math><mml:mfrac><mml:mi>a</mml:mi><mml:mi>b</mml:mi></mml:mfrac></mml:math> holds", "if holds"),
        (
            "of <inline-formula><alternatives><tex-math>\\alpha</tex-math><mml:math><mml:mi>α</mml:mi></mml:math>"
            "</alternatives></inline-formula> cells",
            "of α cells",
        ),
        ("where<disp-formula><label>(1)</label><graphic/></disp-formula>is known", "where is known"),
        ("where<disp-formula>x = 2y<label>(1)</label></disp-formula>holds", "where x = 2y holds"),
    ],
)
def test_of_formulas_only_plain_text_is_kept(one, markup, text):
    assert one(f"<p>{markup}</p>").passages[-1].text == text


def test_an_article_set_with_errors_in_it(write, article, articles):
    path = write(
        "set.xml",
        articles(
            article(),
            '<Reply Id="24948109" error="The following PMCID is not available: 24948109"/>',
            '<error id="12">The following PMCID is not available: 12</error>',
            article(ids='<article-id pub-id-type="pmc">78</article-id>'),
        ),
    )
    first, *failures, last = read(path)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert (first.id, last.id, last.source) == ("PMID:101", "PMC:78", "set.xml#4")
    assert [(each.code, each.document) for each in failures] == [
        ("not-available", "PMC:24948109"),
        ("not-available", "PMC:12"),
    ]
    assert "record 2" in failures[0].where
    assert "not available: 12" in failures[1].message


def oai(*records: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        '<responseDate>2024-01-01T00:00:00Z</responseDate><request verb="ListRecords">https://pmc</request>'
        f"<ListRecords>{''.join(records)}<resumptionToken>x</resumptionToken></ListRecords></OAI-PMH>"
    )


def test_oai_pmh_wraps_articles_in_a_namespace(write, article):
    inner = article().replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" ', 1)
    header = "<header><identifier>oai:pubmedcentral.nih.gov:77</identifier><setSpec>pmc</setSpec></header>"
    gone = '<header status="deleted"><identifier>oai:pubmedcentral.nih.gov:8</identifier></header>'
    path = write(
        "oai.xml",
        oai(f"<record>{header}<metadata>{inner}</metadata></record>", f"<record>{gone}</record>"),
    )
    document, deleted = read(path)
    assert isinstance(document, Document)
    assert isinstance(deleted, Document)
    assert (document.id, document.passages[-1].text) == ("PMID:101", "miR-9 lowered CDH1.")
    assert (deleted.id, deleted.status, deleted.passages) == ("PMC:8", Status.DELETED, ())


def test_prefixes_may_be_declared_by_the_set_alone(write, article, articles):
    bare = article(meta=related("corrected-article", "pubmed", "5")).replace(
        'xmlns:xlink="http://www.w3.org/1999/xlink"\n xmlns:mml="http://www.w3.org/1998/Math/MathML"', ""
    )
    (document,) = read(write("a.xml", articles(bare)))
    assert isinstance(document, Document)
    assert document.references[0].pmid == "5"


def test_several_files_in_one_are_read(write, article):
    declared = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.0//EN" "a.dtd" [<!ATTLIST p x CDATA "1">]>'
    prolog = f'<?xml version="1.0"?>\n{declared}\n'
    ids = [item.id for item in read(write("two.nxml", 2 * (prolog + article()))) if isinstance(item, Document)]
    assert ids == ["PMID:101", "PMID:101"]


def test_evidence_comes_from_text_tables_and_captions_and_not_from_the_references(one, pipeline):
    claim = "miR-21 inhibits PTEN."
    row = "<tr><td>miR-210</td><td>Suppresses ISCU</td></tr>"
    document = one(
        f"<sec><title>Results</title><p>{claim}</p><fig><label>Figure 1</label><caption><p>miR-9 suppresses CDH1."
        "</p></caption></fig><table-wrap><table><thead><tr><th>Factor</th><th>Function</th></tr></thead><tbody>"
        f"{row}</tbody></table></table-wrap></sec>",
        title="A study",
        abstract="",
        back="<ack><p>miR-155 inhibits SOCS1.</p></ack><ref-list><ref><mixed-citation>miR-34a inhibits BCL2."
        "</mixed-citation></ref></ref-list>",
    )
    (reading,) = pipeline.read([document])
    pairs = {(each.subject.name, each.object.name) for each in reading.evidence}
    assert pairs == {("miR-21", "PTEN"), ("miR-9", "CDH1"), ("miR-210", "ISCU")}
