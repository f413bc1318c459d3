"""Triples a year as a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from minex.reports.figures.timeline import Year
from minex.reports.plots.style import GRID, PALE, UP, WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(years: Sequence[Year]) -> Figure:
    """Draw a timeline."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(WIDTH, 2.6))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    at = [year.year for year in years]
    new = [year.new for year in years]
    axes.bar(at, new, color=UP, label="said for the first time")
    known = [year.triples - year.new for year in years]
    axes.bar(at, known, bottom=new, color=PALE, hatch="////", edgecolor="white", lw=0, label="said before as well")
    axes.set_ylabel("triples")
    axes.set_xlabel("year of publication")
    axes.set_xlim(at[0] - 0.7, at[-1] + 0.7)
    axes.xaxis.set_major_locator(MaxNLocator(12, integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="y", color=GRID, lw=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper left")
    return figure
