"""From a database to the content of a figure's file."""

from __future__ import annotations

import sqlite3
from typing import Literal

from minex.errors import MinexError
from minex.reports.figures import heatmap, network, timeline
from minex.reports.figures.selection import Selection
from minex.reports.plots import style

Kind = Literal["network", "heatmap", "timeline"]
KINDS: tuple[Kind, ...] = ("network", "heatmap", "timeline")
EDGES, FACTORS, CANCERS = 40, 25, 12


def plot(
    connection: sqlite3.Connection,
    kind: Kind,
    suffix: str,
    selection: Selection,
    *,
    top: int | None = None,
    unsigned: bool = False,
) -> bytes:
    """Return a figure as the content of a file.

    Parameters:
        connection: to an open database, narrowed to a query or not.
        kind: which figure.
        suffix: `.svg`, `.png` or `.pdf`.
        selection: what it is about.
        top: how many relations a network has, or factors a heat map, at the most.
        unsigned: let a network have what neither raises nor lowers.

    Raises:
        MinexError: if matplotlib is missing, or there is nothing to draw.
    """
    with style.drawing():
        if kind == "network":
            from minex.reports.plots.network import draw as draw_network

            found = network.network(connection, selection, top or EDGES, unsigned=unsigned)
            _check(found.edges, "nothing is said to raise or lower anything")
            figure = draw_network(found)
        elif kind == "heatmap":
            from minex.reports.plots.heatmap import draw as draw_heatmap

            cells = heatmap.heatmap(connection, selection, factors=top or FACTORS, cancers=CANCERS)
            _check(cells.cells, "no factor was seen in a cancer")
            figure = draw_heatmap(cells)
        else:
            from minex.reports.plots.timeline import draw as draw_timeline

            years = timeline.timeline(connection, selection)
            _check(years, "nothing was said in a year that is known")
            figure = draw_timeline(years)
        return style.written(figure, suffix)


def _check(found: object, why: str) -> None:
    if not found:
        raise MinexError(
            "plot-empty", f"there is nothing to draw: {why}", cure="ask for more, or for something else"
        )
