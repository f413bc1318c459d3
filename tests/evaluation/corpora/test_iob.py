"""Tagged tokens: each sentence a document, in every dialect of tags."""

from __future__ import annotations

import pytest

from tests.evaluation.corpora.reading import covered, read_text


@pytest.mark.parametrize(
    "tags",
    [
        ["B-GENE", "I-GENE", "O", "B-GENE", "B-GENE"],
        ["I-GENE", "I-GENE", "O", "I-GENE", "B-GENE"],
        ["B-GENE", "E-GENE", "O", "S-GENE", "S-GENE"],
        ["B-GENE", "L-GENE", "O", "U-GENE", "U-GENE"],
    ],
)
def test_dialects_of_tags(tmp_path, tags):
    words = ["beta", "catenin", "binds", "TCF4", "LEF1"]
    text = "".join(f"{word}\t{tag}\n" for word, tag in zip(words, tags, strict=True))
    (found,), failures = read_text(tmp_path, text, "c.iob")
    assert not failures
    assert found.document.text == "beta catenin binds TCF4 LEF1"
    assert covered(found) == [("GENE", "beta catenin"), ("GENE", "TCF4"), ("GENE", "LEF1")]


def test_sentences_are_documents_and_types_part_mentions(tmp_path):
    text = "-DOCSTART-\tO\n\nMYC\tB-GENE\r\nglioma\tI-CANCER\n\n\nrose\tO\n"
    found, failures = read_text(tmp_path, text, "c.iob")
    assert not failures
    assert [(each.document.id, each.where.rpartition(":")[2]) for each in found] == [
        ("text:c.iob#1", "3"),
        ("text:c.iob#2", "7"),
    ]
    assert covered(found[0]) == [("GENE", "MYC"), ("CANCER", "glioma")]


def test_other_columns_are_passed_over_and_bad_lines_told(tmp_path):
    text = "MYC\tNN\tB-GENE\nno tag\nrose\tX-GENE\nfell\tVB\tO\n"
    (found,), failures = read_text(tmp_path, text, "c.iob")
    assert [(each.code, each.where.rpartition(":")[2]) for each in failures] == [
        ("malformed-line", "2"),
        ("malformed-line", "3"),
    ]
    assert found.document.text == "MYC fell"
