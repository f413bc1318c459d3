"""The worked example of docs/exchange.md is what `minex annotate` gives, and its error codes are all there are."""

from __future__ import annotations

import inspect
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from minex.cli import main
from minex.errors import InputError
from minex.formats import jsonl, lines
from minex.formats.jsonl import parse_line
from tests.docs.pages import FOLDER, Cli, blocks, fits, session

_PAGE = "exchange.md"
_CODES = re.findall(
    r"^\| `([a-z0-9-]+)` \| [^|]+ \| (?:`(.*)` )?\|$", (FOLDER / _PAGE).read_text(encoding="utf-8"), re.MULTILINE
)


def _missing(shown: Any, given: Any, place: str = "") -> list[str]:
    """Return where what is shown is not in what was given; keys may be left out, items of a list may not."""
    if isinstance(shown, dict) and isinstance(given, dict):
        return [
            found
            for key, value in shown.items()
            for found in (_missing(value, given[key], f"{place}.{key}") if key in given else [f"{place}.{key}"])
        ]
    if isinstance(shown, list) and isinstance(given, list) and len(shown) == len(given):
        pairs = enumerate(zip(shown, given, strict=True))
        return [found for number, (one, other) in pairs for found in _missing(one, other, f"{place}[{number}]")]
    return [] if shown == given else [f"{place}: {given!r}, not {shown!r}"]


def test_the_example_is_what_annotate_gives(minex: Cli, tmp_path: Path) -> None:
    checked = 0
    for block in blocks(_PAGE):
        if "file" in block.keys:
            (tmp_path / block.keys["file"]).write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command, shown in session(block.text):
                assert fits(shown, minex(command)), command
        elif "of" in block.keys:
            lines = (tmp_path / "annotated.jsonl").read_text(encoding="utf-8").splitlines()
            given = json.loads(lines[int(block.keys["of"]) - 1])
            assert _missing(json.loads(block.text), given) == [], f"line {block.line}"
            checked += 1
    assert checked == 4


def test_every_error_code_is_documented() -> None:
    source = inspect.getsource(jsonl) + inspect.getsource(lines)
    raised = set(re.findall(r'InputError\(\s*"([a-z0-9-]+)"', source))
    # Where weight is looked at, the code is made of what is weighed.
    weighed = {f"{whole}-too-heavy" for whole in re.findall(r"(line|record)-too-heavy", source)}
    assert {code for code, _ in _CODES} == (raised | weighed) - {"unreadable"}


@pytest.mark.parametrize(("code", "line"), [(code, line) for code, line in _CODES if line])
def test_a_line_that_is_shown_for_a_code_gives_it(code: str, line: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_line(line)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("minex annotate documents.jsonl", 1),
        ("minex annotate missing.jsonl", 2),
        ("minex annotate documents.jsonl --type-map types.tsv", 2),
        ("minex annotate documents.jsonl --no-such-option", 2),
    ],
)
def test_the_exit_statuses(command: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "documents.jsonl").write_text('{"id": "PMID:3"}\n', encoding="utf-8")
    (tmp_path / "types.tsv").write_text("Tumour\tTUMOUR\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", command.split())
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == status
