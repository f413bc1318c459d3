"""docs/refresh.md: its commands, against a server that behaves as E-utilities do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import blocks, fits, session
from tests.pubmed.citations import Citation
from tests.pubmed.server import PubMed, Server

PAPERS = [
    Citation(str(number), "Exosomes in hypoxia.", f"Hypoxia increased miR-{number} in exosomes of cancer cells.")
    for number in (210, 21, 494)
]


def test_the_sessions_give_what_they_show(tmp_path: Path) -> None:
    environment = {**os.environ, "MINEX_QUERIES": str(tmp_path / "queries")}
    environment.pop("MINEX_EMAIL", None)
    with Server(PubMed(PAPERS)) as server:
        environment["MINEX_EUTILS"] = server.base
        for block in blocks("refresh.md"):
            for command, output in session(block.text) if block.language == "console" else ():
                if command.startswith("export "):
                    name, _, value = command.removeprefix("export ").partition("=")
                    environment[name] = value
                    continue
                done = subprocess.run(
                    ["bash", "-c", command.replace("minex", f"{sys.executable} -m minex", 1)],
                    cwd=tmp_path,
                    env=environment,
                    capture_output=True,
                    text=True,
                )
                assert "Traceback" not in done.stderr
                assert fits(output, done.stdout + done.stderr), f"{command}\n{done.stdout}{done.stderr}"
