"""Texts that no person writes: read in a straight line of time, what is passed over told, nothing shown raw."""

from __future__ import annotations

import io
import json
import time

import pytest

from minex.bounds import CROWDED
from minex.exchange.annotate import Options, annotate
from minex.extraction.claims import MAX_PAIRS
from minex.model import Document, Passage, Reading
from minex.pipeline import Pipeline


def document(text: str) -> Document:
    return Document("PMID:1", (Passage(text),))


def reading(pipeline: Pipeline, text: str) -> Reading:
    (found,) = pipeline.read([document(text)])
    assert isinstance(found, Reading), found
    return found


def seconds(pipeline: Pipeline, text: str) -> float:
    clock = time.process_time()
    reading(pipeline, text)
    return time.process_time() - clock


FAVOURITES = [
    "a", "miR-", "A", "(", ")", "[", "-", "/", "1", ",", ".", ". ", " ", "\n", "\x00", "\u202e", "é", "α", "→",
    "miR-1/", "miR-1 and ", "miR-1, -2, ", "let-7", "pre-", "anti-miR-", "si-", "PTEN ", "PTEN/", "PTEN (PTEN) ",
    "A B C (ABC) ", "et al.", "of ", "by ", "and ", "inhibits ", "not ", "-induced ", "3'UTR of ",
    "miR-21 inhibits ", "p<0.05 ", "| ", "a | b\n", "E. coli ", "5.5", "cells in ", "lung cancer ", "microRNA ",
    "'", "(ABC) ", "miR-21/PTEN axis ",
]  # fmt: skip
"""What the patterns of the tagger, the sentence boundaries, the rules and the tables look for."""


@pytest.mark.parametrize("sign", FAVOURITES)
def test_long_runs_of_what_patterns_look_for_take_time_in_a_straight_line(pipeline: Pipeline, sign: str) -> None:
    short, long = (sign * (size // len(sign)) for size in (5_000, 20_000))
    least = min(seconds(pipeline, short) for _ in range(2))
    assert seconds(pipeline, long) < 0.2 + 9 * least


def test_a_list_beyond_its_bounds_is_told(pipeline: Pipeline) -> None:
    found = reading(pipeline, f"miR-21 inhibits {'PTEN, KRAS, ' * (CROWDED // 2)}and TP53.")
    (notice,) = found.notices
    assert notice.startswith(f"PMID:1: the sentence at 0 names {CROWDED + 2} things")
    assert f"{MAX_PAIRS} pairs" in notice


def test_ten_thousand_mentions_in_a_sentence_are_tagged_and_told(pipeline: Pipeline) -> None:
    found = reading(pipeline, "miR-21 inhibits " + "PTEN, " * 10_000 + "and KRAS.")
    assert len(found.mentions) == 10_002
    assert len(found.evidence) <= MAX_PAIRS
    assert any("was not parsed" in notice for notice in found.notices)
    assert any("names 10,002 things" in notice for notice in found.notices)


def test_an_ordinary_text_has_no_notice(pipeline: Pipeline) -> None:
    assert (
        reading(pipeline, "miR-21 inhibits PTEN. It also lowers KRAS, TP53 and EGFR in lung cancer.").notices == ()
    )


def test_annotate_tells_what_its_answer_has_no_place_for(pipeline: Pipeline) -> None:
    line = json.dumps({"id": "a", "text": "miR-21 inhibits " + "PTEN, " * 600 + "and KRAS."}) + "\n"
    told: list[str] = []
    out = io.StringIO()
    annotate(io.BytesIO(line.encode()), out, pipeline, Options(tell=told.append))
    assert json.loads(out.getvalue())["error"] is None
    assert told
    assert all(notice.startswith("a: ") for notice in told)


@pytest.mark.slow
def test_a_sentence_of_ten_megabytes_is_read_and_told(pipeline: Pipeline) -> None:
    found = reading(pipeline, "miR-21 lowers PTEN and " * 450_000)
    assert any("was not parsed" in notice for notice in found.notices)
