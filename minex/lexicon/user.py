"""A user's own names and blocks, which come on top of the compiled lexicon and survive its rebuilds.

A YAML file with two lists, each optional; `minex lexicon add` and `minex lexicon block` write into it:

    names:
      - {id: "HGNC:9588", name: MMAC1 protein}                             # one more name of a concept
      - {id: "minex:zz9", type: GENE, name: ZZ9, synonyms: [plural zed], parents: []}    # a concept of one's own
    block:
      - {name: AGS, id: "HGNC:6188"}    # this is not that gene
      - {name: T3, type: CHEMICAL}      # this is no chemical
      - {name: IMPACT}                  # this is no name at all
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from minex.errors import LexiconError
from minex.lexicon.normalize import key
from minex.model import Concept, MentionType


@dataclass(frozen=True)
class OwnName:
    """An entry of `names`: a concept of the lexicon by its id alone, or a new one with type and name."""

    id: str
    type: str = ""
    name: str = ""
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All the names that the entry gives."""
        return tuple(name for name in (self.name, *self.synonyms) if key(name))

    def concept(self) -> Concept:
        """Return the entry as a concept."""
        return Concept(self.id, MentionType(self.type or "GENE"), self.name or self.id, self.parents)


@dataclass(frozen=True)
class Block:
    """An entry of `block`: a name that does not mean `id`, or nothing of a `type`, or nothing at all."""

    name: str
    id: str = ""
    type: str = ""

    def stops(self, id: str, type: str) -> bool:
        """Return whether the name must not mean a concept.

        Examples:
            >>> Block("T3", type="CHEMICAL").stops("MESH:D014284", "CHEMICAL")
            True
            >>> Block("AGS", id="HGNC:321").stops("FPLX:AKT", "GENE")
            False
        """
        return self.id in ("", id) and self.type in ("", type)


@dataclass(frozen=True)
class UserLexicon:
    """What a user's file says."""

    names: tuple[OwnName, ...] = ()
    block: tuple[Block, ...] = ()

    def blocked(self) -> dict[str, tuple[Block, ...]]:
        """Return the blocks of each normalized name."""
        found: dict[str, tuple[Block, ...]] = {}
        for block in self.block:
            found[key(block.name)] = (*found.get(key(block.name), ()), block)
        return found


def default_place() -> Path:
    """Return where the user's own lexicon is read and written if no other is named; it need not exist.

    `$MINEX_LEXICON`; else `minex/lexicon.yaml` in `$XDG_CONFIG_HOME`, which is `~/.config` by default.

    Examples:
        >>> default_place().name.startswith("lexicon") or "MINEX_LEXICON" in os.environ
        True
    """
    named = os.environ.get("MINEX_LEXICON")
    if named:
        return Path(named).expanduser()
    config = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return (config if config.is_absolute() else Path.home() / ".config") / "minex" / "lexicon.yaml"


def default_file() -> Path | None:
    """Return the user's own lexicon that every command reads unless told another, if there is one."""
    place = default_place()
    return place if place.exists() else None


def read(path: Path) -> UserLexicon:
    """Read a user's lexicon.

    Raises:
        LexiconError: with the file, the line, the entry and the words allowed.
    """
    try:
        return parse(path.read_text(encoding="utf-8"), path)
    except OSError as error:
        raise LexiconError("lexicon-user", f"cannot be read ({error.strerror})", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise LexiconError("lexicon-user", f"not UTF-8: {error}", where=str(path)) from error


def parse(text: str, path: Path) -> UserLexicon:
    """Return what the text of a user's lexicon says; `path` is for messages.

    Raises:
        LexiconError: with the file, the line, the entry and the words allowed.

    Examples:
        >>> parse("block:\\n  - {name: NO}\\n", Path("own.yaml")).block
        (Block(name='NO', id='', type=''),)
    """
    lists = sections(text, path)
    names = [_entry(OwnName, "names", node, path, n) for n, node in enumerate(_items(lists, "names", path), 1)]
    block = [_entry(Block, "block", node, path, n) for n, node in enumerate(_items(lists, "block", path), 1)]
    return UserLexicon(tuple(names), tuple(block))


class _Loader(yaml.SafeLoader):
    """Reads no aliases: an entry is short, and ten of ten of ten fill the memory."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias (*name) is not read here", mark)
        return super().compose_node(parent, index)


def sections(text: str, path: Path) -> dict[str, yaml.Node]:
    """Return the nodes of the lists that a text has, by name: where they stand, to read them or to add to them.

    Nodes and not values, for two reasons: they know their lines, and `NO` in them is a name and not false.

    Raises:
        LexiconError: if it is no YAML, or has other lists.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except RecursionError:
        raise LexiconError("lexicon-user", "lists lie too deep within each other", where=str(path)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        what = getattr(error, "problem", None) or str(error)
        raise LexiconError("lexicon-user", f"not YAML: {what}", where=where) from error
    if root is None or _is_empty(root):
        return {}
    found: dict[str, yaml.Node] = {}
    for name, node in root.value if isinstance(root, yaml.MappingNode) else [(root, root)]:
        if name.value not in ("names", "block") or name.value in found:
            said = "is given twice" if name.value in ("names", "block") else "is neither"
            what = f"the file has two lists, names and block; this {said}"
            raise LexiconError("lexicon-user", what, where=_place(path, name))
        found[name.value] = node
    return found


def _items(lists: dict[str, yaml.Node], name: str, path: Path) -> list[yaml.Node]:
    node = lists.get(name)
    if node is None or _is_empty(node):
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise LexiconError("lexicon-user", f"{name} is no list", where=_place(path, node))
    return list(node.value)


def _entry(kind: Any, section: str, node: yaml.Node, path: Path, number: int) -> Any:
    """Make an entry; the allowed keys are the class's own, so the message cannot lag behind."""
    allowed = {field.name: field for field in fields(kind)}
    first, *others = allowed
    where = f"{_place(path, node)}: {section} entry {number}"
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    given = {name.value: value for name, value in pairs if isinstance(name, yaml.ScalarNode)}
    values = {}
    for name, value in given.items():
        many = name in allowed and allowed[name].default == ()
        values[name] = _strings(value) if many else _string(value)
    if set(values) - set(allowed) or not values.get(first) or None in values.values() or len(given) != len(pairs):
        cure = f"give {first}, and if wanted {', '.join(others)}"
        raise LexiconError("lexicon-user", "the entry is not understood", where=where, cure=cure)
    if values.get("type") and values["type"] not in MentionType.__members__:
        cure = f"use one of {', '.join(MentionType.__members__)}"
        raise LexiconError("lexicon-user", f"{values['type']!r} is no type of mention", where=where, cure=cure)
    return kind(**values)


def _string(node: yaml.Node) -> str | None:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else None


def _strings(node: yaml.Node) -> tuple[str, ...] | None:
    """Return a list's strings; one alone is a list of one."""
    if _is_empty(node):
        return ()
    items = [_string(item) for item in (node.value if isinstance(node, yaml.SequenceNode) else [node])]
    return tuple(item for item in items if item is not None) if None not in items else None


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"


def _place(path: Path, node: yaml.Node) -> str:
    return f"{path}:{node.start_mark.line + 1}"
