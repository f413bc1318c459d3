"""A user's own names and blocks, which come on top of the compiled lexicon and survive its rebuilds.

A YAML file with two lists, each optional:

    names:
      - {id: "HGNC:9588", type: GENE, name: PTEN, synonyms: [MMAC1 protein], parents: []}
    block:
      - {name: AGS, id: "HGNC:6188"}    # this is not that gene
      - {name: IMPACT}                  # this is no name at all
"""

from __future__ import annotations

from collections.abc import Mapping
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

    def concept(self) -> Concept:
        """Return the entry as a concept."""
        return Concept(self.id, MentionType(self.type or "GENE"), self.name or self.id, self.parents)


@dataclass(frozen=True)
class Block:
    """An entry of `block`: a name that does not mean `id`, or means nothing."""

    name: str
    id: str = ""


@dataclass(frozen=True)
class UserLexicon:
    """What a user's file says."""

    names: tuple[OwnName, ...] = ()
    block: tuple[Block, ...] = ()

    def blocked(self) -> dict[str, frozenset[str]]:
        """Return the ids that a normalized name must not have; an empty one stands for all."""
        found: dict[str, set[str]] = {}
        for block in self.block:
            found.setdefault(key(block.name), set()).add(block.id)
        return {name: frozenset(ids) for name, ids in found.items()}


def read(path: Path) -> UserLexicon:
    """Read a user's lexicon.

    Raises:
        LexiconError: with the file, the entry and the words allowed.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise LexiconError("lexicon-user", f"cannot be read ({error.strerror})", where=str(path)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError("lexicon-user", f"not YAML: {error}", where=str(path)) from error
    if not isinstance(content, dict) or set(content) - {"names", "block"}:
        raise LexiconError("lexicon-user", "the file has other keys than names and block", where=str(path))
    names = [_entry(OwnName, item, path, n) for n, item in enumerate(content.get("names") or (), 1)]
    block = [_entry(Block, item, path, n) for n, item in enumerate(content.get("block") or (), 1)]
    for number, name in enumerate(names, 1):
        if name.type and name.type not in MentionType.__members__:
            allowed = ", ".join(MentionType.__members__)
            raise LexiconError(
                "lexicon-user",
                f"{name.type!r} is no type of mention",
                where=f"{path}: names entry {number}",
                cure=f"use one of {allowed}",
            )
    return UserLexicon(tuple(names), tuple(block))


def _entry(kind: Any, item: object, path: Path, number: int) -> Any:
    """Make an entry; the allowed keys are the class's own, so the message cannot lag behind."""
    allowed = [field.name for field in fields(kind)]
    where = f"{path}: {'names' if kind is OwnName else 'block'} entry {number}"
    if not isinstance(item, Mapping) or set(item) - set(allowed) or allowed[0] not in item:
        raise LexiconError(
            "lexicon-user",
            "the entry is not understood",
            where=where,
            cure=f"give {allowed[0]}, and if wanted {', '.join(allowed[1:])}",
        )
    return kind(**{k: tuple(v) if isinstance(v, list) else str(v) for k, v in item.items()})
