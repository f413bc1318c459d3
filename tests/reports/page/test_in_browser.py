"""The report in a real browser, opened as a file: what a reader does with mouse, keyboard, phone and printer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from minex.store import Store
from tests.chromium import DESKTOP, Watched, needs_chromium
from tests.reports.page.shelves import fill, hostile, page
from tests.store.conftest import Shelf

pytestmark = needs_chromium


class Opened:
    """A report that is open, and short ways to its parts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.locator("#review > tbody")

    def row(self, factor: str) -> Locator:
        return self.rows.filter(has=self.page.get_by_role("rowheader", name=factor))

    def factors(self) -> list[str]:
        return self.page.locator("#review > tbody:visible > tr:first-child > th").all_inner_texts()

    def sentences(self) -> list[str]:
        return self.page.locator("#review li:visible").all_inner_texts()

    def picked(self) -> list[str]:
        return self.page.evaluate("minexNetwork.cy.elements('.picked').map((each) => each.data('name') || 'edge')")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report, to be looked at and not to be changed."""
    folder = tmp_path_factory.mktemp("report")
    file = folder / "report.html"
    with Store.open(folder / "x.db") as store:
        file.write_text(page(fill(Shelf(store))), encoding="utf-8")
    return file


@pytest.fixture
def opened(watched: Watched, file: Path) -> Iterator[Opened]:
    """The report, opened; at the end nothing was fetched and nothing complained."""
    requests: list[str] = []
    watched.on("request", lambda request: requests.append(request.url))
    watched.page.goto(file.as_uri())
    yield Opened(watched.page)
    assert requests == [file.as_uri()]
    assert watched.complaints == []


def test_nothing_serious_bars_a_reader(opened: Opened, watched: Watched) -> None:
    opened.page.locator("#unfold").click()
    opened.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert watched.serious() == []
    opened.page.emulate_media(color_scheme="dark")
    assert watched.serious() == []


def test_the_page_is_as_wide_as_the_window(opened: Opened) -> None:
    opened.page.locator("#unfold").click()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_table_is_sorted_by_a_click_on_its_head(opened: Opened) -> None:
    assert opened.factors() == ["exosomal miR-21", "EGLN1"]
    head = opened.page.get_by_role("button", name="Factor", exact=True)
    head.click()
    assert opened.factors() == ["EGLN1", "exosomal miR-21"]
    expect(opened.page.locator("#review thead th").first).to_have_attribute("aria-sort", "ascending")
    head.press("Enter")
    assert opened.factors() == ["exosomal miR-21", "EGLN1"]
    evidence = opened.page.get_by_role("button", name="Evidence", exact=True)
    evidence.click()
    assert opened.factors() == ["exosomal miR-21", "EGLN1"]
    evidence.click()
    assert opened.factors() == ["EGLN1", "exosomal miR-21"]


def test_the_table_is_filtered_by_words_cancer_and_kind(opened: Opened) -> None:
    told = opened.page.locator("#shown")
    expect(told).to_have_text("2 rows")
    opened.page.get_by_label("Search").fill("pten")
    assert opened.factors() == ["exosomal miR-21"]
    expect(told).to_have_text("1 of 2 rows")
    opened.page.get_by_label("Search").fill("13")
    assert opened.factors() == ["exosomal miR-21", "EGLN1"]
    opened.page.get_by_role("combobox", name="Cancer").select_option("cancer")
    assert opened.factors() == ["EGLN1"]
    opened.page.get_by_label("contradicted").check()
    assert opened.factors() == []
    opened.page.get_by_role("button", name="Clear the filters").click()
    assert len(opened.factors()) == 2
    opened.page.get_by_label("answers to hypoxia").check()
    assert opened.factors() == ["exosomal miR-21"]
    opened.page.get_by_role("combobox", name="Factor").select_option("GENE")
    assert opened.factors() == []


def test_a_cell_unfolds_to_its_sentences_with_their_marks(opened: Opened) -> None:
    cell = opened.row("miR-21").get_by_role("button", name="increases PTEN")
    expect(cell).to_have_attribute("aria-expanded", "false")
    cell.click()
    expect(cell).to_have_attribute("aria-expanded", "true")
    said = opened.sentences()
    assert len(said) == 3
    assert any("only suggested" in each for each in said)
    assert any("cited from another paper" in each for each in said)
    # The title stands once in the page, and comes to the sentence when it is shown.
    assert any("PMID 11 Exosomes carry miR-21 J Test 2015" in " ".join(each.split()) for each in said)
    first = opened.page.locator("#review li:visible").filter(has_text="PMID 11")
    assert first.locator("mark").all_inner_texts() == ["miR-21", "PTEN"]
    assert first.locator("b").first.inner_text() == "targets"
    link = opened.page.locator("#review li:visible a").first
    expect(link).to_have_attribute("href", "https://pubmed.ncbi.nlm.nih.gov/13/")
    cell.click()
    assert opened.sentences() == []


def test_a_cell_unfolds_by_the_keyboard_and_another_takes_its_place(opened: Opened) -> None:
    row = opened.row("miR-21")
    row.get_by_role("button", name="promotes migration").press("Space")
    assert any("denied" in each for each in opened.sentences())
    row.get_by_role("button", name="increased", exact=True).press("Enter")
    (only,) = opened.sentences()
    assert only.startswith("hypoxia increases miR-21")


def test_the_heat_map_leads_to_a_row_even_if_it_was_filtered_away(opened: Opened) -> None:
    opened.page.get_by_label("Search").fill("EGLN1")
    opened.page.get_by_role("link", name="miR-21 in lung cancer: 3 papers, higher level").click()
    expect(opened.row("miR-21")).to_be_in_viewport()
    assert len(opened.sentences()) == 7


def test_a_node_is_clicked_in_the_drawing_and_its_neighbours_are_told(opened: Opened) -> None:
    panel = opened.page.locator("#panel")
    expect(panel).to_contain_text("relations drawn")
    box = opened.page.locator("#graph")
    box.scroll_into_view_if_needed()
    spot = opened.page.evaluate(
        "(({x, y}) => ({x, y}))(minexNetwork.cy.nodes().filter((each) => each.data('name') === 'miR-21')"
        ".renderedPosition())"
    )
    box.click(position=spot)
    expect(panel.get_by_role("heading")).to_have_text("miR-21")
    assert opened.picked() == ["miR-21"]
    panel.get_by_role("button", name="Only it and its neighbours").click()
    names = opened.page.evaluate("minexNetwork.cy.nodes().map((each) => each.data('name')).sort()")
    assert names == ["PTEN", "hypoxia", "miR-21", "migration"]
    panel.get_by_role("button", name="Hide it").click()
    assert "miR-21" not in opened.page.evaluate("minexNetwork.cy.nodes().map((each) => each.data('name'))")
    opened.page.get_by_role("button", name="Show all again").click()
    assert "miR-21" in opened.page.evaluate("minexNetwork.cy.nodes().map((each) => each.data('name'))")


def test_a_relation_is_chosen_by_keyboard_and_shows_its_sentences(opened: Opened) -> None:
    panel = opened.page.locator("#panel")
    panel.get_by_role("button", name="EGLN1 ⊣ TJP1").press("Enter")
    expect(panel.get_by_role("heading")).to_have_text("EGLN1 lowers TJP1")
    expect(panel.locator("li")).to_have_count(1)
    expect(panel.locator("mark").first).to_have_text("EGLN1")
    assert opened.picked() == ["edge"]


def test_a_concept_is_found_by_name(opened: Opened) -> None:
    opened.page.get_by_label("Find").fill("tjp1")
    opened.page.get_by_label("Find").press("Enter")
    expect(opened.page.locator("#panel").get_by_role("heading")).to_have_text("TJP1")
    assert opened.picked() == ["TJP1"]


def test_signs_and_kinds_are_left_out_of_the_drawing_at_will(opened: Opened) -> None:
    opened.page.locator("#network").get_by_label("lowers").uncheck()
    signs = "minexNetwork.cy.edges().map((each) => each.data('sign'))"
    assert set(opened.page.evaluate(signs)) == {1}
    opened.page.locator("#network").get_by_label("processes").uncheck()
    assert "migration" not in opened.page.evaluate("minexNetwork.cy.nodes().map((each) => each.data('name'))")


def test_zoom(opened: Opened) -> None:
    before = opened.page.evaluate("minexNetwork.cy.zoom()")
    opened.page.get_by_role("button", name="Zoom in").click()
    assert opened.page.evaluate("minexNetwork.cy.zoom()") > before
    opened.page.get_by_role("button", name="Zoom out").click()
    assert opened.page.evaluate("minexNetwork.cy.zoom()") == pytest.approx(before)


def test_a_report_prints(opened: Opened) -> None:
    opened.page.locator("#unfold").click()
    assert opened.page.pdf().startswith(b"%PDF")
    opened.page.emulate_media(media="print", color_scheme="dark")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(opened.page.locator("#table .controls")).to_be_hidden()


def test_text_of_papers_runs_nothing(watched: Watched, shelf: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "evil.html"
    file.write_text(page(hostile(shelf)), encoding="utf-8")
    watched.page.goto(file.as_uri())
    for name in ("inhibits PTEN", "1 paper, 1 sentence"):
        watched.page.get_by_role("button", name=name).first.click()
    watched.page.locator("#panel .list button").first.click()
    assert watched.page.evaluate("window.stolen") is None
    assert watched.page.locator("img").count() == 0
    assert watched.complaints == []


def test_what_is_not_ours_could_not_run_if_it_got_in(watched: Watched, file: Path, tmp_path: Path) -> None:
    evil = '<script>window.stolen = 1</script><img src="https://example.org/x" onerror="window.stolen = 2"></main>'
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(file.read_text(encoding="utf-8").replace("</main>", evil), encoding="utf-8")
    watched.page.goto(spoilt.as_uri())
    assert watched.page.evaluate("window.stolen") is None
    assert all("Content Security Policy" in each or "blocked" in each.lower() for each in watched.complaints)


def test_without_scripts_the_table_and_its_sentences_can_be_read(browser: Browser, file: Path) -> None:
    with browser.new_context(viewport=DESKTOP, java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(file.as_uri())
        row = opened.locator("#review > tbody").first
        row.get_by_text("Sentences", exact=True).click()
        expect(row.locator("li").first).to_be_visible()
        expect(opened.locator("#table .controls")).to_be_hidden()
        expect(opened.get_by_text("The network is drawn by a script")).to_be_visible()
