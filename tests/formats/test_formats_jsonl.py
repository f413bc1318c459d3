"""The contract's input: what is taken, and what is refused with which code."""

from __future__ import annotations

import gzip
import io
import json

import pytest

from minex.errors import InputError
from minex.formats.base import Limits
from minex.formats.jsonl import InputRecord, parse_line, read_records, records
from minex.model import Failure, PassageKind


def test_text_is_taken_verbatim():
    text = " pro-\ngress\u00a0\r\n\ufb01 \u0001 𝛃 "
    document = parse_line(json.dumps({"id": "note 1", "text": text})).document
    assert document.text == text
    assert (document.id, document.pmid, document.title) == ("note 1", None, "")


def test_passages_are_joined_by_one_line_feed_and_sections_have_kinds():
    sections = ["Title", "RESULTS", "caption", "table", "references", ""]
    value = {
        "id": "PMID:1",
        "passages": [{"section": name, "text": name or "x"} for name in sections] + [{"text": "y"}],
    }
    record = parse_line(json.dumps(value))
    assert record.document.text == "Title\nRESULTS\ncaption\ntable\nreferences\nx\ny"
    assert [passage.kind for passage in record.document.passages] == [
        PassageKind.TITLE,
        PassageKind.TEXT,
        PassageKind.CAPTION,
        PassageKind.TABLE,
        PassageKind.REFERENCES,
        PassageKind.TEXT,
        PassageKind.TEXT,
    ]
    assert (record.document.pmid, record.document.title, record.mentions) == ("1", "Title", None)


def test_other_ids_are_recognized():
    assert parse_line('{"id": "PMC:12", "text": ""}').document.pmcid == "PMC12"
    assert parse_line('{"id": "DOI:10.1/x", "text": ""}').document.doi == "10.1/x"


def test_mentions_span_code_points():
    mention = {"start": 2, "end": 8, "type": "MIRNA", "concepts": ["mirbase:1"], "text": "miR-21"}
    (found,) = parse_line(json.dumps({"id": "a", "text": "𝛃 miR-21", "mentions": [mention]})).mentions or ()
    assert (found.text, found.type, found.given_type, found.concepts, found.finder) == (
        "miR-21",
        "MIRNA",
        "MIRNA",
        ("mirbase:1",),
        "given",
    )
    assert parse_line('{"id": "a", "text": "b", "mentions": []}').mentions == ()


def mention(**changes: object) -> str:
    value = {"start": 0, "end": 6, "type": "MIRNA", **changes}
    return json.dumps(
        {"id": "a", "text": "miR-21", "mentions": [{key: each for key, each in value.items() if each != "-"}]}
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "json"),
        ("{", "json"),
        ('{"id": "a", "text": "b"} x', "json"),
        ('{"id": "a", "text": "b", "n": ' + "9" * 5000 + "}", "json"),
        ("3", "not-object"),
        ("null", "not-object"),
        ('"text"', "not-object"),
        ('{"text": "b"}', "missing-key"),
        ('{"id": "a"}', "missing-key"),
        ('{"id": 7, "text": "b"}', "wrong-type"),
        ('{"id": null, "text": "b"}', "wrong-type"),
        ('{"id": " ", "text": "b"}', "bad-id"),
        ('{"id": "a", "text": null}', "wrong-type"),
        ('{"id": "a", "text": ["b"]}', "wrong-type"),
        ('{"id": "a", "passages": {}}', "wrong-type"),
        ('{"id": "a", "passages": ["b"]}', "wrong-type"),
        ('{"id": "a", "passages": [{"section": "b"}]}', "missing-key"),
        ('{"id": "a", "passages": [{"section": 1, "text": "b"}]}', "wrong-type"),
        ('{"id": "a", "text": "b", "passages": []}', "text-and-passages"),
        ('{"id": "a", "id": "b", "text": "c"}', "json-duplicate-key"),
        ('{"id": "a", "text": "b", "n": NaN}', "json-constant"),
        ('{"id": "a", "text": "b", "n": -Infinity}', "json-constant"),
        ('{"id": "a", "text": "\\ud835"}', "lone-surrogate"),
        ('{"id": "\\udc00", "text": "b"}', "lone-surrogate"),
        ('\ufeff{"id": "a", "text": "b"}', "bom"),
        ('{"id": "a", "text": ' + "[" * 100_000, "json-depth"),
        ('{"id": "a", "text": "b", "mentions": null}', "wrong-type"),
        ('{"id": "a", "text": "b", "mentions": [1]}', "wrong-type"),
        (mention(start="-"), "missing-key"),
        (mention(start=0.0), "wrong-type"),
        (mention(start=True), "wrong-type"),
        (mention(end="6"), "wrong-type"),
        (mention(start=-1), "mention-offsets"),
        (mention(end=7), "mention-offsets"),
        (mention(start=4, end=2), "mention-offsets"),
        (mention(start=4, end=4), "mention-offsets"),
        (mention(type="-"), "missing-key"),
        (mention(type=""), "wrong-type"),
        (mention(text="miR-2"), "mention-text"),
        (mention(concepts="x"), "wrong-type"),
        (mention(concepts=[1]), "wrong-type"),
        (mention(concepts=["\ud800"]), "lone-surrogate"),
    ],
)
def test_what_breaks_the_contract_has_a_code(line, code):
    with pytest.raises(InputError) as caught:
        parse_line(line, where="in.jsonl, line 4")
    assert (caught.value.code, caught.value.where) == (code, "in.jsonl, line 4")


def test_unknown_keys_are_let_be():
    assert parse_line('{"id": "a", "text": "b", "year": 2020}').document.id == "a"


def test_records_count_lines_skip_blank_ones_and_know_ids():
    lines = b'\xef\xbb\xbf{"id": "a", "text": "1"}\r\n\n   \n{"id": "b", "text": 2}\n'
    lines += b'{"id": 3}\nnonsense\n{"id": "e", "text": "5"}'
    found = [
        (number, isinstance(item, InputRecord), known) for number, item, known in records(io.BytesIO(lines), "in")
    ]
    assert found == [(1, True, "a"), (4, False, "b"), (5, False, None), (6, False, None), (7, True, "e")]


def test_long_lines_are_skipped_without_being_held():
    class Endless(io.RawIOBase):
        left = 40 << 20

        def readable(self) -> bool:
            return True

        def readinto(self, buffer):  # type: ignore[no-untyped-def]
            size = min(len(buffer), self.left)
            self.left -= size
            buffer[:size] = b"x" * size
            return size

    ((number, error, known),) = records(io.BufferedReader(Endless()), "in", limits=Limits(line_bytes=1000))
    assert isinstance(error, InputError)
    assert (number, error.code, known) == (1, "line-too-long", None)


def test_read_records_keeps_mentions_and_reads_gzip(write):
    content = gzip.compress(f"{mention()}\n{mention(end=99)}\n".encode())
    first, second = read_records(write("in.jsonl.gz", content))
    assert isinstance(first, InputRecord)
    assert isinstance(second, Failure)
    assert (len(first.mentions or ()), second.code, second.document) == (1, "mention-offsets", "a")


def test_jsonl_in_a_gzip_cut_short(write):
    lines = "".join(f'{{"id": "{number}", "text": "{number * 7919}"}}\n' for number in range(2000)).encode()
    whole = gzip.compress(lines)
    *good, last = read_records(write("in.jsonl.gz", whole[: len(whole) // 2]))
    assert [item.document.id for item in good if isinstance(item, InputRecord)] == [
        str(number) for number in range(len(good))
    ]
    assert isinstance(last, Failure)
    assert last.code == "gzip-cut"
