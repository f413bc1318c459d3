"""Two runs of one set: what got better, what got worse, fact by fact."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minex.errors import InputError

MADE_UP = ": wrongly "
"""What stands between unit and statement in a fact that is wrong."""


@dataclass(frozen=True, slots=True)
class Change:
    """A set's part, compared: F1 before and after at each level, and the facts that changed sides."""

    part: str
    f1: Mapping[str, tuple[float | None, float | None]]
    better: tuple[str, ...]
    worse: tuple[str, ...]


def load_runs(path: Path) -> list[dict[str, Any]]:
    """Return the runs of a file that `minex evaluate --json` wrote.

    Raises:
        InputError: if the file is missing or holds something else.
    """
    try:
        runs = json.loads(path.read_text(encoding="utf-8"))["runs"]
        if not runs or not isinstance(runs, list):
            raise ValueError("no runs")
        for run in runs:
            _ = str(run["set"]), [(_f1s(part), part.get("facts", {}).items()) for part in run["parts"].values()]
    except OSError as error:
        raise InputError("unreadable", f"the run cannot be read ({error.strerror})", where=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        cure = "write one with: minex evaluate --json RUN.json"
        raise InputError("run", "this is no run of the evaluation", where=str(path), cure=cure) from error
    return runs


def _f1s(part: Mapping[str, Any]) -> dict[str, float | None]:
    """Return a part's F1 at each level."""
    return {
        f"{level}, {how}": None if figures["f1"] is None else float(figures["f1"])
        for level, looks in part["statements"].items()
        for how, figures in looks.items()
    }


def same_set(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether two runs are of one set, read in the same way."""
    return all(one.get(key) == other.get(key) for key in ("set", "half", "given_mentions"))


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what changed between two runs of one set, part by part; a part that only one has is left out.

    A fact is better that was missed and is found, or was made up and is not any more. What the set itself gained
    or lost since is neither better nor worse.
    """
    for name, part in after["parts"].items():
        old = before["parts"].get(name)
        if old is None:
            continue
        before_f1 = _f1s(old)
        f1 = {level: (before_f1.get(level), value) for level, value in _f1s(part).items()}
        was, now = old.get("facts", {}), part.get("facts", {})
        found = {fact for fact, right in now.items() if right and was.get(fact) is False}
        lost = {fact for fact, right in was.items() if right and now.get(fact) is False}
        gone = {fact for fact in was if MADE_UP in fact and fact not in now}
        new = {fact for fact in now if MADE_UP in fact and fact not in was}
        yield Change(name, f1, tuple(sorted(found | gone)), tuple(sorted(lost | new)))


def lines(change: Change, name: str) -> Iterator[str]:
    """Yield a change as lines of text."""
    yield f"{name}, {change.part}: {len(change.better)} better, {len(change.worse)} worse"
    for level, (old, new) in change.f1.items():
        if old is not None and new is not None:
            yield f"  F1 {level:<18} {old:.3f} -> {new:.3f} ({new - old:+.3f})"
    yield from (f"  + {fact}" for fact in change.better)
    yield from (f"  - {fact}" for fact in change.worse)
