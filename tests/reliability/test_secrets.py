"""An API key stands in no file, on no screen and in no crash, whatever NCBI's server does with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pubmed.citations import Citation
from tests.pubmed.server import Fault, PubMed, Server

KEY = "5ecre7c0de5ecre7c0de5ecre7c0de5ecre7"
CRASH = """
import sys
from minex.pubmed import {module}
def broken(*given, **named):
    raise ZeroDivisionError("a bug of minex")
{module}.{name} = broken
sys.argv = ["minex", *sys.argv[1:]]
from minex.cli import main
main()
"""


def refresh(server: Server, folder: Path, program: str = "") -> tuple[int, bytes]:
    """Run the real `minex refresh` with a key; return its exit status and all that it left: screen and files."""
    home = folder / "home"
    (home / "queries").mkdir(parents=True, exist_ok=True)
    (home / "queries" / "mine.toml").write_text('title = "Mine"\nterm = "exosomes"\n')
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "MINEX_QUERIES": str(home / "queries"),
        "MINEX_EUTILS": server.base,
        "MINEX_EMAIL": "tests@example.org",
        "NCBI_API_KEY": KEY,
        "MINEX_LEXICON": os.devnull,
        "PYTHONFAULTHANDLER": "1",
    }
    start = [sys.executable, "-c", program] if program else [sys.executable, "-m", "minex"]
    call = [*start, "refresh", "mine", "--db", str(folder / "x.db")]
    done = subprocess.run(call, env=environment, capture_output=True, check=False, timeout=120)
    files = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return done.returncode, done.stdout + done.stderr + files


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", 400, text=f'{{"error": "API key invalid", "api-key": "{KEY}"}}'),
        Fault("error", text=f"nothing todo with the key {KEY}"),
    ],
    ids=["refused", "an error inside an answer"],
)
def test_a_server_that_repeats_the_key_does_not_make_it_known(fault: Fault, tmp_path: Path) -> None:
    with Server(PubMed([Citation("1", "Exosomes.")]), keys=[KEY]) as server:
        server.fault_of = lambda request: fault
        code, left = refresh(server, tmp_path)
        assert server.requests, "it never asked"
        assert all(request.parameters.get("api_key") == KEY for request in server.requests)
        assert code == 1
    assert KEY.encode() not in left


def test_a_crash_of_minex_shows_no_key(tmp_path: Path) -> None:
    with Server(PubMed([Citation("1", "Exosomes.")]), keys=[KEY]) as server:
        code, left = refresh(server, tmp_path, CRASH.format(module="answers", name="_number"))
    assert (code, b"ZeroDivisionError" in left) == (1, True)
    assert KEY.encode() not in left
