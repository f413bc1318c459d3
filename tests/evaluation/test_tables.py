"""The summary table, cell by cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minex.errors import InputError
from minex.evaluation.gold import sets
from minex.evaluation.gold.records import Problems
from minex.evaluation.tables import load_rows, table_cells
from minex.model import Evidence, Mention, Reading
from minex.reports.table_given import read
from tests.evaluation.making import found, judged, named

TEXT = "miR-21 | lung cancer | Increased | Promotes angiogenesis | Targets PTEN"
MIR, CANCER = named(TEXT, "miR-21", "MIRNA"), named(TEXT, "lung cancer", "CANCER")
GROWTH, PTEN = named(TEXT, "angiogenesis", "PROCESS"), named(TEXT, "PTEN")
HYPOXIA = Mention(0, 0, "Hypoxia", "CONDITION", name="hypoxia")

FACTOR = {"type": "MIRNA", "name": "miR-21"}
ROW: dict[str, Any] = {
    "row": 1,
    "unit": "u1",
    "factors": [FACTOR],
    "cancer": {"type": "CANCER", "name": "lung cancer"},
    "response": [
        {"subject": {"type": "CONDITION", "name": "hypoxia"}, "predicate": "increases", "object": FACTOR}
    ],
    "function": [
        {"subject": FACTOR, "predicate": "promotes", "object": {"type": "PROCESS", "name": "angiogenesis"}}
    ],
    "mechanism": [{"subject": FACTOR, "predicate": "targets", "object": {"type": "GENE", "name": "PTEN"}}],
}


def cells(
    tmp_path: Path,
    row: dict[str, Any],
    evidence: tuple[Evidence, ...],
    tagged: tuple[Mention, ...] = (MIR, CANCER),
) -> dict[str, dict[str, int]]:
    (tmp_path / "table1.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    truth, reading = judged(TEXT, (), evidence, (), tagged, kind="table")
    problems = Problems()
    counted = table_cells([(truth, reading)], problems, tmp_path)
    assert problems.failures == []
    return counted


def right(counted: dict[str, dict[str, int]]) -> set[str]:
    return {column for column, each in counted.items() if each["asked"] == each["right"] == 1}


def test_a_cell_is_right_if_everything_it_says_was_read(tmp_path: Path) -> None:
    read = (found(HYPOXIA, "increases", MIR), found(MIR, "promotes", GROWTH), found(MIR, "decreases", PTEN))
    assert right(cells(tmp_path, ROW, read)) == {"factor", "cancer", "response", "function", "mechanism"}


@pytest.mark.parametrize(
    "evidence",
    [
        (),
        (found(MIR, "activates", PTEN),),
        (found(PTEN, "inhibits", MIR),),
        (found(MIR, "targets", PTEN, negated=True),),
    ],
)
def test_a_cell_read_otherwise_is_asked_and_not_right(tmp_path: Path, evidence: tuple[Evidence, ...]) -> None:
    assert cells(tmp_path, ROW, evidence)["mechanism"] == {"asked": 1, "right": 0}


def test_one_of_two_facts_is_not_the_cell(tmp_path: Path) -> None:
    more = {"subject": FACTOR, "predicate": "targets", "object": {"type": "GENE", "name": "TP53"}}
    row = ROW | {"mechanism": [*ROW["mechanism"], more]}
    assert cells(tmp_path, row, (found(MIR, "targets", PTEN),))["mechanism"] == {"asked": 1, "right": 0}


def test_an_empty_cell_and_a_factor_without_a_name_are_not_asked(tmp_path: Path) -> None:
    counted = cells(tmp_path, ROW | {"factors": [], "mechanism": []}, ())
    assert counted["factor"] == counted["mechanism"] == {"asked": 0, "right": 0}


def test_a_row_of_a_unit_that_is_not_there_is_not_asked(tmp_path: Path) -> None:
    counted = cells(tmp_path, ROW | {"unit": "u9"}, ())
    assert {each["asked"] for each in counted.values()} == {0}


def test_documents_without_a_table_have_no_cells(tmp_path: Path) -> None:
    truth, _ = judged(TEXT, ())
    assert table_cells([(truth, Reading(truth.document))], Problems(), tmp_path) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"cancer": None},
        {"factors": "miR-21"},
        {"factors": [{"type": "MIRNA"}]},
        {"factors": [{"type": "MIRNA", "name": ["miR-21"]}]},
        {"factors": [{"type": "ODD", "name": "x"}]},
        {"factors": [{"type": ["MIRNA"], "name": "x"}]},
        {"mechanism": [{"subject": FACTOR, "predicate": "hits", "object": FACTOR}]},
        {"mechanism": [{"subject": FACTOR, "predicate": [], "object": FACTOR}]},
        {"function": 7},
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_line_and_the_others_are_used(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    file = tmp_path / "table1.jsonl"
    file.write_text(json.dumps(ROW | wrong) + "\n" + json.dumps(ROW) + "\n", encoding="utf-8")
    problems = Problems()
    assert [row.unit for row in load_rows(problems, tmp_path)] == ["u1"]
    assert [each.where for each in problems.failures] == [f"{file}:1"]


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"table1.jsonl: the gold file cannot be read"):
        load_rows(Problems(), tmp_path)


def test_the_shipped_table_has_seventeen_rows_and_says_what_its_units_do() -> None:
    problems = Problems()
    rows = load_rows(problems)
    assert problems.failures == []
    assert len(rows) == 17
    assert len({row.unit for row in rows}) == 17


def test_the_table_to_compare_with_says_what_the_shipped_rows_say() -> None:
    """`gold/table1.csv` is `table1.jsonl` for `minex table --compare`: a line a factor."""
    given = read(sets.folder() / "table1.csv")
    rows = load_rows(Problems())
    lines = [(row, factor) for row in rows for factor in row.factors or (None,)]
    assert len(given) == len(lines) == 18
    for line, (row, factor) in zip(given, lines, strict=True):
        assert line.cancer == row.cancer.name
        if factor is not None:
            assert line.factor == factor.name
            said = {
                (fact.subject.name if column == "response" else fact.object.name, fact.sign)
                for column, facts in row.facts.items()
                for fact in facts
                if factor.name in (fact.subject.name, fact.object.name)
            }
            assert {(fact.thing, fact.sign) for fact in line.facts} == said
