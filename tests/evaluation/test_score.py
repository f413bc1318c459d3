"""What minex found against what is there."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from minex.evaluation.items import Argument, Statement, Truth, Unit
from minex.evaluation.score import Score, score
from minex.model import Context, Document, Origin, Passage, Reading, Span
from tests.evaluation.making import found, judged, named

TEXT = "miR-21 inhibits PTEN and TP53."
MIR, PTEN, TP53 = named(TEXT, "miR-21", "MIRNA"), named(TEXT, "PTEN"), named(TEXT, "TP53")


def gold(one: object, predicate: str, two: object, **marks: object) -> Statement:
    sides = (Argument(each.type, each.name, each.concepts, (each.span,)) for each in (one, two))  # type: ignore[attr-defined]
    subject, object = sides
    return Statement(subject, predicate, object, **marks)  # type: ignore[arg-type]


def total(result: Score, level: str, how: str = "strict") -> tuple[int, int, int]:
    count = result.levels[level, how].total
    return count.right, count.wrong, count.missed


def test_each_level_counts_what_was_found_made_up_and_missed() -> None:
    pair = judged(
        TEXT,
        (gold(MIR, "inhibits", PTEN), gold(MIR, "inhibits", TP53)),
        (found(MIR, "decreases", PTEN), found(PTEN, "inhibits", TP53)),
    )
    result = score([pair])
    assert [total(result, level) for level in ("evidence", "pair", "document")] == [(1, 1, 1)] * 3
    assert (result.documents, result.units) == (1, 1)
    assert result.predicates["inhibits"].total == type(result.predicates["inhibits"].total)(1, 1, 1)
    assert {kind: tally.total.right for kind, tally in result.types.items()} == {"MIRNA-GENE": 1, "GENE-GENE": 0}


def test_mentions_are_counted_by_type_exactly_and_overlapping() -> None:
    short = replace(PTEN, end=PTEN.end - 1)
    pair = judged(TEXT, (), mentions=(MIR, PTEN, TP53), tagged=(MIR, short, replace(TP53, type="CANCER")))
    result = score([pair])
    exact = {kind: tally.total for (kind, how), tally in result.mentions.items() if how == "exact"}
    overlapping = {kind: tally.total for (kind, how), tally in result.mentions.items() if how == "overlapping"}
    assert (exact["MIRNA"].right, exact["GENE"].missed, exact["GENE"].wrong, exact["CANCER"].wrong) == (1, 2, 1, 1)
    assert (overlapping["GENE"].right, overlapping["GENE"].missed, overlapping["CANCER"].wrong) == (1, 1, 1)


def test_overlapping_mentions_are_matched_as_often_as_can_be_in_whatever_order_they_come() -> None:
    """The first gold mention took the long span, and the second one was missed beside a free short span."""
    left, right = replace(PTEN, start=0, end=5), replace(PTEN, start=6, end=10)
    long, short = replace(PTEN, start=0, end=10), replace(PTEN, start=0, end=3)
    for tagged in permutations((long, short)):
        for mentions in permutations((left, right)):
            result = score([judged(TEXT, (), mentions=mentions, tagged=tagged)])
            assert result.mentions["GENE", "overlapping"].total.right == 2


def test_concepts_are_counted_once_a_unit() -> None:
    linked = replace(PTEN, concepts=("HGNC:9588",))
    again = replace(linked, start=25, end=29)
    other = replace(linked, concepts=("HGNC:1",))
    result = score([judged(TEXT, (), mentions=(linked, again), tagged=(linked, other))])
    count = result.concepts["GENE"].total
    assert (count.right, count.wrong, count.missed) == (1, 1, 0)


def test_context_and_marks_are_judged_of_statements_that_were_found() -> None:
    cancer = replace(TP53, type="CANCER", name="lung cancer")
    asked = gold(
        MIR,
        "inhibits",
        PTEN,
        direct=True,
        correlation=-1,
        method=("western blot",),
        context={"cancer": ("Lung cancer",), "vesicle": ("exosome",)},
        origin="cited",
    )
    evidence = found(
        MIR,
        "inhibits",
        PTEN,
        direct=True,
        hedged=True,
        correlation=1,
        method=("Western blot", "RT-qPCR"),
        context=Context(
            cancer=(cancer,), condition=(PTEN,), sources=(("cancer", "sentence"), ("condition", "header"))
        ),
        origin=Origin.OWN,
    )
    result = score([judged(TEXT, (asked, gold(MIR, "inhibits", TP53, hedged=True)), (evidence,))])
    context = {slot: (c.right, c.wrong, c.missed) for slot, t in result.context.items() if (c := t.total) and t}
    assert context["cancer"] == (1, 0, 0)
    assert context["condition"] == (0, 1, 0)
    assert context["vesicle"] == (0, 0, 1)
    marks = {mark: (t.total.right, t.total.wrong, t.total.missed) for mark, t in result.marks.items()}
    assert marks["direct"] == (1, 0, 0)
    assert marks["hedged"] == (0, 1, 0)
    assert marks["correlation"] == (0, 1, 1)
    assert marks["method"] == (1, 1, 0)
    assert marks["origin"] == (0, 1, 1)


def two_halves() -> tuple[Truth, Reading]:
    document = Document("d", (Passage(TEXT),))
    left = Unit("u1", "", Span(0, 20), half="held", statements=())
    right = Unit("u2", "", Span(20, 30), half="development", statements=())
    return Truth(document, (left, right)), Reading(document, evidence=(found(MIR, "inhibits", TP53),))


def test_a_finding_across_two_halves_is_counted_in_one_of_them() -> None:
    """It fell to its subject's unit where the object's was cut off with the other half: wrong in both."""
    wrong = [total(score([two_halves()], half=half), "pair")[1] for half in ("development", "held")]
    assert wrong == [1, 0]
    assert total(score([two_halves()]), "pair")[1] == 1


def test_a_document_without_a_unit_of_a_half_is_not_counted_there() -> None:
    truth, reading = two_halves()
    assert score([(truth, reading)], half="held").documents == 1
    assert score([(truth, reading)], half="other").documents == 0


def test_what_one_document_says_in_two_texts_is_counted_once_at_its_level() -> None:
    one = judged(TEXT, (gold(MIR, "inhibits", PTEN),), (found(MIR, "inhibits", PTEN),))
    result = score([one, one], work=lambda _: "both")
    assert total(result, "document") == (1, 0, 0)
    assert total(result, "pair") == (2, 0, 0)


def test_an_inferred_statement_is_no_question_and_answering_it_no_mistake() -> None:
    pair = judged(TEXT, (gold(MIR, "inhibits", PTEN, inferred=True),), (found(MIR, "inhibits", PTEN),))
    result = score([pair])
    assert [total(result, level) for level in ("evidence", "pair", "document")] == [(0, 0, 0)] * 3


def test_the_figures_of_nothing_are_there_and_empty() -> None:
    result = score([]).figures()
    assert result["statements"]["pair"]["strict"]["f1"] is None
    assert result["mentions"] == {"exact": {}, "overlapping": {}}
