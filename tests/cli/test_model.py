"""`--model`: another pipeline in a run, in the ledger, in `doctor`; and what is said of one that cannot be."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minex.syntax.installed import install_command
from tests.cli.conftest import Minex
from tests.syntax.pipelines import write


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("models") / "small")


def test_a_run_writes_which_model_it_used_and_another_model_reads_again(
    minex: Minex, small: Path, good: Path, tmp_path: Path
) -> None:
    database = tmp_path / "x.db"
    assert minex("run", good, "--db", database, "--model", small).code == 0
    assert "1 as before" in minex("run", good, "--db", database, "--model", small).out
    again = minex("run", good, "--db", database)
    assert "0 as before" in again.out
    with closing(sqlite3.connect(database)) as connection:
        models = [model for (model,) in connection.execute("SELECT model FROM run ORDER BY id")]
    assert models[0] == models[1] != models[2]
    assert models[0].startswith("small-")


def test_doctor_says_which_labels_a_pipeline_has(minex: Minex, small: Path) -> None:
    answer = minex("doctor", "--json", "--model", small)
    found = {item["what"]: item for item in json.loads(answer.out)}["model"]
    assert answer.code == 0
    assert "Universal Dependencies" in found["detail"]


def test_doctor_tells_the_command_that_installs_a_missing_pipeline(minex: Minex) -> None:
    answer = minex("doctor", "--model", "en_core_sci_lg")
    assert answer.code == 1
    assert install_command("en_core_sci_lg") in answer.out


@pytest.mark.parametrize("command", ["run {good}", "annotate {good}", "explain miR-21", "demo", "patterns test"])
def test_every_command_refuses_a_missing_pipeline_before_it_reads(
    minex: Minex, command: str, good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = command.format(good=good).split()
    missing = minex(*words, "--model", "en_core_sci_lg")
    assert (missing.code, missing.out) == (1, "")
    assert install_command("en_core_sci_lg") in missing.err
    assert minex(*words, "--model", "no_such_pipeline").code == 1
    assert not list(tmp_path.glob("*.db"))


def test_a_pipeline_made_for_another_spacy_is_used_and_told_once(minex: Minex, good: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "sci", meta={"spacy_version": ">=3.7.4,<3.8.0"})
    answer = minex("run", good, "--db", tmp_path / "x.db", "--model", folder)
    assert answer.code == 0
    assert answer.err.count("made for spaCy") == 1
