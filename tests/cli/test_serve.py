"""`minex serve` as a command: what it says before it serves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from minex.web import server
from tests.cli.conftest import Minex


def test_a_missing_extra_is_told_with_its_install_command() -> None:
    program = "import sys; sys.modules['datasette'] = None; from minex.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", program, "serve", "x.db"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "minex: minex serve needs Datasette (datasette is missing); install it: pip install 'minex[web]'\n"
    )


@pytest.mark.parametrize(
    ("host", "warned"),
    [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True)],  # noqa: S104
)
def test_another_host_than_this_machine_is_told_what_it_means(
    minex: Minex, demo_db: Path, monkeypatch: pytest.MonkeyPatch, host: str, warned: bool
) -> None:
    served: list[tuple[Any, ...]] = []
    monkeypatch.setattr(
        server, "serve", lambda *given, **options: served.append((*given, options["open_browser"]))
    )
    answer = minex("serve", demo_db, "--host", host, "--port", "0", "--open")
    assert served == [(demo_db, host, 0, True)]
    assert ("everybody who can reach this machine can read all of the database" in answer.err) is warned


def test_a_file_that_is_not_there_is_told(minex: Minex, tmp_path: Path) -> None:
    answer = minex("serve", tmp_path / "none.db")
    assert answer.code == 1
    assert "there is no such database; make one with: minex run" in answer.err
