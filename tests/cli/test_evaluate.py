"""`minex evaluate`: figures of the gold set and of corpora, comparisons, floors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minex.evaluation.gold import sets
from tests.cli.conftest import Minex
from tests.evaluation.gold.writing import NAMED, SENTENCES, gold_folder, papers, restated, restatements, write

TRIPLE = '"triples": [{"subject": 0, "object": 1, "sign": -1}]'
MENTIONS = (
    '"mentions": [{"start": 0, "end": 6, "text": "miR-21", "type": "MIRNA"}, '
    '{"start": 16, "end": 20, "text": "PTEN", "type": "GENE"}]'
)
LINE = f'{{"id": "d1", "text": "miR-21 inhibits PTEN.", {MENTIONS}, {TRIPLE}}}'


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold set of our own in the place of the shipped one."""
    folder = gold_folder(tmp_path / "gold")
    write(folder / "floors.toml", "")
    monkeypatch.setattr(sets, "folder", lambda: folder)
    return folder


def corpus(tmp_path: Path, *lines: str) -> Path:
    return write(tmp_path / "corpus.jsonl", *lines)


def test_the_shipped_restatements_are_evaluated_without_any_option(minex: Minex) -> None:
    answer = minex("evaluate")
    assert (answer.code, answer.err) == (0, "")
    assert "restatements, development half:" in answer.out
    assert "restatements, held half:" in answer.out
    held = answer.out[answer.out.index("held half") :]
    assert "errors by cause" not in held


def test_figures_are_shown_and_written(minex: Minex, gold: Path, tmp_path: Path) -> None:
    answer = minex("evaluate", "--json", tmp_path / "run.json")
    assert answer.code == 0
    assert "pair, strict       1.000" in answer.out
    (run,) = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["runs"]
    assert run["set"] == "restatements"
    assert run["parts"]["held"]["facts"] == {}


def test_json_on_standard_output_is_all_that_is_there(minex: Minex, gold: Path) -> None:
    answer = minex("evaluate", "--json", "-")
    assert [run["set"] for run in json.loads(answer.out)["runs"]] == ["restatements"]


def test_documents_and_a_corpus_may_be_asked_together(minex: Minex, gold: Path, tmp_path: Path) -> None:
    answer = minex("evaluate", "--documents", papers(tmp_path / "papers"), "--corpus", corpus(tmp_path, LINE))
    assert answer.code == 0
    assert "documents: 2 documents, 5 units" in answer.out
    assert "corpus.jsonl: 1 documents, 1 units" in answer.out
    assert "restatements" not in answer.out


def test_an_empty_gold_set_says_that_there_is_nothing(minex: Minex, gold: Path) -> None:
    write(gold / "restatements.jsonl")
    answer = minex("evaluate")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "restatements: there is nothing to judge")


def test_what_got_better_and_worse_is_told(minex: Minex, gold: Path, tmp_path: Path) -> None:
    write(
        gold / "restatements.jsonl",
        *restatements()[1:],
        restated("R0", "miR-21 and PTEN.", NAMED[0][:2], "inhibits"),
    )
    assert minex("evaluate", "--json", tmp_path / "run.json").code == 0
    write(gold / "restatements.jsonl", *restatements())
    answer = minex("evaluate", "--compare", tmp_path / "run.json")
    assert "restatements, development: 1 better, 0 worse" in answer.out
    assert "  + gold:R0 R0: miR-21 inhibits PTEN" in answer.out


def test_a_run_of_another_set_is_not_compared(minex: Minex, gold: Path, tmp_path: Path) -> None:
    file = corpus(tmp_path, LINE)
    minex("evaluate", "--corpus", file, "--given-mentions", "--json", tmp_path / "run.json")
    answer = minex("evaluate", "--corpus", file, "--compare", tmp_path / "run.json")
    assert "the earlier run has no set corpus.jsonl" in answer.err
    assert "better" not in answer.out


WRONG = (
    ("{", "this is not JSON"),
    (restated("R8", SENTENCES[0], (("miR-21", "PROTEIN"),)), "'PROTEIN' is no mention type"),
    (restated("R7", SENTENCES[0], NAMED[0], "hits"), "'hits' is no predicate"),
    (
        restated("R6", SENTENCES[0], NAMED[0])
        | {"statements": [{"subject": 0, "predicate": "inhibits", "object": 7}]},
        "mention 7 is none of the 3 of the unit",
    ),
    (restated("R5", SENTENCES[3], (("breast cancer", "CANCER"), ("cancer", "CANCER"))), "overlap"),
)


