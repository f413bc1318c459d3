"""NCBI's folders of files on a real HTTP server that can misbehave."""

from __future__ import annotations

import re
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Server:
    """Serves a folder with `baseline/` and `updatefiles/`.

    `faults` is a queue of what to do with the requests to come for files that end in `.gz`: a number of bytes
    after which the answer is cut off, `"wrong"` for other bytes of the same number, an HTTP status, or None.
    `ranges` says whether parts can be asked for; `asked` is what was, with the byte that it began at.
    """

    def __init__(self, folder: Path, *, ranges: bool = True) -> None:
        self.folder, self.ranges = folder, ranges
        self.faults: deque[int | str | None] = deque()
        self.asked: list[tuple[str, int]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/pubmed/"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            path = server.folder / self.path.removeprefix("/pubmed/")
            match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
            start = int(match[1]) if match and server.ranges else 0
            server.asked.append((path.name, start))
            if path.is_dir():
                links = "".join(f'<a href="{each.name}">{each.name}</a>\n' for each in sorted(path.iterdir()))
                self._answer(200, f"<html><body>{links}</body></html>".encode())
            elif not path.is_file():
                self._answer(404, b"no such file")
            else:
                self._file(path, start)

        def _file(self, path: Path, start: int) -> None:
            fault = server.faults.popleft() if server.faults and path.suffix == ".gz" else None
            data = path.read_bytes()
            if start >= len(data):
                self._answer(416, b"")
                return
            body = data[start:]
            if isinstance(fault, int) and fault >= 400:
                self._answer(fault, b"not now")
            elif isinstance(fault, int):
                self._answer(206 if start else 200, body, cut=fault, start=start)
            else:
                self._answer(206 if start else 200, b"?" * len(body) if fault == "wrong" else body, start=start)

        def _answer(self, status: int, body: bytes, *, cut: int | None = None, start: int = 0) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if status == 206:
                self.send_header("Content-Range", f"bytes {start}-{start + len(body) - 1}/{start + len(body)}")
            self.end_headers()
            self.wfile.write(body[:cut])
            if cut is not None:
                self.close_connection = True

    return Handler
