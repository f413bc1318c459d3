"""A folder of PubMed's files and the mirror of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from minex.mirror.mirror import Mirror
from minex.mirror.update import update
from tests.mirror.maker import Paper, file_of

Mirrored = Callable[[Iterable[Paper]], Mirror]


@pytest.fixture
def mirrored(tmp_path: Path) -> Mirrored:
    """Return the mirror of some papers, in one file."""

    def make(papers: Iterable[Paper]) -> Mirror:
        file_of(tmp_path, 1, papers)
        assert update(tmp_path).exit_code == 0
        return Mirror(tmp_path)

    return make
