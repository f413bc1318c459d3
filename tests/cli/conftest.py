"""The commands called as a shell calls them, in this process: a process of its own costs seconds."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from minex import pipeline as pipelines
from minex.cli import main
from minex.jobs.runner import run
from minex.lexicon.user import default_file
from minex.pipeline import Pipeline
from minex.resources import find
from minex.store import Store


@dataclass(frozen=True)
class Answer:
    """What a command left: its exit status and what it wrote."""

    code: int
    out: str
    err: str


Minex = Callable[..., Answer]
NO_NAMES = (None, Path(os.devnull))
"""Where a test has no names and blocks of its own."""


@pytest.fixture
def minex(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Minex:
    """Call the command line with arguments and bytes on standard input.

    The streams are ASCII, as in a poor locale. A command that asks for the shipped pipeline gets the one that
    the tests share; one that asks for another makes it.
    """
    real = Pipeline

    def make(
        model: str | None = None, patterns: Path | None = None, lexicon: Path | None = None, **more: Any
    ) -> Pipeline:
        own = lexicon or default_file()
        shipped = model is None and patterns is None and own in NO_NAMES and not any(more.values())
        return pipeline if shipped else real(model, patterns, lexicon, **more)

    monkeypatch.setattr(pipelines, "Pipeline", make)
    # Worker processes would be forked from the one that tests in all its size.
    monkeypatch.setenv("MINEX_WORKERS", "1")

    def call(*arguments: str | Path, stdin: bytes = b"") -> Answer:
        written, told = io.BytesIO(), io.BytesIO()
        streams = [
            io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"),
            io.TextIOWrapper(written, encoding="ascii"),
            io.TextIOWrapper(told, encoding="ascii"),
        ]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["minex", *map(str, arguments)])
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
            for stream in streams[1:]:
                stream.flush()
        return Answer(code, written.getvalue().decode("utf-8"), told.getvalue().decode("utf-8"))

    return call


@pytest.fixture(scope="session")
def demo_db(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration corpus, read; to be looked at and not to be changed."""
    database = tmp_path_factory.mktemp("demo") / "demo.db"
    with Store.open(database) as store:
        run([find("corpus/demo") / "abstracts.jsonl"], store, pipeline)
    return database


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A file with one document that gives one triple."""
    file = tmp_path / "good.jsonl"
    file.write_text('{"id": "PMID:1", "text": "miR-21 inhibits PTEN in lung cancer."}\n', encoding="utf-8")
    return file
