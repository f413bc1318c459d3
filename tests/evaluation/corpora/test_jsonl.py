"""JSON lines: triples, pairs, relations of concepts, minex's own output, and a knowledge base's table beside."""

from __future__ import annotations

import json

import pytest

from minex.exchange.contract import reading_out
from minex.model import Document, Evidence, Mention, Passage, Reading, Span
from tests.evaluation.corpora.reading import covered, read_text

TEXT = "miR-21 lowers PTEN in glioma"
MENTIONS = [
    {"start": 0, "end": 6, "text": "miR-21", "type": "MIRNA", "concepts": ["mirbase.mature:MIMAT0000076"]},
    {"start": 14, "end": 18, "type": "Gene_or_gene_product"},
    {"start": 7, "end": 13, "type": "Negative_regulation", "trigger": True},
]


def read_one(folder, **value):
    (found,), failures = read_text(folder, json.dumps({"id": "d", "text": TEXT, **value}) + "\n", "c.jsonl")
    return found, failures


def codes(failures):
    return [each.code for each in failures]


def test_triples_join_mentions_by_index(tmp_path):
    triples = [
        {"subject": 0, "object": 1, "sign": -1, "trigger": 2, "negated": False, "hedged": True},
        {"subject": 1, "object": 0, "predicate": "binds"},
    ]
    found, failures = read_one(tmp_path, mentions=MENTIONS, triples=triples)
    assert not failures
    assert covered(found)[:2] == [("MIRNA", "miR-21"), ("Gene_or_gene_product", "PTEN")]
    assert [each.trigger for each in found.mentions] == [False, False, True]
    assert found.mentions[0].concepts == ("mirbase.mature:MIMAT0000076",)
    one, two = found.relations
    assert (one.subject, one.object, one.type, one.sign) == (0, 1, "Negative_regulation", -1)
    assert (one.directed, one.negated, one.hedged, one.positive) == (True, False, True, True)
    assert (two.sign, two.directed, two.negated) == (0, False, None)
    assert one.where.endswith("c.jsonl:1")


def test_pairs_have_labels_and_a_direction(tmp_path):
    pairs = [
        {"m1": 0, "m2": 1, "positive": False, "positive_revised": True, "direction": "m2->m1", "sign": 1},
        {"m1": 0, "m2": 1, "positive": False},
    ]
    found, failures = read_one(tmp_path, mentions=MENTIONS, pairs=pairs)
    assert not failures
    one, two = found.relations
    assert (one.subject, one.object, one.sign, one.directed) == (1, 0, 1, True)
    assert (one.positive, one.other_label) == (True, False)
    assert (two.positive, two.other_label, two.sign, two.directed) == (False, None, None, None)


def test_relations_join_concepts(tmp_path):
    entities = [
        {"start": 0, "end": 6, "type": "Gene", "ids": "1,2"},
        {"start": 14, "end": 18, "type": "G", "ids": "3"},
    ]
    relations = [
        {"id1": "2", "id2": "3", "type": "Positive_Correlation"},
        {"id1": "2", "id2": "9", "type": "Bind"},
    ]
    found, (failure,) = read_one(tmp_path, entities=entities, relations=relations)
    assert found.mentions[0].concepts == ("1", "2")
    assert [(each.subject, each.object, each.sign) for each in found.relations] == [("2", "3", 1)]
    assert (failure.code, "'9'" in failure.message) == ("relation-argument", True)


def test_passages_are_joined_by_one_line_feed(tmp_path):
    value = {
        "id": "PMID:1",
        "passages": [{"section": "title", "text": "One"}, {"text": "two"}],
        "mentions": [{"start": 4, "end": 7, "type": "GENE", "text": "two"}],
    }
    (found,), failures = read_text(tmp_path, json.dumps(value), "c.jsonl")
    assert (covered(found), failures) == ([("GENE", "two")], [])


def evidence_line(*, text: bool) -> str:
    mir = Mention(0, 6, "miR-21", "MIRNA", ("mirbase.mature:MIMAT0000076",), "miR-21")
    gene = Mention(14, 18, "PTEN", "GENE", ("HGNC:9588",), "PTEN")
    document = Document("PMID:1", (Passage(TEXT),))
    evidence = Evidence("PMID:1", mir, "decreases", gene, Span(0, 28), "r", negated=True)
    value = reading_out(Reading(document, mentions=(mir,), evidence=(evidence,)), 1)
    return json.dumps({**value, "text": TEXT} if text else value)


@pytest.mark.parametrize("text", [True, False])
def test_the_contracts_own_output_is_gold(tmp_path, text):
    (found,), failures = read_text(tmp_path, evidence_line(text=text), "c.jsonl")
    assert not failures
    assert [(each.start, each.end, each.type) for each in found.mentions] == [(0, 6, "MIRNA"), (14, 18, "GENE")]
    assert [each.text for each in found.mentions] == ["miR-21", "PTEN"]
    (relation,) = found.relations
    assert (relation.subject, relation.object, relation.type, relation.sign) == (0, 1, "decreases", -1)
    assert (relation.directed, relation.negated, relation.hedged) == (True, True, False)
    assert found.document.text == (TEXT if text else "")


