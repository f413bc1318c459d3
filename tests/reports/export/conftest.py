"""A database with what is hard for other formats: formulas, markup, tabs, denials."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from minex.reports.export import Done, Filters, export
from minex.store import sync
from tests.store.build import said
from tests.store.conftest import Shelf, database, shelf
from tests.store.records import article, citation

__all__ = ["database", "full", "shelf", "written"]

Written = Callable[..., Path]

HOSTILE = '=HYPERLINK("http://x") <script>&amp;\t\'\u2028'


@pytest.fixture
def full(shelf: Shelf) -> Shelf:
    """Four documents; PMID:2 denies, PMID:3 guesses, PMID:4 is a full text of which a query knows nothing."""
    shelf.write(
        citation(1, [said("miR-21-5p", "targets", "PTEN", cancer="lung non-small cell carcinoma", direct=True)]),
        citation(2, [said("miR-21-5p", "targets", "PTEN", negated=True)], title=HOSTILE, doi="10.1000/a<b"),
        citation(3, [said("miR-21-3p", "promotes", "migration", hedged=True)], date="2020"),
        article(
            4,
            [
                said("hypoxia", "increases", "miR-21-5p", vesicle="exosome"),
                said("PTEN", "up_in", "lung cancer"),
                said("EGLN1", "binds", "TJP1"),
                said("miR-21-5p", "regulates", "EGLN2"),
                said("foxp9", "inhibits", "=2+2"),
            ],
            pmcid="PMC9",
            doi="10.1000/x.1",
        ),
    )
    sync.put_query(shelf.store, "mine")
    sync.record_hits(shelf.store, "mine", ["PMID:1", "PMID:3"], shelf.run)
    return shelf


@pytest.fixture
def written(full: Shelf, tmp_path: Path) -> Written:
    """Export the database, and return the file."""

    def call(format: str, *, rows: str | None = None, told: list[Done] | None = None, **filters: object) -> Path:
        target = tmp_path / f"x.{format}"
        done = export(full.store, format, target, filters=Filters(**filters), rows=rows)  # type: ignore[arg-type]
        if told is not None:
            told.append(done)
        return target

    return call
