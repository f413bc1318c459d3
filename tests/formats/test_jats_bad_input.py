"""JATS that is cut, damaged or hostile: the user learns what and where, and the rest is read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.errors import InputError
from minex.formats import Limits, read
from minex.model import Document, Failure

relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refused(path: Path, **limits: int) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, limits=Limits(**limits))
    assert caught.value.where.startswith(str(path))
    return caught.value


def told(path: Path, **limits: int) -> tuple[list[str], list[Failure]]:
    items = list(read(path, limits=Limits(**limits)))
    failures = [item for item in items if isinstance(item, Failure)]
    assert all(item.stage == "read" and item.where.startswith(str(path)) and item.message for item in failures)
    return [item.id for item in items if isinstance(item, Document)], failures


def own(number: int) -> str:
    return f'<article-id pub-id-type="pmid">{number}</article-id>'


def test_an_article_cut_in_the_middle(write, article, articles):
    text = articles(article(ids=own(1)), article(ids=own(2)), article(ids=own(3)))
    ids, failures = told(write("a.xml", text[: text.index("<contrib-group>", text.index(">2</article-id>"))]))
    assert ids == ["PMID:1"]
    assert [(each.code, each.document) for each in failures] == [("xml-cut", "PMID:2")]
    assert "record 2, byte" in failures[0].where


def test_a_single_article_cut_is_told(write, article):
    text = article()
    ids, failures = told(write("a.nxml", text[: len(text) // 2]))
    assert (ids, [each.code for each in failures]) == ([], ["xml-cut"])


def test_a_set_cut_between_articles(write, article, articles):
    text = articles(article())
    ids, failures = told(write("a.xml", text[: text.rindex("</pmc-articleset")]))
    assert (ids, [each.code for each in failures]) == (["PMID:101"], ["xml-cut"])


def test_one_damaged_article_costs_only_itself(write, article, articles):
    text = articles(
        article(ids=own(1)),
        article("<p>a & b <italic>c</p>", ids=own(2)),
        article("<p>&nbsp;</p>", ids=own(3)),
        "<article><front/></article>",
        article(ids=own(5)),
    )
    ids, failures = told(write("a.xml", text))
    assert ids == ["PMID:1", "PMID:5"]
    assert [(each.code, each.document) for each in failures] == [
        ("xml-invalid", "PMID:2"),
        ("xml-invalid", "PMID:3"),
        ("no-article", None),
    ]
    assert "nbsp" in failures[1].message


def test_an_article_that_lost_its_end_does_not_take_the_next_with_it(write, article, articles):
    broken = article(ids=own(1)).replace("</article>", "")
    ids, failures = told(write("a.xml", articles(broken, article(ids=own(2)))))
    assert (ids, [each.document for each in failures]) == (["PMID:2"], ["PMID:1"])


def test_rubbish_between_articles_is_told(write, article, articles):
    ids, failures = told(write("a.xml", articles(article(ids=own(1)), "Error: timeout", article(ids=own(2)))))
    assert (ids, [each.code for each in failures]) == (["PMID:1", "PMID:2"], ["xml-stray"])


def test_a_set_without_an_article_is_an_empty_file(write, articles):
    assert refused(write("a.xml", articles())).code == "empty"


def test_gzip_is_read_and_its_cut_told(write, article, articles):
    packed = gzip.compress(articles(article()).encode())
    assert told(write("a.xml.gz", packed)) == (["PMID:101"], [])
    ids, failures = told(write("b.xml.gz", packed[:-4]))
    assert (ids, [each.code for each in failures]) == (["PMID:101"], ["gzip-cut"])


DTD = (
    '-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.0 20120330//EN" "JATS-archivearticle1.dtd'
)


@pytest.mark.parametrize("subset", ["", " []", ' [<!ATTLIST p x CDATA "a > b">]'])
def test_a_doctype_is_no_harm_and_never_loaded(write, article, subset):
    path = write("a.nxml", f'<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "{DTD}"{subset}>\n{article()}')
    assert told(path) == (["PMID:101"], [])


def test_entities_are_refused_and_never_expanded(write, article, tmp_path):
    laughs = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    error = refused(write("a.nxml", f"<!DOCTYPE article [{laughs}]>{article('<p>&l9;</p>')}"))
    assert (error.code, "PMC" in error.cure) == ("xml-entity", True)
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    declared = f'<!DOCTYPE article [<!ENTITY xxe SYSTEM "file://{secret}">]>'
    assert refused(write("b.nxml", declared + article("<p>&xxe;</p>"))).code == "xml-external-entity"


def test_entities_declared_further_on_do_nothing(write, article):
    declared = '<!DOCTYPE article [<!ENTITY l "lol">]>'
    ids, failures = told(write("a.nxml", article(ids=own(1)) + declared + article("<p>&l;</p>", ids=own(2))))
    assert ids == ["PMID:1"]
    assert [(each.code, each.document) for each in failures] == [("xml-invalid", "PMID:2")]


@pytest.mark.parametrize("tag", ["sec", "list", "italic", "boxed-text", "disp-quote", "sup", "table-wrap", "td"])
@pytest.mark.parametrize("depth", [90, 240, 100_000])
def test_what_is_nested_too_deep_is_told(write, article, articles, tag, depth):
    bomb = article(f"<p>{f'<{tag}>' * depth}x{f'</{tag}>' * depth}</p>", ids=own(1))
    ids, failures = told(write("a.xml", articles(bomb, article(ids=own(2)))))
    assert ids == (["PMID:1", "PMID:2"] if depth < 100 else ["PMID:2"])
    assert {each.code for each in failures} <= {"xml-deep", "xml-invalid"}


def test_an_article_beyond_the_limit_is_told_and_the_next_is_read(write, article, articles):
    long = article(f"<p>{'long ' * 300_000}</p>", ids=own(2))
    text = articles(article(ids=own(1)), long, article(ids=own(3)))
    ids, failures = told(write("a.xml", text), record_bytes=300_000)
    assert (ids, [(each.code, each.document) for each in failures]) == (
        ["PMID:1", "PMID:3"],
        [("record-too-long", "PMID:2")],
    )


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"><title>On p53</title></article>',
        '<?xml version="1.0"?><OAI-PMH><ListIdentifiers><header/></ListIdentifiers></OAI-PMH>',
        '<?xml version="1.0"?><record><title>A library card</title></record>',
    ],
)
def test_other_xml_of_these_names_is_not_taken_for_jats(write, content):
    assert refused(write("a.xml", content)).code == "unknown-format"


def test_flat_memory_over_many_articles(tmp_path, article, articles):
    import tracemalloc

    path = tmp_path / "many.xml"
    path.write_text(articles(*[article("<p>word</p>" + "words " * 6000)] * 300))
    tracemalloc.start()
    count = sum(1 for _ in read(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert peak < 6 << 20 < path.stat().st_size


@pytest.fixture(scope="session")
def sample(article, articles) -> bytes:
    rows = '<tr><td rowspan="2">a<sup>b</sup></td><td>c</td></tr><tr><td>d</td></tr>'
    table = f"<table-wrap><table>{rows}</table></table-wrap>"
    cited = '<p>β cells<sup><xref ref-type="bibr">1</xref></sup> <list><list-item><p>e</p></list-item></list></p>'
    made = [article(f"<sec><title>T</title>{table}{cited}</sec>", ids=own(number)) for number in (1, 2, 3)]
    return str(articles(*made, '<Reply Id="4" error="none"/>')).encode()


def items_of(path: Path) -> list[Document | Failure] | InputError:
    try:
        return list(read(path))
    except InputError as error:
        return error


@relaxed
@given(st.data())
def test_cut_at_any_byte_it_gives_what_was_whole_and_says_so(sample, tmp_path, data):
    cut = data.draw(st.integers(0, len(sample)))
    path = tmp_path / "a.xml"
    path.write_bytes(sample[:cut])
    found = items_of(path)
    complete = sample[:cut].count(b"</article>")
    if isinstance(found, InputError):
        assert complete == 0
        return
    ids = [item.id for item in found if isinstance(item, Document)]
    assert ids == ["PMID:1", "PMID:2", "PMID:3"][: len(ids)]
    assert len(ids) >= complete
    if b"</pmc-articleset>" not in sample[:cut]:
        assert isinstance(found[-1], Failure)


@relaxed
@given(st.data())
def test_any_byte_changed_gives_documents_and_failures_and_nothing_else(sample, tmp_path, data):
    damaged = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.xml"
    path.write_bytes(bytes(damaged))
    found = items_of(path)
    assert isinstance(found, InputError) or found


TAGS = """
    p sec title label fig caption table-wrap table thead tbody tr td th table-wrap-foot fn list list-item def-list
    def-item term def xref sup sub break math alternatives inline-formula disp-formula boxed-text ref-list ack
    supplementary-material media abstract front article-meta pub-date year related-article body back
""".split()  # noqa: SIM905
TREES = st.recursive(
    st.sampled_from(["", "x", "1", "a,b", "(", "[", " ", "β"]),
    lambda inner: st.builds(
        lambda tag, attribute, children: f"<{tag} {attribute}>{''.join(children)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(['', 'ref-type="bibr"', 'ref-type="fn"', 'rowspan="3"', 'colspan="2"', 'sec-type="ack"']),
        st.lists(inner, max_size=4),
    ),
    max_leaves=40,
)  # fmt: skip


@relaxed
@given(TREES)
def test_any_tree_of_its_elements_is_read(tmp_path, article, tree):
    path = tmp_path / "a.xml"
    path.write_text(article(tree), encoding="utf-8")
    (document,) = read(path)
    assert isinstance(document, Document)
    for passage in document.passages:
        assert passage.text.strip()
        assert "\x01" not in passage.text
        assert "\x02" not in passage.text
        assert all(0 <= cell.start <= cell.end <= len(passage.text) for cell in passage.cells)
