"""However many workers read, and in whatever order the documents come, the database is the same."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

import pytest

from minex.errors import ModelError, WorkerError
from minex.formats import read
from minex.jobs import Pipeline
from minex.jobs.work import PipelineSettings, work
from minex.jobs.workers import WorkerPool, reading_with, usable_cores
from minex.model import Document, Passage, Reading
from minex.resources import find
from tests.jobs.little import LittlePipeline
from tests.jobs.workers.conftest import plain_texts, read_into, write
from tests.jobs.workers.naughty import BrokenInWorkers, Naughty

TEXTS = list(enumerate(plain_texts(200), 1))
AGAIN = [*TEXTS, *((number, "miR-1 targets PTEN.") for number in range(1, 200, 9))]
"""Some documents come again with another text: the later counts."""

demo = find("corpus/demo") / "abstracts.jsonl"
shared: list[Pipeline] = []


@dataclass(frozen=True)
class Shared(PipelineSettings):
    """Settings that load the pipeline which all tests share."""

    def load(self) -> Pipeline:
        return shared[0]


def document(number: int, text: str = "miR-1 targets PTEN.") -> Document:
    return Document(f"PMID:{number}", (Passage(text),), source="here")


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_stores_the_same(workers: int, tmp_path: Path) -> None:
    file = write(tmp_path / "in.jsonl", AGAIN)
    _, alone = read_into(tmp_path / "alone.db", file, LittlePipeline())
    with WorkerPool(Naughty(), workers) as pool:
        report, content = read_into(tmp_path / "pool.db", file, pool)
    assert content == alone
    assert report.counts.documents == len(AGAIN)
    assert report.counts.failed == 3


def test_documents_in_another_order_are_stored_the_same(tmp_path: Path) -> None:
    texts = [each for each in TEXTS if each[1] != "unreadable"]  # a failure's place is its line
    mixed = random.Random(3).sample(texts, len(texts))  # noqa: S311
    with WorkerPool(Naughty(), 2) as pool:
        _, content = read_into(tmp_path / "a.db", write(tmp_path / "in.jsonl", texts), pool)
        _, other = read_into(tmp_path / "b.db", write(tmp_path / "mixed" / "in.jsonl", mixed), pool)
    assert content == other


def test_workers_that_are_started_anew_store_the_same(tmp_path: Path) -> None:
    """As on macOS, where a process is not safely forked."""
    file = write(tmp_path / "in.jsonl", AGAIN)
    _, alone = read_into(tmp_path / "alone.db", file, LittlePipeline())
    with WorkerPool(Naughty(), 2, method="spawn") as pool:
        _, content = read_into(tmp_path / "pool.db", file, pool)
    assert content == alone


def test_the_real_pipeline_reads_the_same_in_workers(pipeline: Pipeline, tmp_path: Path) -> None:
    shared[:] = [pipeline]
    _, alone = read_into(tmp_path / "alone.db", demo, pipeline)
    with WorkerPool(Shared(), 2) as pool:
        report, content = read_into(tmp_path / "pool.db", demo, pool)
        assert len(pool.workers) == 2
    assert content == alone
    assert report.counts.evidence > 100


def test_readings_are_the_very_same(pipeline: Pipeline) -> None:
    shared[:] = [pipeline]
    documents = [item for item in islice(read(demo), 4) if isinstance(item, Document)]
    with WorkerPool(Shared(), 2) as pool:
        assert list(pool.read(documents)) == list(pipeline.read(documents))


def test_readings_come_in_the_order_of_the_documents() -> None:
    with WorkerPool(Naughty(seconds=0.0005), 3) as pool:
        found = list(pool.read(document(number) for number in range(300)))
    assert [item.document.id for item in found if isinstance(item, Reading)] == [f"PMID:{n}" for n in range(300)]


def test_a_few_documents_start_only_one_worker_and_it_stays_for_more() -> None:
    with WorkerPool(Naughty(), 3) as pool:
        assert pool.workers == ()
        assert len(list(pool.read([document(1), document(2)]))) == 2
        first = pool.workers
        assert len(first) == 1
        assert len(list(pool.read([document(3)]))) == 1
        assert pool.workers == first
    assert pool.workers == ()


def test_no_documents_start_no_worker() -> None:
    with WorkerPool(Naughty(), 3) as pool:
        assert list(pool.read([])) == []
        assert pool.workers == ()


def test_no_more_is_taken_than_can_be_kept_in_memory_when_the_writer_is_slow() -> None:
    numbers = count(1)
    with WorkerPool(Naughty(), 2) as pool:
        found = pool.read(document(number) for number in numbers)
        for _ in range(200):
            next(found)
        taken = next(numbers)
        found.close()  # type: ignore[attr-defined]
    assert taken < 200 + 2 * 4 * 64 + 64


def test_a_reading_left_in_mid_work_leaves_no_worker_at_it() -> None:
    with WorkerPool(Naughty(), 2) as pool:
        found = pool.read(document(number) for number in count(1))
        next(found)
        found.close()  # type: ignore[attr-defined]
        assert pool.workers == ()
        assert len(list(pool.read([document(1)]))) == 1


def test_the_pool_tells_of_its_pipeline_what_a_run_asks() -> None:
    alone = LittlePipeline()
    with WorkerPool(Naughty(), 2) as pool:
        assert pool.versions == alone.versions
        assert pool.fingerprint == alone.fingerprint
        assert pool.concept("HGNC:PTEN") == alone.concept("HGNC:PTEN")


def test_what_hinders_a_worker_from_loading_is_told() -> None:
    with (
        WorkerPool(BrokenInWorkers(), 2, method="spawn") as pool,
        pytest.raises(ModelError, match="a worker: the model is gone; put it back"),
    ):
        list(pool.read([document(1)]))


def test_workers_that_never_start_end_the_run() -> None:
    with (
        WorkerPool(BrokenInWorkers(trouble="dies"), 2, method="spawn") as pool,
        pytest.raises(WorkerError, match="end while they start"),
    ):
        list(pool.read([document(1)]))


def test_a_worker_that_loads_other_rules_than_its_parent_is_not_used() -> None:
    with (
        WorkerPool(BrokenInWorkers(trouble="changed"), 2, method="spawn") as pool,
        pytest.raises(WorkerError, match="another model, lexicon or rules"),
    ):
        list(pool.read([document(1)]))


def test_one_worker_is_none_and_the_default_is_as_many_as_cores() -> None:
    with reading_with(Naughty(), 1) as alone:
        assert isinstance(alone, LittlePipeline)
    with reading_with(Naughty(), 2) as pool:
        assert isinstance(pool, WorkerPool)
    assert usable_cores() >= 1


def test_what_other_kinds_of_workers_do_is_the_same() -> None:
    documents = [document(1), document(2, "unreadable")]
    assert work(Naughty(), documents) == list(LittlePipeline().read(documents))
