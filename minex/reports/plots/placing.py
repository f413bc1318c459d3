"""Where names stand in a drawn network: related ones near each other, none over another, no chance in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx

GAP_X, GAP_Y = 16.0, 15.0
_ASPECT = 1.45

Place = tuple[float, float]


def place(pairs: Sequence[tuple[str, str]], widths: Mapping[str, float], height: float) -> dict[str, Place]:
    """Return the middle of each name, from the top left, y downwards.

    Parameters:
        pairs: what is related; each name stands in one at least.
        widths: of each name, in points.
        height: of all names.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(pairs)
    groups = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    framed = [_group(graph.subgraph(sorted(group)), widths, height) for group in groups]
    return _packed(framed, widths, height)


def _group(graph: nx.Graph[str], widths: Mapping[str, float], height: float) -> dict[str, Place]:
    names = sorted(graph)
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(names)
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges))
    if len(names) > 150:
        raw = nx.spring_layout(ordered, seed=1, iterations=200)
    else:
        raw = nx.kamada_kawai_layout(ordered)
    spots = {name: (float(raw[name][0]), float(raw[name][1])) for name in names}
    area = _room(len(names)) * sum((widths[name] + GAP_X) * (height + 2 * GAP_Y) for name in names)
    width = math.sqrt(area * _ASPECT)
    left, right, top, bottom = _extent(spots, dict.fromkeys(names, 0.0), 0.0)
    across, down = width / max(right - left, 0.05), area / width / max(bottom - top, 0.05)
    return _spread({name: (x * across, y * down) for name, (x, y) in spots.items()}, widths, height)


def _room(names: int) -> float:
    """Return how much more space a group gets than its names need: one of few has few lines to tell apart."""
    return 0.9 if names < 4 else 1.2 if names < 12 else 1.7


def _spread(spots: dict[str, Place], widths: Mapping[str, float], height: float) -> dict[str, Place]:
    """Push names apart that overlap, along the way that is shorter."""
    x, y = ({name: spot[at] for name, spot in spots.items()} for at in (0, 1))
    names = list(spots)
    for _ in range(300):
        moved = False
        for at, one in enumerate(names):
            for two in names[at + 1 :]:
                over_x = (widths[one] + widths[two]) / 2 + GAP_X - abs(x[one] - x[two])
                over_y = height + GAP_Y - abs(y[one] - y[two])
                if over_x > 0.01 and over_y > 0.01:
                    moved = True
                    axis, over = (x, over_x) if over_x < over_y else (y, over_y)
                    push = over / 2 if axis[one] <= axis[two] else -over / 2
                    axis[one] -= push
                    axis[two] += push
        if not moved:
            break
    return {name: (x[name], y[name]) for name in names}


def _packed(groups: Sequence[dict[str, Place]], widths: Mapping[str, float], height: float) -> dict[str, Place]:
    """Put groups side by side in lines, the largest first; of some lengths of a line, the one that fits best."""
    frames = [(group, _extent(group, widths, height)) for group in groups]
    widest = max(right - left for _, (left, right, _, _) in frames)
    area = sum((right - left + 2 * GAP_X) * (bottom - top + 2 * GAP_Y) for _, (left, right, top, bottom) in frames)
    tried = [_lines(frames, max(widest, times * math.sqrt(area * _ASPECT))) for times in (1, 1.15, 1.3, 1.5)]

    def size(placed: dict[str, Place]) -> float:
        left, right, top, bottom = _extent(placed, widths, height)
        return max((right - left) / _ASPECT, bottom - top)

    return min(tried, key=size)


def _lines(
    frames: Sequence[tuple[dict[str, Place], tuple[float, float, float, float]]], line: float
) -> dict[str, Place]:
    placed: dict[str, Place] = {}
    at_x = at_y = tallest = 0.0
    for group, (left, right, top, bottom) in frames:
        if at_x and at_x + right - left > line + 1:
            at_x, at_y, tallest = 0.0, at_y + tallest + 2 * GAP_Y, 0.0
        placed |= {name: (x - left + at_x, y - top + at_y) for name, (x, y) in group.items()}
        at_x += right - left + 2 * GAP_X
        tallest = max(tallest, bottom - top)
    return placed


def _extent(
    spots: Mapping[str, Place], widths: Mapping[str, float], height: float
) -> tuple[float, float, float, float]:
    return (
        min(x - widths[name] / 2 for name, (x, _) in spots.items()),
        max(x + widths[name] / 2 for name, (x, _) in spots.items()),
        min(y for _, y in spots.values()) - height / 2,
        max(y for _, y in spots.values()) + height / 2,
    )
