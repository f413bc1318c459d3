"""The client: what it asks, what it believes of the answers, and what it never shows."""

from __future__ import annotations

import threading
import traceback
from dataclasses import replace
from datetime import date

import pytest
from Bio import Entrez

from minex.errors import RemoteError
from minex.formats import jats
from minex.pubmed.records import NOT_OPEN
from tests.pubmed.citations import Citation
from tests.pubmed.clients import EMAIL, KEY, Client, documents, filled
from tests.pubmed.server import Fault, PubMed, Server


def test_a_search_gives_its_count_its_ids_and_what_was_made_of_it(server: Server):
    found = filled(server).search("pubmed", "exosome")

    assert (found.count, set(found.ids)) == (5, {"1", "2", "3", "4", "5"})
    assert (found.warnings, found.translation) == ((), "exosome")


def test_every_request_says_who_asks(server: Server):
    client = filled(server)
    client.search("pubmed", "exosome")
    client.fetch("pubmed", ["1"])
    client.info("pubmed")

    assert [each.tool for each in server.requests] == ["esearch", "efetch", "einfo"]
    assert all((each.parameters["email"], each.parameters["tool"]) == (EMAIL, "minex") for each in server.requests)


def test_days_are_asked_for_with_both_ends(server: Server):
    client = filled(server)

    found = client.search("pubmed", "exosome", first_day=date(2020, 1, 3), last_day=date(2020, 1, 4))
    assert set(found.ids) == {"2", "3"}
    assert client.search("pubmed", "exosome", first_day=date(2020, 1, 5), date_type="mdat").count == 2
    assert client.search("pubmed", "exosome", last_day=date(2020, 1, 2), date_type="pdat").count == 1
    assert [each.parameters["datetype"] for each in server.requests] == ["edat", "mdat", "pdat"]
    assert server.requests[1].parameters["maxdate"] == "3000/12/31"


def test_a_phrase_that_pubmed_does_not_know_is_told(server: Server):
    warnings = filled(server).search("pubmed", 'nonsense AND "no such phrase"').warnings

    assert any("'nonsense', which is left out" in each for each in warnings)
    assert any("no such phrase" in each for each in warnings)


def test_pages_and_the_limit(server: Server):
    client = filled(server)
    assert client.search("pubmed", "exosome", start=3, size=10).ids == ("2", "1")
    assert client.search("pubmed", "exosome", size=0) == replace(client.search("pubmed", "exosome"), ids=())
    with pytest.raises(ValueError, match="9999"):
        client.search("pubmed", "exosome", start=9_990, size=100)


def test_a_wrong_key_is_told_without_being_shown(server: Server):
    server.keys = frozenset({"another"})
    client = Client(server, key=KEY)

    with pytest.raises(RemoteError, match="does not know the API key") as caught:
        client.search("pubmed", "x")

    assert caught.value.code == "bad-key"
    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "fault",
    [Fault("status", 400, text=f"api_key={KEY}"), Fault("error", text=f"syntax {KEY}")],
    ids=["400", "200"],
)
def test_what_the_server_says_is_shown_without_the_key(server: Server, fault: Fault):
    client = Client(server, key=KEY)
    server.faults.append(fault)

    with pytest.raises(RemoteError) as caught:
        client.search("pubmed", "x")
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_key_is_in_no_address(server: Server):
    Client(server, key=KEY).search("pubmed", "x")

    assert [(each.method, each.parameters["api_key"]) for each in server.requests] == [("POST", KEY)]


def test_an_empty_term_is_not_sent(server: Server):
    with pytest.raises(RemoteError) as caught:
        Client(server).search("pubmed", " ")
    assert (caught.value.code, server.requests) == ("bad-query", [])


def test_fetched_records_are_what_the_reader_reads(server: Server):
    fetched = filled(server).fetch("pubmed", ["3", "1", "3"])

    assert fetched.found == ("3", "1")
    assert documents(fetched.body) == ["PMID:3", "PMID:1"]


def test_many_ids_go_in_the_body_of_the_request(server: Server):
    filled(server).fetch("pubmed", [str(each) for each in range(1, 4)])
    server.pubmed = PubMed(Citation(str(each)) for each in range(1, 302))
    Client(server).fetch("pubmed", [str(each) for each in range(1, 302)])

    assert [each.method for each in server.requests] == ["GET", "POST"]


def test_an_id_is_missing_only_after_it_was_asked_for_alone(server: Server):
    client = filled(server)
    server.pubmed.delete("2")

    fetched = client.fetch("pubmed", ["1", "2", "3"])

    assert (fetched.found, fetched.missing) == (("1", "3"), ("2",))
    assert [each.parameters["id"] for each in server.requests] == ["1,2,3", "2", "2"]


