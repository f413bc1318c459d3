"""Reading again what other versions of minex have read: from the text kept, else from where it came from."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from minex.errors import MinexError, RemoteError
from minex.formats import medline
from minex.formats.base import HEAD_BYTES, Format, Limits, Source
from minex.jobs.runner import Pipeline, Progress, RunReport, run
from minex.model import Document, Failure
from minex.pubmed.source import PubmedSource
from minex.store import Keep, Store

_BATCH = 200


@dataclass
class ExtractReport:
    """What was read again, and what has to be had again by the user: documents by the file that they came from."""

    runs: list[RunReport] = field(default_factory=list)
    read: int = 0
    files: dict[str, int] = field(default_factory=dict)
    unfetched: int = 0
    """Documents of PubMed that were not fetched, for nobody said who asks."""

    @property
    def exit_code(self) -> int:
        """0 if everything is up to date now, else 1, or 130 if it was interrupted."""
        return max((1 if self.files or self.unfetched else 0, *(each.exit_code for each in self.runs)))


def extract_stale(
    store: Store,
    pipeline: Pipeline,
    eutils: PubmedSource | None,
    *,
    keep: Keep = "evidence",
    progress: Progress | None = None,
) -> ExtractReport:
    """Read again every document that another model, lexicon, rule set or minex has read.

    Where the text is kept it is read from the database, else fetched from PubMed if it came from there.

    Parameters:
        eutils: who asks PubMed; None leaves those documents as they are, and says how many.

    Raises:
        StoreError: if the database cannot be written; what was committed stays.
    """
    report = ExtractReport()
    fingerprint = pipeline.fingerprint + ("" if keep == "evidence" else f"+{keep}")
    stale = store.stale(fingerprint)
    origins = _origins(store, stale.with_text)
    for origin in sorted(set(origins.values())):
        ids = [id_ for id_ in stale.with_text if origins[id_] == origin]
        report.runs.append(_run(store, pipeline, keep, progress, origin, store.rebuild(ids)))
    wanted, files = _sources(store, stale.without_text)
    report.files = files
    if eutils is None:
        report.unfetched = len(wanted)
    elif wanted:
        report.runs.append(_run(store, pipeline, keep, progress, "pubmed", _fetched(eutils, wanted)))
    report.read = sum(each.counts.new + each.counts.changed for each in report.runs)
    return report


def _run(
    store: Store,
    pipeline: Pipeline,
    keep: Keep,
    progress: Progress | None,
    origin: str,
    items: Iterable[Document | Failure],
) -> RunReport:
    return run(
        [Path("extract:stale")],
        store,
        pipeline,
        keep=keep,
        progress=progress,
        reader=lambda path: iter(items),
        origin=origin,
        arguments=["extract", "--stale"],
    )


def _origins(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Return where the text of each document came from: it has to stay so."""
    rows = store.connection.execute(
        "SELECT s.document, s.origin FROM document_source s JOIN document d "
        "ON d.id = s.document AND d.record = s.record WHERE d.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    found = dict(rows)
    return {id_: found.get(id_, "file") for id_ in ids}


def _sources(store: Store, ids: Sequence[str]) -> tuple[list[str], dict[str, int]]:
    """Return the PMIDs to fetch, and by file how many documents have to be read from it."""
    rows = store.connection.execute(
        "SELECT d.id, d.pmid, max(s.origin = 'pubmed'), max(s.source) FROM document d "
        "JOIN document_source s ON s.document = d.id WHERE d.id IN (SELECT value FROM json_each(?)) GROUP BY d.id",
        (json.dumps(list(ids)),),
    )
    wanted: list[str] = []
    files: dict[str, int] = defaultdict(int)
    for _, pmid, from_pubmed, source in rows:
        if from_pubmed and pmid:
            wanted.append(pmid)
        else:
            files[(source or "a file").rpartition("#")[0] or source or "a file"] += 1
    return sorted(wanted, key=int), dict(files)


def _fetched(eutils: PubmedSource, pmids: Sequence[str]) -> Iterator[Document | Failure]:
    for start in range(0, len(pmids), _BATCH):
        ids = pmids[start : start + _BATCH]
        place = f"pubmed batch {start // _BATCH + 1}"
        try:
            body = eutils.fetch("pubmed", ids).body
        except RemoteError as error:
            yield Failure("read", error.code, str(error), place)
            continue
        yield from read_body(body, medline.FORMAT, place, Limits())


def read_body(body: bytes, kind: Format, place: str, limits: Limits) -> Iterator[Document | Failure]:
    """Read records that came by the network as their file format is read.

    Raises:
        RemoteError: if they are none.
    """
    stream = io.BufferedReader(io.BytesIO(body), HEAD_BYTES)
    source = Source(place, place, stream, body[:HEAD_BYTES])
    try:
        yield from kind.read(source, limits)
    except MinexError as error:
        raise RemoteError("bad-answer", error.message, where=place, cure="ask again in a while") from error
