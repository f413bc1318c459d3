"""A pipeline that needs no model, for tests of runs: it reads `A targets B.` and nothing else.

As a program: `python -m tests.jobs.little IN.jsonl DATABASE SECONDS_A_DOCUMENT` makes a run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from minex.jobs import run
from minex.model import Concept, Document, Evidence, Failure, Mention, MentionType, Reading, Sentence, Span
from minex.store import Store


class LittlePipeline:
    """Reads documents in batches, as the real one does, and can be told to be slow, to fail and to stop."""

    def __init__(self, *, version: str = "1", batch: int = 7, seconds: float = 0.0) -> None:
        self.version = version
        self.batch = batch
        self.seconds = seconds
        self.extracted: list[str] = []
        self.before_document: Callable[[Document], None] = lambda document: None

    @property
    def versions(self) -> Mapping[str, str]:
        return {"minex": "0.1.0", "model": "none", "lexicon": "none", "rules": self.version}

    @property
    def fingerprint(self) -> str:
        return f"little-{self.version}"

    def concept(self, id_: str, /) -> Concept | None:
        if id_.startswith("HGNC:"):
            return Concept(id_, MentionType.GENE, id_.removeprefix("HGNC:"), ("FPLX:any",))
        return Concept(id_, MentionType.GENE, "any") if id_ == "FPLX:any" else None

    def read(self, documents: Iterable[Document], /) -> Iterator[Reading | Failure]:
        waiting: list[Reading | Failure] = []
        for document in documents:
            waiting.append(self.one(document))
            if len(waiting) == self.batch:
                yield from waiting
                waiting = []
        yield from waiting

    def one(self, document: Document) -> Reading | Failure:
        self.before_document(document)
        time.sleep(self.seconds)
        self.extracted.append(document.id)
        if "unreadable" in document.text:
            return Failure("parse", "test", "told to fail", document.source, document.id)
        sentences: list[Sentence] = []
        mentions: list[Mention] = []
        evidence: list[Evidence] = []
        start = 0
        for part in document.text.split("\n"):
            span = Span(start, start + len(part))
            sentences.append(Sentence(span.start, span.end))
            left, verb, right = part.rstrip(".").partition(" targets ")
            if verb:
                object_start = start + len(left) + len(verb)
                subject = Mention(start, start + len(left), left, "MIRNA", (), "", "mirna")
                object_ = Mention(
                    object_start, object_start + len(right), right, "GENE", (f"HGNC:{right}",), right
                )
                mentions += [subject, object_]
                evidence.append(Evidence(document.id, subject, "targets", object_, span, "test", confidence=0.7))
            start = span.end + 1
        return Reading(document, tuple(sentences), tuple(mentions), tuple(evidence))


def main(path: str, database: str, seconds: str) -> int:
    with Store.open(database) as store:
        pipeline = LittlePipeline(seconds=float(seconds))
        report = run([Path(path)], store, pipeline, batch_seconds=0.02, batch_documents=25)
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
