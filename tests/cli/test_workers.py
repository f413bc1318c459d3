"""What is seen of a run that goes on, and of its limits. That the command reads with workers, test_kill holds."""

from __future__ import annotations

import gzip
import io
import json
import re
from pathlib import Path

from rich.console import Console

from minex.cli.options import MEMORY_LIMIT, TEXT_LIMIT
from minex.cli.progress import shown
from minex.formats import read
from minex.jobs import RunReport, run
from minex.jobs.workers import limits
from minex.store import Store
from tests.cli.conftest import Minex
from tests.jobs.little import LittlePipeline


def test_no_workers_at_all_are_refused(minex: Minex, good: Path, tmp_path: Path) -> None:
    answer = minex("run", good, "--db", tmp_path / "x.db", "--workers", "0")
    assert answer.code == 2
    assert "--workers" in answer.err


def test_the_limits_that_are_shown_are_those_that_hold() -> None:
    assert (TEXT_LIMIT, MEMORY_LIMIT) == (limits.TEXT_SECONDS, limits.MEMORY_MB)


def watched(file: Path, tmp_path: Path, *, terminal: bool) -> tuple[str, list[tuple[int, int]]]:
    """Run with a bar; return what it showed, and what the reports said of bytes read and of all."""
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120, color_system=None)
    seen = []
    with Store.open(tmp_path / "x.db") as store, shown(console) as show:

        def note(report: RunReport) -> None:
            seen.append((report.bytes_read, report.bytes_total))
            show(report)

        run([file], store, LittlePipeline(seconds=0.002), progress=note, batch_seconds=0.05)
    return console.file.getvalue(), seen  # type: ignore[attr-defined]


def test_a_bar_shows_the_share_of_the_bytes_the_rate_and_the_time_left(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl.gz"
    lines = (json.dumps({"id": f"PMID:{n}", "text": f"miR-{n} targets G{n}."}) for n in range(1, 200))
    file.write_bytes(gzip.compress("\n".join(lines).encode()))
    text, seen = watched(file, tmp_path, terminal=True)
    assert re.search(r"100% 199 documents \([0-9,]+/s\), 199 pieces of evidence .* left", text)
    assert seen[-1] == (file.stat().st_size, file.stat().st_size)


def test_nothing_is_shown_where_nobody_looks_on(good: Path, tmp_path: Path) -> None:
    assert watched(good, tmp_path, terminal=False)[0] == ""


def test_bytes_are_counted_as_they_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "long.jsonl"
    line = json.dumps({"id": "PMID:1", "text": "x" * 1000}) + "\n"
    file.write_text(line * 2000, encoding="utf-8")
    taken: list[int] = []
    items = read(file, taken=taken.append)
    next(items)
    assert 0 < sum(taken) < file.stat().st_size
    assert len(list(items)) == 1999
    assert sum(taken) == file.stat().st_size
