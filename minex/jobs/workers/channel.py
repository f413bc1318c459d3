"""Words between a worker and its parent over a pair of sockets: neither has to wait for the other.

`multiprocessing`'s own connection waits until a word has gone or come whole, and for ever if the other side has
stopped in the middle of it.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from multiprocessing.reduction import ForkingPickler
from selectors import EVENT_READ, EVENT_WRITE, PollSelector
from typing import Any, cast

_LENGTH = struct.Struct("!Q")
_MOST = 1 << 18


class Channel:
    """One end: words are put, and taken once they have come whole.

    Examples:
        >>> mine, theirs = map(Channel, socket.socketpair())
        >>> mine.put("a word")
        >>> theirs.take()
        ['a word']
        >>> mine.close()
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._outgoing = bytearray()
        self._incoming = bytearray()

    def fileno(self) -> int:
        """Return the number that a selector knows it by."""
        return self._end.fileno()

    @property
    def pending(self) -> bool:
        """Whether something that was put has not gone yet."""
        return bool(self._outgoing)

    def put(self, word: Any) -> None:
        """Send a word, as much of it as goes at once; :meth:`flush` sends the rest.

        Raises:
            OSError: if nobody is at the other end.
        """
        data = ForkingPickler.dumps(word)
        self._outgoing += _LENGTH.pack(len(data))
        self._outgoing += data
        self.flush()

    def flush(self) -> None:
        """Send what goes at once of what is left."""
        try:
            while self._outgoing:
                del self._outgoing[: self._end.send(self._outgoing[:_MOST], socket.MSG_DONTWAIT)]
        except BlockingIOError:
            pass

    def say(self, word: Any) -> None:
        """Send a word, however long it takes."""
        self.put(word)
        while self.pending:
            with PollSelector() as selector:
                selector.register(self, EVENT_WRITE)
                selector.select()
            self.flush()

    def take(self) -> list[Any]:
        """Return the words that have come whole, without waiting for any.

        Raises:
            EOFError: if nobody is at the other end any more, once all words are taken.
        """
        ended = False
        try:
            while data := self._end.recv(_MOST, socket.MSG_DONTWAIT):
                self._incoming += data
            ended = True
        except BlockingIOError:
            pass
        except OSError:
            ended = True
        words = list(self._whole())
        if ended and not words:
            raise EOFError
        return words

    def _whole(self) -> Iterator[Any]:
        while len(self._incoming) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._incoming)[0]
            if len(self._incoming) < end:
                return
            data = bytes(self._incoming[_LENGTH.size : end])
            del self._incoming[:end]
            yield ForkingPickler.loads(data)

    def wait(self, seconds: float) -> bool:
        """Wait until there is something to take; return whether there is."""
        with PollSelector() as selector:
            selector.register(self, EVENT_READ)
            return bool(selector.select(seconds))

    def close(self) -> None:
        """Leave; the other end learns of it."""
        self._end.close()


def heard(channels: Iterable[Channel], seconds: float | None) -> list[Channel]:
    """Wait until something can be taken from one of the channels, or what is left can go; return those.

    Parameters:
        seconds: how long to wait at the most; None for ever.
    """
    with PollSelector() as selector:
        for channel in channels:
            selector.register(channel, EVENT_READ | (EVENT_WRITE if channel.pending else 0))
        return [cast(Channel, key.fileobj) for key, _ in selector.select(seconds)]
