"""A server of E-utilities' behaviour for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pubmed.server import PubMed, Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(PubMed()) as running:
        yield running
