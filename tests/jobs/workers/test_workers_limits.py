"""A text that hangs, crashes or eats memory costs its own reading, and a failure says which and why."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from minex.jobs.workers import TextLimits, WorkerPool
from minex.store import Store
from tests.jobs.workers.conftest import Texts, plain_texts, read_into
from tests.jobs.workers.naughty import Naughty

LIMITS = TextLimits(seconds=1.0, megabytes=60)
GOOD = [text for text in plain_texts(40) if text != "unreadable"]


def read_of(database: Path) -> int:
    """Return how many documents gave evidence; each that can be read has some."""
    with Store.open(database, readonly=True) as store:
        return int(store.select("SELECT count(DISTINCT document) FROM evidence").rows[0][0])


def failures(database: Path) -> list[tuple[str, ...]]:
    with Store.open(database, readonly=True) as store:
        return store.select("SELECT document, stage, code FROM failure ORDER BY document").rows


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("circles", "timeout"),
        ("runaway", "timeout"),
        ("sleep", "timeout"),
        ("exit", "worker-died"),
        ("crash", "worker-died"),
        ("eat", "memory"),
    ],
)
def test_only_the_culprit_is_lost(deed: str, code: str, texts: Texts, tmp_path: Path) -> None:
    file = texts([*GOOD[:20], f"please {deed}", *GOOD[20:]])
    with WorkerPool(Naughty(), 2, LIMITS) as pool:
        report, _ = read_into(tmp_path / "x.db", file, pool)
    assert report.status == "done"
    assert read_of(tmp_path / "x.db") == len(GOOD)
    assert failures(tmp_path / "x.db") == [("PMID:21", "worker", code)]
    assert report.exit_code == 1


def test_several_culprits_in_one_batch_are_all_found(texts: Texts, tmp_path: Path) -> None:
    file = texts(["please exit", *GOOD[:3], "please crash", "please eat", *GOOD[3:], "please exit"])
    with WorkerPool(Naughty(), 3, LIMITS) as pool:
        report, _ = read_into(tmp_path / "x.db", file, pool)
    assert [code for _, _, code in failures(tmp_path / "x.db")].count("worker-died") == 3
    assert (read_of(tmp_path / "x.db"), report.counts.failed) == (len(GOOD), 4)


def test_nothing_but_culprits_ends_as_well(texts: Texts, tmp_path: Path) -> None:
    with WorkerPool(Naughty(), 2, LIMITS) as pool:
        report, _ = read_into(tmp_path / "x.db", texts(["please exit"] * 12), pool)
    assert report.status == "done"
    assert report.counts.failed == 12


def test_a_worker_that_dies_by_chance_costs_nothing(texts: Texts, tmp_path: Path) -> None:
    file = texts([*GOOD[:30], f"please once {tmp_path / 'mark'} crash", *GOOD[30:]])
    with WorkerPool(Naughty(), 2, LIMITS) as pool:
        report, _ = read_into(tmp_path / "x.db", file, pool)
    assert (read_of(tmp_path / "x.db"), report.counts.failed) == (len(GOOD), 0)


def test_a_worker_ended_from_outside_is_replaced() -> None:
    import os
    import signal

    from tests.jobs.workers.test_workers_agree import document

    with WorkerPool(Naughty(seconds=0.002), 2, LIMITS) as pool:
        found = pool.read(document(number) for number in range(300))
        seen = [next(found)]
        for pid in pool.workers:
            os.kill(pid, signal.SIGKILL)
        seen += found
    assert [item.document.id for item in seen] == [f"PMID:{number}" for number in range(300)]  # type: ignore[union-attr]


def test_many_texts_may_take_longer_together_than_one_alone(texts: Texts, tmp_path: Path) -> None:
    limits = TextLimits(seconds=0.5)
    with WorkerPool(Naughty(seconds=0.02), 2, limits) as pool:
        report, _ = read_into(tmp_path / "x.db", texts(GOOD * 3), pool)
    assert report.counts.failed == 0


def test_a_reason_names_the_option_that_gives_more(texts: Texts, tmp_path: Path) -> None:
    file = texts(["please sleep", "please eat", "please crash"])
    with WorkerPool(Naughty(), 2, LIMITS) as pool:
        report, _ = read_into(tmp_path / "x.db", file, pool)
    messages = " | ".join(failure.message for failure in report.failures)
    assert "not read within 1 s; give it longer with --text-limit" in messages
    assert "more than 60 MB; give it more with --memory-limit" in messages
    assert "was ended by SIGSEGV, twice" in messages


def test_others_go_on_while_one_text_hangs() -> None:
    from tests.jobs.workers.test_workers_agree import document

    started = time.monotonic()
    with WorkerPool(Naughty(seconds=0.002), 2, TextLimits(seconds=1.5)) as pool:
        documents = [document(0, "please sleep"), *(document(number) for number in range(1, 400))]
        found = list(pool.read(documents))
    assert len(found) == 400
    # Two waits for the one that hangs, and 0.8 s of work for the other worker, most of it meanwhile.
    assert time.monotonic() - started < 2 * 1.5 + 3
