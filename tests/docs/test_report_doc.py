"""docs/report.md: sessions give what they show, and the Python example runs."""

from __future__ import annotations

import contextlib
import io

from tests.docs.pages import Cli, blocks, fits, session

PAGE = "report.md"


def test_the_sessions_and_the_example_give_what_they_show(minex: Cli) -> None:
    for block in blocks(PAGE):
        if block.language == "console":
            for command, output in session(block.text):
                printed = minex(command)
                assert fits(output, printed), f"line {block.line}: {command}\n{printed}"
        elif block.language == "python":
            told = io.StringIO()
            with contextlib.redirect_stdout(told):
                exec(compile(block.text, PAGE, "exec"), {})  # noqa: S102 - the page's own example
            assert told.getvalue().endswith(" True\n")
