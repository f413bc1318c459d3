"""Small whole files of every kind that minex reads, written for these tests, and pieces to spoil them with."""

# ruff: noqa: E501

from __future__ import annotations

MEDLINE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "pubmed_190101.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">101</PMID>
<DateRevised><Year>2020</Year><Month>02</Month><Day>03</Day></DateRevised>
<Article PubModel="Print"><Journal><JournalIssue><PubDate><MedlineDate>2019 Spring</MedlineDate></PubDate>
</JournalIssue><Title>Journal of Samples</Title></Journal>
<ArticleTitle>[Exosomal miR-9 lowers <i>CDH1</i>.]</ArticleTitle><Abstract>
<AbstractText Label="AIM">We saw miR-9 at 10<sup>6</sup> cells.</AbstractText>
<AbstractText Label="RESULTS" NlmCategory="RESULTS">miR-9 lowered CDH1 &amp; PTEN.</AbstractText></Abstract>
<AuthorList><Author><LastName>Doe</LastName><ForeName>J</ForeName></Author></AuthorList><Language>eng</Language>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/abc.1</ELocationID>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>
<ArticleDate><Year>2019</Year><Month>Apr</Month><Day>2</Day></ArticleDate></Article>
<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Sample</RefSource>
<PMID Version="1">102</PMID></CommentsCorrections></CommentsCorrectionsList>
<MeshHeadingList><MeshHeading><DescriptorName UI="D055354" MajorTopicYN="Y">Exosomes</DescriptorName>
<QualifierName UI="Q000378">metabolism</QualifierName></MeshHeading></MeshHeadingList>
<OtherAbstract Type="plain-language-summary"><AbstractText>In short.</AbstractText></OtherAbstract>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">101</ArticleId>
<ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>103</PMID><ArticleTitle>A chapter</ArticleTitle></BookDocument>
</PubmedBookArticle>
<DeleteCitation><PMID Version="1">9</PMID></DeleteCitation>
</PubmedArticleSet>
"""

JATS = """<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article"><front><article-meta>
<article-id pub-id-type="pmid">101</article-id><article-id pub-id-type="pmc">77</article-id>
<article-id pub-id-type="doi">10.1000/abc.1</article-id>
<title-group><article-title>Exosomal miR-9 lowers <italic>CDH1</italic></article-title></title-group>
<pub-date pub-type="epub"><day>2</day><month>4</month><year>2019</year></pub-date>
<abstract><sec><title>Aim</title><p>We saw miR-9.</p></sec></abstract></article-meta></front>
<body><sec><title>Results</title><p>miR-9 lowered CDH1 [<xref ref-type="bibr" rid="b1">1</xref>,
<xref ref-type="bibr">2</xref>].</p><fig><label>Fig 1</label><caption><p>Cells.</p></caption></fig>
<list><list-item><p>One</p></list-item></list><disp-formula><tex-math>a+b</tex-math></disp-formula>
<table-wrap><label>Table 1</label><caption><p>Factors</p></caption><table><thead><tr><th colspan="2">Factor</th>
<th>Cancer</th></tr></thead><tbody><tr><td rowspan="2">miR-21</td><td>up</td><td>lung</td></tr>
<tr><td>down</td><td>liver</td></tr></tbody></table><table-wrap-foot><fn><p>a note</p></fn></table-wrap-foot>
</table-wrap></sec></body><back><ref-list><ref id="b1"><mixed-citation>Doe 2010</mixed-citation></ref></ref-list>
</back></article>
"""

JSONL = """{"id": "PMID:1", "text": "miR-21 targets PTEN."}
{"id": "PMID:2", "passages": [{"section": "title", "text": "A title"}, {"section": "table", "text": "a | b"}]}
{"id": "DOI:10.1000/x", "text": "p53", "mentions": [{"start": 0, "end": 3, "type": "Gene", "concepts": ["HGNC:1"]}]}
"""

PLAIN = """Exosomal miR-9 in hypoxia-
induced lung cancer

Abstract
Back-
ground: miR-9 lowered CDH1 [1, 2].

1 Introduction
Cells were kept in 1% O2 for 24 h.

Table 1 Factors in exosomes
Factor      Cancer    Response
miR-21      lung      up
miR-210     liver     down

Fig. 1 The cells.

