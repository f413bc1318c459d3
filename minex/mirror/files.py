"""PubMed's files in a folder: their names, their order, their checksums, and which are missing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from minex.errors import InputError

FOLDERS = ("baseline", "updatefiles")
"""NCBI's two folders; a mirror's folder may have them too, or all files side by side."""

NAME = re.compile(r"pubmed(\d{2})n(\d{4,6})\.xml\.gz")
_MD5 = re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE)
_PER_YEAR = 1_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class PubmedFile:
    """A file of PubMed: its place in the order of all, and where it is."""

    seq: int
    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def year(self) -> int:
        return self.seq // _PER_YEAR

    @property
    def number(self) -> int:
        return self.seq % _PER_YEAR

    @property
    def promised(self) -> Path:
        """The file that holds its checksum."""
        return self.path.with_name(self.path.name + ".md5")


def seq_of(name: str) -> int | None:
    """Return a file's place in the order of all files, None if it is none of PubMed's.

    Examples:
        >>> seq_of("pubmed26n1275.xml.gz"), seq_of("notes.xml.gz")
        (2026001275, None)
    """
    match = NAME.fullmatch(name)
    return None if match is None else (2000 + int(match[1])) * _PER_YEAR + int(match[2])


def name_of(seq: int) -> str:
    """Return the name of the file at a place in the order.

    Examples:
        >>> name_of(2026000003)
        'pubmed26n0003.xml.gz'
    """
    return f"pubmed{seq // _PER_YEAR % 100:02d}n{seq % _PER_YEAR:04d}.xml.gz"


def first_of(year: int) -> int:
    """Return the place of a baseline's first file."""
    return year * _PER_YEAR + 1


def found(folder: Path) -> list[PubmedFile]:
    """Return PubMed's files in a folder and in NCBI's two folders in it, in order.

    Raises:
        InputError: if the folder cannot be read, or one file is there twice.
    """
    files: dict[int, PubmedFile] = {}
    try:
        places = [folder, *(folder / name for name in FOLDERS if (folder / name).is_dir())]
        for path in (path for place in places for path in sorted(place.iterdir())):
            seq = seq_of(path.name)
            if seq is None or not path.is_file():
                continue
            if seq in files:
                where = f"{files[seq].path} and {path}"
                raise InputError("file-twice", "one file of PubMed is there twice", where=where, cure="remove one")
            files[seq] = PubmedFile(seq, path)
    except OSError as error:
        cure = "name the folder that has, or shall have, PubMed's files"
        raise InputError(
            "unreadable", f"cannot be read ({error.strerror})", where=str(folder), cure=cure
        ) from error
    return [files[seq] for seq in sorted(files)]


def missing(year: int, seqs: Iterable[int]) -> list[int]:
    """Return the places of a year up to the last known one that no file has.

    Examples:
        >>> missing(2026, [2026000001, 2026000004])
        [2026000002, 2026000003]
    """
    known = {seq for seq in seqs if seq // _PER_YEAR == year}
    return [seq for seq in range(first_of(year), max(known, default=0)) if seq not in known]


def promised_md5(text: str) -> str | None:
    """Return the checksum that a `.md5` file promises, as NCBI writes it and as md5sum does.

    Examples:
        >>> promised_md5("MD5(pubmed26n0001.xml.gz)= 0123456789abcdef0123456789ABCDEF")
        '0123456789abcdef0123456789abcdef'
    """
    match = _MD5.search(text)
    return match[0].lower() if match else None


def md5_of(path: Path) -> str:
    """Return a file's checksum.

    Raises:
        InputError: if it cannot be read.
    """
    digest = hashlib.md5(usedforsecurity=False)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise InputError("unreadable", f"cannot be read ({error.strerror})", where=str(path)) from error
    return digest.hexdigest()


def said_md5(file: PubmedFile) -> str | None:
    """Return what the file beside a file promises, None if there is none or it promises nothing."""
    try:
        return promised_md5(file.promised.read_text(encoding="ascii", errors="replace"))
    except OSError:
        return None
