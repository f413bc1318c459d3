"""What *it*, *this miRNA* and *both genes* stand for: the one thing that can be meant, or nothing."""

from __future__ import annotations

import pytest

from minex.extraction.claims import ClaimReader
from minex.extraction.reference import ReferenceReader, looks_back
from minex.model import Document, Mention, Passage, PassageKind, Sentence
from minex.pipeline import Pipeline
from minex.rules.language import RuleSet
from minex.rules.match import Matcher
from minex.syntax.parse import Parse

from .build import tree

RAISED = tree(
    ("miR-21", "NN", "nsubjpass", 2, "MIRNA"), ("was", "VBD", "auxpass", 2), ("raised", "VBN", "ROOT", 2)
)
LIST = tree(
    ("miR-21", "NN", "nsubjpass", 4, "MIRNA"),
    ("and", "CC", "cc", 0),
    ("miR-155", "NN", "conj", 0, "MIRNA"),
    ("were", "VBD", "auxpass", 4),
    ("raised", "VBN", "ROOT", 4),
)
IT = tree(("It", "PRP", "nsubj", 1), ("inhibits", "VBZ", "ROOT", 1), ("PTEN", "NN", "dobj", 1, "GENE"))
THEY = tree(("They", "PRP", "nsubj", 1), ("inhibit", "VBP", "ROOT", 1), ("PTEN", "NN", "dobj", 1, "GENE"))


def noun_phrase(*words: str) -> Parse:
    """Return *WORDS inhibits PTEN*, the last of the words a noun and the others its determiners."""
    noun = len(words) - 1
    rows = [(word, "DT", "det", noun) for word in words[:-1]]
    return tree(
        *rows,
        (words[-1], "NN", "nsubj", noun + 1),
        ("inhibits", "VBZ", "ROOT", noun + 1),
        ("PTEN", "NN", "dobj", noun + 1, "GENE"),
    )


def meant(rules: RuleSet, parse: Parse, *before: Parse) -> set[str]:
    """Return the names that words of a parse stand for."""
    (resolved,) = ReferenceReader(rules).resolve([parse], before)
    assert resolved is not None
    return {mention.text for referent in resolved.referents.values() for mention in referent.mentions}


def test_it_is_what_the_sentence_before_is_about(rules: RuleSet) -> None:
    assert meant(rules, IT, RAISED) == {"miR-21"}


def test_without_a_sentence_before_it_is_nothing(rules: RuleSet) -> None:
    assert meant(rules, IT) == set()


def test_it_is_not_one_of_a_list_and_they_are_all_of_it(rules: RuleSet) -> None:
    assert meant(rules, IT, LIST) == set()
    assert meant(rules, THEY, LIST) == {"miR-21", "miR-155"}
    assert meant(rules, THEY, RAISED) == set()


def test_it_is_no_object_of_the_sentence_before(rules: RuleSet) -> None:
    before = tree(("Drugs", "NNS", "nsubj", 1), ("inhibit", "VBP", "ROOT", 1), ("PTEN", "NN", "dobj", 1, "GENE"))
    assert meant(rules, IT, before) == set()


def test_it_is_not_what_only_tells_of_another_thing(rules: RuleSet) -> None:
    before = tree(
        ("miR-21", "NN", "npadvmod", 2, "MIRNA"),
        ("-", "HYPH", "punct", 2),
        ("mediated", "VBN", "amod", 3),
        ("growth", "NN", "nsubj", 4),
        ("stopped", "VBD", "ROOT", 4),
    )
    assert meant(rules, IT, before) == set()


def test_a_sentence_on_the_expression_of_a_thing_is_about_the_thing(rules: RuleSet) -> None:
    before = tree(
        ("Expression", "NN", "nsubj", 3),
        ("of", "IN", "prep", 0),
        ("miR-21", "NN", "pobj", 1, "MIRNA"),
        ("rose", "VBD", "ROOT", 3),
    )
    assert meant(rules, IT, before) == {"miR-21"}


