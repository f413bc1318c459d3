"""Texts in files, and what a run with workers makes of them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from minex.jobs import Pipeline, RunReport, run
from minex.model import Document, Passage
from minex.store import Store

Texts = Callable[[Sequence[str]], Path]


def plain_texts(count: int, seed: int = 7) -> list[str]:
    """Return texts of three statements each, some that cannot be read."""
    random_ = random.Random(seed)  # noqa: S311
    return [
        "unreadable"
        if number % 97 == 5
        else "\n".join(f"miR-{random_.randint(1, 40)} targets G{random_.randint(1, 90)}." for _ in range(3))
        for number in range(count)
    ]


def document(number: int, text: str = "miR-1 targets PTEN.") -> Document:
    """Return a document with one statement, or another text."""
    return Document(f"PMID:{number}", (Passage(text),), source="here")


def write(path: Path, texts: Sequence[tuple[int, str]]) -> Path:
    lines = (json.dumps({"id": f"PMID:{number}", "text": text}) for number, text in texts)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork workers, as `minex run` does, although threads of other tests may be about in this process."""
    monkeypatch.setattr("minex.jobs.workers.pool.start_method", lambda: "fork")


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    """Write texts to a file, numbered from 1."""
    return lambda given: write(tmp_path / "in.jsonl", list(enumerate(given, 1)))


def read_into(database: Path, file: Path, pipeline: Pipeline) -> tuple[RunReport, list[str]]:
    """Make a run and return its report and the content of the database."""
    with Store.open(database) as store:
        report = run([file], store, pipeline, batch_seconds=0.02)
        return report, list(store.canonical_dump())
