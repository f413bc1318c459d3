"""Real articles, where a folder of them is at hand: `MINEX_DATA`, else `shared/data` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from minex.formats import read
from minex.model import Document, PassageKind

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("MINEX_DATA") or ROOT.parent / "shared" / "data")
FILES = sorted(DATA.glob("text/jats/*.nxml"))
APART = {"ref-list", "ack", "fn-group", "table-wrap", "author-notes", "funding-group", "permissions"}
BROKEN = {"table-wrap", "fig", "list", "fn"}

pytestmark = pytest.mark.skipif(not FILES, reason="no real articles are on this machine")


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_paragraph_and_no_cell_of_a_real_article_is_lost(path):
    (document,) = read(path)
    assert isinstance(document, Document)
    assert document.pmid
    assert document.pmcid
    assert document.doi
    assert document.title
    assert len(document.date) == len("2000-01-01")
    tree = etree.parse(path)
    found = letters(document.text)
    lost, count = [], 0
    for paragraph in tree.iter("p"):
        above = {str(each.tag) for each in paragraph.iterancestors()}
        if above & APART or any(str(each.tag) in BROKEN for each in paragraph.iter()):
            continue
        count += 1
        text = "".join(str(part) for part in paragraph.itertext())
        if letters(text) not in found:
            lost.append(text)
    # Contributions, interests, thanks and history are left out, a paragraph each.
    assert len(lost) <= 4
    assert count > 10
    cells = [cell for passage in document.passages for cell in passage.cells]
    tables = [each for each in document.passages if each.kind is PassageKind.TABLE]
    said = letters(" ".join(each.text for each in tables)) + letters(" ".join(cell.header for cell in cells))
    for cell in tree.iter("td", "th"):
        own = "".join(str(part) for part in cell.xpath(".//text()[not(ancestor::sup or ancestor::xref)]"))
        assert letters(own) in said