References
1. Doe J. A paper. J Sample. 2010;1:2.
"""

PUBTATOR = (
    "7|t|miR-21 in lung cancer\n7|a|miR-21 inhibits PTEN.\n7\t0\t6\tmiR-21\tGene\t406991\n7\tCID\t406991\t5728\n\n"
)

BIOC_XML = """<?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd"><collection><source>s</source><date>1</date>
<key>k</key><document><id>7</id><passage><infon key="type">title</infon><offset>0</offset><text>miR-21 and PTEN</text>
<annotation id="1"><infon key="type">Gene</infon><location offset="0" length="6"/><text>miR-21</text></annotation>
<annotation id="2"><infon key="type">Gene</infon><location offset="11" length="4"/><text>PTEN</text></annotation>
<relation id="r"><infon key="type">Neg</infon><node refid="1" role="a"/><node refid="2" role="b"/></relation>
</passage></document></collection>
"""

BIOC_JSON = """{"source": "s", "date": "", "key": "", "documents": [{"id": "7", "infons": {}, "passages": [{"offset": 0,
"infons": {"type": "title"}, "text": "miR-21 and PTEN", "annotations": [{"id": "1", "infons": {"type": "Gene"},
"text": "miR-21", "locations": [{"offset": 0, "length": 6}]}], "relations": []}], "relations": []}]}
"""

QUERY = '''title = "Exosomes"
sources = ["pubmed", "pmc"]
first_day = "2010-01"
last_day = 2019-12-31
date_type = "pdat"
limit = 5000
term = """
(exosom*[tiab] OR "extracellular vesicles"[mh:noexp]) AND hypoxia[tiab:~3] NOT review[pt]
AND 2010/01/01:2019[dp]
"""
'''

TERM = '(exosom*[tiab] OR "extracellular vesicles"[mh:noexp]) AND "lung cancer"[tiab:~3] NOT (2010/01:3000[dp])'

RULES = """frames:
  - name: mine
    priority: 60
    trigger: {pos: verb, effects: [decrease]}
    subject: $subject
    object: $object
    examples:
      - {text: "miR-21 reduced PTEN.", gives: ["miR-21 decreases PTEN"]}
      - {text: "The dose was reduced, and PTEN was measured.", gives: []}
"""

SURFACE = """surface:
  - name: idiom
    priority: 30
    pattern: '<MIRNA subject> -\\| <GENE object>'
    effect: inhibit
    examples: &both
      - {text: "miR-21 -| PTEN", gives: ["miR-21 inhibits PTEN"]}
      - {text: "miR-21 and PTEN", gives: []}
"""

LEXICON = """names:
  - {id: "HGNC:9588", name: MMAC1 protein}
  - {id: "minex:zz9", type: GENE, name: ZZ9, synonyms: [plural zed], parents: []}
block:
  - {name: AGS, id: "HGNC:6188"}
  - {name: T3, type: CHEMICAL}
"""

TYPE_MAP_JSON = '{"Protein": "GENE", "Tumour": "CANCER"}'
TYPE_MAP_TSV = "# foreign\tminex\nProtein\tGENE\nTumour\tCANCER\n"

SHEET = 'evidence,verdict,note,sentence\nid:12ab,y,,"miR-21, it says"\nid:34cd,n,"not ""so""",x\nid:5,,,\n'
TABLE = 'Factor,Cancer type,Response,Function,Mechanism\nExosomal miR-21,lung cancer,up,"EMT, invasion","targets PTEN and TJP1"\n'

SEARCH = """<?xml version="1.0" encoding="UTF-8" ?><!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" "e.dtd">
<eSearchResult><Count>2</Count><RetMax>2</RetMax><RetStart>0</RetStart><QueryKey>1</QueryKey><WebEnv>M_1</WebEnv>
<IdList><Id>101</Id><Id>102</Id></IdList><QueryTranslation>exosomes</QueryTranslation>
<WarningList><QuotedPhraseNotFound>"a b"</QuotedPhraseNotFound></WarningList></eSearchResult>
"""

TOKENS = [
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", "\u202e".encode(), "\ufeff".encode(), b"\r", b"\n\n", b"\x1b[2J", b"\x85",
    b"&#0;", b"&#xD800;", b"&x;", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?", b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"<sup>", b"</", b"/>", b"<a>" * 300, b"[" * 300, b"(" * 300, b"{" * 300, b"- " * 300, b"9" * 5000, b"-1", b"1e999",
    b"NaN", b"null", b"true", b'""', b"''''", b"*a", b"&a ", b"!!python/object/apply:os.system ['true']", b"!!binary x",
    b"2019-13-45", b"<<: ", b"? ", b"0x10", b".inf", b"\t", b" " * 500, b"a" * 3000, b"miR-" * 200, b",;" * 200, b"'",
    b'"', b"|", b"$(", b"=cmd()", b"../../etc/passwd", b"%s%n{0}", b"\xc2\xb2", "٣".encode(), "İ".encode(), "ﬁ".encode(),
    b"colspan=\"99999999\"", b"rowspan=\"-1\"", b"(a+)+$", b"\\1", b"\\", b"<GENE a>", b"{,}", b"{1,99999}", b"{2}", b"$object",
]  # fmt: skip
"""Pieces that readers stumble over."""
