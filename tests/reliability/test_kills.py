"""Every command that writes, killed at random instants and started again, loses nothing.

`job` is a parameter: a command that writes a database has its place there.

The 200 kills of each command are marked slow and have a command of their own:

    MINEX_KILLS=200 python -m pytest -m slow -s tests/reliability/test_kills.py

With `-k workers` only those of commands that have worker processes beside them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from minex import cli
from minex.jobs.refresh import refresh
from minex.pubmed.eutils import Eutils
from minex.pubmed.queries import load
from minex.pubmed.settings import Settings
from minex.store import Store
from tests.jobs.little import LittlePipeline
from tests.pubmed.citations import Citation
from tests.pubmed.server import PubMed, Server
from tests.reliability.forked import Nursery, Spawned, Start
from tests.reliability.killing import Job, Tally, kill, undisturbed

KILLS = int(os.environ.get("MINEX_KILLS", "200"))
DOCUMENTS = 500


@pytest.fixture
def run_job(tmp_path: Path) -> Job:
    """`minex run` over a file with lines that cannot be read, and documents that come twice."""
    file = tmp_path / "in.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for number in range(DOCUMENTS):
            text = f"miR-{number % 40} targets G{number % 70}.\nmiR-{number % 9} targets PTEN."
            id_ = number if number % 50 else number // 2
            line = json.dumps({"id": f"PMID:{id_ + 1}", "text": text}) if number % 97 != 5 else "{bad"
            stream.write(line + "\n")
    return Job("run", lambda database: ["run", str(file), "--db", str(database)], code=1)


@pytest.fixture
def refresh_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Job]:
    """`minex refresh` of a database that is behind: articles are new, revised, deleted and retracted since."""

    def paper(number: int, words: str) -> Citation:
        return Citation(str(number), "Exosomes.", words, entered=date(2020, 1, 1 + number % 28))

    papers = [paper(number, f"miR-{number} targets PTEN.") for number in range(10, 100)]
    with Server(PubMed(papers), keys=["a1b2c3d4e5f6"]) as server:
        monkeypatch.setenv("MINEX_EUTILS", server.base)
        monkeypatch.setenv("MINEX_EMAIL", "tests@example.org")
        monkeypatch.setenv("MINEX_QUERIES", str(tmp_path))
        monkeypatch.setenv("NCBI_API_KEY", "a1b2c3d4e5f6")
        (tmp_path / "mine.toml").write_text('title = "Mine"\nterm = "exosomes"\n')
        behind = tmp_path / "behind.db"
        with Store.open(behind) as store:
            settings = Settings.load("tests@example.org")
            refresh(load("mine"), store, LittlePipeline(), Eutils(settings), today=date(2020, 1, 30))
        for number in range(100, 400):
            server.pubmed.add(paper(number, f"miR-{number} targets KRAS."))
        for number in range(10, 50):
            server.pubmed.revise(str(number), date(2020, 2, 1), abstract=f"miR-{number} targets TJP1.")
        for number in range(50, 54):
            server.pubmed.delete(str(number))
        server.pubmed.retract("80", "900", date(2020, 2, 2))

        def before(database: Path) -> None:
            shutil.copy(behind, database)

        yield Job("refresh", lambda database: ["refresh", "mine", "--db", str(database)], before)


@pytest.fixture
def merge_job(tmp_path: Path) -> Job:
    """`minex merge` of shards, in which a document comes in two states."""
    if not hasattr(cli, "merge"):
        pytest.skip("this minex has no merge")
    pytest.importorskip("pyarrow")
    shards = tmp_path / "shards"
    for part in range(4):
        file = tmp_path / f"part{part}.jsonl"
        with file.open("w", encoding="utf-8") as stream:
            for number in range(25):
                text = f"miR-{number + part} inhibited PTEN in lung cancer cells."
                stream.write(json.dumps({"id": f"PMID:{part * 20 + number + 1}", "text": text}) + "\n")
        subprocess.run(["minex", "run", str(file), "--shards", str(shards)], check=True, capture_output=True)
    return Job("merge", lambda database: ["merge", str(shards), "--db", str(database)])


def with_workers(job: Job) -> Job:
    """Return a job with two worker processes beside it."""
    return replace(job, arguments=lambda database: [*job.arguments(database), "--workers", "2"])


@pytest.fixture(params=["run", "refresh", "merge"])
def job(request: pytest.FixtureRequest) -> Job:
    found: Job = request.getfixturevalue(f"{request.param}_job")
    return found


def check(job: Job, folder: Path, start: Start, kills: int, seed: int) -> Tally:
    folder.mkdir()
    whole = undisturbed(job, folder / "whole.db", start)
    tally = kill(job, folder / "x.db", start, seed, kills, whole)
    print(f"\n{tally.line(job.name)}")  # noqa: T201
    assert tally.lost == []
    assert tally.killed >= kills
    return tally


def test_a_refresh_that_is_killed_and_called_again_loses_nothing(refresh_job: Job, tmp_path: Path) -> None:
    check(refresh_job, tmp_path / "killed", Spawned, kills=1, seed=3)


def test_a_run_that_is_killed_beside_its_workers_loses_nothing_and_leaves_nobody(
    run_job: Job, tmp_path: Path
) -> None:
    nursery = Nursery(tmp_path, workers=True)
    try:
        tally = check(with_workers(run_job), tmp_path / "killed", nursery, kills=4, seed=2)
    finally:
        nursery.close()
    assert tally.with_workers


@pytest.mark.slow
@pytest.mark.parametrize("name", ["run", "refresh"])
def test_two_hundred_kills_beside_workers_lose_nothing_and_leave_nobody(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A merge reads shards and has no workers."""
    job = with_workers(request.getfixturevalue(f"{name}_job"))
    nursery = Nursery(tmp_path, workers=True)
    try:
        tally = check(job, tmp_path / "killed", nursery, KILLS, seed=400)
    finally:
        nursery.close()
    assert tally.with_workers > KILLS // 10


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(job: Job, tmp_path: Path) -> None:
    """In processes whose reading costs nothing, so that most instants fall into the writing."""
    nursery = Nursery(tmp_path)
    try:
        check(job, tmp_path / "killed", nursery, KILLS, seed=200)
    finally:
        nursery.close()


@pytest.mark.slow
def test_kills_of_processes_as_users_start_them_lose_nothing(job: Job, tmp_path: Path) -> None:
    check(job, tmp_path / "killed", Spawned, max(KILLS // 20, 1), seed=20)
