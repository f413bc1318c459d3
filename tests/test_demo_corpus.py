"""The demonstration corpus is well-formed, covers what it should, and its expectations point at real sentences."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from minex.resources import find

PREDICATES = {
    "increases", "decreases", "activates", "inhibits", "targets", "promotes", "suppresses",
    "up_in", "down_in", "binds", "regulates", "carried_by", "associated_with",
}  # fmt: skip
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def read(name: str) -> list[dict[str, Any]]:
    text = (find("corpus/demo") / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def abstracts() -> list[dict[str, Any]]:
    return read("abstracts.jsonl")


@pytest.fixture(scope="module")
def expected() -> list[dict[str, Any]]:
    return read("expected.jsonl")


@pytest.fixture(scope="module")
def sentences(abstracts: list[dict[str, Any]]) -> dict[str, list[str]]:
    return {a["id"]: [s for p in a["passages"] for s in SENTENCE_END.split(p["text"])] for a in abstracts}


def test_forty_abstracts_with_unique_ids(abstracts: list[dict[str, Any]]) -> None:
    assert len(abstracts) >= 40
    assert len({a["id"] for a in abstracts}) == len(abstracts)
    assert all(re.fullmatch(r"demo:\d\d-[a-z0-9-]+", a["id"]) for a in abstracts)


def test_every_abstract_has_a_title_an_abstract_and_a_fair_length(abstracts: list[dict[str, Any]]) -> None:
    for a in abstracts:
        assert [p["section"] for p in a["passages"]] == ["title", "abstract"], a["id"]
        assert all("\n" not in p["text"] and p["text"] == p["text"].strip() for p in a["passages"]), a["id"]
        assert 60 <= len(a["passages"][1]["text"].split()) <= 140, a["id"]


def test_every_abstract_has_a_reference(abstracts: list[dict[str, Any]]) -> None:
    for a in abstracts:
        reference = a["reference"]
        assert set(reference) <= {"citation", "doi", "pmid"}, a["id"]
        assert re.search(r"\b(19|20)\d\d\b", reference["citation"]), a["id"]
        assert re.fullmatch(r"10\.\d{4,}/\S+", reference.get("doi", "10.1000/none")), a["id"]
        assert re.fullmatch(r"\d{6,8}", reference.get("pmid", "123456")), a["id"]


def test_titles_are_one_sentence(sentences: dict[str, list[str]], abstracts: list[dict[str, Any]]) -> None:
    for a in abstracts:
        assert sentences[a["id"]][0] == a["passages"][0]["text"], a["id"]


def test_expectations_point_at_a_sentence(expected: list[dict[str, Any]], sentences: dict[str, list[str]]) -> None:
    for e in expected:
        assert set(e) - {"correlation"} == {
            "id", "subject", "predicate", "object", "negated", "hedged", "sentence"
        }, e  # fmt: skip
        assert e["predicate"] in PREDICATES, e
        assert e["subject"] != e["object"], e
        assert e["subject"].strip(), e
        assert e["object"].strip(), e
        assert isinstance(e["negated"], bool), e
        assert isinstance(e["hedged"], bool), e
        assert 0 <= e["sentence"] < len(sentences[e["id"]]), e
        assert ("correlation" in e) <= (e["predicate"] == "associated_with"), e


def test_a_micro_rna_is_named_in_the_sentence_of_its_expectation(
    expected: list[dict[str, Any]], sentences: dict[str, list[str]]
) -> None:
    for e in expected:
        sentence = sentences[e["id"]][e["sentence"]]
        for name in (e["subject"], e["object"]):
            if name.startswith(("miR-", "let-7")):
                number = re.sub(r"^(miR|let)-| (family|cluster)$", "", name)
                core = re.match(r"\d+", number)
                named = number in sentence or (core is not None and core[0] in sentence)
                assert named, e


def test_no_expectation_twice(expected: list[dict[str, Any]]) -> None:
    keys = Counter((e["id"], e["sentence"], e["subject"], e["predicate"], e["object"]) for e in expected)
    assert [key for key, n in keys.items() if n > 1] == []


def test_every_abstract_expects_something(expected: list[dict[str, Any]], abstracts: list[dict[str, Any]]) -> None:
    counts = Counter(e["id"] for e in expected)
    assert set(counts) == {a["id"] for a in abstracts}
    assert min(counts.values()) >= 4


def test_negated_and_hedged_are_there(expected: list[dict[str, Any]]) -> None:
    assert sum(e["negated"] for e in expected) >= 6
    assert len({e["id"] for e in expected if e["negated"]}) >= 6
    assert sum(e["hedged"] for e in expected) >= 6
    assert len({e["id"] for e in expected if e["hedged"]}) >= 20


@pytest.mark.parametrize(
    ("subject", "predicate", "obj"),
    [
        ("miR-21", "targets", "IRF1"),
        ("hypoxia", "increases", "miR-210"),
        ("hypoxia", "increases", "miR-494"),
        ("hypoxia", "increases", "miR-940"),
        ("miR-135b", "targets", "HIF1AN"),
        ("miR-23a", "targets", "EGLN1"),
        ("miR-23a", "targets", "EGLN2"),
        ("miR-23a", "targets", "TJP1"),
        ("miR-494", "targets", "PTEN"),
        ("miR-210", "decreases", "PTPN1"),
        ("TGFB1", "decreases", "KLRK1"),
        ("miR-23a", "targets", "LAMP1"),
        ("CA9", "increases", "MMP2"),
        ("WNT4", "activates", "CTNNB1"),
    ],
)
def test_the_rows_of_the_review_and_the_study(
    expected: list[dict[str, Any]], subject: str, predicate: str, obj: str
) -> None:
    assert any(
        (e["subject"], e["predicate"], e["object"]) == (subject, predicate, obj)
        and not e["negated"]
        and not e["hedged"]
        for e in expected
    )
