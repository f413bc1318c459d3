"""What is compared, and which unit a finding falls to."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from minex.evaluation.items import Places, Truth, Unit, found_by_unit
from minex.model import Context, Document, Passage, Reading, Span
from tests.evaluation.making import found, named, say, side

TEXT = "miR-21 inhibits PTEN. TP53 activates BAX."
MIR, PTEN = named(TEXT, "miR-21", "MIRNA"), named(TEXT, "PTEN")
TP53, BAX = named(TEXT, "TP53"), named(TEXT, "BAX")


def units(*spans: tuple[int, int], half: str = "") -> tuple[Unit, ...]:
    return tuple(Unit(f"u{n}", "", Span(*span), half=half) for n, span in enumerate(spans))


def test_two_linked_names_are_one_thing_by_their_concepts_alone() -> None:
    assert side("p53", concept="HGNC:1").same(side("TP53", concept="HGNC:1"))
    assert not side("p53", concept="HGNC:1").same(side("p53", concept="HGNC:2"))


def test_an_unlinked_name_is_compared_by_its_letters_whatever_their_case() -> None:
    assert side("Pten").same(side("PTEN", concept="HGNC:9588"))
    assert not side("Pten").same(side("PTENP1"))


def test_arguments_touch_where_they_share_a_character_and_without_places_by_name() -> None:
    assert side("a", (0, 4)).touches(side("b", (3, 6)))
    assert not side("a", (0, 4)).touches(side("a", (4, 6)))
    assert side("a").touches(side("A", (4, 6)))


def test_a_statement_is_written_as_people_say_it() -> None:
    assert str(say("A inhibits B", negated=True, hedged=True)) == "not maybe A inhibits B"
    assert say("A inhibits B").types == "GENE-GENE"


def test_findings_fall_to_the_unit_that_they_begin_in() -> None:
    truth = Truth(Document("d", (Passage(TEXT),)), units((0, 21), (22, 41)))
    reading = Reading(truth.document, mentions=(MIR, PTEN, TP53, BAX), evidence=(found(TP53, "activates", BAX),))
    mentions, statements = found_by_unit(truth, reading)
    assert [[each.text for each in unit] for unit in mentions] == [["miR-21", "PTEN"], ["TP53", "BAX"]]
    assert [list(map(str, unit)) for unit in statements] == [[], ["TP53 activates BAX"]]


def test_evidence_that_crosses_units_falls_to_the_object_and_only_there() -> None:
    truth = Truth(Document("d", (Passage(TEXT),)), units((0, 21), (22, 41)))
    reading = Reading(truth.document, evidence=(found(MIR, "inhibits", BAX),))
    assert [len(each) for each in found_by_unit(truth, reading)[1]] == [0, 1]


def test_a_claim_on_what_the_sentence_before_names_falls_to_the_unit_that_makes_it() -> None:
    truth = Truth(Document("d", (Passage(TEXT),)), units((0, 21), (22, 41)))
    for subject, object in ((MIR, BAX), (BAX, PTEN)):
        evidence = replace(found(subject, "inhibits", object), sentence=Span(22, 41))
        said = found_by_unit(truth, Reading(truth.document, evidence=(evidence,)))[1]
        assert [len(each) for each in said] == [0, 1]


def test_what_stands_in_no_unit_is_not_judged() -> None:
    truth = Truth(Document("d", (Passage(TEXT),)), units((22, 41)))
    reading = Reading(truth.document, mentions=(MIR,), evidence=(found(MIR, "inhibits", PTEN),))
    assert found_by_unit(truth, reading) == ([[]], [[]])


def test_further_places_of_an_argument_are_kept_with_the_argument() -> None:
    text = "miR-21 and PTEN: miR-21 inhibits PTEN."
    one, two = named(text, "miR-21", "MIRNA", nth=2), named(text, "PTEN", nth=2)
    earlier = named(text, "miR-21", "MIRNA"), named(text, "PTEN")
    truth = Truth(Document("d", (Passage(text),)), units((0, len(text))))
    evidence = found(one, "inhibits", two, also=(earlier[0].span, earlier[1].span))
    ((said,),) = found_by_unit(
        truth, Reading(truth.document, mentions=(*earlier, one, two), evidence=(evidence,))
    )[1]
    assert said.subject.spans == (one.span, earlier[0].span)
    assert said.object.spans == (two.span, earlier[1].span)


def test_context_counts_where_the_unit_says_it_and_not_where_the_title_does() -> None:
    context = Context(
        cancer=(named(TEXT, "BAX"),), condition=(PTEN,), sources=(("cancer", "title"), ("condition", "sentence"))
    )
    truth = Truth(Document("d", (Passage(TEXT),)), units((0, 41)))
    reading = Reading(truth.document, evidence=(found(MIR, "inhibits", PTEN, context=context),))
    ((said,),) = found_by_unit(truth, reading)[1]
    assert said.context == {"condition": ("PTEN",)}


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda each: (each[0], each[0] + each[1])))


@given(spans, st.integers(0, 80))
def test_a_unit_is_found_exactly_if_one_holds_the_offset(places: list[tuple[int, int]], offset: int) -> None:
    here = units(*places)
    holding = [number for number, unit in enumerate(here) if unit.span.start <= offset < unit.span.end]
    number = Places(here).at((offset,))
    assert number in holding if holding else number is None


def test_units_are_looked_up_without_walking_over_all_of_them() -> None:
    here = Places(units(*((n * 10, n * 10 + 10) for n in range(100_000))))
    begun = perf_counter()
    assert [here.at((offset,)) for offset in range(0, 1_000_000, 100)] == list(range(0, 100_000, 10))
    assert perf_counter() - begun < 20  # a tenth of a second; minutes if it walked
