"""Whatever a file holds, the user learns what is wrong, where, and what to do; the rest is read."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from minex.errors import InputError
from minex.formats import Limits, read
from minex.model import Document, Failure


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


def test_missing_file_and_folder(tmp_path):
    assert refused(tmp_path / "none.xml").code == "missing"
    assert refused(tmp_path).code == "directory"


@pytest.mark.parametrize("content", [b"", b" \n\n\t", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_empty_file(write, content):
    assert refused(write("a.xml", content)).code == "empty"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "pdftotext"),
        (b"SQLite format 3\x00" + bytes(80), "SQLite"),
        (b"\xd0\xcf\x11\xe0" + bytes(80), "Office"),
        (b"<!DOCTYPE html>\n<html><body>a</body></html>", "HTML"),
        (b'[{"id": "PMID:1", "text": "a"}]', "JSON array"),
        (b'{\n "id": "PMID:1",\n "text": "a"\n}', "several lines"),
        (b'<?xml version="1.0"?><catalogue><b/></catalogue>', "<catalogue>"),
        (b'<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"/>', "DocBook"),
        (b"PMID- 12\nOWN - NLM\n", "MEDLINE"),
        (b"12|t|A title\n12|a|A text\n", "PubTator"),
        (bytes(range(256)), "binary"),
        (gzip.compress(gzip.compress(b"text", mtime=0), mtime=0), "within a gzip"),
    ],
)
def test_unknown_format_is_named(write, content, says):
    error = refused(write("in.xml", content))
    assert error.code == "unknown-format"
    assert says in str(error)
    assert all(name in str(error) for name in ("PubMed XML", "JSONL", "plain text"))
    assert error.cure


def test_word_file_is_named(tmp_path):
    path = tmp_path / "paper.txt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "Word" in refused(path).message


def test_format_is_told_by_content_not_by_name(write, citation, pubmed):
    path = write("wrong.txt", gzip.compress(pubmed(citation()).encode()))
    assert told(path) == (["PMID:101"], [])


@pytest.mark.parametrize(
    ("content", "byte"), [(b"caf\xe9 au lait", "byte 3 (0xe9)"), (b"\xff\xfeh\x00i\x00", "UTF-16")]
)
def test_text_that_is_not_utf8(write, content, byte):
    error = refused(write("a.txt", content))
    assert error.code == "not-utf8"
    assert byte in error.message
    assert "iconv" in error.cure


def test_text_not_utf8_far_into_the_file(write):
    error = refused(write("a.txt", b"word " * 50_000 + b"\xe9"))
    assert (error.code, "byte 250000 " in error.message) == ("not-utf8", True)


def test_gzip_cut_short_gives_what_came_before_and_then_the_failure(write, citation, pubmed):
    records = [
        citation(str(pmid), abstract=f"<Abstract><AbstractText>{pmid * 7919}</AbstractText></Abstract>")
        for pmid in range(1, 400)
    ]
    whole = gzip.compress(pubmed(*records).encode())
    ids, failures = told(write("a.xml.gz", whole[: len(whole) // 2]))
    assert ids == [f"PMID:{pmid}" for pmid in range(1, len(ids) + 1)]
    assert len(ids) > 50
    assert [failure.code for failure in failures] == ["gzip-cut"]


def test_gzip_without_its_last_bytes_fails_though_all_records_are_there(write, citation, pubmed):
    ids, failures = told(write("a.xml.gz", gzip.compress(pubmed(citation()).encode())[:-4]))
    assert (ids, [failure.code for failure in failures]) == (["PMID:101"], ["gzip-cut"])


def test_gzip_with_a_flipped_checksum_and_with_bytes_after_the_end(write, citation, pubmed):
    whole = bytearray(gzip.compress(pubmed(citation()).encode()))
    ids, failures = told(write("b.gz", bytes(whole) + b"more"))
    assert (ids, [failure.code for failure in failures]) == (["PMID:101"], ["gzip-damaged"])
    whole[-6] ^= 1
    ids, failures = told(write("a.gz", bytes(whole)))
    assert (ids, [failure.code for failure in failures]) == (["PMID:101"], ["gzip-damaged"])


def test_gzip_of_several_members_is_one_file(write, citation, pubmed):
    text = pubmed(citation("1"), citation("2")).encode()
    assert told(write("a.gz", gzip.compress(text[:900]) + gzip.compress(text[900:]) + bytes(12))) == (
        ["PMID:1", "PMID:2"],
        [],
    )


def test_gzip_bomb_is_told(write):
    path = write("bomb.txt.gz", gzip.compress(b"a" * 3_000_000))
    assert refused(path, gzip_bytes=1 << 20, gzip_ratio=100).code == "gzip-bomb"


def test_xml_cut_in_the_middle_of_a_record(write, citation, pubmed):
    text = pubmed(citation("1"), citation("2"), citation("3"))
    ids, failures = told(write("a.xml", text[: text.index("<Title>", text.index(">2</PMID>"))]))
    assert ids == ["PMID:1"]
    assert [(failure.code, failure.document) for failure in failures] == [("xml-cut", "PMID:2")]
    assert "record 2" in failures[0].where


def test_xml_cut_between_records(write, citation, pubmed):
    text = pubmed(citation("1"), citation("2"))
    ids, failures = told(write("a.xml", text[: text.rindex("</PubmedArticleSet")]))
    assert (ids, [failure.code for failure in failures]) == (["PMID:1", "PMID:2"], ["xml-cut"])


def test_one_damaged_record_costs_only_itself(write, citation, pubmed):
    text = pubmed(
        citation("1"),
        citation("2", title="a & b <i>c"),
        citation("3", title="&nbsp;"),
        citation("x"),
        citation("5"),
    )
    ids, failures = told(write("a.xml", text))
    assert ids == ["PMID:1", "PMID:5"]
    assert [(each.code, each.document) for each in failures] == [
        ("xml-invalid", "PMID:2"),
        ("xml-invalid", "PMID:3"),
        ("bad-pmid", None),
    ]
    assert "nbsp" in failures[1].message


def test_a_record_that_lost_its_end_does_not_take_the_next_with_it(write, citation, pubmed):
    broken = citation("1").replace("</PubmedArticle>", "")
    ids, failures = told(write("a.xml", pubmed(broken, citation("2"))))
    assert (ids, [failure.document for failure in failures]) == (["PMID:2"], ["PMID:1"])


def test_bytes_of_one_record_that_are_not_utf8(write, citation, pubmed):
    text = pubmed(citation("1"), citation("2", title="caf?"), citation("3")).encode().replace(b"caf?", b"caf\xe9")
    ids, failures = told(write("a.xml", text))
    assert (ids, [failure.document for failure in failures]) == (["PMID:1", "PMID:3"], ["PMID:2"])


def test_rubbish_between_records_is_told(write, citation, pubmed):
    ids, failures = told(write("a.xml", pubmed(citation("1"), "Error: timeout\n", citation("2"))))
    assert ids == ["PMID:1", "PMID:2"]
    assert [failure.code for failure in failures] == ["xml-stray"]
    assert "Error: timeout" in failures[0].message


def test_external_entity_is_named_and_never_opened(write, citation, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    declared = f'<!DOCTYPE PubmedArticleSet [<!ENTITY xxe SYSTEM "file://{secret}">]>'
    path = write(
        "a.xml", f"<?xml version='1.0'?>{declared}<PubmedArticleSet>{citation(title='&xxe;')}</PubmedArticleSet>"
    )
    error = refused(path)
    assert error.code == "xml-external-entity"
    assert "xxe" in error.message
    assert str(secret) in error.message


@pytest.mark.parametrize(
    "declared", ['<!ENTITY % remote SYSTEM "http://localhost/x.dtd"> %remote;', "<!ENTITY x PUBLIC 'a' 'b'>"]
)
def test_other_external_entities_are_refused(write, citation, declared):
    path = write(
        "a.xml", f"<!DOCTYPE PubmedArticleSet [{declared}]><PubmedArticleSet>{citation()}</PubmedArticleSet>"
    )
    assert refused(path).code == "xml-external-entity"


def test_billion_laughs_is_refused(write, citation):
    laughs = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path = write(
        "a.xml",
        f"<!DOCTYPE PubmedArticleSet [{laughs}]><PubmedArticleSet>{citation(title='&l9;')}</PubmedArticleSet>",
    )
    error = refused(path)
    assert error.code == "xml-entity"
    assert "l0, l1, l2, ..." in error.message


def test_xml_in_an_encoding_that_is_not_read(write):
    error = refused(
        write("a.xml", '<?xml version="1.0" encoding="Shift_JIS"?><PubmedArticleSet></PubmedArticleSet>')
    )
    assert (error.code, "Shift_JIS" in error.cure) == ("not-utf8", True)


def test_a_set_without_a_record_is_an_empty_file(write, pubmed):
    assert refused(write("a.xml", pubmed())).code == "empty"


def test_line_of_20_megabytes_works_below_the_limit_and_is_told_above(write):
    line = '{"id": "PMID:2", "text": "' + "miR-21 lowers PTEN. " * (1 << 20) + '"}\n'
    path = write("a.jsonl", '{"id": "PMID:1", "text": "a"}\n' + line + '{"id": "PMID:3", "text": "c"}\n')
    assert told(path) == (["PMID:1", "PMID:2", "PMID:3"], [])
    ids, failures = told(path, line_bytes=1 << 20)
    assert ids == ["PMID:1", "PMID:3"]
    assert [(failure.code, failure.where) for failure in failures] == [("line-too-long", f"{path}, line 2")]


def test_plain_text_line_of_20_megabytes(write):
    for text in ("x" * (20 << 20), "miR-21 lowers PTEN, et al. " * (1 << 16)):
        assert len(told(write("a.txt", text))[0]) == 1
    assert refused(write("a.txt", "word " * 1000), document_bytes=1000).code == "too-long"


def test_record_beyond_the_limit_is_told_and_the_next_is_read(write, citation, pubmed):
    text = pubmed(citation("1"), citation("2", title="long " * 300_000), citation("3"))
    ids, failures = told(write("a.xml", text), record_bytes=300_000)
    assert (ids, [(each.code, each.document) for each in failures]) == (
        ["PMID:1", "PMID:3"],
        [("record-too-long", "PMID:2")],
    )


def test_citation_with_no_abstract_and_an_id_twice(write, citation, pubmed):
    path = write(
        "a.xml",
        pubmed(citation("7", abstract=""), citation("7", title="Later."), citation("8", title="", abstract="")),
    )
    first, second, third = read(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert [passage.text for passage in first.passages] == ["Exosomal miR-9 lowers CDH1."]
    assert (second.id, second.title, third.passages) == ("PMID:7", "Later.", ())


@pytest.mark.parametrize("line", ["{bad}", "[1]", '{"id": 1, "text": "a"}', '{"id": "b"}'])
def test_bad_json_line_is_told_and_the_next_is_read(write, line):
    ids, failures = told(write("a.jsonl", f'{{"id": "a", "text": "a"}}\n\n{line}\n{{"id": "c", "text": "c"}}'))
    assert ids == ["a", "c"]
    assert [failure.where.rpartition(", ")[2] for failure in failures] == ["line 3"]


def test_json_line_that_is_not_utf8(write):
    ids, failures = told(write("a.jsonl", b'{"id": "a", "text": "\xe9"}\n{"id": "c", "text": "c"}'))
    assert (ids, [failure.code for failure in failures]) == (["c"], ["not-utf8"])
