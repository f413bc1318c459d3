"""What a report tells besides the table: what was read, what changed, how far to trust it."""

from __future__ import annotations

from minex.jobs.ledger import Ledger
from minex.model import Failure
from minex.reports.page.changes import changes
from minex.reports.page.data import gather
from minex.reports.page.reading import reading as read
from minex.reports.page.trust import trust
from minex.rules.precision import CLASSES
from minex.store import sync
from tests.reports.page.shelves import fill
from tests.store.build import reading, said, tombstone
from tests.store.conftest import Shelf


def test_what_was_read_counts_documents_by_status_and_what_they_gave(shelf: Shelf) -> None:
    fill(shelf).write(tombstone("PMID:13"), failures=[Failure("read", "bad-xml", "it broke", "a.xml")])
    found = read(shelf.store)
    assert found.documents == {"active": 2, "deleted": 1}
    assert (found.given.documents, found.given.negated, found.given.hedged) == (2, 1, 1)
    assert (found.given.first_year, found.given.last_year) == (2015, 2016)
    assert [(each.code, each.number) for each in found.failures] == [("bad-xml", 1)]
    assert (found.active, found.failed) == (2, 1)


def test_a_run_names_files_without_their_folders(shelf: Shelf) -> None:
    Ledger(shelf.store).start({}, "f", ["/home/me/secret/a.xml", "b.xml", "c.xml", "d.xml"])
    assert read(shelf.store).runs[0].what == "a.xml, b.xml, c.xml and 1 more"


def test_a_report_on_a_query_has_its_title_and_its_papers_only(shelf: Shelf) -> None:
    fill(shelf)
    sync.put_query(shelf.store, "one", title="The first paper", term="11[uid]")
    sync.put_query(shelf.store, "other", term="12[uid]")
    sync.record_hits(shelf.store, "one", ["PMID:11"], shelf.run)
    found = gather(shelf.store, "one")
    assert found.title == "The first paper"
    assert found.reading.given.documents == 1
    assert [query.hits for query in found.reading.queries] == [1]
    assert [row.documents for row in found.table.rows] == [1]
    assert len(found.network.edges) == 3
    assert gather(shelf.store).title == "x"


def test_the_first_run_has_nothing_to_compare_with(shelf: Shelf) -> None:
    assert changes(fill(shelf).store).note.startswith("Everything is new")


def test_what_the_last_run_changed_is_told(shelf: Shelf) -> None:
    fill(shelf)
    shelf.new_run()
    shelf.write(reading("PMID:14", [said("EGLN2", "targets", "TJP1")]))
    found = changes(shelf.store)
    assert found.diff is not None
    assert [section.title for section in found.sections] == ["New factors", "New triples"]
    assert changes(shelf.store, since="2999-01-01").note == "No run began on 2999-01-01 or later."
    assert changes(shelf.store, since="2000-01-01").diff is None


def test_trust_counts_the_sentences_of_each_class_of_rules(shelf: Shelf) -> None:
    fill(shelf).write(reading("PMID:15", [said("EGLN2", "targets", "TJP1", rule="my_own_rule", confidence=0.5)]))
    verb, own = trust(shelf.store.connection)
    assert verb.name == "verb"
    assert verb.name in CLASSES
    assert verb.precision is not None
    assert 0.5 < verb.precision < 1
    assert verb.verdicts > 100
    assert (own.name, own.precision, own.evidence, own.confidence) == ("uncounted", None, 1, 0.5)


def test_an_empty_database_makes_a_report_too(shelf: Shelf) -> None:
    found = gather(shelf.store)
    assert (found.table.rows, found.network.edges, found.timeline, found.trust) == ((), (), (), ())
