"""What the NER sees of a sentence."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st

from minex.lexicon import Lexicon
from minex.model import Mention
from minex.ner.features import document, words

VOCAB = spacy.blank("en").vocab


def test_every_sign_is_a_word_of_its_own() -> None:
    text = "TNF-α (10 ng/ml)"
    assert [text[start:end] for start, end in words(text)] == ["TNF", "-", "α", "(", "10", "ng", "/", "ml", ")"]


def test_words_carry_what_the_tagger_decided_and_what_the_lexicon_offers() -> None:
    text = "In CAT cells PTEN rose"
    mention = Mention(20, 24, "PTEN", "GENE")
    full = "Before. " + text
    matches = Lexicon.load().match(full)
    doc = document(VOCAB, text, words(text, 8), [Mention(21, 25, "PTEN", mention.type)], matches, 8)
    assert [token.text for token in doc] == text.split()
    assert [token.ent_id_ for token in doc] == ["", "", "", "B-GENE", ""]
    assert doc[3].ent_kb_id_.startswith("B-GENE")


@given(st.text(max_size=60), st.integers(0, 50))
def test_words_tile_a_sentence(text: str, offset: int) -> None:
    spans = words(text, offset)
    position = offset
    for start, end in spans:
        assert position <= start < end
        assert not text[position - offset : start - offset].strip()
        position = end
    assert not text[position - offset :].strip()
    assert [token.text for token in document(VOCAB, text, spans, [], [], offset)] == [
        text[start - offset : end - offset] for start, end in spans
    ]
