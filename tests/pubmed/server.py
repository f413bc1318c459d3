"""E-utilities as they behave, over citations written for the tests, on a real HTTP server that can misbehave.

    pubmed = PubMed([Citation("1", "Exosomes.")])
    with Server(pubmed, most=5) as server:
        server.faults.append(Fault("status", 429, retry_after="2"))
        ...  # ask server.base

`faults` is a queue, a fault (or None) for each request to come; `fault_of` is a function that is asked first.
"""

from __future__ import annotations

import itertools
import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.pubmed import terms
from tests.pubmed.citations import Citation, pmc_xml, pubmed_xml

HEAD = '<?xml version="1.0" encoding="UTF-8" ?>\n'
TOO_FAR = (
    "Search Backend failed: Exception:\n'retstart' cannot be larger than {last}. For PubMed, ESearch can only "
    "retrieve the first {most:,} records matching the query. To obtain more than {most:,} PubMed records, "
    "consider using EDirect that contains additional logic to batch PubMed search results automatically so that "
    "an arbitrary number can be retrieved. For details see https://www.ncbi.nlm.nih.gov/books/NBK25499/"
)
ROOTS = {"pubmed": "PubmedArticleSet", "pmc": "pmc-articleset"}
DOCTYPES = {
    "pubmed": '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n',
    "pmc": '<!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pmc/articleset/nlm-articleset-2.0.dtd">\n',
}
HTML = "<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head><body>Error<br></body></html>\n"


@dataclass(frozen=True)
class Fault:
    """One misbehaviour.

    `status` answers `number` (with `retry_after` and `text`); `error` an ERROR of `text` with status 200; `html`
    a web page with status 200; `empty` nothing; `reset` breaks the connection; `stall` is silent for `number`
    seconds; `cut` ends after byte `number` (negative: from the end), `honest` with a length that fits. Of the ids
    or records, `duplicate` gives one twice, `missing` leaves one out and `stranger` adds one; `number` says
    which. `count` is off by `number`.
    """

    kind: str
    number: float = 0
    text: str = ""
    retry_after: str | None = None
    honest: bool = False


@dataclass(frozen=True)
class Request:
    """What was asked: `esearch`, `efetch` or `einfo`, its parameters, and how."""

    tool: str
    parameters: dict[str, str]
    method: str = "GET"


class PubMed:
    """What PubMed and PMC hold at a moment."""

    def __init__(self, citations: Iterable[Citation] = ()) -> None:
        self.lock = threading.RLock()
        self.citations = {each.pmid: each for each in citations}
        self.matches: dict[str, Callable[[Citation], bool]] = {}
        """Terms that match by a function instead of by their words."""

    def add(self, citation: Citation) -> None:
        with self.lock:
            self.citations[citation.pmid] = citation

    def revise(self, pmid: str, on: date, **changes: object) -> None:
        with self.lock:
            self.citations[pmid] = replace(self.citations[pmid], changed=on, **changes)  # type: ignore[arg-type]

    def delete(self, pmid: str) -> None:
        with self.lock:
            del self.citations[pmid]

    def retract(self, pmid: str, notice: str, on: date) -> None:
        """Mark a citation as retracted and add the notice, with a PMID of its own."""
        with self.lock:
            old = self.citations[pmid]
            types = tuple(dict.fromkeys((*old.pubtypes, "Retracted Publication")))
            self.revise(pmid, on, pubtypes=types, references=(*old.references, ("RetractionIn", notice)))
            self._notice(notice, pmid, "Retraction: ", "Retraction of Publication", "RetractionOf", on)

    def concern(self, pmid: str, notice: str, on: date) -> None:
        """Let an expression of concern be published about a citation."""
        with self.lock:
            old = self.citations[pmid]
            self.revise(pmid, on, references=(*old.references, ("ExpressionOfConcernIn", notice)))
            self._notice(notice, pmid, "Concern: ", "Expression of Concern", "ExpressionOfConcernFor", on)

    def _notice(self, notice: str, pmid: str, word: str, kind: str, reference: str, on: date) -> None:
        title = word + self.citations[pmid].title
        self.add(
            Citation(notice, title, entered=on, published=on, pubtypes=(kind,), references=((reference, pmid),))
        )

    def find(
        self, db: str, term: str, kind: str, first: date, last: date
    ) -> tuple[list[str], list[tuple[str, bool]]]:
        """Return the ids that match, entered last first, and phrases that match nothing (and if quoted)."""
        with self.lock:
            held = [each for each in self.citations.values() if db == "pubmed" or each.pmcid]
            unknown: list[tuple[str, bool]] = []
            if (function := self.matches.get(term)) is not None:
                matching = [each for each in held if function(each)]
            else:
                matcher, phrases = terms.compiled(term)
                matching = [each for each in held if matcher(each, db)]
                for text, quoted, phrase in phrases if not matching else ():
                    if not any(phrase(each, db) for each in held):
                        unknown.append((text, quoted))
            matching = [each for each in matching if first <= each.day(kind) <= last]
            matching.sort(key=lambda each: (each.entered, int(each.pmid)), reverse=True)
            return [each.pmid if db == "pubmed" else each.pmc_number for each in matching], unknown

    def records(self, db: str, ids: list[str]) -> str:
        """Return the records of some ids; what is not there is left out by PubMed and told by PMC."""
        with self.lock:
            if db == "pubmed":
                return "".join(pubmed_xml(self.citations[each]) for each in ids if each in self.citations)
            articles = {each.pmc_number: each for each in self.citations.values() if each.pmcid}
            return "".join(
                pmc_xml(articles[each])
                if each in articles
                else f'<Reply Id="{each}" error="The following PMCID is not available: {each}"/>'
                for each in ids
            )


