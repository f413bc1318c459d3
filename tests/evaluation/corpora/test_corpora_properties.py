"""Laws: what is written in a format is read back, and no damage raises anything once reading has begun."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import InputError
from minex.evaluation.corpora import AnnotatedDocument, read_corpus
from minex.model import Failure
from tests.evaluation.corpora.reading import covered, read_all
from tests.evaluation.corpora.test_bioc import SHAPES, document
from tests.evaluation.corpora.test_brat import EVENT_NAMES, EVENT_TEXT

WORDS = st.text(alphabet="abc β𝛃é-/", min_size=1, max_size=12).map(lambda text: f"x{text.strip()}x")
SENTENCES = st.lists(WORDS, min_size=1, max_size=6)
FEW = settings(max_examples=40, deadline=None)


def places(words):
    """Return each word's span in the words joined by spaces, each place once."""
    at, found = 0, []
    for word in words:
        found.append((at, at + len(word), word))
        at += len(word) + 1
    return found


def read_back(name, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return read_all(path)


@FEW
@given(SENTENCES, SENTENCES)
def test_pubtator_is_read_back(title, abstract):
    body = f"7|t|{' '.join(title)}\n7|a|{' '.join(abstract)}\n"
    shift = len(" ".join(title)) + 1
    spans = places(title) + [(start + shift, end + shift, word) for start, end, word in places(abstract)]
    rows = "".join(f"7\t{start}\t{end}\t{word}\tGene\n" for start, end, word in spans)
    (found,), failures = read_back("c", (body + rows).encode())
    assert not failures
    assert [(each.start, each.end, each.text) for each in found.mentions] == spans


@FEW
@given(SENTENCES)
def test_brat_is_read_back(words):
    spans = places(words)
    rows = "".join(f"T{n}\tGene {start} {end}\t{word}\n" for n, (start, end, word) in enumerate(spans))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.txt").write_bytes(" ".join(words).encode())
        Path(folder, "d.ann").write_bytes(rows.encode())
        (found,), failures = read_all(Path(folder))
    assert not failures
    assert [(each.start, each.end, each.text) for each in found.mentions] == spans


@FEW
@given(SENTENCES, SENTENCES, st.sampled_from(sorted(SHAPES)), st.sampled_from(["code points", "bytes", "utf-16"]))
def test_bioc_is_read_back_in_every_unit(title, abstract, shape, unit):
    count = {
        "code points": len,
        "bytes": lambda text: len(text.encode()),
        "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    }[unit]
    passages, offset, key = [], 0, 0
    for words in (title, abstract):
        text, annotations = " ".join(words), []
        for start, end, word in places(words):
            key += 1
            where = {"offset": offset + count(text[:start]), "length": count(text[start:end])}
            annotations.append({"id": str(key), "infons": {"type": "Gene"}, "text": word, "locations": [where]})
        passages.append({"offset": offset, "infons": {}, "text": text, "annotations": annotations})
        offset += count(text) + 1
    (found,), failures = read_back("c", SHAPES[shape](document(passages=passages)).encode())
    assert not failures
    assert [word for _, word in covered(found)] == title + abstract


@FEW
@given(SENTENCES, st.booleans())
def test_json_lines_are_read_back(words, contract):
    mentions = [{"start": start, "end": end, "text": word, "type": "GENE"} for start, end, word in places(words)]
    value = {"id": "d", "text": " ".join(words), "mentions": mentions}
    if contract:
        value["contract"] = 1
    (found,), failures = read_back("c", json.dumps(value).encode())
    assert not failures
    assert [each.text for each in found.mentions] == words


SEEDS = {
    **{shape: write(document(), document(id="8")).encode() for shape, write in SHAPES.items()},
    "pubtator": b"7|t|MYC up\n7|a|by TP53\n7\t0\t3\tMYC\tGene\t4609\n"
    b"7\t10\t14\tTP53\tGene\t7157\n7\tBind\t4609\t7157\n",
    "jsonl": json.dumps(
        {
            "id": "d",
            "text": "MYC TP53",
            "mentions": [{"start": 0, "end": 3, "type": "G"}, {"start": 4, "end": 8, "type": "G", "text": "TP53"}],
            "pairs": [{"m1": 0, "m2": 1, "positive": True, "direction": "m1->m2", "sign": 1}],
            "triples": [{"subject": 0, "object": {"start": 4, "end": 8, "type": "G"}, "predicate": "binds"}],
        }
    ).encode(),
    "iob": b"MYC\tB-GENE\nup\tO\n\nTP53\tB-GENE\n",
}
PIECES = [
    *(b"", b"\n", b"\t", b"|", b'"', b"{", b"}", b"[", b"null", b"true", b"-1", b"1e9", b"999999999999999"),
    *(b"<", b"</document>", b"<document>", b"&amp;", b"&x;", b"T1", b"E1"),
    *(b"\xff", b"\xef\xbb\xbf", b"\\ud800", b"\x00"),
]


@st.composite
def damage(draw, seed):
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(seed)))
        end = min(len(seed), start + draw(st.integers(0, 8)))
        seed = seed[:start] + draw(st.sampled_from(PIECES) | st.binary(max_size=3)) + seed[end:]
    return seed


def read_damaged(path):
    """Read to the end: the only error allowed is one about the whole file, before the first item."""
    try:
        items = read_corpus(path)
    except InputError:
        return
    for item in items:
        assert isinstance(item, AnnotatedDocument | Failure)
        if isinstance(item, AnnotatedDocument):
            text = item.document.text
            size = len(item.mentions)
            assert all(text[each.start : each.end] == each.text for each in item.mentions if text)
            for each in item.relations:
                assert all(0 <= side < size for side in (each.subject, each.object) if isinstance(side, int))


@pytest.mark.parametrize("name", sorted(SEEDS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damage_raises_nothing_but_an_input_error_at_once(name, data):
    damaged = data.draw(damage(SEEDS[name]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "c")
        path.write_bytes(damaged)
        read_damaged(path)


EVENTS = b"E1\tPositive_regulation:T5 Cause:T1 Theme:E2\nE2\tNegative_regulation:T6 Theme:T2\nM1\tNegation E1\n"


@settings(max_examples=100, deadline=None)
@given(damage(EVENT_NAMES.encode() + EVENTS), damage(EVENT_TEXT.encode()), st.booleans())
def test_damaged_pairs_raise_nothing(annotations, text, keep):
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "d.ann").write_bytes(annotations)
        Path(folder, "d.txt").write_bytes(EVENT_TEXT.encode() if keep else text)
        read_damaged(Path(folder))
