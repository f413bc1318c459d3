"""Whole files of every kind, spoilt: each is read or refused with an error that a user can understand.

A long session is `python -m tests.reliability.fuzz SECONDS`.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.reliability.fuzz import DEAR, SECONDS_A_KILOBYTE
from tests.reliability.mutating import mutated
from tests.reliability.targets import targets

TARGETS = targets()


@pytest.mark.parametrize("name", TARGETS)
def test_the_files_that_are_spoilt_are_read_whole_before(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    assert [target(seed, tmp_path) for seed in target.seeds] == [""] * len(target.seeds)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_spoilt_is_read_or_refused_in_time(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]

    @settings(
        max_examples=5 if name in DEAR else 60,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(target.seeds), st.integers(0, 1 << 32))
    def spoil(seed: bytes, number: int) -> None:
        data = mutated(seed, random.Random(number))  # noqa: S311
        clock = time.process_time()
        target(data, tmp_path)
        assert time.process_time() - clock < max(2, SECONDS_A_KILOBYTE * len(data) / 1000)

    spoil()


@pytest.mark.parametrize("name", sorted(set(TARGETS) - DEAR))
def test_any_bytes_are_read_or_refused(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]

    @settings(max_examples=25, deadline=None, database=None, phases=[Phase.generate])
    @given(st.binary(max_size=300))
    def read(data: bytes) -> None:
        target(data, tmp_path)

    read()
