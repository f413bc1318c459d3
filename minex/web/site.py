"""What a Datasette that minex started serves, and where its pages are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette
from datasette.utils import tilde_encode


@dataclass(frozen=True, slots=True)
class Site:
    """A database by the name that it has in addresses; `hosts` are the names of the server, none means any."""

    database: str
    hosts: tuple[str, ...] = ()


class Served(Datasette):  # type: ignore[misc]  # Datasette has no types
    """A Datasette that minex started, by which its hooks know theirs; routes are made while it is made."""

    def __init__(self, site: Site, **options: Any) -> None:
        self.minex_site = site
        super().__init__([], **options)


def of(datasette: Any, database: str | None = None) -> Site | None:
    """Return the site of a Datasette, if minex started it and it is asked for this database."""
    site: Site | None = getattr(datasette, "minex_site", None)
    return site if site is not None and database in (None, site.database) else None


def address(datasette: Any, *parts: object) -> str:
    """Return where a table, or the page of something in it, is: `address(datasette, "concept", "GO:0001525")`."""
    path = "/".join(tilde_encode(str(part)) for part in (datasette.minex_site.database, *parts))
    return str(datasette.urls.path(f"/{path}"))
