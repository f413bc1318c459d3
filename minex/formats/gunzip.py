"""Gzip, read so that nothing readable is lost: a cut or damaged file gives all its good bytes, then the error."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Protocol

from minex.errors import InputError

if TYPE_CHECKING:
    from zlib import _Decompress

_CHUNK = 1 << 16
_GZIP = 31


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class Gunzip(io.RawIOBase):
    """The decompressed bytes of one or several gzip members.

    Python's own `gzip` raises in the middle of a read and takes the bytes before the trouble with it. Here a
    read returns them first; the next one raises :class:`InputError` (`gzip-cut`, `gzip-damaged`, `gzip-bomb`).
    """

    def __init__(self, raw: _Bytes, where: str, *, limit: int, ratio: int) -> None:
        super().__init__()
        self._raw = raw
        self._where = where
        self._limit = limit
        self._ratio = ratio
        self._inflate: _Decompress | None = zlib.decompressobj(_GZIP)
        self._pending = b""
        self._taken = 0
        self._given = 0
        self._error: InputError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while True:
            if self._error is not None:
                raise self._error
            if self._inflate is None:
                return 0
            data = self._next(len(view))
            if data:
                self._given += len(data)
                if self._given > self._limit and self._given > self._ratio * self._taken:
                    self._error = self._trouble(
                        "gzip-bomb",
                        f"the file grows to more than {self._limit >> 20} MiB and {self._ratio} times its size",
                        "decompress it yourself if you trust it",
                    )
                view[: len(data)] = data
                return len(data)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()

    def _next(self, size: int) -> bytes:
        """Return some decompressed bytes, or none where the state has moved on instead."""
        inflate = self._inflate
        if inflate is None:
            return b""
        if inflate.eof:
            self._next_member(inflate.unused_data)
            return b""
        data = self._pending
        if not data:
            data = self._raw.read(_CHUNK)
            self._taken += len(data)
        if not data:
            # Every member's end is marked, so an end without one is a cut, even between two blocks.
            rest = inflate.decompress(b"", size)
            if not rest and not inflate.eof:
                message = f"the gzip data ends early, after {self._taken} bytes"
                self._error = self._trouble("gzip-cut", message, "download the file again")
            return rest
        before = inflate.copy()
        try:
            out = inflate.decompress(data, size)
        except zlib.error as error:
            return self._salvage(before, data, size, error)
        self._pending = inflate.unconsumed_tail
        return out

    def _next_member(self, rest: bytes) -> None:
        """Go on with the member that follows, past zero padding; anything else after the end is an error."""
        rest = rest.lstrip(b"\0")
        while len(rest) < 2:
            more = self._raw.read(_CHUNK)
            if not more:
                break
            self._taken += len(more)
            rest = (rest + more).lstrip(b"\0")
        if not rest:
            self._inflate = None
        elif rest[:2] == b"\x1f\x8b":
            self._inflate, self._pending = zlib.decompressobj(_GZIP), rest
        else:
            self._error = self._trouble(
                "gzip-damaged", "bytes that are not gzip follow the gzip data", "download the file again"
            )

    def _salvage(self, inflate: _Decompress, data: bytes, size: int, error: zlib.error) -> bytes:
        """Return what the bytes before the damage give: byte by byte, for zlib keeps nothing back on an error."""
        good: list[bytes] = []
        length = 0
        for index in range(len(data)):
            try:
                piece = inflate.decompress(
                    inflate.unconsumed_tail + data[index : index + 1], max(size - length, 1)
                )
            except zlib.error:
                break
            good.append(piece)
            length += len(piece)
            if length >= size:
                # The damage lies further on: continue from here at the next read.
                self._inflate = inflate
                self._pending = inflate.unconsumed_tail + data[index + 1 :]
                return b"".join(good)
        self._error = self._trouble(
            "gzip-damaged",
            f"the gzip data is damaged near byte {max(self._taken - len(data), 0)} ({error})",
            "download the file again",
        )
        return b"".join(good)

    def _trouble(self, code: str, message: str, cure: str) -> InputError:
        return InputError(code, message, where=self._where, cure=cure)
