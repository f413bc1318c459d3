"""A run on a Dask cluster as a program: `python -m tests.jobs.cluster.restart ADDRESS IN.jsonl DATABASE SLEEP`."""

from __future__ import annotations

import sys
from pathlib import Path

from minex.errors import MinexError
from minex.jobs import run
from minex.jobs.cluster import reading_on
from minex.store import Store
from tests.jobs.cluster.little import LittleSettings


def main(address: str, file: str, database: str, seconds: str) -> int:
    try:
        settings = LittleSettings(seconds=float(seconds))
        with reading_on(address, settings, notice=_tell) as pipeline, Store.open(Path(database)) as store:
            return run([Path(file)], store, pipeline, batch_seconds=0.1).exit_code
    except MinexError as error:
        _tell(f"{error.code}: {error}")
        return error.exit_code


def _tell(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
