"""docs/pairs.md: its example runs, and its limits are those of the reader."""

from __future__ import annotations

import contextlib
import io

from minex.extraction.pairs.reader import IMPOSSIBLE, LEAST, NEVER
from tests.docs.pages import FOLDER, blocks


def test_the_example_prints_three_features_with_their_weights() -> None:
    (block,) = (each for each in blocks("pairs.md") if each.language == "python")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(block.text, {})  # noqa: S102
    lines = out.getvalue().splitlines()
    assert len(lines) == 3
    assert all(float(line.split()[-1]) for line in lines)


def test_the_page_says_from_where_a_claim_is_dropped_and_from_where_one_is_said() -> None:
    page = (FOLDER / "pairs.md").read_text(encoding="utf-8")
    assert f"less than {IMPOSSIBLE:.0%} likely" in page
    names = {"~": "associated", "+": "raises", "d": "lower in"}
    assert {each for each, limit in LEAST.items() if limit < NEVER} == set(names)
    assert all(f"| {name}, {LEAST[each]:g} |" in page for each, name in names.items())
