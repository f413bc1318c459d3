"""The annotated sentences: well-formed, without text of others, and judged as they say."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import pytest

from minex.pipeline import Pipeline
from tests.training.conftest import FOLDER

LINES = (FOLDER / "annotated_sentences" / "abstracts.tsv").read_text(encoding="utf-8").splitlines()
MARK = re.compile(r"(\d+)-(\d+)([MGLNVHPCD])")
ITEM = re.compile(r"(\d+)([-+=~udct])(\d+)([!?]*)")


def test_abstracts_are_places_and_codes_and_nothing_else() -> None:
    for line in LINES:
        name, start, end, marks, items = line.split("\t")
        assert re.fullmatch(r"PMID:\d+|(cg|pathway)_train:\S+", name)
        length = int(end) - int(start)
        spans = [MARK.fullmatch(mark) for mark in marks.split()]
        assert all(each and int(each[1]) < int(each[2]) <= length for each in spans)
        found = [ITEM.fullmatch(item) for item in items.split()]
        assert all(each and {int(each[1]), int(each[3])} <= set(range(1, len(spans) + 1)) for each in found)
        assert all(each and each[1] != each[3] for each in found)


def test_no_sentence_is_annotated_twice() -> None:
    places = [tuple(line.split("\t")[:2]) for line in LINES]
    assert len(places) == len(set(places))


def test_made_up_sentences_have_their_names_where_they_stand(annotated: ModuleType) -> None:
    sources = list(annotated.written())
    assert len(sources) > 2000
    for source in sources:
        text = source.document.text
        assert not re.search(r"\[\d+[A-Z] ", text)
        for mention in source.given or ():
            assert text[mention.start : mention.end] == mention.text
            assert mention.type in annotated.TYPES.values()
        assert {each.code for each in source.sentences[0].said} <= set(annotated.SIGNS)


@pytest.fixture(scope="module")
def looked(annotated: ModuleType, pipeline: Pipeline) -> list[Any]:
    return list(annotated.look(pipeline, list(annotated.written())[:40]))


def test_what_agrees_has_the_direction_the_sign_and_the_denial(pipeline: Pipeline, looked: list[Any]) -> None:
    judged = right = 0
    for each in looked:
        trace = pipeline.extractor.trace(each.source.document, each.mentions, each.part, each.parses, near=False)
        for settled, loose, strict in each.judged(trace.claims):
            judged, right = judged + 1, right + strict
            if strict:
                claim = settled.claim
                said = each.pairs()[frozenset((claim.subject.key, claim.object.key))]
                assert loose
                assert any(one.sign == claim.sign and one.negated == claim.negated for one in said)
    assert judged > 20
    assert right / judged > 0.6


def test_a_quarter_of_the_documents_is_held(annotated: ModuleType) -> None:
    held = [source.held for source in annotated.written()]
    assert 0.2 < sum(held) / len(held) < 0.3
