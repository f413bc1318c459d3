from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minex.jobs.ledger import Ledger
from minex.model import Document, Reading
from minex.store import Store, Written
from tests.store.build import lookup


class Shelf:
    """A store with a run, and short ways to write and ask."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.run = self.new_run()

    def new_run(self, fingerprint: str = "f") -> int:
        self.run = Ledger(self.store).start({"minex": "0.1.0"}, fingerprint)
        return self.run

    def write(self, *readings: Reading | Document, **options: Any) -> Written:
        return self.store.write(readings, self.run, concept=lookup, **options)

    def ask(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return self.store.select(sql, parameters).rows

    def one(self, sql: str, *parameters: Any) -> Any:
        ((value,),) = self.ask(sql, *parameters)
        return value

    def dump(self) -> list[str]:
        return list(self.store.canonical_dump())


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


@pytest.fixture
def shelf(database: Path) -> Iterator[Shelf]:
    with Store.open(database) as store:
        yield Shelf(store)
