"""What every reader shares: the limits, an opened file, and what a format is."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from minex.errors import InputError
from minex.formats.gunzip import Gunzip
from minex.model import Document, Failure

HEAD_BYTES = 1 << 16
"""How much of a file is looked at to tell its format."""

_MIB = 1 << 20

if TYPE_CHECKING:
    ByteStream = io.BufferedReader[Any]
else:
    ByteStream = io.BufferedReader


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of a file may cost; each is told as an error, none cuts silently.

    `line_bytes` bounds a JSONL line, `record_bytes` an XML record, `document_bytes` and
    `document_lines` a plain text file (a line costs more memory than its characters).
    A gzip file is refused as a bomb when it has grown to more than `gzip_bytes` and to more than
    `gzip_ratio` times its compressed size.
    """

    line_bytes: int = 64 * _MIB
    record_bytes: int = 64 * _MIB
    document_bytes: int = 64 * _MIB
    document_lines: int = 500_000
    gzip_bytes: int = 256 * _MIB
    gzip_ratio: int = 200


@dataclass(slots=True)
class Source:
    """A file opened for reading, already decompressed: `path` as the user gave it, `name` without folders."""

    path: str
    name: str
    stream: ByteStream
    head: bytes

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stream.close()

    def failure(self, error: InputError, document: str | None = None) -> Failure:
        """Return an error met in the middle of the file as the row that tells it."""
        return as_failure(error, document, self.path)


Items = Iterator[Document | Failure]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name for people, how its first bytes are known, and its reader.

    `sniff` gets up to :data:`HEAD_BYTES` bytes and is asked in the order of :data:`minex.formats.FORMATS`.
    `read` yields what the file holds, in order; it raises :class:`InputError` only before the first item.
    """

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[Source, Limits], Items]


def as_failure(error: InputError, document: str | None = None, where: str = "") -> Failure:
    """Return an :class:`InputError` as a :class:`Failure` of stage `read`, its cure kept in the message."""
    message = f"{error.message}; {error.cure}" if error.cure else error.message
    return Failure("read", error.code, message, error.where or where, document)


Taken = Callable[[int], None]
"""Told how many bytes more of a file have been taken from the disk."""


class _Counted(io.FileIO):
    """A file that tells how much of it is read."""

    def __init__(self, path: str, taken: Taken) -> None:
        super().__init__(path)
        self._taken = taken

    def readinto(self, buffer: Any, /) -> int | None:
        count = super().readinto(buffer)
        self._taken(count or 0)
        return count


def open_source(path: Path | str, limits: Limits, taken: Taken | None = None) -> Source:
    """Open a file, plain or gzip by its magic bytes; a file that cannot be opened, or is empty, is an error."""
    place = str(path)
    stream: ByteStream
    try:
        stream = io.BufferedReader(io.FileIO(place) if taken is None else _Counted(place, taken), 4 * HEAD_BYTES)
    except FileNotFoundError as error:
        raise InputError("missing", "there is no such file", where=place, cure="check the path") from error
    except IsADirectoryError as error:
        raise InputError(
            "directory", "this is a folder, not a file", where=place, cure="name the files in it"
        ) from error
    except OSError as error:
        raise InputError("unreadable", f"the file cannot be opened ({error.strerror})", where=place) from error
    try:
        if stream.peek(2)[:2] == b"\x1f\x8b":
            inner = Gunzip(stream, place, limit=limits.gzip_bytes, ratio=limits.gzip_ratio)
            stream = io.BufferedReader(inner, 4 * HEAD_BYTES)
        head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    except BaseException as error:
        stream.close()
        if isinstance(error, OSError):
            raise InputError("unreadable", f"the file cannot be read ({error.strerror})", where=place) from error
        raise
    if len(head) < HEAD_BYTES and not head.strip(b" \t\r\n\f\xef\xbb\xbf"):
        stream.close()
        raise InputError("empty", "the file is empty", where=place, cure="check the download or the export")
    return Source(place, Path(place).name, stream, head)


def utf8_error(data: bytes, where: str, *, base: int = 0, final: bool = True) -> InputError | None:
    """Return the error for bytes that are not UTF-8, naming the first bad byte, or None if they are.

    With `final=False` a character cut off at the end is no error.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final)
    except UnicodeDecodeError as error:
        return InputError(
            "not-utf8",
            f"byte {base + error.start} (0x{data[error.start]:02x}) is not UTF-8",
            where=where,
            cure="convert the file, for example with: iconv -f WINDOWS-1252 -t UTF-8 IN > OUT",
        )
    return None


_PREFIXES = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.I)


def clean_doi(text: str) -> str | None:
    """Return a DOI without resolver and prefix, its case kept, or None if it is none.

    Examples:
        >>> clean_doi("https://doi.org/10.1000/Abc.1")
        '10.1000/Abc.1'
    """
    doi = _PREFIXES.sub("", text.strip())
    return doi if doi.startswith("10.") and "/" in doi else None
