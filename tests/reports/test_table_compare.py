"""A table of one's own held against the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.reports.table_compare import Comparison, compare
from minex.reports.table_given import read
from tests.store.build import reading, said
from tests.store.conftest import Shelf

LUNG = "lung cancer"


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    shelf.write(
        reading(
            "PMID:1",
            [
                said("hypoxia", "increases", "miR-21-5p", cancer=LUNG),
                said("miR-21-5p", "targets", "PTEN", cancer=LUNG),
                said("miR-21-5p", "promotes", "angiogenesis", cancer=LUNG),
                said("miR-21-5p", "inhibits", "TJP1", cancer=LUNG, negated=True),
                said("EGLN1", "suppresses", "angiogenesis", cancer="cancer"),
            ],
        ),
        reading("PMID:2", [said("EGLN2", "inhibits", "PTEN", cancer="lung non-small cell carcinoma")]),
    )
    return shelf


def held(shelf: Shelf, tmp_path: Path, *rows: str, rollup: bool = True) -> Comparison:
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(("factor,cancer,response,function,mechanism", *rows)) + "\n", encoding="utf-8")
    return compare(shelf.store, read(path), rollup=rollup)


def verdicts(found: Comparison) -> list[tuple[str, str, str]]:
    return [(each.column, each.thing, each.verdict) for each in found.verdicts]


def test_what_both_say_is_found(shelf: Shelf, tmp_path: Path) -> None:
    found = held(shelf, tmp_path, "miR-21-5p,lung cancer,up,promotes angiogenesis,targets PTEN")
    assert {verdict for _, _, verdict in verdicts(found)} == {"found"}
    assert found.count("found") == 4


@pytest.mark.parametrize("name", ["MIR-21-5P", "exosomal miR-21-5p", "miR-21"])
def test_names_are_understood_leniently(shelf: Shelf, tmp_path: Path, name: str) -> None:
    assert held(shelf, tmp_path, f"{name},Lung Cancer,up,,").count("found") == 2


def test_the_opposite_and_what_is_denied_contradict(shelf: Shelf, tmp_path: Path) -> None:
    row = 'miR-21-5p,lung cancer,down,suppresses angiogenesis,"inhibits TJP1; increases PTEN"'
    found = held(shelf, tmp_path, row)
    told = {thing: each.verdict for each in found.verdicts if (thing := each.thing)}
    assert told == {
        "miR-21-5p": "found",
        "hypoxia": "contradicted",
        "angiogenesis": "contradicted",
        "TJP1": "contradicted",
        "PTEN": "contradicted",
    }
    assert "miR-21-5p inhibits TJP1 is denied (PMID:1)" in [each.note for each in found.verdicts]


def test_what_the_database_does_not_say_is_missing_and_why(shelf: Shelf, tmp_path: Path) -> None:
    found = held(
        shelf, tmp_path, "miR-21-5p,lung cancer,,,targets EGLN2", "EGLN1,lung cancer,,,", "TP53,lung cancer,,,"
    )
    missing = [(each.thing, each.note) for each in found.verdicts if each.verdict == "missing"]
    assert [thing for thing, _ in missing] == ["EGLN2", "EGLN1", "TP53"]
    assert missing[0][1] == "no evidence in this row says it"
    assert missing[1][1].startswith("PMID:1 names both, and no rule read it: minex why PMID:1 --pair")
    assert "nothing in this database speaks of TP53" in missing[2][1]


def test_a_row_that_no_document_names_is_told_so(shelf: Shelf, tmp_path: Path) -> None:
    found = held(shelf, tmp_path, "EGLN1,lung non-small cell carcinoma,,,")
    assert found.verdicts[0].note.startswith("no document here names both")


def test_rows_that_only_the_database_has_are_new(shelf: Shelf, tmp_path: Path) -> None:
    found = held(shelf, tmp_path, "miR-21-5p,lung cancer,,,")
    assert {row.factor_name for row in found.new} == {"EGLN1", "EGLN2"}


def test_a_subtype_counts_for_its_cancer_unless_it_is_to_be_exact(shelf: Shelf, tmp_path: Path) -> None:
    assert held(shelf, tmp_path, "EGLN2,lung cancer,,,").count("found") == 1
    assert held(shelf, tmp_path, "EGLN2,lung cancer,,,", rollup=False).count("missing") == 1


def test_two_factors_in_one_row_are_two(shelf: Shelf, tmp_path: Path) -> None:
    found = held(shelf, tmp_path, "miR-21-5p and EGLN1,cancer,,angiogenesis,")
    assert {row.factor_name for row in found.new} == {"EGLN2"}
    assert found.count("missing") == 0
