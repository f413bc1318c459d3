from __future__ import annotations

from minex.store.documentation import TABLES, VIEWS
from minex.store.reference import markdown
from tests.store.conftest import Shelf

_SHADOW = ("evidence_fts_config", "evidence_fts_data", "evidence_fts_docsize", "evidence_fts_idx")


def _columns(shelf: Shelf, kind: str) -> dict[str, list[str]]:
    names = shelf.ask("SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'", kind)
    return {
        name: [column for (column,) in shelf.ask("SELECT name FROM pragma_table_info(?)", name)]
        for (name,) in names
        if name not in _SHADOW
    }


def test_every_table_and_column_is_documented_and_nothing_else_is(shelf: Shelf) -> None:
    documented = {name: list(what.columns) for name, what in TABLES.items()}
    assert documented == _columns(shelf, "table")


def test_every_view_and_column_is_documented_and_nothing_else_is(shelf: Shelf) -> None:
    documented = {name: list(what.columns) for name, what in VIEWS.items()}
    assert documented == _columns(shelf, "view")


def test_descriptions_are_sentences() -> None:
    for name, what in (*TABLES.items(), *VIEWS.items()):
        assert what.text[0].isupper(), name
        for column, text in what.columns.items():
            assert text.endswith("."), f"{name}.{column}: {text}"


def test_the_markdown_names_every_view_and_column() -> None:
    text = markdown()
    for name, what in (*TABLES.items(), *VIEWS.items()):
        assert f"### `{name}`" in text
        assert all(f"| `{column}` |" in text for column in what.columns)
