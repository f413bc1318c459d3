"""What every output line promises, over the demonstration corpus and over text that nobody expects."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from minex.exchange.contract import error_out, schema
from minex.model import CONTEXT_SLOTS, PREDICATE_SIGNS
from minex.pipeline import Pipeline
from minex.resources import find
from tests.exchange.ask import VALIDATOR, ask

Line = dict[str, Any]


@pytest.fixture(scope="module")
def inputs() -> list[Line]:
    text = (find("corpus/demo") / "abstracts.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def outputs(pipeline: Pipeline, inputs: list[Line]) -> list[Line]:
    return ask(pipeline, inputs)


def text_of(line: Line) -> str:
    return str(line["text"]) if "text" in line else "\n".join(passage["text"] for passage in line["passages"])


def concept(argument: Line) -> str:
    if argument["concepts"]:
        return str(argument["concepts"][0])
    return f"{argument['type']}:{argument['name'].casefold()}"


def check(text: str, item: Line) -> None:
    """Every offset of an output line counts code points of the text and points at what it says."""
    for mention in item["mentions"]:
        assert 0 <= mention["start"] < mention["end"] <= len(text)
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert mention["name"]
    spans = {(mention["start"], mention["end"]): mention for mention in item["mentions"]}
    for triple in item["triples"]:
        sentence = triple["sentence"]
        assert 0 <= sentence["start"] < sentence["end"] <= len(text)
        for argument in (triple["subject"], triple["object"]):
            mention = spans[argument["start"], argument["end"]]
            assert {key: mention[key] for key in argument} == argument
            assert argument["start"] < argument["end"] <= sentence["end"]
        # *It* may stand for something that only the sentence before names; one of the two is named in this one.
        inside = [each for each in (triple["subject"], triple["object"]) if sentence["start"] <= each["start"]]
        assert inside
        for start, end in triple.get("also", []):
            assert (start, end) in spans
        if triple["trigger"] is not None:
            trigger = triple["trigger"]
            assert text[trigger["start"] : trigger["end"]] == trigger["text"] != ""
        assert triple["sign"] == PREDICATE_SIGNS[triple["predicate"]]
        assert concept(triple["subject"]) != concept(triple["object"])
        assert triple["rule"]
        if triple["correlation"] is not None:
            assert triple["predicate"] == "associated_with"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


def test_the_schema_names_every_key_of_the_contract() -> None:
    properties = schema()["properties"]
    assert list(properties) == ["contract", "id", "line", "mentions", "triples", "error"]
    triple = properties["triples"]["items"]
    assert set(triple["required"]) == {
        "subject", "predicate", "sign", "object", "direct", "negated", "hedged", "correlation", "manipulation",
        "method", "context", "trigger", "sentence", "rule", "confidence",
    }  # fmt: skip
    assert set(triple["properties"]["context"]["required"]) == set(CONTEXT_SLOTS)


@pytest.mark.parametrize(
    "change",
    [
        {"contract": 2},
        {"line": 0},
        {"id": 7},
        {"mentions": [{"start": -1, "end": 2, "text": "a", "type": "GENE", "concepts": [], "name": "a"}]},
        {"error": "bad"},
        {"more": 1},
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_say(change: Line) -> None:
    line = error_out("PMID:1", 1, "json", "no")
    VALIDATOR.validate(line)
    with pytest.raises(ValidationError):
        VALIDATOR.validate({**line, **change})


def test_the_demo_corpus_gives_a_line_a_document_in_order(inputs: list[Line], outputs: list[Line]) -> None:
    assert [(item["id"], item["line"]) for item in outputs] == [
        (line["id"], number) for number, line in enumerate(inputs, 1)
    ]
    assert sum(len(item["triples"]) for item in outputs) > 200


def test_all_offsets_in_the_demo_corpus_point_at_what_they_say(inputs: list[Line], outputs: list[Line]) -> None:
    for line, item in zip(inputs, outputs, strict=True):
        check(text_of(line), item)


def test_a_sentence_gives_at_most_one_item_for_a_pair_and_a_sign(outputs: list[Line]) -> None:
    items = Counter(
        (item["id"], each["sentence"]["start"], concept(each["subject"]), concept(each["object"]), each["sign"])
        for item in outputs
        for each in item["triples"]
    )
    assert [key for key, count in items.items() if count > 1] == []


def test_a_mention_is_never_a_list(outputs: list[Line]) -> None:
    for item in outputs:
        for mention in item["mentions"]:
            if mention["type"] == "MIRNA":
                assert not any(sign in mention["text"] for sign in (",", " and ", "/"))


def test_an_error_line_has_both_lists_empty() -> None:
    line = error_out(None, 3, "json", "this is not JSON")
    VALIDATOR.validate(line)
    assert line == {
        "contract": 1,
        "id": None,
        "line": 3,
        "mentions": [],
        "triples": [],
        "error": {"code": "json", "message": "this is not JSON"},
    }


NAMES = ("miR-21", "miR-221/222", "miR-15a and -16", "let-7a", "PTEN", "TGF-β1", "HIF-1α", "TP53", "lung cancer")
WORDS = (
    "inhibits",
    "increased",
    "did not",
    "may",
    "targets",
    "expression of",
    "knockdown of",
    "hypoxia",
    "exosomes",
)
SIGNS = (
    "😀",
    "👩‍🔬",
    "e\u0301",
    "β",
    "\u202e",
    "\u2028",
    "\x85",
    "\n",
    "\n\n",
    "\x00",
    "\ufeff",
    "(",
    ")",
    "/",
    ".",
    ". ",
    ",",
)
PIECES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(WORDS),
    st.sampled_from(SIGNS),
    st.text(st.characters(codec="utf-8"), max_size=12),
)
ANY_TEXT = st.lists(PIECES, max_size=25).flatmap(
    lambda pieces: st.sampled_from([" ", "", "  "]).map(lambda joint: joint.join(pieces))
)
SETTINGS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SETTINGS
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_offsets_are_code_points_in_whatever_text(pipeline: Pipeline, texts: list[str]) -> None:
    lines: list[Line] = [{"id": f"x:{number}", "text": text} for number, text in enumerate(texts)]
    lines.append({"id": "x:all", "passages": [{"text": text} for text in texts]})
    items = ask(pipeline, lines)
    assert [item["error"] for item in items] == [None] * len(lines)
    for line, item in zip(lines, items, strict=True):
        check(text_of(line), item)


TYPES = st.sampled_from(
    ["MIRNA", "GENE", "CANCER", "PROCESS", "VESICLE", "Specific_miRNAs", "Relation_Trigger", "?"]
)


@SETTINGS
@given(data=st.data(), text=ANY_TEXT.filter(bool), context=st.booleans())
def test_given_mentions_come_back_as_they_were_and_nothing_else_is_an_argument(
    pipeline: Pipeline, data: st.DataObject, text: str, context: bool
) -> None:
    mentions = []
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, min(len(text), start + 12)))
        mentions.append({"start": start, "end": end, "type": data.draw(TYPES)})
    line = {"id": "x:1", "text": text, "mentions": mentions}
    (item,) = ask(pipeline, [line], given_mentions=True, tag_context=context)
    assert item["error"] is None
    back = [{"start": m["start"], "end": m["end"], "type": m["given_type"]} for m in item["mentions"]]
    assert back == mentions
    check(text, item)