def test_each_fault_of_a_gold_file_is_named_with_its_line_and_the_rest_evaluated(minex: Minex, gold: Path) -> None:
    file = write(gold / "restatements.jsonl", *restatements(), *(line for line, _ in WRONG))
    answer = minex("evaluate")
    assert answer.code == 1
    told = answer.err.splitlines()
    assert len(told) == len(WRONG)
    for number, (_, words) in enumerate(WRONG, start=5):
        (line,) = (each for each in told if each.startswith(f"minex: {file}:{number}: "))
        assert words in line
    assert "restatements, held half: 2 documents, 2 units" in answer.out


def test_a_fingerprint_that_matches_nothing_is_named_and_the_rest_evaluated(
    minex: Minex, gold: Path, tmp_path: Path
) -> None:
    text = (gold / "review.jsonl").read_text(encoding="utf-8").splitlines()
    (line,) = (each for each in text if '"R3"' in each)
    write(gold / "review.jsonl", *text[:-1], line.replace('"fingerprint": "', '"fingerprint": "x'))
    answer = minex("evaluate", "--documents", papers(tmp_path / "papers"))
    assert answer.code == 1
    assert answer.err.startswith(
        f"minex: {gold / 'review.jsonl'}:5: unit R3: no sentence of the text has the fing"
    )
    assert "documents: 2 documents, 4 units" in answer.out


def test_a_document_that_is_missing_is_named_and_the_other_evaluated(
    minex: Minex, gold: Path, tmp_path: Path
) -> None:
    folder = papers(tmp_path / "papers")
    (folder / "two.txt").unlink()
    answer = minex("evaluate", "--documents", folder)
    assert answer.code == 1
    assert f"minex: {folder}: no file holds the document study" in answer.err
    assert "documents: 1 documents, 4 units" in answer.out


def test_a_corpus_whose_offsets_do_not_match_is_named_and_the_rest_evaluated(
    minex: Minex, gold: Path, tmp_path: Path
) -> None:
    shifted = LINE.replace('"start": 16, "end": 20', '"start": 15, "end": 19').replace('"d1"', '"d2"')
    file = corpus(tmp_path, shifted, LINE)
    answer = minex("evaluate", "--corpus", file)
    assert answer.code == 1
    assert f"minex: {file}:1" in answer.err
    assert "right" in answer.out


def test_a_corpus_of_strange_types_needs_a_map(minex: Minex, gold: Path, tmp_path: Path) -> None:
    file = corpus(tmp_path, LINE.replace('"MIRNA"', '"Widget"'))
    assert "(--type-map)" in minex("evaluate", "--corpus", file).out
    mapping = tmp_path / "types.tsv"
    mapping.write_text("Widget\tMIRNA\n", encoding="utf-8")
    answer = minex("evaluate", "--corpus", file, "--type-map", mapping)
    assert "(--type-map)" not in answer.out
    assert "MIRNA-GENE" in answer.out


def test_a_floor_that_holds_and_one_that_falls(minex: Minex, gold: Path) -> None:
    lines = ["[shipped.restatements.held]", '"statements.pair.strict.recall" = 1.0']
    write(gold / "floors.toml", *lines)
    answer = minex("evaluate", "--floors")
    assert answer.code == 0
    assert answer.out.startswith("holds  restatements, held: statements.pair.strict.recall 1.0000, floor 1.0")
    write(gold / "floors.toml", *lines, '"statements.pair.strict.precison" = 0.1')
    answer = minex("evaluate", "--floors")
    assert answer.code == 1
    assert "FALLS  restatements, held: statements.pair.strict.precison no such figure" in answer.out


def test_floors_of_corpora_are_checked_where_the_data_are(minex: Minex, gold: Path, tmp_path: Path) -> None:
    corpus(tmp_path, LINE)
    papers(tmp_path / "documents")
    write(
        gold / "floors.toml",
        *("[[corpora]]", 'path = "documents"', "[corpora.floors.all]", '"statements.pair.strict.right" = 5'),
        *("[[corpora]]", 'path = "corpus.jsonl"', "given_mentions = true"),
        *("[corpora.floors.all]", '"statements.pair.loose.recall" = 1.0'),
    )
    assert "2 corpora were not looked at" in minex("evaluate", "--floors").out
    answer = minex("evaluate", "--floors", "--data", tmp_path)
    assert (answer.code, answer.out.count("holds")) == (0, 2)


