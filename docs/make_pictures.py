"""Draw the pictures of the README from the demonstration corpus: the review table as SVG, the report as PNG.

python docs/make_pictures.py

The second needs Chromium and playwright (`minex[test]`).
"""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from minex import resources
from minex.jobs.runner import run
from minex.pipeline import Pipeline
from minex.reports.page.data import gather
from minex.reports.page.render import render
from minex.store import Store

IMAGES = Path(__file__).parent / "images"
QUERY = """
    SELECT factor, cancer, response_to_hypoxia, biological_function, mechanism, evidence_count
    FROM review_table
    WHERE vesicle <> '' AND mechanism <> '' AND biological_function <> ''
    ORDER BY factor_name, cancer
    LIMIT 8
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "demo.db") as store:
        run([resources.find("corpus/demo") / "abstracts.jsonl"], store, Pipeline())
        IMAGES.mkdir(exist_ok=True)
        draw_table(store.select(QUERY).rows)
        page = Path(folder) / "report.html"
        page.write_text(render(gather(store)), encoding="utf-8")
        photograph(page)


def draw_table(rows: list[tuple[Any, ...]]) -> None:
    """Draw the review table as a terminal shows it."""
    console = Console(record=True, width=132, file=io.StringIO())
    table = Table(show_lines=True)
    for heading in ("factor", "cancer", "hypoxia", "biological function", "mechanism", "evidence"):
        table.add_column(heading)
    for row in rows:
        table.add_row(*(str(value) for value in row))
    console.print(table)
    picture = console.export_svg(title="review_table in demo.db")
    # Rich's pictures fetch their font from the network; any monospaced one on the reader's machine will do.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    (IMAGES / "review-table.svg").write_text(picture, encoding="utf-8")


def photograph(page: Path) -> None:
    """Take a picture of the report: rows of one factor, a cell unfolded to its sentence, the network below."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1240, "height": 900})
        view.goto(page.as_uri())
        view.locator("#find").fill("exosomal miR-2")
        view.locator("#hypoxia").check()
        row = view.locator("#review > tbody:visible").filter(has_text="miR-23a")
        row.locator("a[href$=-function]").click()
        view.mouse.move(0, 0)
        box = view.locator("#network").bounding_box() or {"y": 0, "height": 900}
        clip: Any = {"x": 0, "y": 0, "width": 1240, "height": box["y"] + box["height"] + 24}
        picture = Image.open(io.BytesIO(view.screenshot(full_page=True, clip=clip)))
        # A page has few colours: 128 of them look the same and take a third of the room.
        picture.convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            IMAGES / "report.png", optimize=True
        )
        browser.close()


if __name__ == "__main__":
    main()
