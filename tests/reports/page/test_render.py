"""The page is one file that fetches nothing, and no text of a paper is ever markup in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from minex.reports.page import render
from minex.reports.page.render import data_block
from minex.store import sync
from tests.reports.page.shelves import EVIL, fill, hostile, page
from tests.store.conftest import Shelf


class Elements(HTMLParser):
    """What a page is made of: elements by name, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in ("script", "style"):
            self.inside.append((self._open, data))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def only_ours(text: str) -> None:
    """Fail if anything but the page's own words became markup."""
    elements = Elements(text)
    assert not [tag for tag, _ in elements.found if tag == "img"]
    assert not elements.comments
    assert not [attrs for _, attrs in elements.found if any(name.startswith("on") for name in attrs)]
    kinds = [attrs.get("type") for tag, attrs in elements.found if tag == "script"]
    assert kinds == ["application/json", *[None] * len(render._SCRIPTS)]


def test_no_text_of_a_paper_becomes_markup(shelf: Shelf) -> None:
    text = page(hostile(shelf))
    # In the sentence, the names of row, cells, network and heat map, title and journal.
    assert text.count("window.stolen = 1") > 8
    only_ours(text)


def test_a_query_of_markup_stays_text(shelf: Shelf) -> None:
    sync.put_query(fill(shelf).store, "evil", title=EVIL, term=EVIL)
    text = page(shelf)
    assert text.count("window.stolen = 1") == 4
    only_ours(text)


def test_the_policy_allows_the_scripts_and_styles_of_the_page_and_nothing_else(shelf: Shelf) -> None:
    elements = Elements(page(fill(shelf)))
    (policy,) = [attrs["content"] for tag, attrs in elements.found if attrs.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    for tag, text in elements.inside:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert (f"'sha256-{digest}'" in policy) is not (tag == "script" and text.startswith('{"nodes"'))


def test_nothing_is_fetched(shelf: Shelf) -> None:
    elements = Elements(page(fill(shelf)))
    assert not [tag for tag, _ in elements.found if tag in ("link", "iframe", "img", "object", "base", "form")]
    assert not [attrs for _, attrs in elements.found if "src" in attrs or "style" in attrs]
    assert all(
        re.match(r"#|https://(pubmed\.ncbi\.nlm\.nih\.gov/\d+/|js\.cytoscape\.org)$", str(attrs["href"]))
        for _, attrs in elements.found
        if "href" in attrs
    )


def test_ids_are_unique_and_links_inside_lead_somewhere(shelf: Shelf) -> None:
    elements = Elements(page(fill(shelf)))
    ids = [attrs["id"] for _, attrs in elements.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = {str(attrs["href"])[1:] for _, attrs in elements.found if str(attrs.get("href", "")).startswith("#")}
    assert inner <= set(ids)


def test_the_same_database_gives_the_same_page(shelf: Shelf) -> None:
    fill(shelf)
    assert page(shelf) == page(shelf)


def test_marks_tell_sentences_apart(shelf: Shelf) -> None:
    text = page(fill(shelf))
    assert '<em class="tag negated">denied</em>' in text
    assert '<em class="tag hedged">only suggested</em>' in text
    assert '<em class="tag cited">cited from another paper</em>' in text
    assert "<mark>miR-21</mark> <b>targets</b> <mark class=o>PTEN</mark>" in text
    assert '<a href="https://pubmed.ncbi.nlm.nih.gov/11/">PMID 11</a> 2015' in text


def test_an_empty_database_gives_a_page_that_says_so(shelf: Shelf) -> None:
    text = page(shelf)
    for words in ("No statement names both", "No factor was seen", "The year of no document", "None: everything"):
        assert words in text


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_data_in_a_script_reads_back_and_cannot_end_it(value: object) -> None:
    block = str(data_block(value))
    assert not set("<>&\u2028\u2029") & set(block)
    forbidden = re.compile(r"[^\t\n\r -\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
    # Lone surrogates and control characters are no text: they are replaced, as everywhere.
    text = json.dumps(value, ensure_ascii=False)
    if not forbidden.search(text):
        assert json.loads(block) == value
