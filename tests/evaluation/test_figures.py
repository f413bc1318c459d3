"""Precision, recall, F1 and their intervals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.evaluation import figures
from minex.evaluation.figures import Count, Tally

counts = st.builds(Count, *(st.integers(0, 5),) * 3)


def tally(*counts: Count) -> Tally:
    result = Tally()
    for number, count in enumerate(counts):
        result.add(str(number), count)
    return result


def test_nothing_found_and_nothing_there_has_no_figures() -> None:
    assert (Count().precision, Count().recall, Count().f1) == (None, None, None)
    assert Count(missed=2).precision is None
    assert Count(missed=2).recall == 0
    assert Count(missed=2).f1 == 0
    assert Count(wrong=2).recall is None


@given(counts)
def test_figures_lie_between_nothing_and_all(count: Count) -> None:
    for value in (count.precision, count.recall, count.f1):
        assert value is None or 0 <= value <= 1


@given(counts)
def test_f1_is_the_same_whichever_side_is_taken_for_the_truth(count: Count) -> None:
    assert count.f1 == Count(count.right, count.missed, count.wrong).f1


@settings(max_examples=25, deadline=None)
@given(st.lists(counts, max_size=12))
def test_each_figure_lies_inside_its_interval(drawn: list[Count]) -> None:
    result = tally(*drawn).figures()
    for name in ("precision", "recall", "f1"):
        interval = result["intervals"][name]
        if interval is not None:
            assert 0 <= interval[0] <= result[name] <= interval[1] <= 1


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "drawn", [(), (Count(),), (Count(1, 1, 1),), (Count(), Count()), (Count(2, 1, 1), *(Count(),) * 50)]
)
def test_there_is_no_interval_of_fewer_than_two_clusters_that_say_something(drawn: tuple[Count, ...]) -> None:
    assert tally(*drawn).figures()["intervals"] == {"precision": None, "recall": None, "f1": None}


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("one", "bounds"), [(Count(right=1), [1.0, 1.0]), (Count(1, 1, 1), [0.5, 0.5])])
def test_clusters_that_are_all_alike_have_an_interval_without_width(one: Count, bounds: list[float]) -> None:
    intervals = tally(*(one,) * 10).figures()["intervals"]
    assert intervals == dict.fromkeys(("precision", "recall", "f1"), bounds)


def test_clusters_without_an_item_do_not_pull_the_interval_to_zero() -> None:
    """Two units that were right among many that have nothing: a draw without either was counted as 0."""
    some = tally(*(Count(),) * 200, Count(right=1), Count(right=1))
    assert some.figures()["intervals"]["precision"] == [1.0, 1.0]


def test_intervals_are_the_same_at_each_run_and_however_much_is_drawn_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = tally(Count(1, 2, 3), Count(3, 0, 1), Count(0, 1, 1), Count(4, 4, 0))
    first = drawn.figures()
    assert drawn.figures() == first
    monkeypatch.setattr(figures, "_AT_ONCE", 1)
    assert drawn.figures() == first


def test_counts_of_one_cluster_are_added_up() -> None:
    result = Tally()
    result.add("a", Count(1, 0, 2))
    result.add("a", Count(1, 3, 0))
    assert result.clusters == {"a": Count(2, 3, 2)}
