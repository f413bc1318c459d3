from __future__ import annotations

from tests.store.conftest import database, shelf

__all__ = ["database", "shelf"]
