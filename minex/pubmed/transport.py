"""One HTTP request to E-utilities: built by Biopython, opened here.

Biopython's own opener has no time limit, sleeps by a clock of its process alone and keeps its settings in module
variables; so only its way of making requests is used, with every setting given, and nothing of it is changed.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping

from Bio import Entrez

from minex.pubmed.answers import GONE
from minex.pubmed.retry import Trouble, seconds_of
from minex.pubmed.settings import Settings, scrubbed

MOST_IDS_IN_ADDRESS = 200
"""More ids than this go in the body of the request, as NCBI asks for."""

_CHUNK = 1 << 16
_PATIENCE = 10
"""An answer that comes in drops may take this many times the time limit in all."""

_SHOWN = 200
_MARKUP = re.compile(r"<[^>]*>|\s+")


class Transport:
    """Sends one request and returns the body of its answer, or raises :class:`Trouble`."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._clock = clock
        self._opener = urllib.request.build_opener()

    def ask(self, tool: str, parameters: Mapping[str, str]) -> bytes:
        """Return the body that `esearch`, `efetch` or `einfo` answers with status 200, as long as promised."""
        request = self._request(tool, parameters)
        started = self._clock()
        try:
            with self._opener.open(request, timeout=self.settings.timeout) as answer:
                return self._body(answer, started)
        except urllib.error.HTTPError as error:
            raise self._refusal(error) from None
        except (http.client.HTTPException, OSError) as error:
            raise self._broken(error) from None

    def _request(self, tool: str, parameters: Mapping[str, str]) -> urllib.request.Request:
        settings = self.settings
        given = {**parameters, "email": settings.email, "tool": settings.tool}
        post = parameters.get("id", "").count(",") >= MOST_IDS_IN_ADDRESS or None
        if settings.api_key is not None:
            # A key stays out of addresses: those end up in the logs of proxies and in messages.
            given["api_key"] = settings.api_key.reveal()
            post = True
        address = f"{settings.base}{tool}.fcgi"
        request: urllib.request.Request = Entrez._build_request(address, given, post=post)  # type: ignore[no-untyped-call]
        return request

    def _body(self, answer: http.client.HTTPResponse, started: float) -> bytes:
        promised = answer.length  # None if the server does not say; it counts down as one reads
        parts = []
        while part := answer.read(_CHUNK):
            parts.append(part)
            if self._clock() - started > self.settings.timeout * _PATIENCE:
                raise Trouble("unreachable", f"the answer took more than {self.settings.timeout * _PATIENCE:g} s")
        body = b"".join(parts)
        if promised is not None and len(body) != promised:
            raise Trouble("bad-answer", f"the answer was cut off after {len(body)} of {promised} bytes")
        return body

    def _refusal(self, error: urllib.error.HTTPError) -> Trouble:
        with error:
            try:
                body = error.read(_CHUNK).decode("utf-8", "replace")
            except (http.client.HTTPException, OSError):
                body = ""
        said = self.shown(body)
        status = f"HTTP {error.code}{': ' if said else ''}{said}"
        retry_after = seconds_of(error.headers.get("Retry-After"))
        if "api key invalid" in body.lower():
            return Trouble("bad-key", "NCBI does not know the API key", lasting=True)
        if error.code == 429 or "api rate limit exceeded" in body.lower():
            return Trouble(
                "throttled", f"NCBI says that it is asked too often ({status})", retry_after=retry_after
            )
        if error.code >= 500 or error.code == 408 or "cannot get document summary" in body.lower():
            return Trouble("server-error", f"NCBI answers {status}", retry_after=retry_after)
        if GONE.search(body):
            return Trouble(
                "bad-answer", f"the history server keeps this search no longer ({status})", lasting=True
            )
        if error.code == 400:
            return Trouble("bad-query", f"NCBI refuses the request ({status})", lasting=True)
        return Trouble("bad-answer", f"NCBI answers {status}", lasting=True)

    def _broken(self, error: Exception) -> Trouble:
        return trouble_of(error, self.settings.timeout, self.shown)

    def shown(self, text: str) -> str:
        """Return what a server said, short, on one line, without markup and without the key."""
        text = text.strip()
        if text.startswith("{"):
            with contextlib.suppress(ValueError, KeyError, TypeError):
                text = str(json.loads(text)["error"])
        text = " ".join(_MARKUP.sub(" ", scrubbed(text, self.settings.api_key)).split())
        return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def trouble_of(error: Exception, timeout: float, shown: Callable[[str], str] = str) -> Trouble:
    """Return what a failed connection means; `shown` makes its words fit to be shown.

    Examples:
        >>> trouble_of(TimeoutError(), 60.0).message
        'no answer came within 60 s'
    """
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return Trouble("unreachable", f"no answer came within {timeout:g} s")
    if isinstance(reason, http.client.HTTPException) and not isinstance(reason, ConnectionError):
        return Trouble("bad-answer", f"the answer was broken off ({type(reason).__name__})")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return Trouble("unreachable", f"the server's certificate is not trusted ({reason.verify_message})")
    if isinstance(reason, socket.gaierror):
        return Trouble("unreachable", f"the server's name is not known here ({reason.strerror})")
    return Trouble("unreachable", f"the connection failed ({shown(str(reason)) or type(reason).__name__})")
