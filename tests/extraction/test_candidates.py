"""The filter before the parser may skip only what could give nothing."""

from __future__ import annotations

import pytest

from minex.extraction import candidates
from minex.extraction.candidates import CandidateFilter
from minex.extraction.extractor import Extractor
from minex.model import Document, Mention, Passage, Sentence
from minex.rules.language import RuleSet
from minex.syntax.mask import _COMPOUND

A = Mention(0, 1, "A", "MIRNA", name="A")
B = Mention(2, 3, "B", "GENE", name="B")
CANCER = Mention(4, 5, "C", "CANCER", name="C")
PROCESS = Mention(6, 7, "D", "PROCESS", name="D")
VESICLE = Mention(8, 9, "E", "VESICLE", name="E")
ALL = (A, B, CANCER, PROCESS, VESICLE)


def test_two_things_and_a_word_that_could_join_them_are_worth_it(rules: RuleSet) -> None:
    assert CandidateFilter(rules).worth_parsing("A inhibits B", (A, B))


def test_one_thing_twice_is_not(rules: RuleSet) -> None:
    assert not CandidateFilter(rules).worth_parsing("A inhibits A", (A, A))


def test_what_is_remembered_of_words_does_not_grow_for_ever(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST_KNOWN", 5)
    filter = CandidateFilter(rules)
    for verb in ("inhibits", "activates", "promotes", "suppresses"):
        for mentions in ((A, B), (A, CANCER), (A, PROCESS), (A, B, CANCER)):
            expected = CandidateFilter(rules).worth_parsing(f"A {verb} B", mentions)
            assert filter.worth_parsing(f"A {verb} B", mentions) is expected
            assert len(filter._known) <= 5


def test_two_things_that_nothing_joins_are_not(rules: RuleSet) -> None:
    assert not CandidateFilter(rules).worth_parsing("growth inhibits glioma", (CANCER, PROCESS))


def test_without_a_trigger_there_is_nothing_to_parse(rules: RuleSet) -> None:
    assert not CandidateFilter(rules).worth_parsing("A and B were seen", (A, B))


@pytest.mark.parametrize("joint", ["", "-", " "])
def test_every_trigger_is_known_in_every_way_that_it_is_written(rules: RuleSet, joint: str) -> None:
    """With things of every type, where the word says something by itself, as *showed* does not."""
    filter = CandidateFilter(rules)
    effects = rules.taxonomy.effects
    for form, triggers in rules.triggers.items():
        needs = all(effects[each.effect].needs == "change" for each in triggers)
        assert needs or filter.worth_parsing(f"A {form} B", ALL), form
        for cut in range(2, 6):
            # The mask joins "down-regulated" to one word; a filter that did not know it would lose the sentence.
            written = f"{form[:cut]}{joint}{form[cut:]}"
            match = _COMPOUND.fullmatch(written)
            if joint and match and len(form) - cut >= 3 and not needs:
                assert filter.worth_parsing(f"A {written} B", ALL), written


def test_what_cannot_be_an_argument_hides_nothing_that_can(rules: RuleSet) -> None:
    text = "A inhibits B."
    cells = Mention(0, len(text), text, "CELL_TYPE", name="cells")
    gene = Mention(11, 12, "B", "GENE", name="B")
    plan = Extractor(rules).plan(Document("x", (Passage(text),)), [Sentence(0, len(text))], [cells, A, gene])
    [request] = plan.requests
    assert set(request.mentions) == {A, gene}


def test_a_word_is_worth_it_only_with_types_that_it_joins(rules: RuleSet) -> None:
    filter = CandidateFilter(rules)
    assert filter.worth_parsing("A is secreted in E", (A, VESICLE))
    assert not filter.worth_parsing("A secreted B", (A, B))


def test_a_word_that_needs_a_change_is_worth_it_only_with_one(rules: RuleSet) -> None:
    filter = CandidateFilter(rules)
    assert not filter.worth_parsing("A showed B", (A, B))
    assert filter.worth_parsing("A showed reduced B", (A, B))
    assert not filter.worth_parsing("A showed and showed B", (A, B))


def test_a_sentence_that_looks_back_is_judged_with_what_was_named_before(rules: RuleSet) -> None:
    text = "miR-21 was studied. It inhibits PTEN. It was seen."
    sentences = [Sentence(0, 19), Sentence(20, 37), Sentence(38, 50)]
    mentions = [Mention(0, 6, "miR-21", "MIRNA"), Mention(32, 36, "PTEN", "GENE")]
    plan = Extractor(rules).plan(Document("x", (Passage(text),)), sentences, mentions)
    assert [len(each.requests) for each in plan.plans] == [1, 1]
