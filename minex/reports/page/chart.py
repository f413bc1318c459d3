"""The bars of triples a year, as places in a drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from minex.reports.figures.timeline import Year

WIDTH, HEIGHT = 900, 240
"""Size of the drawing, in its own units."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 8, 12, 28


@dataclass(frozen=True, slots=True)
class Bar:
    """A year's bar: `top` is where all triples reach, `new_top` where those reach that no earlier paper said."""

    year: Year
    x: float
    width: float
    top: float
    new_top: float
    labelled: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars over years; `ticks` are numbers with their heights."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    floor: int = HEIGHT - _BOTTOM


def chart(years: Sequence[Year]) -> Chart:
    """Place the bars of some years.

    Examples:
        >>> chart([Year(2019, 10, 6, 4), Year(2020, 20, 5, 6)]).ticks
        ((0, 212.0), (5, 162.0), (10, 112.0), (15, 62.0), (20, 12.0))
    """
    floor = HEIGHT - _BOTTOM
    step = _step(max((year.triples for year in years), default=1))
    most = step * max(1, math.ceil(max((year.triples for year in years), default=1) / step))
    slot = (WIDTH - _LEFT - _RIGHT) / max(1, len(years))
    every = math.ceil(44 / slot)

    def height(number: int) -> float:
        return round(floor - (floor - _TOP) * number / most, 1)

    bars = tuple(
        Bar(
            year,
            round(_LEFT + slot * place + slot * 0.12, 1),
            round(min(slot * 0.76, 56), 1),
            height(year.triples),
            height(year.new),
            (len(years) - 1 - place) % every == 0,
        )
        for place, year in enumerate(years)
    )
    return Chart(bars, tuple((number, height(number)) for number in range(0, most + 1, step)))


def _step(most: int) -> int:
    """Return a round number of which four or five make the whole."""
    rough = max(1, most / 5)
    power = 10 ** math.floor(math.log10(rough))
    return int(next(power * times for times in (1, 2, 5, 10) if power * times >= rough))
