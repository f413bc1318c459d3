"""Counting and fitting: rules are drawn to their class, factors to what was expected, sources differ."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from minex.curation.summary import judgement
from minex.jobs.ledger import Ledger
from minex.model import Document, Passage, PassageKind
from minex.store import Store
from minex.store.verdicts import counting

FOLDER = Path(__file__).resolve().parents[2] / "training" / "precision"
KINDS = {"good": "verb", "bad": "verb", "never": "verb", "link": "link"}


@pytest.fixture(scope="module")
def modules() -> Iterator[dict[str, ModuleType]]:
    names = ("judged", "fit", "count")
    before = {name: sys.modules.pop(name, None) for name in names}
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(FOLDER))
        for name in names:
            sys.modules.pop(name, None)
            if before[name] is not None:
                sys.modules[name] = before[name]  # type: ignore[assignment]


@pytest.fixture(scope="module")
def fit(modules: dict[str, ModuleType]) -> ModuleType:
    return modules["fit"]


@pytest.fixture(scope="module")
def make(modules: dict[str, ModuleType]) -> Any:
    def verdicts(rule: str, right: int, wrong: int, source: str = "judgements", **factors: int) -> list[Any]:
        return [
            modules["judged"].Verdict(
                source, f"PMID:{number}", rule, tuple(factors.items()), number < right, 0.5, ("", number, 0, rule)
            )
            for number in range(right + wrong)
        ]

    return verdicts


def test_a_rule_with_many_verdicts_has_its_own_precision_and_one_with_none_its_class(
    fit: ModuleType, make: Any
) -> None:
    fitted = fit.fit([*make("good", 190, 10), *make("bad", 100, 100)], KINDS)
    good, bad, never = (fit.sigmoid(fitted.rules[name]) for name in ("good", "bad", "never"))
    assert good == pytest.approx(0.94, abs=0.02)
    assert bad == pytest.approx(0.54, abs=0.05)
    assert fitted.rules["never"] == fitted.classes["verb"]
    assert bad < never < good


def test_few_verdicts_move_a_rule_a_little(fit: ModuleType, make: Any) -> None:
    fitted = fit.fit([*make("good", 80, 20), *make("bad", 0, 2)], KINDS)
    assert 0.5 < fit.sigmoid(fitted.rules["bad"]) < fit.sigmoid(fitted.rules["good"])


def test_a_link_is_expected_to_be_weaker_than_what_a_construction_joins(fit: ModuleType, make: Any) -> None:
    fitted = fit.fit(make("good", 80, 20), KINDS)
    assert fit.sigmoid(fitted.rules["link"]) < 0.5 < fit.sigmoid(fitted.rules["never"])


def test_a_stricter_source_does_not_lower_what_readers_say(fit: ModuleType, make: Any) -> None:
    read = make("good", 90, 10)
    alone = fit.fit(read, KINDS)
    both = fit.fit([*read, *make("good", 50, 50, "cg")], KINDS)
    assert both.sources["cg"] < -1
    assert fit.sigmoid(both.rules["good"]) == pytest.approx(fit.sigmoid(alone.rules["good"]), abs=0.02)


def test_a_factor_that_nobody_saw_weighs_what_was_expected(fit: ModuleType, make: Any) -> None:
    fitted = fit.fit([*make("good", 90, 10), *make("good", 50, 50, mended=1)], KINDS)
    assert fitted.factors["disputed"] == pytest.approx(fit.EXPECTED["disputed"])
    assert fitted.factors["mended"] < fit.EXPECTED["mended"] - 0.5


def test_the_order_of_verdicts_does_not_matter(fit: ModuleType, make: Any) -> None:
    verdicts = [*make("good", 30, 5, step=2), *make("bad", 8, 7, "pathway")]
    shuffled = random.Random(3).sample(verdicts, len(verdicts))  # noqa: S311
    one, other = fit.fit(verdicts, KINDS), fit.fit(shuffled, KINDS)
    assert one.rules == pytest.approx(other.rules)


def test_figures_of_perfect_and_of_useless_confidences(fit: ModuleType, modules: dict[str, ModuleType]) -> None:
    sure = [(1.0, True)] * 50 + [(0.0, False)] * 50
    assert (fit.brier(sure), fit.calibration_error(sure), modules["count"].order(sure)) == (0, 0, 1)
    flat = [(0.5, number % 2 == 0) for number in range(100)]
    assert modules["count"].order(flat) == 0.5
    assert fit.calibration_error(flat, 1) == 0
    assert sum(number for _, _, number in fit.bins(flat, 5)) == 100


def test_only_numbers_are_kept(modules: dict[str, ModuleType], make: Any, tmp_path: Path) -> None:
    verdicts = [*make("good", 3, 1), *make("good", 1, 1, "cg", step=1)]
    count = modules["count"]
    data = count.counted(verdicts, modules["fit"].fit(verdicts, KINDS), KINDS)
    assert data["rules"]["good"]["counts"] == {"cg": [1, 1], "judgements": [3, 1]}
    assert data["factors"]["step"]["counts"] == [1, 1]
    count.write_lines(tmp_path / "x.json", data)
    text = (tmp_path / "x.json").read_text(encoding="utf-8")
    assert "PMID" not in text
    assert any(line.startswith('  "good": {"precision": 0.') for line in text.splitlines())


def test_a_document_is_never_on_both_sides(modules: dict[str, ModuleType], make: Any) -> None:
    parts = modules["judged"].by_document([*make("good", 20, 5), *make("bad", 3, 9)], 4)
    assert sum(map(len, parts)) == 37
    seen = [{each.document for each in part} for part in parts]
    assert all(not one & other for n, one in enumerate(seen) for other in seen[n + 1 :])


def test_verdicts_on_restatements_are_those_of_the_evaluation(
    modules: dict[str, ModuleType], pipeline: Any
) -> None:
    halves = modules["judged"].restatements(pipeline)
    assert set(halves) == {"development", "held"}
    for half in halves.values():
        assert sum(each.right for each in half) / len(half) > 0.85


def test_what_people_judged_with_minex_curate_is_counted(
    modules: dict[str, ModuleType], pipeline: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title, abstract = "On glioma.", "In glioma cells, miR-21 inhibits PTEN and miR-155 targets SOCS1."
    (tmp_path / "text").mkdir()
    record = json.dumps({"PMID": "7", "Title": title, "Abstract": abstract})
    for name in modules["judged"].TEXTS:
        (tmp_path / name).write_text(record + "\n", encoding="utf-8")
    passages = (Passage(title, kind=PassageKind.TITLE), Passage(abstract))
    with Store.open(tmp_path / "x.db") as store:
        run = Ledger(store).start({"minex": "0"}, "f")
        store.write(list(pipeline.read([Document("PMID:7", passages, pmid="7")])), run, concept=pipeline.concept)
        evidence = [id_ for (id_,) in store.select("SELECT id FROM evidence").rows]
        store.judge([(id_, "sign" if number else "right", "") for number, id_ in enumerate(evidence)], "ann")
        lines = [json.dumps(judgement(each)) for each in counting(store.connection)]
    (tmp_path / "judgements").mkdir()
    (tmp_path / "judgements" / "mine.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(modules["judged"].sets, "folder", lambda: tmp_path)
    found = modules["judged"].judgements(pipeline, tmp_path)
    assert len(found) == len(evidence) >= 2
    assert {each.source for each in found} == {"judgements by rule"}
    assert sum(each.right for each in found) == 1
