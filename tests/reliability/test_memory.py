"""What is read takes no more than 20 times its bytes in memory, or 100 MB if that is more; what would is refused.

The measuring, of each shape in a process of its own, is marked slow:

    python -m pytest -m slow -s tests/reliability/test_memory.py
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from minex.formats import read
from minex.formats.weight import MOST_BYTES, MOST_TIMES
from minex.model import Document, Failure
from tests.reliability import seeds

M, J = seeds.MEDLINE, seeds.JATS


def line(values: str) -> str:
    return '{"id": "a", "text": "b", "more": [' + values.rstrip(",") + "]}\n"


def citation(markup: str) -> str:
    return M.replace("<i>CDH1</i>", markup)


def article(markup: str) -> str:
    return J.replace("<body>", f"<body><sec>{markup}</sec>", 1)


SHAPES: dict[str, Callable[[int], str]] = {
    "empty objects": lambda n: line("{}," * n),
    "empty lists": lambda n: line("[]," * n),
    "objects of one key": lambda n: line('{"":0},' * n),
    "keys": lambda n: line("{" + ",".join(f'"{number:x}":0' for number in range(n)) + "}"),
    "passages": lambda n: '{"id": "a", "passages": [' + '{"text":"a"},' * n + '{"text":"a"}]}\n',
    "empty tags": lambda n: citation("<a/>" * n),
    "tags of a letter": lambda n: citation("<i>a</i>" * n),
    "attributes": lambda n: citation('<a b="" c="" d="" e=""/>' * (n // 2)),
    "deleted citations": lambda n: M.replace("<DeleteCitation>", "<DeleteCitation>" + "<PMID>1</PMID>" * n),
    "cells of a letter": lambda n: article(
        "<table>" + ("<tr>" + "<td>a</td>" * 100 + "</tr>") * (n // 100) + "</table>"
    ),
    "empty paragraphs": lambda n: article("<p/>" * n),
    "paragraphs of a letter": lambda n: article("<p>a</p>" * n),
}
"""What took 24 to 54 times its bytes."""

FEW = 20_000


def many(shape: str) -> str:
    """Return a shape beyond the bound: empty objects and lists are the lightest."""
    if SHAPES[shape](1).startswith("{"):
        return SHAPES[shape](1_200_000 if shape.startswith("empty") else 460_000)
    return SHAPES[shape](230_000)


def written(text: str, folder: Path) -> Path:
    path = folder / "in"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_what_would_take_many_times_its_size_is_refused_with_a_cure(shape: str, tmp_path: Path) -> None:
    found = read(written(many(shape), tmp_path))
    failure = next(item for item in found if isinstance(item, Failure) and item.code.endswith("-too-heavy"))
    assert "20 times its size; split it into several documents" in failure.message


@pytest.mark.parametrize("shape", SHAPES)
def test_what_has_as_much_in_small_is_read(shape: str, tmp_path: Path) -> None:
    found = list(read(written(SHAPES[shape](FEW), tmp_path)))
    assert not any(isinstance(item, Failure) and item.code.endswith("-too-heavy") for item in found)


def test_a_heavy_record_costs_no_other(tmp_path: Path) -> None:
    text = many("empty objects") + seeds.JSONL
    found = list(read(written(text, tmp_path)))
    assert isinstance(found[0], Failure)
    assert any(isinstance(item, Document) for item in found)


def test_long_prose_is_not_heavy(tmp_path: Path) -> None:
    prose = "The level of miR-21 (P = 0.05, n = 12; ratio: 2.5 [4]) rose in cells: in all of them. " * 40_000
    (found,) = read(written('{"id": "a", "text": "' + prose + '"}\n', tmp_path))
    assert isinstance(found, Document)
    assert not any(isinstance(item, Failure) for item in read(written(article(f"<p>{prose}</p>"), tmp_path)))


_MEASURE = """
import sys
from minex.formats import read
def most():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]) * 1024
for path in sys.argv[1:]:
    open("/proc/self/clear_refs", "w").write("5")
    before = most()
    for item in read(path):
        pass
print(most() - before)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_memory_of_a_process_stays_within_the_bound(shape: str, times: int, tmp_path: Path) -> None:
    (tmp_path / "warm").mkdir()
    warm = written(SHAPES[shape](10), tmp_path / "warm")
    path = written(SHAPES[shape](160_000 * times), tmp_path)
    call = [sys.executable, "-c", _MEASURE, str(warm), str(path)]
    taken = int(subprocess.run(call, capture_output=True, check=True, text=True).stdout)
    size = path.stat().st_size
    print(f"\n{shape}, {size / 1e6:.1f} MB: {taken / 1e6:.0f} MB, {taken / size:.0f} times")  # noqa: T201
    assert taken < max(MOST_TIMES * size, MOST_BYTES)
