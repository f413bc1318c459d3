"""Two runs of one set: what got better, what got worse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minex.errors import InputError
from minex.evaluation.compare import compare, lines, load_runs, same_set


def run(
    facts: dict[str, bool] | None = None, f1: float | None = 0.5, part: str = "all", **more: Any
) -> dict[str, Any]:
    figures = {"pair": {"strict": {"f1": f1}}}
    return {"set": "s", "parts": {part: {"statements": figures, "facts": facts or {}}}, **more}


def test_a_fact_that_is_found_now_is_better_and_one_that_is_lost_is_worse() -> None:
    before = run({"u1: A inhibits B": False, "u2: C inhibits D": True, "u3: E binds F": True})
    after = run({"u1: A inhibits B": True, "u2: C inhibits D": False, "u3: E binds F": True}, 0.75)
    (change,) = compare(before, after)
    assert change.better == ("u1: A inhibits B",)
    assert change.worse == ("u2: C inhibits D",)
    assert list(lines(change, "s"))[:2] == [
        "s, all: 1 better, 1 worse",
        "  F1 pair, strict       0.500 -> 0.750 (+0.250)",
    ]


def test_what_is_made_up_no_more_is_better_and_what_is_newly_made_up_is_worse() -> None:
    (change,) = compare(run({"u1: wrongly A binds B": False}), run({"u2: wrongly C binds D": False}))
    assert (change.better, change.worse) == (("u1: wrongly A binds B",), ("u2: wrongly C binds D",))


def test_a_change_of_the_set_itself_is_neither_better_nor_worse() -> None:
    """A missed statement that was taken out of the gold set was called better."""
    before = run({"u1: A inhibits B": False, "u2: C inhibits D": True})
    (change,) = compare(before, run({"u3: E inhibits F": True, "u4: G inhibits H": False}))
    assert (change.better, change.worse) == ((), ())


def test_parts_and_levels_that_only_one_run_has_are_left_out() -> None:
    assert list(compare(run(part="held"), run(part="development"))) == []
    old, new = run(), run()
    old["parts"]["all"]["statements"] = {"document": {"loose": {"f1": 0.1}}}
    (change,) = compare(old, new)
    assert change.f1 == {"pair, strict": (None, 0.5)}
    assert list(lines(change, "s")) == ["s, all: 0 better, 0 worse"]


def test_runs_are_of_one_set_only_if_it_was_read_in_the_same_way() -> None:
    assert same_set(run(half=0), run(half=0))
    assert not same_set(run(half=0), run(half=1))
    assert not same_set(run(given_mentions=True), run(given_mentions=False))
    assert not same_set(run(), run() | {"set": "other"})


def test_a_run_that_was_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text(json.dumps({"runs": [run(), run(f1=None)]}), encoding="utf-8")
    assert load_runs(file) == [run(), run(f1=None)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"runs": []}',
        b'{"runs": {}}',
        b'{"runs": "abc"}',
        b'{"runs": [{"set": "s"}]}',
        b'{"runs": [{"set": "s", "parts": {"all": {}}}]}',
        b'{"runs": [{"set": "s", "parts": {"all": {"statements": {"pair": {"strict": {}}}}}}]}',
        b'{"runs": [{"set": "s", "parts": {"all": {"statements": {"pair": {"strict": {"f1": "x"}}}}}}]}',
        b'{"runs": [{"set": "s", "parts": {"all": {"statements": {}, "facts": 7}}}]}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_holds_no_run_is_told_with_a_cure(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "run.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"run.json: this is no run of the evaluation; write one with"):
        load_runs(file)


def test_a_run_that_is_not_there_is_told(tmp_path: Path) -> None:
    for place in (tmp_path / "none.json", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            load_runs(place)
