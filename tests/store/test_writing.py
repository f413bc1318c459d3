from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from minex.errors import StoreError
from minex.model import (
    Document,
    Evidence,
    Failure,
    Mention,
    Passage,
    Reading,
    Reference,
    SourceMap,
    Span,
    Status,
)
from minex.store import Store
from tests.store.build import lookup, reading, said, tombstone
from tests.store.conftest import Shelf

PTEN = said("miR-21-5p", "targets", "PTEN")
TJP1 = said("miR-21-5p", "targets", "TJP1")


def test_a_changed_text_takes_its_old_evidence_away(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN, TJP1]))
    written = shelf.write(reading("PMID:1", [TJP1]))
    assert (written.new, written.changed) == (0, 1)
    assert shelf.ask("SELECT object FROM triple_named") == [("TJP1",)]
    assert shelf.one("SELECT count(*) FROM evidence") == 1
    assert shelf.store.search("PTEN") == []
    assert len(shelf.store.search("TJP1")) == 1


def test_evidence_keeps_its_id_and_its_first_run_when_other_text_changes(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    before = shelf.ask("SELECT id, run_id FROM evidence")
    shelf.new_run()
    shelf.write(reading("PMID:1", [TJP1, PTEN]))
    assert shelf.ask("SELECT e.id, e.run_id FROM evidence e WHERE object_text = 'PTEN'") == before


def test_the_same_sentence_twice_in_a_document_is_two_pieces_of_evidence(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN, PTEN]))
    assert shelf.one("SELECT count(DISTINCT id) FROM evidence") == 2
    assert shelf.one("SELECT belief FROM triple") == 0.8


def test_an_id_twice_in_one_batch_the_later_wins(shelf: Shelf) -> None:
    written = shelf.write(reading("PMID:1", [PTEN]), reading("PMID:1", [TJP1]))
    assert written.documents == 1
    assert shelf.ask("SELECT object FROM triple_named") == [("TJP1",)]


def test_a_deleted_document_leaves_its_rows_with_status_and_reason_but_counts_no_more(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN], title="A title"))
    written = shelf.write(tombstone("PMID:1"))
    assert written.deleted == 1
    assert shelf.ask("SELECT status, status_reason, title FROM document") == [
        ("deleted", "deleted by PubMed", "A title")
    ]
    assert shelf.one("SELECT count(*) FROM evidence") == 1
    assert shelf.ask("SELECT belief, evidence_count, document_count FROM triple") == [(0.0, 0, 0)]
    assert shelf.store.search("PTEN") == []


def test_a_deleted_document_that_was_never_seen_leaves_a_tombstone(shelf: Shelf) -> None:
    shelf.write(tombstone("PMID:9"))
    assert shelf.ask("SELECT id, status, kept FROM document") == [("PMID:9", "deleted", 0)]


def test_a_deleted_document_can_come_back(shelf: Shelf) -> None:
    for item in (reading("PMID:1", [PTEN]), tombstone("PMID:1"), reading("PMID:1", [TJP1])):
        shelf.write(item)
    assert shelf.ask("SELECT object, evidence_count FROM triple_named") == [("TJP1", 1)]
    assert shelf.one("SELECT count(*) FROM evidence") == 1


def test_a_retracted_document_with_text_is_read_and_does_not_count(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN], status=Status.RETRACTED, status_reason="RetractionIn PMID:2"))
    assert shelf.one("SELECT count(*) FROM evidence") == 1
    assert shelf.ask("SELECT * FROM triple_named") == []


def test_by_default_only_identity_hash_and_status_are_kept_of_documents_without_evidence(shelf: Shelf) -> None:
    nothing = reading("PMID:1", text="Nothing is said here.", title="A title", journal="J")
    shelf.write(nothing)
    shelf.write(reading("PMID:2", [PTEN], title="Another"))
    rows = shelf.ask("SELECT id, pmid, title, content_hash, kept FROM document ORDER BY id")
    assert rows[0] == ("PMID:1", "1", None, nothing.document.content_hash, 0)
    assert rows[1][2] == "Another"
    assert shelf.ask("SELECT DISTINCT document FROM passage") == [("PMID:2",)]


