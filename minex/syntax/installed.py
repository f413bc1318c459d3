"""Looks at a spaCy pipeline before it is loaded: is it there, does it fit, has it what minex needs.

What a pipeline says of itself stands in its `meta.json`; reading that costs nothing, so that a wrong `--model` is
told with its cure before the first document is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from minex.errors import ModelError
from minex.syntax.universal import is_universal

NEEDED = ("tagger", "parser")

_SCISPACY_RELEASE = "0.5.4"
_SCISPACY = frozenset(
    {
        *(f"en_core_sci_{size}" for size in ("sm", "md", "lg", "scibert")),
        *(f"en_ner_{corpus}_md" for corpus in ("craft", "jnlpba", "bc5cdr", "bionlp13cg")),
    }
)
_SPACY = frozenset(f"en_core_web_{size}" for size in ("sm", "md", "lg", "trf"))


@dataclass(frozen=True, slots=True)
class Installed:
    """A pipeline that is there: where, what it is called, its labels, and what should be known of it."""

    path: Path
    name: str
    version: str
    universal: bool
    notices: tuple[str, ...] = ()


def install_command(name: str) -> str:
    """Return the command that installs a pipeline by its name, empty if nobody is known to publish it.

    Without `--no-deps` pip would take spaCy back to the version that a scispaCy pipeline was made with.

    Examples:
        >>> install_command("en_core_web_sm")
        'python -m spacy download en_core_web_sm'
        >>> install_command("en_core_sci_md").split("/")[0]
        'pip install --no-deps https:'
        >>> install_command("my_own")
        ''
    """
    if name in _SPACY:
        return f"python -m spacy download {name}"
    if name in _SCISPACY:
        place = f"https://s3-us-west-2.amazonaws.com/ai2-s2-scispacy/releases/v{_SCISPACY_RELEASE}"
        return f"pip install --no-deps {place}/{name}-{_SCISPACY_RELEASE}.tar.gz"
    return ""


def inspect(name_or_path: str) -> Installed:
    """Return what a pipeline says of itself, without loading it.

    Parameters:
        name_or_path: an installed package or a folder.

    Raises:
        ModelError: if it is not there, damaged, made for another spaCy, or lacks what is needed.
    """
    path = _find(name_or_path)
    meta = _meta(path, name_or_path)
    missing = [name for name in NEEDED if name not in meta.get("pipeline", meta.get("components", ()))]
    if missing:
        raise ModelError(
            "model-incomplete",
            f"the pipeline has no {' and no '.join(missing)}",
            where=name_or_path,
            cure="choose one that has both: leave --model out, or " + install_command("en_core_sci_md"),
        )
    labels = meta.get("labels") or {}
    universal = check_labels(labels.get("parser") or (), labels.get("tagger") or (), name_or_path)
    name = f"{meta['lang']}_{meta['name']}"
    return Installed(path, name, meta["version"], universal, _versions(meta, name, name_or_path))


def check_labels(parser: Any, tagger: Any, where: str) -> bool:
    """Return whether a parser's labels are those of Universal Dependencies; nothing is asked of an empty list.

    Raises:
        ModelError: if they are neither these nor CLEAR's, or the tags are not the Penn treebank's.
    """
    universal = is_universal(parser)
    if (parser and not universal and "pobj" not in parser) or (tagger and "VBZ" not in tagger):
        raise ModelError(
            "model-labels",
            "the labels are not those of English trees in CLEAR or Universal Dependencies with Penn tags",
            where=where,
            cure="leave --model out, or " + install_command("en_core_sci_md"),
        )
    return universal


def _find(name_or_path: str) -> Path:
    """Return the folder that holds a pipeline's meta.json."""
    package = _package(name_or_path)
    if package is not None:
        return package
    path = Path(name_or_path)
    if (path / "meta.json").is_file():
        return path
    command = install_command(name_or_path)
    if command:
        raise ModelError("model-missing", "the pipeline is not installed", where=name_or_path, cure=command)
    if path.exists():
        raise ModelError(
            "model-missing",
            "this is no spaCy pipeline: it has no meta.json",
            where=name_or_path,
            cure="check the path",
        )
    raise ModelError(
        "model-missing",
        "there is no spaCy pipeline of that name or path",
        where=name_or_path,
        cure="leave --model out to use the bundled one, or install it; known are "
        + ", ".join(sorted(_SCISPACY | _SPACY)),
    )


def _package(name: str) -> Path | None:
    """Return the data folder of an installed package: `en_core_sci_md/en_core_sci_md-0.5.4`."""
    if not name.isidentifier():
        return None
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return None
    return next((meta.parent for meta in sorted(Path(spec.origin).parent.glob(f"{name}-*/meta.json"))), None)


def _meta(path: Path, where: str) -> Mapping[str, Any]:
    try:
        meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
        if all(isinstance(meta[key], str) for key in ("lang", "name", "version")):
            return dict(meta)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise ModelError(
        "model-unloadable", "its meta.json cannot be read", where=where, cure="install the pipeline again"
    )


def _versions(meta: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """Return a notice if a pipeline was made for another spaCy; refuse one that cannot work.

    Between versions that differ in their first number what is stored differs; between others figures may.
    """
    import spacy
    from spacy.util import is_compatible_version

    wanted = str(meta.get("spacy_version") or "")
    here = str(spacy.about.__version__)
    if not wanted or is_compatible_version(here, wanted) is not False:
        return ()
    first = re.search(r"\d+", wanted)
    if first is None or first[0] != here.split(".")[0]:
        raise ModelError(
            "model-version",
            f"the pipeline is made for spaCy {wanted}, here is {here}",
            where=where,
            cure=install_command(name)
            or f"install a version of it that is made for spaCy {here.rsplit('.', 1)[0]}",
        )
    return (f"{where} is made for spaCy {wanted}, here is {here}: it should work, but its figures may differ",)
