"""Which reader takes a file, and what a file that none takes is called."""

from __future__ import annotations

import gzip

import pytest

from minex.errors import InputError
from minex.evaluation.corpora import read_corpus
from minex.formats.base import Limits
from tests.evaluation.corpora.reading import read_all, read_text


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "empty", "empty"),
        (b" \n", "empty", "empty"),
        (b"Only some text of no format.", "unknown-format", "PubTator, JSONL, IOB"),
        (b"%PDF-1.4", "unknown-format", "a PDF file"),
        (b"<PubmedArticleSet></PubmedArticleSet>", "unknown-format", "PubmedArticleSet"),
        (b'[\n{"id": "x", "text": "y"}]', "unknown-format", "a JSON array"),
        (b"<collection><source/></collection>", "empty", "no document"),
        (b'{"documents": [], "infons": {}}', "empty", "no document"),
    ],
)
def test_a_file_without_a_corpus_is_an_error_at_once(tmp_path, data, code, says):
    path = tmp_path / "c"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        read_corpus(path)
    assert error.value.code == code
    assert says in str(error.value)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_corpus(tmp_path / "c.jsonl")


def test_the_name_does_not_matter_and_gzip_is_read(tmp_path):
    path = tmp_path / "c.jsonl"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf7|t|MYC\n7\t0\t3\tMYC\tGene\n"))
    (found,), failures = read_all(path)
    assert (found.mentions[0].text, failures) == ("MYC", [])


def test_a_second_document_of_one_id_is_told_and_left_out(tmp_path):
    (found,), (failure,) = read_text(tmp_path, "7|t|One\n\n7|t|Two\n")
    assert (found.document.text, failure.code, failure.document) == ("One", "duplicate-id", "PMID:7")
    assert "corpus.txt:1" in failure.message
    assert failure.where.endswith(":3")


def test_limits_are_told(tmp_path):
    path = tmp_path / "c"
    path.write_text("7|t|" + "x" * 100 + "\n\n8|t|y\n", encoding="utf-8")
    items = list(read_corpus(path, limits=Limits(line_bytes=50)))
    assert [getattr(each, "code", "read") for each in items] == ["line-too-long", "read"]