def test_what_is_reported_is_what_a_sentence_is_about(rules: RuleSet) -> None:
    before = tree(
        ("We", "PRP", "nsubj", 1),
        ("found", "VBD", "ROOT", 1),
        ("that", "IN", "mark", 4),
        ("miR-21", "NN", "nsubj", 4, "MIRNA"),
        ("rose", "VBD", "ccomp", 1),
    )
    assert meant(rules, IT, before) == {"miR-21"}


def test_it_that_stands_for_a_clause_is_nothing(rules: RuleSet) -> None:
    parse = tree(
        ("It", "PRP", "nsubjpass", 2),
        ("was", "VBD", "auxpass", 2),
        ("shown", "VBN", "ROOT", 2),
        ("that", "IN", "mark", 5),
        ("drugs", "NNS", "nsubj", 5),
        ("inhibit", "VBP", "ccomp", 2),
        ("PTEN", "NN", "dobj", 5, "GENE"),
    )
    assert meant(rules, parse, RAISED) == set()


def test_what_a_verb_does_to_it_it_does_not_do_to_its_own_subject(rules: RuleSet) -> None:
    before = tree(("PTEN", "NN", "nsubj", 1, "GENE"), ("fell", "VBD", "ROOT", 1))
    parse = tree(("miR-21", "NN", "nsubj", 1, "MIRNA"), ("inhibits", "VBZ", "ROOT", 1), ("it", "PRP", "dobj", 1))
    assert meant(rules, parse, before) == {"PTEN"}


def test_its_own_sentence_comes_first(rules: RuleSet) -> None:
    parse = tree(
        ("miR-155", "NN", "nsubj", 1, "MIRNA"),
        ("fell", "VBD", "ROOT", 1),
        ("and", "CC", "cc", 1),
        ("it", "PRP", "nsubj", 4),
        ("inhibits", "VBZ", "conj", 1),
        ("PTEN", "NN", "dobj", 4, "GENE"),
    )
    assert meant(rules, parse, RAISED) == {"miR-155"}


@pytest.mark.parametrize("words", [("This", "miRNA"), ("this", "microRNA")])
def test_this_mirna_is_the_only_one(rules: RuleSet, words: tuple[str, ...]) -> None:
    assert meant(rules, noun_phrase(*words), RAISED) == {"miR-21"}
    assert meant(rules, noun_phrase(*words), LIST) == set()


@pytest.mark.parametrize("words", [("Both", "miRNAs"), ("these", "two", "microRNAs"), ("These", "miRNAs")])
def test_both_mirnas_are_two(rules: RuleSet, words: tuple[str, ...]) -> None:
    assert meant(rules, noun_phrase(*words), LIST) == {"miR-21", "miR-155"}
    assert meant(rules, noun_phrase(*words), RAISED) == set()


def test_three_are_not_two(rules: RuleSet) -> None:
    assert meant(rules, noun_phrase("these", "three", "miRNAs"), LIST) == set()


def test_a_noun_refers_only_to_its_own_type(rules: RuleSet) -> None:
    assert meant(rules, noun_phrase("This", "lncRNA"), RAISED) == set()


def test_a_noun_that_is_named_beside_it_refers_to_nothing_else(rules: RuleSet) -> None:
    parse = tree(
        ("This", "DT", "det", 1),
        ("miRNA", "NN", "nsubj", 4),
        (",", ",", "punct", 1),
        ("miR-155", "NN", "appos", 1, "MIRNA"),
        ("inhibits", "VBZ", "ROOT", 4),
        ("PTEN", "NN", "dobj", 4, "GENE"),
    )
    assert meant(rules, parse, RAISED) == set()


def test_the_clauses_of_a_sentence_look_back_at_each_other(rules: RuleSet) -> None:
    first, second = ReferenceReader(rules).resolve([RAISED, IT], [])
    assert first is not None
    assert second is not None
    assert not first.referents
    assert {mention.text for mention in second.referents[0].mentions} == {"miR-21"}


