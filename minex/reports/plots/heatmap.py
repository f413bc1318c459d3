"""Factors by cancer as a figure: darker for more papers, an arrow where a level is higher or lower."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from minex.reports.figures.heatmap import Heatmap
from minex.reports.plots.style import INK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CELL = 0.3
_ARROWS = {"up": " \u2191", "down": " \u2193", "both": " \u2195", "": ""}


def draw(heatmap: Heatmap) -> Figure:
    """Draw a heat map."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.colors import PowerNorm
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    rows, columns = len(heatmap.factors), len(heatmap.cancers)
    numbers = [
        [
            cell.documents if (cell := heatmap.cells.get((factor, cancer))) else math.nan
            for cancer, _ in heatmap.cancers
        ]
        for factor, _ in heatmap.factors
    ]
    figure = Figure(figsize=(columns * _CELL * 1.35 + 1.6, rows * _CELL * 0.72 + 0.6))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    # One factor has most of the papers: the root keeps the others apart.
    norm = PowerNorm(0.5, vmin=0, vmax=max(heatmap.most, 2))
    mesh = axes.pcolormesh(numbers, cmap="Blues", norm=norm, edgecolors="white", linewidth=1.5)
    axes.set(xlim=(0, columns), ylim=(rows, 0))
    for y, (factor, _) in enumerate(heatmap.factors):
        for x, (cancer, _) in enumerate(heatmap.cancers):
            if cell := heatmap.cells.get((factor, cancer)):
                dark = norm(cell.documents) > 0.6
                text = f"{cell.documents}{_ARROWS[cell.level]}"
                axes.text(
                    x + 0.5, y + 0.5, text, ha="center", va="center", color="white" if dark else INK, fontsize=7
                )
    axes.set_yticks([y + 0.5 for y in range(rows)], [name for _, name in heatmap.factors])
    axes.set_xticks([x + 0.5 for x in range(columns)], [name for _, name in heatmap.cancers])
    axes.xaxis.tick_top()
    for label in axes.get_xticklabels():
        label.set(rotation=40, ha="left", rotation_mode="anchor")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    bar = figure.colorbar(mesh, ax=axes, shrink=min(1.0, 6 / rows), pad=0.02, anchor=(0, 1), aspect=12)
    bar.set_label("papers")
    bar.locator = MaxNLocator(5, integer=True)
    bar.update_ticks()
    bar.outline.set_visible(False)
    axes.set_xlabel(
        "Arrows: level higher \u2191 or lower \u2193 in the cancer, \u2195 papers disagree", fontsize=7
    )
    return figure
