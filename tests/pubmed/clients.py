"""Clients of the tests' server: without pace, without real sleep."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from minex.formats import medline
from minex.formats.base import Format, Limits, Source
from minex.model import Document
from minex.pubmed.eutils import Eutils
from minex.pubmed.limiter import Unlimited
from minex.pubmed.settings import Secret, Settings
from tests.pubmed.citations import Citation
from tests.pubmed.server import Server

EMAIL = "somebody@example.org"
KEY = "0123456789abcdef0123456789abcdef0123"


class Postponed(Unlimited):
    """No pace, but it remembers what it was told."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def postpone(self, seconds: float) -> None:
        self.seconds.append(seconds)


class Client(Eutils):
    """A client that notes how long it would have slept."""

    def __init__(self, server: Server, *, key: str | None = None, attempts: int = 4, timeout: float = 30) -> None:
        settings = Settings(
            EMAIL, api_key=Secret(key) if key else None, base=server.base, attempts=attempts, timeout=timeout
        )
        self.slept: list[float] = []
        self.pace = Postponed()
        super().__init__(settings, self.pace, sleep=self.slept.append, random=lambda: 0.5, most=server.most)


def filled(server: Server, number: int = 5) -> Client:
    """Give the server some citations and return a client of it."""
    for each in range(1, number + 1):
        day = date(2020, 1, each % 28 + 1)
        server.pubmed.add(
            Citation(str(each), f"Exosome {each}.", "A miR-21 text.", day, pmcid=f"PMC{each + 100}", published=day)
        )
    return Client(server)


def documents(body: bytes, reader: Format = medline.FORMAT) -> list[str]:
    """Return the ids of the documents that a reader finds in a body, all of them readable."""
    source = Source("answer.xml", "answer.xml", BytesIO(body), body[:1024])
    items = list(reader.read(source, Limits()))
    assert all(isinstance(each, Document) for each in items)
    return [each.id for each in items if isinstance(each, Document)]
