"""The articles fetched from a server that behaves as E-utilities do, well and badly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from minex.errors import InputError
from minex.evaluation.gold import fetch as fetching
from minex.evaluation.gold.fetch import fetch
from minex.evaluation.gold.records import GoldDocument
from minex.formats import read
from minex.model import Document

DOI = "10.1000/Ours"
GOLD = GoldDocument("review", DOI, "ours", ())

FOUND = b"""<?xml version="1.0"?><!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" "x.dtd">
<eSearchResult><Count>1</Count><IdList><Id>123</Id></IdList></eSearchResult>"""
NONE = b"""<eSearchResult><Count>0</Count><IdList/>
<ErrorList><PhraseNotFound>x</PhraseNotFound></ErrorList></eSearchResult>"""
FRONT = f'<front><article-meta><article-id pub-id-type="doi">{DOI.lower()}</article-id></article-meta></front>'
ARTICLE = f"""<?xml version="1.0"?><!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" "x.dtd">
<pmc-articleset><article article-type="research-article">{FRONT}<body><sec><title>Results</title>
<p>miR-21 inhibits PTEN.</p></sec></body></article></pmc-articleset>""".encode()
PAGE = b"<!DOCTYPE html><html><body><article>Sorry for the<br>trouble</article></body></html>"
TIDY_PAGE = b"<html><body><article><p>Sorry</p></article></body></html>"


class Server(ThreadingHTTPServer):
    """Answers `esearch.fcgi` and `efetch.fcgi` with what a test lays down: status, body, bytes withheld."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {"esearch.fcgi": (200, FOUND, 0), "efetch.fcgi": (200, ARTICLE, 0)}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        tool = parts.path.strip("/")
        self.server.asked.append((tool, {key: value for key, (value, *_) in parse_qs(parts.query).items()}))
        status, body, withheld = self.server.answers[tool]
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) - withheld])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as here:
        thread = threading.Thread(target=here.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield here
        here.shutdown()
        thread.join()


def get(server: Server, folder: Path) -> list[Path]:
    return list(fetch([GOLD], folder, "me@example.org", base=server.base, pause=0))


def test_an_article_is_looked_up_by_its_doi_and_written_whole(server: Server, tmp_path: Path) -> None:
    (file,) = get(server, tmp_path / "papers")
    assert file == tmp_path / "papers" / "review.nxml"
    assert file.read_bytes() == ARTICLE
    assert list(file.parent.iterdir()) == [file]
    common = {"db": "pmc", "email": "me@example.org", "tool": "minex"}
    assert server.asked == [
        ("esearch.fcgi", common | {"term": f"{DOI}[doi]"}),
        ("efetch.fcgi", common | {"id": "123"}),
    ]


def test_what_is_fetched_is_a_document_that_minex_reads(server: Server, tmp_path: Path) -> None:
    (document,) = read(get(server, tmp_path)[0])
    assert isinstance(document, Document)
    assert "miR-21 inhibits PTEN." in document.text


def test_an_article_that_is_there_is_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / "review.nxml").write_text("mine", encoding="utf-8")
    assert get(server, tmp_path) == [tmp_path / "review.nxml"]
    assert server.asked == []


@pytest.mark.parametrize(
    ("tool", "status", "body", "withheld", "words"),
    [
        ("esearch.fcgi", 500, b"", 0, "PMC cannot be reached .*500"),
        ("esearch.fcgi", 429, b"{}", 0, "PMC cannot be reached .*429"),
        ("esearch.fcgi", 200, b"", 0, "not XML, or cut off"),
        ("esearch.fcgi", 200, PAGE, 0, "not XML, or cut off"),
        ("esearch.fcgi", 200, TIDY_PAGE, 0, "none of E-utilities'"),
        ("esearch.fcgi", 200, FOUND, 30, "not XML, or cut off|cannot be reached"),
        ("esearch.fcgi", 200, b"<eSearchResult><ERROR>down</ERROR></eSearchResult>", 0, "none of E-utilities'"),
        ("esearch.fcgi", 200, NONE, 0, "PMC knows 0 articles of doi 10.1000/Ours, not one"),
        ("esearch.fcgi", 200, FOUND.replace(b"<Id>", b"<Id>7</Id><Id>"), 0, "PMC knows 2 articles"),
        ("efetch.fcgi", 503, b"", 0, "PMC cannot be reached .*503"),
        ("efetch.fcgi", 200, b"", 0, "not XML, or cut off"),
        ("efetch.fcgi", 200, PAGE, 0, "not XML, or cut off"),
        ("efetch.fcgi", 200, TIDY_PAGE, 0, "no full text for doi 10.1000/Ours"),
        ("efetch.fcgi", 200, ARTICLE, 40, "not XML, or cut off|cannot be reached"),
        ("efetch.fcgi", 200, b"<pmc-articleset></pmc-articleset>", 0, "no full text"),
        ("efetch.fcgi", 200, ARTICLE.replace(b"<body>", b"<x>").replace(b"</body>", b"</x>"), 0, "no full text"),
        ("efetch.fcgi", 200, ARTICLE.replace(b"10.1000", b"10.9999"), 0, "no full text"),
    ],
)
def test_any_other_answer_is_told_and_leaves_no_file(
    server: Server, tmp_path: Path, tool: str, status: int, body: bytes, withheld: int, words: str
) -> None:
    server.answers[tool] = (status, body, withheld)
    with pytest.raises(InputError, match=words):
        get(server, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_answer_without_end_is_not_read_to_it(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_BYTES", 100)
    with pytest.raises(InputError, match="larger than 100 bytes"):
        get(server, tmp_path)


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"PMC cannot be reached .*is there internet here"):
        list(fetch([GOLD], tmp_path, "me@example.org", base="http://127.0.0.1:9/", pause=0))


def test_an_entity_of_an_answer_opens_no_file(server: Server, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("123", encoding="utf-8")
    head = f'<!DOCTYPE e [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    body = f"{head}<eSearchResult><IdList><Id>&x;</Id></IdList></eSearchResult>"
    server.answers["esearch.fcgi"] = (200, body.encode(), 0)
    with pytest.raises(InputError, match="PMC knows 0 articles"):
        get(server, tmp_path / "papers")


def test_requests_are_spaced_as_ncbi_asks(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    list(fetch([GOLD], tmp_path, "me@example.org", base=server.base))
    assert slept
    assert min(slept) >= 1 / 3
