"""What a shard says of itself, and how its file is known to be whole: told without parsing a byte of Parquet.

The label stands in the Parquet file's own metadata under the key `minex`: what it is as JSON, a digest of that,
and a digest of the whole file in which that last digest is counted as zeros.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from minex.errors import ShardError

FORMAT = 1
"""The number of the shards' format; another one is not read."""

_BEGIN = b"minex-shard:"
_LABEL = re.compile(rb"minex-shard:(\{.*\})\|([0-9a-f]{64})\|([0-9a-f]{64})", re.DOTALL)
_ZEROS = b"0" * 64
_TAIL = 1 << 20
"""The label stands within the last bytes of a file."""

_PARQUET = b"PAR1"


@dataclass(frozen=True)
class About:
    """What a shard is of: a part of a file, as certain versions read it.

    `file` is the file's absolute path where it was read; `part` counts from 1 within it, and `last` says that
    no part follows. `digest` is one of all that was to be read, by which a run knows that the shard is there.
    """

    versions: Mapping[str, str]
    fingerprint: str
    file: str
    part: int
    last: bool
    digest: str
    documents: int = 0
    failures: int = 0
    evidence: int = 0
    format: int = FORMAT


def label(about: About) -> bytes:
    """Return the label of a file whose own digest is not known yet; :func:`seal` puts it in."""
    said = json.dumps(asdict(about), sort_keys=True).encode("ascii")
    return _BEGIN + said + b"|" + hashlib.sha256(said).hexdigest().encode("ascii") + b"|" + _ZEROS


def seal(data: bytearray) -> None:
    """Put a file's digest into its label."""
    start, end = _place(data)
    data[start:end] = hashlib.sha256(data).hexdigest().encode("ascii")


def read_about(path: Path) -> About:
    """Return what a shard says of itself.

    Raises:
        ShardError: if it is no shard, of another format, or its label is damaged.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_PARQUET))
            size = stream.seek(0, 2)
            stream.seek(max(size - _TAIL, 0))
            tail = stream.read()
    except OSError as error:
        raise ShardError("unreadable", error.strerror or str(error), where=str(path)) from error
    return _about(path, head, tail)


def check(path: Path, data: bytes) -> About:
    """Return what a shard says of itself, given all its bytes, if every one of them is as it was written.

    Raises:
        ShardError: if it is no shard, of another format, or damaged anywhere.
    """
    about = _about(path, data[: len(_PARQUET)], data[-_TAIL:])
    copy = bytearray(data)
    start, end = _place(copy)
    said = bytes(copy[start:end])
    copy[start:end] = _ZEROS
    if hashlib.sha256(copy).hexdigest().encode("ascii") != said:
        raise damaged(path, "its digest does not fit")
    return about


def damaged(path: Path, why: str) -> ShardError:
    """Return the error that a shard is not as it was written."""
    cure = "copy it again, or remove it and give the command that made it again: it makes what is missing"
    return ShardError("shard-damaged", f"the shard is damaged: {why}", where=str(path), cure=cure)


def _about(path: Path, head: bytes, tail: bytes) -> About:
    found = _LABEL.match(tail, max(tail.rfind(_BEGIN), 0))
    if found is None:
        if head == _PARQUET and not tail.endswith(_PARQUET):
            raise damaged(path, "its end is missing")
        what = "a Parquet file, but not one that minex made" if head == _PARQUET else "no Parquet file"
        cure = "give shards that `minex run --shards` made"
        raise ShardError("not-a-shard", f"this is {what}", where=str(path), cure=cure)
    if hashlib.sha256(found[1]).hexdigest().encode("ascii") != found[2]:
        raise damaged(path, "its label does not fit its digest")
    try:
        said = json.loads(found[1])
        if said["format"] != FORMAT:
            made_by = said.get("versions", {}).get("minex", "unknown")
            raise ShardError(
                "shard-format",
                f"the shard has format {said['format']}, made by minex {made_by}; this minex reads {FORMAT}",
                where=str(path),
                cure="merge it with the minex that made it, or make it again with this one",
            )
        return About(**said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(path, f"its label cannot be understood ({error})") from error


def _place(data: bytes | bytearray) -> tuple[int, int]:
    """Return where the digest of the file stands in it."""
    found = _LABEL.match(data, data.rfind(_BEGIN))
    if found is None:
        raise ValueError("there is no label")
    return found.span(3)
