"""Pages of the documentation as tests: their fenced blocks in order, and commands run as a reader would."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).resolve().parents[2] / "docs"
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_NUMBER = r"[\d.,]+"

Cli = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the `key=value` words after it, its text and its line in the page."""

    language: str
    keys: dict[str, str]
    text: str
    line: int


def script(name: str) -> ModuleType:
    """Return a program of docs/, imported."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, those that `docs/make_docs.py` makes left aside."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        language, *words = match["info"].split() or [""]
        keys = dict(word.split("=", 1) for word in words)
        yield Block(language, keys, match["text"], text.count("\n", 0, match.start()) + 1)


def session(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a `$ ...` session with the output that stands below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def shell(command: str, folder: Path) -> None:
    """Run a command that is not minex's, with this Python first on the path."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    subprocess.run(["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, check=True)


def fits(shown: str, printed: str) -> bool:
    """Return whether an output is the one shown: `#` is any number, `...` anything, a line of `...` any lines.

    Examples:
        >>> fits("...\\nfired, priority #\\n", "parse\\nnearly\\nfired, priority 60\\n")
        True
    """
    pattern = ""
    for line in shown.splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*"
        else:
            escaped = re.escape(line.rstrip()).replace(re.escape("..."), ".*")
            pattern += escaped.replace(re.escape("#"), _NUMBER) + r"[ ]*\n"
    return re.fullmatch(pattern, printed if not printed or printed.endswith("\n") else printed + "\n") is not None
