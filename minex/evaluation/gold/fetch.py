"""The gold set's two articles from PMC, where there is internet: looked up by DOI, fetched as JATS XML."""

from __future__ import annotations

import os
import re
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

from minex.errors import InputError
from minex.evaluation.gold.records import GoldDocument

EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
"""Where E-utilities are (https://www.ncbi.nlm.nih.gov/books/NBK25499/)."""

_SECONDS = 60
_ID = re.compile(rb"<Id>(\d+)</Id>")


def fetch(golds: Iterable[GoldDocument], folder: Path, email: str, *, base: str = EUTILS) -> Iterator[Path]:
    """Fetch each gold document as PMC XML into a folder and yield the file; one that is there is left alone.

    Raises:
        InputError: if PMC cannot be reached, does not have the article, or answers with something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for gold in golds:
        target = folder / f"{gold.name}.nxml"
        if not target.exists():
            number = _pmc_number(gold.doi, email, base)
            body = _get(base + "efetch.fcgi", {"db": "pmc", "id": number, "email": email, "tool": "minex"})
            if b"<article" not in body or b"</article>" not in body:
                raise InputError(
                    "no-article", f"PMC gave no full text for doi {gold.doi} (PMC{number})", cure="try again later"
                )
            _put(target, body)
        yield target


def _pmc_number(doi: str, email: str, base: str) -> str:
    query = {"db": "pmc", "term": f"{doi}[doi]", "email": email, "tool": "minex"}
    found = _ID.findall(_get(base + "esearch.fcgi", query))
    if len(found) != 1:
        raise InputError("no-article", f"PMC knows {len(found)} articles of doi {doi}, not one")
    return bytes(found[0]).decode("ascii")


def _get(url: str, query: dict[str, str]) -> bytes:
    address = f"{url}?{urllib.parse.urlencode(query)}"
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310  (the scheme is ours)
            return bytes(answer.read())
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise InputError(
            "unreachable", f"PMC cannot be reached ({error})", where=url, cure="is there internet here?"
        ) from error


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
