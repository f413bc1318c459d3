"""A row of the report has the cells of the view, each with the statements and sentences that it was made from."""

from __future__ import annotations

import pytest

from minex.reports.page.rows import CELLS, Row, table
from tests.reports.page.shelves import fill
from tests.store.build import reading, said
from tests.store.conftest import Shelf


@pytest.fixture
def row(shelf: Shelf) -> Row:
    fill(shelf)
    return table(shelf.store.connection, limit=10).rows[0]


def claims(row: Row, role: str) -> list[tuple[str, str, int]]:
    cell = row.cell(role)
    assert cell is not None
    return [(said.predicate, said.object, len(said.pieces)) for said in cell.statements]


def test_a_row_is_what_the_view_says(row: Row, shelf: Shelf) -> None:
    asked = "SELECT factor, cancer, response_to_hypoxia, mechanism, document_count FROM review_table"
    rows = shelf.ask(f"{asked} WHERE factor_name = 'miR-21'")
    assert [(row.factor, row.cancer, row.response, row.mechanism, row.documents)] == rows


def test_each_cell_has_the_sentences_of_its_role(row: Row) -> None:
    assert claims(row, "mechanism") == [("targets", "PTEN", 2), ("increases", "PTEN", 1)]
    assert claims(row, "response") == [("increases", "miR-21", 1)]
    assert claims(row, "level") == [("up_in", "lung cancer", 1)]


def test_a_denied_sentence_stands_with_its_cell_and_is_counted(row: Row) -> None:
    assert sorted(claims(row, "function")) == [("promotes", "angiogenesis", 1), ("promotes", "migration", 1)]
    function = row.cell("function")
    assert function is not None
    assert function.denied == 1
    assert "angiogenesis" not in row.function


def test_a_row_whose_literature_disagrees_says_so(row: Row) -> None:
    assert row.contradicted
    assert row.mechanism == "increases PTEN (1 against 2); inhibits PTEN (2 against 1)"


def test_years_and_references(row: Row) -> None:
    assert row.years == "2015\N{EN DASH}2018"
    assert row.references == ("11", "12", "13")


def test_every_role_of_the_view_has_a_title(shelf: Shelf) -> None:
    fill(shelf)
    assert {role for (role,) in shelf.ask("SELECT DISTINCT role FROM factor_in_cancer")} <= CELLS.keys()


def test_what_stands_in_no_row_is_listed_apart(shelf: Shelf) -> None:
    fill(shelf)
    (rest,) = table(shelf.store.connection, limit=10).rest
    assert (rest.subject, rest.predicate, rest.object) == ("exosome", "promotes", "migration")


def test_a_limit_keeps_the_rows_of_most_papers_and_counts_the_others(shelf: Shelf) -> None:
    fill(shelf)
    found = table(shelf.store.connection, limit=1)
    assert [row.factor for row in found.rows] == ["exosomal miR-21"]
    assert (found.left_out, found.rest_left_out) == (1, 1)


def test_of_many_sentences_the_newest_are_shown_and_the_others_counted(shelf: Shelf) -> None:
    cases = [said("miR-21", "targets", "PTEN", cancer="lung cancer")]
    shelf.write(*(reading(f"PMID:{n}", cases, date=str(2000 + n)) for n in range(1, 6)))
    (row,) = table(shelf.store.connection, limit=5, sentences=2).rows
    (cell,) = row.cells
    (statement,) = cell.statements
    assert [piece.year for piece in statement.pieces] == [2005, 2004]
    assert (statement.left_out, statement.documents, cell.sentences) == (3, 5, 5)


def test_each_quoted_paper_is_listed_once(shelf: Shelf) -> None:
    fill(shelf)
    assert [paper.pmid for paper in table(shelf.store.connection, limit=10).papers] == ["13", "12", "11"]