def test_what_came_late_is_in_the_body(server: Server):
    client = filled(server)
    server.faults.extend([Fault("missing", 0), Fault("missing", 0)])

    fetched = client.fetch("pubmed", ["1", "2"])

    assert fetched.found == ("1", "2")
    assert sorted(documents(fetched.body)) == ["PMID:1", "PMID:2"]


def test_versions_of_an_article_are_no_duplicates(server: Server):
    client = filled(server, 1)
    server.pubmed.records = lambda db, ids: "".join(  # type: ignore[method-assign]
        f'<PubmedArticle><MedlineCitation><PMID Version="{version}">1</PMID></MedlineCitation></PubmedArticle>'
        for version in (1, 2)
    )

    assert client.fetch("pubmed", ["1"]).found == ("1",)


def test_pmc_takes_ids_with_and_without_prefix(server: Server):
    fetched = filled(server).fetch("pmc", ["PMC101", "102", "pmc0101"])

    assert fetched.found == ("101", "102")
    assert documents(fetched.body, jats.FORMAT) == ["PMID:1", "PMID:2"]
    assert server.requests[0].parameters["id"] == "101,102"


def test_what_pmc_does_not_give_is_missing_with_its_reason_and_not_in_the_body(server: Server):
    client = filled(server)
    server.pubmed.revise("1", date(2020, 2, 1), restricted=True)

    fetched = client.fetch("pmc", ["101", "102", "999"])

    assert (fetched.found, fetched.missing) == (("102",), ("101", "999"))
    assert fetched.reasons["101"] == NOT_OPEN
    assert "not available" in fetched.reasons["999"]
    assert b"Exosome 1." not in fetched.body
    assert b"<Reply" not in fetched.body
    # A refusal is an answer; only what was not found is asked for again.
    assert [each.parameters["id"] for each in server.requests] == ["101,102,999", "999", "999"]


@pytest.mark.parametrize("ids", [["x"], ["0"], ["PMC1"], ["1,2"], [""]])
def test_what_is_no_id_is_not_asked_for(server: Server, ids: list[str]):
    with pytest.raises(ValueError, match="is no id"):
        Client(server).fetch("pubmed", ids)
    assert server.requests == []


def test_nothing_asked_is_nothing_fetched(server: Server):
    assert Client(server).fetch("pubmed", []).found == ()
    assert server.requests == []


def test_the_history_server_gives_records_in_batches(server: Server):
    client = filled(server)
    history = client.search_history("pubmed", "exosome")
    found = [client.fetch_history(history, start, 2).found for start in (0, 2, 4, 6)]

    assert history.count == 5
    assert found == [("5", "4"), ("3", "2"), ("1",), ()]


def test_a_history_that_is_gone_is_told(server: Server):
    client = filled(server)
    history = client.search_history("pubmed", "exosome")
    server.reset(server.pubmed)

    with pytest.raises(RemoteError, match="keeps this search no longer"):
        client.fetch_history(history, 0, 5)
    assert len(server.requests) == 1


def test_info_names_the_fields(server: Server):
    info = filled(server).info("pubmed")

    assert (info.count, info.fields["EDAT"]) == (5, "Date - Entry")


def test_entities_are_neither_expanded_nor_fetched(server: Server):
    server.faults.append(
        Fault(
            "status",
            200,
            text='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><eSearchResult><Count>&b;</Count></eSearchResult>',
        )
    )
    assert filled(server).search("pubmed", "exosome").count == 5


def test_one_client_serves_many_threads(server: Server):
    client, found = filled(server), []
    threads = [
        threading.Thread(target=lambda: found.append(client.fetch("pubmed", ["1", "2"]).found)) for _ in range(8)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [("1", "2")] * 8


def test_biopython_itself_reads_the_servers_answers(server: Server, monkeypatch: pytest.MonkeyPatch):
    filled(server)
    build = Entrez._build_request
    base = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
    monkeypatch.setattr(
        Entrez, "_build_request", lambda cgi, *rest, **more: build(cgi.replace(base, server.base), *rest, **more)
    )
    monkeypatch.setattr(Entrez, "email", EMAIL)
    monkeypatch.setattr(Entrez.time, "sleep", lambda _: None)

    found = Entrez.read(Entrez.esearch(db="pubmed", term="exosome", retmax=3))
    assert (found["Count"], len(found["IdList"])) == ("5", 3)
    records = Entrez.read(Entrez.efetch(db="pubmed", id="1,2", retmode="xml"))
    assert [str(each["MedlineCitation"]["PMID"]) for each in records["PubmedArticle"]] == ["1", "2"]
