"""YAML read strictly: every value knows its line, no key stands twice, no key is unknown.

Rule files are written by people who are not programmers; an error must name the file, the line, and the
words that would have been allowed.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from minex.errors import PatternError

T = TypeVar("T")

# libyaml's, where PyYAML has it, is ten times as fast; it ends at a depth of 1,000, the other at Python's limit.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 200_000
MAX_ALIASED = 1_000
"""How many values may come from aliases (`*name`): a few save writing, and ten of ten of ten fill the memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file and a line, for messages."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}"

    def error(self, message: str, cure: str = "") -> PatternError:
        """Return (not raise) an error at this place."""
        return PatternError("pattern", message, where=f"{self.path}:{self.line}", cure=cure)


@dataclass(frozen=True, slots=True)
class Item:
    """A YAML value with its place: a scalar, a list of items, or a mapping from key to item."""

    value: Any
    place: Place
    written: str | None = None

    def mapping(self) -> Mapping[str, Item]:
        """Return the value as a mapping, or raise a PatternError."""
        if not isinstance(self.value, dict):
            raise self.place.error("a mapping (key: value) is expected here")
        return self.value

    def sequence(self) -> Sequence[Item]:
        """Return the value as a list, a single value as a list of one."""
        return self.value if isinstance(self.value, list) else [self]

    def text(self) -> str:
        """Return the value as it was written, or raise a PatternError.

        YAML takes a bare *no* for a truth value; in a list of words it is a word.
        """
        if self.written is None:
            raise self.place.error("a word or a quoted text is expected here")
        return self.written

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        return tuple(item.text() for item in self.sequence())

    def plain(self) -> Any:
        """Return the value with all places dropped."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value


def read(path: Path) -> Item:
    """Read one YAML file.

    Raises:
        PatternError: if it cannot be read, is not YAML, is too large, is empty, or has a key twice.
    """
    start = Place(path, 1)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise start.error(f"the file is larger than {MAX_BYTES:,} bytes", "divide it into several")
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        if node is None:
            raise start.error("the file is empty")
        return _Converter(path).convert(node, frozenset())
    except OSError as error:
        raise start.error(f"the file cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path, mark.line + 1 if mark else 1)
        raise place.error(
            f"this is not YAML: {getattr(error, 'problem', error)}", "quote texts that hold : or #"
        ) from error
    except RecursionError:
        raise start.error("values lie too deep within each other", "a rule needs four levels") from None


class _Converter:
    """Turns YAML nodes into items, and counts what aliases repeat."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: set[int] = set()
        self._aliased = 0

    def convert(self, node: yaml.Node, above: frozenset[int]) -> Item:
        """Return a node as an item; `above` are the nodes that it lies in."""
        place = Place(self._path, node.start_mark.line + 1)
        if id(node) in above:
            raise place.error("an anchor refers to itself")
        self._aliased += id(node) in self._seen
        if self._aliased > MAX_ALIASED:
            raise place.error(f"aliases repeat more than {MAX_ALIASED:,} values", "write the values themselves")
        self._seen.add(id(node))
        above = above | {id(node)}
        if isinstance(node, yaml.MappingNode):
            mapping: dict[str, Item] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                if key in mapping:
                    where = Place(self._path, key_node.start_mark.line + 1)
                    raise where.error(f"{key!r} stands twice in this mapping")
                mapping[key] = self.convert(value_node, above)
            return Item(mapping, place)
        if isinstance(node, yaml.SequenceNode):
            return Item([self.convert(child, above) for child in node.value], place)
        try:
            return Item(yaml.SafeLoader("").construct_object(node), place, str(node.value))
        except ValueError as error:  # 2024-13-45 looks like a date and is none
            raise place.error(f"{str(node.value)[:40]!r} is not understood: {error}", "quote it") from error


def unknown(place: Place, kind: str, word: str, allowed: Iterable[str]) -> PatternError:
    """Return the error for a word that is not among those allowed."""
    words = sorted(allowed)
    near = difflib.get_close_matches(word, words, n=1)
    guess = f"did you mean {near[0]!r}? " if near else ""
    return place.error(f"unknown {kind} {word!r}", f"{guess}allowed: {', '.join(words)}")


def build(cls: type[T], item: Item, **given: Any) -> T:
    """Make a dataclass from a mapping: its fields are the keys allowed, those without default are required.

    Fields named in `given` are set from there and are not keys. A field's `metadata["read"]` turns the item
    into its value; without one the plain value is taken.

    Raises:
        PatternError: for an unknown or missing key.
    """
    mapping = item.mapping()
    known = {field.name: field for field in fields(cls) if field.name not in given}  # type: ignore[arg-type]
    values: dict[str, Any] = dict(given)
    for key, value in mapping.items():
        if key not in known:
            raise unknown(value.place, "key", key, known)
        values[key] = known[key].metadata.get("read", Item.plain)(value)
    for name, field in known.items():
        if name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise item.place.error(f"{name!r} is missing", f"allowed keys: {', '.join(sorted(known))}")
    return cls(**values)
