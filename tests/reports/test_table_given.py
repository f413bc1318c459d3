"""Tables that people keep: which columns are which, and what their cells say."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from minex.errors import InputError
from minex.reports.table_given import Fact, read


def table(tmp_path: Path, text: str, name: str = "mine.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def facts(tmp_path: Path, mechanism: str) -> list[tuple[str, int]]:
    (given,) = read(table(tmp_path, f'factor;cancer;mechanism\nmiR-21;glioma;"{mechanism}"\n'))
    return [(fact.thing, fact.sign) for fact in given.facts]


@pytest.mark.parametrize(
    "heads",
    [
        "factor,cancer,response,function,mechanism",
        "miRNA,Cancer type,Response to hypoxia,Biological function,Target genes",
        "Gene,DISEASE,Expression,Effect,Targets",
        "Factors,Types of cancer,Hypoxia response,Functions,Mechanisms",
        "factor;cancer;response;function;mechanism",
        "factor\tcancer\tresponse\tfunction\tmechanism",
    ],
)
def test_columns_are_known_by_their_headings(tmp_path: Path, heads: str) -> None:
    mark = next(sign for sign in ";\t," if sign in heads)
    row = mark.join(("miR-21", "glioma", "up", "promotes invasion", "PTEN"))
    (given,) = read(table(tmp_path, f"{heads}\n{row}\n"))
    assert (given.line, given.factor, given.cancer) == (2, "miR-21", "glioma")
    assert given.facts == (
        Fact("response", "hypoxia", 1),
        Fact("function", "invasion", 1),
        Fact("mechanism", "PTEN", 0),
    )


def test_columns_may_stand_in_any_order_among_others_and_below_a_title(tmp_path: Path) -> None:
    (given,) = read(table(tmp_path, "My table,,\nyear,cancer,miRNA\n2019,glioma,miR-21\n"))
    assert (given.line, given.factor, given.cancer) == (3, "miR-21", "glioma")


def test_a_workbook_is_read_like_a_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["factor", "cancer", "response"])
    sheet.append(["exosomal miR-21", "glioma", "decreased"])
    sheet.append([None, None, None])
    book.save(tmp_path / "mine.xlsx")
    (given,) = read(tmp_path / "mine.xlsx")
    assert (given.factor, given.facts) == ("miR-21", (Fact("response", "hypoxia", -1),))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("inhibits EGLN1, EGLN2 and TJP1", [("EGLN1", -1), ("EGLN2", -1), ("TJP1", -1)]),
        ("decreases PTEN; activates AKT and NOS3", [("PTEN", -1), ("AKT", 1), ("NOS3", 1)]),
        ("Upregulates its target MMP2", [("MMP2", 1)]),
        ("Inhibits the expression of EFNA3", [("EFNA3", -1)]),
        ("increases PTEN (2 against 1); regulates TJP1", [("PTEN", 1), ("TJP1", 0)]),
        ("PTEN", [("PTEN", 0)]),
        ("Not mentioned", []),
        ("-", []),
    ],
)
def test_a_cell_says_several_things_each_with_its_direction(
    tmp_path: Path, cell: str, said: list[tuple[str, int]]
) -> None:
    assert facts(tmp_path, cell) == said


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("a,b\n1,2\n", "mine.csv", "no line has headings of a factor and a cancer; the first has 'a', 'b'"),
        ("", "mine.csv", "the first has nothing"),
        ("x", "mine.xlsx", "it is no Excel workbook"),
        ("a\x00b", "mine.csv", "this is no text"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, text: str, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(table(tmp_path, text, name))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no.csv: it cannot be read: No such file"):
        read(tmp_path / "no.csv")
