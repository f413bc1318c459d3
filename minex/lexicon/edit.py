"""Writing into a user's own lexicon: `minex lexicon add` and `minex lexicon block`.

The file belongs to its user. A line is put in beside the others; comments and the way the rest is laid out stay.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path

import yaml

from minex.errors import LexiconError, UsageError
from minex.lexicon.compiling import curated
from minex.lexicon.lexicon import PARTED, Lexicon
from minex.lexicon.normalize import key
from minex.lexicon.user import Block, OwnName, UserLexicon, parse, sections
from minex.model import MentionType

_HEAD = "# Your own names and blocks, on top of the lexicon of minex: minex lexicon add, minex lexicon block.\n"
_CURIE = re.compile(r"[A-Za-z][\w.-]*:[^\s:][^\s]*")
_GENES = ("GENE", "LNCRNA", "MIRNA")
_SHORT = 4


def add_name(path: Path, name: str, id: str, type: str = "", concept_name: str = "") -> bool:
    """Let a name mean a concept; return whether the file changed, which it does not if it says so already.

    Parameters:
        path: the user's own lexicon; it is made if there is none.
        id: a concept of the lexicon, or with a type a new one.
        type: the type of a new concept.
        concept_name: what a new concept is called, if not by this name.

    Raises:
        UsageError: if the id is unknown, or the name would be found where it is not meant, or never.
        LexiconError: if the file is malformed.

    Examples:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "own.yaml"
        >>> add_name(path, "MMAC1 protein", "HGNC:9588"), add_name(path, "MMAC1 protein", "HGNC:9588")
        (True, False)
        >>> Lexicon.load(user=path).candidates("MMAC1 protein")[0].id
        'HGNC:9588'
    """
    name, id, concept_name = name.strip(), id.strip(), concept_name.strip()
    text = _text(path)
    own = parse(text, path)
    _check_type(type)
    lexicon = Lexicon.load(user=path if path.exists() else None)
    known = lexicon.concept(id)
    if known is None:
        _check_new(id, type, lexicon)
    elif type and type != known.type:
        cure = "leave --type out, or give another id"
        raise UsageError("lexicon-type", f"{id} is {known.name}, of type {known.type}", cure=cure)
    elif concept_name not in ("", known.name):
        cure = "leave --concept-name out"
        raise UsageError("lexicon-name", f"{id} has the name {known.name} already", cure=cure)
    _check_name(name, str(known.type) if known else type)
    for block in own.blocked().get(key(name), ()):
        if block.id == id:
            cure = "take that entry out first"
            raise UsageError("lexicon-blocked", f"{name!r} is blocked for {id} there", where=str(path), cure=cure)
    if any(entry.id == id and key(name) in map(key, entry.spellings) for entry in own.names):
        return False
    if known:
        entry = OwnName(id, name=name)
    elif concept_name and key(concept_name) != key(name):
        _check_name(concept_name, type)
        entry = OwnName(id, type, concept_name, (name,))
    else:
        entry = OwnName(id, type, name)
    _write(path, _with(text, "names", entry, path), replace(own, names=(*own.names, entry)))
    return True


def block_name(path: Path, name: str, type: str = "", id: str = "") -> bool:
    """Let a name mean nothing, or nothing of a type, or not one concept; return whether the file changed.

    A name that the user has added goes on meaning what he said it means.

    Raises:
        UsageError: if the type is none, or the name is one of the user's own for just that.
        LexiconError: if the file is malformed.

    Examples:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "own.yaml"
        >>> block_name(path, "vimentin"), block_name(path, "Vimentin")
        (True, False)
        >>> Lexicon.load(user=path).candidates("vimentin")
        ()
    """
    name, id = name.strip(), id.strip()
    text = _text(path)
    own = parse(text, path)
    _check_type(type)
    if not name.isprintable() or not key(name):
        raise UsageError(
            "lexicon-name", f"{name!r} has no letter or digit", cure="give the name as papers write it"
        )
    block = Block(name, id, type)
    if any(entry.id == id and key(name) in map(key, entry.spellings) for entry in own.names):
        cure = "take that entry out instead"
        raise UsageError("lexicon-own", f"{name!r} is your own name for {id} there", where=str(path), cure=cure)
    if any(each.stops(id, type) for each in own.blocked().get(key(name), ())):
        return False
    _write(path, _with(text, "block", block, path), replace(own, block=(*own.block, block)))
    return True


def _check_type(type: str) -> None:
    if type and type not in MentionType.__members__:
        cure = f"use one of {', '.join(MentionType.__members__)}"
        raise UsageError("lexicon-type", f"{type!r} is no type of mention", cure=cure)


def _check_new(id: str, type: str, lexicon: Lexicon) -> None:
    """Refuse an id that the lexicon has not, unless it is plainly meant to be a new concept's."""
    other = lexicon.by_xref(id)
    meant = (other,) if other else tuple(candidate.id for candidate in lexicon.candidates(id)[:3])
    if meant:
        cure = f"did you mean {' or '.join(f'{one} ({lexicon.name(one)})' for one in meant)}?"
        raise UsageError("lexicon-id", f"{id!r} is no id of the lexicon", cure=cure)
    if not _CURIE.fullmatch(id):
        cure = "give one such as HGNC:9588 or, for a concept of your own, my:1"
        raise UsageError("lexicon-id", f"{id!r} is no id", cure=cure)
    if not type:
        cure = "look it up, or give --type to make it a concept of your own"
        raise UsageError("lexicon-id", f"{id!r} is not in the lexicon", cure=cure)


