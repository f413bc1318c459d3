"""docs/browsing.md: its sessions give what they show, its addresses answer, and it tells of every question."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from minex.store import Store
from minex.web.questions import QUESTIONS
from tests.docs.pages import FOLDER, Cli, blocks, fits, session
from tests.web.conftest import getter

PAGE = "browsing.md"
TEXT = (FOLDER / PAGE).read_text(encoding="utf-8")


def test_the_sessions_give_what_they_show(minex: Cli) -> None:
    ran = 0
    for block in blocks(PAGE):
        for command, output in session(block.text) if block.language == "console" else ():
            printed = minex(command)
            assert fits(output.strip(), printed.strip()), f"line {block.line}: {command}\n{printed}"
            ran += 1
    assert ran == 6


def test_every_question_stands_with_an_address_that_answers(demo: Store) -> None:
    get = getter(demo.path)
    addresses = re.findall(r"`(/demo/[^`]+)`", TEXT)
    assert len(addresses) == len(QUESTIONS) + 2
    for address in addresses:
        answer = get(address)
        assert answer.status_code == 200, address
        # Nobody contradicts anybody in the demonstration corpus.
        assert ("Nothing here answers that" in answer.text) <= ("contradictions" in address), address
    for name, question in QUESTIONS.items():
        assert f"| {question.title} |" in TEXT
        assert f"/demo/{name}?" in TEXT


def test_the_program_gets_the_answer(demo: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    get = getter(demo.path)

    def local(address: str, **more: Any) -> httpx.Response:
        return get(address.removeprefix("http://127.0.0.1:8001"), **more)

    monkeypatch.setattr(httpx, "get", local)
    (program,) = [block.text for block in blocks(PAGE) if block.language == "python"]
    exec(compile(program, PAGE, "exec"), {})  # noqa: S102 - our own page


def test_the_picture_is_small_enough_to_be_shown() -> None:
    assert Path(FOLDER, "images", "serve.png").stat().st_size < 200_000
