"""How the time of a piece of work grows with its input: a law that holds on slow and busy machines alike."""

import gc
import time
from collections.abc import Callable
from typing import Any

TIMES = 4
STRAIGHT = 9.0
"""Four times the input takes four times as long, sixteen times if the work is quadratic; noise lies between."""


def seconds(work: Callable[[], object], rounds: int = 2) -> float:
    """Return the least processor time of a few rounds; the collector would walk over what other tests left."""
    taken = []
    gc.disable()
    try:
        for _ in range(rounds):
            clock = time.process_time()
            work()
            taken.append(time.process_time() - clock)
    finally:
        gc.enable()
    return min(taken)


def growth(work: Callable[[Any], object], make: Callable[[int], Any], size: int) -> float:
    """Return how much longer the work on `TIMES` the size takes; a tenth of a second is forgiven."""
    small, large = make(size), make(size * TIMES)
    return max(0.0, seconds(lambda: work(large)) - 0.1) / seconds(lambda: work(small))