def test_all_is_kept_if_asked_for(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", text="Nothing is said here.", title="A title"), keep="all")
    assert shelf.ask("SELECT title, kept FROM document") == [("A title", 1)]
    assert shelf.ask("SELECT text FROM passage") == [("Nothing is said here.",)]


def test_needs_tells_new_changed_stale_and_unchanged_documents_apart(shelf: Shelf) -> None:
    document = reading("PMID:1", [PTEN]).document
    assert shelf.store.state(document, "f") == "new"
    shelf.write(reading("PMID:1", [PTEN]))
    assert shelf.store.state(document, "f") == "unchanged"
    assert not shelf.store.needs(document, "f")
    assert shelf.store.state(document, "another lexicon") == "stale"
    assert shelf.store.state(reading("PMID:1", [TJP1]).document, "f") == "changed"
    assert shelf.store.state(tombstone("PMID:1").document, "f") == "changed"


def test_concepts_come_with_their_ancestors(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung non-small cell carcinoma")]))
    rows = shelf.ask("SELECT ancestor, steps FROM concept_ancestor WHERE concept = 'DOID:3908' ORDER BY steps")
    assert rows == [("DOID:3908", 0), ("DOID:1324", 1), ("DOID:162", 2)]
    assert shelf.one("SELECT xrefs FROM concept WHERE name = 'miR-21-5p'") == '["RNAcentral:1"]'


def test_unlinked_mentions_are_concepts_of_their_own(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("Foxp9", "inhibits", "PTEN")]))
    shelf.write(reading("PMID:2", [said("FOXP9", "inhibits", "PTEN")]))
    rows = shelf.ask("SELECT id, type, name, linked, named_by FROM concept WHERE linked = 0")
    assert rows == [("text:GENE:foxp9", "GENE", "FOXP9", 0, "text")]
    shelf.write(reading("PMID:2"))
    assert shelf.one("SELECT name FROM concept WHERE linked = 0") == "Foxp9"


def test_evidence_opens_at_its_place_in_the_file(shelf: Shelf) -> None:
    text = "Mir-21 targets PTEN."
    first = Passage("A title", source=SourceMap(((0, 100),)))
    second = Passage(text, "RESULTS", source=SourceMap(((0, 200), (10, 215))))
    at = len(first.text) + 1
    evidence = Evidence(
        "text:a.txt",
        Mention(at, at + 6, "Mir-21", "MIRNA", ("mirbase.mature:MIMAT0000076",), "miR-21-5p"),
        "targets",
        Mention(at + 15, at + 19, "PTEN", "GENE", ("HGNC:9588",), "PTEN"),
        Span(at, at + len(text)),
        "r",
        also=(Span(at, at + 3),),
    )
    shelf.write(Reading(Document("text:a.txt", (first, second)), (), (), (evidence,)))
    rows = shelf.ask("SELECT sentence, section, source_start, source_end, also FROM evidence")
    assert rows == [(text, "RESULTS", 200, 225, "[[8, 11]]")]


def test_notices_of_a_document_are_kept(shelf: Shelf) -> None:
    item = reading("PMID:1", [PTEN], references=(Reference("RetractionIn", "2", "J. 2020"),))
    shelf.write(item)
    assert (
        shelf.one("SELECT notices FROM document") == '[{"kind": "RetractionIn", "pmid": "2", "text": "J. 2020"}]'
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"confidence": float("nan")},
        {"predicate": "eats"},
        {"sentence": Span(0, 10_000)},
        {"object": Mention(900, 904, "PTEN", "GENE")},
    ],
)
def test_a_reading_that_breaks_its_promises_is_a_failure_and_harms_no_other(
    shelf: Shelf, broken: dict[str, object]
) -> None:
    good = reading("PMID:1", [PTEN])
    bad = reading("PMID:2", [TJP1])
    bad = replace(bad, evidence=(replace(bad.evidence[0], **broken),))  # type: ignore[arg-type]
    written = shelf.write(bad, good)
    assert [failure.code for failure in written.failures] == ["reading-invalid"]
    assert shelf.ask("SELECT document, stage FROM failure") == [("PMID:2", "store")]
    assert shelf.ask("SELECT document FROM evidence") == [("PMID:1",)]


