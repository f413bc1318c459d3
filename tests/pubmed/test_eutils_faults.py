"""Misbehaviour: what passes is not seen, what stays is told, and neither is ever taken for an empty answer."""

from __future__ import annotations

import socket
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minex.errors import RemoteError
from minex.pubmed.eutils import Eutils
from minex.pubmed.limiter import Unlimited
from minex.pubmed.settings import Settings
from tests.pubmed.citations import Citation
from tests.pubmed.clients import EMAIL, Client, documents, filled
from tests.pubmed.server import Fault, PubMed, Server

PASSING = [
    Fault("status", 429),
    Fault("status", 429, retry_after="3"),
    Fault("status", 500),
    Fault("status", 502),
    Fault("status", 503, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"),
    Fault("status", 400, text='{"error":"API rate limit exceeded","count":"11"}'),
    Fault("error", text="Search Backend failed: the address table is empty."),
    Fault("html"),
    Fault("empty"),
    Fault("reset"),
    Fault("cut", 150),
    Fault("cut", 150, honest=True),
    Fault("cut", -3, honest=True),
    Fault("cut", 0),
    Fault("duplicate"),
    Fault("stranger"),
]  # fmt: skip


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_a_fault_that_passes_is_not_seen_in_a_search(server: Server, fault: Fault):
    client = filled(server)
    server.faults.extend([fault, fault])

    assert client.search("pubmed", "exosome").count == 5
    assert len(client.slept) == 2
    assert min(client.slept) >= 1


@pytest.mark.parametrize("fault", [*PASSING, Fault("missing", 2)], ids=str)
@pytest.mark.parametrize("db", ["pubmed", "pmc"])
def test_a_fault_that_passes_is_not_seen_in_a_fetch(server: Server, fault: Fault, db: str):
    client = filled(server)
    ids = ["1", "2", "3"] if db == "pubmed" else ["101", "102", "103"]
    clean = client.fetch(db, ids)
    server.faults.extend([fault, fault])

    fetched = client.fetch(db, ids)

    assert (fetched.found, fetched.missing) == (clean.found, ()) == (tuple(ids), ())


@pytest.mark.parametrize("fault", [Fault("missing"), Fault("count", 2), Fault("count", -1)], ids=str)
def test_fewer_ids_than_counted_are_asked_for_again_and_then_refused(server: Server, fault: Fault):
    client = filled(server)
    server.faults.append(fault)
    assert client.search("pubmed", "exosome").count == 5

    server.fault_of = lambda request: fault
    with pytest.raises(RemoteError, match=r"esearch pubmed: .* \(asked 4 times\); run it again") as caught:
        client.search("pubmed", "exosome")
    assert caught.value.code == "bad-answer"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("status", 429), "throttled"),
        (Fault("status", 500), "server-error"),
        (Fault("status", 502), "server-error"),
        (Fault("error", text="Search Backend failed: no answer"), "server-error"),
        (Fault("html"), "bad-answer"),
        (Fault("empty"), "bad-answer"),
        (Fault("cut", 100), "bad-answer"),
        (Fault("reset"), "unreachable"),
    ],
    ids=str,
)
def test_a_fault_that_stays_is_an_error_with_where_and_cure(server: Server, fault: Fault, code: str):
    client = filled(server)
    server.fault_of = lambda request: fault

    for ask in (
        lambda: client.search("pubmed", "x", first_day=date(2020, 1, 1)),
        lambda: client.fetch("pmc", ["1"]),
    ):
        with pytest.raises(RemoteError, match=r"^e(search|fetch) p") as caught:
            ask()
        assert caught.value.code == code
        assert caught.value.cure
    assert len(server.requests) == 8


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("status", 400, text="Bad Request"), "bad-query"),
        (Fault("status", 404), "bad-answer"),
        (Fault("error", text="Empty term and query_key - nothing todo"), "bad-query"),
        (Fault("error", text="'retstart' cannot be larger than 9998."), "bad-query"),
    ],
    ids=str,
)
def test_what_asking_again_cannot_help_is_asked_once(server: Server, fault: Fault, code: str):
    client = filled(server)
    server.faults.append(fault)

    with pytest.raises(RemoteError) as caught:
        client.search("pubmed", "exosome")
    assert (caught.value.code, len(server.requests), client.slept) == (code, 1, [])


def test_retry_after_is_honoured_told_to_all_and_capped(server: Server):
    client = filled(server)
    server.faults.extend([Fault("status", 429, retry_after="40"), Fault("status", 429, retry_after="99999")])

    client.search("pubmed", "exosome")

    assert client.slept == [40.5, 120.0]
    assert client.pace.seconds == client.slept


def test_waits_grow_and_are_never_nothing(server: Server):
    client = Client(server, attempts=6)
    server.fault_of = lambda request: Fault("status", 500)
    with pytest.raises(RemoteError):
        client.search("pubmed", "x")

    assert client.slept == [2.0, 3.0, 5.0, 9.0, 17.0]


def test_a_stall_is_cut_short_and_asked_again(server: Server):
    filled(server)
    client = Client(server, timeout=0.2)
    server.faults.append(Fault("stall", 20))

    began = time.monotonic()
    assert client.search("pubmed", "exosome").count == 5
    assert time.monotonic() - began < 5


def test_no_server_at_all_is_unreachable():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        client = Eutils(Settings(EMAIL, base=base, attempts=2), Unlimited(), sleep=lambda _: None)
        with pytest.raises(RemoteError, match="is there internet here") as caught:
            client.search("pubmed", "x")
    assert caught.value.code == "unreachable"


@pytest.mark.parametrize(
    "fault", [Fault("missing"), Fault("duplicate"), Fault("stranger"), Fault("cut", 300)], ids=str
)
def test_a_batch_of_a_history_is_whole_or_an_error(server: Server, fault: Fault):
    client = filled(server)
    history = client.search_history("pubmed", "exosome")
    server.faults.append(fault)
    assert len(client.fetch_history(history, 0, 5).found) == 5

    server.fault_of = lambda request: fault
    with pytest.raises(RemoteError) as caught:
        client.fetch_history(history, 0, 5)
    assert caught.value.code == "bad-answer"


_ANY_FAULT = st.one_of(
    st.sampled_from([each for each in PASSING if each.kind != "cut"]),
    st.builds(Fault, st.just("cut"), st.integers(0, 4000), honest=st.booleans()),
    st.builds(Fault, st.just("missing"), st.integers(0, 9)),
)


@settings(max_examples=100, deadline=None)
@given(held=st.sets(st.integers(1, 12)), asked=st.sets(st.integers(1, 12), min_size=1), data=st.data())
def test_a_fetch_gives_exactly_what_there_is_or_raises(held: set[int], asked: set[int], data: st.DataObject):
    faults = data.draw(st.lists(st.one_of(st.none(), _ANY_FAULT), max_size=6))
    # Records that are missing in each of three answers are indeed taken for missing.
    lost = [number for number, each in enumerate(faults) if each is not None and each.kind == "missing"]
    for number in lost[2:]:
        faults[number] = None
    with Server(PubMed(Citation(str(each)) for each in held)) as server:
        server.faults.extend(faults)
        try:
            fetched = Client(server).fetch("pubmed", [str(each) for each in sorted(asked)])
        except RemoteError:
            assert sum(each is not None for each in faults) >= 4
            return
    assert {int(each) for each in fetched.found} == held & asked
    assert {int(each) for each in fetched.missing} == asked - held
    assert sorted(documents(fetched.body)) == sorted(f"PMID:{each}" for each in held & asked)
