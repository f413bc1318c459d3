"""Figures for a paper: always the same file, readable names, and plain words where something is missing."""

from __future__ import annotations

import sys
from itertools import combinations

import pytest
from lxml import etree

from minex.errors import MinexError
from minex.reports.figures.selection import Selection
from minex.reports.plots.make import KINDS, Kind, plot
from minex.reports.plots.placing import place
from tests.reports.page.shelves import fill, hostile
from tests.store.conftest import Shelf

HEADS = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}


def draw(shelf: Shelf, kind: Kind, suffix: str = ".svg") -> bytes:
    return plot(shelf.store.connection, kind, suffix, Selection())


@pytest.mark.parametrize("suffix", HEADS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_database_gives_the_same_file(shelf: Shelf, kind: Kind, suffix: str) -> None:
    fill(shelf)
    first = draw(shelf, kind, suffix)
    assert first.startswith(HEADS[suffix])
    assert draw(shelf, kind, suffix) == first


def test_no_date_is_in_a_file(shelf: Shelf) -> None:
    fill(shelf)
    assert b"date>" not in draw(shelf, "network")
    assert b"CreationDate" not in draw(shelf, "network", ".pdf")


def test_a_users_own_settings_change_nothing_and_stay(shelf: Shelf) -> None:
    import matplotlib

    fill(shelf)
    first = draw(shelf, "timeline")
    with matplotlib.rc_context({"font.size": 30}):
        assert draw(shelf, "timeline") == first
        assert matplotlib.rcParams["font.size"] == 30


def test_names_of_markup_are_drawn_as_they_are(shelf: Shelf) -> None:
    hostile(shelf)
    for kind in ("network", "heatmap"):
        tree = etree.fromstring(draw(shelf, kind))
        assert not [each for each in tree.iter(etree.Element) if each.tag.endswith(("script", "img"))]


def test_dollars_in_a_name_are_no_formula(shelf: Shelf) -> None:
    connection = fill(shelf).store.connection
    connection.execute("UPDATE concept SET name = '$x_{$' WHERE name = 'PTEN'")
    assert draw(shelf, "network")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_to_draw_is_told(shelf: Shelf, kind: Kind) -> None:
    with pytest.raises(MinexError, match="there is nothing to draw"):
        draw(shelf, kind)


def test_without_matplotlib_the_way_to_it_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        MinexError, match=r"figures need matplotlib, which is not installed; pip install 'minex\[plot"
    ):
        draw(fill(shelf), "network")


def test_no_name_lies_over_another() -> None:
    pairs = [("hub", f"leaf {n}") for n in range(30)] + [("a", "b"), ("b", "c"), ("d", "e")]
    names = {name for pair in pairs for name in pair}
    widths = {name: 20.0 + 5 * len(name) for name in names}
    spots = place(pairs, widths, 15.0)
    assert spots.keys() == names
    for one, two in combinations(sorted(names), 2):
        (x1, y1), (x2, y2) = spots[one], spots[two]
        assert abs(x1 - x2) >= (widths[one] + widths[two]) / 2 or abs(y1 - y2) >= 15.0, (one, two)
