"""What changed between two runs, and why: against databases that were copied after each run."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from minex.errors import UsageError
from minex.jobs.ledger import Ledger
from minex.jobs.naming import find_run, run_since
from minex.model import Reading, Status
from minex.reports import diff_html, diff_text
from minex.reports.diff import Diff, compare
from minex.store import Store
from tests.store.build import lookup, reading, said, tombstone
from tests.store.conftest import Shelf
from tests.store.test_history import READINGS

PTEN = said("miR-21-5p", "targets", "PTEN")
RAISES = said("miR-21-5p", "increases", "PTEN")
TJP1 = said("miR-21-5p", "targets", "TJP1")
STATE = "SELECT id, belief, document_count FROM triple WHERE evidence_count > 0"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with Store.open(tmp_path / "x.db") as store:
        yield Shelf(store)


def diff(shelf: Shelf, before: int, after: int | None = None) -> Diff:
    return compare(shelf.store, before, after or shelf.run)


def told(changes: list[object]) -> list[str]:
    return [f"{c.subject} {c.predicate} {c.object}" for c in changes]  # type: ignore[attr-defined]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(READINGS, max_size=4), min_size=1, max_size=5), st.data())
def test_a_diff_is_what_two_copies_of_the_database_differ_in(
    runs: list[list[Reading]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "x.db")) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        ends: list[dict[str, tuple[float, int]]] = [{}]
        factors: list[set[str]] = [set()]
        for batch in runs:
            store.write(batch, Ledger(store).start({}, "f"), concept=lookup)
            store.tidy()
            ends.append({id_: (belief, n) for id_, belief, n in store.connection.execute(STATE)})
            factors.append(
                {
                    concept
                    for (concept,) in store.connection.execute(
                        "SELECT c.id FROM triple t JOIN concept c ON c.id IN (t.subject, t.object) "
                        "WHERE t.evidence_count > 0 AND c.type IN ('MIRNA', 'GENE', 'LNCRNA')"
                    )
                }
            )
        before = data.draw(st.integers(0, len(runs)))
        after = data.draw(st.integers(before, len(runs)))
        found = compare(store, before, after, threshold=0)
        old, new = ends[before], ends[after]
        assert {c.id: c.belief_after for c in found.came} == {i: new[i][0] for i in new.keys() - old.keys()}
        assert {c.id: c.belief_before for c in found.went} == {i: old[i][0] for i in old.keys() - new.keys()}
        assert {c.id: (c.belief_before, c.belief_after) for c in found.believed} == {
            i: (old[i][0], new[i][0]) for i in old.keys() & new.keys() if old[i][0] != new[i][0]
        }
        assert {f.id for f in found.factors_came} == factors[after] - factors[before]
        assert {f.id for f in found.factors_went} == factors[before] - factors[after]
        assert all(c.causes for c in (*found.came, *found.went, *found.believed))
        assert diff_text.markdown(found)
        assert etree.fromstring(diff_html.feed(found).encode()).tag == "rss"


def test_a_new_paper_is_told_with_its_sentence(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN], title="A title", date="2024"))
    found = diff(shelf, 0)
    (change,) = found.came
    assert (change.belief_before, change.belief_after, change.documents_after) == (0.0, 0.8, 1)
    assert [(c.document, c.reasons, c.title) for c in change.causes] == [("PMID:1", ("new",), "A title")]
    assert [q.sentence for q in change.quotes] == ["miR-21-5p targets PTEN."]
    assert {f.name for f in found.factors_came} == {"miR-21-5p", "PTEN"}
    text = diff_text.markdown(found)
    assert "- **miR-21-5p targets PTEN**: belief 0.80, 1 document" in text
    assert "  - new paper, 2024: [PMID:1](https://pubmed.ncbi.nlm.nih.gov/1/)" in text
    assert '  - "miR-21-5p targets PTEN." [PMID:1]' in text


def test_a_retraction_takes_a_triple_and_its_factors_away_and_says_why(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]), reading("PMID:2", [TJP1]))
    shelf.new_run()
    shelf.write(reading("PMID:1", [PTEN], status=Status.RETRACTED, status_reason="retracted by PMID:9"))
    found = diff(shelf, 1)
    assert told(found.went) == ["miR-21-5p targets PTEN"]
    assert [f.name for f in found.factors_went] == ["PTEN"]
    text = diff_text.markdown(found)
    assert "retracted: retracted by PMID:9: [PMID:1]" in text
    assert 'it said: "miR-21-5p targets PTEN."' in text


def test_a_deleted_paper_lowers_a_belief(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]), reading("PMID:2", [PTEN]))
    shelf.new_run()
    shelf.write(tombstone("PMID:2"))
    (change,) = diff(shelf, 1).believed
    assert (change.belief_before, change.belief_after) == (0.96, 0.8)
    assert (change.documents_before, change.documents_after) == (2, 1)
    assert [c.reasons for c in change.causes] == [("deleted",)]


def test_a_pair_that_leans_the_other_way_has_turned(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    shelf.new_run()
    shelf.write(reading("PMID:2", [RAISES]), reading("PMID:3", [RAISES]))
    found = diff(shelf, 1)
    (turn,) = found.turned
    assert (turn.subject, turn.object, turn.sign_before, turn.sign_after) == ("miR-21-5p", "PTEN", -1, 1)
    assert {c.document for c in turn.causes} == {"PMID:2", "PMID:3"}
    assert {q.document for q in turn.quotes} == {"PMID:2", "PMID:3"}
    assert "## Turned" in diff_text.markdown(found)
    assert "miR-21-5p raises PTEN (was: lowers)" in diff_text.markdown(found)
    assert diff(shelf, 0).turned == []


def test_rules_are_the_reason_with_both_versions(shelf: Shelf) -> None:
    ledger = Ledger(shelf.store)
    shelf.run = ledger.start({"rules": "a1"}, "1")
    shelf.write(reading("PMID:1", text="miR-21-5p targets PTEN."))
    before, shelf.run = shelf.run, ledger.start({"rules": "b2"}, "2")
    shelf.write(reading("PMID:1", [PTEN]))
    text = diff_text.markdown(diff(shelf, before))
    assert "read with another set of rules (a1 → b2): [PMID:1]" in text
    assert "Version of rules: a1 → b2" in text


def test_several_runs_are_added_up(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    for item in (reading("PMID:2", [TJP1]), tombstone("PMID:2"), reading("PMID:3", [PTEN])):
        shelf.new_run()
        shelf.write(item)
    found = diff(shelf, 1)
    assert (told(found.came), told(found.went), told(found.believed)) == ([], [], ["miR-21-5p targets PTEN"])
    assert told(diff(shelf, 1, 2).came) == ["miR-21-5p targets TJP1"]
    assert told(diff(shelf, 2, 3).went) == ["miR-21-5p targets TJP1"]


def test_a_small_change_is_counted_and_not_listed(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [said("miR-21-5p", "targets", "PTEN", confidence=0.99)]))
    shelf.new_run()
    shelf.write(reading("PMID:2", [said("miR-21-5p", "targets", "PTEN", confidence=0.3)]))
    found = diff(shelf, 1)
    assert (found.believed, found.small, found.empty) == ([], 1, False)
    assert "1 belief changed by less than 0.01." in diff_text.markdown(found)


def test_a_diff_without_changes_says_so_in_every_format(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    shelf.new_run()
    found = diff(shelf, 1)
    assert found.empty
    assert "Nothing changed." in diff_text.markdown(found)
    assert "Nothing changed." in diff_html.page(found)
    assert "Nothing changed." in diff_html.feed(found)
    assert json.loads(diff_text.as_json(found))["empty"] is True


HOSTILE = '<script>alert("x")</script> & \x1b[31m \x00 ]]> *bold* `code`'


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_text_of_papers_is_never_markup(shelf: Shelf) -> None:
    name = "G<img src=x onerror=1>"
    item = reading("PMID:1", [said(name, "inhibits", "PTEN")], title=HOSTILE)
    shelf.write(item, reading("PMID:2", [PTEN]))
    shelf.new_run()
    shelf.write(reading("PMID:2", [PTEN], status=Status.RETRACTED, status_reason=HOSTILE, title=HOSTILE))
    found = diff(shelf, 0)
    again = diff(shelf, 1)
    for each in (found, again):
        tags = _Tags()
        tags.feed(diff_html.page(each))
        assert not {tag for tag, _ in tags.seen} & {"script", "img", "iframe", "link"}
        for _, attributes in tags.seen:
            assert not any(key.startswith("on") for key in attributes)
            assert (attributes.get("href") or "https://pubmed.").startswith("https://pubmed.")
            assert "src" not in attributes
        root = etree.fromstring(diff_html.feed(each).encode())
        for description in root.iter("description"):
            shown = _Tags()
            shown.feed(description.text or "")
            assert not {tag for tag, _ in shown.seen} & {"script", "img"}
    text = diff_text.markdown(found) + diff_text.markdown(again)
    assert "\x1b" not in text
    assert not re.search(r"(?<!\\)<", text)


def test_a_page_asks_for_nothing_from_elsewhere(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    page = diff_html.page(diff(shelf, 0))
    assert "default-src 'none'" in page
    assert set(re.findall(r"https?://[^/\"]+", page)) == {"https://pubmed.ncbi.nlm.nih.gov"}
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/1/"' in page


def test_the_feed_has_what_rss_2_asks_for(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN]))
    found = diff(shelf, 0)
    root = etree.fromstring(diff_html.feed(found).encode())
    assert (root.tag, root.attrib) == ("rss", {"version": "2.0"})
    (channel,) = root
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]
    assert len(items) == len(set(guids)) == 3
    assert diff_html.feed(found) == diff_html.feed(diff(shelf, 0))
    assert "https://pubmed.ncbi.nlm.nih.gov/1/" in [item.findtext("link") for item in items]
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} \+0000", items[0].findtext("pubDate") or "")


def test_a_limit_says_how_much_it_leaves_out(shelf: Shelf) -> None:
    shelf.write(reading("PMID:1", [PTEN, TJP1, RAISES]))
    text = diff_text.markdown(diff(shelf, 0), 1)
    assert "... and 2 more" in text
    assert len(json.loads(diff_text.as_json(diff(shelf, 0), 1))["came"]) == 1


def test_runs_are_named_by_number_by_place_and_by_date(shelf: Shelf) -> None:
    for run, started in enumerate(("2026-11-01T03:00:00", "2026-11-02T03:00:00", "2026-11-09T03:00:00"), 1):
        shelf.run = run if run == 1 else shelf.new_run()
        shelf.store.connection.execute("UPDATE run SET started = ? WHERE id = ?", (started + "+00:00", run))
    asked = ("2", "last", "last-1", "last-3", "0", "2026-11-02", "2026-11-05", "2026-11-02T02:00", "2020-01-01")
    assert [find_run(shelf.store.connection, name) for name in asked] == [2, 3, 2, 0, 0, 2, 2, 1, 0]
    assert [run_since(shelf.store.connection, day) for day in ("2026-11-02", "2026-11-03", "2026-12-01")] == [
        1,
        2,
        3,
    ]


@pytest.mark.parametrize("name", ["9", "last-4", "yesterday", "-1", "last+1", "", "1.5", "２", "2026-13-01"])
def test_a_run_that_is_none_is_told(shelf: Shelf, name: str) -> None:
    with pytest.raises(UsageError, match="minex runs") as caught:
        find_run(shelf.store.connection, name)
    assert caught.value.exit_code == 2


def test_runs_in_the_wrong_order_are_told(shelf: Shelf) -> None:
    shelf.new_run()
    with pytest.raises(UsageError, match="run 2 came after run 1; give the earlier one first: 1 2"):
        compare(shelf.store, 2, 1)


def test_before_a_database_was_brought_up_to_date_nothing_is_known(shelf: Shelf) -> None:
    shelf.new_run()
    shelf.store.connection.execute("INSERT INTO history VALUES (2, '2026-11-05T00:00:00+00:00')")
    shelf.new_run()
    shelf.write(reading("PMID:1", [PTEN]))
    with pytest.raises(UsageError, match=r"changes are kept since 2026-11-05.* compare with run 2 or a later one"):
        compare(shelf.store, 1, 3)
    assert told(compare(shelf.store, 2, 3).came) == ["miR-21-5p targets PTEN"]


def test_a_database_of_version_1_begins_its_history_where_it_was_brought_up_to_date(tmp_path: Path) -> None:
    database = tmp_path / "old.db"
    with closing(sqlite3.connect(database)) as old:
        old.executescript((Path(__file__).parents[1] / "store" / "version_1.sql").read_text(encoding="utf-8"))
        last = old.execute("SELECT max(id) FROM run").fetchone()[0]
    with Store.open(database) as store:
        shelf = Shelf(store)
        assert shelf.run == last + 1
        shelf.write(reading("PMID:99", [said("miR-21-3p", "targets", "EGLN2")]))
        assert told(compare(store, last, shelf.run).came) == ["miR-21-3p targets EGLN2"]
        with pytest.raises(UsageError, match=f"compare with run {last} or a later one"):
            compare(store, 0, shelf.run)
