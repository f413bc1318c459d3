"""docs/mirror.md: its commands, over two files made for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minex.mirror.compile import KNOWN
from tests.docs.pages import FOLDER, Cli, blocks, fits, session
from tests.mirror.maker import Heading, Paper, file_of

CANCER = (Heading("D008175", "Lung Neoplasms"),)
FIRST = [
    Paper(101, "Exosomes of lung cancer in hypoxia.", "Hypoxia increased miR-210 in exosomes.", headings=CANCER),
    Paper(102, "Exosomes: a review.", types=(("D016454", "Review"),)),
    Paper(104, "To be revised.", headings=CANCER),
    Paper(105, "To be deleted."),
]
SECOND = [
    Paper(103, "Hypoxic cancer cells and exosomal miR-21.", "miR-21 in exosomes inhibited PTEN."),
    Paper(104, "Revised.", headings=CANCER),
]


def test_the_sessions_give_what_they_show(minex: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINEX_QUERIES", str(tmp_path / "queries"))
    monkeypatch.delenv("MINEX_EMAIL", raising=False)
    monkeypatch.setenv("MINEX_LEXICON", os.devnull)
    (tmp_path / "pubmed").mkdir()
    file_of(tmp_path / "pubmed", 1, FIRST)
    file_of(tmp_path / "pubmed", 2, SECOND, deleted=[105])
    for block in blocks("mirror.md"):
        for command, output in session(block.text) if block.language == "console" else ():
            printed = minex(command)
            # Errors come behind the output here, on a terminal before or after it.
            shown = sorted(output.splitlines())
            assert fits("\n".join(shown) + "\n", "\n".join(sorted(printed.splitlines())) + "\n"), printed


def test_every_field_of_the_mirror_is_named() -> None:
    text = (FOLDER / "mirror.md").read_text(encoding="utf-8")
    assert [tag for tag in sorted(KNOWN) if f"`[{tag}]`" not in text] == []
