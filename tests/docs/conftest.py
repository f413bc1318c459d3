"""The demonstration database, `minex` as a call, and `docs/make_docs.py` as a module."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from minex import resources
from minex.cli import main
from minex.jobs.runner import run
from minex.pipeline import Pipeline
from minex.store import Store
from tests.docs.pages import Cli, script


@pytest.fixture
def minex(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Run a command line in an empty folder; its output, then its errors, are the answer."""
    monkeypatch.chdir(tmp_path)

    def call(command: str) -> str:
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        with contextlib.suppress(SystemExit):
            main()
        printed = capsys.readouterr()
        return printed.out + printed.err

    return call


@pytest.fixture(scope="session")
def demo(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The demonstration corpus, read and stored."""
    with Store.open(tmp_path_factory.mktemp("demo") / "demo.db") as store:
        report = run([resources.find("corpus/demo") / "abstracts.jsonl"], store, pipeline)
        assert report.exit_code == 0
        yield store


@pytest.fixture(scope="session")
def make_docs() -> ModuleType:
    """`docs/make_docs.py`."""
    return script("make_docs")
