"""What people judge of evidence: it overrides what was read, and stays with its sentence whatever comes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.errors import UsageError
from minex.model import Status
from minex.reports.diff import compare
from minex.reports.evidence import of_triples
from minex.store import Store
from minex.store.verdicts import recount_for
from tests.store.build import said
from tests.store.conftest import Shelf
from tests.store.records import article, citation

TARGETS = said("miR-21-5p", "targets", "PTEN")
RAISES = said("miR-21-5p", "increases", "PTEN")
STATE = "SELECT belief, evidence_count, document_count, right_count, wrong_count FROM triple WHERE predicate = ?"


def state(shelf: Shelf, predicate: str = "targets") -> tuple[Any, ...]:
    ((belief, *counts),) = shelf.ask(STATE, predicate)
    return round(belief, 3), *counts


def of(shelf: Shelf, document: str, predicate: str = "targets") -> str:
    sql = "SELECT id FROM evidence WHERE document = ? AND predicate = ?"
    return str(shelf.one(sql, document, predicate))


def judge(shelf: Shelf, document: str, verdict: str, *, who: str = "ann", predicate: str = "targets") -> list[str]:
    return shelf.store.judge([(of(shelf, document, predicate), verdict, "")], who)


@pytest.fixture
def two(shelf: Shelf) -> Shelf:
    shelf.write(citation(1, [TARGETS]), citation(2, [TARGETS]))
    assert state(shelf) == (0.96, 2, 2, 0, 0)
    return shelf


def test_what_is_judged_wrong_counts_no_more(two: Shelf) -> None:
    judge(two, "PMID:1", "wrong")
    assert state(two) == (0.8, 1, 1, 0, 1)
    judge(two, "PMID:2", "sign")
    assert state(two) == (0.0, 0, 0, 0, 2)
    assert two.ask("SELECT * FROM triple_named") == []
    assert two.ask("SELECT * FROM mirna_target") == []


def test_what_is_judged_right_counts_as_sure(two: Shelf) -> None:
    judge(two, "PMID:1", "right")
    assert state(two) == (0.998, 2, 2, 1, 0)


def test_a_right_reading_of_a_guess_is_still_a_guess(shelf: Shelf) -> None:
    shelf.write(citation(1, [said("miR-21-5p", "targets", "PTEN", hedged=True)]))
    judge(shelf, "PMID:1", "right")
    assert state(shelf) == (0.5, 1, 1, 1, 0)


def test_a_wrong_piece_no_longer_contradicts(shelf: Shelf) -> None:
    shelf.write(citation(1, [TARGETS]), citation(2, [RAISES]))
    assert shelf.one("SELECT rolled_belief FROM triple WHERE predicate = 'targets'") == 0.4
    judge(shelf, "PMID:2", "wrong", predicate="increases")
    assert shelf.one("SELECT rolled_belief FROM triple WHERE predicate = 'targets'") == 0.8


def test_a_wrong_piece_makes_no_cell_of_the_review_table(shelf: Shelf) -> None:
    shelf.write(citation(1, [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")]))
    assert shelf.one("SELECT mechanism FROM review_table") == "inhibits PTEN"
    judge(shelf, "PMID:1", "wrong")
    assert shelf.ask("SELECT * FROM review_table") == []


def test_a_verdict_taken_back_leaves_no_trace(two: Shelf) -> None:
    before = two.dump()
    judge(two, "PMID:1", "wrong")
    judge(two, "PMID:1", "")
    assert two.dump() == before


def test_of_several_people_the_last_one_counts(two: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute, (who, verdict) in enumerate((("ann", "wrong"), ("ben", "right"), ("eve", "sign"))):
        monkeypatch.setattr("minex.store.writer.now", lambda minute=minute: f"2026-11-01T00:0{minute}:00+00:00")
        judge(two, "PMID:1", verdict, who=who)
    assert two.ask("SELECT verdict, who, disagreeing, is_read FROM judged") == [("sign", "eve", 2, 1)]
    judge(two, "PMID:1", "", who="eve")
    assert two.ask("SELECT verdict, who FROM judged") == [("right", "ben")]
    assert state(two)[3:] == (1, 0)


def test_only_known_verdicts_on_known_evidence(two: Shelf) -> None:
    assert two.store.judge([("0" * 16, "wrong", ""), (of(two, "PMID:1"), "wrong", "")], "ann") == ["0" * 16]
    with pytest.raises(UsageError, match="allowed: right, wrong, sign"):
        two.store.judge([(of(two, "PMID:2"), "wrong", ""), (of(two, "PMID:2"), "maybe", "")], "ann")
    assert state(two)[3:] == (0, 1)


def test_it_survives_reading_again_with_other_rules(two: Shelf) -> None:
    judge(two, "PMID:1", "wrong")
    two.new_run("g")
    # The other rules read something else there, then the same again.
    two.write(citation(1, [RAISES], title="Other"))
    assert two.ask("SELECT is_read FROM judged") == [(0,)]
    assert state(two) == (0.8, 1, 1, 0, 0)
    two.new_run("h")
    two.write(citation(1, [TARGETS, RAISES], title="Again"))
    assert state(two) == (0.8, 1, 1, 0, 1)
    assert two.ask("SELECT is_read FROM judged") == [(1,)]


def test_it_survives_a_revision_of_the_text_around_it(two: Shelf) -> None:
    judge(two, "PMID:1", "right")
    two.write(citation(1, [said("hypoxia", "increases", "miR-21-5p"), TARGETS], text="A new end."))
    assert state(two) == (0.998, 2, 2, 1, 0)


def test_it_survives_a_retraction_that_is_taken_back(two: Shelf) -> None:
    judge(two, "PMID:1", "wrong")
    two.store.retract("1", "fraud", "ann", two.run)
    assert state(two) == (0.8, 1, 1, 0, 0)
    assert two.ask("SELECT is_read FROM judged") == [(0,)]
    two.store.unretract("1", "ann")
    assert state(two) == (0.8, 1, 1, 0, 1)


def test_it_survives_deletion_and_return(two: Shelf) -> None:
    judge(two, "PMID:2", "right")
    two.store.set_status({"PMID:2": (Status.DELETED, "gone")}, two.run)
    two.store.set_status({"PMID:2": (Status.ACTIVE, "")}, two.run)
    assert state(two) == (0.998, 2, 2, 1, 0)


def test_it_moves_with_its_document_to_another_name(shelf: Shelf) -> None:
    shelf.write(article(None, [TARGETS], pmcid="PMC7"))
    judge(shelf, "PMC:7", "wrong")
    shelf.write(citation(7, [RAISES], pmcid="PMC7"))
    assert shelf.ask("SELECT document, is_read FROM judged") == [("PMID:7", 1)]
    assert state(shelf) == (0.0, 0, 0, 0, 1)


def test_of_two_verdicts_that_fall_together_the_newer_stays(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write(article(None, [TARGETS], pmcid="PMC7"), citation(7, [TARGETS]))
    for minute, (document, verdict) in enumerate((("PMC:7", "right"), ("PMID:7", "wrong"))):
        monkeypatch.setattr("minex.store.writer.now", lambda minute=minute: f"2026-11-01T00:0{minute}:00+00:00")
        judge(shelf, document, verdict)
    shelf.write(citation(7, [TARGETS], pmcid="PMC7", title="Joined"))
    assert shelf.ask("SELECT document, verdict, is_read FROM judged") == [("PMID:7", "wrong", 1)]
    assert state(shelf) == (0.0, 0, 0, 0, 1)


def test_the_history_says_that_a_person_judged(two: Shelf) -> None:
    before = two.run
    two.new_run()
    judge(two, "PMID:1", "wrong")
    judge(two, "PMID:2", "right")
    assert two.ask("SELECT document, reason, old_evidence_count, new_evidence_count FROM change_cause")[2:] == [
        ("PMID:1", "judged", 1, 0),
        ("PMID:2", "judged", 1, 1),
    ]  # fmt: skip
    (change,) = compare(two.store, before, two.run).believed
    assert (change.belief_before, change.belief_after) == (0.96, 0.99)
    assert [quote.document for quote in change.quotes] == ["PMID:2"]


def test_what_is_shown_says_what_was_judged(two: Shelf) -> None:
    judge(two, "PMID:1", "wrong")
    judge(two, "PMID:2", "right")
    pieces = of_triples(two.store.connection, [two.one("SELECT id FROM triple")])
    assert {(piece.document, piece.verdict, piece.judged_by, piece.marks) for piece in pieces} == {
        ("PMID:1", "wrong", "ann", ("judged wrong",)),
        ("PMID:2", "right", "ann", ("judged right",)),
    }


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "judge", "retract", "restore"]),
        st.integers(1, 3),
        st.sampled_from(["right", "wrong", "sign", ""]),
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_the_order_sums_are_what_reading_all_again_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]]
) -> None:
    """Sums that were added to step by step are those of a database that is summed at once."""
    with Store.open(tmp_path_factory.mktemp("v") / "x.db") as store:
        shelf = Shelf(store)
        for number in (1, 2, 3):
            shelf.write(citation(number, [TARGETS, said("miR-21-5p", "decreases", "PTEN")]))
        for number, (what, document, verdict) in enumerate(steps):
            id_ = f"PMID:{document}"
            if what == "write":
                shelf.write(citation(document, [TARGETS, RAISES], title=f"T{number}"))
            elif what == "judge":
                judge(shelf, id_, verdict)
            elif what == "retract":
                store.retract(str(document), "fraud", "ann", shelf.run)
            else:
                store.unretract(str(document), "ann")
        step_by_step = shelf.dump()
        with store.transaction():
            recount_for(store.connection, [id_ for (id_,) in shelf.ask("SELECT id FROM evidence")])
        assert shelf.dump() == step_by_step
