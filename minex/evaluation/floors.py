"""Floors: figures that may rise and never fall. `[shipped]` needs nothing, `[corpora]` the corpora."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minex.errors import InputError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True, slots=True)
class Floor:
    """One figure that has to be reached: set (a corpus by its path), part, path into the figures, value."""

    set: str
    part: str
    figure: str
    least: float
    where: str


@dataclass(frozen=True, slots=True)
class Check:
    """A floor and the figure that was reached, None if the run has no such figure."""

    floor: Floor
    reached: float | None

    @property
    def held(self) -> bool:
        return self.reached is not None and self.reached >= self.floor.least

    def __str__(self) -> str:
        floor = self.floor
        reached = "no such figure" if self.reached is None else f"{self.reached:.4f}"
        return f"{floor.set}, {floor.part}: {floor.figure} {reached}, floor {floor.least}"


@dataclass(frozen=True, slots=True)
class CorpusFloors:
    """How a corpus is read for its floors: its path below the data folder, and the options of the run.

    `tagging` asks for the names alone, as `minex evaluate tagging` does.
    """

    path: str
    given_mentions: bool
    half: int | None
    floors: tuple[Floor, ...]
    tagging: bool = False


def load_floors(path: Path) -> tuple[tuple[Floor, ...], tuple[CorpusFloors, ...]]:
    """Return the floors of what ships and those of the corpora.

    Raises:
        InputError: if the file cannot be read, or says something that is no floor.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if strange := set(content) - {"shipped", "corpora"}:
            raise ValueError(f"unknown: {', '.join(sorted(strange))}")
        shipped = tuple(
            Floor(name, part, figure, float(least), str(path))
            for name, parts in content.get("shipped", {}).items()
            for part, figures in parts.items()
            for figure, least in figures.items()
        )
        corpora = tuple(_corpus(item, str(path)) for item in content.get("corpora", []))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("unreadable", f"the floors cannot be read ({error})", where=str(path)) from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            "floors", f"not a file of floors ({type(error).__name__}: {error})", where=str(path)
        ) from error
    return shipped, corpora


def _corpus(item: Mapping[str, Any], where: str) -> CorpusFloors:
    floors = tuple(
        Floor(item["path"], part, figure, float(least), where)
        for part, figures in item["floors"].items()
        for figure, least in figures.items()
    )
    given, tagging, half = item.get("given_mentions", False), item.get("tagging", False), item.get("half")
    if not isinstance(given, bool) or not isinstance(tagging, bool) or half not in (None, 0, 1):
        raise ValueError("given_mentions and tagging are true or false, half is 0 or 1")
    return CorpusFloors(item["path"], given, half, floors, tagging)


def check(floors: Sequence[Floor], run: Mapping[str, Any]) -> Iterator[Check]:
    """Yield how a run stands to floors; a figure is named by its keys, joined by dots.

    A floor of another set than the run's is not reached: it holds nothing up, and somebody has to see it.
    """
    for floor in floors:
        value: Any = run["parts"].get(floor.part) if Path(floor.set).name == run["set"] else None
        for key in floor.figure.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        yield Check(floor, float(value) if isinstance(value, (int, float)) else None)
