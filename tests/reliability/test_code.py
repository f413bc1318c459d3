"""What the program's own text promises: no shell, no foreign code, no entity, no path and no SQL made of input."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "minex"
FILES = sorted(ROOT.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield where functions of these names are called, and the calls."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in names or name.rpartition(".")[2] in names:
                    yield f"{path.relative_to(ROOT)}:{node.lineno} {name}", node


@pytest.mark.parametrize("module", ["pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "code"])
def test_nothing_is_unpickled(module: str) -> None:
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(each.name.split(".")[0] == module for each in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == module)
    ]
    assert named == []


def test_no_text_is_run_as_a_program() -> None:
    assert [where for where, call in calls("eval", "exec") if isinstance(call.func, ast.Name)] == []
    assert [where for where, _ in calls("os.system", "os.popen", "unsafe_load", "full_load")] == []


def test_no_shell_is_started() -> None:
    with_shell = [
        where
        for where, call in calls("run", "Popen", "call", "check_call", "check_output")
        if any(each.arg == "shell" for each in call.keywords)
    ]
    assert with_shell == []


def test_every_xml_parser_expands_no_entity_and_asks_no_network() -> None:
    parsers = list(calls("XMLParser"))
    assert parsers
    for where, call in parsers:
        given = {each.arg: ast.unparse(each.value) for each in call.keywords}
        assert (given.get("resolve_entities"), given.get("no_network")) == ("False", "True"), where
        assert given.get("load_dtd", "False") == "False", where
    for where, call in calls("etree.fromstring", "etree.parse", "etree.XML", "etree.iterparse"):
        assert len(call.args) > 1 or any(each.arg == "parser" for each in call.keywords), where


def test_every_page_is_escaped() -> None:
    environments = list(calls("Environment"))
    assert environments
    for where, call in environments:
        given = {each.arg: ast.unparse(each.value) for each in call.keywords}
        assert given.get("autoescape") == "True", where


def test_sql_that_is_put_together_says_in_place_of_what() -> None:
    """Ruff finds SQL made by formatting (S608); each exception stands on its line, none in the settings."""
    settings = (ROOT.parent / "pyproject.toml").read_text(encoding="utf-8")
    product = settings.partition("[tool.ruff.lint]")[2].partition("[tool.ruff.lint.per-file-ignores]")[0]
    assert '"S"' in product
    assert "S608" not in product
    assert "minex/" not in settings.partition("per-file-ignores]")[2].partition("[tool.")[0]
