"""From names to the words that the index has for them: headings, subheadings, kinds of article, journals."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from functools import cached_property

from minex.lexicon.meshtree import MeshTree
from minex.mirror.words import words

LANGUAGES = {
    "english": "eng", "chinese": "chi", "japanese": "jpn", "german": "ger", "french": "fre", "spanish": "spa",
    "russian": "rus", "italian": "ita", "polish": "pol", "portuguese": "por", "korean": "kor", "czech": "cze",
    "danish": "dan", "dutch": "dut", "swedish": "swe", "norwegian": "nor", "finnish": "fin", "hungarian": "hun",
    "romanian": "rum", "turkish": "tur", "ukrainian": "ukr", "bulgarian": "bul", "croatian": "hrv",
    "serbian": "srp", "slovak": "slo", "slovenian": "slv", "greek": "gre", "hebrew": "heb", "arabic": "ara",
    "persian": "per", "thai": "tha", "vietnamese": "vie", "indonesian": "ind", "lithuanian": "lit",
    "latvian": "lav", "estonian": "est", "icelandic": "ice", "catalan": "cat", "latin": "lat", "multiple": "mul",
}  # fmt: skip
"""Languages by name, as MEDLINE's codes have them."""

_ID = re.compile(r"[dcq]\d{5,9}")


class Vocabulary:
    """The names that a mirror has met, and MeSH's."""

    def __init__(self, connection: sqlite3.Connection, tree: MeshTree | None = None) -> None:
        self.connection = connection
        self._tree = tree

    @property
    def tree(self) -> MeshTree:
        """MeSH's tree, read when it is first needed."""
        self._tree = self._tree or MeshTree.load()
        return self._tree

    def named(self, kind: str, name: str) -> list[str]:
        """Return the index's words for a name as the mirror's citations have it, exactly.

        With an asterisk at its end: for all names that begin so.
        """
        norm = words(name)
        if not norm:
            return []
        if not name.rstrip().endswith("*"):
            query, given = "SELECT word FROM name WHERE kind = ? AND norm = ?", (kind, norm)
        else:
            # No text has a sign beyond this one, so that this is what begins so.
            query = "SELECT word FROM name WHERE kind = ? AND norm >= ? AND norm < ?"
            given = (kind, norm, norm + chr(0x10FFFF))  # type: ignore[assignment]
        return sorted({row[0] for row in self.connection.execute(query, given)})

    def holding(self, kinds: Iterable[str], phrase: str, *, begun: bool = False) -> list[str]:
        """Return the words for all names that hold a phrase of normal words; `begun`: whose last may go on."""
        found: set[str] = set()
        sought = f" {phrase}" + ("" if begun else " ")
        for kind in kinds:
            rows = self.connection.execute(
                "SELECT DISTINCT word FROM name WHERE kind = ? AND instr(' ' || norm || ' ', ?) > 0",
                (kind, sought),
            )
            found.update(row[0] for row in rows)
        return sorted(found)

    def headings(self, name: str) -> list[str]:
        """Return the ids of the headings of a name, an entry term or an id, without what is below them."""
        norm = words(name)
        if _ID.fullmatch(norm):
            return [norm]
        if name.rstrip().endswith("*"):
            begun = {id for known, ids in self._headings.items() if known.startswith(norm) for id in ids}
            return sorted(begun | set(self.named("mh", name)))
        return sorted({*self._headings.get(norm, ()), *self.named("mh", name)})

    def below(self, ids: Iterable[str]) -> list[str]:
        """Return ids with all that lies below them in MeSH's tree."""
        return sorted({found.lower() for id in ids for found in self.tree.below(id.upper())})

    @cached_property
    def _headings(self) -> dict[str, list[str]]:
        """MeSH's headings by name and entry term; a name wins over another heading's entry term."""
        found: dict[str, list[str]] = {}
        for each in self.tree.descriptors.values():
            found.setdefault(words(each.name), []).append(each.id.lower())
        mains = set(found)
        for each in self.tree.descriptors.values():
            for entry in each.entries:
                norm = words(entry)
                if norm not in mains and each.id.lower() not in found.setdefault(norm, []):
                    found[norm].append(each.id.lower())
        return found
