"""`minex gold`: placing, fetching, cutting, checking, comparing and building the gold set."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.error import URLError

import pytest

from minex.evaluation.gold import sets
from tests.cli.conftest import Minex
from tests.evaluation.gold.writing import gold_folder, papers

PASSED = "@ R001\n@ R002\nM GENE | TP53 | TP53\nM GENE | BAX | BAX\nS TP53 -> activates -> BAX | from=own\n"


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold set of our own in the place of the shipped one."""
    folder = gold_folder(tmp_path / "gold")
    monkeypatch.setattr(sets, "folder", lambda: folder)
    return folder


@pytest.fixture
def units(minex: Minex, tmp_path: Path) -> Path:
    """A paper of two units, cut."""
    paper = tmp_path / "paper.txt"
    paper.write_text("A title\n\nTP53 activates BAX.\n", encoding="utf-8")
    file = tmp_path / "paper.units.tsv"
    file.write_text(minex("gold", "units", paper, "R").out, encoding="utf-8")
    return file


def test_both_documents_are_placed(minex: Minex, gold: Path, tmp_path: Path) -> None:
    answer = minex("gold", "align", "--documents", papers(tmp_path / "papers"), "-o", tmp_path / "aligned.jsonl")
    assert (answer.code, answer.err) == (0, "")
    assert "review: 4 of 4 units placed in one.txt, 10 mentions, 4 statements" in answer.out.replace(
        str(tmp_path), ""
    )
    lines = [json.loads(line) for line in (tmp_path / "aligned.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [each["unit"] for each in lines] == ["R0", "R1", "R2", "R3", "S1"]


def test_the_annotation_goes_to_standard_output_for_a_dash(minex: Minex, gold: Path, tmp_path: Path) -> None:
    answer = minex("gold", "align", "--documents", papers(tmp_path / "papers"), "-o", "-")
    assert len([json.loads(line) for line in answer.out.splitlines()]) == 5
    assert "4 of 4 units placed" in answer.err
    assert not Path("-").exists()


def test_what_cannot_be_placed_is_named_and_ends_with_1(minex: Minex, gold: Path, tmp_path: Path) -> None:
    folder = papers(tmp_path / "papers")
    text = (folder / "one.txt").read_text(encoding="utf-8")
    (folder / "one.txt").write_text(text.replace("TP53 activates BAX.", ""), encoding="utf-8")
    (folder / "two.txt").write_bytes(b"\xff\xfe\x00")
    answer = minex("gold", "align", "--documents", folder)
    assert answer.code == 1
    assert "3 of 4 units placed" in answer.out
    assert f"minex: {gold / 'review.jsonl'}:4: unit R2: no sentence of the text" in answer.err
    assert "two.txt" in answer.err
    assert "no file holds the document study" in answer.err


def test_an_annotation_that_cannot_be_written_is_told(minex: Minex, gold: Path, tmp_path: Path) -> None:
    answer = minex(
        "gold", "align", "--documents", papers(tmp_path / "papers"), "-o", tmp_path / "none" / "x.jsonl"
    )
    assert (answer.code, "cannot be written" in answer.err) == (1, True)


def test_articles_that_are_there_are_named_and_not_fetched(minex: Minex, gold: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in ("review.nxml", "study.nxml"):
        (folder / name).write_text("there", encoding="utf-8")
    answer = minex("gold", "fetch", folder, "--email", "me@example.org")
    assert (answer.code, answer.out.split()) == (0, [str(folder / "review.nxml"), str(folder / "study.nxml")])


def test_without_internet_fetching_says_so(
    minex: Minex, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise URLError("Name or service not known")

    monkeypatch.setattr("urllib.request.urlopen", nobody)
    answer = minex("gold", "fetch", tmp_path / "papers", "--email", "me@example.org")
    assert answer.code == 1
    assert "PMC cannot be reached" in answer.err
    assert "is there internet here?" in answer.err


def test_a_document_is_cut_into_units(units: Path) -> None:
    rows = [line.split("\t") for line in units.read_text(encoding="utf-8").splitlines()]
    assert [(row[0], row[3]) for row in rows] == [("R001", "A title"), ("R002", "TP53 activates BAX.")]


def test_a_pass_is_checked_against_its_units(minex: Minex, units: Path, tmp_path: Path) -> None:
    passed = tmp_path / "pass.txt"
    passed.write_text(PASSED, encoding="utf-8")
    answer = minex("gold", "check", passed, units)
    assert (answer.code, answer.out) == (0, "2 units, 0 errors, not annotated: none\n")
    passed.write_text(PASSED.replace("M GENE | BAX", "M GENE | BAK").replace("@ R001\n", ""), encoding="utf-8")
    answer = minex("gold", "check", passed, units)
    assert answer.code == 1
    assert f"{passed}:3: 'BAK' is not in the unit" in answer.out
    assert "1 units, 2 errors, not annotated: R001" in answer.out


def test_two_readers_are_compared(minex: Minex, tmp_path: Path) -> None:
    for name, text in (("a", PASSED), ("b", PASSED.replace("activates", "inhibits"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pass.txt").write_text(text, encoding="utf-8")
    answer = minex("gold", "agree", tmp_path / "a", tmp_path / "b")
    assert answer.code == 0
    assert answer.out.splitlines()[:2] == ["statements, strict       0.000", "statements, loose        1.000"]


def test_the_shipped_gold_set_is_built_from_its_passes_only_with_the_texts(minex: Minex, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(sets.folder(), tmp_path / "gold"))
    before = (copy / "review.jsonl").read_bytes()
    answer = minex("gold", "build", copy, "--units", tmp_path)
    assert answer.code == 1
    assert "review.units.tsv: the file cannot be read" in answer.err
    assert (copy / "review.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("align", "--documents", "no/such/folder"), 2, "there is no such folder"),
        (("align",), 2, "--documents"),
        (("fetch", "x"), 2, "--email"),
        (("units", "x"), 2, "prefix"),
        (("units", "none.txt", "R"), 1, "none.txt: there is no such file"),
        (("check", "none.txt", "none.tsv"), 1, "none.tsv: the file cannot be read"),
        (("agree", "none", "none"), 2, "there are no passes"),
        (("build", "none", "--units", "none"), 1, "concepts.tsv: the file cannot be read"),
        (("what",), 2, "No such command"),
    ],
)
def test_wrong_calls_end_with_2_and_missing_files_with_1(
    minex: Minex, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.delenv("MINEX_EMAIL", raising=False)
    answer = minex("gold", *arguments)
    assert answer.code == code
    assert words in answer.err
