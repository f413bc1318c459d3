"""The compiled lexicon's file: written the same for the same content, read in well under a second.

One xz-compressed UTF-8 text of four parts, parted by form feeds: a JSON header, one concept a line (id, type,
name, parents, cross-references, parted by tabs), the normalized names one a line, their entries in the same order.
An entry is `concept number, status, policy, spellings`; its fields are parted by commas, entries by semicolons.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ahocorasick_rs

from minex.errors import LexiconError

FORMAT = 1
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 6}]


@dataclass(frozen=True)
class Compiled:
    """A compiled lexicon's parts: `names[i]` has the entries `entries[i]`, concepts are lines."""

    header: Mapping[str, Any]
    concepts: Sequence[str]
    names: Sequence[str]
    entries: Sequence[str]
    digest: str

    @cached_property
    def matcher(self) -> ahocorasick_rs.AhoCorasick:
        """What finds the names; made once, for that takes longer than reading them."""
        return matcher_of(self.names)


def matcher_of(names: Iterable[str]) -> ahocorasick_rs.AhoCorasick:
    """Return what finds normalized names in a normalized text, each between blanks."""
    return ahocorasick_rs.AhoCorasick([f" {normal} " for normal in names])


def dump(
    header: Mapping[str, Any], concepts: Sequence[str], names: Sequence[str], entries: Sequence[str]
) -> bytes:
    """Return the file's bytes. The same content gives the same bytes: no date, no host, no order of a set."""
    parts = (
        json.dumps({"format": FORMAT, **header}, sort_keys=True, ensure_ascii=False),
        "\n".join(concepts),
        "\n".join(names),
        "\n".join(entries),
    )
    return lzma.compress("\f".join(parts).encode(), format=lzma.FORMAT_XZ, filters=_FILTERS)


def load(path: Path) -> Compiled:
    """Read a compiled lexicon.

    Raises:
        LexiconError: if the file is missing, damaged or of another format.
    """
    cure = "build it: minex lexicon build"
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise LexiconError(
            "lexicon-missing", f"the lexicon cannot be read ({error.strerror})", where=str(path), cure=cure
        ) from error
    try:
        parts = lzma.decompress(packed).decode().split("\f")
        header = json.loads(parts[0])
        concepts, names, entries = (part.split("\n") if part else [] for part in parts[1:])
    except (lzma.LZMAError, ValueError) as error:
        raise LexiconError(
            "lexicon-damaged", "this is not a whole compiled lexicon", where=str(path), cure=cure
        ) from error
    if header.get("format") != FORMAT or len(names) != len(entries):
        raise LexiconError(
            "lexicon-format",
            f"the lexicon has format {header.get('format')}, this minex reads format {FORMAT}",
            where=str(path),
            cure=cure,
        )
    return Compiled(header, concepts, names, entries, hashlib.sha256(packed).hexdigest()[:12])
