"""docs/quality.md says what the runs say, and keeps nothing of others' corpora but figures."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs.pages import script

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def make_quality() -> ModuleType:
    return script("make_quality")


def test_the_page_is_what_the_kept_runs_give(make_quality: ModuleType) -> None:
    assert make_quality.main(["--check"]) == 0


def test_a_changed_figure_is_noticed(
    make_quality: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = json.loads(make_quality.KEPT.read_text(encoding="utf-8"))
    runs[0]["parts"]["held"]["statements"]["pair"]["strict"]["f1"] = 0.999
    changed = tmp_path / "quality.json"
    changed.write_text(json.dumps(runs), encoding="utf-8")
    monkeypatch.setattr(make_quality, "KEPT", changed)
    assert make_quality.main(["--check"]) == 1


def test_no_name_and_no_place_of_a_run_is_kept(make_quality: ModuleType) -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        if isinstance(value, list):
            return set().union(*map(keys, value))
        return set()

    kept = json.loads(make_quality.KEPT.read_text(encoding="utf-8"))
    assert not keys(kept) & {"errors", "facts", "place", "statement", "unit"}


def test_the_readme_gives_the_figures_of_the_page(make_quality: ModuleType) -> None:
    kept = json.loads(make_quality.KEPT.read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for row in make_quality.readme_rows(kept):
        assert row in readme
