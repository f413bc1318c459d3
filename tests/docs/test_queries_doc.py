"""What docs/queries.md shows is what minex prints, and the file that it teaches is a query."""

from __future__ import annotations

from pathlib import Path

import pytest

from minex.pubmed import queries
from tests.docs.pages import FOLDER, Cli, blocks, fits, session

_PAGE = "queries.md"


def test_the_page_does_what_it_says(minex: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINEX_QUERIES", str(tmp_path / "own"))
    (tmp_path / "wrong.toml").write_text("title = 'Wrong'\nfrist_day = '2015'\nterm = 'a'\n", encoding="utf-8")
    ran = 0
    for block in blocks(_PAGE):
        if block.language == "toml":
            query = queries.parse(block.text, Path("topic.toml"))
            assert query.problems == ()
        for command, shown in session(block.text) if block.language == "console" else ():
            if command.startswith("minex query "):
                printed = minex(command)
                assert fits(shown.strip(), printed.strip()), f"line {block.line}: {command}\n{printed}"
                ran += 1
    assert ran == 6


def test_every_key_is_explained() -> None:
    text = (FOLDER / _PAGE).read_text(encoding="utf-8")
    assert {key for key in queries.KEYS if f"`{key}`" not in text} == set()
    assert {word for word in (*queries.SOURCES, *queries.DATE_TYPES) if f'"{word}"' not in text} == set()
