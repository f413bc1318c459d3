"""`minex mirror` and what asks a mirror, as a user calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Minex
from tests.mirror.maker import Paper, file_of
from tests.mirror.server import Server

PAPERS = [
    Paper(1, "Exosomal miR-21 in lung cancer.", "miR-21 inhibited PTEN in lung cancer cells."),
    Paper(2, "Exosomes under hypoxia.", "Hypoxia increased miR-210 in exosomes."),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MINEX_QUERIES", str(tmp_path / "queries"))
    monkeypatch.delenv("MINEX_EMAIL", raising=False)
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.toml").write_text(
        'title = "Mine"\nsources = ["pubmed", "pmc"]\nterm = "exosom*[tiab]"\n'
    )
    (tmp_path / "pubmed").mkdir()
    file_of(tmp_path / "pubmed", 1, PAPERS, deleted=[9])
    return tmp_path / "pubmed"


def test_a_mirror_is_made_asked_and_told_of(minex: Minex, folder: Path) -> None:
    answer = minex("mirror", "update", folder)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("pubmed26n0001.xml.gz: 2 citations: 2 new, 0 revised, 0 as before, 1 deleted")
    assert minex("mirror", "update", folder).out == "nothing new: every file of the folder is in the mirror\n"
    assert minex("mirror", "search", folder, "hypoxia").out == "2\n"
    assert minex("mirror", "search", folder, "exosom*[tiab]", "--limit", "1").out == "2\n"
    assert minex("mirror", "search", folder, "exosom*[tiab]", "--count").out == "2\n"
    assert minex("mirror", "search", folder, "nothing").out == ""
    status = minex("mirror", "status", folder)
    assert status.code == 0
    assert "citations:                    2" in status.out
    assert "deleted by PubMed:            1" in status.out


@pytest.mark.parametrize(
    "call",
    [
        ["refresh", "mine", "--mirror", "{}"],
        ["run", "--query", "mine", "--source", "mirror", "{}"],
    ],
)
def test_a_saved_query_is_run_over_a_mirror_without_internet(
    minex: Minex, folder: Path, tmp_path: Path, call: list[str]
) -> None:
    minex("mirror", "update", folder)
    answer = minex(*(word.format(folder) for word in call), "--db", tmp_path / "x.db")
    assert answer.code == 0
    assert answer.out.startswith("minex refresh mine: 2 listed, 2 new")
    assert "no full texts" in answer.err
    found = minex(
        "sql", "SELECT subject, object FROM triple_named ORDER BY 1", "--db", tmp_path / "x.db", "--format", "csv"
    )
    assert found.out.splitlines() == ["subject,object", "hypoxia,miR-210", "miR-21,PTEN"]
    again = minex("refresh", "--mirror", folder, "--db", tmp_path / "x.db")
    assert "2 listed, 0 new, 2 asked again" in again.out


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (["mirror", "update", "{}/nowhere"], 2, "no such folder"),
        (["mirror", "status", "{}"], 1, "no mirror in this folder"),
        (["mirror", "search", "{}", "x"], 1, "no mirror in this folder"),
        (["refresh", "mine", "--mirror", "{}"], 1, "no mirror in this folder"),
        (["run", "--query", "mine", "{}"], 2, "--source mirror DIR"),
        (["run", "--source", "mirror", "a", "b"], 2, "over one mirror"),
        (["mirror", "update", "{}", "--new-baseline", "2031"], 2, "pubmed31n0001.xml.gz"),
        (["mirror", "update", "{}", "--download", "--from", "http://127.0.0.1:9/"], 1, "127.0.0.1:9"),
    ],
)
def test_a_wrong_call_is_told_with_its_cure(
    minex: Minex, folder: Path, monkeypatch: pytest.MonkeyPatch, call: list[str], code: int, words: str
) -> None:
    monkeypatch.setattr("minex.mirror.download.ATTEMPTS", 1)
    answer = minex(*(word.format(folder) for word in call))
    assert answer.code == code
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_a_wrong_term_is_told_with_its_place(minex: Minex, folder: Path) -> None:
    minex("mirror", "update", folder)
    answer = minex("mirror", "search", folder, "(exosomes")
    assert (answer.code, answer.out) == (2, "")
    assert "character 1" in answer.err


def test_files_are_fetched_and_what_cannot_be_had_is_told(minex: Minex, folder: Path, tmp_path: Path) -> None:
    for name in ("baseline", "updatefiles"):
        (tmp_path / "ncbi" / name).mkdir(parents=True)
    file_of(tmp_path / "ncbi" / "baseline", 1, PAPERS)
    file_of(tmp_path / "ncbi" / "updatefiles", 2, [Paper(3)], md5="0" * 32)
    file_of(tmp_path / "ncbi" / "updatefiles", 3, [Paper(4)])
    with Server(tmp_path / "ncbi") as server:
        answer = minex("mirror", "update", tmp_path / "fresh", "--download", "--from", server.base)
    assert answer.code == 1
    assert "pubmed26n0001.xml.gz: 2 citations" in answer.out
    assert "checksum is not the one promised" in answer.err
    assert "missing in the sequence: pubmed26n0002.xml.gz" in answer.err
    assert minex("mirror", "status", tmp_path / "fresh").code == 1
