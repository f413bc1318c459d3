"""A file cut into parts: the same ones each time, so that what is made of a part can be known again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from minex.jobs.runner import Reader, told
from minex.model import Document, Failure

MOST_DOCUMENTS = 512
MOST_CHARACTERS = 1_000_000
"""Some seconds' work at most, but for a longer text."""


@dataclass(frozen=True, slots=True)
class Part:
    """Documents of a file that follow each other, with what could not be read among them.

    `file` is the file's absolute path; `number` counts from 1 within it, and `last` says that no part follows.
    """

    file: str
    number: int
    last: bool
    items: tuple[Document | Failure, ...]

    @property
    def documents(self) -> list[Document]:
        """What is to be read."""
        return [item for item in self.items if isinstance(item, Document)]


def parts(
    path: Path, reader: Reader, *, documents: int = MOST_DOCUMENTS, characters: int = MOST_CHARACTERS
) -> Iterator[Part]:
    """Cut a file into parts; there is at least one.

    Examples:
        >>> from minex.model import Passage
        >>> def five(path: Path) -> Iterator[Document | Failure]:
        ...     yield from (Document(f"PMID:{number}", (Passage("Words."),)) for number in range(5))
        >>> [(part.number, len(part.items), part.last) for part in parts(Path("x"), five, documents=2)]
        [(1, 2, False), (2, 2, False), (3, 1, True)]
    """
    file = os.path.abspath(path)
    held: list[Document | Failure] | None = None
    number = 0
    for group in _groups(told(reader, path), file, documents, characters):
        if held is not None:
            number += 1
            yield Part(file, number, False, tuple(held))
        held = group
    yield Part(file, number + 1, True, tuple(held or ()))


def _groups(
    found: Iterable[Document | Failure], file: str, documents: int, characters: int
) -> Iterator[list[Document | Failure]]:
    group: list[Document | Failure] = []
    size = 0
    for item in found:
        if isinstance(item, Document):
            if item.id.startswith("text:"):
                # As a run has it: a text is known by its file.
                item = replace(item, source=file)
            size += sum(len(passage.text) for passage in item.passages)
        group.append(item)
        if len(group) >= documents or size >= characters:
            yield group
            group, size = [], 0
    if group:
        yield group
