"""The queries of docs/database.md are SQL that this schema understands, and find what the demo corpus has."""

from __future__ import annotations

import pytest

from minex.store import Rows, Store
from tests.docs.pages import FOLDER, Block, blocks

_QUERIES = [block for block in blocks("database.md") if block.language == "sql"]
_LINES = (FOLDER / "database.md").read_text(encoding="utf-8").splitlines()


def _title(block: Block) -> str:
    return next(line[4:] for line in reversed(_LINES[: block.line]) if line.startswith("### "))


def _answer(store: Store, title: str) -> list[Rows]:
    return [store.select(block.text) for block in _QUERIES if _title(block) == title]


@pytest.mark.parametrize("block", _QUERIES, ids=_title)
def test_a_query_finds_something_in_the_demonstration_corpus(block: Block, demo: Store) -> None:
    answer = demo.select(block.text)
    assert answer.rows
    assert len(set(answer.columns)) == len(answer.columns)


def test_there_are_at_least_six_queries() -> None:
    assert len({_title(block) for block in _QUERIES}) >= 6


def test_the_targets_of_a_mirna(demo: Store) -> None:
    [answer] = _answer(demo, "What does a miRNA target, and on what evidence?")
    assert {row[0] for row in answer.rows if row[1] == "represses"} >= {"IRF1", "PTEN", "PDCD4"}


def test_what_hypoxia_increases(demo: Store) -> None:
    [answer] = _answer(demo, "What does hypoxia increase?")
    assert {row[0] for row in answer.rows} >= {"miR-210", "miR-23a", "miR-494", "miR-940"}


def test_the_factors_of_a_cancer(demo: Store) -> None:
    [answer] = _answer(demo, "Which factors play a part in a cancer?")
    assert {row[0] for row in answer.rows} >= {"miR-10b", "HOTAIR", "miR-335"}


def test_the_table_of_a_review(demo: Store) -> None:
    [answer] = _answer(demo, "The table of a review")
    rows = {(row[0], row[1]): dict(zip(answer.columns, row, strict=True)) for row in answer.rows}
    row = rows["exosomal miR-23a", "lung cancer"]
    assert row["response_to_hypoxia"] == "increased"
    assert all(name in row["mechanism"] for name in ("EGLN1", "EGLN2", "TJP1"))


def test_contradictions_have_both_sides(demo: Store) -> None:
    [answer] = _answer(demo, "Where does the literature disagree?")
    assert all(row[4] > 0 and row[5] > 0 for row in answer.rows)


def test_the_sentences_behind_a_triple(demo: Store) -> None:
    [answer] = _answer(demo, "The sentences behind a triple")
    assert all("IRF1" in row[2] for row in answer.rows)


def test_asking_for_a_family_or_a_cancer_collects_what_is_below(demo: Store) -> None:
    family, cancer = _answer(demo, "A family with its members, a cancer with its subtypes")
    assert {"miR-29 family", "miR-29a"} <= {row[0] for row in family.rows}
    assert len({(row[0], row[1], row[2]) for row in family.rows}) == len(family.rows)
    assert {"lung cancer", "lung adenocarcinoma"} <= {row[1] for row in cancer.rows}
