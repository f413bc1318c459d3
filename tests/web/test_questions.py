"""The questions that are asked often: what they find, and that they take what is below a name."""

from __future__ import annotations

from typing import Any

import pytest

from minex.model import Status
from minex.web.questions import QUESTIONS
from tests.store.conftest import Shelf
from tests.web.conftest import fill


@pytest.fixture(autouse=True)
def papers(shelf: Shelf) -> None:
    fill(shelf)


def ask(shelf: Shelf, question: str, **parameters: str) -> list[dict[str, Any]]:
    cursor = shelf.store.connection.execute(QUESTIONS[question].sql, parameters)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def only(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


def test_targets_of_a_mirna_are_those_of_its_arms_with_what_speaks_against_them(shelf: Shelf) -> None:
    rows = ask(shelf, "targets_of_a_mirna", mirna="MIR-21")
    columns = ("mirna", "effect", "target", "evidence", "documents", "against", "direct", "predicates")
    assert sorted(only(rows, *columns)) == [
        ("miR-21-3p", "represses", "PTEN", 1, 0, 1, 0, "decreases"),
        ("miR-21-5p", "raises", "PTEN", 1, 1, 1, 0, "increases"),
        ("miR-21-5p", "represses", "PTEN", 1, 1, 1, 1, "targets"),
    ]
    assert ask(shelf, "targets_of_a_mirna", mirna="mirbase:MI0000077") == rows
    assert ask(shelf, "targets_of_a_mirna", mirna="") == []


def test_factors_of_a_cancer_are_up_down_or_act_in_it_and_its_subtypes(shelf: Shelf) -> None:
    rows = {row["factor"]: row for row in ask(shelf, "factors_of_a_cancer", cancer="lung cancer")}
    mirna = rows["miR-21-5p"]
    assert (mirna["up"], mirna["down"], mirna["acts_in"], mirna["evidence"]) == (1, 0, 2, 3)
    assert (rows["PTEN"]["down"], rows["PTEN"]["acts_in"]) == (1, 0)
    assert "hypoxia" not in rows
    assert {row["factor"] for row in ask(shelf, "factors_of_a_cancer", cancer="cancer")} == set(rows)


def test_a_paper_that_does_not_count_is_not_counted(shelf: Shelf) -> None:
    assert "EGLN1" not in {row["factor"] for row in ask(shelf, "factors_of_a_cancer", cancer="lung cancer")}
    shelf.store.set_status({"PMID:4": (Status.DELETED, "")}, shelf.run)
    (row,) = [
        row for row in ask(shelf, "factors_of_a_cancer", cancer="lung cancer") if row["factor"] == "miR-21-5p"
    ]
    assert (row["up"], row["acts_in"]) == (0, 1)
    assert ask(shelf, "seen_in_vesicles", vesicle="exosome") == []
    assert ask(shelf, "what_it_does", name="hypoxia") == []


def test_what_hypoxia_does_and_what_acts_on_a_process(shelf: Shelf) -> None:
    columns = ("subject", "predicate", "object")
    assert only(ask(shelf, "what_it_does", name="Hypoxia"), *columns) == [("hypoxia", "increases", "miR-21-5p")]
    said = only(ask(shelf, "what_acts_on_it", name="angiogenesis"), *columns)
    assert said == [("miR-21-5p", "promotes", "angiogenesis")]


def test_evidence_for_a_pair_has_each_sentence_the_newest_first(shelf: Shelf) -> None:
    rows = ask(shelf, "evidence_of_a_triple", subject="miR-21 family", object="PTEN")
    assert only(rows, "pmid", "year", "negated", "hedged") == [
        ("3", 2021, 0, 1),
        ("2", 2020, 1, 0),
        ("1", 2018, 0, 0),
    ]
    assert ask(shelf, "evidence_of_a_triple", subject="EGLN1", object="EGLN2") == []


@pytest.mark.parametrize("name", ["", "PTEN", "miR-21"])
def test_contradictions_have_both_counts(shelf: Shelf, name: str) -> None:
    columns = ("subject", "object", "raises", "lowers")
    assert only(ask(shelf, "contradictions", name=name), *columns) == [("miR-21-5p", "PTEN", 1, 1)]
    assert ask(shelf, "contradictions", name="hypoxia") == []


def test_vesicles_carry_and_were_there(shelf: Shelf) -> None:
    rows = ask(shelf, "seen_in_vesicles", vesicle="extracellular vesicle")
    assert only(rows, "factor", "carried", "seen") == [("miR-21-5p", 0, 1)]


def test_what_is_new_is_what_runs_of_these_days_found(shelf: Shelf) -> None:
    assert {row["run"] for row in ask(shelf, "new_this_month", days="31")} == {1}
    shelf.store.connection.execute("UPDATE run SET started = '2001-01-01T00:00:00+00:00'")
    assert ask(shelf, "new_this_month", days="31") == []
    assert len(ask(shelf, "new_this_month", days="100000")) == 8


def test_evidence_that_a_person_judged_wrong_is_not_counted(shelf: Shelf) -> None:
    sql = "SELECT id FROM evidence WHERE predicate = 'promotes'"
    assert shelf.store.judge([(shelf.one(sql), "wrong", "")], "ann") == []
    (row,) = [
        row for row in ask(shelf, "factors_of_a_cancer", cancer="lung cancer") if row["factor"] == "miR-21-5p"
    ]
    assert row["acts_in"] == 1
    assert ask(shelf, "what_acts_on_it", name="angiogenesis") == []
