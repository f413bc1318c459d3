"""What is shipped: one version, everything that reading needs, and nothing that is not ours to give."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from importlib import metadata, util
from pathlib import Path

import pytest

import minex

ROOT = Path(__file__).resolve().parents[1]
MIB = 1 << 20


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nobody knows what belongs to it")
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    return [path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_the_version_stands_in_one_place() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["version"]' in project
    assert 'path = "minex/__init__.py"' in project
    assert not re.search(r"^version\s*=", project, re.MULTILINE)
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:\.dev\d+|rc\d+)?", minex.__version__)
    files = [
        path for path in (ROOT / "minex").rglob("*.py") if "__version__ =" in path.read_text(encoding="utf-8")
    ]
    assert files == [ROOT / "minex" / "__init__.py"]


def test_what_is_installed_has_this_version() -> None:
    assert metadata.version("minex") == minex.__version__


def test_the_changelog_begins_with_this_version() -> None:
    changelog = ROOT / "CHANGELOG.md"
    (first, *_) = re.findall(r"^## (\S+)", changelog.read_text(encoding="utf-8"), re.MULTILINE)
    assert first == minex.__version__


def test_pythons_that_do_not_fit_are_refused() -> None:
    assert 'requires-python = ">=3.10,<3.13"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: pip install hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)]
    subprocess.run([sys.executable, *command], check=True)
    (file,) = folder.glob("minex-*.whl")
    return file


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_all_that_reading_needs(wheel: Path) -> None:
    held = names(wheel)
    assert wheel.name == f"minex-{minex.__version__}-py3-none-any.whl"
    assert {
        "minex/py.typed",
        "minex/cli/__init__.py",
        "minex/lexicon/data/lexicon.xz",
        "minex/lexicon/data/mesh.xz",
        "minex/lexicon/data/SOURCES.md",
        "minex/syntax/model/meta.json",
        "minex/syntax/model/parser/model",
        "minex/reports/page/static/page.css",
        "minex/reports/page/templates/page.html",
        "minex/reports/vendor/cytoscape.LICENSE",
        "minex/reports/vendor/cytoscape.min.js",
        "minex/data/patterns/taxonomy.yaml",
        "minex/data/corpus/demo/abstracts.jsonl",
        "minex/data/corpus/queries/hypoxia-exosome-cancer.toml",
    } <= held
    shipped = {str(path.relative_to(ROOT / "patterns")) for path in (ROOT / "patterns").rglob("*.*")}
    assert {f"minex/data/patterns/{name}" for name in shipped} <= held


def test_the_wheel_holds_nothing_of_others(wheel: Path) -> None:
    held = names(wheel)
    assert all(name.startswith(("minex/", f"minex-{minex.__version__}.dist-info/")) for name in held)
    assert not [name for name in held if re.search(r"shared|conllu|treebank|documents/|__pycache__|\.db$", name)]
    assert any(name.endswith("LICENSE") for name in held)


def test_a_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 25 * MIB


def test_no_file_of_the_repository_is_above_nine_megabytes() -> None:
    assert [(path.name, path.stat().st_size) for path in tracked() if path.stat().st_size > 9 * MIB] == []


def test_no_text_of_the_shared_papers_is_in_the_repository() -> None:
    """Facts carry over, sentences do not: no ten words in a row of the two papers stand in rules or corpora."""
    papers = sorted((ROOT.parent / "shared" / "data" / "documents").glob("*.txt"))
    if not papers:
        pytest.skip("the shared papers are not on this machine")

    def runs(text: str, length: int = 10) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}

    theirs = set().union(*(runs(paper.read_text(encoding="utf-8")) for paper in papers))
    for path in tracked():
        if path.relative_to(ROOT).parts[0] in {"patterns", "corpus", "gold"}:
            common = runs(path.read_text(encoding="utf-8")) & theirs
            assert not common, f"{path}: {' '.join(next(iter(common)))}"
