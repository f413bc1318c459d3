"""The way to a Dask cluster: one that is there, or one of this machine's own that is gone afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minex.errors import MinexError, UsageError, WorkerError
from minex.jobs.workers import usable_cores

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
"""What is given in place of an address for workers on this machine."""

CONNECT_SECONDS = 10.0

_ADDRESS = re.compile(r"(?:[a-z]+://)?(?:\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):\d+")


@contextlib.contextmanager
def connect(address: str, workers: int | None = None, *, seconds: float = CONNECT_SECONDS) -> Iterator[Client]:
    """Give a client of a Dask cluster.

    Parameters:
        address: of the scheduler (`tcp://host:8786`), or the JSON file that it wrote (`--scheduler-file`), or
            `local` for worker processes on this machine.
        workers: how many for `local`; default: the cores that this process may use.
        seconds: how long the scheduler may take to answer.

    Raises:
        UsageError: if the address is none.
        WorkerError: if no scheduler answers.
        MinexError: if Dask is not installed.
    """
    if find_spec("distributed") is None:
        raise MinexError("no-dask", "Dask is not installed", cure="pip install 'minex[dask]'")
    if address == LOCAL:
        with _own(workers or usable_cores()) as client:
            yield client
        return
    with _joined(_place_of(address), address, seconds) as client:
        yield client


def _place_of(address: str) -> str:
    """Return the scheduler's address, which its file tells too."""
    place = address
    if os.path.isfile(address):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            place = str(json.loads(Path(address).read_text(encoding="utf-8"))["address"])
    if _ADDRESS.fullmatch(place) is None:
        raise UsageError(
            "dask-address",
            f"--dask {address} is neither an address nor a scheduler's file",
            cure="give host:port or tcp://host:port of `dask scheduler`, its --scheduler-file, or `local`",
        )
    return place if "://" in place else f"tcp://{place}"


@contextlib.contextmanager
def _joined(place: str, address: str, seconds: float) -> Iterator[Client]:
    from distributed import Client

    # What Dask has to say of a scheduler that is away is said in our own words.
    with _quiet("distributed"):
        try:
            # Asked before: a client waits for minutes for one who answers the call and then says nothing.
            asyncio.run(asyncio.wait_for(_call(place, seconds), seconds))
            client = Client(place, timeout=seconds, set_as_default=False)
        except (OSError, ValueError, TypeError, asyncio.TimeoutError) as error:
            raise WorkerError(
                "no-scheduler",
                f"no Dask scheduler answers within {seconds:g} s",
                where=address,
                cure="start one with `dask scheduler`, or check address, network and TLS settings",
            ) from error
    try:
        yield client
    finally:
        with _quiet("distributed"):
            client.close(timeout=5)


async def _call(place: str, seconds: float) -> None:
    from distributed import Security
    from distributed.comm import connect as call

    comm = await call(place, timeout=seconds, **Security().get_connection_args("client"))
    comm.abort()


@contextlib.contextmanager
def _own(workers: int) -> Iterator[Client]:
    import dask.config
    from distributed import Client, LocalCluster

    settings = {
        # A text that ends its worker is tried once more, not three times.
        "distributed.scheduler.allowed-failures": 1,
        # A worker that is replaced may start for longer than 15 s on a busy machine; it is not to be given up.
        "distributed.deploy.lost-worker-timeout": "1 hour",
    }
    with tempfile.TemporaryDirectory(prefix="minex-dask-") as folder, dask.config.set(settings):
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            # None would still serve figures, to the whole network, and complain if its port is taken.
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
            local_directory=folder,
            **_safely(),
        )
        with cluster, _quiet("distributed"), Client(cluster, set_as_default=False) as client:
            yield client


def _safely() -> dict[str, Any]:
    """Let nobody else on this machine give our workers work: Dask's messages may hold code."""
    if find_spec("cryptography") is None:
        return {}
    from distributed import Security

    return {"security": Security.temporary(), "protocol": "tls://"}


@contextlib.contextmanager
def _quiet(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    level = logger.level
    if not os.environ.get("MINEX_DEBUG"):
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
