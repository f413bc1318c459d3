"""Why a statement was missed or made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minex.evaluation.causes import Mistake, mistakes
from minex.evaluation.items import Argument, Statement
from minex.evaluation.score import score
from minex.model import Evidence, Mention
from tests.evaluation.making import found, judged, named

TEXT = "miR-21 inhibits PTEN and TP53."
MIR = named(TEXT, "miR-21", "MIRNA", concept="mir:21")
PTEN = named(TEXT, "PTEN", concept="HGNC:9588")
TP53 = named(TEXT, "TP53", concept="HGNC:11998")
ALL = (MIR, PTEN, TP53)


def asked(one: Mention = MIR, predicate: str = "inhibits", two: Mention = PTEN, **marks: object) -> Statement:
    sides = [Argument(each.type, each.name, each.concepts, (each.span,)) for each in (one, two)]
    return Statement(sides[0], predicate, sides[1], **marks)  # type: ignore[arg-type]


def told(
    gold: tuple[Statement, ...], evidence: tuple[Evidence, ...] = (), tagged: tuple[Mention, ...] = ALL
) -> list[Mistake]:
    result = score([judged(TEXT, gold, evidence, ALL, tagged)])
    return [mistake for each in result.judged for mistake in mistakes(each)]


def test_what_was_right_is_no_mistake() -> None:
    assert told((asked(),), (found(MIR, "inhibits", PTEN),)) == []


@pytest.mark.parametrize(
    ("tagged", "cause"),
    [
        ((MIR, PTEN), "no rule joins them: inhibits"),
        ((PTEN,), "name not found: MIRNA"),
        ((replace(MIR, type="GENE", concepts=("x:1",)), PTEN), "name of another type: MIRNA as GENE"),
        ((MIR, replace(PTEN, concepts=("HGNC:1",))), "name linked otherwise: GENE"),
    ],
)
def test_a_missed_statement_is_laid_to_the_first_stage_that_lost_it(
    tagged: tuple[Mention, ...], cause: str
) -> None:
    (mistake,) = told((asked(),), tagged=tagged)
    assert mistake == Mistake("missed", cause, "gold.jsonl:1", "u1", "miR-21 inhibits PTEN")


def test_an_argument_that_stands_elsewhere_is_told_as_such() -> None:
    header = replace(asked(), subject=Argument("CONDITION", "hypoxia"))
    assert [each.cause for each in told((header,))] == ["an argument that the unit does not name"]


@pytest.mark.parametrize(
    ("evidence", "cause"),
    [
        (found(MIR, "activates", PTEN), "sign: inhibits read as activates"),
        (found(PTEN, "inhibits", MIR), "direction"),
        (found(MIR, "inhibits", PTEN, negated=True), "negation"),
    ],
)
def test_a_pair_read_otherwise_says_in_what_on_both_sides(evidence: Evidence, cause: str) -> None:
    missed, wrong = told((asked(),), (evidence,))
    assert missed.cause == cause
    assert wrong.kind == "wrong"
    assert wrong.rule == "r"
    assert wrong.cause == cause


def test_a_made_up_statement_is_laid_to_its_names_or_to_the_rule() -> None:
    assert [each.cause for each in told((), (found(MIR, "inhibits", PTEN),))] == ["not said: inhibits"]
    strange = replace(PTEN, start=7, end=15, concepts=("HGNC:2",))
    assert [each.cause for each in told((), (found(MIR, "inhibits", strange),))] == ["name made up: GENE"]
    other = replace(PTEN, type="CANCER", concepts=("DOID:1",))
    assert [each.cause for each in told((), (found(MIR, "inhibits", other),))] == [
        "name of another type: GENE as CANCER"
    ]


def test_an_unsigned_pair_that_nothing_joins_is_a_mistake_too() -> None:
    (mistake,) = told((asked(unsigned=True),))
    assert (mistake.kind, mistake.cause) == ("missed", "no rule joins them")
    assert told((asked(unsigned=True),), (found(PTEN, "activates", MIR),)) == []


def test_of_two_signs_the_one_that_was_found_does_not_explain_the_other() -> None:
    both = asked(), asked(predicate="activates")
    (mistake,) = told(both, (found(MIR, "activates", PTEN),))
    assert (mistake.statement, mistake.cause) == ("miR-21 inhibits PTEN", "no rule joins them: inhibits")
