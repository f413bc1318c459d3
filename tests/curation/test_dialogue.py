"""A sitting: answers are written at once, can be taken back, and go on another time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from minex.curation.curator import Curator
from minex.curation.dialogue import Dialogue, bracketed
from minex.curation.queue import due
from minex.errors import StoreError
from minex.jobs.ledger import Ledger
from minex.model import Document, Evidence, Mention, Passage, Reading, Span
from minex.reports.diff import compare
from minex.reports.evidence import Segment
from minex.store import Store
from tests.store.build import said
from tests.store.conftest import Shelf
from tests.store.records import citation


@pytest.fixture
def filled(database: Path) -> Path:
    with Store.open(database) as store:
        shelf = Shelf(store)
        shelf.write(
            citation(1, [said("miR-21-5p", "decreases", "PTEN", hedged=True)]),
            citation(2, [said("miR-21-5p", "promotes", "migration", negated=True, manipulation=("knockdown",))]),
            citation(3, [said("miR-21-3p", "binds", "EGLN1")]),
        )
        Ledger(store).finish(shelf.run, "done", {})
    return database


class Sitting:
    """Answers given beforehand, and all that was shown."""

    def __init__(self, path: Path, answers: list[str], who: str = "ann") -> None:
        self.shown: list[str] = []
        left = iter(answers)
        with Store.open(path, readonly=True) as store:
            pieces = due(store.connection)
        dialogue = Dialogue(Curator(path, who), lambda _: next(left, None), self.shown.append)
        self.counts = dict(dialogue.run(pieces))

    @property
    def heads(self) -> list[str]:
        return [line for line in self.shown if " of " in line and line[:1].isdigit()]


def verdicts(path: Path) -> list[tuple[str, str, str, str]]:
    with Store.open(path, readonly=True) as store:
        return [
            (str(row[0]), str(row[1]), str(row[2]), str(row[3]))
            for row in store.select("SELECT document, verdict, note, who FROM judged ORDER BY document").rows
        ]


def test_answers_are_kept_with_their_notes(filled: Path) -> None:
    sitting = Sitting(filled, ["y", "n wrong gene", "sign"])
    assert sitting.counts == {"right": 1, "wrong": 1, "sign": 1}
    assert sorted(each[1:3] for each in verdicts(filled)) == [("right", ""), ("sign", ""), ("wrong", "wrong gene")]
    assert Sitting(filled, []).heads == []


def test_what_is_shown_is_enough_to_judge(filled: Path) -> None:
    shown = "\n".join(Sitting(filled, ["k", "k", "k"]).shown)
    assert "miR-21-5p decreases PTEN  (hedged)" in shown
    assert "NOT: miR-21-5p promotes migration  (negated)" in shown
    assert "[miR-21-5p] <promotes> [migration]." in shown
    assert "experiment, composed into the sign: knockdown" in shown
    assert "PMID:2 (2018) https://pubmed.ncbi.nlm.nih.gov/2/" in shown
    assert "active_verb, confidence 0.80; belief 0.40 over 1 document" in shown


def test_who_stops_goes_on_from_there(filled: Path) -> None:
    assert Sitting(filled, ["y", "q"]).counts == {"right": 1}
    assert Sitting(filled, ["", "n"]).counts == {"skip": 1, "wrong": 1}
    assert len(Sitting(filled, []).heads) == 1
    assert len(verdicts(filled)) == 2


def test_undo_takes_back_one_answer_after_the_other(filled: Path) -> None:
    sitting = Sitting(filled, ["u", "y", "k", "u", "u", "n", "q"])
    assert "there is nothing to undo in this sitting" in sitting.shown
    assert [head[0] for head in sitting.heads] == ["1", "1", "2", "3", "2", "1", "2"]
    assert [each[1] for each in verdicts(filled)] == ["wrong"]


def test_undo_puts_back_what_the_person_had_said_before(filled: Path) -> None:
    with Store.open(filled) as store:
        evidence = store.select("SELECT id FROM evidence WHERE document = 'PMID:1'").rows[0][0]
        store.judge([(evidence, "right", "first")], "ann")
    curator = Curator(filled, "ann")
    curator.judge([(evidence, "wrong", "second")])
    assert curator.undo() == evidence
    assert verdicts(filled) == [("PMID:1", "right", "first", "ann")]
    assert curator.undo() is None


def test_undo_gives_nobody_the_last_word(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = iter(range(10))
    monkeypatch.setattr("minex.store.writer.now", lambda: f"2026-11-01T00:0{next(minutes)}:00+00:00")
    with Store.open(filled) as store:
        evidence = store.select("SELECT id FROM evidence WHERE document = 'PMID:1'").rows[0][0]
        store.judge([(evidence, "right", "")], "ann")
        store.judge([(evidence, "wrong", "")], "ben")
    curator = Curator(filled, "ann")
    curator.judge([(evidence, "sign", "")])
    assert [each[1:] for each in verdicts(filled)] == [("sign", "", "ann")]
    curator.undo()
    assert [each[1:] for each in verdicts(filled)] == [("wrong", "", "ben")]


def test_an_answer_that_is_none_is_explained(filled: Path) -> None:
    sitting = Sitting(filled, ["maybe", "YES "])
    assert any("the sentence says this" in line for line in sitting.shown)
    assert sitting.counts == {"right": 1}


def test_a_sitting_is_one_run_and_the_diff_shows_it(filled: Path) -> None:
    Sitting(filled, ["n", "n"])
    with Store.open(filled) as store:
        newest, before = Ledger(store).runs()
        assert (newest.status, newest.counts, newest.arguments) == ("done", {"wrong": 2}, ["curate", "--who ann"])
        assert newest.fingerprint == before.fingerprint
        found = compare(store, before.id, newest.id)
    assert found.documents == {"judged": 2}
    assert not found.versions_changed


def test_a_refresh_between_two_answers_gets_none_of_them(filled: Path) -> None:
    with Store.open(filled, readonly=True) as store:
        first, second, _ = (each.piece.id for each in due(store.connection))
    curator = Curator(filled, "ann")
    curator.judge([(first, "wrong", "")])
    with Store.open(filled) as store:
        Ledger(store).start({"minex": "9"}, "g")
    curator.judge([(second, "wrong", "")])
    with Store.open(filled) as store:
        assert [run.counts for run in Ledger(store).runs(3)] == [{"wrong": 1}, {}, {"wrong": 1}]


def test_while_another_process_writes_an_answer_is_asked_again(filled: Path) -> None:
    holder: list[Store] = []
    shown: list[str] = []

    def answers() -> Iterator[str]:
        holder.append(Store.open(filled))
        yield "y"
        holder.pop().close()
        yield "y"

    left = answers()
    with Store.open(filled, readonly=True) as store:
        pieces = due(store.connection)
    counts = Dialogue(Curator(filled, "ann"), lambda _: next(left, None), shown.append).run(pieces[:1])
    assert any(line.startswith("not written: ") and "is writing to it" in line for line in shown)
    assert dict(counts) == {"right": 1}
    assert [each[1] for each in verdicts(filled)] == ["right"]


def test_a_database_that_is_gone_ends_the_sitting(filled: Path) -> None:
    with Store.open(filled, readonly=True) as store:
        pieces = due(store.connection)
    filled.unlink()
    with pytest.raises(StoreError, match="no such database"):
        Dialogue(Curator(filled, "ann"), lambda _: "y", lambda _: None).run(pieces)


def test_a_hostile_sentence_commands_no_terminal(database: Path) -> None:
    text = "\x1b[2Jfoo\nxp9 inhibits PTEN.\x07"
    first = Mention(0, 10, text[:10], "GENE", (), "", "lexicon")
    second = Mention(20, 24, "PTEN", "GENE", ("HGNC:9588",), "PTEN", "lexicon")
    evidence = Evidence("PMID:1", first, "inhibits", second, Span(0, len(text)), rule="r\x1b", confidence=0.8)
    document = Document("PMID:1", (Passage(text),), pmid="1")
    with Store.open(database) as store:
        Shelf(store).write(Reading(document, (), (first, second), (evidence,)))
    shown = "\n".join(Sitting(database, ["y"]).shown)
    assert not set(shown) & {"\x1b", "\x07"}
    assert "inhibits" in shown


def test_a_segment_keeps_its_blanks() -> None:
    assert bracketed(Segment(" and\n ")) == " and "
