"""To the parser a mention is one token."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from minex.model import Mention
from minex.syntax import tokenizer  # noqa: F401  (registers the tokenizer)
from minex.syntax.mask import mask

NLP = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "minex.tokenizer.v1"}}})


def test_a_mention_with_hyphens_and_spaces_is_one_token() -> None:
    text = "Here hsa-miR-200a-3p inhibits zinc finger E-box binding homeobox 1."
    miRNA = Mention(5, 20, text[5:20], "MIRNA")
    gene = Mention(30, 66, text[30:66], "GENE")
    tokens = mask(NLP, text, 0, [miRNA, gene])
    assert [token.word for token in tokens] == ["Here", "BMP2", "inhibits", "BMP2", "."]
    assert [token.mention for token in tokens] == [None, miRNA, None, gene, None]


def test_a_compound_is_split_at_the_mention() -> None:
    text = "hypoxia-induced exosomes"
    tokens = mask(NLP, text, 0, [Mention(0, 7, "hypoxia", "CONDITION")])
    assert [token.word for token in tokens] == ["hypoxia", "-", "induced", "exosomes"]


def test_hyphenated_triggers_are_one_word() -> None:
    for written in ("down-regulated", "down regulated", "down‐regulated"):
        assert [token.word for token in mask(NLP, f"was {written} here", 0, [])] == [
            "was",
            "downregulated",
            "here",
        ]


def test_every_spelling_of_the_untranslated_region_is_one_word() -> None:
    for written in ("3'UTR", "3′-UTR", "3' UTR", "3'-untranslated region", "3’UTR"):
        assert [token.word for token in mask(NLP, f"the {written} of", 0, [])] == ["the", "UTR", "of"]


def test_laboratory_words_keep_their_own_form_and_borrow_one_for_the_parser() -> None:
    [token] = mask(NLP, "mimics", 0, [])
    assert (token.word, token.for_parser) == ("mimics", "inhibitors")


def test_of_overlapping_mentions_the_longest_becomes_a_token() -> None:
    text = "lung cancer cells"
    inner, outer = Mention(0, 4, "lung", "CELL_TYPE"), Mention(0, 11, "lung cancer", "CANCER")
    tokens = mask(NLP, text, 0, [inner, outer])
    assert [token.mention for token in tokens] == [outer, None]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.integers(0, 1000))
def test_tokens_tile_the_sentence_in_document_offsets(text: str, offset: int) -> None:
    tokens = mask(NLP, text, offset, [])
    position = offset
    for token in tokens:
        assert token.start >= position
        assert not text[position - offset : token.start - offset].strip()
        position = token.end
    assert not text[position - offset :].strip()


def test_what_is_attached_to_a_name_is_no_word_of_its_own() -> None:
    for prefix in ("p-", "pre-", "anti-", "phospho-"):
        text = f"of {prefix}AKT here"
        start = text.index("AKT")
        tokens = mask(NLP, text, 0, [Mention(start, start + 3, "AKT", "GENE")])
        assert [token.word for token in tokens] == ["of", "AKT", "here"], prefix


def test_a_word_that_ends_like_a_prefix_stays() -> None:
    text = "a pass AKT"
    assert [token.word for token in mask(NLP, text, 0, [Mention(7, 10, "AKT", "GENE")])] == ["a", "pass", "AKT"]


def test_for_instance_before_a_name_is_shown_as_including() -> None:
    for phrase in (", for instance ", ", for example, ", " (e.g. ", ", namely "):
        text = f"some proteins{phrase}AKT rose"
        start = text.index("AKT")
        words = [token.word for token in mask(NLP, text, 0, [Mention(start, start + 3, "AKT", "GENE")])]
        assert "including" in words, phrase
        assert not {"instance", "example", "e.g."} & set(words), phrase


def test_for_instance_elsewhere_is_left_alone() -> None:
    text = "For instance, AKT rose"
    words = [token.word for token in mask(NLP, text, 0, [Mention(14, 17, "AKT", "GENE")])]
    assert words == ["For", "instance", ",", "AKT", "rose"]


def test_no_longer_is_never() -> None:
    assert [token.word for token in mask(NLP, "it no longer rose", 0, [])] == ["it", "never", "rose"]


def test_not_only_denies_nothing() -> None:
    assert [token.word for token in mask(NLP, "it not only rose", 0, [])] == ["it", "also", "rose"]


@pytest.mark.parametrize(
    "aside", ["(P = 0.04)", "(2.0-fold; P = 0.04)", "(95% CI 1.2-3.3)", "(n = 20 vs 18)", "(P<0.001)"]
)
def test_asides_of_figures_do_not_stand_before_the_parser(aside: str) -> None:
    words = [token.word for token in mask(NLP, f"A was raised {aside}, and B fell.", 0, [])]
    assert words == ["A", "was", "raised", ",", "and", "B", "fell", "."]


@pytest.mark.parametrize("aside", ["(reduced by 50%)", "(Fig. 2)", "(PTEN)", "(in 20 of 30)", "(see text)"])
def test_other_asides_do(aside: str) -> None:
    words = [token.word for token in mask(NLP, f"A was raised {aside}.", 0, [])]
    assert "(" in words
    assert ")" in words
