"""Listings: all ids of a search, split until each part fits, exactly those or an error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import RemoteError
from minex.pubmed.windows import Listing, Window, list_ids
from tests.pubmed.citations import Citation
from tests.pubmed.clients import Client
from tests.pubmed.server import Fault, PubMed, Request, Server
from tests.pubmed.test_eutils_faults import PASSING

DAY = date(2020, 1, 1)
TODAY = date(2021, 6, 1)


def spread(number: int, *, days: int = 1000, **more: object) -> PubMed:
    """Return citations entered one after the other over some days."""
    return PubMed(
        Citation(str(each), "Exosome.", entered=DAY - timedelta(days=each * 37 % days), **more)  # type: ignore[arg-type]
        for each in range(1, number + 1)
    )


def listing(server: Server, client: Client | None = None, **more: object) -> Listing:
    return list_ids(client or Client(server), "pubmed", "exosome", today=TODAY, **more)  # type: ignore[arg-type]


@pytest.fixture
def small(server: Server) -> Server:
    """A server that gives five ids of a search and holds forty citations."""
    server.most = 5
    server.pubmed = spread(40)
    return server


def test_a_search_that_fits_is_one_request(server: Server):
    server.pubmed = spread(40)

    assert listing(server).ids == set(server.pubmed.citations)
    assert len(server.requests) == 1
    assert "mindate" not in server.requests[0].parameters


def test_a_search_that_does_not_fit_is_split_by_date_until_each_part_does(small: Server):
    listed = listing(small)

    assert listed.ids == set(small.pubmed.citations)
    assert listed.count == 40 == sum(each.count for each in listed.windows)
    assert all(each.count <= 5 for each in listed.windows)
    days = [(each.window.first, each.window.last) for each in listed.windows]
    assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(days))  # type: ignore[operator]


def test_days_bound_a_listing(small: Server):
    first, last = DAY - timedelta(days=400), DAY - timedelta(days=30)
    within = {each.pmid for each in small.pubmed.citations.values() if first <= each.entered <= last}

    assert listing(small, first_day=first, last_day=last).ids == within
    assert listing(small, first_day=first).ids == {
        each.pmid for each in small.pubmed.citations.values() if first <= each.entered
    }


def test_a_listing_by_pages_is_the_same(small: Server):
    assert listing(small, page=2).ids == set(small.pubmed.citations)
    assert listing(small, most=3).ids == set(small.pubmed.citations)


def test_a_day_that_is_too_full_is_split_by_other_fields(server: Server):
    server.most = 5
    server.pubmed = PubMed(
        Citation(
            str(each),
            "Exosome.",
            "Text." if each % 2 else "",
            entered=DAY,
            published=date(2020 - each % 7, 1, 1),
            language="eng" if each % 3 else "ger",
        )
        for each in range(1, 41)
    )

    listed = listing(server)

    assert listed.ids == set(server.pubmed.citations)
    assert all(each.window.first == each.window.last == DAY for each in listed.windows if each.ids)


def test_a_day_that_nothing_splits_is_an_error_that_names_it(server: Server):
    server.most = 5
    server.pubmed = PubMed(Citation(str(each), "Exosome.", entered=DAY) for each in range(1, 8))

    with pytest.raises(RemoteError, match=r"pubmed, edat 2020-01-01: 7 ids of one day exceed the 5") as caught:
        listing(server)
    assert caught.value.code == "too-many"


def test_what_bears_no_date_in_any_range_is_listed_too(small: Server):
    server = small
    server.pubmed.add(Citation("999", "Exosome.", entered=date(900, 1, 1)))

    listed = listing(server)

    assert listed.ids == set(server.pubmed.citations)
    assert any(each.window.narrowed for each in listed.windows)


def test_a_citation_that_comes_meanwhile_is_noticed(small: Server):
    def coming(request: Request) -> None:
        if len(small.requests) == 8:
            small.pubmed.add(Citation("999", "Exosome.", entered=DAY - timedelta(days=999)))

    small.fault_of = coming  # type: ignore[assignment]

    listed = listing(small)

    assert listed.ids == set(small.pubmed.citations)
    assert "999" in listed.ids


def test_a_citation_that_goes_meanwhile_is_noticed(small: Server):
    def going(request: Request) -> None:
        if len(small.requests) == 12:
            oldest = min(small.pubmed.citations.values(), key=lambda each: each.entered)
            small.pubmed.delete(oldest.pmid)

    small.fault_of = going  # type: ignore[assignment]

    assert listing(small).ids == set(small.pubmed.citations)


def test_a_citation_that_moves_from_window_to_window_is_noticed(small: Server):
    def moving(request: Request) -> None:
        if len(small.requests) == 14:
            small.pubmed.revise("27", TODAY)

    small.fault_of = moving  # type: ignore[assignment]

    assert listing(small, date_type="mdat").ids == set(small.pubmed.citations)


def test_counts_that_never_add_up_are_an_error(small: Server):
    def off(request: Request) -> Fault | None:
        asked = request.parameters
        return Fault("count", 3) if asked["term"] == "exosome" and "mindate" not in asked else None

    small.fault_of = off
    told: list[tuple[str, str]] = []

    with pytest.raises(RemoteError, match="its parts have 40 ids") as caught:
        listing(small, on_window=lambda window, status, *rest: told.append((str(window), status)))
    assert caught.value.code == "unsteady"
    assert told[-1] == ("pubmed", "failed")


def test_a_count_that_is_off_once_does_no_harm(small: Server):
    for off in (-35, -5, 2, 50):
        small.faults.extend([Fault("count", off), None, None, Fault("count", off)])
        assert listing(small).ids == set(small.pubmed.citations)


def test_nothing_is_believed_when_it_is_said_twice(server: Server):
    server.pubmed = spread(3)
    nothing = "<eSearchResult><Count>0</Count><IdList/></eSearchResult>"
    server.faults.append(Fault("status", 200, text=nothing))
    assert len(listing(server).ids) == 3

    server.pubmed = PubMed()
    assert listing(server).ids == frozenset()


def test_each_window_is_told(small: Server):
    told: list[tuple[str, int | None, int | None]] = []
    kept: dict[Window, Sequence[str]] = {}

    listed = listing(
        small,
        on_window=lambda window, status, expected, fetched, message: told.append((status, expected, fetched)),
        keep=kept.__setitem__,
    )

    assert told[0] == ("split", 40, None)
    assert sum(fetched or 0 for status, _, fetched in told if status == "done") == 40
    assert kept == {each.window: each.ids for each in listed.windows}


def test_a_stopped_listing_goes_on_where_it_was(small: Server):
    kept: dict[Window, Sequence[str]] = {}
    small.faults.extend([None] * 12 + [Fault("status", 500)] * 4)
    with pytest.raises(RemoteError):
        listing(small, keep=kept.__setitem__)
    before, small.requests[:] = len(small.requests), []

    listed = listing(small, keep=kept.__setitem__, done=kept.get)

    assert listed.ids == set(small.pubmed.citations)
    assert 0 < sum(each.resumed for each in listed.windows) < len(listed.windows)
    assert before > 0


def test_what_changed_since_the_stop_is_read_again(small: Server):
    kept: dict[Window, Sequence[str]] = {}
    listing(small, keep=kept.__setitem__)
    small.pubmed.delete("3")
    small.pubmed.add(Citation("77", "Exosome.", entered=DAY))

    # Deleted and added in different windows, so that the whole still counts the same.
    small.pubmed.add(Citation("78", "Exosome.", entered=DAY - timedelta(days=500)))
    assert listing(small, keep=kept.__setitem__, done=kept.get).ids == set(small.pubmed.citations)


def test_a_failure_is_told_before_it_is_raised(small: Server):
    told: list[tuple[str, str]] = []
    small.faults.extend([None, None, *[Fault("status", 500)] * 4])
    with pytest.raises(RemoteError):
        listing(small, on_window=lambda window, status, expected, fetched, message: told.append((status, message)))
    assert told[-1][0] == "failed"
    assert "HTTP 500" in told[-1][1]


def test_warnings_are_kept(server: Server):
    listed = list_ids(Client(server), "pubmed", "nonsense", today=TODAY)

    assert any("nonsense" in each for each in listed.warnings)


def test_pmc_is_listed_as_well(small: Server):
    small.pubmed = PubMed(
        Citation(str(each), "Exosome.", entered=DAY, pmcid=f"PMC{each}", restricted=each > 4, published=DAY)
        for each in range(1, 9)
    )

    assert len(list_ids(Client(small), "pmc", "exosome", today=TODAY).ids) == 8


_FAULT = st.one_of(
    st.sampled_from([each for each in PASSING if each.kind != "cut"]),
    st.builds(Fault, st.just("cut"), st.integers(0, 900), honest=st.booleans()),
    st.builds(Fault, st.just("missing"), st.integers(0, 9)),
    st.builds(Fault, st.just("count"), st.integers(-6, 6).filter(bool)),
)
_CITATION = st.tuples(
    st.integers(0, 12), st.integers(0, 3), st.sampled_from(["eng", "ger"]), st.sampled_from(["Exosome.", "Other."])
)


@settings(max_examples=200, deadline=None)
@given(
    made=st.lists(_CITATION, max_size=25),
    faults=st.lists(st.one_of(st.none(), st.none(), _FAULT), max_size=25),
    most=st.integers(2, 8),
    bounded=st.booleans(),
)
def test_a_listing_is_exactly_what_matches_or_an_error(
    made: list[tuple[int, int, str, str]], faults: list[Fault | None], most: int, bounded: bool
):
    citations = [
        Citation(
            str(number), title, entered=DAY + timedelta(days=day), published=date(2020 - year, 1, 1), language=la
        )
        for number, (day, year, la, title) in enumerate(made, start=1)
    ]
    days = (DAY + timedelta(days=2), DAY + timedelta(days=9)) if bounded else (None, None)
    with Server(PubMed(citations), most=most) as server:
        server.faults.extend(faults)
        code = ""
        try:
            listed = listing(server, first_day=days[0], last_day=days[1])
        except RemoteError as error:
            code = error.code
    if code:
        assert any(faults) or code == "too-many"
        return
    assert listed.ids == {
        each.pmid
        for each in citations
        if each.title == "Exosome." and (not bounded or days[0] <= each.entered <= days[1])  # type: ignore[operator]
    }
    assert listed.count == len(listed.ids)
