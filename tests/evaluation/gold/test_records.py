"""The gold set's files, read strictly: what is wrong is named with file and line, the rest is used."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minex.errors import InputError
from minex.evaluation.gold import sets
from minex.evaluation.gold.records import Problems, lines, load_document, load_restatements, read_statements
from minex.model import Mention, PassageKind
from tests.evaluation.gold.writing import HEAD, NAMED, SENTENCES, restated, restatements, unit, units, write

GOOD = unit("R9", SENTENCES[2], NAMED[2], "activates")


def told(problems: Problems) -> list[tuple[str, str]]:
    return [(each.code, Path(each.where).name) for each in problems.failures]


def test_a_document_is_read_with_its_units_in_order(tmp_path: Path) -> None:
    problems = Problems()
    document = load_document(write(tmp_path / "g.jsonl", HEAD, *units()), problems)
    assert problems.failures == []
    assert (document.name, document.doi) == ("review", "10.1000/ours")
    assert [each.id for each in document.units] == ["R0", "R1", "R2", "R3"]
    assert document.units[0].place == f"{tmp_path / 'g.jsonl'}:2"
    assert [each.surface for each in document.units[0].mentions] == ["miR-21", "PTEN", "lung cancer"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "json"),
        ('{"a": 1} {"b": 2}', "json"),
        ("[1]", "not-object"),
        ('{"unit": NaN}', "json-constant"),
        ('{"unit": "a", "unit": "b"}', "json-duplicate-key"),
        ('{"unit": ' + "1" * 5000 + "}", "json"),
        ("[" * 100_000, "json-depth"),
        ('{"unit": "\\ud800"}', "lone-surrogate"),
        ("{}", "gold"),
        (GOOD | {"half": "third"}, "gold"),
        (GOOD | {"half": []}, "gold"),
        (GOOD | {"length": 0}, "gold"),
        (GOOD | {"length": -1}, "gold"),
        (GOOD | {"length": True}, "gold"),
        (GOOD | {"occurrence": 0}, "gold"),
        (GOOD | {"fingerprint": 7}, "gold"),
        (GOOD | {"statments": []}, "gold"),
        (GOOD | {"mentions": {"surface": "x"}}, "gold"),
        (GOOD | {"mentions": "miR-21"}, "gold"),
        (GOOD | {"mentions": [GOOD["mentions"][0] | {"ordinal": 0}]}, "gold"),
        (GOOD | {"mentions": [GOOD["mentions"][0] | {"concepts": "HGNC:1"}]}, "gold"),
        (GOOD | {"mentions": [GOOD["mentions"][0] | {"concept": "HGNC:1"}]}, "gold"),
        (GOOD | {"mentions": [7]}, "gold"),
        (GOOD | {"statements": ["A inhibits B"]}, "gold"),
        (GOOD | {"unit": "R0"}, "gold"),
        (GOOD | {"mentions": [GOOD["mentions"][0] | {"type": "PROTEIN"}]}, "unknown-type"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_the_others_are_used(tmp_path: Path, line: Any, code: str) -> None:
    problems = Problems()
    file = write(tmp_path / "g.jsonl", HEAD, *units()[:2], line, *units()[2:])
    document = load_document(file, problems)
    assert told(problems) == [(code, "g.jsonl:4")]
    assert {"R0", "R1", "R2", "R3"} <= {each.id for each in document.units}


def test_a_line_that_is_not_utf8_is_named_and_the_others_are_used(tmp_path: Path) -> None:
    file = write(tmp_path / "g.jsonl", HEAD, *units())
    file.write_bytes(file.read_bytes() + b'{"unit": "\xff"}\n')
    problems = Problems()
    assert len(load_document(file, problems).units) == 4
    assert [each.where for each in problems.failures] == [f"{file}:6"]


def test_line_numbers_hold_after_characters_that_only_some_take_for_line_ends(tmp_path: Path) -> None:
    """`str.splitlines` cuts at U+2028 and U+0085, which JSON holds as they are."""
    odd = unit("R9", "TP53\u2028activates\u0085BAX.", (("TP53\u2028", "GENE"),))
    problems = Problems()
    document = load_document(write(tmp_path / "g.jsonl", HEAD, odd, "{"), problems)
    assert [each.id for each in document.units] == ["R9"]
    assert told(problems) == [("json", "g.jsonl:3")]


def test_empty_lines_a_byte_order_mark_and_windows_line_ends_are_no_problem(tmp_path: Path) -> None:
    file = write(tmp_path / "g.jsonl", HEAD, "", *units(), "")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    problems = Problems()
    assert len(load_document(file, problems).units) == 4
    assert problems.failures == []


@pytest.mark.parametrize("head", [{}, HEAD | {"gold": 2}, HEAD | {"doi": None}])
def test_a_file_that_does_not_name_its_document_is_refused_at_its_first_line(
    tmp_path: Path, head: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match=r"g.jsonl:1: the first line has to name the document"):
        load_document(write(tmp_path / "g.jsonl", head, *units()), Problems())


def test_an_empty_file_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="first line"):
        load_document(write(tmp_path / "g.jsonl"), Problems())
    for place in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            load_document(place, Problems())


def test_a_link_into_nothing_is_refused_and_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    os.symlink(tmp_path / "gone", tmp_path / "dead.jsonl")
    with pytest.raises(InputError, match="cannot be read"):
        load_document(tmp_path / "dead.jsonl", Problems())
    os.symlink(write(tmp_path / "g.jsonl", HEAD, *units()), tmp_path / "link.jsonl")
    assert len(load_document(tmp_path / "link.jsonl", Problems()).units) == 4


def test_one_bad_document_leaves_the_other(tmp_path: Path) -> None:
    write(tmp_path / "review.jsonl", HEAD, *units())
    problems = Problems()
    assert [each.name for each in sets.documents(problems, tmp_path)] == ["review"]
    assert told(problems) == [("unreadable", "study.jsonl")]


def test_a_restatement_is_a_document_of_one_unit(tmp_path: Path) -> None:
    write(tmp_path / "restatements.jsonl", *restatements())
    problems = Problems()
    truths = sets.restatements(problems, tmp_path)
    assert problems.failures == []
    assert [truth.document.text for truth in truths] == list(SENTENCES)
    assert [str(each) for each in truths[0].units[0].statements] == ["miR-21 inhibits PTEN"]
    assert truths[0].units[0].statements[0].object.spans == (truths[0].units[0].mentions[1].span,)


@pytest.mark.parametrize("caption", ["What exosomes carry", ""])
def test_a_restated_row_has_its_cells_headers_and_offsets(tmp_path: Path, caption: str) -> None:
    row = restated("R8", "", of=["R1"], cells=["miR-210", "Increased"], header=["Factor", "Response to hypoxia"])
    mention = {"start": 0, "end": 7, "type": "MIRNA", "name": "miR-210"}
    write(tmp_path / "restatements.jsonl", {**row, "caption": caption, "mentions": [mention]})
    (truth,) = sets.restatements(Problems(), tmp_path)
    (unit,) = truth.units
    passage = truth.document.passages[-1]
    assert (unit.kind, passage.kind, passage.text) == ("table", PassageKind.TABLE, "miR-210 | Increased")
    assert [passage.text[cell.start : cell.end] for cell in passage.cells] == ["miR-210", "Increased"]
    (one,) = unit.mentions
    assert truth.document.text[one.start : one.end] == "miR-210"
    assert all(each.text for each in truth.document.passages)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": " "}, "gold"),
        ({"text": None}, "gold"),
        ({"of": "R1"}, "gold"),
        ({"half": "both"}, "gold"),
        ({"header": ["A"]}, "gold"),
        ({"cells": ["a", "b"], "header": ["A"]}, "gold"),
        ({"mentions": [{"start": 0, "end": 99, "type": "GENE", "name": "x"}]}, "gold"),
        ({"mentions": [{"start": -1, "end": 2, "type": "GENE", "name": "x"}]}, "gold"),
        ({"mentions": [{"start": 2, "end": 2, "type": "GENE", "name": "x"}]}, "gold"),
        ({"mentions": [{"start": 0, "end": 2, "type": "GENE", "name": "x", "text": "T"}]}, "gold"),
        ({"mentions": [{"start": 0, "end": 2, "type": "ODD", "name": "x"}], "statements": []}, "unknown-type"),
        ({"id": "R0"}, "gold"),
    ],
)
def test_a_restatement_that_is_wrong_is_named_and_the_others_are_used(
    tmp_path: Path, change: dict[str, Any], code: str
) -> None:
    wrong = restated("R9", SENTENCES[2], NAMED[2], "activates") | change
    problems = Problems()
    read = load_restatements(write(tmp_path / "r.jsonl", *restatements(), wrong), problems)
    assert told(problems) == [(code, "r.jsonl:5")]
    assert [each.id for each in read][:4] == ["R0", "R1", "R2", "R3"]


def test_mentions_that_overlap_are_named_each_also_under_a_long_one(tmp_path: Path) -> None:
    """Only neighbours were compared: of two short mentions under a long one the second was not told."""
    text = "breast cancer cell growth"
    places = [(0, 25), (0, 6), (14, 18)]
    mentions = [{"start": start, "end": end, "type": "CANCER", "name": "x"} for start, end in places]
    write(tmp_path / "restatements.jsonl", restated("R1", text) | {"mentions": mentions})
    problems = Problems()
    (truth,) = sets.restatements(problems, tmp_path)
    assert told(problems) == [("overlap", "restatements.jsonl:1")] * 2
    assert len(truth.units[0].mentions) == 3


MENTIONS = (Mention(0, 4, "TP53", "GENE", name="TP53"), Mention(15, 18, "BAX", "GENE", name="BAX"), None)
SAID: dict[str, Any] = {"subject": 0, "predicate": "activates", "object": 1}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"predicate": "hits"}, "'hits' is no predicate; allowed: increases"),
        ({"predicate": None}, "no predicate"),
        ({"predicate": ["activates"]}, "TypeError"),
        ({"object": 3}, "mention 3 is none of the 3 of the unit"),
        ({"object": -1}, "not a whole number"),
        ({"object": 1.0}, "not a whole number"),
        ({"object": "BAX"}, "not a whole number"),
        ({"object": 2}, "its mention 2 was not found"),
        ({"object": {"type": "ODD", "name": "x"}}, "'ODD' is no mention type"),
        ({"object": {"type": "GENE"}}, "KeyError"),
        ({"object": {"type": "GENE", "name": "x", "id": "HGNC:1"}}, "unknown: id"),
        ({"marks": ["certain"]}, "unknown: certain"),
        ({"marks": "direct"}, "marks is not a list"),
        ({"negated": True}, "unknown: negated"),
        ({"correlation": 2}, "the correlation is 2"),
        ({"correlation": "-1"}, "the correlation is '-1'"),
        ({"origin": "hearsay"}, "'hearsay' is no origin"),
        ({"context": {"tissue": ["lung"]}}, "tissue: no context slot"),
        ({"context": {"cancer": "glioma"}}, "cancer is not a list"),
        ({"context": ["glioma"]}, "glioma: no context slot"),
        ({"manipulation": "knockdown"}, "manipulation is not a list"),
        ({"method": [7]}, "7 is not text"),
    ],
)
def test_a_statement_that_is_wrong_is_named_and_left_out_alone(change: dict[str, Any], words: str) -> None:
    problems = Problems()
    read = read_statements([SAID | change, SAID], MENTIONS, "g.jsonl:3", problems)
    assert list(map(str, read)) == ["TP53 activates BAX"]
    (failure,) = problems.failures
    assert failure.where == "g.jsonl:3"
    assert words in failure.message


def test_all_that_a_statement_can_say_is_read() -> None:
    full = SAID | {
        "object": {"type": "PROCESS", "name": "apoptosis", "concepts": ["GO:0006915"]},
        "marks": ["direct", "negated", "hedged", "inferred", "source_conflict"],
        "correlation": -1,
        "manipulation": ["knockdown"],
        "method": ["western blot"],
        "context": {"cancer": ["glioma"]},
        "origin": "cited",
        "reason": "as adjudicated",
    }
    problems = Problems()
    (said,) = read_statements([full], MENTIONS, "", problems)
    assert problems.failures == []
    assert (said.direct, said.negated, said.hedged, said.inferred, said.conflict) == (True,) * 5
    assert (said.correlation, said.manipulation, said.method, said.origin) == (
        -1,
        ("knockdown",),
        ("western blot",),
        "cited",
    )
    assert said.context == {"cancer": ("glioma",)}
    assert (said.object.concepts, said.object.spans) == (("GO:0006915",), ())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from([*GOOD, "odd"]), json_values),
    st.dictionaries(st.sampled_from([*SAID, "marks", "context", "method"]), json_values),
)
def test_no_json_breaks_the_reading(change: dict[str, Any], statement: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder, "g.jsonl"), HEAD, GOOD | change, restated("R1", "TP53 activates BAX.") | change)
        assert len(load_document(file, Problems()).units) <= 2
        load_restatements(file, Problems())
        assert len(list(lines(file, Problems()))) == 3
    assert len(read_statements([SAID | statement], MENTIONS, "", Problems())) <= 1
