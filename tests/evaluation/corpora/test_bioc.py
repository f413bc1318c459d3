"""BioC, as XML and as JSON: the same documents, whatever unit their offsets count."""

from __future__ import annotations

import json

import pytest

from minex.errors import InputError
from minex.evaluation.corpora import read_corpus
from minex.model import PassageKind
from tests.evaluation.corpora.reading import covered, read_text

GENE = {
    "id": "1",
    "infons": {"type": "Gene", "identifier": "596"},
    "text": "BCL2",
    "locations": [{"offset": 15, "length": 4}],
}
MIR = {
    "id": "2",
    "infons": {"type": "Gene", "NCBI Gene": "406991"},
    "text": "miR-21",
    "locations": [{"offset": 0, "length": 6}],
}


def document(**more):
    title = {"offset": 0, "infons": {"type": "title"}, "text": "miR-21", "annotations": [MIR], "relations": []}
    body = {
        "offset": 7,
        "infons": {"type": "abstract", "section": "Abstract"},
        "text": "β lowers BCL2 & more",
        "annotations": [{**GENE, "locations": [{"offset": 16, "length": 4}]}],
        "relations": [],
    }
    return {"id": "7", "infons": {}, "passages": [title, body], "annotations": [], "relations": [], **more}


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def xml(value, tag="document"):
    """Write BioC's JSON as BioC's XML."""
    infons = "".join(f'<infon key="{key}">{escaped(text)}</infon>' for key, text in value["infons"].items())
    parts = [f"<id>{value['id']}</id>"] if tag == "document" else []
    parts += [infons, f"<offset>{value['offset']}</offset>"] if tag != "document" else [infons]
    parts += [f"<text>{escaped(value['text'])}</text>"] if "text" in value else []
    parts += [xml(each, "passage") for each in value.get("passages", [])]
    parts += [xml(each, "sentence") for each in value.get("sentences", [])]
    for each in value.get("annotations", []):
        kinds = "".join(f'<infon key="{key}">{escaped(text)}</infon>' for key, text in each["infons"].items())
        places = "".join(
            f'<location offset="{at["offset"]}" length="{at["length"]}"/>' for at in each["locations"]
        )
        parts.append(
            f'<annotation id="{each["id"]}">{kinds}{places}<text>{escaped(each["text"])}</text></annotation>'
        )
    for each in value.get("relations", []):
        kinds = "".join(f'<infon key="{key}">{escaped(text)}</infon>' for key, text in each["infons"].items())
        nodes = "".join(f'<node refid="{node["refid"]}" role="{node["role"]}"/>' for node in each.get("nodes", []))
        parts.append(f'<relation id="{each["id"]}">{kinds}{nodes}</relation>')
    return f"<{tag}>{''.join(parts)}</{tag}>"


def collection(*values):
    head = '<?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd"><collection><source>x</source>'
    return f"{head}<date>1</date><key>k</key>{''.join(xml(each) for each in values)}</collection>"


SHAPES = {
    "xml": lambda *values: collection(*values),
    "collection": lambda *values: json.dumps({"source": "x", "documents": values}, indent=1),
    "list": lambda *values: json.dumps([{"documents": [each]} for each in values]),
    "pubtator3": lambda *values: json.dumps({"PubTator3": values}),
    "lines": lambda *values: "\n".join(json.dumps(each) for each in values),
}
each_shape = pytest.mark.parametrize("shape", SHAPES)


@each_shape
def test_passages_and_mentions(tmp_path, shape):
    found, failures = read_text(tmp_path, SHAPES[shape](document(), document(id="8")))
    assert not failures
    assert [each.document.id for each in found] == ["PMID:7", "PMID:8"]
    assert found[0].document.text == "miR-21\nβ lowers BCL2 & more"
    assert covered(found[0]) == [("Gene", "miR-21"), ("Gene", "BCL2")]
    assert [each.concepts for each in found[0].mentions] == [("406991",), ("596",)]
    assert [(each.kind, each.section) for each in found[0].document.passages] == [
        (PassageKind.TITLE, "title"),
        (PassageKind.TEXT, "Abstract"),
    ]


@each_shape
@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (
            {"infons": {"type": "Bind"}, "nodes": [{"refid": "1", "role": ""}, {"refid": "2", "role": ""}]},
            (1, 0, 0, False),
        ),
        (
            {
                "infons": {"type": "INHIBITOR"},
                "nodes": [{"refid": "1", "role": "Theme"}, {"refid": "2", "role": "Cause"}],
            },
            (0, 1, -1, True),
        ),
        (
            {"infons": {"type": "Positive_Correlation", "entity1": "406991", "entity2": "596"}},
            ("406991", "596", 1, None),
        ),
        (
            {"infons": {"type": "associate", "role1": "Gene|406991", "role2": "Gene|596"}, "nodes": []},
            ("406991", "596", 0, None),
        ),
    ],
)
def test_relations_of_mentions_and_of_ids(tmp_path, shape, relation, expected):
    (found,), failures = read_text(tmp_path, SHAPES[shape](document(relations=[{"id": "R0", **relation}])))
    assert not failures
    (relation,) = found.relations
    assert (relation.subject, relation.object, relation.sign, relation.directed) == expected
    assert relation.id == "R0"


