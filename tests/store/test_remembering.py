"""What changed in each run is remembered, with its reason: going back from now gives every earlier state."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.jobs.ledger import Ledger
from minex.model import Reading, Status
from minex.store import Store, changes
from tests.store.build import lookup, reading, said, tombstone
from tests.store.conftest import Shelf
from tests.store.records import article, citation
from tests.store.test_history import READINGS

PTEN = said("miR-21-5p", "targets", "PTEN")
TJP1 = said("miR-21-5p", "targets", "TJP1")
NOW = """
SELECT id, belief, rolled_belief, evidence_count, document_count FROM triple WHERE evidence_count > 0
"""


def causes(shelf: Shelf) -> list[tuple[object, ...]]:
    return shelf.ask(
        "SELECT c.run_id, coalesce(t.object, g.object), document, reason, old_evidence_count, new_evidence_count "
        "FROM change_cause c LEFT JOIN triple t ON t.id = c.triple LEFT JOIN gone_triple g ON g.id = c.triple "
        "ORDER BY 1, 3, 2"
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.lists(READINGS, max_size=3), max_size=2), max_size=6),
    st.lists(st.sampled_from(["1", "2"]), min_size=6, max_size=6),
)
def test_going_back_from_now_gives_the_state_at_the_end_of_every_run(
    runs: list[list[list[Reading]]], rules: list[str]
) -> None:
    """Runs of several transactions each; compared with what the database said when each run ended."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "x.db")) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        ledger = Ledger(store)
        ends: list[dict[str, tuple[float, ...]]] = [{}]
        for batches, version in zip(runs, rules, strict=False):
            run = ledger.start({"rules": version}, version)
            for batch in batches:
                store.write(batch, run, concept=lookup)
            store.tidy()
            ends.append({row[0]: row[1:] for row in store.connection.execute(NOW)})
        for run, state in enumerate(ends):
            assert changes.state_at(store.connection, run) == state
        ask = store.connection.execute
        for row in ask("SELECT run_id, triple, old_evidence_count, new_evidence_count FROM triple_change"):
            run, triple, old, new = row
            assert old == ends[run - 1].get(triple, (0, 0, 0))[2]
            assert new == ends[run].get(triple, (0, 0, 0))[2]
            # A triple's own count changes only through a document.
            if old != new:
                counted = "SELECT sum(new_evidence_count - old_evidence_count) FROM change_cause "
                assert ask(counted + "WHERE run_id = ? AND triple = ?", (run, triple)).fetchone() == (new - old,)
        # Whatever is remembered still has its names.
        nameless = (
            "SELECT count(*) FROM triple_change WHERE triple NOT IN (SELECT id FROM triple UNION SELECT id FROM "
            "gone_triple)"
        )
        assert ask(nameless).fetchone() == (0,)


def test_a_new_paper_is_the_reason(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    assert causes(shelf) == [(1, "HGNC:9588", "PMID:1", "new", 0, 1)]
    assert shelf.ask("SELECT old_belief, new_belief, new_document_count FROM triple_change") == [(0.0, 0.8, 1)]


def test_what_changed_nothing_is_not_remembered(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    shelf.new_run()
    shelf.write(reading("PMID:1", [PTEN], title="Another title"))
    shelf.write(reading("PMID:2", text="Nothing."))
    assert shelf.ask("SELECT DISTINCT run_id FROM triple_change UNION SELECT run_id FROM change_cause") == [(1,)]


def test_what_came_and_went_within_one_run_is_not_remembered(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    shelf.write(reading("PMID:1"))
    assert shelf.ask("SELECT run_id FROM triple_change UNION SELECT run_id FROM change_cause") == []


def test_a_changed_text_is_the_reason_and_the_sentence_that_went_is_kept(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    shelf.new_run()
    shelf.write(reading("PMID:1", [TJP1]))
    assert causes(shelf)[1:] == [
        (2, "HGNC:11827", "PMID:1", "text", 0, 1),
        (2, "HGNC:9588", "PMID:1", "text", 1, 0),
    ]
    assert shelf.ask("SELECT sentence FROM change_cause WHERE sentence IS NOT NULL") == [
        ("miR-21-5p targets PTEN.",)
    ]


@pytest.mark.parametrize("status", [Status.RETRACTED, Status.DELETED])
def test_a_status_is_the_reason_and_so_is_its_end(shelf: Shelf, status: Status) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    shelf.new_run()
    if status is Status.DELETED:
        shelf.write(tombstone("PMID:1"))
    else:
        shelf.write(reading("PMID:1", [PTEN], status=status, status_reason="retracted by PMID:9"))
    shelf.new_run()
    if status is Status.DELETED:
        shelf.store.set_status({"PMID:1": (Status.ACTIVE, "")}, shelf.run)
    else:
        shelf.write(reading("PMID:1", [PTEN]))
    assert [row[3:] for row in causes(shelf)] == [("new", 0, 1), (str(status), 1, 0), ("restored", 0, 1)]


@pytest.mark.parametrize(
    ("versions", "reason"),
    [({"rules": "2"}, "rules"), ({"lexicon": "2"}, "lexicon"), ({"model": "2", "minex": "9"}, "minex, model")],
)
def test_another_version_is_the_reason(shelf: Shelf, versions: dict[str, str], reason: str) -> None:
    first = {"minex": "1", "model": "1", "lexicon": "1", "rules": "1"}
    ledger = Ledger(shelf.store)
    text = "miR-21-5p targets PTEN."
    shelf.run = ledger.start(first, "1")
    shelf.write(reading("PMID:1", text=text))
    shelf.run = ledger.start({**first, **versions}, "2")
    shelf.write(reading("PMID:1", [PTEN]))
    assert causes(shelf) == [(3, "HGNC:9588", "PMID:1", reason, 0, 1)]


def test_two_records_of_one_publication_are_joined_and_that_is_the_reason(shelf: Shelf) -> None:
    shelf.write(article(None, [PTEN], pmcid="PMC7"))
    shelf.new_run()
    shelf.write(citation(1, [PTEN], pmcid="PMC7"))
    assert shelf.ask("SELECT id FROM document") == [("PMID:1",)]
    assert [row[2:] for row in causes(shelf) if row[0] == shelf.run] == [
        ("PMC:7", "merged", 1, 0),
        ("PMID:1", "merged", 0, 1),
    ]
    assert shelf.ask("SELECT * FROM triple_change WHERE run_id = ?", shelf.run) == []


def test_a_gone_triple_keeps_the_names_that_it_had(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("FOXP9", "inhibits", "PTEN")]))
    shelf.new_run()
    shelf.write(reading("PMID:1"))
    shelf.store.tidy()
    assert shelf.ask("SELECT subject_name, subject_type, predicate, object_name FROM gone_triple") == [
        ("FOXP9", "GENE", "inhibits", "PTEN")
    ]


def test_a_failed_transaction_leaves_no_history(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    before = shelf.ask("SELECT * FROM triple_change")
    run = shelf.new_run()

    def interrupted() -> None:
        with shelf.store.transaction():
            shelf.store.connection.execute("UPDATE document SET status = 'deleted'")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with shelf.store.transaction():
        pass
    assert shelf.ask("SELECT * FROM triple_change") == before
    assert shelf.ask("SELECT * FROM change_cause WHERE run_id = ?", run) == []


def test_nothing_of_the_notes_stands_in_the_file(shelf: Shelf, database: Path) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (0,)
    connection.close()
    assert json.loads(shelf.one("SELECT versions FROM run")) == {"minex": "0.1.0"}
