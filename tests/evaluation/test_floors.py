"""Figures that may rise and never fall."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from minex.errors import InputError
from minex.evaluation.floors import Check, CorpusFloors, Floor, check, load_floors
from minex.evaluation.gold.sets import folder
from minex.evaluation.runs import as_json, run_restatements
from minex.pipeline import Pipeline

FILE = """
[shipped.restatements.held]
"statements.pair.strict.f1" = 0.5

[[corpora]]
path = "relations/some.jsonl"
given_mentions = true
half = 1
[corpora.floors.all]
"statements.pair.loose.recall" = 0.25
"""


def run(value: Any, name: str = "s") -> dict[str, Any]:
    return {"set": name, "parts": {"all": {"statements": {"f1": value}}}}


def floor(least: float = 0.5, figure: str = "statements.f1", part: str = "all", name: str = "s") -> Floor:
    return Floor(name, part, figure, least, "floors.toml")


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "floors.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_figure_holds_at_its_floor_and_above() -> None:
    assert [each.held for value in (0.4999, 0.5, 0.6) for each in check([floor()], run(value))] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "asked",
    [
        floor(0.0, "statements.recall"),
        floor(0.0, "statements.f1.deeper"),
        floor(0.0, "statements"),
        floor(0.0, part="held"),
        floor(0.0, name="other"),
    ],
)
def test_a_floor_without_its_figure_falls_and_says_so(asked: Floor) -> None:
    (result,) = check([asked], run(0.9))
    assert not result.held
    assert "no such figure" in str(result)


def test_a_figure_that_could_not_be_computed_falls() -> None:
    assert [each.held for each in check([floor(0.0)], run(None))] == [False]


def test_a_corpus_is_known_by_the_end_of_its_path() -> None:
    assert [each.held for each in check([floor(name="relations/some.jsonl")], run(0.7, "some.jsonl"))] == [True]


def test_floors_of_what_ships_and_of_corpora_are_read(tmp_path: Path) -> None:
    shipped, corpora = load_floors(written(tmp_path, FILE))
    where = str(tmp_path / "floors.toml")
    assert shipped == (Floor("restatements", "held", "statements.pair.strict.f1", 0.5, where),)
    least = Floor("relations/some.jsonl", "all", "statements.pair.loose.recall", 0.25, where)
    assert corpora == (CorpusFloors("relations/some.jsonl", True, 1, (least,)),)


def test_either_kind_may_be_missing(tmp_path: Path) -> None:
    assert load_floors(written(tmp_path, "")) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "[shipped",
        "[shiped.restatements.held]\nf1 = 0.5",
        "shipped = 7",
        "[shipped.restatements]\nf1 = 0.5",
        '[shipped.restatements.held]\nf1 = "high"',
        '[[corpora]]\npath = "x"',
        '[corpora]\npath = "x"',
        '[[corpora]]\npath = "x"\nhalf = 2\n[corpora.floors.all]\nf1 = 0.1',
        '[[corpora]]\npath = "x"\ngiven_mentions = "no"\n[corpora.floors.all]\nf1 = 0.1',
    ],
)
def test_a_file_that_is_none_of_floors_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="not a file of floors"):
        load_floors(written(tmp_path, text))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_bytes(b"\xff")
    for place in (tmp_path / "floors.toml", tmp_path / "none.toml", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            load_floors(place)


def test_a_check_is_told_with_what_was_reached() -> None:
    assert str(Check(floor(), 0.25)) == "s, all: statements.f1 0.2500, floor 0.5"


def test_the_shipped_figures_stand_above_their_floors(pipeline: Pipeline) -> None:
    shipped, _ = load_floors(folder() / "floors.toml")
    assert shipped
    run = as_json(run_restatements(pipeline), pipeline)
    assert [str(each) for each in check(shipped, run) if not each.held] == []
