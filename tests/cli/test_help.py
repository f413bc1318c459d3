"""Every command is documented, and its help ends in an example that runs."""

from __future__ import annotations

import functools
import gzip
import os
import re
import resource
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from minex import __version__
from minex.cli import app
from minex.mirror.update import update
from tests.cli.conftest import Answer, Minex
from tests.mirror.maker import Paper, file_of
from tests.pubmed.citations import Citation
from tests.pubmed.server import PubMed, Server

ROOT = Path(__file__).resolve().parents[2]
DEAR = {"lexicon build", "gold align", "gold build", "gold fetch"}
"""Commands whose example needs what a test has not: packages or papers to fetch."""


def commands(group: object, path: tuple[str, ...] = ()) -> Iterator[str]:
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name))


COMMANDS = sorted(commands(typer.main.get_command(app)))


@functools.cache
def documentation() -> str:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages if page.exists())


def example(minex: Minex, command: str) -> str:
    """Return the last line of a command's description, as it is shown at 80 columns."""
    shown = minex(*command.split(), "--help").out
    description = re.split(r"\n(?:Arguments|Options):\n", shown)[0].rstrip()
    before, _, last = description.rpartition("Example:\n\n")
    assert before, f"the help of {command} does not end in an example"
    assert "\n" not in last, f"the example of {command} is broken over lines"
    return last.strip()


def obey(minex: Minex, line: str) -> Answer:
    """Run a line as a shell would: `echo TEXT |` before the command and `> FILE` after it are understood."""
    words = shlex.split(line)
    stdin = b""
    if words[0] == "echo":
        stdin = f"{words[1]}\n".encode()
        assert words[2] == "|"
        words = words[3:]
    target = None
    if ">" in words:
        target = Path(words[-1])
        words = words[: words.index(">")]
    assert words[0] == "minex"
    answer = minex(*words[1:], stdin=stdin)
    if target is not None:
        target.write_text(answer.out, encoding="utf-8")
    return answer


def test_the_commands_are_those_of_the_design() -> None:
    assert {
        "demo", "run", "annotate", "schema", "sql", "search", "explain", "doctor",
        "patterns test", "lexicon info", "lexicon add", "lexicon block",
        "lexicon build",
    } <= set(COMMANDS)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_every_parameter_too(command: str) -> None:
    found: object = typer.main.get_command(app)
    for name in command.split():
        found = found.commands[name]  # type: ignore[attr-defined]
    first = (found.help or "").partition("\n")[0]  # type: ignore[attr-defined]
    assert first.endswith(".")
    for parameter in found.params:  # type: ignore[attr-defined]
        assert getattr(parameter, "help", None), f"{parameter.name} has no help"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_documentation(command: str) -> None:
    text = documentation()
    group, _, name = command.partition(" ")
    assert re.search(rf"minex {group}\b" + (rf" (?:\w+\|)*{name}\b" if name else ""), text)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_ends_in_an_example_that_runs(
    command: str, minex: Minex, demo_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = example(minex, command)
    assert f"minex {command}" in line
    if command in DEAR:
        return
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MINEX_QUERIES", str(tmp_path / "queries"))
    monkeypatch.setenv("MINEX_LEXICON", str(tmp_path / "lexicon.yaml"))
    if command == "serve":
        # It would serve until somebody ends it.
        monkeypatch.setattr("uvicorn.Server.run", lambda *_, **options: None)
        monkeypatch.setattr("webbrowser.open", lambda address: True)
    if command != "demo":
        Path("demo.db").write_bytes(demo_db.read_bytes())
    Path("notes.txt").write_text("miR-21 inhibits PTEN in lung cancer.\n", encoding="utf-8")
    Path("corpus.jsonl").write_text(
        '{"id": "1", "text": "PTEN fell.", "mentions": [{"start": 0, "end": 4, "type": "GENE"}]}\n',
        encoding="utf-8",
    )
    Path("pubmed.xml.gz").write_bytes(
        gzip.compress(
            b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>miR-21 "
            b"inhibits PTEN.</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
        )
    )
    Path("notes.units.tsv").write_text("N001\ttext\t\tmiR-21 inhibits PTEN.\n", encoding="utf-8")
    for reader in ("a", "b"):
        Path("passes", reader).mkdir(parents=True)
        passed = "@ N001\nM MIRNA | miR-21 | miR-21\nM GENE | PTEN | PTEN\nS miR-21 -> inhibits -> PTEN\n"
        Path("passes", reader, "notes.txt").write_text(passed, encoding="utf-8")
    if command == "merge":
        assert minex("run", "notes.txt", "--shards", "shards").code == 0
    paper = Citation("1", "Exosomes in hypoxia.", "Hypoxia increased miR-210 in exosomes of cancer cells.")
    Path("pubmed").mkdir()
    file_of(Path("pubmed"), 1, [Paper(1, "Exosomes in hypoxia.")])
    if command in ("mirror status", "mirror search"):
        update(Path("pubmed"))
    with Server(PubMed([paper])) as server:
        monkeypatch.setenv("MINEX_EUTILS", server.base)
        monkeypatch.setenv("MINEX_EMAIL", "tests@example.org")
        answer = obey(minex, line)
    assert (answer.code, bool(answer.out)) == (0, True), answer.err


def test_a_group_without_a_command_shows_its_help(minex: Minex) -> None:
    for arguments in ((), ("patterns",), ("lexicon",)):
        answer = minex(*arguments)
        assert answer.code == 2
        assert "Commands:" in answer.out + answer.err


def test_the_version(minex: Minex) -> None:
    assert minex("--version").out == f"minex {__version__}\n"


def test_help_answers_in_half_a_second() -> None:
    """Seconds of the processor: how busy the machine is besides says nothing of minex."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["minex", "--help"], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < 0.5


def test_help_loads_nothing_heavy() -> None:
    heavy = ("spacy", "scispacy", "numpy", "pandas", "lxml", "sqlite_utils", "yaml", "Bio", "thinc", "sqlite3")
    program = f"import sys, minex.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_it_runs_as_a_module_too() -> None:
    for module in ("minex", "minex.cli"):
        done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, cwd=os.sep)
        assert done.stdout == f"minex {__version__}\n".encode()
