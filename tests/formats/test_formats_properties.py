"""What holds for every input: no offset lies, no file ends silently, nothing crashes."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.errors import InputError
from minex.formats import Limits, jsonl, read
from minex.formats.gunzip import Gunzip
from minex.formats.plaintext import parse_text
from minex.model import Document, Failure

LIGATURES = "ﬀﬁﬂﬃﬄﬅﬆ"
PIECES = [
    "miR-21", "hypoxia-", "induced", "pro-", "gress", "Table 1 Factors", "Fig. 2 Cells", "[3]", "Ref", "Results",
    "References", "The cells", "of", ".", ",", "\n", "\n\n", " \n", "\f", "\r\n", "\t", "  ", "\u00ad", "\u00ad\n",
    "ﬁn", "β1", "–", "/", "12", "Methods: ", "A. Byron1, B. Noe2", "\ufeff", "\u2028", "et al.", "Page 3 of 9",
]  # fmt: skip
SOME = st.lists(st.sampled_from(PIECES), max_size=80)
TEXTS = st.one_of(st.text(max_size=200), SOME.map(" ".join), SOME.map("".join))

relaxed = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@relaxed
@given(TEXTS)
def test_every_character_of_plain_text_maps_to_itself_in_the_file(text):
    document = parse_text(text, "a.txt")
    for passage, begin in zip(document.passages, document.passage_starts, strict=True):
        assert passage.text
        places = [document.to_source(begin + offset) for offset in range(len(passage.text))]
        for char, place in zip(passage.text, places, strict=True):
            assert place is not None
            if char not in " |\n":
                there = text[place]
                assert there == char or there in LIGATURES
        assert all(
            0 <= cell.start <= cell.end <= len(passage.text) and "\n" not in passage.text[cell.start : cell.end]
            for cell in passage.cells
        )


@relaxed
@given(TEXTS)
def test_no_letter_of_plain_text_stands_in_two_passages(text):
    document = parse_text(text, "a.txt")
    seen = [document.to_source(offset) for offset, char in enumerate(document.text) if char.isalnum()]
    within = [place for place in seen if place is not None and text[place] not in LIGATURES]
    assert len(set(within)) == len(within)


@pytest.fixture(scope="session")
def sample(citation, pubmed) -> bytes:
    records = [citation(str(pmid), title=f"Title β{pmid}") for pmid in range(1, 5)]
    text: str = pubmed(*records, "<DeleteCitation><PMID>9</PMID></DeleteCitation>")
    return text.encode()


def items_of(path: Path) -> list[Document | Failure] | InputError:
    try:
        return list(read(path))
    except InputError as error:
        return error


def check_cut(data: bytes, path: Path, whole: list[str]) -> None:
    """Everything that ends before the cut is there, then something says that it was cut."""
    path.write_bytes(data)
    found = items_of(path)
    complete = data.count(b"</PubmedArticle>")
    if isinstance(found, InputError):
        assert complete == 0
        return
    ids = [item.id for item in found if isinstance(item, Document)]
    assert ids == whole[: len(ids)]
    assert len(ids) >= complete
    if b"</PubmedArticleSet>" not in data:
        assert isinstance(found[-1], Failure)


WHOLE = ["PMID:1", "PMID:2", "PMID:3", "PMID:4", "PMID:9"]


@relaxed
@given(st.data())
def test_pubmed_xml_cut_at_any_byte(sample, tmp_path, data):
    cut = data.draw(st.integers(0, len(sample)))
    check_cut(sample[:cut], tmp_path / "a.xml", WHOLE)


@relaxed
@given(st.data())
def test_gzip_cut_at_any_byte_ends_in_an_error(sample, tmp_path, data):
    packed = gzip.compress(sample)
    cut = data.draw(st.integers(0, len(packed) - 1))
    path = tmp_path / "a.xml.gz"
    path.write_bytes(packed[:cut])
    found = items_of(path)
    assert isinstance(found, InputError) or isinstance(found[-1], Failure)


@relaxed
@given(st.data())
def test_any_byte_changed_never_crashes_the_reader(sample, tmp_path, data):
    damaged = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.xml"
    path.write_bytes(bytes(damaged))
    items_of(path)


@relaxed
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path, data):
    path = tmp_path / "a"
    path.write_bytes(data)
    found = items_of(path)
    assert isinstance(found, InputError) or found


@relaxed
@given(st.lists(st.binary(max_size=60), max_size=6), st.data())
def test_any_lines_are_records_or_errors_with_their_number(lines, data):
    stream = b"\n".join([*lines, b'{"id": "last", "text": "x"}'])
    found = list(jsonl.records(io.BytesIO(stream), "in"))
    number = stream.count(b"\n") + 1
    assert (found[-1][0], found[-1][2]) == (number, "last")
    assert len(found) == sum(1 for line in stream.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip())


@relaxed
@given(st.binary(max_size=5000), st.integers(1, 300), st.data())
def test_gunzip_gives_all_good_bytes_before_its_error(content, size, data):
    packed = bytearray(gzip.compress(content[:2500], 6) + gzip.compress(content[2500:]))
    place = data.draw(st.integers(0, len(packed)))
    intact = place == len(packed)
    damaged = (
        packed
        if intact
        else data.draw(st.sampled_from([packed[:place], packed[:place] + b"\xff" + packed[place + 1 :]]))
    )
    got, code = gunzipped(bytes(damaged), size)
    if code:
        assert code.startswith("gzip-")
        if len(damaged) < len(packed):
            assert content.startswith(got)
            assert len(got) >= len(zlib_prefix(bytes(damaged)))
    elif len(damaged) in (len(packed), 0):
        # A changed byte in the header's time or system field changes no content.
        assert got in (content, b"")


def gunzipped(data: bytes, size: int) -> tuple[bytes, str]:
    """Return what comes out of gzip data, and the code of the error at its end, if there is one."""
    stream = Gunzip(io.BytesIO(data), "in", limit=1 << 20, ratio=1000)
    got = b""
    try:
        while piece := stream.read(size):
            got += piece
    except InputError as error:
        return got, error.code
    return got, ""


def zlib_prefix(data: bytes) -> bytes:
    """Return what zlib itself gets out of cut data."""
    got = b""
    while data[:2] == b"\x1f\x8b":
        inflate = zlib.decompressobj(31)
        got += inflate.decompress(data)
        data = inflate.unused_data
    return got


def test_flat_memory_over_many_records(citation, pubmed, tmp_path):
    import tracemalloc

    path = tmp_path / "many.xml"
    record = citation(title="word " * 200)
    path.write_text(pubmed(*[record] * 6000))
    tracemalloc.start()
    count = sum(1 for _ in read(path, limits=Limits()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 6000
    assert peak < 6 << 20 < path.stat().st_size
