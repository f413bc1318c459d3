"""PubTator: offsets over title and abstract, ids of many shapes, relations between ids."""

from __future__ import annotations

import pytest

from minex.model import PassageKind
from tests.evaluation.corpora.reading import covered, read_all, read_text

TEXT = "7|t|miR-21 in glioma\n7|a|It lowers BCL2 and TP53.\n"


def test_offsets_count_title_and_abstract_with_one_character_between(tmp_path):
    rows = "7\t0\t6\tmiR-21\tmiRNA\tMIR21\n7\t27\t31\tBCL2\tGene\t596\n"
    (found,), failures = read_text(tmp_path, TEXT + rows)
    assert not failures
    assert covered(found) == [("miRNA", "miR-21"), ("Gene", "BCL2")]
    assert (found.document.id, found.document.pmid, found.document.title) == ("PMID:7", "7", "miR-21 in glioma")
    assert [each.kind for each in found.document.passages] == [PassageKind.TITLE, PassageKind.TEXT]
    assert found.where.endswith("corpus.txt:1")
    assert found.mentions[1].concepts == ("596",)


@pytest.mark.parametrize(
    ("field", "concepts"),
    [
        ("596;7157", ("596", "7157")),
        ("596,7157(Tax:10090)", ("596", "7157")),
        ("D009369|D001943", ("D009369", "D001943")),
        ("D009369+D001943", ("D009369", "D001943")),
        ("-", ()),
        ("", ()),
        (" CVCL_0001 ", ("CVCL_0001",)),
        ("c|DEL||30", ("c|DEL||30",)),
        ("|INS|12_13|AA", ("|INS|12_13|AA",)),
    ],
)
def test_ids_of_one_field_are_told_apart(tmp_path, field, concepts):
    (found,), failures = read_text(tmp_path, f"{TEXT}7\t27\t31\tBCL2\tGene\t{field}\n")
    assert not failures
    assert found.mentions[0].concepts == concepts


def test_relations_join_ids(tmp_path):
    rows = (
        "7\t0\t6\tmiR-21\tmiRNA\t406991\n7\t27\t31\tBCL2\tGene\t596\n7\tNegative_Correlation\t406991\t596\tNovel\n"
        "7\tBind\t406991\t596\tNo\n7\tCID\t406991\t596\n"
    )
    (found,), failures = read_text(tmp_path, TEXT + rows)
    assert not failures
    assert [(each.subject, each.object, each.sign, each.directed) for each in found.relations] == [
        ("406991", "596", -1, None),
        ("406991", "596", 0, False),
        ("406991", "596", None, None),
    ]
    assert found.relations[0].type == "Negative_Correlation"
    assert found.relations[0].where.endswith(":5")
    assert found.mentions_of("596") == (1,)


def test_ids_in_one_mean_the_mention_that_has_all(tmp_path):
    rows = "7\t10\t16\tglioma\tDisease\tD1|D2\n7\t27\t31\tBCL2\tGene\t596\n7\tAssociation\tD1|D2\t596\n"
    (found,), failures = read_text(tmp_path, TEXT + rows)
    assert not failures
    assert found.mentions_of(found.relations[0].subject) == (0,)


def test_each_problem_is_told_with_its_line_and_the_rest_is_read(tmp_path):
    rows = (
        "7\t0\t6\tmiR-22\tmiRNA\n"
        "7\t27\t99\tBCL2\tGene\n"
        "7\t5\t5\t\tGene\n"
        "no tab\n"
        "8\t27\t31\tBCL2\tGene\n"
        "7\tBind\n"
        "7\t27\t31\tBCL2\tGene\t596\n"
        "7\t27\t31\tBCL2\tGene\t596\n"
        "7\tBind\t596\t1\n"
    )
    (found,), failures = read_text(tmp_path, TEXT + rows)
    assert covered(found) == [("Gene", "BCL2")]
    assert {(each.code, each.where.rpartition(":")[2]) for each in failures} == {
        ("mention-text", "3"),
        ("mention-offsets", "4"),
        ("mention-offsets", "5"),
        ("wrong-id", "6"),
        ("wrong-id", "7"),
        ("malformed-line", "8"),
        ("duplicate-mention", "10"),
        ("relation-left-out", "1"),
    }
    assert all(each.stage == "read" and each.document == "PMID:7" for each in failures)


def test_a_relation_of_an_id_that_no_mention_has_is_told(tmp_path):
    (found,), (failure,) = read_text(tmp_path, f"{TEXT}7\t27\t31\tBCL2\tGene\t596\n7\tBind\t596\t1\n")
    assert (failure.code, found.relations) == ("relation-argument", ())
    assert "'1'" in failure.message


def test_documents_are_parted_by_blank_lines_or_titles(tmp_path):
    found, failures = read_text(tmp_path, "1|t|One\r\n1|a|\r\n\r\n\r\n2|t|Two\n3|t|Three\n3|a|x\n3\t6\t7\tx\tGene")
    assert not failures
    assert [each.document.id for each in found] == ["PMID:1", "PMID:2", "PMID:3"]
    assert found[0].document.text == "One\n"
    assert covered(found[2]) == [("Gene", "x")]


def test_lines_without_a_text_are_told(tmp_path):
    found, (failure,) = read_text(tmp_path, "1|t|One\n\n1\t0\t3\tOne\tGene\n")
    assert (len(found), failure.code, failure.where.rpartition(":")[2]) == (1, "stray-line", "3")


def test_texts_that_are_not_utf8_are_told_and_the_next_document_is_read(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_bytes(b"1|t|One\n1|a|caf\xe9\n\n2|t|Two\n")
    found, (failure,) = read_all(path)
    assert (failure.code, failure.document) == ("not-utf8", "1")
    assert [each.document.id for each in found] == ["PMID:1", "PMID:2"]
