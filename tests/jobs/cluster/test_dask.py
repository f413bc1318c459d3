"""A real Dask cluster of several processes reads as one process does, whatever becomes of its workers."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minex.errors import UsageError, WorkerError
from minex.jobs import Pipeline, RunReport, run, sharding
from minex.jobs.cluster.connect import connect
from minex.jobs.cluster.pipeline import DaskPipeline
from minex.jobs.gathering import gather
from minex.jobs.sharding import write_shards
from minex.jobs.workers import TextLimits
from minex.model import Document, Failure, Passage, Reading
from minex.store import Store
from tests.jobs.cluster.little import LittleSettings
from tests.jobs.little import LittlePipeline


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Three workers, each a process."""
    with connect("local", 3) as client:
        yield client


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "in.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(600):
            text = "unreadable" if number % 97 == 5 else f"miR-{number % 40} targets G{number % 90}."
            stream.write(
                json.dumps({"id": f"PMID:{number // 2 if number % 50 == 0 else number}", "text": text}) + "\n"
            )
    return file


def _read_into(database: Path, file: Path, pipeline: Pipeline, **more: Any) -> tuple[RunReport, list[str]]:
    with Store.open(database) as store:
        report = run([file], store, pipeline, **more)
        return report, list(store.canonical_dump())


def _kill_one(client: Any) -> None:
    pids = client.run(os.getpid)
    os.kill(next(iter(pids.values())), signal.SIGKILL)


def test_a_worker_killed_in_mid_run_changes_nothing(client: Any, corpus: Path, tmp_path: Path) -> None:
    """The run is the same work function, and its result that of one process."""
    _, of_one = _read_into(tmp_path / "one.db", corpus, LittlePipeline())
    killed: list[int] = []

    def kill(report: RunReport) -> None:
        if not killed and report.counts.new:
            killed.append(report.counts.new)
            _kill_one(client)

    pipeline = DaskPipeline(client, LittleSettings(seconds=0.004))
    report, of_dask = _read_into(
        tmp_path / "dask.db", corpus, pipeline, progress=kill, batch_documents=20, batch_seconds=0.1
    )
    assert killed
    assert killed[0] < report.counts.documents
    assert of_dask == of_one
    assert report.status == "done"


def test_shards_that_workers_write_come_to_the_same(
    client: Any, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sharding.parts
    monkeypatch.setattr(sharding, "parts", lambda path, reader: real(path, reader, documents=50))
    _, of_one = _read_into(tmp_path / "one.db", corpus, LittlePipeline())
    pipeline = DaskPipeline(client, LittleSettings())
    report = write_shards([corpus], tmp_path / "shards", pipeline)
    assert (report.shards, report.made, report.documents) == (12, 12, 600)
    assert write_shards([corpus], tmp_path / "shards", pipeline).made == 0
    with Store.open(tmp_path / "dask.db") as store:
        gather([tmp_path / "shards"], store)
        assert list(store.canonical_dump()) == of_one


def test_documents_are_taken_only_as_they_are_needed(client: Any) -> None:
    taken: list[int] = []

    def documents() -> Iterator[Document]:
        for number in range(10_000):
            taken.append(number)
            yield Document(f"PMID:{number}", (Passage("miR-1 targets G1."),))

    found = DaskPipeline(client, LittleSettings()).read(documents())
    next(found)
    assert len(taken) < 1000
    found.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 10
    while any(client.processing().values()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(client.processing().values()), "what nobody waits for is no longer worked at"


def test_workers_of_other_versions_are_an_error_that_says_which(client: Any) -> None:
    pipeline = DaskPipeline(client, LittleSettings(home=os.getpid()))
    with pytest.raises(WorkerError, match="rules 2 instead of 1") as caught:
        list(pipeline.read([Document("PMID:1")]))
    assert caught.value.code == "versions"
    assert "Dask worker" in caught.value.where


def test_what_a_worker_cannot_do_is_an_error_and_no_endless_wait(client: Any) -> None:
    class Nowhere(LittleSettings):
        """Known to this process's tests alone, so that no worker can load it."""

        def __reduce__(self) -> tuple[Any, ...]:
            return _fail, ()

    with pytest.raises(WorkerError) as caught:
        list(DaskPipeline(client, Nowhere()).read([Document("PMID:1")]))
    assert caught.value.code == "worker-failed"


def _fail() -> None:
    raise ModuleNotFoundError("no module named minex")


def test_a_cluster_is_joined_by_address_and_by_the_schedulers_file(client: Any, tmp_path: Path) -> None:
    address = client.cluster.scheduler_address
    if address.startswith("tls"):
        pytest.skip("the cluster lets nobody else in")
    file = tmp_path / "scheduler.json"
    file.write_text(json.dumps({"address": address}))
    for place in (address, address.removeprefix("tcp://"), str(file)):
        with connect(place) as other:
            found = list(DaskPipeline(other, LittleSettings()).read([Document("PMID:1")]))
        assert [type(item) for item in found] == [Reading]


@pytest.mark.parametrize("listening", [False, True])
def test_a_scheduler_that_does_not_answer_is_an_error_within_seconds(*, listening: bool) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listening:
            silent.listen()
        started = time.monotonic()
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(WorkerError) as caught, connect(address, seconds=2):
            pass
        assert time.monotonic() - started < 15
    assert caught.value.code == "no-scheduler"
    assert caught.value.where == address


@pytest.mark.parametrize("address", ["", "here", "gone.json", "tcp://host", "host:port", "a b:1"])
def test_what_is_no_address_is_a_usage_error(address: str) -> None:
    with pytest.raises(UsageError) as caught, connect(address):
        pass
    assert caught.value.exit_code == 2


@pytest.mark.slow
def test_a_document_that_kills_its_workers_is_a_failure_and_costs_no_other() -> None:
    texts = [f"miR-{number} targets G1." for number in range(60)]
    texts[5] = texts[11] = "deadly"
    documents = [Document(f"PMID:{n}", (Passage(text),)) for n, text in enumerate(texts)]
    with connect("local", 2) as client:
        found = list(DaskPipeline(client, LittleSettings()).read(documents))
    failed = [item for item in found if isinstance(item, Failure)]
    assert [item.document for item in failed] == ["PMID:5", "PMID:11"]
    assert {item.code for item in failed} == {"worker-died"}
    assert len(found) == 60


@pytest.mark.slow
def test_a_text_that_takes_for_ever_is_a_failure_and_the_shard_is_written(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    texts = ["miR-1 targets G1.", "endless", "miR-2 targets G2."]
    file.write_text("".join(json.dumps({"id": f"PMID:{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    with connect("local", 1) as client:
        pipeline = DaskPipeline(client, LittleSettings(), TextLimits(seconds=1))
        report = write_shards([file], tmp_path / "shards", pipeline)
    assert [failure.document for failure in report.failures] == ["PMID:1"]
    assert "time limit of 1 s" in report.failures[0].message
    assert (report.documents, report.evidence) == (3, 2)
