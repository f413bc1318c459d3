"""minex reads biomedical text for regulation, and keeps what it found in a SQLite database.

:func:`minex.open` asks a database from Python, with a pandas DataFrame as answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from minex.api import Database

__version__ = "0.1.0"


def open(path: str | Path) -> Database:
    """Open a database for reading; see :class:`minex.api.Database`.

    Raises:
        StoreError: if there is no such database, or this minex cannot read it.
    """
    from minex.api import Database

    return Database(path)
