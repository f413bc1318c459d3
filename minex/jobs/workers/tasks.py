"""Batches in the order of their documents, and the tasks that workers are given of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from minex.jobs.workers.child import Found
from minex.model import Document, Failure, Reading

MOST_DOCUMENTS = 64
MOST_CHARACTERS = 200_000
"""About half a second's work at most, but for a longer text: a full text is a batch of its own or nearly."""

_FIRST_DOCUMENTS = 8


@dataclass(slots=True)
class Batch:
    """Documents that follow each other, and what was found in each so far."""

    documents: Sequence[Document]
    found: list[Reading | Failure | None] = field(init=False)
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = len(self.documents)
        self.found = [None] * self.left


@dataclass(frozen=True, slots=True)
class Task:
    """A batch, or one document of it, to be read by a worker; `alone` if it is tried for the second time."""

    batch: Batch
    start: int
    stop: int
    alone: bool = False

    @property
    def documents(self) -> Sequence[Document]:
        """The documents to be read."""
        return self.batch.documents[self.start : self.stop]

    def singly(self) -> list[Task]:
        """Return a task for each document."""
        return [Task(self.batch, index, index + 1, alone=True) for index in range(self.start, self.stop)]

    def done(self, found: Sequence[Found]) -> None:
        """Put down what was found, each with its document."""
        items = (
            item if isinstance(item, Failure) else Reading(document, *item)
            for document, item in zip(self.documents, found, strict=True)
        )
        self.batch.found[self.start : self.stop] = items
        self.batch.left -= self.stop - self.start

    def failed(self, failure: Failure) -> None:
        """Put down why the one document could not be read."""
        self.done([failure])


def batches(documents: Iterable[Document]) -> Iterator[Batch]:
    """Yield documents in batches: small ones first, so that all workers soon have work and something is soon read.

    Examples:
        >>> [len(batch.documents) for batch in batches(Document(f"PMID:{n}") for n in range(100))]
        [8, 16, 32, 44]
    """
    most, characters, waiting = _FIRST_DOCUMENTS, 0, list[Document]()
    for document in documents:
        waiting.append(document)
        characters += sum(len(passage.text) for passage in document.passages)
        if len(waiting) >= most or characters >= MOST_CHARACTERS:
            yield Batch(waiting)
            most, characters, waiting = min(2 * most, MOST_DOCUMENTS), 0, []
    if waiting:
        yield Batch(waiting)
