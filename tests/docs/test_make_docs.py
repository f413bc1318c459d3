"""What is generated is fresh, and every command is in the reference with its options and an example."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from tests.docs.pages import FOLDER

PAGES = ["cli.md", "clusters.md", "database.md", "exchange.md", "exports.md", "patterns.md", "queries.md"]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_generated_is_stale(page: str, make_docs: ModuleType) -> None:
    assert make_docs.stale(FOLDER / page) == ""


def test_those_are_all_pages_with_a_generated_part(make_docs: ModuleType) -> None:
    assert [path.name for path in make_docs.pages()] == PAGES


def test_a_change_is_noticed(make_docs: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(make_docs.PARTS, "groups", lambda: "- `NEW`: `GENE`\n")
    assert "+- `NEW`: `GENE`" in make_docs.stale(FOLDER / "patterns.md")


def test_every_command_is_in_the_reference_with_all_its_options(make_docs: ModuleType) -> None:
    """This one holds whichever version of typer laid the help out."""
    text = (FOLDER / "cli.md").read_text(encoding="utf-8")
    for words in make_docs.commands():
        heading = f"## `minex {' '.join(words)}`\n"
        assert heading in text
        section = text.partition(heading)[2].partition("\n## ")[0]
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", make_docs.help_of(words)))
        assert {option for option in options if option not in section} == set(), words


def test_every_help_has_an_example_that_begins_with_the_command(make_docs: ModuleType) -> None:
    groups = {words[:1] for words in make_docs.commands() if len(words) > 1}
    for words in make_docs.commands():
        if words not in groups:
            example = make_docs.help_of(words).partition("Example:")[2]
            assert f"minex {' '.join(words)}" in example, words
