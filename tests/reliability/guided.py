"""Fuzzing guided by coverage, with atheris (`pip install atheris`, which is no part of `minex[test]`).

python -m tests.reliability.guided NAME -max_total_time=600
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["minex"]):
    from tests.reliability.targets import targets


def main() -> None:
    target = targets()[sys.argv.pop(1)]
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder, "seeds")
        seeds.mkdir()
        for number, seed in enumerate(target.seeds):
            (seeds / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, str(seeds)], lambda data: target(data, Path(folder)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
