"""Files that somebody wrote to break a reader: each names the trouble that it once made, or could make."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from minex.cli.display import printable
from minex.errors import MinexError
from minex.formats import Limits, read
from minex.model import Document, Failure
from tests.reliability import seeds
from tests.reliability.targets import repacked, targets, workbook

TARGETS = targets()
M, J = seeds.MEDLINE, seeds.JATS
DIGITS = "9" * 5000


def of(name: str, data: str | bytes, folder: Path) -> str:
    """Give a file to a reader; return the code of its error, or empty."""
    return TARGETS[name](data.encode("utf-8") if isinstance(data, str) else data, folder)


def seconds(name: str, data: str | bytes, folder: Path) -> float:
    clock = time.process_time()
    of(name, data, folder)
    return time.process_time() - clock


def items(data: str | bytes, folder: Path) -> list[Document | Failure]:
    path = folder / "in"
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return list(read(path))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("medline", M.replace("<Month>Apr</Month>", f"<Month>{DIGITS}</Month>")),
        (
            "medline",
            M.replace("<MedlineDate>2019 Spring", f"<Year>2019</Year><Month>{DIGITS}</Month><MedlineDate>"),
        ),
        ("medline", M.replace('Version="1"', f'Version="{DIGITS}"')),
        ("jats", J.replace("<month>4</month>", f"<month>{DIGITS}</month>")),
        ("jats", J.replace('colspan="2"', f'colspan="{DIGITS}"')),
        ("answers", seeds.SEARCH.replace("<Count>2<", f"<Count>{DIGITS}<")),
    ],
)
def test_a_number_of_thousands_of_digits_crashes_nothing(name: str, data: str, tmp_path: Path) -> None:
    assert of(name, data, tmp_path) == ""


def test_a_type_map_of_digits_or_brackets_without_end_is_refused(tmp_path: Path) -> None:
    assert of("type map", f'{{"a": {DIGITS}}}', tmp_path) == "type-map"
    assert of("type map", '{"a": ' + "[" * 100_000, tmp_path) == "type-map"


@pytest.mark.parametrize("sign", ["- ", "[", "{", "? "])
def test_a_lexicon_nested_without_end_is_refused(sign: str, tmp_path: Path) -> None:
    assert of("lexicon", "names:\n" + sign * 10_000, tmp_path) == "lexicon-user"


def test_a_lexicon_of_aliases_is_refused_before_it_grows(tmp_path: Path) -> None:
    names = ", ".join(f"q{n}" for n in range(1000))
    bomb = f"names:\n  - &a {{id: 'minex:a', type: GENE, name: x, synonyms: [{names}]}}\n" + "  - *a\n" * 10_000
    assert of("lexicon", bomb, tmp_path) == "lexicon-user"


def test_a_yaml_bomb_of_rules_is_refused(tmp_path: Path) -> None:
    laughs = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 9))
    assert of("frames", f"frames:\n  l0: &l0 [ha]\n{laughs}", tmp_path) == "pattern"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("medline", M.replace("<i>CDH1</i>", "<i>" * 10_000 + "x" + "</i>" * 10_000)),
        ("jats", J.replace("<body>", "<body>" + "<sec>" * 10_000 + "<p>a</p>" + "</sec>" * 10_000)),
        (
            "jats",
            J.replace("<p>We saw", "<p>" + "<italic>" * 10_000 + "a" + "</italic>" * 10_000 + "</p><p>We saw"),
        ),
        ("jsonl", '{"id": "a", "text": ' + "[" * 10_000 + "]" * 10_000 + "}\n" + seeds.JSONL),
    ],
)
def test_markup_10_000_deep_costs_one_record_and_says_so(name: str, data: str, tmp_path: Path) -> None:
    found = items(data, tmp_path)
    assert any(isinstance(item, Failure) and item.code in ("xml-invalid", "json-depth") for item in found)


def test_the_deepest_markup_that_is_read_at_all_is_read(tmp_path: Path) -> None:
    for depth in (100, 200):
        text = M.replace("<i>CDH1</i>", "<i>" * depth + "CDH1" + "</i>" * depth)
        first = items(text, tmp_path)[0]
        assert isinstance(first, Document)
        assert "CDH1" in first.title


def test_answers_10_000_deep_are_read(tmp_path: Path) -> None:
    deep = "<a>" * 10_000 + "b" + "</a>" * 10_000
    assert of("answers", seeds.SEARCH.replace("<WarningList>", f"<WarningList>{deep}"), tmp_path) == ""


GROWING: dict[str, tuple[str, Callable[[int], str]]] = {
    "records that lost their ends": ("medline", lambda n: M.replace("<PubmedArticle>", "<PubmedArticle>" * n, 1)),
    "declarations in a file's middle": (
        "medline",
        lambda n: M.replace("<DeleteCitation>", "<!DOCTYPE [ >" * n + "<DeleteCitation>", 1),
    ),
    "comments": ("medline", lambda n: M.replace("<DeleteCitation>", "<!-- -->" * n + "<DeleteCitation>", 1)),
    "authors": (
        "medline",
        lambda n: M.replace("</AuthorList>", "<Author><LastName>D</LastName></Author>" * n + "</AuthorList>"),
    ),
    "superscripts": ("medline", lambda n: M.replace("<i>CDH1</i>", "1<sup>6</sup>" * n)),
    "keys, the last given twice": (
        "jsonl",
        lambda n: '{"id": "a", "text": "b", ' + ", ".join(f'"{i}": 0' for i in range(n)) + f', "{n - 1}": 0}}\n',
    ),
    "comments before a web page": ("answers", lambda n: "<!---->" * n + "<x>"),
    "titles of a web page": ("answers", lambda n: "<html>" + "<title>" * n),
    "brackets of a term": ("term", lambda n: "(" * n),
    "operators of a term": ("term", lambda n: "AND NOT " * n),
    "lines of plain text": ("plaintext", lambda n: "a-\n" * n),
    "tables of plain text": ("plaintext", lambda n: "Table 1 A\nx    y\n" * n),
    "cells": ("table", lambda n: 'Factor,Cancer,Mechanism\nx,y,"' + "is are " * n + '"\n'),
    "mentions": ("pubtator", lambda n: seeds.PUBTATOR.rstrip() + "\n" + "7\t0\t1\tm\tGene\n" * n),
}


@pytest.mark.parametrize("what", GROWING)
def test_time_grows_in_a_straight_line(what: str, tmp_path: Path) -> None:
    """Four times as many take about four times as long; what was quadratic took sixteen, or for ever."""
    name, make = GROWING[what]
    short, long = make(2000), make(8000)
    least = min(seconds(name, short, tmp_path) for _ in range(2))
    most = min(seconds(name, long, tmp_path) for _ in range(2))
    assert most < 0.1 + 9 * least


@pytest.mark.slow
def test_a_million_authors_cost_one_pass(tmp_path: Path) -> None:
    authors = "<Author><LastName>Doe</LastName></Author>" * 1_000_000
    data = M.replace("</AuthorList>", authors + "</AuthorList>")
    clock = time.process_time()
    first = items(data, tmp_path)[0]
    assert isinstance(first, Document)
    assert first.id == "PMID:101"
    assert time.process_time() - clock < 10


def test_an_external_entity_inside_a_workbook_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'.encode()
    for filling in (b"", b" " * 300_000):
        begin = filling + declared
        data = repacked(lambda name, part, begin=begin: begin + part if name.endswith("sheet1.xml") else part)  # type: ignore[misc]
        for name in ("excel sheet", "excel table"):
            assert of(name, data, tmp_path) == "xml-entity"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    data = repacked(lambda name, part: part + b" " * 60_000_000 if name.endswith("sheet1.xml") else part)
    assert len(data) < 100_000
    for name in ("excel sheet", "excel table"):
        assert of(name, data, tmp_path) == "zip-bomb"


def test_a_workbook_may_not_claim_a_billion_rows_or_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minex.formats.workbook.MOST_ROWS", 1000)
    sheet = "xl/worksheets/sheet1.xml"
    far = repacked(lambda name, part: part.replace(b'r="2"', b'r="999999999"') if name == sheet else part)
    assert of("excel table", far, tmp_path) == "table-too-long"
    wide = repacked(lambda name, part: part.replace(b"A1:E2", b"A1:XFD1048576") if name == sheet else part)
    assert of("excel table", wide, tmp_path) == ""


def test_a_workbook_damaged_anywhere_is_refused_with_a_cure(tmp_path: Path) -> None:
    """zlib's, expat's and openpyxl's own errors came through."""
    for place in range(0, len(workbook()), 97):
        damaged = bytearray(workbook())
        damaged[place] ^= 0x55
        assert of("excel sheet", bytes(damaged), tmp_path) in ("", "table-unreadable", "sheet", "zip-bomb")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert of("excel table", stream.getvalue(), tmp_path) == "table-unreadable"


