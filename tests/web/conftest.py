"""A small database that a real Datasette serves: in this process, or in one of its own for a browser."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from minex.store import Store
from minex.web.server import datasette
from tests.store.build import reading, said
from tests.store.conftest import Shelf, database, shelf

__all__ = ["database", "shelf"]

SCRIPT = "<script>alert('x')</script>"
Get = Callable[..., httpx.Response]


def fill(shelf: Shelf) -> None:
    """Papers that agree, contradict, deny and hedge; one that is all markup; one that is retracted."""
    exosomes = {"cancer": "lung cancer", "vesicle": "exosome"}
    shelf.write(
        reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer", direct=True)], title="One"),
        reading("PMID:2", [said("miR-21-3p", "decreases", "PTEN", negated=True)], title="Two", date="2020"),
        reading("PMID:3", [said("miR-21-5p", "increases", "PTEN", hedged=True)], title="Three", date="2021"),
        reading(
            "PMID:4",
            [
                said("hypoxia", "increases", "miR-21-5p", **exosomes),
                said("miR-21-5p", "promotes", "angiogenesis", **exosomes),
                said("miR-21-5p", "up_in", "lung non-small cell carcinoma"),
                said("PTEN", "down_in", "lung cancer"),
            ],
            title="Four",
        ),
        reading(
            "PMID:5",
            [said(f"GENE{SCRIPT}", "inhibits", "TJP1", cancer="lung cancer")],
            title=f"Title {SCRIPT}",
            journal=f"J {SCRIPT}",
            text=f"Text {SCRIPT}",
        ),
        reading("PMID:6", [said("EGLN1", "targets", "EGLN2", cancer="lung cancer")], title="Six"),
    )
    shelf.store.retract("6", "RetractionIn PMID:7", "test", shelf.run)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, to be looked at and not to be changed."""
    path = tmp_path_factory.mktemp("served") / "x.db"
    with Store.open(path) as store:
        fill(Shelf(store))
    return path


def getter(path: Path, **options: Any) -> Get:
    """Return what fetches a page from a Datasette in this process."""
    server = datasette(path, **options)

    def get(address: str, **more: Any) -> httpx.Response:
        async def fetch() -> httpx.Response:
            await server.invoke_startup()
            answer: httpx.Response = await server.client.get(address, **more)
            return answer

        # Playwright leaves a loop running in this thread.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, fetch()).result()

    return get


@pytest.fixture(scope="session")
def get(served: Path) -> Get:
    return getter(served)


@contextlib.contextmanager
def running(path: Path, *options: str) -> Iterator[str]:
    """Run `minex serve` as a process, and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "minex", "serve", str(path), "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(address)
                break
            if process.poll() is not None:
                raise RuntimeError(process.communicate()[1])
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def address(served: Path) -> Iterator[str]:
    """The address of a server of its own."""
    with running(served) as address:
        yield address