def test_a_claim_through_a_reference_says_so(rules: RuleSet) -> None:
    (resolved,) = ReferenceReader(rules).resolve([IT], [RAISED])
    assert resolved is not None
    reader = ClaimReader.of(Matcher(rules))
    (claim,) = reader.read(resolved, "It inhibits PTEN")[0]
    assert claim.references == ("it_before",)
    assert [(span.start, span.end) for span in claim.stand_ins] == [(0, 2)]


@pytest.mark.parametrize(
    ("passages", "sentences", "expected"),
    [
        ((Passage("miR-21 was low. It inhibits PTEN."),), (Sentence(0, 15), Sentence(16, 33)), True),
        ((Passage("A heading of it It inhibits PTEN."),), (Sentence(0, 15), Sentence(16, 33)), False),
        (
            (Passage("miR-21 was low."), Passage("It inhibits PTEN.")),
            (Sentence(0, 15, 0), Sentence(16, 33, 1)),
            False,
        ),
        (
            (Passage("miR-21 was low. It inhibits PTEN.", kind=PassageKind.TITLE),),
            (Sentence(0, 15, 0, PassageKind.TITLE), Sentence(16, 33, 0, PassageKind.TITLE)),
            False,
        ),
    ],
)
def test_a_sentence_looks_back_within_its_passage_and_over_no_heading(
    passages: tuple[Passage, ...], sentences: tuple[Sentence, Sentence], expected: bool
) -> None:
    first, second = sentences
    assert looks_back(Document("x", passages), second, first) is expected
    assert not looks_back(Document("x", passages), first, None)


def test_the_sentence_is_that_of_the_claim_and_the_argument_where_it_is_named(pipeline: Pipeline) -> None:
    text = "miR-21 was raised in serum. It inhibits PTEN."
    (evidence,) = _evidence(pipeline, text)
    assert (evidence.subject.start, evidence.subject.end) == (0, 6)
    assert text[evidence.sentence.start : evidence.sentence.end] == "It inhibits PTEN."
    assert [text[span.start : span.end] for span in evidence.stand_ins] == ["It"]
    assert evidence.references == ("it_before",)


def test_a_pair_that_the_sentence_names_needs_no_reference(pipeline: Pipeline) -> None:
    found = _evidence(pipeline, "miR-21 was raised. miR-21 inhibits PTEN, and it targets PTEN.")
    assert [evidence.references for evidence in found] == [()]


def test_two_words_that_stand_for_things_say_nothing_without_a_name(pipeline: Pipeline) -> None:
    assert not _evidence(
        pipeline, "miR-21 and miR-155 were raised. Both miRNAs were correlated with their levels."
    )


def test_given_mentions_are_what_is_referred_to(pipeline: Pipeline) -> None:
    text = "Gene X was raised in serum. This gene inhibits gene Y."
    given = [Mention(0, 6, "Gene X", "GENE"), Mention(47, 53, "gene Y", "GENE")]
    (reading,) = pipeline.read_tagged([(Document("x", (Passage(text),)), given)])
    (evidence,) = reading.evidence  # type: ignore[union-attr]
    assert (evidence.subject, evidence.object) == tuple(given)


def test_the_quick_way_parses_what_a_reference_needs(pipeline: Pipeline) -> None:
    """Neither sentence has two things that a rule could join."""
    text = "We measured serum. miR-21 was found. It inhibits PTEN. Nothing else was seen."
    document = Document("x", (Passage(text),))
    plan = pipeline.plan(document)
    assert [request.text for request in plan.requests] == ["miR-21 was found.", "It inhibits PTEN."]
    (quick,) = pipeline.read([document])
    (slow,) = Pipeline(plain=True).read([document])
    assert quick == slow
    assert quick.evidence  # type: ignore[union-attr]


def _evidence(pipeline: Pipeline, text: str):  # type: ignore[no-untyped-def]
    (reading,) = pipeline.read([Document("x", (Passage(text),))])
    return reading.evidence  # type: ignore[union-attr]
