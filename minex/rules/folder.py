"""Folders of rule files: which files are read, what a folder says of itself, and one laid over another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from minex.errors import PatternError
from minex.rules.language import truth
from minex.rules.yamlfile import Item, Place, build, read, unknown

T = TypeVar("T")

ROOMS = {
    "triggers": ("triggers",),
    "frames": ("frames", "links", "references", "head_nouns", "paths"),
    "surface": ("surface",),
    "cues": ("mark", "cues", "manipulations"),
}
TAXONOMY = "taxonomy.yaml"
SETTINGS = "patterns.yaml"
COUNTED = "precision.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user's folder says of the shipped rules: it is used without them (`only`), or without some."""

    only: bool = field(default=False, metadata={"read": truth})
    without: tuple[str, ...] = field(default=(), metadata={"read": Item.texts})
    place: Place = field(default=Place(Path(SETTINGS), 1), compare=False)


@dataclass(frozen=True)
class Folder:
    """One folder of rules; its files are found when it is made, and each is read once.

    Raises:
        PatternError: if there is no such folder, nothing in it, or a file where none is read.
    """

    root: Path

    def __post_init__(self) -> None:
        if not self.root.is_dir():
            cure = "make it, with your rules in triggers/, frames/, surface/ or cues/"
            raise PatternError("pattern", "there is no such folder of rules", where=str(self.root), cure=cure)
        if not self.files:
            cure = "put rules into *.yaml in triggers/, frames/, surface/ or cues/"
            raise PatternError("pattern", "this folder has no rules", where=str(self.root), cure=cure)

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The rule files, in order; a file that looks like one and would not be read is an error."""
        found = sorted(self._yaml(self.root))
        for room in sorted(self.root.iterdir()):
            if room.is_dir() and not room.name.startswith("."):
                found.extend(sorted(self._yaml(room)))
                deeper = sorted(room.iterdir()) if room.name in ROOMS else ()
                found.extend(path for each in deeper if each.is_dir() for path in self._yaml(each))
        for path in found:
            inside = path.relative_to(self.root)
            known = len(inside.parts) == 2 and inside.parts[0] in ROOMS
            if path.suffix == ".yml" or not (known or str(inside) in (TAXONOMY, SETTINGS)):
                allowed = ", ".join(f"{name}/" for name in ROOMS)
                raise PatternError(
                    "pattern", "no rules are read from here", where=str(path), cure=f"use *.yaml in {allowed}"
                )
        return tuple(found)

    @staticmethod
    def _yaml(folder: Path) -> Iterator[Path]:
        return (path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and path.is_file())

    @cached_property
    def settings(self) -> Settings:
        """What `patterns.yaml` says, if there is one."""
        item = self.single(SETTINGS)
        return Settings() if item is None else build(Settings, item, place=item.place)

    def single(self, name: str) -> Item | None:
        """Return a file that there is one of, or None."""
        path = self.root / name
        return read(path) if path.is_file() else None

    def room(self, name: str) -> list[Item]:
        """Return the files of a room, their sections checked."""
        return self._rooms[name]

    @cached_property
    def _rooms(self) -> dict[str, list[Item]]:
        rooms: dict[str, list[Item]] = {name: [] for name in ROOMS}
        for path in self.files:
            name = path.relative_to(self.root).parts[0]
            if name in ROOMS:
                item = read(path)
                for key, value in item.mapping().items():
                    if key not in ROOMS[name]:
                        raise unknown(value.place, "section", key, ROOMS[name])
                rooms[name].append(item)
        return rooms

    def section(self, room: str, key: str) -> Iterator[Item]:
        """Yield the members of a section over all files of a room."""
        for item in self.room(room):
            mapping = item.mapping()
            yield from mapping[key].sequence() if key in mapping else ()


@dataclass(frozen=True)
class Stack:
    """Folders laid over each other: what a later one names replaces what has that name in an earlier one."""

    folders: tuple[Folder, ...]
    shipped: bool = True
    """Whether the first is minex's own."""
    replaced: list[str] = field(default_factory=list)
    """What was replaced, in words."""
    own: dict[str, set[str]] = field(default_factory=dict)
    """By what it is, the names that only a later folder has, or has otherwise than the first."""

    @property
    def base(self) -> Folder:
        return self.folders[0]

    def version(self) -> str:
        """Return a digest of all that is read."""
        digest = hashlib.sha256()
        for number, folder in enumerate(self.folders):
            counted = [folder.root / COUNTED] if (folder.root / COUNTED).is_file() and not number else []
            for path in (*folder.files, *counted):
                name = path.relative_to(folder.root).as_posix()
                digest.update(b"own\0" * number + name.encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]

    def merged(
        self, what: str, layers: Iterable[Iterable[tuple[str, Place, T]]], taken: str = "the name {!r} is taken"
    ) -> dict[str, T]:
        """Return what has a name, by name, each folder's laid over those before.

        Parameters:
            what: what it is, as people say it.
            layers: for each folder the names with their places and what they stand for.
            taken: what is said of a name that stands twice in one folder.
        """
        kept: dict[str, tuple[Place, T]] = {}
        for number, layer in enumerate(layers):
            here: dict[str, Place] = {}
            for name, place, value in layer:
                if name in here:
                    raise place.error(f"{taken.format(name)}, see {here[name]}")
                here[name] = place
                before = kept.get(name)
                if number and (before is None or before[1] != value):
                    self.own.setdefault(what, set()).add(name)
                    if before is not None:
                        self.replaced.append(f"{what} {name} ({place}) replaces the shipped one ({before[0]})")
                kept[name] = (place, value)
        return {name: value for name, (_, value) in kept.items()}
