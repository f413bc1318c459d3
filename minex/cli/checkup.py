"""What `minex doctor` looks at. Each check tells a finding; none of them stops the others."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from minex import __version__
from minex.errors import MinexError, StoreError

_PYTHONS = ((3, 10), (3, 13))
_COUNTED = ("documents", "triples", "pieces of evidence", "failures")
_COUNTS = """
    SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM triple), (SELECT count(*) FROM evidence),
           (SELECT count(*) FROM failure)
"""
_CURES = {
    "model": "leave --model out to use the bundled one, or install it in a version that fits",
    "lexicon": "install minex again: pip install --force-reinstall minex",
    "rules": "leave --patterns out to use the shipped ones, or mend the file that is named",
    "database": "restore a copy, or make a new database from the documents",
}
_PACKAGES = ("spacy", "scispacy", "numpy", "biopython", "pandas", "sqlite-utils", "lxml", "ahocorasick-rs")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is in order, what was seen, and what to do if it is not."""

    what: str
    ok: bool
    detail: str
    cure: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def examine(model: str | None, patterns: Path | None, database: Path | None) -> list[Finding]:
    """Return what was found, in the order in which things build on each other."""
    findings = [_python(), *_packages(), _sqlite()]
    checks: list[tuple[str, Callable[[], str]]] = [
        ("model", lambda: _model(model)),
        ("lexicon", _lexicon),
        ("rules", lambda: _rules(patterns)),
    ]
    if database is not None:
        checks.append(("database", lambda: _database(database)))
    for what, check in checks:
        try:
            findings.append(Finding(what, True, check()))
        except MinexError as error:
            cure = error.cure or ("mend the file that is named" if error.code == "lexicon-user" else _CURES[what])
            place = f" ({error.where})" if error.where else ""
            findings.append(Finding(what, False, error.message + place, cure))
        except Exception as error:
            findings.append(Finding(what, False, f"{type(error).__name__}: {error}", _CURES[what]))
    return findings


def _python() -> Finding:
    version = sys.version_info[:2]
    ok = _PYTHONS[0] <= version < _PYTHONS[1]
    cure = "" if ok else "make a virtual environment with Python 3.10, 3.11 or 3.12: scispaCy needs it below 3.13"
    return Finding("python", ok, f"{platform.python_version()} on {platform.system()} {platform.machine()}", cure)


def _packages() -> Iterator[Finding]:
    yield Finding("minex", True, __version__)
    for name in _PACKAGES:
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Finding(
                name, False, "is not installed", "install minex again: pip install --force-reinstall minex"
            )
            continue
        too_new = name == "numpy" and int(version.split(".")[0]) >= 2
        cure = "pip install 'numpy<2': scispaCy's dependencies need it" if too_new else ""
        yield Finding(name, not too_new, version, cure)


def _sqlite() -> Finding:
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    ok = "ENABLE_FTS5" in options and sqlite3.sqlite_version_info >= (3, 37)
    cure = "" if ok else "use a Python whose SQLite is 3.37 or newer and has FTS5 (python.org's and conda's have)"
    return Finding("sqlite", ok, sqlite3.sqlite_version, cure)


def _model(name: str | None) -> str:
    from minex.syntax.installed import inspect
    from minex.syntax.pipeline import load

    model = load(name)
    notes = list(inspect(name).notices) if name is not None else []
    if model.universal:
        notes.insert(0, "Universal Dependencies, read as CLEAR labels")
    performance = model.nlp.meta.get("performance") or {}
    las = performance.get("dep_las") if isinstance(performance, dict) else None
    bundled = isinstance(las, float) and name is None
    figure = f", LAS {las:.3f} on CRAFT dev" if bundled else ""
    return ", ".join((f"{model.identity}{figure}, {model.path}", *notes))


def _lexicon() -> str:
    from minex.lexicon import Lexicon
    from minex.lexicon.user import default_file

    own = default_file()
    lexicon = Lexicon.load(user=own)
    on_top = f", with {own} on top" if own else ""
    return f"{lexicon.version}, {lexicon.names:,} names of {sum(lexicon.counts.values()):,} concepts{on_top}"


def _rules(folder: Path | None) -> str:
    from minex.rules.load import load

    rules = load(folder)
    count = len(rules.readers) + len(rules.references) + len(rules.cues)
    told = f"{rules.version}, {count} rules and {len(rules.triggers)} trigger forms in {len(rules.origins)} files"
    return "; ".join((told, *rules.replaced))


def _database(path: Path) -> str:
    from minex.store import Store

    with Store.open(path, create=False, readonly=True) as store:
        ((state,), *_) = store.select("PRAGMA quick_check(1)").rows
        if state != "ok":
            raise StoreError("damaged", f"SQLite says: {state}", where=str(path), cure=_CURES["database"])
        counts = store.select(_COUNTS).rows[0]
    return f"{path}, " + ", ".join(f"{count:,} {table}" for count, table in zip(counts, _COUNTED, strict=True))
