"""The gold set as it ships: whole, consistent, in two halves, and agreed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from minex.evaluation.gold import sets
from minex.evaluation.gold.agreement import agreement
from minex.evaluation.gold.passes import Reader
from minex.evaluation.gold.records import (
    HALVES,
    GoldDocument,
    GoldUnit,
    Problems,
    Restatement,
    load_restatements,
    read_statements,
)
from minex.evaluation.items import SYMMETRIC, Argument, Statement, Truth
from minex.evaluation.match import answers_strictly
from minex.model import Mention


@pytest.fixture(scope="module")
def documents() -> list[GoldDocument]:
    problems = Problems()
    golds = sets.documents(problems)
    assert problems.failures == []
    return golds


@pytest.fixture(scope="module")
def restatements() -> tuple[Restatement, ...]:
    problems = Problems()
    found = load_restatements(sets.folder() / "restatements.jsonl", problems)
    assert problems.failures == []
    return found


@pytest.fixture(scope="module")
def truths() -> list[Truth]:
    problems = Problems()
    found = sets.restatements(problems)
    assert problems.failures == []
    return found


def said(unit: GoldUnit) -> tuple[Statement, ...]:
    """Return a unit's statements; its mentions have no places as long as the text is not at hand."""
    mentions = [
        Mention(n, n + 1, each.surface, each.type, each.concepts, each.name)
        for n, each in enumerate(unit.mentions)
    ]
    problems = Problems()
    found = read_statements(unit.statements, mentions, unit.place, problems)
    assert problems.failures == []
    return found


def test_both_documents_are_there_and_their_statements_can_be_read(documents: list[GoldDocument]) -> None:
    assert [each.doi for each in documents] == ["10.1186/s12943-018-0869-y", "10.1186/s12957-022-02706-y"]
    assert all(said(unit) for document in documents for unit in document.units if unit.statements)


def test_no_line_of_the_gold_set_holds_a_text(documents: list[GoldDocument]) -> None:
    """A mention's surface is a name; the longest are names of several words."""
    longest = max(
        (each.surface for document in documents for unit in document.units for each in unit.mentions), key=len
    )
    assert len(longest.split()) <= 10


def test_every_restatement_holds_its_mentions_where_it_says(truths: list[Truth]) -> None:
    assert truths
    for truth in truths:
        (unit,) = truth.units
        for each in unit.mentions:
            assert truth.document.text[each.start : each.end] == each.text
            assert each.text == each.text.strip()


def test_every_statement_is_of_mentions_or_of_things_with_a_name(truths: list[Truth]) -> None:
    for truth in truths:
        for statement in truth.units[0].statements:
            for side in (statement.subject, statement.object):
                assert side.spans or side.name


def test_both_halves_are_of_comparable_size(documents: list[GoldDocument], truths: list[Truth]) -> None:
    by_half = Counter(unit.half for document in documents for unit in document.units)
    restated = Counter(truth.units[0].half for truth in truths)
    statements = Counter(truth.units[0].half for truth in truths for _ in truth.units[0].statements)
    for counted in (by_half, restated, statements):
        assert set(counted) == set(HALVES)
        assert min(counted.values()) / max(counted.values()) > 0.7


def test_a_restatement_is_in_the_half_of_what_it_restates(
    documents: list[GoldDocument], restatements: tuple[Restatement, ...]
) -> None:
    halves = {unit.id: unit.half for document in documents for unit in document.units}
    assert {each.id for each in restatements if each.half != halves[each.of[0]]} == set()


def told(statement: Statement) -> str:
    names = [statement.subject.name.casefold(), statement.object.name.casefold()]
    if statement.predicate in SYMMETRIC:
        names.sort()
    return f"{names[0]} {statement.sign:+d}{' not' if statement.negated else ''} {names[1]}"


def test_every_asked_statement_of_every_unit_is_restated(
    documents: list[GoldDocument], restatements: tuple[Restatement, ...], truths: list[Truth]
) -> None:
    restated: dict[str, list[Statement]] = {}
    for restatement, truth in zip(restatements, truths, strict=True):
        for of in restatement.of:
            restated.setdefault(of, []).extend(truth.units[0].statements)
    missing = [
        f"{unit.id}: {told(statement)}"
        for document in documents
        for unit in document.units
        for statement in said(unit)
        if not statement.inferred
        and not any(
            not each.inferred and answers_strictly(statement, each, Argument.same)
            for each in restated.get(unit.id, ())
        )
    ]
    assert missing == []


def test_nothing_is_restated_that_no_unit_says(
    documents: list[GoldDocument], restatements: tuple[Restatement, ...], truths: list[Truth]
) -> None:
    there = {unit.id: said(unit) for document in documents for unit in document.units}
    strange = [
        f"{restatement.id}: {told(statement)}"
        for restatement, truth in zip(restatements, truths, strict=True)
        for statement in truth.units[0].statements
        if not any(answers_strictly(each, statement, Argument.same) for of in restatement.of for each in there[of])
    ]
    assert strange == []


def test_restatements_are_written_in_words_of_our_own(
    documents: list[GoldDocument], restatements: tuple[Restatement, ...]
) -> None:
    from minex.evaluation.gold.fingerprint import fingerprint

    marks = {unit.fingerprint for document in documents for unit in document.units}
    assert [each.id for each in restatements if fingerprint(each.text) in marks] == []


@pytest.mark.parametrize("which", ["a", "b", "adjudicated"])
def test_every_pass_is_without_an_error(which: str) -> None:
    files = sorted((sets.folder() / "passes" / which).glob("*.txt"))
    assert files
    assert [error for file in files for error in Reader(file).errors] == []


def test_both_readers_agree_on_the_statements() -> None:
    folder: Path = sets.folder() / "passes"
    result: Mapping[str, Any] = agreement(folder / "a", folder / "b")
    assert result["statements, strict"] >= 0.85
    assert result["statements, loose"] >= result["statements, strict"]