class Server:
    """The server of one PubMed; `base` is its address, `requests` what it was asked."""

    def __init__(self, pubmed: PubMed, *, most: int = 9_999, keys: Iterable[str] = ()) -> None:
        self.pubmed = pubmed
        self.most = most
        self.keys = frozenset(keys)
        self.faults: deque[Fault | None] = deque()
        self.fault_of: Callable[[Request], Fault | None] | None = None
        self.requests: list[Request] = []
        self.stopped = threading.Event()
        self._histories: dict[tuple[str, str], list[str]] = {}
        self._numbers = itertools.count(1)
        self._http = _Http(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self.base = f"http://127.0.0.1:{self._http.server_address[1]}/entrez/eutils/"

    def __enter__(self) -> Server:
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def reset(self, pubmed: PubMed) -> None:
        """Begin anew with another PubMed: a server can serve many examples."""
        self.pubmed, self.fault_of = pubmed, None
        self.faults.clear()
        self.requests.clear()
        self._histories.clear()

    def fault(self, request: Request) -> Fault | None:
        if self.fault_of is not None and (fault := self.fault_of(request)) is not None:
            return fault
        return self.faults.popleft() if self.faults else None

    def answer(self, request: Request, fault: Fault | None) -> tuple[int, str]:
        """Return the status and the body of a request."""
        asked = request.parameters
        key, db = asked.get("api_key"), asked.get("db", "")
        if key is not None and self.keys and key not in self.keys:
            said = {"error": "API key invalid", "api-key": key, "type": "invalid", "status": "unknown"}
            return 400, json.dumps(said)
        if db not in ROOTS:
            return (
                200,
                f"{HEAD}<eSearchResult><ERROR>Invalid db name specified: {escape(db)}</ERROR></eSearchResult>",
            )
        if request.tool == "esearch":
            return 200, self._search(asked, db, fault)
        if request.tool == "einfo":
            return 200, self._info(db)
        return self._fetch(asked, db, fault)

    def _search(self, asked: dict[str, str], db: str, fault: Fault | None) -> str:
        start, size = int(asked.get("retstart", 0)), int(asked.get("retmax", 20))
        if not asked.get("term", "").strip():
            return f"{HEAD}<eSearchResult><ERROR>Empty term and query_key - nothing todo</ERROR></eSearchResult>"
        if db == "pubmed" and start >= self.most:
            said = TOO_FAR.format(last=self.most - 1, most=self.most)
            return f"{HEAD}<eSearchResult><ERROR>{said}</ERROR></eSearchResult>"
        first, last = _days(asked)
        ids, unknown = self.pubmed.find(db, asked["term"], asked.get("datetype", "pdat"), first, last)
        count = len(ids) + (int(fault.number) if fault and fault.kind == "count" else 0)
        kept = ""
        if asked.get("usehistory") == "y":
            webenv = f"MCID_{next(self._numbers)}"
            self._histories[webenv, "1"] = ids
            kept = f"<QueryKey>1</QueryKey><WebEnv>{webenv}</WebEnv>"
        shown = _spoilt(ids[start : min(start + size, self.most)], fault)
        listed = "".join(f"<Id>{each}</Id>\n" for each in shown)
        plain = "".join(f"<PhraseNotFound>{escape(each)}</PhraseNotFound>" for each, whole in unknown if not whole)
        quoted = "".join(
            f"<QuotedPhraseNotFound>{escape(each)}</QuotedPhraseNotFound>" for each, whole in unknown if whole
        )
        quoted += "" if count else "<OutputMessage>No items found.</OutputMessage>"
        return (
            f'{HEAD}<!DOCTYPE eSearchResult PUBLIC "-//NLM//DTD esearch 20060628//EN" '
            '"https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20060628/esearch.dtd">\n'
            f"<eSearchResult><Count>{count}</Count><RetMax>{len(shown)}</RetMax><RetStart>{start}</RetStart>{kept}"
            f"<IdList>\n{listed}</IdList><TranslationSet/>"
            f"<QueryTranslation>{escape(asked['term'])}</QueryTranslation>"
            + (f"<ErrorList>{plain}</ErrorList>" if plain else "")
            + (f"<WarningList>{quoted}</WarningList>" if quoted else "")
            + "</eSearchResult>\n"
        )

    def _fetch(self, asked: dict[str, str], db: str, fault: Fault | None) -> tuple[int, str]:
        if "WebEnv" in asked:
            start, size = int(asked.get("retstart", 0)), int(asked.get("retmax", 20))
            kept = self._histories.get((asked["WebEnv"], asked.get("query_key", "")))
            if kept is None:
                return 400, f"{HEAD}<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"
            if start >= self.most:
                return 400, TOO_FAR.format(last=self.most - 1, most=self.most)
            ids = kept[start : start + size]
        else:
            ids = [each for each in asked.get("id", "").split(",") if each.isdecimal() and int(each)]
            if not ids:
                said = "ID list is empty! Possibly it has no correct IDs."
                return 400, f"{HEAD}<eFetchResult>\n\t<ERROR>{said}</ERROR>\n</eFetchResult>\n"
            ids = list(dict.fromkeys(ids))
        if fault is not None and fault.kind == "stranger":
            stranger = replace(Citation("99999999"), pmcid="PMC99999999")
            records = self.pubmed.records(db, ids) + (pubmed_xml if db == "pubmed" else pmc_xml)(stranger)
        else:
            records = self.pubmed.records(db, _spoilt(ids, fault))
        return 200, f"{HEAD}{DOCTYPES[db]}<{ROOTS[db]}>\n{records}</{ROOTS[db]}>\n"

    def _info(self, db: str) -> str:
        names = {"UID": "UID", "EDAT": "Date - Entry", "MDAT": "Date - Modification", "PDAT": "Date - Publication"}
        fields = "".join(
            f"<Field><Name>{name}</Name><FullName>{full}</FullName></Field>" for name, full in names.items()
        )
        return (
            f"{HEAD}<eInfoResult><DbInfo><DbName>{db}</DbName><MenuName>PubMed</MenuName>"
            f"<Count>{len(self.pubmed.citations)}</Count><LastUpdate>2021/01/01 00:00</LastUpdate>"
            f"<FieldList>{fields}</FieldList></DbInfo></eInfoResult>\n"
        )


def _spoilt(ids: list[str], fault: Fault | None) -> list[str]:
    if fault is None or not ids:
        return ids
    at = int(fault.number) % len(ids)
    if fault.kind == "duplicate":
        return [*ids, ids[at]]
    if fault.kind == "missing":
        return [*ids[:at], *ids[at + 1 :]]
    return [*ids, "99999999"] if fault.kind == "stranger" else ids


def _days(asked: dict[str, str]) -> tuple[date, date]:
    if "mindate" not in asked:
        return date.min, date.max
    first, last = (date(*map(int, asked[name].split("/"))) for name in ("mindate", "maxdate"))
    return first, last


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    owner: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Http

    def log_message(self, *_: object) -> None:
        pass

    def handle_one_request(self) -> None:
        """Read a request and answer it; http.server's own reading of headers takes longer than all the rest."""
        first = self.rfile.readline(1 << 16).decode("latin-1").split()
        length, closes = 0, False
        while len(first) == 3 and (line := self.rfile.readline(1 << 16).strip().lower()):
            name, _, value = line.partition(b":")
            if name == b"content-length":
                length = int(value)
            elif name == b"connection":
                closes = value.strip() == b"close"
        self.close_connection = len(first) != 3 or closes
        if len(first) == 3:
            path = urlsplit(first[1])
            query = self.rfile.read(length).decode() if first[0] == "POST" else path.query
            self._do(first[0], path.path.rsplit("/", 1)[-1].removesuffix(".fcgi"), query)

    def _do(self, method: str, tool: str, query: str) -> None:
        owner = self.server.owner
        request = Request(tool, dict(parse_qsl(query)), method)
        owner.requests.append(request)
        fault = owner.fault(request)
        kind = fault.kind if fault else ""
        if fault and kind == "stall":
            owner.stopped.wait(fault.number)
            self.close_connection = True
        elif kind == "reset":
            # Closing with a linger of no seconds sends a reset instead of an end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif fault and kind == "status":
            headers = {"Retry-After": fault.retry_after} if fault.retry_after is not None else {}
            self._send(int(fault.number), (fault.text or HTML).encode(), headers)
        elif fault and kind in ("html", "empty", "error"):
            root = {"esearch": "eSearchResult", "einfo": "eInfoResult"}.get(tool, "eFetchResult")
            error = f"{HEAD}<{root}><ERROR>{escape(fault.text)}</ERROR></{root}>"
            self._send(200, {"html": HTML, "empty": "", "error": error}[kind].encode())
        else:
            status, text = owner.answer(request, fault)
            body = text.encode()
            if fault and kind == "cut":
                rest = body[: int(fault.number)]
                self._send(status, rest, length=len(rest) if fault.honest else len(body))
                self.close_connection = True
            else:
                self._send(status, body)

    def _send(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        lines = {
            "Content-Type": "text/xml; charset=UTF-8",
            "Content-Length": str(len(body) if length is None else length),
        }
        head = f"HTTP/1.1 {status} .\r\n" + "".join(
            f"{a}: {b}\r\n" for a, b in {**lines, **(headers or {})}.items()
        )
        self.wfile.write(head.encode() + b"\r\n" + body)