def test_gzip_in_gzip_and_a_gzip_bomb_are_told(tmp_path: Path) -> None:
    path = tmp_path / "in.gz"
    path.write_bytes(gzip.compress(seeds.JSONL.encode() + b" \n" * (2 << 20), 9))
    found = list(read(path, limits=Limits(gzip_bytes=1 << 20)))
    assert [item.id if isinstance(item, Document) else item.code for item in found][-1] == "gzip-bomb"
    path.write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(MinexError, match="gzip file within a gzip file"):
        read(path)


def test_a_text_of_a_million_empty_lines_is_refused(tmp_path: Path) -> None:
    """Ten megabytes of two-letter lines took a gigabyte."""
    assert of("plaintext", "a\n" * 1_000_000, tmp_path) == "too-long"
    assert of("plaintext", "a\n" * 1_000, tmp_path) == ""


def test_nul_bytes_lone_surrogates_and_broken_utf8_cost_one_line(tmp_path: Path) -> None:
    lines = [
        b'{"id": "a", "text": "x\\u0000y"}',
        b'{"id": "b", "text": "\\ud800"}',
        b'{"id": "c", "text": "\xed\xa0\x80"}',
    ]
    found = items(b"\n".join([*lines, b'{"id": "d", "text": "whole"}\n']), tmp_path)
    assert [item.code if isinstance(item, Failure) else item.id for item in found] == [
        "a",
        "lone-surrogate",
        "not-utf8",
        "d",
    ]


def test_text_cannot_turn_the_direction_of_a_terminal_or_give_it_orders() -> None:
    assert printable("\u202emiR-21\u2066\x1b[2J\x9b\u2028x\n") == "\ufffdmiR-21\ufffd\ufffd[2J\ufffd\ufffdx\n"


def test_no_reader_reaches_a_file_that_its_input_names(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text('{"id": "s", "text": "the secret"}')
    line = json.dumps({"id": f"{tmp_path}/secret", "text": "a", "source": f"{tmp_path}/secret"})
    (found,) = items(line + "\n", tmp_path)
    assert isinstance(found, Document)
    assert "the secret" not in str(found)


def test_an_error_shows_little_of_what_it_is_about(tmp_path: Path) -> None:
    """Megabytes of a bad file must not end in the ledger and on the screen."""
    for name, data in (
        ("type map", json.dumps({"a" * 100_000: "b" * 100_000})),
        ("sheet", "evidence,verdict\nx," + "b" * 100_000),
        ("table", "a" * 100_000 + ",b\n"),
    ):
        path = tmp_path / TARGETS[name].file
        path.write_text(data)
        with pytest.raises(MinexError) as caught:
            TARGETS[name].read(path)
        assert len(str(caught.value)) < 3000
