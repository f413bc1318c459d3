"""A long session of hostile files: `python -m tests.reliability.fuzz SECONDS [NAME...]`.

Each input must be read or refused with a MinexError, within a second a kilobyte (two seconds at the least). What
fails is kept as `fuzz-found/NAME-NUMBER`, and told at the end. The seed is the day's, or `MINEX_FUZZ_SEED`.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.reliability.mutating import mutated
from tests.reliability.targets import Target, targets

SECONDS_A_KILOBYTE = 1.0
DEAR = frozenset({"frames", "surface"})


def session(seconds: float, names: list[str], seed: int) -> int:
    """Fuzz every target in turn; print the figures; return how many inputs failed."""
    dice = random.Random(seed)  # noqa: S311
    every = [target for name, target in targets().items() if not names or name in names]
    tried: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    found: Counter[str] = Counter()
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            for target in every:
                # Two read the shipped rules as well, which takes as long as fifty of the others.
                for _ in range(1 if target.name in DEAR else 20):
                    data = mutated(dice.choice(target.seeds), dice)
                    clock = time.process_time()
                    try:
                        refused[target.name] += bool(target(data, Path(folder)))
                    except Exception:
                        where = traceback.format_exc().strip().splitlines()
                        kind = where[-1][:80] + " " + where[-3].strip()[:120]
                        found[f"{target.name}: {kind}"] += 1
                        _keep(target, data, found[f"{target.name}: {kind}"], kind)
                    took = time.process_time() - clock
                    tried[target.name] += 1
                    slowest[target.name] = max(slowest.get(target.name, 0), took)
                    if took > max(2, SECONDS_A_KILOBYTE * len(data) / 1000):
                        found[f"{target.name}: slow"] += 1
                        _keep(target, data, found[f"{target.name}: slow"], f"slow {took:.1f} s")
    for name, number in tried.items():
        print(f"{name:12} {number:8,} inputs, {refused[name]:8,} refused, slowest {slowest[name]:.2f} s")  # noqa: T201
    print(f"{sum(tried.values()):,} inputs in {seconds:.0f} s, seed {seed}, {sum(found.values())} failed")  # noqa: T201
    for kind, number in found.most_common():
        print(f"  {number} x {kind}")  # noqa: T201
    return sum(found.values())


def _keep(target: Target, data: bytes, number: int, kind: str) -> None:
    if number <= 3:
        folder = Path("fuzz-found")
        folder.mkdir(exist_ok=True)
        kept = folder / f"{target.name.replace(' ', '-')}-{abs(hash(kind)) % 10000}-{number}"
        kept.write_bytes(data)


if __name__ == "__main__":
    day = int(time.strftime("%Y%m%d"))
    sys.exit(session(float(sys.argv[1]), sys.argv[2:], int(os.environ.get("MINEX_FUZZ_SEED", day))) > 0)
