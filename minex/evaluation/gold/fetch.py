"""The gold set's two articles from PMC, where there is internet: looked up by DOI, fetched as JATS XML."""

from __future__ import annotations

import http.client
import os
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from minex.errors import InputError
from minex.evaluation.gold.records import GoldDocument

EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
"""Where E-utilities are (https://www.ncbi.nlm.nih.gov/books/NBK25499/)."""

_SECONDS = 60
_PAUSE = 0.4
"""Seconds between two requests: NCBI allows three a second."""
_BYTES = 64 << 20


def fetch(
    golds: Iterable[GoldDocument], folder: Path, email: str, *, base: str = EUTILS, pause: float = _PAUSE
) -> Iterator[Path]:
    """Fetch each gold document as PMC XML into a folder and yield the file; one that is there is left alone.

    Raises:
        InputError: if PMC cannot be reached, does not have the article, or answers with something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for gold in golds:
        target = folder / f"{gold.name}.nxml"
        if not target.exists():
            query = {"db": "pmc", "email": email, "tool": "minex"}
            number = _pmc_number(base + "esearch.fcgi", query | {"term": f"{gold.doi}[doi]"}, gold.doi)
            time.sleep(pause)
            body = _get(base + "efetch.fcgi", query | {"id": number})
            if not _is_article(_parsed(body, base + "efetch.fcgi"), gold.doi):
                raise InputError(
                    "no-article", f"PMC gave no full text for doi {gold.doi} (PMC{number})", cure="try again later"
                )
            _put(target, body)
            time.sleep(pause)
        yield target


def _pmc_number(url: str, query: dict[str, str], doi: str) -> str:
    answer = _parsed(_get(url, query), url)
    if answer.tag != "eSearchResult" or answer.find("IdList") is None or answer.find("ERROR") is not None:
        raise InputError("not-eutils", "the answer is none of E-utilities'", where=url, cure="try again later")
    found = [number for each in answer.iterfind("IdList/Id") if (number := (each.text or "").strip()).isdecimal()]
    if len(found) != 1:
        raise InputError("no-article", f"PMC knows {len(found)} articles of doi {doi}, not one")
    return found[0]


def _is_article(answer: etree._Element, doi: str) -> bool:
    """Return whether an answer is this article with its text; a page for people may well have an `<article>`."""
    articles = [answer] if answer.tag == "article" else answer.findall("article")
    return any(
        article.find("body") is not None
        and any(
            each.get("pub-id-type") == "doi" and (each.text or "").strip().casefold() == doi.casefold()
            for each in article.iterfind("front/article-meta/article-id")
        )
        for article in articles
    )


def _parsed(body: bytes, url: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            "not-xml", f"the answer is not XML, or cut off ({error})", where=url, cure="try again later"
        ) from error


def _get(url: str, query: dict[str, str]) -> bytes:
    address = f"{url}?{urllib.parse.urlencode(query)}"
    try:
        # The scheme and the server are ours.
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310  # nosec B310
            body = bytes(answer.read(_BYTES + 1))
    # A body that breaks off is an HTTPException, and no OSError.
    except (OSError, http.client.HTTPException) as error:
        raise InputError(
            "unreachable", f"PMC cannot be reached ({error})", where=url, cure="is there internet here?"
        ) from error
    if len(body) > _BYTES:
        raise InputError("too-large", f"the answer is larger than {_BYTES} bytes", where=url)
    return body


def _put(target: Path, body: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
