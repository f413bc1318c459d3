"""Lines of a file, numbered, none held beyond a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from minex.errors import InputError
from minex.formats.sniff import strip_bom


def numbered_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | InputError]]:
    """Yield (number, line with its end, or why it cannot be read) for every line, the byte order mark gone.

    A line longer than `limit` bytes is skipped and told as `line-too-long`; trouble with the file itself ends
    the lines. The errors name no place, for only the caller knows how to say it.

    Examples:
        >>> import io
        >>> [(number, str(line)) for number, line in numbered_lines(io.BytesIO(b"one line" + bytes([10])), 4)]
        [(1, 'the line is longer than 4 bytes; split the document or raise the limit')]
    """
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(limit + 1)
            if len(line) > limit and not line.endswith(b"\n"):
                _skip_line(stream)
                cure = "split the document or raise the limit"
                yield number, InputError("line-too-long", f"the line is longer than {limit} bytes", cure=cure)
                continue
        except InputError as error:
            yield number, error
            return
        except OSError as error:
            yield number, InputError("unreadable", f"the file cannot be read ({error.strerror})")
            return
        if not line:
            return
        yield number, strip_bom(line) if number == 1 else line


def _skip_line(stream: BinaryIO) -> None:
    while True:
        piece = stream.readline(1 << 20)
        if not piece or piece.endswith(b"\n"):
            return
