"""`minex report` and `minex plot` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Minex


@pytest.fixture(autouse=True)
def here(tmp_path: Path, demo_db: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("demo.db").write_bytes(demo_db.read_bytes())
    return tmp_path


def test_a_report_is_written_and_told_in_one_line(minex: Minex) -> None:
    answer = minex("report", "--db", "demo.db")
    assert answer.code == 0, answer.err
    assert answer.out.endswith(" MB -> report.html\n")
    assert " triples, " in answer.out
    assert Path("report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_demonstration_is_small_enough_for_a_mail(minex: Minex) -> None:
    minex("report", "--db", "demo.db", "-o", "r.html")
    # Of which the library that draws the network is 0.44 MB.
    assert Path("r.html").stat().st_size < 0.9e6


def test_a_limit_is_kept(minex: Minex) -> None:
    answer = minex("report", "--db", "demo.db", "--limit", "3")
    assert answer.out.startswith("3 rows, ")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("report --db none.db", 1, "none.db: there is no such database"),
        ("report --db demo.db -o demo.db", 2, "demo.db: this is the database; write to another file"),
        ("report --db demo.db -o none/r.html", 2, "none/r.html: there is no such folder"),
        ("report --db demo.db --query x", 2, "this database follows no query 'x'; it was made from files"),
        ("report --db demo.db --since yesterday", 2, "'yesterday' names no run and is no date"),
        ("plot web --db demo.db -o a.svg", 2, "web is no figure; allowed: network, heatmap, timeline"),
        (
            "plot network --db demo.db -o a.gif",
            2,
            "a.gif: .gif is no format of a figure; end it in .svg, .png, .pdf",
        ),
        ("plot network --db demo.db", 2, "Missing option '-o'"),
        ("plot network --db demo.db -o a.svg --factor nosuch", 2, "nothing in this database is called 'nosuch'"),
        ("plot heatmap --db demo.db -o a.svg --unsigned", 2, "a heatmap has no relations"),
        ("plot timeline --db demo.db -o a.svg --top 3", 2, "a timeline has all years"),
        ("plot timeline --db demo.db -o a.svg", 1, "there is nothing to draw: nothing was said in a year"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_written(minex: Minex, line: str, code: int, says: str) -> None:
    before = Path("demo.db").read_bytes()
    answer = minex(*line.split())
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err
    assert [path.name for path in Path().iterdir() if not path.name.startswith("demo.db")] == []
    assert Path("demo.db").read_bytes() == before


@pytest.mark.parametrize("kind", ["network", "heatmap"])
def test_a_figure_is_written(minex: Minex, kind: str) -> None:
    answer = minex("plot", kind, "--db", "demo.db", "-o", "a.svg", "--factor", "miR-21", "--top", "5")
    assert (answer.code, answer.out) == (0, f"{kind} -> a.svg\n"), answer.err
    assert "<svg" in Path("a.svg").read_text(encoding="utf-8")
