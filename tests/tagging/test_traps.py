"""Ambiguous names: each is found where it is meant, and not where its letters mean something else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from minex.lexicon import Lexicon
from minex.lexicon.normalize import key
from minex.model import Document, Mention, Passage
from minex.syntax.sentences import split_document
from minex.tagging.tagger import Tagger


class Trap(NamedTuple):
    name: str
    type: str
    meaning: str
    is_it: str
    is_not: str


def _traps() -> list[Trap]:
    lines = Path(__file__).with_name("traps.tsv").read_text(encoding="utf-8").splitlines()
    return [Trap(*line.split("\t")) for line in lines if not line.startswith(("#", "name\t"))]


TRAPS = _traps()
NAMES = [trap.name for trap in TRAPS]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(Lexicon.load())


def found(tagger: Tagger, sentence: str, trap: Trap) -> list[Mention]:
    """Return the mentions of what a trap's name may mean."""
    document = Document("text:1", (Passage(sentence),))
    mentions = tagger.tag(document, split_document(document))
    return [m for m in mentions if (m.type, m.name) == (trap.type, trap.meaning) and m.concepts]


def test_there_are_more_than_a_hundred_names_each_with_both_sentences() -> None:
    assert len(TRAPS) > 100
    assert max(Counter(NAMES).values()) == 1
    for trap in TRAPS:
        assert key(trap.name) in key(trap.is_not)
        assert key(trap.name) in key(trap.is_it)


@pytest.mark.parametrize("trap", TRAPS, ids=NAMES)
def test_a_name_is_found_where_it_is_meant(tagger: Tagger, trap: Trap) -> None:
    assert trap.name in [mention.text for mention in found(tagger, trap.is_it, trap)]


@pytest.mark.parametrize("trap", TRAPS, ids=NAMES)
def test_its_letters_are_not_taken_for_it_where_they_mean_something_else(tagger: Tagger, trap: Trap) -> None:
    assert found(tagger, trap.is_not, trap) == []