def test_a_line_of_the_contract_that_tells_an_error_is_told(tmp_path):
    line = {
        "contract": 1,
        "id": None,
        "line": 3,
        "mentions": [],
        "triples": [],
        "error": {"code": "x", "message": "bad"},
    }
    found, (failure,) = read_text(tmp_path, json.dumps(line), "c.jsonl")
    assert (found, failure.code) == ([], "not-read")
    assert "bad" in failure.message


@pytest.mark.parametrize(
    ("triple", "code"),
    [
        ({"subject": 0, "object": 9}, "relation-argument"),
        ({"subject": 0, "object": "PTEN"}, "relation-argument"),
        ({"subject": 0}, "relation-argument"),
        ({"subject": 0, "object": 1, "sign": 2}, "wrong-type"),
        ({"subject": 0, "object": 1, "sign": True}, "wrong-type"),
        ({"subject": 0, "object": 1, "negated": "no"}, "wrong-type"),
        ({"subject": 0, "object": 1, "direction": "->"}, "wrong-type"),
        ({"subject": 0, "object": {"start": 1, "end": 99, "type": "GENE"}}, "mention-offsets"),
        (7, "wrong-type"),
    ],
)
def test_a_bad_relation_is_told_and_the_others_are_read(tmp_path, triple, code):
    found, failures = read_one(tmp_path, mentions=MENTIONS, triples=[triple, {"subject": 0, "object": 1}])
    assert codes(failures)[0] == code
    assert len(found.relations) == 1


def test_a_bad_mention_is_told_and_relations_still_point_at_the_right_ones(tmp_path):
    mentions = [{"start": 0, "end": 6, "text": "miR-22", "type": "MIRNA"}, {"start": 0}, *MENTIONS]
    triples = [{"subject": 2, "object": 3, "sign": -1}, {"subject": 0, "object": 3}, {"subject": 1, "object": 3}]
    found, failures = read_one(tmp_path, mentions=mentions, triples=triples)
    assert codes(failures) == ["wrong-type", "mention-text", "relation-left-out"]
    assert [(each.subject, each.object) for each in found.relations] == [(0, 1)]
    assert failures[-1].message.startswith("2 relations")


def test_identical_mentions_are_one_and_both_are_pointed_at(tmp_path):
    mentions = [MENTIONS[1], MENTIONS[0], MENTIONS[1]]
    found, failures = read_one(tmp_path, mentions=mentions, triples=[{"subject": 1, "object": 2}])
    assert codes(failures) == ["duplicate-mention"]
    assert (found.relations[0].subject, found.relations[0].object) == (1, 0)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{bad", "json"),
        ('{"id": "x", "text": "y"}', "not-annotated"),
        ('{"id": "x", "text": "y", "mentions": 3}', "wrong-type"),
        ('{"text": "y", "mentions": []}', "missing-key"),
        ('{"id": "x", "text": "\\ud800", "mentions": []}', "lone-surrogate"),
        ('{"id": "x", "text": "y", "mentions": [], "note": ["\\ud800"]}', "lone-surrogate"),
        ("[1]", "not-object"),
        ('{"id": "x", "mentions": []}', "missing-key"),
        ('{"id": ' + "[" * 900 + "]" * 900 + ', "text": "\\ud835", "mentions": []}', "json-depth"),
    ],
)
def test_a_bad_line_is_told_and_the_next_is_read(tmp_path, line, code):
    good = json.dumps({"id": "d", "text": TEXT, "mentions": MENTIONS})
    (found,), (failure,) = read_text(tmp_path, f"{good}\n\n{line}\n", "c.jsonl")
    assert (failure.code, failure.where.rpartition(":")[2]) == (code, "3")
    assert found.document.id == "d"


def test_a_knowledge_bases_table_beside_relates_names(tmp_path):
    table = "mirna\tgene\tPMID\nmiR-21\tPTEN\t1.0\nmiR-21\tPTEN\t1\nmiR-9\tX\t2\n\tX\t1\n"
    (tmp_path / "c.tsv").write_text(table, encoding="utf-8")
    names = [{"type": "MIRNA", "text": "miR-21", "starts": [0]}, {"type": "GENE", "text": "PTEN", "starts": [14]}]
    value = {"id": "PMID:1", "text": TEXT, "names": [*names, names[0]]}
    (found,), (failure,) = read_text(tmp_path, json.dumps(value), "c.jsonl")
    assert (failure.code, failure.where.rpartition(":")[2]) == ("bad-row", "5")
    assert covered(found) == [("MIRNA", "miR-21"), ("GENE", "PTEN")]
    (relation,) = found.relations
    assert (found.mentions_of(relation.subject), found.mentions_of(relation.object)) == ((0,), (1,))


def test_another_table_beside_is_left_alone(tmp_path):
    (tmp_path / "c.tsv").write_text("a\tb\n1\t2\n", encoding="utf-8")
    found, failures = read_one(tmp_path, mentions=MENTIONS)
    assert (found.relations, failures) == ((), [])
