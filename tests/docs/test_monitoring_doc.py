"""docs/monitoring.md: sessions give what they show, SQL finds something, the JSON has the keys of a diff."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from minex.jobs import Ledger
from minex.reports.diff import compare
from minex.reports.diff_text import as_json
from minex.reports.wording import _REASONS
from minex.store import Store
from tests.docs.pages import FOLDER, Cli, blocks, fits, session
from tests.store.build import lookup, reading, said

PAGE = "monitoring.md"
_SQL = [block for block in blocks(PAGE) if block.language == "sql"]


def test_the_sessions_give_what_they_show(minex: Cli) -> None:
    for block in blocks(PAGE):
        if block.language == "console":
            for command, output in session(block.text):
                # In a session `#` is any number; where minex writes a heading, let it be one.
                printed = re.sub(r"(?m)^#+(?= )", lambda marks: "1" * len(marks[0]), minex(command))
                assert fits(output, printed), f"line {block.line}: {command}\n{printed}"


@pytest.mark.parametrize("block", _SQL, ids=lambda block: str(block.line))
def test_a_query_finds_something(block: Any, demo: Store) -> None:
    assert demo.select(block.text).rows


def test_every_reason_is_explained() -> None:
    text = (FOLDER / PAGE).read_text(encoding="utf-8")
    for reason, words in _REASONS.items():
        assert f"| {words} | `{reason}` |" in text


def keys(value: Any, path: str = "") -> set[str]:
    """Return the paths of all keys; `documents` and `versions` are free, and a list has what any item has."""
    if isinstance(value, dict) and not path.endswith((".versions", ".documents", ".versions_changed")):
        below = (keys(item, f"{path}.{key}") for key, item in value.items())
        return {f"{path}.{key}" for key in value}.union(*below)
    if isinstance(value, list):
        return set[str]().union(*(keys(item, f"{path}[]") for item in value))
    return set()


def test_the_json_has_the_keys_that_are_shown(tmp_path: Path) -> None:
    with Store.open(tmp_path / "x.db") as store:
        ledger = Ledger(store)
        lowers = [said("miR-21-5p", "targets", "PTEN")]
        raises = [said("miR-21-5p", "increases", "PTEN")]
        first = ledger.start({"rules": "1"}, "1")
        store.write([reading("PMID:1", lowers)], first, concept=lookup)
        second = ledger.start({"rules": "2"}, "2")
        store.write([reading(f"PMID:{n}", raises) for n in (2, 3)], second, concept=lookup)
        diffs = [json.loads(as_json(compare(store, *ends))) for ends in ((0, 1), (1, 2))]
    (block,) = [block for block in blocks(PAGE) if block.language == "json"]
    real = set.union(*(keys(diff) for diff in diffs))
    turned = {key for key in real if key.startswith((".turned[].causes", ".turned[].quotes"))}
    assert keys(json.loads(block.text)) == real - turned | {".turned[].causes", ".turned[].quotes"}
