"""A run over the gold set: its halves, its problems, what may be looked at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from minex.evaluation.runs import Run, as_json, run_documents, run_restatements
from minex.model import Document, Failure
from minex.pipeline import Pipeline
from tests.evaluation.gold.writing import SENTENCES, gold_folder, papers, restatements, write


def part(run: Run, name: str) -> dict[str, object]:
    (found,) = (each for each in run.parts if each.name == name)
    return found.figures


def right(run: Run, name: str) -> int:
    return int(part(run, name)["statements"]["pair"]["strict"]["right"])  # type: ignore[index]


def test_restatements_are_evaluated_by_halves_without_any_paper(pipeline: Pipeline, tmp_path: Path) -> None:
    run = run_restatements(pipeline, gold_folder(tmp_path / "gold"))
    assert run.problems == []
    assert [(each.name, each.figures["units"]) for each in run.parts] == [("development", 2), ("held", 2)]
    assert right(run, "development") == right(run, "held") == 2


def test_documents_are_evaluated_by_halves_and_as_a_whole(pipeline: Pipeline, tmp_path: Path) -> None:
    run = run_documents(pipeline, papers(tmp_path / "papers"), gold_folder(tmp_path / "gold"))
    assert run.problems == []
    assert [(each.name, each.figures["units"]) for each in run.parts] == [
        ("development", 3),
        ("held", 2),
        ("all", 5),
    ]
    assert right(run, "all") == right(run, "development") + right(run, "held") == 5


def test_of_the_held_half_only_figures_are_shown(pipeline: Pipeline, tmp_path: Path) -> None:
    gold = gold_folder(tmp_path / "gold")
    (gold / "restatements.jsonl").write_text(
        (gold / "restatements.jsonl")
        .read_text(encoding="utf-8")
        .replace("inhibits", "activates")
        .replace("increases", "decreases"),
        encoding="utf-8",
    )
    for run in (run_restatements(pipeline, gold), run_documents(pipeline, papers(tmp_path / "papers"), gold)):
        for each in run.parts:
            if each.name != "development":
                assert (each.mistakes, each.facts) == ([], {})
        assert next(each for each in run.parts if each.name == "development").facts


def test_a_document_that_lies_there_twice_is_asked_once(pipeline: Pipeline, tmp_path: Path) -> None:
    folder = papers(tmp_path / "papers")
    shutil.copy(folder / "one.txt", folder / "again.txt")
    run = run_documents(pipeline, folder, gold_folder(tmp_path / "gold"))
    assert part(run, "all")["units"] == 5
    assert run.notes == ["1 further copies of the documents were not asked"]


def test_what_is_wrong_is_named_with_file_and_line_and_the_rest_evaluated(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    gold = gold_folder(tmp_path / "gold")
    good = (gold / "review.jsonl").read_text(encoding="utf-8")
    (gold / "review.jsonl").write_text(
        good + "{\n" + good.splitlines()[1].replace('"R0"', '"R9"') + "\n", encoding="utf-8"
    )
    (gold / "table1.jsonl").write_text("[]\n", encoding="utf-8")
    (gold / "study.jsonl").unlink()
    run = run_documents(pipeline, papers(tmp_path / "papers"), gold)
    assert [each.where for each in run.problems] == [
        f"{gold / 'review.jsonl'}:6",
        f"{gold / 'study.jsonl'}",
        f"{gold / 'review.jsonl'}:7",
    ]
    assert part(run, "all")["units"] == 4


def test_a_table_with_a_wrong_line_is_a_problem_of_the_run(pipeline: Pipeline, tmp_path: Path) -> None:
    """It was read after the problems had been gathered: nobody was told."""
    gold = gold_folder(tmp_path / "gold")
    for name in ("review.jsonl", "study.jsonl"):
        text = (gold / name).read_text(encoding="utf-8")
        (gold / name).write_text(text.replace('"kind": "text"', '"kind": "table"'), encoding="utf-8")
    write(gold / "table1.jsonl", "{}")
    folder = papers(tmp_path / "papers")
    assert [each.where for each in run_documents(pipeline, folder, gold).problems] == [
        f"{gold / 'table1.jsonl'}:1"
    ]
    (gold / "table1.jsonl").unlink()
    assert [each.code for each in run_documents(pipeline, folder, gold).problems] == ["unreadable"]


def test_a_document_that_minex_cannot_read_is_a_problem_and_nothing_found(
    pipeline: Pipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = gold_folder(tmp_path / "gold")
    real = pipeline.read_tagged

    def broken(documents: list[tuple[Document, None]]) -> object:
        first, *rest = documents
        yield Failure("tag", "broken", "no", "here", first[0].id)
        yield from real(rest)

    monkeypatch.setattr(pipeline, "read_tagged", broken)
    run = run_restatements(pipeline, gold)
    assert [each.code for each in run.problems] == ["broken"]
    assert right(run, "development") == 1


def test_a_run_says_what_it_was_made_with(pipeline: Pipeline, tmp_path: Path) -> None:
    result = as_json(run_restatements(pipeline, gold_folder(tmp_path / "gold")), pipeline)
    assert result["versions"] == dict(pipeline.versions)
    assert result["set"] == "restatements"
    assert set(result["parts"]["development"]["facts"]) == {
        "gold:R0 R0: miR-21 inhibits PTEN",
        "gold:R2 R2: TP53 activates BAX",
    }


def test_our_restatements_are_our_sentences() -> None:
    assert [each["text"] for each in restatements()] == list(SENTENCES)
