"""Shards as files: written whole or not at all, and read only if every byte is as it was written."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import socket
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as arrow
from pyarrow import parquet

from minex.errors import ShardError
from minex.model import Document, Failure
from minex.shards.about import About, check, damaged, label, seal
from minex.shards.schema import ROW, SCHEMA, Row

_SUFFIX = ".parquet"
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def digest_of(items: Iterable[Document | Failure], fingerprint: str) -> str:
    """Return a digest of what is to be read and of what reads it.

    Examples:
        >>> one, other = Document("PMID:1"), Document("PMID:2")
        >>> digest_of([one], "f") == digest_of([one], "f") != digest_of([other], "f")
        True
    """
    digest = hashlib.sha256(fingerprint.encode())
    for item in items:
        if isinstance(item, Failure):
            failed = (item.stage, item.code, item.message, item.where, item.document or "", item.record or "")
            said = ["failure", *map(str, failed)]
        else:
            said = [item.id, item.content_hash, item.source, str(item.record), str(item.version)]
        digest.update("\x1f".join(said).encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()[:16]


def name_of(file: str, part: int, *, last: bool, digest: str) -> str:
    """Return the name of the shard of a part of a file: the same for the same content, read by the same versions.

    Examples:
        >>> name_of("/data/pubmed26n0001.xml.gz", 3, last=True, digest="0123456789abcdef")
        'pubmed26n0001-90ca5bb8.000003z.0123456789abcdef.parquet'
    """
    return f"{_stem(file)}.{part:06d}{'z' if last else ''}.{digest}{_SUFFIX}"


def of_file(folder: Path, file: str) -> list[Path]:
    """Return the shards of a file that a folder has, of whatever state of it, by their names."""
    return sorted(folder.glob(f"{_stem(file)}.*{_SUFFIX}"))


def drafts_of(folder: Path, file: str) -> list[Path]:
    """Return what was left of shards of a file that were never finished."""
    return sorted(folder.glob(f".{_stem(file)}.*{_SUFFIX}.*.tmp"))


def in_folder(folder: Path) -> list[Path]:
    """Return the shards of a folder."""
    return sorted(path for path in folder.glob(f"*{_SUFFIX}") if not path.name.startswith("."))


def _stem(file: str) -> str:
    plain = _UNSAFE.sub("_", os.path.basename(file).split(".")[0])[:40]
    return f"{plain}-{hashlib.sha256(os.fsencode(file)).hexdigest()[:8]}"


def write(folder: Path, about: About, rows: Sequence[Row]) -> Path:
    """Write a shard under its name, in the place of what is there; a kill leaves nothing under that name.

    Raises:
        ShardError: if it cannot be written.
    """
    path = folder / name_of(about.file, about.part, last=about.last, digest=about.digest)
    data = encode(about, rows)
    draft = folder / f".{path.name}.{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}.tmp"
    try:
        try:
            with draft.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(draft, path)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    except OSError as error:
        cure = "check free space, quota and permissions, and give the command again: it makes what is missing"
        raise ShardError("shard-write", error.strerror or str(error), where=str(path), cure=cure) from error
    return path


def encode(about: About, rows: Sequence[Row]) -> bytes:
    """Return the bytes of a shard.

    Raises:
        ValueError: if a row cannot be written down (OverflowError, TypeError and Arrow's errors are as likely).
    """
    schema = SCHEMA.with_metadata({b"minex": label(about)})
    batch = arrow.RecordBatch.from_struct_array(ROW.build(rows))
    table = arrow.Table.from_arrays(batch.columns, schema=schema)
    stream = io.BytesIO()
    # No statistics, which repeat words of the data behind it: the label has to be the last of its kind.
    parquet.write_table(table, stream, compression="zstd", write_statistics=False)
    data = bytearray(stream.getbuffer())
    seal(data)
    return bytes(data)


def read(path: Path) -> tuple[About, list[Row]]:
    """Return what a shard is of, and its rows.

    Raises:
        ShardError: if it is no shard, of another format, damaged, or cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ShardError("unreadable", error.strerror or str(error), where=str(path)) from error
    about = check(path, data)
    try:
        table = parquet.read_table(io.BytesIO(data), use_threads=False).combine_chunks()
        if table.schema.names != SCHEMA.names or table.schema.types != SCHEMA.types:
            raise ValueError("its columns are not those of a shard")
        arrays = [column.combine_chunks() for column in table.columns]
        whole = arrow.StructArray.from_arrays(
            [array.chunk(0) if isinstance(array, arrow.ChunkedArray) else array for array in arrays],
            fields=ROW.fields,
        )
        return about, ROW.parse(whole)
    except (arrow.ArrowException, ValueError, TypeError, KeyError, OSError, OverflowError) as error:
        raise damaged(path, str(error)) from error