def test_a_corpus_that_is_missing_is_told_and_the_other_floors_checked(
    minex: Minex, gold: Path, tmp_path: Path
) -> None:
    corpus(tmp_path, LINE)
    write(
        gold / "floors.toml",
        *("[[corpora]]", 'path = "none.jsonl"', "[corpora.floors.all]", '"statements.pair.loose.recall" = 0.0'),
        *("[[corpora]]", 'path = "documents"', "[corpora.floors.all]", '"statements.pair.loose.recall" = 0.0'),
        *("[[corpora]]", 'path = "corpus.jsonl"', "[corpora.floors.all]", '"statements.pair.loose.recall" = 1.0'),
    )
    answer = minex("evaluate", "--floors", "--data", tmp_path)
    assert answer.code == 1
    assert "none.jsonl: there is no such file" in answer.err
    assert "documents: the folder cannot be read" in answer.err
    assert "holds  corpus.jsonl, all" in answer.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--given-mentions",),
        ("--type-map", "x"),
        ("--half", "0"),
        ("--half", "2"),
        ("--corpus", "x", "--half", "two"),
        ("--data", "."),
        ("--documents", "no/such/folder"),
        ("--floors", "--data", "no/such/folder"),
        ("--floors", "--documents", "."),
        ("--floors", "--corpus", "x"),
        ("--floors", "--json", "x"),
        ("--floors", "--compare", "x"),
        ("--compare", "x", "--json", "-"),
        ("something",),
    ],
)
def test_a_wrong_call_ends_with_2(minex: Minex, arguments: tuple[str, ...]) -> None:
    answer = minex("evaluate", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--corpus", "none.jsonl"), "none.jsonl: there is no such file"),
        (("--compare", "none.json"), "none.json: the run cannot be read"),
    ],
)
def test_a_file_that_is_not_there_ends_with_1(
    minex: Minex, gold: Path, arguments: tuple[str, ...], words: str
) -> None:
    answer = minex("evaluate", *arguments)
    assert answer.code == 1
    assert words in answer.err


def test_a_run_that_cannot_be_written_is_told(minex: Minex, gold: Path, tmp_path: Path) -> None:
    answer = minex("evaluate", "--json", tmp_path / "none" / "run.json")
    assert answer.code == 1
    assert "the run cannot be written (No such file or directory)" in answer.err


def test_names_that_would_command_the_terminal_are_shown_harmless(minex: Minex, gold: Path) -> None:
    write(gold / "restatements.jsonl", restated("R0\u001b[31m", SENTENCES[0], NAMED[0], "activates"))
    answer = minex("evaluate")
    assert answer.code == 0
    assert "\x1b" not in answer.out + answer.err


def test_the_names_alone_are_evaluated_by_halves(minex: Minex, gold: Path, tmp_path: Path) -> None:
    second = LINE.replace('"d1"', '"d2"')
    answer = minex(
        "evaluate", "tagging", "--corpus", corpus(tmp_path, LINE, second), "--json", tmp_path / "n.json"
    )
    assert (answer.code, answer.err) == (0, "")
    assert "corpus.jsonl, development half: 1 documents" in answer.out
    (run,) = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))["runs"]
    assert run["parts"]["held"]["mentions"]["exact"]["MIRNA"]["right"] == 1


def test_options_before_tagging_are_refused(minex: Minex, gold: Path, tmp_path: Path) -> None:
    answer = minex("evaluate", "--corpus", corpus(tmp_path, LINE), "tagging")
    assert answer.code == 2
    assert "minex evaluate tagging ..." in answer.err


def test_floors_of_names_are_checked_where_the_data_are(minex: Minex, gold: Path, tmp_path: Path) -> None:
    corpus(tmp_path, LINE)
    write(
        gold / "floors.toml",
        *("[[corpora]]", 'path = "corpus.jsonl"', "tagging = true"),
        *("[corpora.floors.development]", '"mentions.exact.MIRNA.f1" = 1.0'),
    )
    answer = minex("evaluate", "--floors", "--data", tmp_path)
    assert (answer.code, answer.out.count("holds")) == (0, 1)
