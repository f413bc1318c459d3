"""The bundled model read by arrays says what spaCy says of the same words, to the last tag and arc."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from minex.formats import read
from minex.model import Document
from minex.pipeline import Pipeline
from minex.resources import find
from minex.syntax import network
from minex.syntax.mask import mask
from minex.syntax.network import Network, fits
from minex.syntax.parse import Tree
from minex.syntax.pipeline import SyntaxModel, load
from tests.syntax import pipelines

if TYPE_CHECKING:
    from spacy.language import Language

SHORT = (
    ("Yes",),
    ("miR-21", "rises", "."),
    ("It", "falls"),
    ("(", ")", "--", ".", ".", "%"),
    ("the",) * 40,
    ("of", "by", "and", "of", "by", "or", "to", "which"),
    ("zzxyv", "\u03b1", "5.5", "Qq-7"),
)


@pytest.fixture(scope="module")
def model() -> SyntaxModel:
    return load()


@pytest.fixture(scope="module")
def sentences(model: SyntaxModel, pipeline: Pipeline) -> list[list[str]]:
    """The words of all sentences of the demonstration that name something."""
    return list(_demonstration(model.nlp, pipeline))


def _demonstration(nlp: Language, pipeline: Pipeline) -> Iterator[list[str]]:
    for document in read(find("corpus/demo") / "abstracts.jsonl"):
        assert isinstance(document, Document)
        for plan in pipeline.plan(document).plans:
            text = document.text[plan.sentence.start : plan.sentence.end]
            yield [token.for_parser for token in mask(nlp, text, plan.sentence.start, plan.mentions)]


def by_spacy(nlp: Language, sentences: Sequence[Sequence[str]]) -> list[Tree]:
    from spacy.tokens import Doc

    docs = (
        Doc(nlp.vocab, words=list(words), sent_starts=[place == 0 for place in range(len(words))])
        for words in sentences
    )
    return [Tree.of_doc(doc) for doc in nlp.pipe(docs, batch_size=64)]


def test_tags_and_trees_are_those_of_spacy(model: SyntaxModel, sentences: list[list[str]]) -> None:
    assert len(sentences) > 300
    assert Network(model.nlp).read(sentences) == by_spacy(model.nlp, sentences)


def test_so_are_those_of_what_is_no_sentence(model: SyntaxModel, sentences: list[list[str]]) -> None:
    chance = random.Random(3)  # noqa: S311
    words = [word for sentence in sentences for word in sentence]
    jumbled = [chance.choices(words, k=chance.randint(1, 90)) for _ in range(300)]
    assert Network(model.nlp).read([*SHORT, *jumbled]) == by_spacy(model.nlp, [*SHORT, *jumbled])


def test_what_stands_beside_a_sentence_in_a_batch_changes_nothing(
    model: SyntaxModel, sentences: list[list[str]]
) -> None:
    read = Network(model.nlp).read
    together = read(sentences[:60])
    assert [read([words])[0] for words in sentences[:60]] == together
    assert read(sentences[:60][::-1])[::-1] == together


def test_batches_larger_than_are_worked_on_at_once_are_cut(
    model: SyntaxModel, sentences: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Network(model.nlp).read(sentences[:80])
    monkeypatch.setattr(network, "ENCODED_AT_ONCE", 50)
    monkeypatch.setattr(network, "PARSED_AT_ONCE", 10)
    assert Network(model.nlp).read(sentences[:80]) == whole


def test_the_memory_of_words_has_an_end(
    model: SyntaxModel, sentences: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Network(model.nlp).read(sentences[:80])
    monkeypatch.setattr(network, "MOST_WORDS", 120)
    small = Network(model.nlp)
    assert [small.read([words])[0] for words in sentences[:80]] == whole
    assert len(small.words) <= 120


def test_nothing_gives_nothing(model: SyntaxModel) -> None:
    assert Network(model.nlp).read([]) == []


def test_the_bundled_model_is_read_by_arrays(model: SyntaxModel) -> None:
    assert model.network is not None


def test_a_pipeline_of_another_form_is_left_to_spacy(tmp_path: Path) -> None:
    pipelines.write(tmp_path / "small")
    other = load(str(tmp_path / "small"))
    assert not fits(other.nlp)
    assert other.network is None


def test_a_parser_that_looks_at_several_trees_is_left_to_spacy() -> None:
    nlp = load().nlp
    nlp.get_pipe("parser").cfg["beam_width"] = 4  # type: ignore[attr-defined]
    assert not fits(nlp)
