"""From texts to the review's table, cell by cell: a paper's own table, and the demonstration corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.jobs.runner import run
from minex.pipeline import Pipeline
from minex.reports.table import Row, ask
from minex.reports.table_compare import Comparison, compare
from minex.reports.table_given import read
from minex.resources import find
from minex.store import Store

# A table as text from a PDF gives it: cell below cell, with blank lines between.
ROWS = (
    ("Factor", "Tumor type", "Response to hypoxia", "Function", "Mechanism", "Ref"),
    (
        "Exosomal miR-27a",
        "Gastric cancer",
        "Increased",
        "Promotes angiogenesis",
        "Downregulates its target BTG2",
        "[11]",
    ),
    ("Exosomal lipids", "Melanoma", "Decreased", "Promote invasion", "Not studied", "[12]"),
    (
        "Microvesicular miR-31",
        "Quuxoma",
        "Increased",
        "Suppresses migration",
        "Inhibition of RHOA and ITGA5",
        "[13]",
    ),
    ("VEGFA and miR-18a", "Glioma", "Increased", "Increase angiogenesis", "miR-18a directly targets CTGF", "[14]"),
    ("Exosomal IL-8", "Breast cancer", "Increased", "Regulate immune response", "Promotes EMT", "[15]"),
)
PAPER = "\n".join(
    [
        "Vesicles of tumors under low oxygen",
        "",
        "Introduction",
        "We collect here what is known of the cargo of vesicles that tumor cells release under hypoxia. ",
        "",
        "Table 1 What hypoxia does to the cargo of vesicles",
        *(f"{cell}\n" for row in ROWS for cell in row),
    ]
)
COLUMNS = ("response_to_hypoxia", "biological_function", "mechanism")
EXPECTED = {
    ("exosomal miR-27a", "stomach cancer"): ("increased", "promotes angiogenesis", "inhibits BTG2"),
    ("exosomal lipids", "melanoma"): ("decreased", "promotes invasion", ""),
    ("microvesicular miR-31", "Quuxoma"): ("increased", "suppresses cell migration", "inhibits ITGA5 and RHOA"),
    ("VEGFA", "glioma"): ("increased", "promotes angiogenesis", ""),
    ("miR-18a", "glioma"): ("increased", "promotes angiogenesis", "inhibits CCN2"),
    ("exosomal CXCL8", "breast cancer"): (
        "increased",
        "promotes epithelial to mesenchymal transition; regulates immune response",
        "",
    ),
}


@pytest.fixture(scope="module")
def rows(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Row]:
    folder = tmp_path_factory.mktemp("paper")
    (folder / "paper.txt").write_text(PAPER, encoding="utf-8")
    with Store.open(folder / "x.db") as store:
        assert run([folder / "paper.txt"], store, pipeline).exit_code == 0
        return {(row.factor, row.cancer): row for row in ask(store).rows}


def test_every_row_of_a_papers_table_is_a_row(rows: dict[tuple[str, str], Row]) -> None:
    assert set(rows) == set(EXPECTED)


@pytest.mark.parametrize("row", EXPECTED, ids=" in ".join)
@pytest.mark.parametrize("column", COLUMNS)
def test_each_cell_says_what_the_papers_does(
    rows: dict[tuple[str, str], Row], row: tuple[str, str], column: str
) -> None:
    assert getattr(rows[row], column) == EXPECTED[row][COLUMNS.index(column)]


@pytest.fixture(scope="module")
def demo(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The demonstration corpus held against the table that it should give."""
    corpus = find("corpus/demo")
    with Store.open(tmp_path_factory.mktemp("demo") / "demo.db") as store:
        assert run([corpus / "abstracts.jsonl"], store, pipeline).exit_code == 0
        return compare(store, read(Path(corpus / "table.csv")), rollup=False)


def test_every_row_of_the_demonstration_is_found(demo: Comparison) -> None:
    assert demo.rows == demo.count("found", column="row") == 17


@pytest.mark.parametrize(("column", "least"), [("response", 12), ("function", 23), ("mechanism", 24)])
def test_as_many_cells_of_the_demonstration_are_found_as_ever(demo: Comparison, column: str, least: int) -> None:
    """Like a floor of the figures: it may rise and not fall."""
    assert demo.count("found", column=column) >= least
