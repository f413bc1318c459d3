"""docs/exports.md and docs/curation.md: sessions give what they show, code runs on what was exported."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from minex.reports.export import FORMATS
from tests.docs.pages import FOLDER, Cli, blocks, fits, session


@pytest.mark.parametrize("page", ["exports.md", "curation.md"])
def test_the_page_does_what_it_says(page: str, minex: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINEX_WHO", "tester")
    for block in blocks(page):
        if block.language == "console":
            for command, output in session(block.text):
                printing, _, own = command.rpartition(" | ")
                typed = subprocess.run(["bash", "-c", printing], capture_output=True, check=True).stdout
                monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
                printed = minex(own)
                assert fits(output, printed), f"line {block.line}: {command}\n{printed}"
        elif block.language == "python":
            exec(compile(block.text, f"{page}, line {block.line}", "exec"), {})  # noqa: S102
        elif block.language == "sql":
            assert "right" in minex(f'minex sql "{block.text.strip()}" --db demo.db')


def test_every_format_has_a_place_in_the_page() -> None:
    text = (FOLDER / "exports.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert f"minex export {name}" in text, name
        assert f"`{name}`" in text, name
