"""What people look at, in a real Chromium: on a desk and on a phone, without complaints, and for everybody."""

from __future__ import annotations

import pytest

from tests.chromium import Watched, needs_chromium

pytestmark = needs_chromium

OURS = (
    "/",
    "/-/find?q=lung",
    "/x/targets_of_a_mirna?mirna=miR-21",
    "/x/factors_of_a_cancer?cancer=lung+cancer",
    "/x/evidence_of_a_triple?subject=miR-21&object=PTEN",
    "/x/concept/mirbase~2Emature~3AMIMAT0000076",
    "/x/document/PMID~3A5",
)
DATASETTES = ("/x", "/x/evidence", "/x/triple_named", "/x?sql=select+1")


@pytest.mark.parametrize("path", [*OURS, *DATASETTES])
def test_a_page_is_fit_for_everybody(watched: Watched, address: str, path: str) -> None:
    watched.page.goto(address + path)
    assert watched.serious() == []
    assert watched.complaints == []
    width = watched.page.viewport_size
    assert width is not None
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width["width"]


def test_a_question_is_asked_and_leads_to_its_evidence(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    page.get_by_label("miRNA", exact=True).fill("miR-21")
    page.get_by_role("button", name="Ask: Targets of a miRNA").click()
    row = page.get_by_role("row").filter(has_text="PTEN").filter(has_text="targets")
    row.locator("td.col-evidence a").click()
    page.wait_for_url("**/x/triple/*")
    assert page.get_by_role("heading", level=1).inner_text() == "miR-21-5p targets PTEN"
    assert page.locator("blockquote mark.subject").first.inner_text() == "miR-21-5p"
    assert page.get_by_role("link", name="PubMed 1").get_attribute("href") == "https://pubmed.ncbi.nlm.nih.gov/1/"
    assert watched.complaints == []


def test_sentences_are_searched_and_narrowed_by_a_facet(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    page.get_by_label("Search the sentences").fill("miR-21-5p")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/x/evidence?_search=miR-21-5p")
    assert page.locator("article.piece").count() == 5
    page.locator("#facet-predicate").get_by_role("link", name="promotes").click()
    page.wait_for_url("**&predicate=promotes")
    assert page.locator("article.piece mark.trigger").all_inner_texts() == ["promotes"]
    assert watched.complaints == []


def test_a_name_at_the_top_leads_to_its_page(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/x/evidence")
    page.get_by_label("Name, PMID, or triple").fill("hypoxia")
    page.get_by_role("button", name="Find").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("hypoxia")
    page.get_by_role("link", name="hypoxia increases miR-21-5p").click()
    page.wait_for_url("**/x/triple/*")
    assert page.locator("article.piece").count() == 1
    assert watched.complaints == []


def test_what_denies_and_what_suggests_is_told_apart_without_colours(watched: Watched, address: str) -> None:
    watched.page.goto(f"{address}/x/evidence_of_a_triple?subject=miR-21&object=PTEN")
    borders = watched.page.evaluate(
        "[...document.querySelectorAll('article')].map(one => getComputedStyle(one).borderLeftStyle)"
    )
    assert sorted(borders) == ["dashed", "solid", "solid"]
    assert watched.page.locator(".badge").all_inner_texts() == ["only suggested", "denied"]


def test_markup_in_papers_runs_nothing(watched: Watched, address: str) -> None:
    dialogs: list[str] = []
    watched.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in (
        "/x/document/PMID~3A5",
        "/x/evidence",
        "/x/concept",
        "/x/what_acts_on_it?name=TJP1",
        "/x/passage",
    ):
        watched.page.goto(address + path)
        assert watched.page.get_by_text("<script>alert('x')</script>").count() > 0
    assert dialogs == []
    assert watched.complaints == []
