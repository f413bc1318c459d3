"""Datasette over one minex database: read-only, and for nobody but this machine unless it is said otherwise."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import sqlite3
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from minex.errors import MinexError, StoreError, UsageError
from minex.store import Store
from minex.store.connection import open_reader
from minex.store.schema import SCHEMA_VERSION
from minex.store.upgrade import is_stale
from minex.web import plugin, site
from minex.web.metadata import metadata

SETTINGS: dict[str, Any] = {
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 1000,
    "default_page_size": 100,
    "max_returned_rows": 1000,
    "max_csv_mb": 500,
    "num_sql_threads": 4,
    "cache_size_kb": 65536,
    # A refresh may run beside: no page is older than its request.
    "default_cache_ttl": 0,
    "allow_download": False,
    # Datasette would count every column of every page to see if it is worth a facet.
    "suggest_facets": False,
}

_REFUSED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}


class ReadOnly(Database):  # type: ignore[misc]  # Datasette has no types
    """A database of which Datasette gets only connections that cannot write, nor reach another file."""

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Return a connection for reading."""
        if write:
            raise StoreError("read-only", "minex serve never writes", where=str(self.path))
        connection = open_reader(Path(self.path))
        connection.set_authorizer(_authorize)
        self._all_file_connections.append(connection)
        return connection


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    refused = action in _REFUSED or (action == sqlite3.SQLITE_FUNCTION and second == "load_extension")
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def datasette(path: Path, hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")) -> Datasette:
    """Return a Datasette that serves a database.

    Parameters:
        path: a database that minex made; brought up to date first, if an older minex made its views.
        hosts: names under which it may be asked for; none means any. So no page of another site can read it by
            giving its own name the address of this machine.

    Raises:
        StoreError: if it is no such database, or an older one that cannot be brought up to date.
    """
    path = path.absolute()
    _bring_up_to_date(path)
    if not pm.is_registered(plugin):
        pm.register(plugin, "minex")
    name = path.stem.lstrip("_") or "minex"
    here = Path(__file__).resolve().parent
    made = site.Served(
        site.Site(name, hosts),
        metadata=metadata(name),
        settings=SETTINGS,
        template_dir=str(here / "templates"),
        static_mounts=[("-/minex", str(here / "static"))],
    )
    # Without a file of its own, Datasette opens an empty one in memory.
    made.remove_database("_memory")
    made.add_database(ReadOnly(made, path=str(path)), name=name)
    return made


def _bring_up_to_date(path: Path) -> None:
    with contextlib.closing(open_reader(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        fresh = version == SCHEMA_VERSION and not is_stale(connection)
    if fresh:
        return
    try:
        Store.open(path, create=False).close()
    except MinexError as error:
        if version != SCHEMA_VERSION or error.code not in ("read-only", "locked"):
            raise
        # Of the same version: all is there that pages need, though they may be slower.


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address.

    Examples:
        >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
        (True, True, False)
    """
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def serve(path: Path, host: str, port: int, *, open_browser: bool, tell: Callable[[str], None]) -> None:
    """Serve a database until Ctrl-C.

    Parameters:
        port: 0 means any that is free.
        tell: gets what the user should know, such as the address.

    Raises:
        UsageError: if the port is taken, or the address is none of this machine.
    """
    import uvicorn
    from datasette import handle_exception

    # With rich, Datasette writes a page of local variables into the terminal for each address that is wrong.
    handle_exception.rich = None
    hosts = (host, "localhost", "127.0.0.1", "::1") if is_loopback(host) else ()
    made = datasette(path, hosts)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            cure = "give another --port (0: any that is free), or stop the program that has it"
            raise UsageError("address", f"{error.strerror}", where=f"{host}:{port}", cure=cure) from error
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        tell(f"{path} at {address} (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(made.app(), log_level="warning", lifespan="on")
        uvicorn.Server(config).run(sockets=[listener])