def test_text_that_utf8_cannot_hold_is_stored_with_its_offsets(shelf: Shelf) -> None:
    text = "\ud83d miR-21 targets \x00 PTEN\udc00."
    a, b = text.index("miR"), text.index("PTEN")
    evidence = Evidence(
        "PMID:1",
        Mention(a, a + 6, "miR-21", "MIRNA"),
        "targets",
        Mention(b, b + 5, "PTEN\udc00", "GENE"),
        Span(0, len(text)),
        "r",
    )
    shelf.write(Reading(Document("PMID:1", (Passage(text),)), (), (), (evidence,)))
    assert shelf.one("SELECT sentence FROM evidence") == text.replace("\ud83d", "\ufffd").replace(
        "\udc00", "\ufffd"
    )


def test_a_failure_goes_when_its_document_succeeds_and_is_one_row_however_often_it_happens(shelf: Shelf) -> None:
    failure = Failure("parse", "timeout", "took over 30 s", "a.xml", "PMID:1")
    shelf.write(failures=[failure])
    shelf.new_run()
    shelf.write(failures=[failure])
    assert shelf.ask("SELECT run_id, stage, code, document FROM failure") == [
        (shelf.run, "parse", "timeout", "PMID:1")
    ]
    shelf.write(reading("PMID:1", [PTEN]))
    assert shelf.ask("SELECT * FROM failure") == []


def test_what_failed_in_a_file_goes_when_a_later_run_reads_it_to_its_end(shelf: Shelf) -> None:
    shelf.write(failures=[Failure("read", "xml", "cut off", "a.xml:7")], files={"a.xml:7": "/a.xml"})
    assert shelf.store.resolve_failures("/a.xml", shelf.run) == 0
    shelf.new_run()
    assert shelf.store.resolve_failures("/b.xml", shelf.run) == 0
    assert shelf.store.resolve_failures("/a.xml", shelf.run) == 1


def test_a_write_that_fails_leaves_the_database_as_it_was(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    before = shelf.dump()

    def explode(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr("minex.store.batch.BatchWriter.write_failures", explode)
        with pytest.raises(RuntimeError):
            shelf.write(reading("PMID:1", [TJP1]), reading("PMID:2", [said("miR-21-3p", "targets", "EGLN1")]))
    assert shelf.dump() == before
    shelf.write(reading("PMID:2", [said("miR-21-3p", "targets", "EGLN1")]))
    assert shelf.one("SELECT count(*) FROM triple_named") == 2


def test_concepts_that_nothing_mentions_are_tidied_away(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", cancer="lung cancer")]))
    shelf.write(reading("PMID:1", [TJP1]))
    shelf.store.tidy()
    names = [name for (name,) in shelf.ask("SELECT name FROM concept ORDER BY name")]
    assert names == ["TJP1", "miR-21", "miR-21 family", "miR-21-5p"]
    shelf.write(reading("PMID:1", [PTEN]))
    assert shelf.ask("SELECT object FROM triple_named") == [("PTEN",)]


def test_a_run_that_is_not_in_the_ledger_is_refused(shelf: Shelf) -> None:
    with pytest.raises(StoreError, match="no run 99"):
        shelf.store.write([], 99)


def test_foreign_keys_hold_and_the_index_agrees_with_the_table_after_changes(shelf: Shelf, database: Path) -> None:
    for item in (reading("PMID:1", [PTEN, TJP1]), reading("PMID:1", [TJP1]), tombstone("PMID:1")):
        shelf.write(item)
    assert shelf.store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    # FTS5 compares its index with the table and raises if they differ.
    shelf.store.connection.execute("INSERT INTO evidence_fts (evidence_fts, rank) VALUES ('integrity-check', 1)")
    shelf.store.close()
    with Store.open(database) as again:
        assert again.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert lookup("HGNC:9588") is not None
