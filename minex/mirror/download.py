"""PubMed's files from NCBI, or from another server that has them: what is broken off goes on where it was.

A file has its own name only when it is whole and its checksum is right; until then it is `NAME.part`.
"""

from __future__ import annotations

import http.client
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from minex.errors import InputError, RemoteError
from minex.mirror import database, files
from minex.mirror.update import UpdateReport
from minex.pubmed.retry import Trouble, delay, seconds_of
from minex.pubmed.transport import trouble_of

TIMEOUT = 60.0
ATTEMPTS = 6
_CHUNK = 1 << 18
_LISTING = 32 << 20
_LINK = re.compile(r"href\s*=\s*[\"'](?:[^\"']*/)?(pubmed\d{2}n\d{4,6}\.xml\.gz)[\"']", re.IGNORECASE)


def download(
    folder: Path,
    base: str,
    report: UpdateReport,
    *,
    year: int | None = None,
    tell: Callable[[str], None] = lambda what: None,
    sleep: Callable[[float], None] = time.sleep,
    timeout: float = TIMEOUT,
) -> None:
    """Fetch the files that neither the folder nor its mirror has, in order.

    Parameters:
        folder: an existing folder; a file comes into it under its own name.
        base: an `http` or `https` address that has `baseline/` and `updatefiles/`.
        report: what could not be had is added to its troubles.
        year: the baseline to fetch; by default that which the mirror follows, or the newest there is.
        tell: told of each file.

    Raises:
        RemoteError: if the server does not even list its files.
        InputError: if the folder cannot be read.
    """
    client = _Client(sleep, timeout)
    places = _listed(client, base)
    followed, known = _known(folder)
    there = {seq // 1_000_000 for seq in places}
    year = year or followed or max(there, default=0)
    if not any(each == year for each in there):
        shown = ", ".join(map(str, sorted(there))) or "none"
        cure = "minex mirror update DIR --new-baseline YEAR goes over to another one"
        raise RemoteError(
            "no-baseline", f"no files of the baseline of {year}; there are: {shown}", where=base, cure=cure
        )
    here = {file.seq: file for file in files.found(folder)}
    for seq, address in sorted(places.items()):
        if seq // 1_000_000 != year or seq in known:
            continue
        file = here.get(seq) or files.PubmedFile(seq, folder / files.name_of(seq))
        try:
            if _fetched(client, file, address):
                tell(f"{file.name} fetched")
        except Trouble as trouble:
            report.troubles.append(f"{address}: {trouble.message}; {trouble.cure}")
            if trouble.code == "unreachable":
                break
        except OSError as error:
            raise InputError(
                "unwritable", f"cannot be written ({error.strerror})", where=str(file.path)
            ) from error


def _known(folder: Path) -> tuple[int | None, set[int]]:
    """Return the year that a folder's mirror follows, and the files that it has loaded."""
    if not (folder / database.NAME).is_file():
        return None, set()
    with closing(database.open_reader(folder)) as connection:
        return database.year_of(connection), {row[0] for row in connection.execute("SELECT seq FROM file")}


def _listed(client: _Client, base: str) -> dict[int, str]:
    """Return the address of each file that the server has."""
    if urllib.parse.urlsplit(base).scheme not in ("http", "https"):
        raise RemoteError("bad-address", f"{base!r} is no address of the web", cure="http://... or https://...")
    base = base if base.endswith("/") else base + "/"
    found: dict[int, str] = {}
    for place in files.FOLDERS:
        try:
            text = client.read(f"{base}{place}/", _LISTING).decode("utf-8", "replace")
        except Trouble as trouble:
            raise RemoteError(trouble.code, trouble.message, where=f"{base}{place}/", cure=trouble.cure) from None
        for match in _LINK.finditer(text):
            seq = files.seq_of(match[1].lower())
            if seq is not None:
                found[seq] = f"{base}{place}/{match[1]}"
    return found


def _fetched(client: _Client, file: files.PubmedFile, address: str) -> bool:
    """Bring a file and its checksum here, unless they are here and right; return whether it was fetched.

    Raises:
        Trouble: if it could not be had whole.
    """
    said = client.read(f"{address}.md5", 4096)
    promised = files.promised_md5(said.decode("ascii", "replace"))
    if promised is None:
        raise Trouble("bad-answer", "its .md5 holds no checksum", lasting=True)
    if file.path.is_file() and files.md5_of(file.path) == promised:
        file.promised.write_bytes(said)
        return False
    part = file.path.with_name(f"{file.path.name}.part")
    for last in (False, True):
        client.save(address, part)
        if files.md5_of(part) == promised:
            break
        # What was put together of two states of a file, or damaged on the way, is fetched once more as a whole.
        part.unlink()
        if last:
            raise Trouble("bad-answer", "its checksum is not the one promised, twice", lasting=True)
    file.promised.write_bytes(said)
    part.replace(file.path)
    return True


class _Client:
    """Asks one address after another, patiently: what passes is tried again after growing pauses."""

    def __init__(self, sleep: Callable[[float], None], timeout: float) -> None:
        self._sleep, self._timeout = sleep, timeout
        self._opener = urllib.request.build_opener()

    def read(self, address: str, most: int) -> bytes:
        """Return a short answer, whole."""
        return self._patiently(lambda: self._read(address, most))

    def save(self, address: str, path: Path) -> None:
        """Write an answer to a file, going on behind what the file has of it already."""
        self._patiently(lambda: self._save(address, path))

    def _patiently(self, ask: Callable[[], bytes]) -> bytes:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return ask()
            except Trouble as trouble:
                if trouble.lasting or attempt == ATTEMPTS:
                    raise
                self._sleep(delay(attempt, trouble.retry_after, random.random))
        raise AssertionError("the last attempt returns or raises")

    def _read(self, address: str, most: int) -> bytes:
        answer = self._open(address, 0)
        if answer is None:
            raise Trouble("bad-answer", "HTTP 416", lasting=True)
        with answer:
            promised = answer.length
            try:
                body = answer.read(most + 1)
            except (http.client.HTTPException, OSError) as error:
                raise trouble_of(error, self._timeout) from None
        if len(body) > most or (promised is not None and len(body) != promised):
            raise Trouble("bad-answer", f"the answer has {len(body)} bytes, {promised} were promised")
        return body

    def _save(self, address: str, path: Path) -> bytes:
        have = path.stat().st_size if path.is_file() else 0
        answer = self._open(address, have)
        if answer is None:
            # All of it is here already, or it has become shorter: its checksum will tell.
            return b""
        with answer:
            if answer.status == 206 and not str(answer.headers["Content-Range"]).startswith(f"bytes {have}-"):
                path.unlink()
                raise Trouble("bad-answer", "another part came than was asked for")
            promised, came = answer.length, 0
            # A server that cannot go on in the middle sends all: then it begins anew.
            with path.open("ab" if answer.status == 206 else "wb") as stream:
                try:
                    while chunk := answer.read(_CHUNK):
                        stream.write(chunk)
                        came += len(chunk)
                except (http.client.HTTPException, TimeoutError, ConnectionError) as error:
                    raise trouble_of(error, self._timeout) from None
        if promised is not None and came != promised:
            raise Trouble("bad-answer", f"the answer was cut off after {came} of {promised} bytes")
        return b""

    def _open(self, address: str, start: int) -> http.client.HTTPResponse | None:
        """Return the answer from a byte on, None if the server has nothing there."""
        request = urllib.request.Request(address, headers={"User-Agent": "minex"})  # noqa: S310 - checked above
        if start:
            request.add_header("Range", f"bytes={start}-")
        try:
            answer: http.client.HTTPResponse = self._opener.open(request, timeout=self._timeout)
            return answer
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 416:
                    return None
                retry_after = seconds_of(error.headers.get("Retry-After"))
            passing = error.code >= 500 or error.code in (408, 429)
            code = "server-error" if passing else "bad-answer"
            raise Trouble(code, f"HTTP {error.code}", lasting=not passing, retry_after=retry_after) from None
        except (http.client.HTTPException, OSError) as error:
            raise trouble_of(error, self._timeout) from None