@each_shape
def test_bytes_are_recognized_by_the_texts(tmp_path, shape):
    value = document()
    value["passages"][1]["annotations"] = [{**GENE, "locations": [{"offset": 17, "length": 4}]}]
    (found,), failures = read_text(tmp_path, SHAPES[shape](value))
    assert not failures
    assert covered(found)[1] == ("Gene", "BCL2")


@each_shape
def test_sentences_make_a_passage(tmp_path, shape):
    one = {"offset": 10, "infons": {}, "text": "One BCL2.", "annotations": []}
    two = {"offset": 21, "infons": {}, "text": "Two MYC.", "annotations": [], "relations": []}
    one["annotations"] = [{**GENE, "locations": [{"offset": 14, "length": 4}]}]
    two["annotations"] = [{**GENE, "id": "3", "text": "MYC", "locations": [{"offset": 25, "length": 3}]}]
    passage = {"offset": 10, "infons": {}, "sentences": [one, two]}
    (found,), failures = read_text(tmp_path, SHAPES[shape](document(passages=[passage])))
    assert not failures
    assert found.document.text == "One BCL2.  Two MYC."
    assert covered(found) == [("Gene", "BCL2"), ("Gene", "MYC")]


@each_shape
def test_annotations_beside_the_passages_and_in_stretches(tmp_path, shape):
    loose = {**GENE, "text": "BCL2 more", "locations": [{"offset": 23, "length": 4}, {"offset": 16, "length": 4}]}
    value = document(annotations=[{**loose, "id": "9"}])
    (found,), failures = read_text(tmp_path, SHAPES[shape](value))
    assert not failures
    assert covered(found)[2] == ("Gene", "BCL2 & more")
    assert found.mentions[2].discontinuous


def spoilt(change):
    value = document()
    change(value)
    return value


@each_shape
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda value: value["passages"][1]["annotations"][0].update(text="BCL3"), "mention-text"),
        (
            lambda value: value["passages"][1]["annotations"][0].update(locations=[{"offset": 90, "length": 4}]),
            "mention-offsets",
        ),
        (
            lambda value: value["passages"][1]["annotations"][0].update(locations=[{"offset": "x", "length": 4}]),
            "wrong-type",
        ),
        (lambda value: value["passages"][1]["annotations"][0].update(locations=[]), "missing-key"),
        (lambda value: value["passages"][1]["annotations"][0].update(infons={}), "missing-key"),
        (
            lambda value: value["relations"].append({"id": "R", "infons": {"type": "x"}, "nodes": []}),
            "relation-argument",
        ),
        (
            lambda value: value["relations"].append(
                {"id": "R", "infons": {}, "nodes": [{"refid": "1", "role": ""}, {"refid": "77", "role": ""}]}
            ),
            "relation-argument",
        ),
    ],
)
def test_each_problem_is_told_and_the_document_is_read(tmp_path, shape, change, code):
    (found,), (failure,) = read_text(tmp_path, SHAPES[shape](spoilt(change)))
    assert (failure.code, failure.document) == (code, "PMID:7")
    assert covered(found)[0] == ("Gene", "miR-21")


@each_shape
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda value: value.update(id=""), "bad-id"),
        (lambda value: value["passages"][0].update(offset="x"), "wrong-type"),
        (lambda value: value["passages"][0].pop("text"), "missing-key"),
    ],
)
def test_a_document_that_cannot_be_read_leaves_the_others(tmp_path, shape, change, code):
    found, (failure,) = read_text(tmp_path, SHAPES[shape](spoilt(change), document(id="8")))
    assert (failure.code, [each.document.id for each in found]) == (code, ["PMID:8"])


def test_damaged_xml_costs_only_its_document(tmp_path):
    text = collection(document(), document(id="8"), document(id="9")).replace("<id>8</id>", "<id>8<id>")
    found, (failure,) = read_text(tmp_path, text)
    assert ([each.document.id for each in found], failure.code) == (["PMID:7", "PMID:9"], "xml-invalid")
    assert "record 2" in failure.where


def test_entities_are_refused(tmp_path):
    path = tmp_path / "c.xml"
    text = collection(document()).replace('SYSTEM "BioC.dtd"', '[<!ENTITY x SYSTEM "file:///etc/passwd">]')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="external entity"):
        read_corpus(path)


def test_a_bad_line_of_json_lines_is_told(tmp_path):
    text = SHAPES["lines"](document(), document(id="8")).replace("\n", "\n{bad\n[3]\n")
    found, failures = read_text(tmp_path, text)
    assert (len(found), [each.code for each in failures]) == (2, ["json", "not-object"])


def test_a_full_texts_number_is_its_pmc_id(tmp_path):
    value = document()
    value["passages"][0]["infons"]["article-id_pmc"] = "7"
    (found,), _ = read_text(tmp_path, SHAPES["collection"](value))
    assert (found.document.id, found.document.pmcid) == ("PMC:7", "PMC7")
