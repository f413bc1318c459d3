"""Whatever the way to a final state, the database is the one that a clean write of that state makes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minex.jobs.ledger import Ledger
from minex.model import Origin, Reading, Status
from minex.store import Store
from tests.store.build import lookup, reading, said, tombstone

IDS = [f"PMID:{number}" for number in range(1, 5)]

STATEMENTS = st.builds(
    said,
    st.sampled_from(["miR-21-5p", "miR-21", "Foxp9", "FOXP9"]),
    st.sampled_from(["targets", "decreases", "increases", "regulates"]),
    st.sampled_from(["PTEN", "foxP9", "TJP1"]),
    cancer=st.sampled_from([None, "lung cancer", "lung non-small cell carcinoma"]),
    vesicle=st.sampled_from([None, "exosome"]),
    negated=st.booleans(),
    hedged=st.booleans(),
    confidence=st.sampled_from([0.3, 0.75, 0.9]),
    origin=st.sampled_from(list(Origin)),
)
DATES = st.sampled_from(["", "2017", "2020-02"])
READINGS = st.one_of(
    st.builds(reading, st.sampled_from(IDS), st.lists(STATEMENTS, max_size=3), date=DATES),
    # A retraction without a text would leave the text that was there: here each has one.
    st.builds(
        reading,
        st.sampled_from(IDS),
        st.lists(STATEMENTS, min_size=1, max_size=3),
        date=DATES,
        status=st.just(Status.RETRACTED),
    ),
    st.builds(tombstone, st.sampled_from(IDS)),
)
HISTORIES = st.lists(READINGS, max_size=12)


def _content(batches: Sequence[Sequence[Reading]], *, tidy: bool = False) -> tuple[list[str], list[object]]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "x.db")) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        ledger = Ledger(store)
        for batch in batches:
            run = ledger.start({}, "f")
            store.write(batch, run, concept=lookup)
        if tidy:
            store.tidy()
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        store.connection.execute("INSERT INTO evidence_fts (evidence_fts, rank) VALUES ('integrity-check', 1)")
        views: list[object] = [
            sorted(store.select(f"SELECT * FROM {view}").rows, key=repr)
            for view in ("triple_named", "triple_rolled", "mirna_target", "cancer_factor", "review_table")
        ]
        return list(store.canonical_dump()), views


def _final(history: Sequence[Reading]) -> list[list[Reading]]:
    """Return what is to be written of each document: its last text, and its tombstone if no news came after it."""
    kept: dict[str, list[Reading]] = {}
    for item in history:
        known = kept.setdefault(item.document.id, [])
        if item.document.status is Status.DELETED:
            kept[item.document.id] = [
                *(one for one in known[:1] if one.document.status is not Status.DELETED),
                item,
            ]
        else:
            # The very record that was deleted brings nothing back; any other does.
            same = bool(known) and known[0].document.content_hash == item.document.content_hash
            kept[item.document.id] = [item, *(known[1:] if same else [])]
    return list(kept.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HISTORIES, st.lists(st.integers(1, 4), max_size=12), st.randoms(use_true_random=False), st.booleans())
def test_every_history_ends_in_the_content_of_one_clean_write(
    history: list[Reading], sizes: list[int], random: object, tidy: bool
) -> None:
    batches, rest = [], list(history)
    for size in [*sizes, len(history) or 1]:
        batches.append(rest[:size])
        rest = rest[size:]
    final = _final(history)
    random.shuffle(final)  # type: ignore[attr-defined]
    assert _content(batches, tidy=tidy) == _content([[item for items in final for item in items]])