def _check_name(name: str, type: str) -> None:
    """Refuse a name that would be found everywhere, for own names count in any case, or never."""
    normal = key(name)
    if not name.isprintable() or len(normal) < 2 or normal.replace(" ", "").isdigit():
        cure = "give a name with a letter and two signs or more"
        raise UsageError("lexicon-name", f"{name!r} cannot be a name", cure=cure)
    if " " in normal and PARTED.search(name):
        cure = "give the name without brackets, commas and the like: in a text these part names"
        raise UsageError("lexicon-name", f"{name!r} would never be found", cure=cure)
    stop = curated.stop()
    word = name.lower() in curated.lines("words.txt") and (type in _GENES or len(name) <= _SHORT)
    if word or normal in stop.get("*", ()) or normal in stop.get(type, ()):
        what = f"{name!r} is a stop word: as a name of type {type} it would be found where it is not meant"
        raise UsageError("lexicon-stop", what, cure="give a longer name")


def _text(path: Path) -> str:
    """Return what the file holds, byte for byte; nothing if there is none."""
    if not path.exists():
        return ""
    if not path.is_file():
        cure = "name a file with --lexicon or in MINEX_LEXICON"
        raise UsageError("lexicon-user", "this is no file that could be written", where=str(path), cure=cure)
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError("lexicon-user", f"not UTF-8: {error}", where=str(path)) from error


def _with(text: str, section: str, entry: OwnName | Block, path: Path) -> str:
    """Return a text with one more entry in a section."""
    line = _line(entry)
    end = "\r\n" if "\r\n" in text else "\n"
    node = sections(text, path).get(section)
    if node is None:
        before = text or _HEAD
        return f"{before}{'' if before.endswith(end) else end}{section}:{end}  - {line}{end}"
    at = node.start_mark.index
    if isinstance(node, yaml.SequenceNode) and node.value and node.flow_style:
        at = node.value[-1].end_mark.index
        return f"{text[:at]}, {line}{text[at:]}"
    if isinstance(node, yaml.SequenceNode) and not node.value:
        return f"{text[:at]}[{line}]{text[node.end_mark.index :]}"
    # A block's own end is where the next thing begins, after the comments that belong to that.
    indent = node.start_mark.column if isinstance(node, yaml.SequenceNode) else 2
    at = _last(node)
    if at > 0 and text[at - 1] != "\n":
        stop = text.find("\n", at)
        at = len(text) if stop < 0 else stop + 1
    before = text[:at] if text[:at].endswith("\n") else text[:at] + end
    return f"{before}{' ' * indent}- {line}{end}{text[at:]}"


def _last(node: yaml.Node) -> int:
    """Return where the last thing that is written in a node ends."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    return int(node.end_mark.index)


def _line(entry: OwnName | Block) -> str:
    """Return an entry on one line. What JSON quotes, YAML reads as the same."""
    given = [(field.name, getattr(entry, field.name)) for field in fields(entry)]
    return "{" + ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in given if v) + "}"


def _write(path: Path, text: str, meant: UserLexicon) -> None:
    """Put a new text in the file's place, at once or not at all, if it says what is meant."""
    try:
        right = parse(text, path) == meant
    except LexiconError:
        right = False
    if not right:
        cure = "write the lists as lines that begin with a hyphen, or put the entry in by hand"
        raise LexiconError(
            "lexicon-user", "no entry can be added to a file laid out so", where=str(path), cure=cure
        )
    target = path.resolve()  # of a link, the file that it points to
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        if target.exists():
            shutil.copymode(target, draft)
        else:
            os.chmod(draft, 0o644)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise
