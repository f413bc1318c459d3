"""`minex lexicon add` and `block`, and that every command reads what they wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.jobs.schedule import make_job
from tests.cli.conftest import Minex

SENTENCE = "miR-21 inhibits big brake in lung cancer."


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config" / "lexicon.yaml"
    monkeypatch.setenv("MINEX_LEXICON", str(path))
    return path


def test_what_was_added_is_read_by_other_commands(minex: Minex, own: Path) -> None:
    assert "PTEN" not in minex("explain", SENTENCE).out
    added = minex("lexicon", "add", "big brake", "HGNC:9588")
    assert (added.code, added.out) == (0, f"big brake is HGNC:9588: written to {own}\n")
    assert "=> miR-21 inhibits PTEN" in minex("explain", SENTENCE).out
    again = minex("lexicon", "add", "big brake", "HGNC:9588")
    assert (again.code, again.out) == (0, f"big brake is HGNC:9588: stands already in {own}\n")


def test_what_was_blocked_is_no_mention_any_more(minex: Minex, own: Path) -> None:
    assert minex("lexicon", "block", "PTEN").code == 0
    assert "PTEN  GENE" not in minex("explain", "miR-21 inhibits PTEN.").out


def test_block_tells_what_is_left_and_what_is_no_name(minex: Minex, own: Path) -> None:
    answer = minex("lexicon", "block", "ACC2", "--type", "CELL_LINE")
    assert answer.out.startswith(f"ACC2 is not CELL_LINE: written to {own}\n  it may still be ")
    assert "no name big brake" in minex("lexicon", "block", "big brake").err


def test_another_file_is_written_and_read_in_place_of_one_s_own(minex: Minex, own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    minex("lexicon", "add", "big brake", "HGNC:9588", "--lexicon", other)
    assert other.exists()
    assert not own.exists()
    assert "=> miR-21 inhibits PTEN" in minex("explain", SENTENCE, "--lexicon", other).out


def test_documents_read_before_are_stale(minex: Minex, own: Path, tmp_path: Path) -> None:
    file, database = tmp_path / "notes.jsonl", tmp_path / "notes.db"
    file.write_text(f'{{"id": "PMID:1", "text": "{SENTENCE} miR-21 inhibits PTEN."}}\n', encoding="utf-8")
    assert minex("run", file, "--db", database).code == 0
    assert minex("extract", "--stale", "--db", database).out.startswith("0 documents")
    minex("lexicon", "block", "PTEN")
    assert minex("extract", "--stale", "--db", database).out.startswith("1 document")
    assert minex("extract", "--stale", "--db", database).out.startswith("0 documents")


def test_info_and_doctor_tell_of_the_file(minex: Minex, own: Path) -> None:
    shipped = minex("lexicon", "info").out
    minex("lexicon", "add", "big brake", "HGNC:9588")
    out = minex("lexicon", "info").out
    assert f"on top: 1 names and 0 blocks of your own, {own}" in out
    assert out.split()[1] != shipped.split()[1]
    assert f"with {own} on top" in minex("doctor").out


def test_a_malformed_file_stops_every_command_with_its_line(minex: Minex, own: Path) -> None:
    own.parent.mkdir()
    own.write_text("names:\n  - {name: x}\n", encoding="utf-8")
    for call in (["lexicon", "info"], ["lexicon", "add", "big brake", "HGNC:9588"], ["explain", "PTEN fell."]):
        answer = minex(*call)
        assert (answer.code, f"{own}:2: names entry 1" in answer.err) == (1, True)
    assert f"{own}:2" in minex("doctor").out


def test_a_wrong_call_is_told_with_its_cure(minex: Minex, own: Path) -> None:
    for call in (["add", "big brake", "PTEN"], ["add", "was", "HGNC:9588"], ["block", "AGS", "--type", "LINE"]):
        answer = minex("lexicon", *call)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith("minex: ")
    assert not own.exists()


def test_a_scheduled_refresh_reads_the_same_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    job = make_job("exosomes", "03:00", tmp_path / "papers.db", environ={"MINEX_LEXICON": "mine.yaml"})
    assert job.environment == (("MINEX_LEXICON", str(tmp_path / "mine.yaml")),)
