"""docs/table.md: its sessions give what they show, its Python runs, its figures are those of the files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from minex.store import Store
from tests.docs.pages import Cli, blocks, fits, session

PAGE = "table.md"


@pytest.fixture
def folder(demo: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the demonstration database and the files of the page."""
    with Store.open(demo.path, create=False, readonly=True) as store:
        store.select("SELECT 1")
    shutil.copy(demo.path, tmp_path / "demo.db")
    wal = demo.path.with_name(demo.path.name + "-wal")
    if wal.exists():
        shutil.copy(wal, tmp_path / "demo.db-wal")
    for block in blocks(PAGE):
        if "file" in block.keys:
            (tmp_path / block.keys["file"]).write_text(block.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_sessions_give_what_they_show(minex: Cli, folder: Path) -> None:
    shown = 0
    for block in blocks(PAGE):
        if block.language == "console":
            for command, output in session(block.text):
                printed = minex(command)
                assert fits(output.rstrip("\n") + "\n", printed), f"line {block.line}: {command}\n{printed}"
                shown += 1
    assert shown == 6


def test_the_python_runs(folder: Path) -> None:
    (block,) = [block for block in blocks(PAGE) if block.language == "python"]
    names: dict[str, object] = {}
    exec(block.text, names)  # noqa: S102 - the page's own example
    assert len(names["found"]) > 0  # type: ignore[arg-type]
