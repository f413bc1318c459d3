"""The pace: one for all threads and processes, whatever happens to its file, its clock and its holders."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from minex.pubmed.limiter import LONGEST, Limiter

ASKING = """
import sys
from pathlib import Path
from minex.pubmed.limiter import Limiter
limiter = Limiter(float(sys.argv[1]), Path(sys.argv[2]))
for _ in range(int(sys.argv[3])):
    print(repr(limiter.wait()), flush=True)
"""


class Clock:
    """A clock that moves when one sleeps."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def paced(folder: Path, clock: Clock, per_second: float = 10) -> Limiter:
    return Limiter(per_second, folder, clock=clock, sleep=clock.sleep)


def busiest(moments: list[float], window: float = 1.0) -> int:
    """Return the most moments that lie within any window."""
    return max(sum(start <= each < start + window for each in moments) for start in moments)


def process(folder: Path, per_second: float, times: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ASKING, str(per_second), str(folder), str(times)], stdout=subprocess.PIPE, text=True
    )


def test_several_processes_together_never_ask_more_often_than_allowed_in_any_second(tmp_path: Path):
    running = [process(tmp_path, 10, 9) for _ in range(4)]
    moments = [[float(line) for line in each.communicate(timeout=60)[0].split()] for each in running]

    together = sorted(moment for each in moments for moment in each)
    assert len(together) == 36
    assert busiest(together) <= 10


def test_threads_share_the_pace(tmp_path: Path):
    limiter, moments = Limiter(50, tmp_path), []
    threads = [
        threading.Thread(target=lambda: moments.extend(limiter.wait() for _ in range(10))) for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    moments.sort()
    assert min(b - a for a, b in pairwise(moments)) >= 1 / 50


def test_a_killed_holder_and_a_stopped_one_hold_up_nobody(tmp_path: Path):
    stopped, killed = process(tmp_path, 100, 100_000), process(tmp_path, 100, 100_000)
    try:
        for each in (stopped, killed):
            assert each.stdout is not None
            assert each.stdout.readline()
        stopped.send_signal(signal.SIGSTOP)
        killed.kill()
        killed.wait()
        began = time.monotonic()
        assert Limiter(100, tmp_path).wait() - began < 5
    finally:
        for each in (stopped, killed):
            each.kill()
            each.communicate()


def test_the_first_goes_at_once_and_the_next_wait(tmp_path: Path):
    clock = Clock()
    limiter, other = paced(tmp_path, clock), paced(tmp_path, clock)

    moments = [limiter.wait(), other.wait(), limiter.wait()]

    assert moments[0] == 1000.0
    assert moments[1] - moments[0] == pytest.approx(0.11, abs=0.02)
    assert moments[2] - moments[1] >= 0.1


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 20, b"mnx1" + b"\xff" * 16, b"y" * 5000])
def test_a_damaged_file_costs_one_interval_at_most(tmp_path: Path, damage: bytes):
    clock = Clock()
    limiter = paced(tmp_path, clock)
    limiter.path.write_bytes(damage)

    assert limiter.wait() - 1000 <= 2 * limiter.interval
    assert limiter.wait() - 1000 <= 4 * limiter.interval
    assert limiter.path.stat().st_size == 20


@pytest.mark.parametrize("jump", [-900.0, -1e9, 1e9])
def test_a_clock_that_jumps_holds_up_nobody(tmp_path: Path, jump: float):
    clock = Clock()
    limiter = paced(tmp_path, clock)
    limiter.wait()
    clock.now = max(clock.now + jump, 1.0)
    before = clock.now

    assert limiter.wait() - before <= 2 * limiter.interval


def test_what_the_server_asks_for_holds_for_all(tmp_path: Path):
    clock = Clock()
    paced(tmp_path, clock).postpone(30)

    assert paced(tmp_path, clock).wait() >= 1030


def test_nobody_waits_for_ever(tmp_path: Path):
    clock = Clock()
    paced(tmp_path, clock).postpone(1e12)

    assert paced(tmp_path, clock).wait() <= 1000 + LONGEST


def test_a_folder_that_cannot_be_written_to_is_told_once_and_the_process_paces_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    clock = Clock()
    limiter = paced(tmp_path / "missing", clock)
    with caplog.at_level(logging.WARNING):
        moments = [limiter.wait() for _ in range(3)]

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "within this process only" in caplog.text
    assert moments[2] - moments[0] >= 0.2


def test_a_link_that_somebody_laid_is_not_followed(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    target = tmp_path / "precious"
    target.write_text("kept")
    clock = Clock()
    limiter = paced(tmp_path, clock)
    os.symlink(target, limiter.path)

    limiter.wait()

    assert target.read_text() == "kept"
    assert "cannot be used" in caplog.text


def test_with_waits_once(tmp_path: Path):
    clock = Clock()
    limiter = paced(tmp_path, clock)
    with limiter:
        pass
    with limiter:
        assert clock.now > 1000


def test_a_pace_is_positive(tmp_path: Path):
    with pytest.raises(ValueError, match="positive"):
        Limiter(0, tmp_path)
