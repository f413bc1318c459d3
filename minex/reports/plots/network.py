"""The regulation network as a figure: names in boxes, arrows for what raises, bars for what lowers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minex.reports.figures.network import Edge, Network
from minex.reports.plots.placing import Place, place
from minex.reports.plots.style import DOWN, GRID, INK, KINDS, NEITHER, OTHER, SOFT, UP, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

_HEIGHT = 15.0
_SIZE = 7.5
_LONGEST = 34
_LOOKS = {
    1: (UP, "-", "-|>,head_length=4,head_width=2"),
    -1: (DOWN, (0, (4, 1.6)), "|-|,widthA=0,widthB=3"),
    0: (NEITHER, ":", "-"),
}
_WORDS = {1: "raises", -1: "lowers", 0: "neither is said"}


def draw(network: Network) -> Figure:
    """Draw a network; names that are long are cut."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    names = {node.id: _short(node.name) for node in network.nodes}
    widths = {id_: _width(name) for id_, name in names.items()}
    spots = place([(edge.subject, edge.object) for edge in network.edges], widths, _HEIGHT)
    right = max(x + widths[id_] / 2 for id_, (x, _) in spots.items())
    bottom = max(y for _, y in spots.values()) + _HEIGHT / 2
    # One unit of the axes is a point, so that text and boxes have the sizes that they were placed with.
    margin = max(0.0, WIDTH * 72 - right) / 2
    figure = Figure(figsize=((right + 2 * margin) / 72, bottom / 72))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-margin, right + margin), ylim=(bottom, 0))
    axes.set_axis_off()
    _edges(axes, network.edges, spots, widths)
    for node in network.nodes:
        x, y = spots[node.id]
        _box(axes, x, y, widths[node.id], KINDS.get(node.type, OTHER)[1])
        axes.text(x, y, names[node.id], ha="center", va="center", fontsize=_SIZE, color=INK, zorder=4)
    _legend(axes, network)
    return figure


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"


def _width(name: str) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    extent = TextPath((0, 0), name or " ", size=_SIZE, prop=FontProperties(family="DejaVu Sans")).get_extents()
    return float(extent.width) + 10


def _box(axes: Axes, x: float, y: float, width: float, colour: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    corner = x - width / 2 + 2, y - _HEIGHT / 2 + 2
    box = FancyBboxPatch(
        corner, width - 4, _HEIGHT - 4, boxstyle="round,pad=2", fc=colour, ec=SOFT, lw=0.5, zorder=3
    )
    axes.add_patch(box)


def _edges(axes: Axes, edges: tuple[Edge, ...], spots: dict[str, Place], widths: dict[str, float]) -> None:
    from matplotlib.patches import FancyArrowPatch

    pairs = [frozenset((edge.subject, edge.object)) for edge in edges]
    for edge, pair in zip(edges, pairs, strict=True):
        start, end = spots[edge.subject], spots[edge.object]
        colour, line, head = _LOOKS[edge.sign]
        width = 0.5 + 1.3 * edge.belief**3
        # Two relations of one pair would lie on each other.
        bend = 0.16 if pairs.count(pair) > 1 else 0.0
        axes.add_patch(
            FancyArrowPatch(
                _border(start, end, widths[edge.subject], 0.5),
                _border(end, start, widths[edge.object], 1.5),
                arrowstyle=head,
                connectionstyle=f"arc3,rad={bend}",
                mutation_scale=1,
                shrinkA=0,
                shrinkB=0,
                lw=width,
                ls=line,
                color=colour,
                zorder=2,
                joinstyle="miter",
                capstyle="butt",
            )
        )


def _border(of: Place, towards: Place, width: float, gap: float) -> Place:
    """Return where a line from one middle to another leaves the box of the first."""
    dx, dy = towards[0] - of[0], towards[1] - of[1]
    across, down = width / 2 + gap, _HEIGHT / 2 + gap
    share = min(across / abs(dx) if dx else 1.0, down / abs(dy) if dy else 1.0, 0.5)
    return of[0] + dx * share, of[1] + dy * share


def _legend(axes: Axes, network: Network) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    types = dict.fromkeys(KINDS.get(node.type, OTHER) for node in network.nodes)
    known = [kind for kind in (*KINDS.values(), OTHER) if kind in types]
    marks: list[Patch | Line2D] = [Patch(fc=colour, ec=SOFT, lw=0.5, label=name) for name, colour in known]
    for sign in (1, -1, 0):
        if any(edge.sign == sign for edge in network.edges):
            colour, line, _ = _LOOKS[sign]
            marks.append(Line2D([], [], color=colour, ls=line, lw=1.4, label=_WORDS[sign]))
    legend = axes.legend(
        handles=marks,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.01),
        ncols=min(len(marks), 6),
        fontsize=7,
        frameon=False,
        handlelength=2.2,
    )
    legend.get_frame().set_edgecolor(GRID)
