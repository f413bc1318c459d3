"""Writing a file for people: whole or not at all, and never over the database that it is made from."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from minex.errors import MinexError, UsageError


def check_output(output: Path, database: Path) -> None:
    """Say what is wrong with a place to write to, before anything is worked out.

    Raises:
        UsageError: if it is the database itself, a folder, or in a folder that is not there.
    """
    where = str(output)
    if output.is_dir():
        raise UsageError("output-folder", "this is a folder", where=where, cure="name a file in it")
    if output.exists() and database.exists() and output.samefile(database):
        raise UsageError("output-database", "this is the database", where=where, cure="write to another file")
    if not output.parent.is_dir():
        raise UsageError(
            "output-nowhere", "there is no such folder", where=where, cure="make it, or write elsewhere"
        )


def write(output: Path, content: bytes) -> None:
    """Write a file in one go: who reads it meanwhile sees the old one or the new one.

    Raises:
        MinexError: if it cannot be written; what was there before stays.
    """
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(content)  # /dev/stdout, a pipe
            return
        handle, draft = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.chmod(draft, 0o666 & ~_umask())
            os.replace(draft, output)
        except BaseException:
            os.unlink(draft)
            raise
    except OSError as error:
        message = f"the output cannot be written ({error.strerror})"
        raise MinexError(
            "output", message, where=str(output), cure="check folder, space and permissions"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
