"""Whatever order records come in, and however they are cut into runs, the store ends with the same content.

What one source says of one record keeps its order: a revision comes after what it revises, a deletion after its
citation. All else is shuffled: abstracts, full texts, notices, versions, other documents, and what queries find.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.jobs.ledger import Ledger
from minex.model import Document, Reading, Record, Reference, Status
from minex.store import Store, sync
from tests.store.build import Said, lookup, reading, said
from tests.store.records import article, citation, gone, versioned

Event = Callable[[Store, int], None]

STATEMENT = st.builds(
    said,
    st.sampled_from(["miR-21-5p", "miR-21", "Foxp9", "FOXP9"]),
    st.sampled_from(["targets", "increases", "regulates"]),
    st.sampled_from(["PTEN", "foxP9", "TJP1"]),
    cancer=st.sampled_from([None, "lung cancer"]),
    negated=st.booleans(),
)
SAID = st.lists(STATEMENT, max_size=2)
NUMBERS = st.integers(1, 4)
NOTICES = st.lists(
    st.builds(
        Reference,
        st.sampled_from(["RetractionOf", "RetractionOf", "RetractionIn", "ExpressionOfConcernFor", "CommentOn"]),
        NUMBERS.map(str),
        st.just(""),
    ),
    max_size=1,
).map(tuple)


@st.composite
def citations(draw: st.DrawFn, number: int) -> Reading:
    references = draw(NOTICES)
    # A retraction that comes without a text leaves the text that was there, so that there its order counts.
    retracted = any(reference.kind == "RetractionIn" for reference in references)
    return citation(
        number,
        draw(st.lists(STATEMENT, min_size=int(retracted), max_size=2)),
        pmcid=f"PMC{number}",
        date=draw(st.sampled_from(["", "2018", "2020-02"])),
        references=references,
        title=draw(st.sampled_from(["One", "Two"])),
    )


@st.composite
def streams(draw: st.DrawFn, number: int) -> list[list[Reading]]:
    """What is said of one publication: each list keeps its order, the lists do not."""
    newest = [versioned(item, 2) for item in draw(st.lists(citations(number), max_size=3))]
    if newest and draw(st.integers(0, 3)) == 0:
        newest.insert(draw(st.integers(1, len(newest))), gone(number))
    older = [versioned(item, 1) for item in draw(st.lists(citations(number), max_size=1))]
    knows = draw(st.booleans())
    # A retraction that comes without the text cannot give one that was passed over: here it has some.
    texts = st.sampled_from(
        [(Status.ACTIVE, ""), (Status.ACTIVE, "many words " * 60), (Status.RETRACTED, "many words " * 60)]
    )
    full = [
        article(number if knows else None, statements, pmcid=f"PMC{number}", text=text, status=status)
        for statements in draw(st.lists(SAID, max_size=2))
        for status, text in [draw(texts)]
    ]
    own = [reading(f"PMID:{number}", statements) for statements in draw(st.lists(SAID, max_size=1))]
    return [newest, older, full, own]


def _reads(item: Reading, *, looks: bool) -> Event:
    """Write a reading, as it is, or as a run does: only if there is news, and only what is news."""

    def event(store: Store, run: int) -> None:
        state = store.state(item.document, "f") if looks else "changed"
        news: Sequence[Reading | Document] = [item.document] if state == "metadata" else [item]
        if state != "unchanged":
            store.write(news, run, concept=lookup, origin="pubmed")

    return event


def _finds(number: int, found: bool) -> Event:
    def event(store: Store, run: int) -> None:
        if found:
            sync.record_hits(store, "q", [f"PMC:{number}"], run)
        else:
            sync.unhit(store, "q", [f"PMID:{number}", f"PMC:{number}"], "no more", run)

    return event


def _content(events: Sequence[Event], final: Sequence[Reading], cuts: Sequence[bool]) -> list[object]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "x.db")) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        sync.put_query(store, "q")
        ledger = Ledger(store)
        run = ledger.start({}, "f")
        for number, event in enumerate(events):
            if cuts and cuts[number % len(cuts)]:
                run = ledger.start({}, "f")
            event(store, run)
        # A text that was passed over for a longer one, which then shrank, is asked for once more.
        for item in final:
            _reads(item, looks=True)(store, run)
        assert all(store.state(item.document, "f") == "unchanged" for item in final)
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        store.connection.execute("INSERT INTO evidence_fts (evidence_fts, rank) VALUES ('integrity-check', 1)")
        views = ("triple_named", "triple_rolled", "mirna_target", "cancer_factor", "review_table")
        asked = [f"SELECT * FROM {view}" for view in views]
        # Of what is deleted no text counts, and which one was read last is history.
        asked.append(
            "SELECT id, status, status_reason, concern, iif(status = 'deleted', '', record || content_hash) "
            "FROM document"
        )
        asked.append("SELECT document, record, version, content_hash, status, metadata FROM document_source")
        asked.append("SELECT query, document, status IN ('waiting', 'fetched') FROM query_hit")
        rows = [sorted(store.select(sql).rows, key=repr) for sql in asked]
        return [list(store.canonical_dump()), *rows]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    st.tuples(*(streams(number) for number in (1, 2, 3))),
    st.lists(st.tuples(NUMBERS, st.booleans()), max_size=3),
    st.lists(st.booleans(), max_size=5),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_no_order_and_no_cut_changes_what_is_stored(
    documents: tuple[list[list[Reading]], ...],
    found: list[tuple[int, bool]],
    cuts: list[bool],
    looks: bool,
    shuffle: random.Random,
) -> None:
    lists = [stream for document in documents for stream in document]
    final = [stream[-1] for stream in lists if stream and stream[-1].document.status is not Status.DELETED]
    queues: list[list[Event]] = [[_reads(item, looks=looks) for item in stream] for stream in lists]
    queues.append([_finds(number, hit) for number, hit in found])
    plain = [event for queue in queues for event in queue]
    mixed: list[Event] = []
    rest = [list(queue) for queue in queues if queue]
    while rest:
        queue = shuffle.choice(rest)
        mixed.append(queue.pop(0))
        rest = [queue for queue in rest if queue]
    for one, other in zip(_content(mixed, final, cuts), _content(plain, final, []), strict=True):
        # Without pytest's own comparison: while Hypothesis looks for a small example it takes hours.
        same = one == other
        assert same, f"{one}\n{other}"


def test_the_texts_of_these_tests_are_as_long_as_they_are_meant_to_be() -> None:
    one: list[Said] = [said("miR-21-5p", "targets", "PTEN")]
    assert len(article(1, one).document.text) > len(citation(1, one).document.text)
    assert article(1).document.record is Record.ARTICLE
