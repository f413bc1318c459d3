"""docs/exports.md and docs/curation.md: sessions give what they show, code runs on what was exported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import FOLDER, blocks, fits, session


def _run(command: str, folder: Path) -> str:
    """Run a line as a shell would, with minex of this Python; its output and its errors are the answer."""
    minex = f"{sys.executable} -m minex"
    line = command.replace("minex ", f"{minex} ", 1) if command.startswith("minex ") else command
    line = line.replace("| minex ", f"| {minex} ")
    environment = {**os.environ, "MINEX_WHO": "tester"}
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", ["exports.md", "curation.md"])
def test_the_page_does_what_it_says(page: str, tmp_path: Path) -> None:
    for block in blocks(page):
        if block.language == "console":
            for command, output in session(block.text):
                printed = _run(command, tmp_path)
                assert fits(output, printed), f"line {block.line}: {command}\n{printed}"
        elif block.language == "python":
            done = subprocess.run(
                [sys.executable, "-c", block.text], cwd=tmp_path, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"line {block.line}\n{done.stderr}"
        elif block.language == "sql":
            assert "right" in _run(f'minex sql "{block.text.strip()}" --db demo.db', tmp_path)


def test_every_format_has_a_place_in_the_page() -> None:
    from minex.reports.export import FORMATS

    text = (FOLDER / "exports.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert text.count(f"`{name}`") + text.count(f"minex export {name}") >= 2, name
