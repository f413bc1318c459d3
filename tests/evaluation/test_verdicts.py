"""Verdicts as a judged set: what a person judged, held against what is read now."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.evaluation.verdicts import as_json, lines, run_verdicts
from minex.jobs.ledger import Ledger
from minex.model import Document, Passage, Reading
from minex.pipeline import Pipeline
from minex.store import Store
from minex.store.verdicts import Verdict, counting

TEXTS = {
    "PMID:1": "In glioma cells, miR-21 inhibits PTEN. It also promotes invasion.",
    "PMID:2": "miR-155 targets SOCS1 in breast cancer cells.",
}


@pytest.fixture
def judged(tmp_path: Path, pipeline: Pipeline) -> tuple[list[Document], list[Verdict]]:
    """Two documents as they are read: everything right, but for what is said of SOCS1."""
    documents = [Document(id_, (Passage(text),), pmid=id_[5:]) for id_, text in TEXTS.items()]
    with Store.open(tmp_path / "x.db") as store:
        run = Ledger(store).start({"minex": "0"}, "f")
        readings = [each for each in pipeline.read(documents) if isinstance(each, Reading)]
        store.write(readings, run, concept=pipeline.concept)
        found = store.select("SELECT e.id, o.name FROM evidence e JOIN triple t ON t.id = e.triple "
                             "JOIN concept o ON o.id = t.object").rows  # fmt: skip
        store.judge([(id_, "wrong" if name == "SOCS1" else "right", "") for id_, name in found], "ann")
        return documents, list(counting(store.connection))


def test_what_is_read_as_before_is_found_by_its_id(
    pipeline: Pipeline, judged: tuple[list[Document], list[Verdict]]
) -> None:
    documents, verdicts = judged
    result = as_json(run_verdicts(pipeline, documents, verdicts), pipeline)
    right = len(verdicts) - 1
    assert right >= 1
    assert [result["figures"][name] for name in ("right", "wrong", "missed")] == [right, 1, 0]
    assert [each["says"] for each in result["made_again"]] == ["miR-155 targets SOCS1"]
    assert result["lost"] == []
    shown = list(lines(result))
    assert f"  judged right and read again: {right} of {right}" in shown
    assert "  judged wrong and made again: 1 of 1" in shown


def test_what_is_read_no_more_is_lost_or_mended(
    pipeline: Pipeline, judged: tuple[list[Document], list[Verdict]]
) -> None:
    _, verdicts = judged
    silent = [Document(id_, (Passage("Nothing is said."),)) for id_ in TEXTS]
    result = as_json(run_verdicts(pipeline, silent, verdicts), pipeline)
    assert result["mended"] == 1
    assert len(result["lost"]) == result["figures"]["missed"] == len(verdicts) - 1


def test_documents_without_text_are_told_apart(
    pipeline: Pipeline, judged: tuple[list[Document], list[Verdict]]
) -> None:
    _, verdicts = judged
    result = as_json(run_verdicts(pipeline, [], verdicts), pipeline)
    assert list(lines(result)) == [
        "verdicts: there is nothing to judge",
        f"note: {len(verdicts)} verdicts are on documents whose text is not kept",
    ]
