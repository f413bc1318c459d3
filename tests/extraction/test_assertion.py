"""Negation, hedging, origin."""

from __future__ import annotations

import pytest

from minex.extraction.assertion import is_review, origin_of
from minex.model import Document, Origin, Passage, PassageKind, Sentence
from minex.rules.language import RuleSet
from tests.extraction.build import read, tree


def test_not_denies_its_verb(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 3, "MIRNA"),
        ("did", "VBD", "aux", 3),
        ("not", "RB", "neg", 3),
        ("inhibit", "VB", "ROOT", 3),
        ("Y", "NN", "dobj", 3, "GENE"),
    )
    assert read(rules, parse) == {"not X inhibits Y"}


def test_a_denial_does_not_spill_over_but(rules: RuleSet) -> None:
    # X did not inhibit Y but suppressed Z
    parse = tree(
        ("X", "NN", "nsubj", 3, "MIRNA"),
        ("did", "VBD", "aux", 3),
        ("not", "RB", "neg", 3),
        ("inhibit", "VB", "ROOT", 3),
        ("Y", "NN", "dobj", 3, "GENE"),
        ("but", "CC", "cc", 3),
        ("suppressed", "VBD", "conj", 3),
        ("Z", "NN", "dobj", 6, "GENE"),
    )
    assert read(rules, parse) == {"not X inhibits Y", "X inhibits Z"}


def test_a_denial_covers_an_alternative(rules: RuleSet) -> None:
    # X did not inhibit Y or suppress Z
    parse = tree(
        ("X", "NN", "nsubj", 3, "MIRNA"),
        ("did", "VBD", "aux", 3),
        ("not", "RB", "neg", 3),
        ("inhibit", "VB", "ROOT", 3),
        ("Y", "NN", "dobj", 3, "GENE"),
        ("or", "CC", "cc", 3),
        ("suppress", "VB", "conj", 3),
        ("Z", "NN", "dobj", 6, "GENE"),
    )
    assert read(rules, parse) == {"not X inhibits Y", "not X inhibits Z"}


def test_may_hedges(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 2, "MIRNA"),
        ("may", "MD", "aux", 2),
        ("inhibit", "VB", "ROOT", 2),
        ("Y", "NN", "dobj", 2, "GENE"),
    )
    assert read(rules, parse) == {"maybe X inhibits Y"}


def test_did_not_fail_denies_nothing(rules: RuleSet) -> None:
    parse = tree(
        ("X", "NN", "nsubj", 3, "MIRNA"),
        ("did", "VBD", "aux", 3),
        ("not", "RB", "neg", 3),
        ("fail", "VB", "ROOT", 3),
        ("to", "TO", "aux", 5),
        ("inhibit", "VB", "xcomp", 3),
        ("Y", "NN", "dobj", 5, "GENE"),
    )
    assert read(rules, parse) == {"X inhibits Y"}


@pytest.mark.parametrize(
    ("text", "section", "origin"),
    [
        ("We found that A inhibits B.", "Results", Origin.OWN),
        ("A inhibits B [12].", "Results", Origin.CITED),
        ("A inhibits B [12-14, 20].", "", Origin.CITED),
        ("Meyer et al. found that A inhibits B.", "", Origin.CITED),
        ("A inhibits B.", "BACKGROUND", Origin.BACKGROUND),
    ],
)
def test_origin_is_read_from_section_and_marks(text: str, section: str, origin: Origin) -> None:
    document = Document("x", (Passage(text, section),))
    sentence = Sentence(0, len(text), 0, PassageKind.TEXT, section)
    assert origin_of(document, sentence, review=False) is origin
    assert origin_of(document, sentence, review=True) is Origin.REVIEW


def test_a_review_says_so_in_its_type_or_its_words() -> None:
    assert is_review(Document("x", (Passage("A title"),), pubtypes=("Journal Article", "Review")))
    assert is_review(Document("x", (Passage("The present review deals with vesicles."),)))
    assert not is_review(Document("x", (Passage("We reviewed the charts of patients."),)))


def test_one_word_that_two_cues_see_denies_once(rules: RuleSet) -> None:
    # "not" is reached by the cues of the verb and of the noun alike: X did not have an effect on Y
    parse = tree(
        ("X", "NN", "nsubj", 3, "MIRNA"),
        ("did", "VBD", "aux", 3),
        ("not", "RB", "neg", 3),
        ("have", "VB", "ROOT", 3),
        ("an", "DT", "det", 5),
        ("effect", "NN", "dobj", 3),
        ("on", "IN", "prep", 5),
        ("Y", "NN", "pobj", 6, "GENE"),
    )
    assert read(rules, parse) == {"not X regulates Y"}


def test_what_is_not_a_target_is_denied(rules: RuleSet) -> None:
    parse = tree(
        ("Y", "NN", "nsubj", 1, "GENE"),
        ("is", "VBZ", "ROOT", 1),
        ("not", "RB", "neg", 1),
        ("a", "DT", "det", 4),
        ("target", "NN", "attr", 1),
        ("of", "IN", "prep", 4),
        ("X", "NN", "pobj", 5, "MIRNA"),
    )
    assert read(rules, parse) == {"not X targets Y"}


def test_an_aim_is_no_finding(rules: RuleSet) -> None:
    # We investigated the effect of X on Y
    parse = tree(
        ("We", "PRP", "nsubj", 1),
        ("investigated", "VBD", "ROOT", 1),
        ("effect", "NN", "dobj", 1),
        ("of", "IN", "prep", 2),
        ("X", "NN", "pobj", 3, "MIRNA"),
        ("on", "IN", "prep", 2),
        ("Y", "NN", "pobj", 5, "GENE"),
    )
    assert read(rules, parse) == {"maybe X regulates Y"}
