"""`minex doctor`, `patterns test` and `lexicon info`: what minex is made of, and whether it is in order."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from minex import __version__
from minex.resources import find
from tests.cli.conftest import Answer, Minex

Findings = dict[str, dict[str, Any]]


def findings(answer: Answer) -> Findings:
    return {item["what"]: item for item in json.loads(answer.out)}


def test_doctor_finds_everything_in_order(minex: Minex, demo_db: Path) -> None:
    answer = minex("doctor", "--json", "--db", demo_db)
    found = findings(answer)
    assert answer.code == 0
    assert all(item["ok"] and item["detail"] and not item["cure"] for item in found.values())
    assert set(found) >= {
        "python",
        "spacy",
        "scispacy",
        "numpy",
        "sqlite",
        "model",
        "lexicon",
        "rules",
        "database",
    }
    assert found["minex"]["detail"] == __version__
    assert "minex_craft" in found["model"]["detail"]
    assert str(find("patterns").parent) in found["model"]["detail"] or "syntax/model" in found["model"]["detail"]
    assert "46 documents" in found["database"]["detail"]


def test_doctor_says_it_in_lines_too(minex: Minex) -> None:
    lines = minex("doctor").out.splitlines()
    assert all(line.startswith("ok      ") for line in lines)
    assert f"ok      minex: {__version__}" in lines


def test_doctor_looks_at_all_even_if_the_first_is_missing(minex: Minex, tmp_path: Path) -> None:
    answer = minex("doctor", "--json", "--model", "nowhere", "--patterns", tmp_path, "--db", tmp_path / "none.db")
    found = findings(answer)
    assert answer.code == 1
    assert {what for what, item in found.items() if not item["ok"]} == {"model", "rules", "database"}
    assert all(item["cure"] for item in found.values() if not item["ok"])
    assert "nowhere" in found["model"]["detail"]
    assert str(tmp_path) in found["rules"]["detail"]
    assert "minex run" in found["database"]["cure"]


def test_a_problem_is_followed_by_its_cure(minex: Minex) -> None:
    lines = minex("doctor", "--model", "nowhere").out.splitlines()
    (number,) = (n for n, line in enumerate(lines) if line.startswith("PROBLEM model: "))
    assert lines[number + 1].startswith("        ")


def test_a_folder_that_is_no_model_is_a_problem(minex: Minex, tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{", encoding="utf-8")
    answer = minex("doctor", "--json", "--model", tmp_path)
    assert answer.code == 1
    assert findings(answer)["model"]["cure"]


def test_a_rule_file_with_a_mistake_is_a_problem_with_its_line(minex: Minex, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(find("patterns"), tmp_path / "own"))
    (folder / "frames" / "more.yaml").write_text("rulez: []\n", encoding="utf-8")
    answer = minex("doctor", "--json", "--patterns", folder)
    assert answer.code == 1
    assert "more.yaml" in findings(answer)["rules"]["detail"]


def test_a_damaged_database_is_a_problem_wherever_the_damage_lies(
    minex: Minex, demo_db: Path, tmp_path: Path
) -> None:
    whole = demo_db.read_bytes()
    noise = random.Random(1)  # noqa: S311
    holes = bytearray(whole)
    for offset in range(8192 * 20, len(whole), 8192 * 7):
        holes[offset : offset + 200] = noise.randbytes(200)
    for name, content in {
        "short": whole[: len(whole) // 2],
        "holes": bytes(holes),
        "text": b"not a database at all",
    }.items():
        file = tmp_path / f"{name}.db"
        file.write_bytes(content)
        answer = minex("doctor", "--json", "--db", file)
        item = findings(answer)["database"]
        assert (answer.code, item["ok"]) == (1, False), name
        assert str(file) in item["detail"]
        assert item["cure"]
        assert file.read_bytes() == content


def test_patterns_test_runs_the_examples_of_all_rules_or_of_some(minex: Minex) -> None:
    answer = minex("patterns", "test")
    assert answer.code == 0, answer.out
    assert answer.out.endswith(" as they should be, 0 not\n")
    some = minex("patterns", "test", "active_verb")
    assert some.code == 0
    assert 0 < int(some.out.split()[0]) < int(answer.out.split()[0])


def test_patterns_test_names_file_line_and_rule_of_a_broken_example(minex: Minex, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(find("patterns"), tmp_path / "own"))
    file = folder / "cues" / "hedging.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"maybe miR-21 inhibits PTEN"', '"miR-21 activates PTEN"', 1), encoding="utf-8")
    line = next(n for n, words in enumerate(text.splitlines(), 1) if '"maybe miR-21 inhibits PTEN"' in words)
    answer = minex("patterns", "test", "modal", "--patterns", folder)
    assert answer.code == 1
    first, last = answer.out.splitlines()[-2:]
    assert "hedging.yaml" in first
    assert f"{line}" in first.partition(": modal: ")[0]
    assert "gave ['maybe miR-21 inhibits PTEN'] instead of ['miR-21 activates PTEN']" in first
    assert last.endswith("1 not")


def test_patterns_of_a_folder_that_is_none_are_an_error_with_the_folder(minex: Minex, tmp_path: Path) -> None:
    answer = minex("patterns", "test", "--patterns", tmp_path / "none")
    assert answer.code == 1
    assert str(tmp_path / "none") in answer.err


def test_lexicon_info_tells_version_concepts_and_sources(minex: Minex) -> None:
    out = minex("lexicon", "info").out
    assert out.startswith("lexicon ")
    for kind in ("MIRNA", "GENE", "LNCRNA", "CANCER", "CONDITION", "VESICLE", "PROCESS"):
        assert f"  {kind:<10} " in out
    assert "sha256" in out


@pytest.mark.parametrize("missing", ["none", "file.txt"])
def test_lexicon_build_from_what_is_no_folder_is_an_error(minex: Minex, tmp_path: Path, missing: str) -> None:
    (tmp_path / "file.txt").touch()
    answer = minex("lexicon", "build", "--from", tmp_path / missing, "--output", tmp_path / "x.bin")
    assert answer.code in (1, 2)
    assert "Traceback" not in answer.err
    assert not (tmp_path / "x.bin").exists()


def test_patterns_list_tells_what_your_folder_adds_and_replaces(minex: Minex, tmp_path: Path) -> None:
    (tmp_path / "own" / "triggers").mkdir(parents=True)
    words = "triggers:\n  - {effect: regulate, verbs: [suppress, muffle]}\n"
    (tmp_path / "own" / "triggers" / "mine.yaml").write_text(words, encoding="utf-8")
    shipped = minex("patterns", "list").out.splitlines()
    assert any(line.startswith("frame   active_verb ") and "precision 0.8" in line for line in shipped)
    yours, told = minex("patterns", "list", "--own", "--patterns", tmp_path / "own").out.splitlines()
    assert yours == "yours: muffle (verb), suppress (verb)"
    assert told.startswith("word suppress (verb) (mine.yaml:2) replaces the shipped one (change.yaml:")
    assert told in minex("patterns", "test", "axis", "--patterns", tmp_path / "own").out
    assert told in minex("doctor", "--patterns", tmp_path / "own").out


def test_documents_read_by_other_rules_are_stale(minex: Minex, tmp_path: Path) -> None:
    file, database, rule = (
        tmp_path / "notes.jsonl",
        tmp_path / "notes.db",
        tmp_path / "own" / "triggers" / "my.yaml",
    )
    rule.parent.mkdir(parents=True)
    rule.write_text("triggers:\n  - {effect: decrease, verbs: [muffle]}\n", encoding="utf-8")
    file.write_text('{"id": "PMID:1", "text": "miR-21 muzzled PTEN and inhibited PDCD4."}\n', encoding="utf-8")
    own = ("extract", "--stale", "--db", database, "--patterns", tmp_path / "own")
    minex("run", file, "--db", database)
    assert minex("extract", "--stale", "--db", database).out.startswith("0 documents")
    assert minex(*own).out.startswith("1 document")
    assert minex(*own).out.startswith("0 documents")
    rule.write_text("triggers:\n  - {effect: decrease, verbs: [muzzle]}\n", encoding="utf-8")
    assert minex(*own).out.startswith("1 document")
    assert "PTEN" in minex("sql", "--db", database, "SELECT name FROM concept").out
