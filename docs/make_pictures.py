"""Draw the picture of the README: the review table of the demonstration corpus, as SVG.

python docs/make_pictures.py
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from minex import resources
from minex.jobs.runner import run
from minex.pipeline import Pipeline
from minex.store import Store

PICTURE = Path(__file__).parent / "images" / "review-table.svg"
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
        rows = store.select(QUERY).rows
    console = Console(record=True, width=132, file=io.StringIO())
    table = Table(show_lines=True)
    for heading in ("factor", "cancer", "hypoxia", "biological function", "mechanism", "evidence"):
        table.add_column(heading)
    for row in rows:
        table.add_row(*(str(value) for value in row))
    console.print(table)
    PICTURE.parent.mkdir(exist_ok=True)
    picture = console.export_svg(title="review_table in demo.db")
    # Rich's pictures fetch their font from the network; any monospaced one on the reader's machine will do.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    PICTURE.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
