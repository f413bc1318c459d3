"""Where an export goes: a file that is there whole or not at all, or standard output."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from minex.errors import InputError, UsageError

STANDARD = Path("-")
"""Standard output, as a path."""


@contextlib.contextmanager
def as_text(stream: BinaryIO) -> Iterator[TextIO]:
    """Yield a stream of bytes as one of text in UTF-8, lines ended by a line feed; the first one stays open."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    finally:
        # What could not be written is told once, by what failed.
        with contextlib.suppress(OSError, ValueError):
            text.detach()


@contextlib.contextmanager
def opened(target: Path, *, text: bool) -> Iterator[BinaryIO]:
    """Yield a stream; the file gets its name when all is written, and a failed export leaves what was there.

    Parameters:
        target: a file, or `-` for standard output.
        text: whether the format is text: what is not, no terminal can show.

    Raises:
        UsageError: if a binary format is to go to standard output.
        InputError: if the file cannot be written.
    """
    if target == STANDARD:
        if not text:
            raise UsageError("binary", "this format is no text for standard output", cure="name a file with -o")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        # A link stays a link, and a device or a pipe is no file that another could take the place of.
        place = target.resolve()
        if place.exists() and not place.is_file():
            if place.is_dir():
                raise InputError("not-a-file", "this is a folder", where=str(target), cure="name a file in it")
            with place.open("wb") as stream:
                yield stream
            return
        draft = place.with_name(f".{place.name}.{os.getpid()}.part")
        try:
            with draft.open("wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(draft, place)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        if error.filename is None and error.errno is None:
            raise
        message = f"it cannot be written: {error.strerror}"
        raise InputError("unwritable", message, where=str(target), cure="choose another place") from error
