"""Shards: what was read of a part of a file, as a Parquet file that `minex merge` takes into a database.

(:mod:`minex.merge` is something else: it makes one document of several records.)
"""

from __future__ import annotations

from importlib.util import find_spec

from minex.errors import MinexError


def require() -> None:
    """Make sure that what shards need is installed.

    Raises:
        MinexError: if pyarrow is not.
    """
    if find_spec("pyarrow") is None:
        cure = "pip install 'minex[parquet]'"
        raise MinexError("no-pyarrow", "shards need pyarrow, which is not installed", cure=cure)
